"""A list that holds places of files takes only what a music folder has; the rest is said not to be owned."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from mutagen.easyid3 import EasyID3

from musync.app.compose import Musync, open_musync
from musync.app.documents import sync_document
from musync.app.jobs import ThreadControl
from musync.app.paths import Home
from musync.app.reports import as_csv, as_html, as_text
from musync.app.results import Written
from musync.app.session import ConfirmState, SyncSession, WriteState
from musync.domain import Account, MatchState, Outcome, Policy, TrackId

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "music"
FILES = (
    "Kit Marsh/Seven Sisters Road/01 Seven Sisters Road.mp3",
    "Marlow & The Tides/Kitchen Floor Tapes/01 Cold Coffee.flac",
)
WANTED = ("Kit Marsh - Seven Sisters Road", "Quorl Zyx - Wholly Different", "Marlow & The Tides - Cold Coffee")


class Owner:
    """Somebody with two songs in a folder, who wants three in a playlist file."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.control = ThreadControl()
        self.musync: Musync = open_musync(Home(place / "home"), log_to_file=False)
        music = place / "music"
        account = Account(name="local", service="local", ext_id=str(music), settings={"folder": str(music)})
        with self.musync.database().begin() as work:
            work.accounts.add(account)
        for name in FILES:
            (music / name).parent.mkdir(parents=True)
            shutil.copy(SAMPLE / name, music / name)
        (place / "wanted.txt").write_text("\n".join(WANTED), "utf-8")

    def confirming(self, target: str = "places.m3u8", policy: Policy | None = None) -> SyncSession:
        """The wizard on its third page."""
        session = self.musync.session()
        resolve = self.musync.addresses.resolve
        address = target if target.startswith("local:") else str(self.place / target)
        session.pick(
            source=resolve(str(self.place / "wanted.txt"), self.control),
            target=resolve(address, self.control, create=True),
            policy=policy,
        )
        session.compare(self.control)
        session.to_confirm()
        return session

    def sync(self) -> Written:
        """The whole way without an answer."""
        session = self.confirming()
        session.to_write()
        return session.write(self.control).written


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[Owner]:
    made = Owner(tmp_path)
    yield made
    made.musync.close()


def lacking(session: SyncSession) -> TrackId:
    """The track that no folder has."""
    state = session.state
    assert isinstance(state, ConfirmState)
    (found,) = (one for one in state.questions if one.group == "unavailable")
    assert found.match.state is MatchState.UNAVAILABLE
    return found.match.wanted.id


@pytest.mark.parametrize("suffix", [".m3u8", ".m3u", ".pls"])
def test_what_no_folder_has_cannot_be_added_and_says_why(owner: Owner, suffix: str) -> None:
    session = owner.confirming(f"places{suffix}")
    state = session.to_write()
    counts = state.review.shown.counts
    assert (counts.to_add, counts.not_found, counts.not_addable) == (2, 0, 1)
    match = next(one for one in state.review.matches.values() if one.outcome is Outcome.NOT_ADDABLE)
    assert match.reasons[0].text == "not owned: no music folder has it"


def test_a_library_itself_does_not_find_it(owner: Owner) -> None:
    state = owner.confirming("local:Road").to_write()
    counts = state.review.shown.counts
    assert (counts.to_add, counts.not_found, counts.not_addable) == (2, 1, 0)


def test_the_document_and_every_report_say_it_alike(owner: Owner) -> None:
    document = sync_document(owner.sync())
    entry = document["entries"][1]
    assert (entry["outcome"], entry["action"], entry["target"]) == ("not_addable", "none", None)
    (line,) = (row for row in csv.DictReader(io.StringIO(as_csv(document))) if row["outcome"] == "not_addable")
    assert line["why"].startswith("not owned: no music folder has it")
    assert "Wholly Different: cannot be added (not owned: no music folder has it" in as_text(document)
    assert "1 cannot be added" in as_text(document)
    assert "not owned: no music folder has it" in as_html(document)


def test_it_is_listed_among_what_is_missing(owner: Owner) -> None:
    run = owner.sync().run
    assert run is not None
    ((where, row),) = owner.musync.history.missing()
    assert (where.id, row.row, row.state) == (run.id, 2, MatchState.UNAVAILABLE)


def test_it_is_looked_for_again_each_time(owner: Owner) -> None:
    owner.sync()
    assert owner.sync().review.shown.counts.not_addable == 1
    bought = owner.place / "music" / "bought.mp3"
    shutil.copy(SAMPLE / FILES[0], bought)
    tags = EasyID3(bought)
    tags.update({"title": "Wholly Different", "artist": "Quorl Zyx"})
    tags.save()
    written = owner.sync()
    assert (written.review.shown.counts.not_addable, written.plan.writes["added"]) == (0, 1)
    assert owner.musync.history.missing() == ()


def test_an_own_search_that_finds_a_file_settles_it(owner: Owner) -> None:
    session = owner.confirming()
    track = lacking(session)
    found = session.search("seven sisters", owner.control)
    session.choose(track, found[0])
    state = session.to_write()
    assert (state.plan.writes["added"], state.review.shown.counts.not_addable) == (3, 0)
    session.write(owner.control)
    assert owner.sync().plan.empty, "the answer holds in the next run too"


def test_a_last_candidate_called_wrong_leaves_it_not_owned(owner: Owner) -> None:
    session = owner.confirming()
    state = session.state
    assert isinstance(state, ConfirmState)
    match = next(one.match for one in state.questions if one.match.settled is not None)
    assert match.chosen is not None
    session.reject(match.wanted.id, match.chosen.track.id)
    after = session.to_write()
    assert isinstance(after, WriteState)
    left = after.review.matches[match.wanted.id]
    assert (left.state, left.reasons[0].text) == (MatchState.UNAVAILABLE, "not owned: no music folder has it")
    session.back()
    session.take_back()
    assert session.to_write().review.matches[match.wanted.id] == match


def test_a_likely_file_stays_a_choice(owner: Owner) -> None:
    (owner.place / "wanted.txt").write_text(WANTED[2], "utf-8")
    state = owner.confirming(policy=Policy(accept=1.0)).state
    assert isinstance(state, ConfirmState)
    (question,) = state.questions
    assert (question.group, question.match.state) == ("look", MatchState.AMBIGUOUS)
