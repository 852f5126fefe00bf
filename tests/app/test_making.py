"""A target that is not there yet: made with its first tracks in one request, never empty, never twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack

import pytest

from musync.app import exits
from musync.app.documents import run_document, sync_document
from musync.app.locks import hold
from musync.app.session import PickState, forecast_requests
from musync.app.writing import plan_of
from musync.domain import (
    Action,
    Decision,
    DecisionKind,
    Mode,
    MusyncError,
    Outcome,
    Playlist,
    Policy,
    Refusal,
    RunState,
    SideKey,
    StepKind,
    StepRecord,
    Track,
    TrackId,
)
from musync.domain.errors import (
    AccessDenied,
    Busy,
    DiskFull,
    NotUnderstood,
    PlanStale,
    Refused,
    TracksRefused,
    Unavailable,
)
from musync.services.memory.account import MemoryAccount
from tests.app.conftest import TwoServices, own


def titles(tracks: Sequence[Track]) -> list[str]:
    return [track.title for track in tracks]


def there(two: TwoServices) -> MemoryAccount:
    return two.world("there").account("me")


def long_list(two: TwoServices, songs: Sequence[Track]) -> None:
    """More than one batch of the memory service, which takes 100 tracks at a time."""
    two.world("here").account("me").make_playlist("Road", [own("here", song) for song in songs], description="by night")


def journal(two: TwoServices, run: int = 1) -> tuple[StepRecord, ...]:
    with two.musync.database().read() as work:
        return work.steps.of_run(run)


def nothing_is_kept(two: TwoServices) -> bool:
    """Neither a playlist nor a pair that holds one is there."""
    with two.musync.database().read() as work:
        bases = [work.pairs.base(pair.id) for pair in work.pairs.all()]
        made = [pair for pair in work.pairs.all() if pair.target.made]
    return not there(two).playlists and not made and not any(bases)


def drop(two: TwoServices, *songs: Track) -> None:
    """Let the target's service lose these songs."""
    for song in songs:
        two.world("there").catalogue.drop(own("there", song).id)


def test_the_first_batch_makes_it_and_the_others_are_added(two: TwoServices, songs: tuple[Track, ...]) -> None:
    wanted = songs * 6
    long_list(two, wanted)
    review = two.compare()
    before = two.world("here").count(), two.world("there").count()
    written = two.musync.writing.write(review, two.control)
    writes = two.world("there").writes
    assert [request.operation for request in writes] == ["create_playlist", "add_entries", "add_entries"]
    assert [len(request.arguments["tracks"]) for request in writes] == [100, 100, 40]  # type: ignore[arg-type]
    (made,) = there(two).playlists.values()
    assert (made.head.title, made.head.description) == ("Road", "by night")
    assert two.titles("there", "Road") == titles(wanted)
    assert (written.state, written.count(Action.ADD)) == (RunState.DONE, 240)
    spent = two.world("here").count() + two.world("there").count() - sum(before)
    # Reading the titles above costs the listing and ten pages.
    assert written.requests - review.requests == spent - 11
    assert [record.state for record in journal(two)] == ["done"] * 3


def test_the_forecast_counts_the_requests_of_a_new_list(two: TwoServices, songs: tuple[Track, ...]) -> None:
    long_list(two, songs * 4)
    review = two.compare()
    written = two.musync.writing.write(review, two.control)
    # The forecast counts the head of the list once, the run reads it before and after the pages of the last read.
    assert forecast_requests(review, plan_of(review)) == pytest.approx(written.requests - review.requests, abs=2)


def test_a_new_list_is_never_seen_empty(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:3])
    seen: list[list[str]] = []

    def look() -> None:
        seen.extend(there(two).titles(playlist) for playlist in there(two).playlists)

    for operation in ("create_playlist", "list_playlists", "read_playlist", "read_entries"):
        two.world("there").run_before(operation, look)
    two.sync()
    assert seen
    assert all(one == titles(songs[:3]) for one in seen)


def test_the_journal_says_what_will_be_made_before_it_is(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:3])
    found: list[StepRecord] = []

    def look() -> None:
        found.extend(journal(two))
        (run,) = two.musync.history.all()
        assert (run.state, run.target.title, run.target.key.made) == (RunState.APPLYING, "Road", False)
        assert nothing_is_kept(two)

    two.world("there").run_before("create_playlist", look)
    two.sync()
    (record,) = found
    assert (record.state, record.step.kind, record.attempts) == ("intent", StepKind.CREATE, 1)
    assert record.step.tracks == tuple(own("there", song) for song in songs[:3])
    (run,) = two.musync.history.all()
    assert run.target.key.made
    assert run.target.url is not None


def test_what_was_made_is_the_base_with_the_ids_that_the_service_gave(
    two: TwoServices, songs: tuple[Track, ...]
) -> None:
    two.fill("here", "Road", [songs[0], songs[1], songs[0]])
    two.sync(Policy(mode=Mode.MIRROR))
    with two.musync.database().read() as work:
        (pair,) = work.pairs.all()
        base = work.pairs.base(pair.id)
        snapshot = work.snapshots.newest(pair.target)
    (made,) = there(two).playlists.values()
    assert [item.target_entry for item in base] == [row.id for row in made.rows]
    assert snapshot is not None
    assert snapshot.entries == ()
    assert two.sync(Policy(mode=Mode.MIRROR)).plan.empty


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (DiskFull("There is no room left on the disk."), exits.UNREAD),
        (AccessDenied("not yours"), exits.UNREAD),
        (Refused("no such title"), exits.UNREAD),
        (Unavailable("the line went dead"), exits.UNREAD),
        (TracksRefused([Refusal(item=TrackId("else"), code="gone", text="gone")]), exits.UNREAD),
    ],
)
def test_a_request_that_fails_leaves_nothing_behind_and_records_nothing_as_written(
    two: TwoServices, songs: tuple[Track, ...], error: MusyncError, code: int
) -> None:
    two.fill("here", "Road", songs[:3])
    two.world("there").fail_next("create_playlist", error)
    written = two.sync()
    assert nothing_is_kept(two)
    assert (written.state, written.error, written.unmade) == (RunState.FAILED, error, True)
    assert (exits.of_written(written), written.count(Action.ADD)) == (code, 0)
    assert two.world("there").count("create_playlist") == 1
    document = sync_document(written)
    assert document["target"]["id"] is None
    assert document["written"]["added"] == 0
    (run,) = two.musync.history.all()
    assert run_document(run)["target"]["id"] is None
    assert journal(two)[0].state == "intent"
    again = two.sync()
    assert (again.state, two.titles("there", "Road")) == (RunState.DONE, titles(songs[:3]))


def test_a_batch_that_fails_later_leaves_what_was_made(two: TwoServices, songs: tuple[Track, ...]) -> None:
    long_list(two, songs * 6)
    two.world("there").fail_next("add_entries", Unavailable("the line went dead"))
    written = two.sync()
    assert (written.state, written.unmade) == (RunState.FAILED, False)
    assert len(two.titles("there", "Road")) == 100
    assert sum(row.written for row in written.rows) == 100
    again = two.sync()
    assert again.count(Action.ADD) == 140
    assert Counter(two.titles("there", "Road")) == Counter(titles(songs * 6))


@pytest.mark.parametrize("error", [Unavailable("no answer"), NotUnderstood("half an answer")])
def test_a_lost_answer_is_found_out_by_looking(two: TwoServices, songs: tuple[Track, ...], error: MusyncError) -> None:
    two.fill("here", "Road", songs[:3])
    two.world("there").fail_next("create_playlist", error, applied=True)
    written = two.sync()
    assert (written.error, written.count(Action.ADD), written.unmade) == (error, 3, False)
    assert written.run is not None
    assert list(there(two).playlists) == [written.run.target.key.playlist]
    assert journal(two)[0].state == "done"
    assert two.sync().plan.empty
    assert len(there(two).playlists) == 1


def test_a_list_that_somebody_else_made_is_not_taken_for_ours(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:3])
    theirs = [own("there", song) for song in songs[7:9]]
    two.world("there").run_before("create_playlist", lambda: there(two).make_playlist("Road", theirs))
    two.world("there").fail_next("create_playlist", Unavailable("no answer"))
    written = two.sync()
    assert written.unmade
    assert two.titles("there", "Road") == titles(songs[7:9])


def test_whether_it_was_made_may_stay_unknown(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:3])
    review = two.compare()
    two.world("there").fail_next("create_playlist", Unavailable("no answer"), applied=True)
    two.world("there").fail_next("list_playlists", AccessDenied("not now"), skip=1)
    written = two.musync.writing.write(review, two.control)
    assert (written.state, written.unmade, written.count(Action.ADD)) == (RunState.FAILED, True, 0)
    assert journal(two)[0].state == "intent"
    assert two.sync().review.shown.counts.common == 3, "it is found by its title"


def test_a_refused_track_is_left_out_and_the_others_make_the_list(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:4])
    review = two.compare()
    drop(two, songs[1])
    written = two.musync.writing.write(review, two.control)
    assert two.titles("there", "Road") == titles([songs[0], songs[2], songs[3]])
    assert [bool(row.error) for row in written.rows] == [False, True, False, False]
    assert written.rows[1].error == "the service does not have this track"
    assert (written.state, written.count(Action.ADD)) == (RunState.DONE, 3)
    assert two.world("there").count("create_playlist") == 2
    (record,) = journal(two)
    assert (record.state, record.attempts) == ("done", 2)
    assert [track.title for track in record.step.tracks] == titles([songs[0], songs[2], songs[3]])
    assert record.error == "the service does not have this track"


def test_places_at_the_top_count_what_was_refused(two: TwoServices, songs: tuple[Track, ...]) -> None:
    wanted = [songs[0], *songs[1:] * 5]
    long_list(two, wanted)
    review = two.compare(Policy(top=True))
    drop(two, songs[0])
    two.musync.writing.write(review, two.control)
    assert two.titles("there", "Road") == titles(wanted[1:])


def test_a_batch_of_which_nothing_is_taken_leaves_the_making_to_the_next(
    two: TwoServices, songs: tuple[Track, ...]
) -> None:
    long_list(two, [songs[0]] * 100 + [songs[1]] * 100 + [songs[2]] * 10)
    review = two.compare()
    drop(two, songs[0])
    written = two.musync.writing.write(review, two.control)
    assert two.titles("there", "Road") == titles([songs[1]] * 100 + [songs[2]] * 10)
    assert [sum(bool(row.error) for row in written.rows), written.count(Action.ADD)] == [100, 110]
    kinds = [(record.step.kind, record.state, len(record.step.actions)) for record in journal(two)]
    assert kinds == [(StepKind.CREATE, "done", 0), (StepKind.CREATE, "done", 100), (StepKind.ADD, "done", 10)]


def test_where_nothing_is_taken_nothing_is_made_and_the_run_says_so(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:3])
    review = two.compare()
    drop(two, *songs[:3])
    written = two.musync.writing.write(review, two.control)
    assert nothing_is_kept(two)
    assert (written.state, written.unmade, written.error) == (RunState.DONE, True, None)
    assert [row.error for row in written.rows] == ["the service does not have this track"] * 3
    assert exits.of_written(written) == exits.DONE
    assert sync_document(written)["target"] == {**sync_document(written)["target"], "id": None, "count": 0}


def test_two_at_once_make_one_list(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:3])
    review, other = two.compare(), two.compare()
    caught: list[Busy] = []

    def meanwhile() -> None:
        with pytest.raises(Busy, match="Another run is writing to “Road”") as busy:
            two.musync.writing.write(other, two.control)
        caught.append(busy.value)

    two.world("there").run_before("create_playlist", meanwhile)
    two.musync.writing.write(review, two.control)
    assert caught[0].unchanged == "Nothing was changed."
    assert len(there(two).playlists) == 1
    assert len(two.musync.history.all()) == 1


def test_a_list_that_was_made_since_the_comparison_is_found_by_the_next(
    two: TwoServices, songs: tuple[Track, ...]
) -> None:
    two.fill("here", "Road", songs[:3])
    session = two.musync.session()
    session.pick(source=two.side("here", "Road"), target=two.side("there", "Road"))
    session.compare(two.control)
    session.to_write()
    two.fill("there", "ROAD", songs[2:5])
    with pytest.raises(PlanStale, match="“Road” is there by now") as stale:
        session.write(two.control)
    assert "Compare again" in stale.value.next
    assert two.musync.history.all() == ()
    state = session.begin_anew(keep_sides=True)
    assert isinstance(state, PickState)
    assert state.target is not None
    assert state.target.title == "ROAD"
    session.compare(two.control)
    session.write(two.control)
    assert two.titles("there", "ROAD") == titles([songs[2], songs[3], songs[4], songs[0], songs[1]])
    assert len(there(two).playlists) == 1


def test_of_several_that_were_made_since_the_comparison_one_has_to_be_chosen(
    two: TwoServices, songs: tuple[Track, ...]
) -> None:
    two.fill("here", "Road", songs[:3])
    review = two.compare()
    for _ in range(2):
        there(two).make_playlist("Road")
    with pytest.raises(PlanStale, match="2 playlists are called “Road” by now") as stale:
        two.musync.writing.write(review, two.control)
    assert (stale.value.playlist, stale.value.next) == (None, "Choose one of them as the target.")


def test_a_playlist_that_was_just_made_is_locked_as_well(two: TwoServices, songs: tuple[Track, ...]) -> None:
    long_list(two, songs * 6)
    caught: list[Busy] = []

    def meanwhile() -> None:
        (playlist,) = there(two).playlists
        key = SideKey(service="there", account="me", playlist=playlist)
        with pytest.raises(Busy) as busy, hold(two.musync.database, key, "Road", two.control.now()):
            pass
        caught.append(busy.value)

    two.world("there").run_before("add_entries", meanwhile)
    assert two.sync().state is RunState.DONE
    assert caught


def test_who_takes_the_new_playlist_first_may_write_on(two: TwoServices, songs: tuple[Track, ...]) -> None:
    long_list(two, songs * 6)
    locks = ExitStack()

    def taken(made: Playlist) -> Playlist:
        key = SideKey(service="there", account="me", playlist=made.id)
        locks.enter_context(hold(two.musync.database, key, "Road", two.control.now()))
        return made

    two.world("there").alter_next("create_playlist", taken)
    with locks:
        written = two.sync()
    assert isinstance(written.error, Busy)
    assert written.error.unchanged == "“Road” was made with its first tracks; nothing else was changed."
    assert (written.count(Action.ADD), exits.of_written(written)) == (100, exits.BUSY)


def test_a_run_that_was_killed_right_after_has_recorded_nothing_that_is_not_so(
    two: TwoServices, songs: tuple[Track, ...]
) -> None:
    two.fill("here", "Road", songs[:3])

    def killed(_answer: object) -> object:
        raise KeyboardInterrupt

    two.world("there").alter_next("create_playlist", killed)
    with pytest.raises(KeyboardInterrupt):
        two.sync()
    (run,) = two.musync.history.all()
    assert (run.state, run.added, run.target.key.made) == (RunState.APPLYING, 0, False)
    with two.musync.database().read() as work:
        assert not any(work.pairs.base(pair.id) for pair in work.pairs.all())
    again = two.sync()
    assert (again.plan.empty, again.state) == (True, RunState.DONE)
    assert len(there(two).playlists) == 1


def with_a_question(two: TwoServices, songs: Sequence[Track]) -> TrackId:
    """A wanted song of which the target has two recordings, in a list beside a plain one; gives its id."""
    wanted = Track(id=TrackId("Lantern"), title="Lantern Parade", artists=("Kit Marsh",))
    two.world("here").add_tracks(own("here", wanted))
    for album, seconds in (("Morning", 190_000), ("Evening", 254_000)):
        other = Track(
            id=TrackId(f"Lantern{album}"), title=wanted.title, artists=wanted.artists, album=album, duration_ms=seconds
        )
        two.world("there").add_tracks(own("there", other))
    two.fill("here", "Road", [songs[0], wanted])
    return TrackId("here-Lantern")


def outcome(two: TwoServices, target: str, track: TrackId) -> Outcome:
    review = two.musync.comparing.compare(two.side("here", "Road"), two.side("there", target), Policy(), two.control)
    return review.matches[track].outcome


def test_never_said_of_a_list_that_is_yet_to_be_made_holds_for_that_pair_alone(
    two: TwoServices, songs: tuple[Track, ...]
) -> None:
    wanted = with_a_question(two, songs)
    session = two.musync.session()
    session.pick(source=two.side("here", "Road"), target=two.side("there", "Road"))
    session.compare(two.control)
    session.to_confirm()
    session.never(wanted)
    assert (outcome(two, "Road", wanted), outcome(two, "Rain", wanted)) == (Outcome.SKIPPED, Outcome.AMBIGUOUS)
    session.to_write()
    written = session.write(two.control).written
    assert written.run is not None
    assert (outcome(two, "Road", wanted), outcome(two, "Rain", wanted)) == (Outcome.SKIPPED, Outcome.AMBIGUOUS)
    ((decision, pair),) = two.musync.decisions.export()
    assert (decision.kind, pair and pair.target) == (DecisionKind.SKIP, written.run.target.key)
    assert decision.id is not None
    assert two.musync.decisions.forget(decision.id)
    assert outcome(two, "Road", wanted) is Outcome.AMBIGUOUS


def test_never_is_kept_when_the_run_dies_right_after_it_made_the_list(
    two: TwoServices, songs: tuple[Track, ...]
) -> None:
    wanted = with_a_question(two, songs)
    review = two.compare()
    two.musync.decisions.remember(Decision(kind=DecisionKind.SKIP, a=review.source_ref(wanted)), review)

    def killed(_answer: object) -> object:
        raise KeyboardInterrupt

    two.world("there").alter_next("create_playlist", killed)
    with pytest.raises(KeyboardInterrupt):
        two.sync()
    assert (outcome(two, "Road", wanted), outcome(two, "Rain", wanted)) == (Outcome.SKIPPED, Outcome.AMBIGUOUS)
    (run,) = two.musync.history.all()
    with two.musync.database().read() as work:
        (pair,) = work.pairs.all()
    assert (run.pair, pair.target.playlist) == (pair.id, next(iter(there(two).playlists)))


def test_never_is_kept_while_the_list_is_not_made(two: TwoServices, songs: tuple[Track, ...]) -> None:
    wanted = with_a_question(two, songs)
    review = two.compare()
    never = Decision(kind=DecisionKind.SKIP, a=review.source_ref(wanted))
    two.musync.decisions.remember(never, review)
    two.world("there").fail_next("create_playlist", DiskFull("no room"))
    assert two.sync().unmade
    assert outcome(two, "Road", wanted) is Outcome.SKIPPED
    assert not two.sync().unmade
    assert outcome(two, "Road", wanted) is Outcome.SKIPPED
    ((_, pair),) = two.musync.decisions.export()
    assert pair is not None
    assert pair.target.made


def test_a_document_of_a_dry_run_does_not_call_the_list_unmade(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:3])
    rehearsed = two.musync.writing.rehearse(two.compare())
    assert not rehearsed.unmade
    assert rehearsed.plan.steps[0].kind is StepKind.CREATE
    assert rehearsed.plan == two.sync().plan
