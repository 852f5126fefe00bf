"""Music libraries for tests and benchmarks: any number of tiny real files with made-up names.

    tracks = clone_library(tmp_path, 10_000, seed=1)

The sound is half a second of a sine, encoded once for each format (`tone.*` beside this file, made with Debian's
ffmpeg: `-f lavfi -i sine=frequency=440:duration=0.5 -ar 8000 -ac 1`); a clone differs from it in its tags alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from musync.domain import Track, TrackId
from musync.testing.audio.containers import WRITERS

_LENGTH_MS = {"mp3": 648, "flac": 500, "opus": 500, "m4a": 628}
_PER_ALBUM = 10
_ALBUMS_PER_ARTIST = 4
_WORDS = (
    "amber", "birch", "cinder", "dawn", "ember", "fern", "glass", "harbour", "iris", "juniper", "kite", "lantern",
    "meadow", "north", "orchard", "paper", "quiet", "river", "silver", "thistle", "umber", "violet", "willow", "yarrow",
)  # fmt: skip
_STRANGE = ("Ёлка в снегу", "夜の港", "Été à Nîmes", "שיר לילה", "100 % Rain & Sun #2", "Wait… what!")


def clone_library(folder: Path, count: int, *, seed: int) -> tuple[Track, ...]:
    """Fill the folder with so many music files, `Artist/Album/NN Title.ext`, and return what they say.

    Equal arguments make equal libraries. Four formats by turns, ten tracks to an album; one title in fifty is in
    another script or full of signs. Ids are paths relative to the folder.
    """
    sounds = {suffix: files(__package__).joinpath(f"tone.{suffix}").read_bytes() for suffix in WRITERS}
    made = tuple(_tracks(count, random.Random(seed)))
    for track in made:
        suffix = track.id.rpartition(".")[2]
        path = folder / track.id
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(WRITERS[suffix](sounds[suffix], _facts(track)))
    return made


def _tracks(count: int, chance: random.Random) -> Iterator[Track]:
    suffixes = tuple(WRITERS)
    artist = ""
    for start in range(0, count, _PER_ALBUM):
        album_number = start // _PER_ALBUM
        if album_number % _ALBUMS_PER_ARTIST == 0:
            artist = f"{_name(chance, 2)} {album_number // _ALBUMS_PER_ARTIST}"
        album, year = f"{_name(chance, 2)} {album_number}", chance.randint(1960, 2025)
        for number in range(start, min(start + _PER_ALBUM, count)):
            title = _STRANGE[number // 50 % len(_STRANGE)] if number % 50 == 49 else _name(chance, 3)
            suffix = suffixes[number % len(suffixes)]
            place = number - start + 1
            yield Track(
                id=TrackId(f"{artist}/{album}/{place:02} {title}.{suffix}"),
                title=title,
                artists=(artist,),
                album=album,
                album_artist=artist,
                duration_ms=_LENGTH_MS[suffix],
                isrc=f"QZMSY{year % 100:02}{number % 100_000:05}",
                track_number=place,
                year=year,
            )


def _name(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(words)).capitalize()


def _facts(track: Track) -> dict[str, str]:
    return {
        "title": track.title,
        "artist": track.artist,
        "album": track.album,
        "albumartist": track.album_artist,
        "tracknumber": str(track.track_number),
        "date": str(track.year),
        "isrc": track.isrc or "",
    }


__all__ = ["clone_library"]
