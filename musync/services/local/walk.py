"""Looking through a folder for music files and for what changed since the last time.

Built for the case that nothing changed: a known file costs one `stat`, one look into a dict and nothing else.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from musync.domain import Control, Unreadable
from musync.services.local.index import Stamp
from musync.services.local.reasons import reason_of, shown
from musync.services.local.sniff import SUFFIXES

SKIPPED = frozenset(("$recycle.bin", "system volume information", "lost+found", "@eadir", "#recycle", "@recycle"))
"""Bins and thumbnails of Windows and of network drives, in lower case; what begins with a dot is left out too."""

_TELL_EVERY = 64


FoundFile = tuple[str, Stamp]
"""A file's path relative to the folder, and its stamp."""


@dataclass(slots=True)
class Walked:
    """What stands in the folder.

    `fresh` are files to be opened: new ones, and those of known paths that have `changed`. `gone` are paths that were
    known and are no longer there; those in a folder that could not be looked into are not among them. `seconds` is how
    long looking took.
    """

    fresh: list[FoundFile] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    unchanged: int = 0
    gone: Collection[str] = ()
    unreadable: list[Unreadable] = field(default_factory=list)
    seconds: float = 0.0


def walk(folder: Path, known: dict[str, Stamp], control: Control) -> Walked:
    """Compare the folder with what is known, which is used up by it; paths are relative to the folder, with `/`.

    Symbolic links are followed, but none into what is walked already.

    Raises:
        OSError: the folder itself cannot be listed.
        Cancelled: the job was asked to stop.
    """
    began = control.now()
    walk = _Walk(known, control)
    walk.look_through("", str(folder))
    walk.follow_links(folder)
    result = walk.result
    result.gone = [path for path in known if not path.startswith(tuple(walk.blocked))]
    result.seconds = max(control.now() - began, 0.0)
    return result


class _Walk:
    """One walk under way; folders are named by their relative path with a `/` at the end."""

    def __init__(self, known: dict[str, Stamp], control: Control) -> None:
        self.result = Walked()
        self.blocked: list[str] = []
        self._known = known
        self._control = control
        self._folders: list[tuple[str, str]] = []
        self._links: list[tuple[str, str]] = []

    def look_through(self, prefix: str, path: str) -> None:
        """Look into a folder and all folders in it; raises OSError when it cannot be listed itself."""
        self._look_into(prefix, path)
        count = 0
        while self._folders:
            self._control.checkpoint()
            count += 1
            if count % _TELL_EVERY == 0:
                self._control.progress(self.result.unchanged + len(self.result.fresh), None, "scan-files")
            prefix, path = self._folders.pop()
            try:
                self._look_into(prefix, path)
            except OSError as error:
                self._block(prefix, reason_of(error))

    def follow_links(self, folder: Path) -> None:
        """Look through the folders that symbolic links lead to, last: what is really inside keeps its own path."""
        roots = [os.path.realpath(folder)]
        while self._links:
            # Sorted, so that of two links to one folder the same one is followed every time.
            self._links.sort()
            prefix, path = self._links.pop(0)
            target = os.path.realpath(path)
            if any(_inside(target, root) or _inside(root, target) for root in roots):
                self._refuse(prefix, "a link back into the music folder; what it leads to is read where it is")
                continue
            roots.append(target)
            try:
                self.look_through(prefix, path)
            except OSError as error:
                self._block(prefix, reason_of(error))

    def _look_into(self, prefix: str, path: str) -> None:
        take = self._known.pop
        result = self.result
        with os.scandir(path) as entries:
            for entry in entries:
                relative = prefix + entry.name
                stamp = take(relative, None)
                if stamp is None:
                    self._consider(entry, relative)
                    continue
                try:
                    status = entry.stat()
                except OSError as error:
                    self._lose(relative, stamp, error)
                    continue
                if status.st_size == stamp[0] and status.st_mtime_ns == stamp[1]:
                    result.unchanged += 1
                elif self._consider(entry, relative):
                    result.changed.add(relative)
                else:
                    self._known[relative] = stamp

    def _lose(self, relative: str, stamp: Stamp, error: OSError) -> None:
        """A known file that cannot be looked at any more."""
        if isinstance(error, FileNotFoundError):
            self._known[relative] = stamp
        else:
            self._refuse(relative, reason_of(error))

    def _consider(self, entry: os.DirEntry[str], relative: str) -> bool:
        """Something that is not known yet, or no longer as it was; True when it is a file to open."""
        name = entry.name
        if name[0] == "." or name.lower() in SKIPPED:
            return False
        if entry.is_dir(follow_symlinks=False) and not _is_junction(entry):
            return self._add_folder(self._folders, relative, entry)
        audio = name.rpartition(".")[2].lower() in SUFFIXES
        try:
            if entry.is_dir():
                return self._add_folder(self._links, relative, entry)
            return audio and self._add_file(entry, relative)
        except OSError as error:
            if audio or entry.is_symlink():
                self._refuse(relative, reason_of(error))
        return False

    def _add_folder(self, where: list[tuple[str, str]], relative: str, entry: os.DirEntry[str]) -> bool:
        if _is_text(entry.name):
            where.append((relative + "/", entry.path))
        else:
            self._refuse(relative, "the folder's name is not valid UTF-8, so nothing in it can be named; rename it")
        return False

    def _add_file(self, entry: os.DirEntry[str], relative: str) -> bool:
        status = entry.stat()
        if not stat.S_ISREG(status.st_mode):
            self._refuse(relative, "it is not a file")
        elif not _is_text(entry.name):
            self._refuse(relative, "its name is not valid UTF-8, so no playlist can hold it; rename it")
        else:
            self.result.fresh.append((relative, (status.st_size, status.st_mtime_ns)))
            return True
        return False

    def _block(self, prefix: str, reason: str) -> None:
        self.blocked.append(prefix)
        self._refuse(prefix, reason)

    def _refuse(self, relative: str, reason: str) -> None:
        self.result.unreadable.append(Unreadable(path=shown(relative), reason=reason))


def _is_text(name: str) -> bool:
    if name.isascii():
        return True
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Windows knows a second kind of link to a folder, which looks like one."""
    return os.name == "nt" and bool(getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0))


def _inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
