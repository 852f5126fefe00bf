"""What speaks for and against two tracks being one recording, part by part, before anything is weighed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from musync.engine.lexicon import Kind
from musync.engine.normalise import Words
from musync.engine.profile import Profile, View, without_name
from musync.engine.text import has_han, romanised, simplified, squeezed
from musync.engine.versions import kinds_of_words


@dataclass(slots=True)
class TitleEvidence:
    """How the titles agree, all from 0 to 1; `known` is False when one side has none.

    `same` is the likeness of the best pair of readings; `lost` the share of words that have no like on the other side;
    `spare` what stands beside the readings and neither artist, album nor title of the other side explains. `numbers`
    says that the numbers differ. Across scripts `same` is the likeness of the sound; `unread` says that Chinese
    characters are in it, whose reading nobody knows. `loose` are version words in one title only.
    """

    known: bool = True
    same: float = 0.0
    lost: float = 0.0
    spare: float = 0.0
    numbers: bool = False
    across: bool = False
    unread: bool = False
    length: int = 0
    loose_a: frozenset[Kind] = frozenset()
    loose_b: frozenset[Kind] = frozenset()


@dataclass(slots=True)
class ArtistEvidence:
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


@dataclass(slots=True)
class Evidence:
    """Everything that can be said about two tracks; None means that one side does not say."""

    title: TitleEvidence
    artists: ArtistEvidence
    album: float | None
    gap: float | None
    only_a: frozenset[Kind]
    only_b: frozenset[Kind]
    both: frozenset[Kind]
    other_mixer: bool
    other_name: bool
    by_album: frozenset[Kind]
    one_mixer: bool
    album_only: frozenset[Kind]
    isrc: bool | None
    mbid: bool | None
    same_file: bool


def compare(a: Profile, b: Profile) -> Evidence:
    """Gather the evidence about two tracks; `gap` is how many seconds `b` is longer."""
    title = _titles(a, b)
    kinds_a, kinds_b = a.kinds | title.loose_a, b.kinds | title.loose_b
    only_a, only_b = _said_by_one(a, kinds_a - kinds_b, b), _said_by_one(b, kinds_b - kinds_a, a)
    return Evidence(
        title=title,
        artists=_artists(a, b),
        album=_albums(a, b),
        gap=None if a.seconds is None or b.seconds is None else b.seconds - a.seconds,
        only_a=only_a - b.album.kinds,
        only_b=only_b - a.album.kinds,
        both=kinds_a & kinds_b,
        other_mixer=_differ(a.title.version.remixer, b.title.version.remixer),
        other_name=_differ(a.title.version.name, b.title.version.name),
        by_album=(only_a & b.album.kinds) | (only_b & a.album.kinds),
        one_mixer=bool(a.title.version.remixer) != bool(b.title.version.remixer),
        album_only=(a.album.kinds - b.album.kinds - kinds_b) | (b.album.kinds - a.album.kinds - kinds_a),
        isrc=a.isrc == b.isrc if a.isrc and b.isrc else None,
        mbid=a.mbid == b.mbid if a.mbid and b.mbid else None,
        same_file=bool(a.url) and a.url == b.url,
    )


def _said_by_one(mine: Profile, kinds: frozenset[Kind], other: Profile) -> frozenset[Kind]:
    """Return the kinds again, but none when the remark is only the title of the other side's album."""
    album = other.album.text
    if kinds and album and any(ratio(remark, album) >= 88 for remark in mine.title.remarks):
        return frozenset()
    return kinds


def _differ(one: str, other: str) -> bool:
    """Tell whether two names of versions are both known and clearly not the same."""
    return bool(one and other) and one != other and ratio(one, other) < 75


def _titles(a: Profile, b: Profile) -> TitleEvidence:
    """Compare the titles over all their readings."""
    if not a.views or not b.views:
        return TitleEvidence(known=False)
    if len(a.views) == 1 and len(b.views) == 1 and a.views[0].words == b.views[0].words:
        return TitleEvidence(same=1.0, length=len(a.views[0].text))
    if _across(a.key, b.key):
        return _titles_across(a, b)
    one, other, same = _best_readings(a, b)
    extra_a, extra_b = Counter(one.words) - Counter(other.words), Counter(other.words) - Counter(one.words)
    loose_a, loose_b = kinds_of_words(extra_a), kinds_of_words(extra_b)
    if same < 1 and (loose_a or loose_b):
        same = max(same, _without_kinds(one, other))
    return TitleEvidence(
        same=same,
        lost=0.0 if same == 1 else max(_lost(extra_a, extra_b, one.text), _lost(extra_b, extra_a, other.text)),
        spare=max(_spare(a, one, b), _spare(b, other, a)),
        numbers=_numbers(extra_a) != _numbers(extra_b) or _other_numbers(a, b) or _ends_apart(one, other),
        length=min(len(one.text), len(other.text)),
        loose_a=loose_a,
        loose_b=loose_b,
    )


def _best_readings(a: Profile, b: Profile) -> tuple[View, View, float]:
    """Return the two readings that agree best, with their likeness.

    Likeness bought by leaving much of a title unexplained counts less; earlier and longer readings win ties.
    """
    best: tuple[float, int, View, View, float] | None = None
    for one in readings(a, b):
        for other in readings(b, a):
            same = _likeness(one.text, other.text)
            if same < 1:
                same = min(0.99, max(same, ratio(" ".join(sorted(one.words)), " ".join(sorted(other.words))) / 100))
            worth = same
            if same > 0.8:
                worth -= (_spare(a, one, b) + _spare(b, other, a)) / 3
            if best is None or (worth, len(one.text)) > best[:2]:
                best = (worth, len(one.text), one, other, same)
    assert best is not None
    return best[2:]


def readings(mine: Profile, other: Profile) -> tuple[View, ...]:
    """Return the readings of a title, and what is left of it beside the name of the other side's artist."""
    found = mine.views
    if not mine.title_words.isdisjoint(other.artist_words):
        for name in other.names[:3]:
            shorter = without_name(mine.views[0].words, name)
            if shorter:
                found = (*found, View(squeezed(shorter), shorter))
    return found


def _likeness(one: str, other: str) -> float:
    """Compare two squeezed texts; traditional and simplified characters are the same."""
    if one == other:
        return 1.0
    same = ratio(one, other) / 100
    if same < 1 and has_han(one) and has_han(other):
        same = max(same, ratio(simplified(one), simplified(other)) / 100)
    return same


def _without_kinds(one: View, other: View) -> float:
    """Compare two readings once more without the version words that stand in one only."""
    shared = set(one.words) & set(other.words)
    texts = [
        "".join(word for word in view.words if word in shared or not kinds_of_words((word,))) for view in (one, other)
    ]
    return _likeness(*texts) if all(texts) else 0.0


def _lost(extra: Counter[str], others: Counter[str], text: str) -> float:
    """Return the share of a title that is words without their like on the other side."""
    if not extra or not text:
        return 0.0
    joined = "".join(others)
    lost = sum(
        len(word)
        for word in extra
        if word not in joined and not any(ratio(word, other) >= 70 for other in others) and word not in _EMPTY
    )
    return min(1.0, lost / len(text))


_EMPTY = frozenset(("the", "and", "a", "an", "of", "feat", "ft"))


def _spare(mine: Profile, view: View, other: Profile) -> float:
    """Return the share of a title outside the reading that nothing on either side explains."""
    if len(mine.title_words) <= len(view.words) and mine.title_words.issubset(view.words):
        return 0.0
    known = other.title_words | other.artist_words | other.album.words | mine.artist_words
    inside = set(view.words)
    spare = total = 0
    for piece in mine.title.main + mine.title.extra:
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


def _across(one: str, other: str) -> bool:
    """Tell whether one text is all in Latin letters and the other is not."""
    return one.isascii() != other.isascii() and _latin(one) != _latin(other)


def _latin(text: str) -> bool:
    return not any(char > "\u024f" and char.isalpha() for char in text)


def _titles_across(a: Profile, b: Profile) -> TitleEvidence:
    """Compare titles in two scripts by sound."""
    pairs = [(one, other) for one in a.views for other in b.views]
    sounds = [ratio(romanised(one.text), romanised(other.text)) / 100 for one, other in pairs]
    same = max(sounds)
    one, other = pairs[sounds.index(same)]
    return TitleEvidence(
        same=same,
        numbers=_digits(one.text) != _digits(other.text),
        across=True,
        unread=has_han(one.text) or has_han(other.text),
        length=max(len(one.text), len(other.text)),
    )


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdecimal())


def _artists(a: Profile, b: Profile) -> ArtistEvidence:
    """Compare the artists, guests named in titles included."""
    if a.names and a.names == b.names:
        return ArtistEvidence(known=True, best=1.0, fewer=1.0, more=1.0, first=True)
    found = _in_title(a, b) or _in_title(b, a)
    if not a.names or not b.names:
        return ArtistEvidence(in_title=found)
    all_a, all_b = a.names + a.guests, b.names + b.guests
    likes_a = [max(_like(name, other) for other in all_b) for name in all_a]
    likes_b = [max(_like(name, other) for other in all_a) for name in all_b]
    shares = sorted(
        (len(likes), sum(like >= _SAME_NAME for like in likes) / len(likes)) for likes in (likes_a, likes_b)
    )
    return ArtistEvidence(
        known=True,
        best=max(likes_a),
        fewer=shares[0][1],
        more=shares[1][1],
        first=max(likes_a[0], likes_b[0]) >= _SAME_NAME,
        in_title=found,
        across=_across(a.names[0], b.names[0]),
    )


_SAME_NAME = 0.85


def _like(one: str, other: str) -> float:
    """Compare two names; one that holds all words of the other counts as nearly the same."""
    if one == other:
        return 1.0
    short, long = one.replace(" ", ""), other.replace(" ", "")
    if short == long:
        return 1.0
    if _digits(short) != _digits(long) and _digits(short) and _digits(long):
        return 0.5
    like = _likeness(short, long)
    if like >= _SAME_NAME:
        return like
    if _across(short, long):
        return max(like, ratio(romanised(short), romanised(long)) / 100)
    few, many = sorted((set(one.split()), set(other.split())), key=len)
    if few <= many and sum(map(len, few)) > 2:
        return max(like, 0.86)
    return like


def _in_title(a: Profile, b: Profile) -> bool:
    """Tell whether an artist of `a` stands in the title of `b`."""
    return any(len(name) > 1 and b.title_words.issuperset(_split(name)) for name in a.names)


def _split(name: str) -> Words:
    return tuple(name.split())


def _albums(a: Profile, b: Profile) -> float | None:
    """Compare the albums; None when one side has none."""
    one, other = a.album, b.album
    if not one.text or not other.text:
        return None
    if one.text == other.text:
        return 1.0
    like = _likeness(one.text, other.text)
    if one.words <= other.words or other.words <= one.words:
        return max(like, 0.8)
    return like
