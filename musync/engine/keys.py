"""What a track can be found by: titles, codes, words, artists, the letters at a title's ends, and its sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from itertools import chain
from typing import Final, NamedTuple

import numpy as np

from musync.domain.ids import TrackId
from musync.engine.hashing import Hashes, hashes
from musync.engine.normalise import Words
from musync.engine.profile import Profile
from musync.engine.ragged import Ints
from musync.engine.tails import file_name, file_name_in
from musync.engine.text import has_han, has_kana, plain, romanised, romanised_all, simplified, spoken


class Key(IntEnum):
    """Kinds of keys; the number is the salt of their hashes, so stored indexes hold it."""

    TITLE = 0
    CODE = 1
    WORD = 2
    ARTIST = 3
    EDGE = 4
    SOUND = 5
    """The sound of a title that is not written in Latin letters."""
    LATIN = 6
    """The sound of one that is."""
    ID = 7
    FILE = 8
    """The name of its file."""
    ALBUM = 9


_EDGE: Final = 6
_SPOKEN: Final = 8
"""Words of what somebody typed that are looked for."""


class Keys(NamedTuple):
    """Hashed keys, the place of the track that has each among those given, and the kind; a track may repeat one."""

    hashes: Hashes
    owners: Ints
    kinds: Ints


def exact_keys(tracks: Sequence[Profile]) -> Keys:
    """Return what equal tracks have in common: title and codes."""
    return _hashed({Key.TITLE: _titles(tracks), Key.CODE: [_codes(made) for made in tracks]})


def id_keys(ids: Sequence[TrackId]) -> Hashes:
    """Return the keys of ids, one for each."""
    return hashes(ids, Key.ID)


def file_keys(paths: Sequence[str]) -> Hashes:
    """Return the keys of file names at the end of these paths, one for each."""
    return hashes([file_name(path) for path in paths], Key.FILE)


def stored_keys(tracks: Sequence[Profile]) -> Keys:
    """Return every key under which a catalogue's tracks are kept."""
    in_latin = [made.key.isascii() for made in tracks]
    return _hashed(
        {
            Key.TITLE: _titles(tracks),
            Key.CODE: [_codes(made) for made in tracks],
            Key.WORD: [_words(made) for made in tracks],
            Key.ARTIST: [_names(made) for made in tracks],
            Key.EDGE: [edges(made.key) for made in tracks],
            Key.SOUND: [() if latin else _heard(made) for made, latin in zip(tracks, in_latin, strict=True)],
            Key.LATIN: [made.texts[:2] if latin else () for made, latin in zip(tracks, in_latin, strict=True)],
            Key.ID: [(made.track.id,) for made in tracks],
            Key.FILE: [(file_name_in(made.url),) if made.url else () for made in tracks],
            Key.ALBUM: [(plain(made.track.album).replace(" ", ""),) if made.track.album else () for made in tracks],
        }
    )


def wanted_keys(tracks: Sequence[Profile]) -> Keys:
    """Return the keys under which something like these tracks may be kept; one without a title has none."""
    titled = [(made if made.texts else None) for made in tracks]
    return _hashed(
        {
            Key.WORD: [_words(made) if made else () for made in titled],
            Key.ARTIST: [_sounding(_names(made, by_sight=True)) if made else () for made in titled],
            Key.EDGE: [tuple(chain.from_iterable(map(edges, made.texts[:3]))) if made else () for made in titled],
            Key.SOUND: [(made.key,) if made else () for made in titled],
            Key.LATIN: [_heard(made, by_sight=True) if made and not made.key.isascii() else () for made in titled],
        }
    )


def spoken_keys(text: str) -> Keys:
    """Return the keys that somebody may mean who types this: titles, artists and albums of one word or several."""
    said = plain(text).split()[:_SPOKEN]
    runs = ["".join(said[start:end]) for start in range(len(said)) for end in range(start + 1, len(said) + 1)]
    squeezed = [word for word in said if word not in ("the", "and")]
    titles = ["".join(squeezed[start:]) for start in range(len(squeezed))]
    titles += ["".join(squeezed[:end]) for end in range(1, len(squeezed))]
    return _hashed({Key.WORD: [said], Key.TITLE: [list(map(title_key, titles))], Key.ARTIST: [runs], Key.ALBUM: [runs]})


def title_key(text: str) -> str:
    """Return what equal titles have in common: the text, in simplified characters where it is Chinese."""
    return simplified(text) if has_han(text) else text


def edges(text: str) -> tuple[str, ...]:
    """Return the first and the last letters of a title that is long enough to have both.

    A slip of the pen leaves one of them whole.
    """
    if len(text) <= _EDGE:
        return (f"^{text[:3]}{len(text)}", f"${text[-3:]}{len(text)}") if len(text) > 3 else ()
    return (f"^{text[:_EDGE]}", f"${text[-_EDGE:]}")


def _titles(tracks: Sequence[Profile]) -> list[tuple[str, ...]]:
    return [made.texts if made.key.isascii() else tuple(map(title_key, made.texts)) for made in tracks]


def _codes(made: Profile) -> list[str]:
    return [code for code in (made.isrc, made.mbid, made.url) if code]


def _words(made: Profile) -> Words:
    pieces = made.pieces
    return pieces[0] if len(pieces) == 1 else tuple(chain.from_iterable(pieces))


def _heard(made: Profile, *, by_sight: bool = False) -> tuple[str, ...]:
    """Return the titles of a track, and how they are read where they are Japanese."""
    texts = made.texts[:2]
    return texts + tuple([spoken(text) for text in texts if _is_japanese(text, made, by_sight=by_sight)])


def _is_japanese(text: str, made: Profile, *, by_sight: bool) -> bool:
    """Tell whether a text of a track is Japanese: it has kana, or Chinese characters and kana elsewhere on the track.

    `by_sight`: Chinese characters alone are enough. A whole Chinese catalogue would be read in vain, a few tracks not.
    """
    if text.isascii():
        return False
    track = made.track
    return has_kana(text) or (
        has_han(text) and (by_sight or has_kana(f"{track.title}{''.join(track.artists)}{track.album}"))
    )


def _names(made: Profile, *, by_sight: bool = False) -> tuple[str, ...]:
    """Return the artists' names as one word each, those of other scripts by their sound too."""
    names = tuple([name.replace(" ", "") for name in made.names + made.guests])
    foreign = [romanised(name) for name in names if not name.isascii()]
    if not foreign:
        return names
    read = [romanised(spoken(name)) for name in names if _is_japanese(name, made, by_sight=by_sight)]
    return (*names, *foreign, *read)


def _sounding(names: tuple[str, ...]) -> tuple[str, ...]:
    return names + tuple(map(romanised, names))


def _hashed(lists: Mapping[Key, Sequence[Sequence[str]]]) -> Keys:
    """Hash all keys of a kind at once."""
    found, owners, kinds = [], [], []
    for kind, each in lists.items():
        texts = list(chain.from_iterable(each))
        if kind in (Key.SOUND, Key.LATIN):
            texts = romanised_all(texts)
        found.append(hashes(texts, kind))
        owners.append(np.repeat(np.arange(len(each)), np.fromiter(map(len, each), np.int64, len(each))))
        kinds.append(np.full(len(texts), kind, np.int64))
    return Keys(np.concatenate(found), np.concatenate(owners), np.concatenate(kinds))
