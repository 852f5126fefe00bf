"""What speaks for and against two tracks being one recording, part by part, before anything is weighed."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from musync.domain.track import Track
from musync.engine.credits import ArtistEvidence, compare_artists
from musync.engine.lexicon import Kind
from musync.engine.likeness import likeness, other_numbers_in
from musync.engine.profile import Album, Profile
from musync.engine.titles import TitleEvidence, compare_titles

NO_KINDS: frozenset[Kind] = frozenset()


@dataclass(slots=True)
class Evidence:
    """Everything that can be said about two tracks; None means that one side does not say.

    `gap` is how many seconds the second is longer. `only_a`, `only_b` are the versions that one title tells and the
    other side does not; `by_album` those that the other side tells by its album alone; `album_only` those that only
    one side's album tells. `other_mixer`, `other_name` and `other_place` say that both name one and not the same;
    `one_mixer` that only one side does. `same_number` compares the places on the album, `years_apart` the years.
    """

    title: TitleEvidence
    artists: ArtistEvidence
    album: float | None
    gap: float | None
    isrc: bool | None
    mbid: bool | None
    same_file: bool
    same_number: bool | None
    years_apart: int | None
    only_a: frozenset[Kind] = NO_KINDS
    only_b: frozenset[Kind] = NO_KINDS
    both: frozenset[Kind] = NO_KINDS
    by_album: frozenset[Kind] = NO_KINDS
    album_only: frozenset[Kind] = NO_KINDS
    other_mixer: bool = False
    other_name: bool = False
    other_place: bool = False
    one_mixer: bool = False


def compare(a: Profile, b: Profile) -> Evidence:
    """Gather the evidence about two tracks."""
    title = compare_titles(a, b)
    evidence = Evidence(
        title=title,
        artists=compare_artists(a, b),
        album=_albums(a.album, b.album),
        gap=None if a.seconds is None or b.seconds is None else b.seconds - a.seconds,
        isrc=a.isrc == b.isrc if a.isrc and b.isrc else None,
        mbid=a.mbid == b.mbid if a.mbid and b.mbid else None,
        same_file=a.url == b.url if a.url else False,
        same_number=_same_number(a.track, b.track),
        years_apart=abs(a.track.year - b.track.year) if a.track.year and b.track.year else None,
    )
    kinds_a, kinds_b = a.kinds | title.loose_a, b.kinds | title.loose_b
    if kinds_a or kinds_b or a.album.kinds or b.album.kinds:
        _add_versions(evidence, a, kinds_a, b, kinds_b)
    return evidence


def _same_number(one: Track, other: Track) -> bool | None:
    """Compare disc and number on the album; a side that tells no disc means whichever the other has."""
    if not one.track_number or not other.track_number:
        return None
    discs = (one.disc_number or other.disc_number, other.disc_number or one.disc_number)
    return one.track_number == other.track_number and discs[0] == discs[1]


def _add_versions(e: Evidence, a: Profile, kinds_a: frozenset[Kind], b: Profile, kinds_b: frozenset[Kind]) -> None:
    """Write down how the versions stand to each other, the albums' hints taken in."""
    only_a, only_b = _said_by_one(a, kinds_a - kinds_b, b), _said_by_one(b, kinds_b - kinds_a, a)
    one, other = a.version, b.version
    e.only_a, e.only_b = only_a - b.album.kinds, only_b - a.album.kinds
    e.by_album = (only_a & b.album.kinds) | (only_b & a.album.kinds)
    e.both = kinds_a & kinds_b
    e.album_only = (a.album.kinds - b.album.kinds - kinds_b) | (b.album.kinds - a.album.kinds - kinds_a)
    e.other_mixer = _differ(one.remixer, other.remixer)
    e.other_name = _differ(one.name, other.name)
    if Kind.LIVE in e.both:
        e.other_place = _differ(one.place, other.place) or (one.year != other.year and bool(one.year and other.year))
    e.one_mixer = bool(one.remixer) != bool(other.remixer)


def _said_by_one(mine: Profile, kinds: frozenset[Kind], other: Profile) -> frozenset[Kind]:
    """Return the kinds again, but none when the remark is only the title of the other side's album."""
    album = other.album.text
    if kinds and album and any(ratio(remark, album) >= 88 for remark in mine.remarks):
        return frozenset()
    return kinds


def _differ(one: str, other: str) -> bool:
    """Tell whether two names of versions are both known and clearly not the same."""
    if not one or not other or one == other:
        return False
    if other_numbers_in(one, other):
        return True
    few, many = sorted((set(one.split()), set(other.split())), key=len)
    return not few <= many and ratio(one, other) < 75


def _albums(one: Album, other: Album) -> float | None:
    """Compare the albums; None when one side has none."""
    if not one.text or not other.text:
        return None
    if one.text == other.text:
        return 1.0
    like = likeness(one.text, other.text)
    if one.words <= other.words or other.words <= one.words:
        return max(like, 0.8)
    return like
