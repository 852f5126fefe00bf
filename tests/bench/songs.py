"""Made-up songs in any number, as strangely alike as real ones: few words are in most titles, most words in few."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from musync.domain import Entry, EntryId, Track, TrackId, occurrence_ids

COMMON = """
the you love me my in to of a and i on it night for is time your one heart don't be all we like day with up down go no
what life girl world home baby back man blue dance light song way dream sun away rain never good little come want know
this black new feel let good-bye again fire eyes summer moon gone lost road street city river golden boy wild long last
first sweet dark star house water red more take run only when where how without forever tonight
"""
SYLLABLES = "ka lo mi ren ta vel sor na dri pel um chi bra non wis ter fal gro jun ki mar lan sto be quin ra tol ves"
SCRIPTS = (
    "アカサタナハマヤラワイキシチニヒミリ",
    "абвгдежзиклмнопрстуфхцчшэюя",
    "가나다라마바사아자차카타파하고노도로",
    "夜雨風花月光海空心夢星道",
)
ENDINGS = (" - Remastered 2011", " (2015 Remaster)", " (feat. {other})", " [feat. {other}]", " - Single Version", "")
OTHERS = (" (Live)", " - Live at the Old Hall", " (Remix)", " (Instrumental)", " - Acoustic", " (Karaoke Version)")


class Maker:
    """Draws words, artists and songs; the same seed gives the same ones."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        syllables = SYLLABLES.split()
        rare = {"".join(self.chance.choices(syllables, k=self.chance.randint(1, 4))) for _ in range(12_000)}
        self.words = [*COMMON.split(), *sorted(rare)]
        # Zipf: the n-th word is n times rarer than the first.
        self.weights = list(accumulate(1 / (place + 8) for place in range(len(self.words))))

    def text(self, fewest: int, most: int) -> str:
        """Some words; every eleventh text is in another script."""
        if self.chance.random() < 0.09:
            letters = self.chance.choice(SCRIPTS)
            return "".join(self.chance.choices(letters, k=self.chance.randint(2, 7)))
        count = self.chance.randint(fewest, most)
        return " ".join(self.chance.choices(self.words, cum_weights=self.weights, k=count)).title()

    def library(self, size: int) -> list[Track]:
        """Albums of ten by one artist; every twelfth song is another version of the one before it."""
        return list(self.songs(size))

    def songs(self, size: int) -> Iterator[Track]:
        """The same one by one, for libraries that are too long to be held."""
        artists = [self.text(1, 3) for _ in range(max(1, size // 25))]
        before, made = "", 0
        while made < size:
            artist, album = self.chance.choice(artists), self.text(1, 4)
            for number in range(1, 11):
                title = self.text(1, 5)
                if before and self.chance.random() < 1 / 12:
                    title = before + self.chance.choice(OTHERS)
                song = self._song(made, title, artist, album, number)
                before, made = title, made + 1
                if made <= size:
                    yield song

    def _song(self, place: int, title: str, artist: str, album: str, number: int) -> Track:
        return Track(
            id=TrackId(f"here-{place:07}"),
            title=title,
            artists=(artist,),
            album=album,
            album_artist=artist,
            duration_ms=self.chance.randint(90_000, 420_000),
            track_number=number,
            isrc=f"QZ{place % 900 + 100}{place % 26:02}{place % 100_000:05}" if self.chance.random() < 0.3 else None,
        )

    def elsewhere(self, tracks: Sequence[Track], missing: float = 0.05) -> list[Track]:
        """The songs as another service would have them, without ISRC; some it has are not here."""
        return [
            self._song(10_000_000 + place, self.text(1, 5), self.text(1, 3), self.text(1, 4), 1)
            if self.chance.random() < missing
            else self._seen(place, track)
            for place, track in enumerate(tracks)
        ]

    def _seen(self, place: int, track: Track) -> Track:
        title, way = track.title, self.chance.random()
        if way < 0.15:
            title += self.chance.choice(ENDINGS).format(other=self.text(1, 2))
        elif way < 0.25:
            title = title.upper()
        elif way < 0.30 and len(title) > 4:
            cut = self.chance.randrange(1, len(title) - 1)
            title = title[:cut] + title[cut + 1 :]
        shift = self.chance.randint(-1500, 1500)
        return replace(
            track,
            id=TrackId(f"there-{place:07}"),
            title=title,
            album=track.album if self.chance.random() < 0.7 else "",
            duration_ms=(track.duration_ms or 0) + shift if self.chance.random() < 0.8 else None,
            isrc=None,
            track_number=None,
        )


def entries(tracks: Sequence[Track]) -> tuple[Entry, ...]:
    """The tracks as a playlist's entries."""
    ids = occurrence_ids(track.id for track in tracks)
    return tuple(Entry(id=EntryId(name), track=track) for name, track in zip(ids, tracks, strict=True))
