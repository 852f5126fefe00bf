"""A track made ready to be compared many times over."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from musync.domain.track import Track
from musync.engine.artists import names_of
from musync.engine.hints import hints
from musync.engine.lexicon import Kind
from musync.engine.normalise import Title, Words, parse_title
from musync.engine.text import plain, squeezed


class View(NamedTuple):
    """One way to read a title: as one word, and word by word."""

    text: str
    words: Words


class Album(NamedTuple):
    """An album's title without its edition, and the versions it hints at; `line` is all of it, word by word."""

    line: str
    text: str
    words: frozenset[str]
    kinds: frozenset[Kind]


NO_ALBUM = Album("", "", frozenset(), frozenset())


class Profile:
    """What comparing needs to know of one track.

    `texts` are the readings of its title as one word each, `worded` the same word by word, the likeliest first; empty
    when it has none. `pieces` are all parts of the title but those that say the version, `extra` how many of them
    stood in brackets, `remarks` those that do say it. `names` are its artists in order, `guests` those that only the
    title names. `seconds` is None where the length is not known; 0 counts so.

    Many of them live at once, so plain tuples are kept and the rest is made when it is asked for.
    """

    __slots__ = (
        "_album", "_artist_words", "_bag", "_everything", "_title_words",
        "extra", "guests", "isrc", "kinds", "mbid", "names", "pieces",
        "remarks", "seconds", "texts", "track", "url", "version", "worded",
    )  # fmt: skip

    def __init__(self, track: Track) -> None:
        title = parse_title(track.title)
        names = names_of(track.artists, track.album_artist)
        self.track = track
        self.pieces = title.main + title.extra if title.extra else title.main
        self.extra = len(title.extra)
        self.version = title.version
        self.remarks = title.remarks
        self.names = names
        self.guests = tuple(name for name in title.featured if name not in names) if title.featured else ()
        self.texts, self.worded = _readings(title, names)
        self.kinds = title.version.kinds | _artist_hints(track.artists)
        self.seconds = track.duration_ms / 1000 if track.duration_ms and track.duration_ms > 0 else None
        self.isrc = _code(track.isrc) if track.isrc else ""
        self.mbid = track.mbid.strip().lower() if track.mbid else ""
        self.url = track.url if track.url is not None and track.url.startswith("file:") else ""
        self._album: Album | None = None
        self._artist_words: frozenset[str] | None = None
        self._title_words: frozenset[str] | None = None
        self._bag: str | None = None
        self._everything: frozenset[str] | None = None

    @property
    def key(self) -> str:
        """The likeliest core as one word, empty for a track without a title."""
        return self.texts[0] if self.texts else ""

    @property
    def bracketed(self) -> tuple[Words, ...]:
        """The parts of the title that stood in brackets."""
        return self.pieces[len(self.pieces) - self.extra :] if self.extra else ()

    @property
    def views(self) -> tuple[View, ...]:
        """The readings of the title."""
        return tuple(map(View, self.texts, self.worded))

    @property
    def album(self) -> Album:
        """The album's title, taken apart."""
        if self._album is None:
            self._album = album_of(self.track.album) if self.track.album else NO_ALBUM
        return self._album

    @property
    def artist_words(self) -> frozenset[str]:
        """The words of all artists, guests in the title included."""
        if self._artist_words is None:
            self._artist_words = frozenset(word for name in self.names + self.guests for word in name.split())
        return self._artist_words

    @property
    def title_words(self) -> frozenset[str]:
        """The words of the title, brackets included, but for what says the version."""
        if self._title_words is None:
            self._title_words = frozenset(word for piece in self.pieces for word in piece)
        return self._title_words

    @property
    def line(self) -> str:
        """The whole title word by word, versions, guests and all."""
        return plain(self.track.title)

    @property
    def artist_line(self) -> str:
        """All artists, guests in the title included, word by word."""
        return " ".join(self.names + self.guests)

    @property
    def bag(self) -> str:
        """The words of the whole title and of all artists in the order of the alphabet."""
        if self._bag is None:
            self._bag = " ".join(sorted(f"{self.line} {self.artist_line}".split()))
        return self._bag

    @property
    def everything(self) -> frozenset[str]:
        """Every word of title, artists and album."""
        if self._everything is None:
            self._everything = frozenset(f"{self.bag} {self.album.line}".split())
        return self._everything


def _readings(title: Title, names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Words, ...]]:
    """Return the readings of a title: its first part, what follows an artist's name, all of it."""
    main = title.main
    if not main:
        return (), ()
    if len(main) == 1 and not title.extra:
        shorter = _without_names(main[0], names)
        readings = (main[0], shorter) if shorter else main
        return tuple(map(squeezed, readings)), readings
    found = {squeezed(words): words for parts in _parts(title, names) if (words := sum(parts, ()))}
    if shorter := _without_names(main[0], names):
        found.setdefault(squeezed(shorter), shorter)
    return tuple(found)[:_MOST], tuple(found.values())[:_MOST]


_MOST = 6


def _parts(title: Title, names: tuple[str, ...]) -> list[tuple[Words, ...]]:
    """Return the parts of a title that may be the song's name, the artist left out where it is known."""
    main = title.main
    if len(main) > 1 and _is_artist(main[0], names):
        main = main[1:]
    elif len(main) > 1 and _is_artist(main[-1], names):
        main = main[:-1]
    return [main[:1], main[1:], *((piece,) for piece in main[1:]), main, main + title.extra]


def _without_names(found: Words, names: tuple[str, ...]) -> Words:
    """Take the first artist's name that stands there off a title; nothing when none does."""
    if len(found) > 1:
        for name in names[:3]:
            first = name.partition(" ")[0]
            if (found[0][0] == first[0] or found[-1] in name) and (shorter := without_name(found, name)):
                return shorter
    return ()


def without_name(found: Words, name: str) -> Words:
    """Take an artist's name off the start or the end of a title; nothing when it stands at neither, or alone."""
    name = name.replace(" ", "")
    for end in range(1, min(len(found), 7)):
        if name in ("".join(found[:end]), squeezed(found[:end])):
            return found[end:]
        if "".join(found[-end:]) == name:
            return found[:-end]
    return ()


def _is_artist(piece: Words, names: tuple[str, ...]) -> bool:
    """Tell whether a part of a title is the track's own artist."""
    if len(piece) > 1 and piece[0].isdecimal() and _is_artist(piece[1:], names):
        return True
    text = squeezed(piece)
    return any(text == name.replace(" ", "") for name in names) or (
        len(names) > 1 and text == "".join(names).replace(" ", "")
    )


@lru_cache(maxsize=1 << 15)
def album_of(text: str) -> Album:
    """Take an album's title apart."""
    title = parse_title(text)
    found = [word for piece in title.main[:1] for word in piece]
    while len(found) > 1 and found[-1] in ("single", "ep", "lp", "album"):
        found.pop()
    everything = frozenset(word for piece in title.main + title.extra for word in piece)
    line = plain(text)
    return Album(line, squeezed(found), everything, hints(line))


@lru_cache(maxsize=1 << 15)
def _artist_hints(artists: tuple[str, ...]) -> frozenset[Kind]:
    """Return what the name of an artist gives away: karaoke and tribute bands."""
    if not artists:
        return frozenset()
    names = plain(" ".join(artists))
    found = hints(names) & _ARTIST_KINDS
    return found | {Kind.TRIBUTE} if _IMITATORS.search(names) else found


_ARTIST_KINDS = frozenset((Kind.KARAOKE, Kind.TRIBUTE))
_IMITATORS = re.compile(r"(?:revival|cover|covers|tribute|show) band|revisited$|the music of|salute to|plays? the hits")
"""What bands call themselves that play another band's songs; as an album's title it says nothing of the kind."""


def _code(isrc: str) -> str:
    """Return an ISRC as its twelve characters, nothing for what is none."""
    code = "".join(char for char in isrc if char.isalnum()).upper()
    return code if len(code) == 12 else ""


def profile(track: Track) -> Profile:
    """Make a track ready to be compared."""
    return Profile(track)
