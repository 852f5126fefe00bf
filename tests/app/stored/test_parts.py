from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from musync.app.stored import parts
from musync.app.stored.parts import PartMaker
from musync.app.stored.records import from_record, to_record
from musync.domain import FreeControl, Track, TrackKind
from musync.engine.index_arrays import IndexArrays, Part
from musync.engine.profile import profile
from musync.testing.lists import any_track, track, tracks


@settings(max_examples=20)
@given(any_track())
def test_a_track_comes_back_from_its_record(one: Track) -> None:
    assert from_record(to_record(one)) == one


def test_every_field_and_half_a_letter_come_back() -> None:
    one = track(
        "A\ud83d \0", ("x", ""), album="b", album_artist="c", duration_ms=0, isrc="d", mbid="e", track_number=1,
        disc_number=2, year=1999, explicit=False, url="file:///f", kind=TrackKind.VIDEO,
    )  # fmt: skip
    assert from_record(to_record(one)) == one


def made(maker: PartMaker, some: tuple[Track, ...]) -> IndexArrays:
    for start in range(0, len(some), 50):
        piece = some[start : start + 50]
        maker.add(piece, [to_record(one) for one in piece], len(some) - start)
    return IndexArrays.of(maker.parts(FreeControl()))


def agree(found: IndexArrays, some: tuple[Track, ...]) -> bool:
    expected = IndexArrays.of([Part.of([profile(one) for one in some])])
    return all(np.array_equal(*pair) for pair in zip(found.postings, expected.postings, strict=True))


@pytest.fixture
def helped(monkeypatch: pytest.MonkeyPatch) -> PartMaker:
    monkeypatch.setattr(parts, "HELP_FROM", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    return PartMaker()


def test_processes_that_help_make_the_same(helped: PartMaker) -> None:
    some = tracks(400)
    with helped:
        found = made(helped, some)
    assert agree(found, some)


@pytest.mark.expects_log("without help")
def test_what_a_process_does_not_finish_is_done_here(helped: PartMaker) -> None:
    some = tracks(200)
    with helped:
        for start in range(0, len(some), 50):
            piece = some[start : start + 50]
            helped.add(piece, [to_record(one) for one in piece], len(some))
            assert helped._helpers is not None
            for process in helped._helpers._processes.values():
                process.kill()
        found = IndexArrays.of(helped.parts(FreeControl()))
    assert agree(found, some)


def test_without_another_core_everything_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "HELP_FROM", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    some = tracks(100)
    with PartMaker() as maker:
        assert agree(made(maker, some), some)
        assert maker._helpers is None
