"""The evidence about two tracks as numbers, in the order in which the forest was trained on them."""

from __future__ import annotations

from math import nan

from rapidfuzz.fuzz import ratio, token_set_ratio, token_sort_ratio

from musync.engine.evidence import Evidence
from musync.engine.lexicon import OTHER_RECORDING, Kind
from musync.engine.profile import Profile
from musync.engine.text import sounds

_KINDS = (Kind.LIVE, Kind.REMIX, Kind.ACOUSTIC, Kind.EDIT, Kind.EXTENDED, Kind.NAMED, Kind.COVER, Kind.REMASTER)

NAMES: tuple[str, ...] = (
    "title same", "title lost", "title spare", "title numbers", "title across", "title short", "title ratio",
    "title set", "title sorted", "title words apart", "title words apart on both sides", "title core",
    "title pieces apart", "title by sound",
    "artists known", "artists best", "artists fewer", "artists more", "artist first", "artist in title",
    "artists ratio", "artists apart",
    "album same", "album known", "album words", "album is title",
    "length gap", "length gap share", "length known", "length",
    "version differs", "version remark differs", "version agrees", "version by album only", "album live",
    "remixer differs", "remixer unsaid", *(f"one side {kind.value}" for kind in _KINDS), "both remix",
    "all ratio", "all set", "all words shared",
)  # fmt: skip
"""What each number is; a missing field is nan, never nought."""

FALLING = frozenset(("length gap", "length gap share"))
"""The more of these, the less likely: the forest may not learn anything else from chance."""


def features(a: Profile, b: Profile, e: Evidence) -> tuple[float, ...]:
    """Return the numbers of `NAMES`; the same whichever side comes first."""
    return (*_titles(a, b, e), *_artists(a, b, e), *_albums(a, b, e), *_lengths(a, b, e), *_versions(e), *_whole(a, b))


_NO_TITLES = (nan, nan, nan, 0.0, 0.0, nan)


def _titles(a: Profile, b: Profile, e: Evidence) -> tuple[float, ...]:
    title, one, other = e.title, a.line, b.line
    known = title.known
    short = float(min(len(a.key), len(b.key)))
    if known and one == other:
        apart = float(abs(len(a.pieces) - len(b.pieces)))
        sound = nan if a.key.isascii() and b.key.isascii() else 100.0
        return (
            title.same, title.lost, title.spare, float(title.numbers), float(title.across), short,
            100.0, 100.0, 100.0, 0.0, 0.0, 100.0, apart, sound,
        )  # fmt: skip
    words_a = len(a.title_words - b.title_words - b.artist_words - b.album.words)
    words_b = len(b.title_words - a.title_words - a.artist_words - a.album.words)
    head = (
        (title.same, title.lost, title.spare, float(title.numbers), float(title.across), short) if known else _NO_TITLES
    )
    return (
        *head, ratio(one, other), token_set_ratio(one, other), token_sort_ratio(one, other),
        float(max(words_a, words_b)), float(min(words_a, words_b)), ratio(a.key, b.key) if known else nan,
        float(abs(len(a.pieces) - len(b.pieces))), _by_sound(a.key, b.key) if known else nan,
    )  # fmt: skip


def _by_sound(one: str, other: str) -> float:
    """Compare the sounds of two titles of which one at least is not in Latin letters."""
    if one.isascii() and other.isascii():
        return nan
    return max(ratio(mine, theirs) for mine in sounds(one) for theirs in sounds(other))


def _artists(a: Profile, b: Profile, e: Evidence) -> tuple[float, ...]:
    artists = e.artists
    known = float(bool(a.names)) + float(bool(b.names))
    if not artists.known:
        return (known, nan, nan, nan, nan, float(artists.in_title), nan, nan)
    one, other = a.artist_line, b.artist_line
    return (
        known, artists.best, artists.fewer, artists.more, float(artists.first), float(artists.in_title),
        100.0 if one == other else token_set_ratio(one, other), float(abs(len(a.names) - len(b.names))),
    )  # fmt: skip


def _albums(a: Profile, b: Profile, e: Evidence) -> tuple[float, ...]:
    one, other = a.album, b.album
    known = float(bool(one.text)) + float(bool(other.text))
    is_title = float(one.text == a.key) + float(other.text == b.key)
    if e.album is None:
        return (nan, known, nan, is_title)
    return (e.album, known, 100.0 if one.line == other.line else token_set_ratio(one.line, other.line), is_title)


def _lengths(a: Profile, b: Profile, e: Evidence) -> tuple[float, ...]:
    known = float(a.seconds is not None) + float(b.seconds is not None)
    if a.seconds is None or b.seconds is None or e.gap is None:
        return (nan, nan, known, nan)
    gap = abs(e.gap)
    return (gap, gap / max(a.seconds, b.seconds), known, min(a.seconds, b.seconds))


_PLAIN = (0.0,) * (7 + len(_KINDS) + 1)


def _versions(e: Evidence) -> tuple[float, ...]:
    one = e.only_a | e.only_b
    if not (one or e.both or e.album_only or e.one_mixer or e.other_mixer):
        return _PLAIN
    hard = one & OTHER_RECORDING
    return (
        float(len(hard)), float(len(one) - len(hard)), float(len(e.both & OTHER_RECORDING)), float(len(e.album_only)),
        float(Kind.LIVE in e.album_only), float(e.other_mixer), float(e.one_mixer),
        *(float(kind in one) for kind in _KINDS), float(Kind.REMIX in e.both),
    )  # fmt: skip


def _whole(a: Profile, b: Profile) -> tuple[float, ...]:
    """Compare everything that is said about either track at once, wherever it stands."""
    one, other = a.bag, b.bag
    all_a, all_b = a.everything, b.everything
    shared = len(all_a & all_b) / max(1, len(all_a | all_b))
    if one == other:
        return (100.0, 100.0, shared)
    return (ratio(one, other), token_set_ratio(one, other), shared)
