"""The pages after the first and what leads from one to the other; imported after the first paint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from musync.gui.page import Page
from musync.gui.pages.confirm import ConfirmPage
from musync.gui.pages.forecast import ForecastPage
from musync.gui.pages.review import ReviewPage
from musync.gui.pages.run import RunPage
from musync.gui.places.accounts import AccountsPlace
from musync.gui.places.decisions import DecisionsPlace
from musync.gui.places.doctor import DoctorPlace
from musync.gui.places.history import HistoryPlace
from musync.gui.places.settings import SettingsPlace

if TYPE_CHECKING:
    from musync.gui.window import Window


def add_pages(window: Window) -> Iterator[Page]:
    """Make pages 2 to 4, the last of them in two parts, and the places, and connect what they want.

    Each is made when it is asked for: together they would stop the window for some frames.
    """
    signs, desk, wizard = window.signs, window.desk, window.wizard
    wizard.add_step_page(review := ReviewPage(signs, desk), 1)
    yield review
    wizard.add_step_page(confirm := ConfirmPage(signs, desk), 2)
    yield confirm
    wizard.add_step_page(forecast := ForecastPage(signs, desk), 3)
    yield forecast
    wizard.add_step_page(run := RunPage(signs, desk), 3)

    def look(state: str) -> None:
        """Back to the review, showing only rows of this state."""
        while wizard.page_shown is not None and wizard.page_shown is not review:
            wizard.back()
        review.show_only(state)

    def begin(*, keep: bool, compare: bool) -> None:
        """Back to page 1; with the same lists straight on to the comparison."""
        desk.session.begin_anew(keep_sides=keep)
        wizard.restart()
        window.pick.enter()
        if compare:
            wizard.next()

    forecast.look_wanted.connect(look)
    run.repeat_wanted.connect(lambda: begin(keep=True, compare=True))
    run.compare_wanted.connect(lambda: begin(keep=True, compare=True))
    run.anew_wanted.connect(lambda: begin(keep=False, compare=False))
    yield run
    yield from _add_places(window)


def _add_places(window: Window) -> Iterator[Page]:
    signs, desk, wizard = window.signs, window.desk, window.wizard
    for key, kind in (("history", HistoryPlace), ("decisions", DecisionsPlace), ("doctor", DoctorPlace)):
        wizard.add_place(key, place := kind(signs, desk))
        yield place
    wizard.add_place("accounts", accounts := AccountsPlace(signs, desk))
    accounts.changed.connect(window.pick.library.begin)
    yield accounts
    wizard.add_place("settings", settings := SettingsPlace(signs, desk))
    settings.changed.connect(window.follow_settings)
    yield settings
