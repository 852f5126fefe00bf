"""How the artists of two tracks agree, guests named in titles included."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from musync.engine.likeness import across, likeness, other_numbers_in, sounds_alike
from musync.engine.profile import Profile


class ArtistEvidence(NamedTuple):
    """How the artists agree, all from 0 to 1.

    `best` is the likeness of the closest two names, `fewer` and `more` the share of the shorter and of the longer list
    that has its like, `first` whether the first name of either side is among the other's. `in_title` says that one
    side's artist stands in the other's title. `known` is False when one side names nobody. `across` says that the names
    are in two scripts, so that their difference says little.
    """

    known: bool = False
    best: float = 0.0
    fewer: float = 0.0
    more: float = 0.0
    first: bool = False
    in_title: bool = False
    across: bool = False
    other_guests: bool = False


_EQUAL = ArtistEvidence(known=True, best=1.0, fewer=1.0, more=1.0, first=True)
_OTHER_GUESTS = _EQUAL._replace(other_guests=True)


def compare_artists(a: Profile, b: Profile) -> ArtistEvidence:
    """Compare the artists, guests named in titles included."""
    if a.names and a.names == b.names:
        return _OTHER_GUESTS if _other_guests(a, b) else _EQUAL
    found = _in_title(a.names, b) or _in_title(b.names, a)
    if not a.names or not b.names:
        return ArtistEvidence(in_title=found)
    all_a, all_b = a.names + a.guests, b.names + b.guests
    likes_a = [1.0 if name in all_b else max([_like(name, other) for other in all_b]) for name in all_a]
    likes_b = [1.0 if name in all_a else max([_like(name, other) for other in all_a]) for name in all_b]
    shares = sorted(
        (len(likes), sum(like >= _SAME_NAME for like in likes) / len(likes)) for likes in (likes_a, likes_b)
    )
    one_line = _one_line(a.names, b.names) or _one_line(b.names, a.names)
    return ArtistEvidence(
        known=True,
        best=max(likes_a),
        fewer=1.0 if one_line else shares[0][1],
        more=shares[1][1],
        first=one_line or max(likes_a[0], likes_b[0]) >= _SAME_NAME,
        in_title=found,
        across=across(a.names[0], b.names[0]),
    )


def _other_guests(a: Profile, b: Profile) -> bool:
    """Tell whether both titles name guests, and nobody in common."""
    return bool(a.guests and b.guests) and not any(
        _like(one, other) >= _SAME_NAME for one in a.guests for other in b.guests
    )


def _one_line(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Tell whether one side's names without a break begin the other's: "Earth, Wind & Fire" is one band."""
    return "".join(some).replace(" ", "") in {part.replace(" ", "") for part in accumulate(others)}


_SAME_NAME = 0.85


@lru_cache(maxsize=1 << 14)
def _like(one: str, other: str) -> float:
    """Compare two names; one that holds all words of the other counts as nearly the same.

    Remembered, because an orchestra listed by its players meets itself again and again.
    """
    if one == other:
        return 1.0
    short, long = one.replace(" ", ""), other.replace(" ", "")
    if short == long:
        return 1.0
    if other_numbers_in(short, long):
        return 0.5
    like = likeness(short, long)
    if like >= _SAME_NAME:
        return like
    if across(short, long):
        return max(like, sounds_alike(short, long))
    few, many = sorted((set(one.split()), set(other.split())), key=len)
    if few <= many and sum(map(len, few)) > 2:
        return max(like, 0.86)
    return like


def _in_title(names: tuple[str, ...], other: Profile) -> bool:
    """Tell whether one of these artists stands in the title of the other side."""
    if other.title_words.isdisjoint(_first_words(names)):
        return False
    return any(len(name) > 1 and other.title_words.issuperset(name.split()) for name in names)


@lru_cache(maxsize=1 << 14)
def _first_words(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.split()[0] for name in names)
