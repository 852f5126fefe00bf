"""How two titles agree, over all the ways to read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from musync.engine.lexicon import Kind
from musync.engine.likeness import READ, across, likeness, other_numbers_in, sounds_alike
from musync.engine.normalise import Words
from musync.engine.profile import Profile, View, without_name
from musync.engine.text import squeezed
from musync.engine.versions import kinds_of_words


class TitleEvidence(NamedTuple):
    """How the titles agree, all from 0 to 1; `known` is False when one side has none.

    `same` is the likeness of the best pair of readings; `lost` the share of words that have no like on the other side;
    `spare` what stands beside the readings and neither artist, album nor title of the other side explains. `numbers`
    says that the numbers differ. Across scripts `same` is the likeness of the sound. `loose_a` and `loose_b` are
    version words in one title only.
    """

    known: bool = True
    same: float = 0.0
    lost: float = 0.0
    spare: float = 0.0
    numbers: bool = False
    across: bool = False
    loose_a: frozenset[Kind] = frozenset()
    loose_b: frozenset[Kind] = frozenset()


_EQUAL = TitleEvidence(same=1.0)


def compare_titles(a: Profile, b: Profile) -> TitleEvidence:
    """Compare the titles over all their readings."""
    if not a.texts or not b.texts:
        return TitleEvidence(known=False)
    if a.worded == b.worded and len(a.texts) == 1:
        return _EQUAL
    if across(a.key, b.key):
        return _compare_across(a, b)
    one, other, same = _best_readings(a, b)
    extra_a, extra_b = _without(one.words, other.words), _without(other.words, one.words)
    loose_a, loose_b = kinds_of_words(extra_a), kinds_of_words(extra_b)
    if same < 1 and (loose_a or loose_b):
        same = max(same, _without_kinds(one, other))
    return TitleEvidence(
        same=same,
        lost=0.0 if same == 1 else max(_lost(extra_a, extra_b, one.text), _lost(extra_b, extra_a, other.text)),
        spare=max(_spare(a, one, b), _spare(b, other, a)),
        numbers=_numbers(extra_a) != _numbers(extra_b) or _other_numbers(a, b) or _ends_apart(one, other),
        loose_a=loose_a,
        loose_b=loose_b,
    )


def _best_readings(a: Profile, b: Profile) -> tuple[View, View, float]:
    """Return the two readings that agree best, with their likeness.

    Likeness bought by leaving much of a title unexplained counts less; earlier and longer readings win ties.
    """
    best: tuple[float, int, View, View, float] | None = None
    for one in _readings_beside(a, b):
        for other in _readings_beside(b, a):
            same = likeness(one.text, other.text)
            if same < 1:
                same = min(0.99, max(same, ratio(" ".join(sorted(one.words)), " ".join(sorted(other.words))) / 100))
            worth = same
            if same > 0.8:
                worth -= (_spare(a, one, b) + _spare(b, other, a)) / 3
            size = len(one.text) + len(other.text)
            if best is None or (worth, size) > best[:2]:
                best = (worth, size, one, other, same)
    assert best is not None
    return best[2:]


def _readings_beside(mine: Profile, other: Profile) -> tuple[View, ...]:
    """Return the readings of a title, and what is left of it beside the name of the other side's artist."""
    found = mine.views
    if not mine.title_words.isdisjoint(other.artist_words):
        for name in other.names[:3]:
            shorter = without_name(mine.worded[0], name)
            if shorter:
                found = (*found, View(squeezed(shorter), shorter))
    return found


def _without_kinds(one: View, other: View) -> float:
    """Compare two readings once more without the version words that stand in one only."""
    shared = set(one.words) & set(other.words)
    texts = [
        "".join(word for word in view.words if word in shared or not kinds_of_words((word,))) for view in (one, other)
    ]
    return likeness(*texts) if all(texts) else 0.0


def _without(some: Words, others: Words) -> list[str]:
    """Return the words that the other title has not, or not as often."""
    left = list(others)
    found = []
    for word in some:
        if word in left:
            left.remove(word)
        else:
            found.append(word)
    return found


def _lost(extra: list[str], others: list[str], text: str) -> float:
    """Return the share of a title that is words without their like on the other side."""
    if not extra or not text:
        return 0.0
    joined = "".join(others)
    lost = sum(
        [
            len(word)
            for word in extra
            if word not in joined and word not in _EMPTY and all(ratio(word, other) < 70 for other in others)
        ]
    )
    return min(1.0, lost / len(text))


_EMPTY = frozenset(("the", "and", "a", "an", "of", "feat", "ft"))


def _spare(mine: Profile, view: View, other: Profile) -> float:
    """Return the share of a title outside the reading that nothing on either side explains."""
    if len(mine.title_words) <= len(view.words) and mine.title_words.issubset(view.words):
        return 0.0
    known = other.title_words | other.artist_words | other.album.words | mine.artist_words | mine.album.words
    inside = set(view.words)
    spare = total = 0
    for piece in mine.pieces:
        text = "".join(piece)
        total += len(text)
        if not inside.issuperset(piece) and not _explained(text, other):
            spare += sum(len(word) for word in piece if word not in known and word not in inside)
    return spare / total if total else 0.0


def _explained(text: str, other: Profile) -> bool:
    """Tell whether a part of a title is the other side's album or artist, with a slip of the pen."""
    if other.album.text and ratio(text, other.album.text) >= 85:
        return True
    return any(ratio(text, name.replace(" ", "")) >= 85 for name in other.names)


def _numbers(extra: Iterable[str]) -> set[str]:
    return {word for word in extra if word[:1].isdecimal()}


def _other_numbers(a: Profile, b: Profile) -> bool:
    """Tell whether each whole title holds a number that stands nowhere on the other side."""
    return bool(
        _numbers(a.title_words - b.title_words - b.album.words)
        and _numbers(b.title_words - a.title_words - a.album.words)
    )


def _ends_apart(one: View, other: View) -> bool:
    """Tell whether one title is the other with a single letter after it, such as "Strangers A"."""
    short, long = sorted((one.words, other.words), key=len)
    return len(long) == len(short) + 1 and len(long[-1]) == 1 and long[:-1] == short


def _compare_across(a: Profile, b: Profile) -> TitleEvidence:
    """Compare titles in two scripts by sound."""
    same, one, other = max(
        ((sounds_alike(one, other), one, other) for one in a.texts for other in b.texts), key=lambda found: found[0]
    )
    return TitleEvidence(
        same=same,
        numbers=other_numbers_in(one, other) and same < READ,
        across=True,
    )
