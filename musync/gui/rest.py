"""The pages after the first and what leads from one to the other; imported after the first paint."""

from __future__ import annotations

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


def add_pages(window: Window) -> list[Page]:
    """Make pages 2 to 4, the last of them in two parts, and the places, and connect what they want."""
    signs, desk, wizard = window.signs, window.desk, window.wizard
    review, confirm = ReviewPage(signs, desk), ConfirmPage(signs, desk)
    forecast, run = ForecastPage(signs, desk), RunPage(signs, desk)
    for page, step in ((review, 1), (confirm, 2), (forecast, 3), (run, 3)):
        wizard.add_step_page(page, step)

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
    _add_places(window)
    return [review, confirm, forecast, run]


def _add_places(window: Window) -> None:
    accounts, settings = AccountsPlace(window.signs, window.desk), SettingsPlace(window.signs, window.desk)
    accounts.changed.connect(window.pick.library.begin)
    settings.changed.connect(window.follow_settings)
    window.wizard.add_places(
        {
            "history": HistoryPlace(window.signs, window.desk),
            "decisions": DecisionsPlace(window.signs, window.desk),
            "accounts": accounts,
            "doctor": DoctorPlace(window.signs, window.desk),
            "settings": settings,
        }
    )
