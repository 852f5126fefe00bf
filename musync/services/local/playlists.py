"""The playlist files of a folder: which there are, reading them, and writing them, never outside the folder."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from musync.domain import Playlist, PlaylistId, Revision
from musync.domain.errors import AccessDenied, BadFile, NotFound, Refused
from musync.safefile import write_file, write_new_file
from musync.services.filenames import clean_name
from musync.services.local.reasons import reason_of, shown
from musync.services.local.walk import SKIPPED
from musync.services.m3u import M3uDocument, new_m3u, parse_m3u

SUFFIXES: Final = (".m3u8", ".m3u")
LARGEST: Final = 64 << 20
"""Bytes; a bigger file is not opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaylistFile:
    """One playlist file as it was read.

    `document` is None where it cannot be read as a playlist, `problem` then says why. `unwritable` says why nothing
    can be written to it, empty when it can.
    """

    id: PlaylistId
    path: Path
    document: M3uDocument | None = None
    revision: Revision | None = None
    problem: str = ""
    unwritable: str = ""

    @property
    def head(self) -> Playlist:
        """What a service says of it; its title is that of its `#PLAYLIST:` line, else the file's name."""
        return Playlist(
            id=self.id,
            title=(self.document.title if self.document else None) or PurePosixPath(self.id).stem,
            count=len(self.document.entries) if self.document else None,
            url=self.path.as_uri() if self.document else None,
            revision=self.revision,
            readable=self.document is not None,
            unreadable_reason=self.problem,
            writable=not self.unwritable,
            unwritable_reason=self.unwritable,
        )

    def readable(self) -> M3uDocument:
        """The list; raises BadFile where there is none to read."""
        if self.document is None:
            raise BadFile(
                f"The playlist cannot be read: {self.problem}", where=self.id, unchanged="The file is as it was."
            )
        return self.document


class PlaylistFolder:
    """A folder with playlist files in it and in its subfolders; their ids are relative paths with `/`.

    Symbolic links to folders are not followed, and what is behind a link is never written to. Folders that begin with
    a dot, and bins, are left out.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last: tuple[str, bytes, M3uDocument] | None = None

    def all(self) -> Iterator[PlaylistFile]:
        """Every playlist file, by path; one that cannot be read is among them and says why."""
        for name in sorted(self._names()):
            if shown(name) != name:
                problem = "Its name is not valid UTF-8; rename the file."
                yield PlaylistFile(id=PlaylistId(shown(name)), path=self._folder, problem=problem, unwritable=problem)
            else:
                yield self._read(PlaylistId(name), self._folder / name)

    def read(self, playlist: PlaylistId) -> PlaylistFile:
        """One playlist file; raises NotFound."""
        path = self._place(playlist)
        if path is None or not path.is_file():
            raise NotFound("There is no such playlist file.", where=f"{self._folder}: {playlist}")
        return self._read(playlist, path)

    def write(self, file: PlaylistFile, document: M3uDocument) -> PlaylistFile:
        """Replace the file's content; raises AccessDenied where it cannot be written to, DiskFull."""
        self._check_writable(file)
        data = document.to_bytes()
        write_file(file.path, data)
        return replace(file, document=document, revision=_revision(data))

    def draft(self, title: str) -> PlaylistFile:
        """An empty list that is not written yet; the name of its file is made from the title and is free."""
        name = clean_name(title, SUFFIXES[0], taken=os.listdir(self._folder))  # noqa: PTH208 - names are all it takes
        return PlaylistFile(id=PlaylistId(name), path=self._folder / name, document=new_m3u(_text(title), name=name))

    def create(self, draft: PlaylistFile, document: M3uDocument) -> PlaylistFile:
        """Write a draft's file with this content, whole at once; raises Refused where it is there by now, DiskFull."""
        try:
            write_new_file(draft.path, document.to_bytes())
        except FileExistsError as error:
            raise _taken(draft.path) from error
        return self._read(draft.id, draft.path)

    def rename(self, file: PlaylistFile, title: str) -> PlaylistFile:
        """Give the list another title and the file the name that belongs to it, in the folder it is in."""
        self._check_writable(file)
        old = file.path
        others = set(os.listdir(old.parent)) - {old.name}  # noqa: PTH208
        new = old.with_name(clean_name(title, old.suffix, taken=others))
        write_file(old, file.readable().with_title(_text(title)).to_bytes())
        if new != old:
            self._move(old, new)
        return self._read(PlaylistId(new.relative_to(self._folder).as_posix()), new)

    def delete(self, file: PlaylistFile) -> None:
        """Delete the file."""
        self._check_writable(file)
        file.path.unlink()

    @staticmethod
    def _move(old: Path, new: Path) -> None:
        # Where upper and lower case are one, a name may differ from itself.
        if new.exists() and new.samefile(old):
            old.rename(new)
            return
        with _Claim(new):
            old.replace(new)

    def _names(self) -> Iterator[str]:
        """Paths of playlist files relative to the folder; raises OSError when it cannot be listed itself."""
        os.stat(os.path.join(self._folder, "."))  # noqa: PTH116, PTH118 - the dot asks for a folder that can be entered
        prefix = len(str(self._folder).rstrip(os.sep)) + 1
        for path, folders, files in os.walk(self._folder):
            folders[:] = [name for name in folders if name[0] != "." and name.lower() not in SKIPPED]
            for name in files:
                if name.lower().endswith(SUFFIXES) and name[0] != ".":
                    yield os.path.join(path, name)[prefix:].replace(os.sep, "/")  # noqa: PTH118

    def _place(self, playlist: PlaylistId) -> Path | None:
        """The path with this id, None when it would not be a playlist file inside the folder."""
        pure = PurePosixPath(playlist)
        odd = "\0" in playlist or (os.name == "nt" and ("\\" in playlist or ":" in playlist))
        if odd or pure.is_absolute() or ".." in pure.parts or pure.suffix.lower() not in SUFFIXES:
            return None
        path = self._folder / pure
        inside = path.parent.resolve().is_relative_to(self._folder.resolve())
        return path if inside else None

    def _read(self, playlist: PlaylistId, path: Path) -> PlaylistFile:
        unwritable = _unwritable(path)
        try:
            data = _bytes(path)
            document = self._parsed(data, path.name)
        except OSError as error:
            problem = f"{reason_of(error)}."
        except BadFile as error:
            problem = error.message
        else:
            revision = _revision(data)
            return PlaylistFile(id=playlist, path=path, document=document, revision=revision, unwritable=unwritable)
        return PlaylistFile(id=playlist, path=path, problem=problem, unwritable=unwritable or problem)

    def _parsed(self, data: bytes, name: str) -> M3uDocument:
        # The head and the entries of a list are asked for one after the other, and are in the same bytes.
        if self._last is None or self._last[:2] != (name, data):
            self._last = (name, data, parse_m3u(data, name=name))
        return self._last[2]

    def _check_writable(self, file: PlaylistFile) -> None:
        # Asked anew at every write: between reading and writing somebody may have put a link there.
        reason = file.unwritable or ("" if self._place(file.id) else _LINK) or _unwritable(file.path)
        if reason:
            raise AccessDenied(
                f"The playlist cannot be written to: {reason}",
                where=file.id,
                unchanged="The file is as it was.",
                next="Choose another playlist, or make a new one.",
            )


class _Claim:
    """Takes a file name that is still free; gives it back when what was meant to come there does not."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        try:
            os.close(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        except FileExistsError as error:
            raise _taken(self._path) from error

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        if kind is None:
            return
        with suppress(OSError):
            if not self._path.stat().st_size:
                self._path.unlink()


def _taken(path: Path) -> Refused:
    return Refused(
        "There is a file of this name already.",
        where=str(path),
        unchanged="It is as it was.",
        next="Choose another title.",
    )


_LINK: Final = "It is behind a symbolic link, and musync writes only inside the playlists folder."


def _text(title: str) -> str:
    """The title without halves of broken characters, which no file can hold."""
    return title.encode("utf-8", "replace").decode("utf-8")


def _unwritable(path: Path) -> str:
    """Why the file cannot be replaced, empty when it can."""
    if path.is_symlink():
        return _LINK
    if not os.access(path, os.W_OK):
        return "There is no permission to write to the file."
    # A new file is made beside the old one and takes its place.
    return "" if os.access(path.parent, os.W_OK) else "There is no permission to write to its folder."


def _revision(data: bytes) -> Revision:
    return Revision(hashlib.sha256(data).hexdigest())


def _bytes(path: Path) -> bytes:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise BadFile("It is not a file.", where=str(path))
    if status.st_size > LARGEST:
        raise BadFile(f"It is bigger than {LARGEST >> 20} MiB.", where=str(path))
    return path.read_bytes()
