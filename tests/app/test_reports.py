"""Reports: every format, hostile titles, and what happens when they cannot be written."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from musync.app.documents import run_details, sync_document
from musync.app.reports import FORMATS, write_report
from musync.domain import Track, TrackId
from musync.domain.errors import StorageError, UsageError
from tests.app.conftest import TwoServices, own

HOSTILE = '<img src=x onerror="boom()"> & \x1b[2J \u202e =1+1'


@pytest.fixture
def document(two: TwoServices, songs: tuple[Track, ...]) -> dict[str, object]:
    strange = Track(id=TrackId("strange"), title=HOSTILE, artists=("=cmd()",), url="https://example.org/strange")
    two.world("here").add_tracks(own("here", strange))
    two.fill("here", "Road", [songs[0], strange, songs[1]])
    two.fill("there", "Road", songs[:1])
    return sync_document(two.sync())


def test_every_format_can_be_written(document: dict[str, object], tmp_path: Path) -> None:
    for suffix in FORMATS:
        path = write_report(document, tmp_path / f"report{suffix}")
        assert path.stat().st_size > 100
    assert len(list(tmp_path.glob("report*"))) == len(FORMATS)


def test_html_shows_titles_and_runs_none(document: dict[str, object], tmp_path: Path) -> None:
    text = write_report(document, tmp_path / "report.html").read_text("utf-8")
    assert "<img" not in text
    assert "&lt;img src=x" in text
    assert 'href="https://example.org/strange"' in text


def test_csv_has_a_line_per_row_and_no_formula(document: dict[str, object], tmp_path: Path) -> None:
    text = write_report(document, tmp_path / "report.csv").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["outcome"] for row in rows] == ["matched", "not_found", "matched"]
    assert rows[1]["artists"] == "'=cmd()"
    assert rows[1]["url"] == "https://example.org/strange"


def test_text_lists_what_is_missing_with_its_link(document: dict[str, object], tmp_path: Path) -> None:
    text = write_report(document, tmp_path / "report.txt").read_text("utf-8")
    assert "not found" in text
    assert "https://example.org/strange" in text
    assert "\x1b" not in text


def test_text_says_when_nothing_is_missing(two: TwoServices, songs: tuple[Track, ...], tmp_path: Path) -> None:
    two.fill("here", "Road", songs[:2])
    two.fill("there", "Road", songs[:2])
    text = write_report(sync_document(two.sync()), tmp_path / "report.txt").read_text("utf-8")
    assert "Nothing is missing" in text


def test_json_is_the_document_itself(document: dict[str, object], tmp_path: Path) -> None:
    assert json.loads(write_report(document, tmp_path / "report.json").read_text("utf-8")) == document


def test_a_run_of_history_makes_the_same_report(two: TwoServices, document: dict[str, object], tmp_path: Path) -> None:
    run = two.musync.history.all()[0]
    stored = run_details(*two.musync.history.show(run.id))
    now = write_report(document, tmp_path / "now.csv").read_text("utf-8")
    assert write_report(stored, tmp_path / "then.csv").read_text("utf-8") == now


def test_an_unknown_format_is_refused(document: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be"):
        write_report(document, tmp_path / "report.docx")


def test_a_report_that_cannot_be_written_leaves_the_old_one(document: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="could not be written"):
        write_report(document, tmp_path / "nowhere" / "report.txt")
