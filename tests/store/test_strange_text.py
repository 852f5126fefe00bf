"""Whatever services and file systems call things comes back as it was, and is never read as a command."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from musync.domain import (
    Account,
    Action,
    DecisionKind,
    Entry,
    EntryId,
    MatchState,
    PastSearch,
    Playlist,
    PlaylistId,
    RunRow,
    SideKey,
    Track,
    TrackId,
    TrackRef,
)
from musync.store import Database
from tests.store.values import TARGET, a_run, plex, said

TEXTS = st.text(st.characters(exclude_categories=()), max_size=40)
NASTY = (
    "'; DROP TABLE alias; --",
    '" OR 1=1 --',
    "100% _ \\ / ? :name @x $1",
    "a\x00b",
    "\x00",
    "\udc80\udcff",
    "\ufdd0",
    '\ufdd0"x"',
    "e\u0301 \u202e \u200d \U0001f3f4\U000e0067",
    "x" * 5_000,
    "",
)


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    with Database.memory() as database:
        yield database


def examples(test):  # type: ignore[no-untyped-def]
    for text in NASTY:
        test = example(text, text[::-1])(test)
    return settings(max_examples=40)(given(TEXTS, TEXTS)(test))


@examples
def test_tracks_come_back_as_they_were(database: Database, id: str, title: str) -> None:
    track = Track(id=TrackId(id), title=title, artists=(title, id), album=id, isrc=title, url=id)
    ref = TrackRef(service="local", scope=title, track=track)
    with database.begin() as work:
        canon = work.links.link(ref, plex("p1"), origin="auto", score=0.9)
        assert work.links.canons("local", title, [TrackId(id)]) == {id: canon}
        assert ref in work.links.aliases([canon], "local", title)[canon]


@examples
def test_rows_and_entries_come_back_as_they_were(database: Database, id: str, title: str) -> None:
    track = Track(id=TrackId(id), title=title)
    entry = Entry(id=EntryId(title), track=track, addressable=False, reason=id)
    row = RunRow(row=1, source=track, target=None, state=MatchState.AUTO, action=Action.ADD, error=title)
    with database.begin() as work:
        run = a_run(work)
        work.snapshots.keep(TARGET, run.id, [entry], "f", 1.0)
        work.runs.save_rows(run.id, [row])
        assert work.snapshots.of_run(run.id)[0].entries == (entry,)
        assert work.runs.rows(run.id) == (row,)


@examples
def test_names_of_accounts_and_playlists_come_back_as_they_were(database: Database, id: str, title: str) -> None:
    account = Account(name=title, service="local", ext_id=id, label=title, settings={id: title})
    playlist = Playlist(id=PlaylistId(id), title=title, owner=id)
    with database.begin() as work:
        work.accounts.add(account)
        work.playlists.remember("local", id, playlist, at=1.0)
        side = SideKey(service="local", account=id, playlist=PlaylistId(id))
        assert work.accounts.get(title) == account
        assert work.accounts.by_identity("local", id) == account
        assert work.playlists.label(side).title == work.playlists.label(side).account == title
        work.accounts.remove(title)


@examples
def test_decisions_are_found_by_the_words_they_are_about(database: Database, id: str, title: str) -> None:
    ref = TrackRef(service="local", scope=id, track=Track(id=TrackId(id), title=f"before {title} after"))
    with database.begin() as work:
        kept = work.decisions.remember(said(DecisionKind.SKIP, ref))
        assert kept.id is not None
        assert kept in work.decisions.all(title)
        assert kept in work.decisions.all(f"AFTER {title} BEFORE")
        assert work.decisions.forget(kept.id)


@examples
def test_past_searches_are_known_again(database: Database, id: str, title: str) -> None:
    found = (Track(id=TrackId(id), title=title),)
    search = PastSearch(asked=frozenset({id, title}), found=found, at=0.0, expires=9.0)
    with database.begin() as work:
        work.searches.keep("local", title, {id: search}, now=0.0)
        assert work.searches.recall("local", title, [id, title], now=1.0)[id] == search
        work.searches.forget("local", title)
