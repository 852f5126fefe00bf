"""Builders of tracks, entries and playlists for tests, and hypothesis strategies that draw strange ones."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from hypothesis import strategies as st

from musync.domain import Entry, EntryId, Playlist, PlaylistId, Track, TrackId, TrackKind, occurrence_ids

STRANGE_TITLES: tuple[str, ...] = (
    "Rock & Roll + 100 % #1",
    "He said \"hi\" & she said 'bye'",
    "first line\nsecond line",
    "Fire 🔥 and 👩‍🎤 Émoji",
    "شارع النور",
    "\u202bשיר\u202c in the middle",
    "a/b\\c:d*e?f|g",
    "<img src=x onerror=alert(1)>",
    "Cafe\u0301 with a combining mark",
    "one, two; three - four = five",
    "夜に駆ける",
    "=1+1",
)
"""Titles that survive every service call: markup, separators, quotes, a line break, emoji, right-to-left text."""


def track(title: str, artist: str | Sequence[str] = "Nobody", *, id: str | None = None, **fields: Any) -> Track:
    """Make a track; its id is made from artist and title unless given, its length is 200 s unless given."""
    artists = (artist,) if isinstance(artist, str) else tuple(artist)
    name = id if id is not None else re.sub(r"\W+", "-", f"{', '.join(artists)} {title}".casefold()).strip("-")
    fields.setdefault("duration_ms", 200_000)
    return Track(id=TrackId(name), title=title, artists=artists, **fields)


def tracks(count: int, prefix: str = "Song") -> tuple[Track, ...]:
    """Make so many different tracks with ISRCs, by turns of seven artists."""
    return tuple(
        track(
            f"{prefix} {number:03}",
            f"Artist {number % 7}",
            id=f"{prefix.casefold()}-{number:03}",
            album=f"Album {number // 10}",
            duration_ms=120_000 + 1_000 * number,
            isrc=f"QZ{sum(map(ord, prefix)) % 1000:03}26{number:05}",
        )
        for number in range(count)
    )


def unreasonable_titles(chance: random.Random) -> Iterator[str]:
    """Make titles that nobody should have, as long as files allow: storms of marks, brackets, repeats, scripts."""
    while True:
        yield "e" + "\u0301" * chance.randint(100, 5_000)
        yield "".join(chance.choices("abcdefgh ", k=5_000))
        yield " ".join(chance.choices(("love", "song", "live", "remix"), k=1_200))
        yield "🔥" * chance.randint(1, 2_000)
        yield "\u202e" + "".join(chance.choices("אבגדהוזח ", k=300))
        yield "a\0b\0" * chance.randint(1, 500)
        yield ""
        yield "(" * 2_500 + ")" * 2_500
        yield " - ".join(chance.choices("abcdefg", k=1_500))
        yield "feat. " * 900 + str(chance.randint(0, 9))
        yield "夜に" * chance.randint(1, 2_500)
        yield "".join(chance.choices("アカサタナハマヤラワイキシチニ雨夜", k=2_000))
        yield "Z" + "".join(chr(0x300 + chance.randint(0, 110)) for _ in range(3_000)) + "algo"
        yield "(live) [remix] " * 400
        yield "\ud83d" * 50 + "x"
        yield "pt. 1 " * 900
        yield "1 2 3 4 5 6 7 8 9 " * 250


def unreasonable_tracks(count: int, prefix: str = "odd") -> list[Track]:
    """Make tracks with such titles, by nobody or by hundreds, without a length or of ten hours; always the same."""
    artists = ((), ("",), ("A" * 3_000,), tuple(f"artist {n}" for n in range(300)), ("x & " * 1_000,), ("Кино" * 500,))
    lengths = (None, 0, 36_000_000, 1, 200_000)
    return [
        Track(
            id=TrackId(f"{prefix}-{number:04}"),
            title=title,
            artists=artists[number % len(artists)],
            album=title if number % 2 else "",
            duration_ms=lengths[number % len(lengths)],
        )
        for number, title in enumerate(islice(unreasonable_titles(random.Random(1)), count))
    ]


def placeholder(title: str = "", *, id: str = "", reason: str = "no longer available") -> Entry:
    """Make a row that is counted and kept but cannot be addressed."""
    name = id or f"gone-{title.casefold().replace(' ', '-') or 'row'}"
    gone = Track(id=TrackId(name), title=title, kind=TrackKind.UNKNOWN)
    return Entry(id=EntryId(name), track=gone, addressable=False, reason=reason)


def entries(*rows: Track | Entry) -> tuple[Entry, ...]:
    """Make the entries of a list from tracks and ready-made rows, with ids by occurrence (`a`, `a#2`)."""
    made = [row if isinstance(row, Entry) else Entry(id=EntryId(row.id), track=row) for row in rows]
    ids = occurrence_ids(row.track.id for row in made)
    return tuple(
        Entry(id=name, track=row.track, added_at=row.added_at, addressable=row.addressable, reason=row.reason)
        for name, row in zip(ids, made, strict=True)
    )


def playlist(title: str, *, id: str | None = None, **fields: Any) -> Playlist:
    """Make a playlist's head; its id is its title in lower case unless given."""
    return Playlist(id=PlaylistId(id if id is not None else title.casefold()), title=title, **fields)


def titles() -> st.SearchStrategy[str]:
    """Draw titles: plain ones, the strange ones above, and any text without surrogates or NUL."""
    plain = st.sampled_from(("Blue Train", "Yesterday", "1999", "Hurt (Live)", "Song 2 - 2012 Remaster"))
    wild = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40)
    return st.one_of(plain, st.sampled_from(STRANGE_TITLES), wild)


@st.composite
def any_track(draw: st.DrawFn) -> Track:
    """Draw a track with a strange title and some of its fields unknown."""
    return Track(
        id=TrackId(f"t{draw(st.integers(0, 10**9))}"),
        title=draw(titles()),
        artists=tuple(draw(st.lists(titles(), max_size=3))),
        album=draw(st.one_of(st.just(""), titles())),
        duration_ms=draw(st.one_of(st.none(), st.integers(0, 36_000_000))),
        isrc=draw(st.one_of(st.none(), st.from_regex(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}", fullmatch=True))),
    )


def catalogues(max_size: int = 8) -> st.SearchStrategy[tuple[Track, ...]]:
    """Draw different tracks to make lists from."""
    return st.lists(any_track(), min_size=1, max_size=max_size, unique_by=lambda track: track.id).map(tuple)


def lists_of(catalogue: Sequence[Track], max_size: int = 12) -> st.SearchStrategy[tuple[Track, ...]]:
    """Draw lists from these tracks in any order, with duplicates."""
    return st.lists(st.sampled_from(tuple(catalogue)), max_size=max_size).map(tuple)


@st.composite
def entry_lists(draw: st.DrawFn, max_size: int = 12) -> tuple[Entry, ...]:
    """Draw a whole list: duplicates, strange text, and now and then a placeholder."""
    catalogue = draw(catalogues())
    gone = placeholder("Gone")
    rows: Iterable[Track | Entry] = draw(
        st.lists(st.one_of(st.sampled_from(catalogue), st.just(gone)), max_size=max_size)
    )
    return entries(*rows)


__all__ = [
    "STRANGE_TITLES",
    "any_track",
    "catalogues",
    "entries",
    "entry_lists",
    "lists_of",
    "placeholder",
    "playlist",
    "titles",
    "track",
    "tracks",
    "unreasonable_titles",
    "unreasonable_tracks",
]
