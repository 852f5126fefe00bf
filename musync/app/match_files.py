"""Matching without a sync: tracks of files or lists against a library, or pair by pair, with reasons."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from musync.app.documents import Document, candidate_document, reasons_document, track_document
from musync.domain import Candidate, Control, Preference, Track, TrackId
from musync.domain.errors import BadFile
from musync.engine.candidates import CatalogueIndex
from musync.engine.matching import match_all
from musync.engine.score import score

SUFFIXES = (".jsonl", ".ndjson")
_AT_ONCE = 64
"""Queries between two looks at whether to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A wanted track under the id its answer is given with."""

    id: str
    track: Track


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """The best counterparts of a query, best first."""

    query: Query
    candidates: tuple[Candidate, ...]

    def record(self) -> Document:
        """The answer as one line of JSONL."""
        return {"query_id": self.query.id, "ranked": [candidate_document(one) for one in self.candidates]}

    def document(self) -> Document:
        """The answer with the tracks it is about."""
        ranked = [{**candidate_document(one), "track": track_document(one.track)} for one in self.candidates]
        return {"query_id": self.query.id, "track": track_document(self.query.track), "ranked": ranked}


@dataclass(frozen=True, slots=True, kw_only=True)
class PairToJudge:
    """Two tracks that may be one recording."""

    id: str
    a: Track
    b: Track


def is_jsonl(text: str) -> bool:
    """Whether this names a file of tracks, by its ending."""
    return text.lower().endswith(SUFFIXES)


def read_queries(path: Path) -> tuple[Query, ...]:
    """Queries (`{"query_id", "track"}`), or plain tracks, whose ids then are the queries'.

    Raises:
        BadFile: a line is none; its number stands in the message.
    """
    return tuple(_each(path, _query))


def read_tracks(path: Path) -> tuple[Track, ...]:
    """Tracks, one to a line; raises BadFile with the line's number."""
    return tuple(_each(path, lambda entry: _query(entry).track))


def read_pairs(path: Path) -> tuple[PairToJudge, ...]:
    """Pairs `{"id", "a", "b"}`; raises BadFile with the line's number."""
    return tuple(_each(path, _pair))


def paired(queries: Sequence[Query], tracks: Sequence[Track], where: str) -> tuple[PairToJudge, ...]:
    """The n-th query with the n-th track.

    Raises:
        BadFile: one list is longer than the other.
    """
    found = []
    for number, (query, track) in enumerate(zip_longest(queries, tracks), 1):
        if query is None or track is None:
            raise BadFile(
                f"The lists are not equally long: {len(queries):,} and {len(tracks):,}.",
                where=f"{where}, line {number:,}",
                unchanged="Nothing was compared.",
                next="With --pairs the n-th line of one belongs to the n-th of the other.",
                code="bad-tracks",
            )
        found.append(PairToJudge(id=query.id, a=query.track, b=track))
    return tuple(found)


def rank(
    queries: Sequence[Query], index: CatalogueIndex, top: int, control: Control, preference: Preference
) -> Iterator[Ranked]:
    """The best `top` counterparts of each query, each query for itself; what is preferred comes first."""
    for start in range(0, len(queries), _AT_ONCE):
        control.checkpoint()
        control.progress(start, len(queries), "match")
        some = queries[start : start + _AT_ONCE]
        # Queries are questions of their own: they do not take counterparts from each other.
        tracks = [query.track for query in some]
        matches = match_all(tracks, index, floor=0.0, keep=top, together=False, preference=preference)
        for query, match in zip(some, matches, strict=True):
            best = list(match.candidates)
            if preference.usual:
                best.sort(key=lambda one: -one.probability)
            yield Ranked(query=query, candidates=tuple(best[:top]))


def judge_pairs(pairs: Sequence[PairToJudge], control: Control) -> Iterator[Document]:
    """The probability of each pair, with reasons."""
    for done, pair in enumerate(pairs):
        if done % 64 == 0:
            control.checkpoint()
            control.progress(done, len(pairs), "match")
        judged = score(pair.a, pair.b)
        yield {"id": pair.id, "p": round(judged.probability, 4), "reasons": reasons_document(judged.reasons)}


def queries_of(tracks: Iterable[Track]) -> tuple[Query, ...]:
    """Tracks of a list as queries."""
    return tuple(Query(id=track.id, track=track) for track in tracks)


def _each(path: Path, make: Callable[[Mapping[str, Any]], Any]) -> Iterator[Any]:
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise BadFile(
            f"The file cannot be read: {error.strerror or error}.",
            where=str(path),
            unchanged="Nothing was compared.",
            code="bad-tracks",
        ) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _made(path, number, line, make)


def _made(path: Path, number: int, line: bytes, make: Callable[[Mapping[str, Any]], Any]) -> Any:
    try:
        entry = json.loads(line.decode("utf-8-sig"))
        if not isinstance(entry, dict):
            raise TypeError("a track is an object")
        return make(entry)
    except json.JSONDecodeError as error:
        raise _bad(path, number, f"no JSON: {error.msg}, column {error.colno}") from error
    except UnicodeDecodeError as error:
        raise _bad(path, number, "not UTF-8") from error
    except (TypeError, ValueError, KeyError, RecursionError, OverflowError) as error:
        why = f"“{error.args[0]}” is missing" if isinstance(error, KeyError) else str(error)
        raise _bad(path, number, why) from error


def _bad(path: Path, number: int, why: str) -> BadFile:
    return BadFile(
        f"Line {number:,} is no track: {why}.",
        where=f"{path}, line {number:,}",
        unchanged="Nothing was compared.",
        next='A line is {"id", "title", "artists": […]}, or {"query_id", "track": {…}}.',
        code="bad-tracks",
    )


def _query(entry: Mapping[str, Any]) -> Query:
    wrapped = entry.get("track")
    if isinstance(wrapped, dict):
        query = str(entry.get("query_id") or wrapped.get("id") or "")
        if not query:
            raise KeyError("query_id")
        return Query(id=query, track=_track(wrapped, query))
    return Query(id=str(entry["id"]), track=_track(entry, str(entry["id"])))


def _pair(entry: Mapping[str, Any]) -> PairToJudge:
    name = str(entry["id"])
    for side in ("a", "b"):
        if not isinstance(entry[side], dict):
            raise TypeError(f"“{side}” is a track")
    return PairToJudge(id=name, a=_track(entry["a"], f"{name}a"), b=_track(entry["b"], f"{name}b"))


def _track(entry: Mapping[str, Any], fallback: str) -> Track:
    return Track(
        id=TrackId(str(entry.get("id") or fallback)),
        title=_text(entry, "title"),
        artists=_artists(entry.get("artists")),
        album=_text(entry, "album"),
        duration_ms=_milliseconds(entry.get("duration_s")),
        isrc=_text(entry, "isrc") or None,
        mbid=_text(entry, "mbid") or None,
        explicit=_truth(entry.get("explicit")),
        url=_text(entry, "url") or None,
    )


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(f"“{key}” is text")
    return value


def _truth(value: object) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise TypeError("“explicit” is true or false")


def _artists(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(artist, str) for artist in value):
        raise TypeError("“artists” is a list of texts")
    return tuple(artist for artist in value if artist)


def _milliseconds(seconds: object) -> int | None:
    if seconds is None:
        return None
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise TypeError("“duration_s” is a number of seconds")
    return round(seconds * 1000)
