from __future__ import annotations

from musync.domain import MatchState
from musync.engine.candidates import CatalogueIndex
from musync.engine.few import FewTracks
from musync.engine.matching import match_all
from musync.testing.lists import track, tracks


def test_few_tracks_answer_as_an_index_of_them_does() -> None:
    there = [*tracks(12), track("Song 003 (Live)", "Artist 3", duration_ms=250_000)]
    wanted = [*tracks(12), track("Polka", "The Brass", duration_ms=95_000)]
    few, indexed = match_all(wanted, FewTracks(there)), match_all(wanted, CatalogueIndex(there))
    assert [match.state for match in few] == [match.state for match in indexed]
    assert [match.settled for match in few] == [match.settled for match in indexed]
    assert few[3].state is MatchState.AUTO
    assert few[12].state is MatchState.UNMATCHED


def test_nothing_has_no_counterpart() -> None:
    (match,) = match_all(tracks(1), FewTracks(()))
    assert (match.state, match.candidates) == (MatchState.UNMATCHED, ())
