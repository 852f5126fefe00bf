from __future__ import annotations

from dataclasses import replace

from musync.domain import Action, MatchState, Mode, Reason, RunRow, RunState, SideKey, SideLabel
from musync.store import Work
from tests.store.values import SOURCE, TARGET, a_pair, a_run, a_track


def a_row(number: int, state: MatchState | None = MatchState.AUTO, **fields: object) -> RunRow:
    row = RunRow(row=number, source=a_track(f"s{number}"), target=None, state=state, action=Action.NONE)
    return replace(row, **fields)  # type: ignore[arg-type]


def test_a_run_comes_back_as_it_was_begun(work: Work) -> None:
    run = a_run(work, pair=a_pair(work), mode=Mode.MIRROR)
    assert work.runs.get(run.id) == run
    assert (run.state, run.ended) == (RunState.READING, None)


def test_there_is_no_run_of_an_unknown_number(work: Work) -> None:
    assert work.runs.get(12) is None
    assert work.runs.rows(12) == ()


def test_a_run_says_where_it_stands_and_how_it_ended(work: Work) -> None:
    run = a_run(work)
    work.runs.set_state(run.id, RunState.APPLYING, requests=3)
    assert work.runs.get(run.id) == replace(run, state=RunState.APPLYING, requests=3)
    work.runs.finish(run.id, RunState.FAILED, at=130.0, added=2, removed=1, moved=4, requests=9, error="unavailable")
    ended = replace(
        run, state=RunState.FAILED, ended=130.0, added=2, removed=1, moved=4, requests=9, error="unavailable"
    )
    assert work.runs.get(run.id) == ended


def test_the_newest_run_comes_first(work: Work) -> None:
    first, second, third = (a_run(work, at=at) for at in (30.0, 20.0, 10.0))
    assert work.runs.all() == (third, second, first)
    assert work.runs.all(2) == (third, second)


def test_runs_of_one_pair_can_be_listed(work: Work) -> None:
    pair = a_pair(work)
    run = a_run(work, pair=pair)
    a_run(work)
    assert work.runs.all(pair=pair) == (run,)


def test_rows_come_back_whole_and_in_order(work: Work) -> None:
    run = a_run(work)
    full = RunRow(
        row=2,
        source=a_track("s2", "Ünï 🎵 \x00"),
        target=a_track("p2"),
        state=MatchState.AMBIGUOUS,
        action=Action.ADD,
        probability=0.75,
        reasons=(Reason(part="title", value=0.9, text="nearly"), Reason(part="isrc", value=None, text="unknown")),
        written=True,
        note="removed-on-target",
        error="refused",
    )
    bare = RunRow(row=1, source=None, target=a_track("p1"), state=None, action=Action.REMOVE)
    work.runs.save_rows(run.id, [full, bare])
    assert work.runs.rows(run.id) == (bare, full)


def test_saving_some_rows_again_leaves_the_others(work: Work) -> None:
    run = a_run(work)
    rows = [a_row(number) for number in range(1, 702)]
    work.runs.save_rows(run.id, rows)
    for number in (1, 200, 201, 701):
        rows[number - 1] = a_row(number, written=True)
    work.runs.save_rows(run.id, [rows[number - 1] for number in (701, 1, 201, 200)])
    assert work.runs.rows(run.id) == tuple(rows)


def test_saving_no_rows_changes_nothing(work: Work) -> None:
    run = a_run(work)
    work.runs.save_rows(run.id, [a_row(1)])
    work.runs.save_rows(run.id, [])
    assert work.runs.rows(run.id) == (a_row(1),)


def test_missing_is_what_the_newest_run_of_each_pair_did_not_find(work: Work) -> None:
    road, home = a_pair(work, "road"), a_pair(work, "home")
    older, newest, other, alone = (a_run(work, pair=pair) for pair in (road, road, home, None))
    work.runs.save_rows(older.id, [a_row(1, MatchState.UNMATCHED), a_row(2, MatchState.UNMATCHED)])
    found = [a_row(1), a_row(2, MatchState.UNMATCHED), a_row(3, MatchState.SEARCH_FAILED), a_row(4, None)]
    work.runs.save_rows(newest.id, found)
    work.runs.save_rows(other.id, [a_row(number, MatchState.UNMATCHED) for number in (1, 450)])
    work.runs.save_rows(alone.id, [a_row(1, MatchState.UNMATCHED)])
    assert [(run.id, row.row) for run, row in work.runs.missing()] == [(other.id, 1), (other.id, 450), (newest.id, 2)]


def test_what_is_not_owned_is_missing_and_what_is_refused_is_not(work: Work) -> None:
    run = a_run(work, pair=a_pair(work))
    refused = a_row(1, MatchState.UNAVAILABLE, target=a_track("t1"))
    work.runs.save_rows(run.id, [refused, a_row(2, MatchState.UNAVAILABLE)])
    assert [row.row for _, row in work.runs.missing()] == [2]


def test_a_run_that_came_to_no_rows_does_not_hide_what_is_missing(work: Work) -> None:
    pair = a_pair(work)
    run = a_run(work, pair=pair)
    work.runs.save_rows(run.id, [a_row(1, MatchState.UNMATCHED)])
    a_run(work, pair=pair)
    assert len(work.runs.missing()) == 1


def test_what_was_found_at_last_is_missing_no_more(work: Work) -> None:
    pair = a_pair(work)
    work.runs.save_rows(a_run(work, pair=pair).id, [a_row(1, MatchState.UNMATCHED)])
    work.runs.save_rows(a_run(work, pair=pair).id, [a_row(1)])
    assert work.runs.missing() == ()


def test_a_run_learns_which_playlist_it_made(work: Work) -> None:
    unmade = SideKey.unmade("plex", "home", "Road too")
    pending = work.pairs.ensure(SOURCE, unmade, Mode.ADD)
    source = SideLabel(key=SOURCE, title="Road", account="anna", url="https://example.com/road")
    target = SideLabel(key=unmade, title="Road too", account="home")
    run = work.runs.begin(pair=pending.id, mode=Mode.ADD, source=source, target=target, at=100.0)
    assert work.runs.get(run.id) == run
    pair = work.pairs.made(pending, TARGET)
    label = SideLabel(key=TARGET, title="Road too!", account="home", url="https://example.com/17")
    work.runs.set_target(run.id, pair.id, label)
    assert work.runs.get(run.id) == replace(run, pair=pair.id, target=label)
