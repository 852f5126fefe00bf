"""A plugin as somebody else would write it: playlists as JSON files in one folder, any track as it is described."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from musync.domain import (
    Account,
    Cursor,
    Entry,
    EntryId,
    Page,
    Playlist,
    PlaylistId,
    Refusal,
    Revision,
    Track,
    TrackId,
    TrackRef,
    WriteReport,
    occurrence_ids,
)
from musync.domain.errors import NotFound
from musync.services.api import (
    AddsEntries,
    CreatesPlaylists,
    Env,
    Field,
    Form,
    PlaylistService,
    RemovesEntries,
    ServicePlugin,
    SignedIn,
    SignInFlow,
    SignInStep,
    TakesForeign,
    Traits,
)


class JsonFolder(PlaylistService, CreatesPlaylists, AddsEntries, RemovesEntries, TakesForeign):
    """One folder of JSON files; their names are the playlists' ids."""

    traits = Traits(accepts="any_track")
    lenders = ()
    scope = ""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def list_playlists(self, cursor: Cursor | None = None) -> Page[Playlist]:
        files = sorted(self._folder.glob("*.json"))
        return Page(items=tuple(self.read_playlist(PlaylistId(file.stem)) for file in files), total=len(files))

    def read_playlist(self, playlist: PlaylistId) -> Playlist:
        stored = self._read(playlist)
        return Playlist(
            id=playlist, title=stored["title"], description=stored["description"], count=len(stored["tracks"])
        )

    def read_entries(self, playlist: PlaylistId, cursor: Cursor | None = None) -> Page[Entry]:
        tracks = [Track(**{**row, "artists": tuple(row["artists"])}) for row in self._read(playlist)["tracks"]]
        names = occurrence_ids(track.id for track in tracks)
        entries = tuple(Entry(id=name, track=track) for name, track in zip(names, tracks, strict=True))
        return Page(items=entries, total=len(entries))

    def close(self) -> None:
        pass

    def create_playlist(self, title: str, *, description: str = "", tracks: Sequence[Track] = ()) -> Playlist:
        playlist = PlaylistId(f"list-{len(list(self._folder.glob('*.json')))}")
        self._write(playlist, {"title": title, "description": description, "tracks": _rows(tracks)})
        return self.read_playlist(playlist)

    def add_entries(
        self, playlist: PlaylistId, tracks: Sequence[Track], *, at: int | None = None, revision: Revision | None = None
    ) -> WriteReport:
        stored = self._read(playlist)
        rows = stored["tracks"]
        start = len(rows) if at is None else at
        rows[start:start] = _rows(tracks)
        self._write(playlist, stored)
        names = occurrence_ids(row["id"] for row in rows)
        return WriteReport(done=names[start : start + len(tracks)])

    def remove_entries(
        self, playlist: PlaylistId, entries: Sequence[EntryId], *, revision: Revision | None = None
    ) -> WriteReport:
        stored = self._read(playlist)
        names = occurrence_ids(row["id"] for row in stored["tracks"])
        gone = set(entries) & set(names)
        stored["tracks"] = [row for name, row in zip(names, stored["tracks"], strict=True) if name not in gone]
        self._write(playlist, stored)
        missing = [Refusal(item=entry, code="not-found", text="not there") for entry in entries if entry not in gone]
        return WriteReport(done=tuple(entry for entry in entries if entry in gone), refused=tuple(missing))

    def taken(self, ref: TrackRef) -> Track:
        return replace(ref.track, id=TrackId(f"{ref.service} {ref.track.id}"))

    def _file(self, playlist: PlaylistId) -> Path:
        return self._folder / f"{playlist}.json"

    def _read(self, playlist: PlaylistId) -> dict[str, Any]:
        if not self._file(playlist).exists():
            raise NotFound("no playlist has this id", where=playlist)
        stored: dict[str, Any] = json.loads(self._file(playlist).read_text("utf-8"))
        return stored

    def _write(self, playlist: PlaylistId, stored: dict[str, Any]) -> None:
        self._file(playlist).write_text(json.dumps(stored), "utf-8")


def _rows(tracks: Sequence[Track]) -> list[dict[str, Any]]:
    return [{"id": one.id, "title": one.title, "artists": one.artists} for one in tracks]


class ChooseFolder(SignInFlow):
    def begin(self) -> SignInStep:
        return Form(fields=(Field(key="folder", label="Folder", kind="folder"),))

    def answer(self, values: Mapping[str, str]) -> SignInStep:
        folder = values["folder"]
        return SignedIn(ext_id=folder, label=folder, settings={"folder": folder}, secrets={})


class JsonPlugin(ServicePlugin):
    id = "sample"
    title = "JSON folder"

    def service_class(self) -> type[PlaylistService]:
        return JsonFolder

    def connect(self, account: Account, env: Env) -> PlaylistService:
        return JsonFolder(Path(account.settings["folder"]))

    def sign_in(self, env: Env, account: Account | None = None) -> SignInFlow:
        return ChooseFolder()


plugin = JsonPlugin()
