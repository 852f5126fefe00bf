"""Reading XSPF: what it says, and where each track stands in the text."""

from __future__ import annotations

from dataclasses import dataclass, field

from musync.services.files.xml_guard import XmlGuard

NAMESPACE = "http://xspf.org/ns/0/"


@dataclass(slots=True)
class XspfTrack:
    """One track element: its line, its first byte and the one after its last, and the texts of its children."""

    line: int
    start: int
    end: int = 0
    texts: list[tuple[str, str]] = field(default_factory=list)
    metas: list[tuple[str, str]] = field(default_factory=list)

    def first(self, name: str) -> str:
        """The first text of a child of this name, empty without one."""
        return next((text for child, text in self.texts if child == name and text), "")

    def all(self, name: str) -> tuple[str, ...]:
        """All texts of the children of this name."""
        return tuple(text for child, text in self.texts if child == name and text)


@dataclass(slots=True)
class Element:
    """A child of the playlist: the text in it, and the bytes from its tag to the one after its end tag."""

    text: str
    start: int
    end: int


class XspfReader:
    """Reads one document; what it found stands in its attributes.

    `root_at` and `root_end_at` are the first bytes of the start and of the end tag of the playlist, `list_at` those of
    the track list, None without one; of an empty-element tag the second is the byte after it.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.tracks: list[XspfTrack] = []
        self.heads: dict[str, Element] = {}
        self.list_at: tuple[int, int] | None = None
        self.root_at = self.root_end_at = 0
        self._data = data
        self._path: list[str] = []
        self._text: list[str] = []
        self._relation = ""
        self._opened = 0
        self._guard = XmlGuard(name, self._started, self._ended, self._text.append)
        self._guard.parse(data)

    def tag_end(self, at: int) -> int:
        """The byte after the tag that starts at `at`; a `>` may stand in the value of an attribute."""
        quote = 0
        for place in range(at, len(self._data)):
            byte = self._data[place]
            if quote:
                quote = 0 if byte == quote else quote
            elif byte in b"\"'":
                quote = byte
            elif byte == ord(">"):
                return place + 1
        return len(self._data)

    def _started(self, name: str, attributes: dict[str, str], at: int) -> None:
        namespace, _, local = name.rpartition(" ")
        if not self._path:
            self._check_root(namespace, local, at)
        self._path.append(local if namespace == NAMESPACE else name)
        self._text.clear()
        if self._path == ["playlist", "trackList", "track"]:
            self.tracks.append(XspfTrack(self._guard.line, at))
        elif len(self._path) == 2:
            self._opened = at
        self._relation = attributes.get("rel", "")

    def _check_root(self, namespace: str, local: str, at: int) -> None:
        self.root_at = at
        if local != "playlist":
            raise self._guard.refused(f"This is no XSPF playlist: its outermost element is <{local}>.")
        if namespace != NAMESPACE:
            found = namespace or "none"
            raise self._guard.refused(f"This is no XSPF 1 playlist: its namespace is {found}, not {NAMESPACE}.")

    def _ended(self, name: str, at: int) -> None:
        text = "".join(self._text).strip()
        self._text.clear()
        path, self._path = self._path, self._path[:-1]
        if path[:3] == ["playlist", "trackList", "track"]:
            self._ended_in_track(path, text, at)
        elif path == ["playlist", "trackList"]:
            self.list_at = (self._opened, at)
        elif len(path) == 2:
            self.heads.setdefault(path[1], Element(text, self._opened, self._after(at)))
        elif len(path) == 1:
            self.root_end_at = at

    def _ended_in_track(self, path: list[str], text: str, at: int) -> None:
        track = self.tracks[-1]
        if len(path) == 3:
            track.end = self._after(at)
        elif len(path) == 4 and path[3] == "meta":
            track.metas.append((self._relation, text))
        elif len(path) == 4:
            track.texts.append((path[3], text))

    def _after(self, at: int) -> int:
        """The byte after the end tag at `at`; of an empty-element tag, expat names that byte itself."""
        return self.tag_end(at) if self._data[at : at + 2] == b"</" else at
