"""Counterparts without a sync."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from musync.app.catalogue import list_catalogue
from musync.app.documents import Document
from musync.app.match_files import (
    Query,
    Ranked,
    is_jsonl,
    judge_pairs,
    paired,
    queries_of,
    rank,
    read_pairs,
    read_queries,
    read_tracks,
)
from musync.app.reading import read_side
from musync.cli.face import Face
from musync.cli.rows import name
from musync.cli.table import Column
from musync.cli.wishes import Versions
from musync.cli.words import number, percent
from musync.domain import Account, Control, Preference, Track
from musync.domain.errors import UsageError
from musync.engine.candidates import CatalogueIndex


def match(face: Face, queries: str, library: str, versions: Versions, *, top: int, pairs: bool) -> int:
    """Print the best counterparts of every query, or judge pairs."""
    if pairs:
        _refuse_with_pairs(versions)
        return _judge(face, queries, library)
    if not library:
        raise UsageError("LIBRARY is missing.", next="Name a file of tracks, an address or an account.")
    preference = versions.over(face.musync.settings.read().preference)
    ranked = face.job(lambda control: _ranked(face, queries, library, top, preference, control))
    if is_jsonl(queries):
        for one in ranked:
            face.output.record(one.record())
    elif face.output.json:
        face.output.document({"results": [one.document() for one in ranked]})
    else:
        _table(face, ranked)
    return 0


def _refuse_with_pairs(versions: Versions) -> None:
    for option in versions.typed:
        raise UsageError(
            f"--{option} does not go with --pairs.",
            where=f"--{option}",
            unchanged="Nothing was compared.",
            next="A preference chooses among counterparts; the probability of a pair does not depend on it.",
        )


def _ranked(face: Face, queries: str, library: str, top: int, preference: Preference, control: Control) -> list[Ranked]:
    wanted = _queries(face, queries, control)
    return list(rank(wanted, _library(face, library, control), top, control, preference))


def _queries(face: Face, text: str, control: Control) -> Sequence[Query]:
    return read_queries(_path(text)) if is_jsonl(text) else queries_of(_entries(face, text, control))


def _library(face: Face, text: str, control: Control) -> CatalogueIndex:
    account = next((one for one in face.musync.accounts.all() if one.name == text), None)
    if account is not None and not is_jsonl(text):
        return _music_of(face, account, control)
    tracks = read_tracks(_path(text)) if is_jsonl(text) else _entries(face, text, control)
    return CatalogueIndex(tracks, checkpoint=control.checkpoint)


def _music_of(face: Face, account: Account, control: Control) -> CatalogueIndex:
    connections, accounts = face.musync.connections, face.musync.accounts
    with connections.open(account, control) as service:
        found = list_catalogue(service, account, connections, accounts.of_service, control)
    if found is None:
        raise UsageError(f"{account.name} does not list its music.", next="Name one of its playlists.")
    return found.index


def _entries(face: Face, address: str, control: Control) -> Sequence[Track]:
    side = face.musync.addresses.resolve(address, control)
    if side.playlist is None:
        raise UsageError(f"There is no playlist at “{address}”.", code="unknown-playlist")
    with face.musync.connections.open(side.account, control) as service:
        entries = read_side(service, side.playlist, control).entries
    return [entry.track for entry in entries if entry.addressable]


def _path(text: str) -> Path:
    return Path(text).expanduser()


def _judge(face: Face, queries: str, library: str) -> int:
    for text in filter(None, (queries, library)):
        if not is_jsonl(text):
            raise UsageError(f"--pairs takes JSONL, “{text}” is none by its name.", next="Name it .jsonl.")

    def work(control: Control) -> list[Document]:
        if not library:
            return list(judge_pairs(read_pairs(_path(queries)), control))
        both = paired(read_queries(_path(queries)), read_tracks(_path(library)), queries)
        return list(judge_pairs(both, control))

    for record in face.job(work):
        face.output.record(record)
    return 0


def _table(face: Face, ranked: Sequence[Ranked]) -> None:
    rows = []
    for one in ranked:
        rows.append((name(one.query.track), "", "" if one.candidates else "nothing near"))
        for place, candidate in enumerate(one.candidates, 1):
            said = [reason for reason in candidate.reasons if face.verbose or reason.part == "preference"]
            why = "; ".join(f"{reason.part}: {reason.text}" for reason in said)
            told = f"{name(candidate.track)}{f' ({why})' if why else ''}"
            rows.append((f"  {number(place)}.", percent(candidate.probability), told))
    face.output.table((Column("Wanted"), Column("", "right", fixed=True), Column("Counterpart")), rows)
