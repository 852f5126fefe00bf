"""All that finding candidates in a catalogue needs, in flat arrays that can be stored and mapped into memory."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from musync.engine.hashing import Hashes, hashes
from musync.engine.keys import id_keys, stored_keys
from musync.engine.lexicon import Kind
from musync.engine.postings import Postings
from musync.engine.profile import Profile
from musync.engine.ragged import Lists

_BETWEEN, _END = "\n", "\x1d"
"""Stand between the readings of a title and behind the last; no reading holds white space, which both are."""
_BIT: Final = {kind: 1 << place for place, kind in enumerate(Kind)}
NATIVE: Final = np.uint32(1 << 31)
"""The mark of a title whose likeliest reading is not in Latin letters."""
_ARTIST_SALT, _REMARK_SALT = 101, 102


class Rows(NamedTuple):
    """What is kept of each track to judge it roughly without making its profile.

    Attributes:
        texts: the readings of its title in UTF-8, see `readings`.
        words: hashes of the words of all its artists' names.
        seconds: its length, NaN where it is not known.
        marks: the kinds of version as bits, and `NATIVE`.
        remarks: a hash of what the title says of the version, word by word.
        ties: a number made from the id that settles the order of what is equally likely, whatever its place is.
    """

    texts: Lists
    words: Lists
    seconds: NDArray[np.float32]
    marks: NDArray[np.uint32]
    remarks: NDArray[np.uint32]
    ties: NDArray[np.uint32]

    @classmethod
    def of(cls, tracks: Sequence[Profile]) -> Self:
        """Take from the tracks what is kept of them."""
        texts = [(_BETWEEN.join(made.texts) + _END).encode("utf-8", "surrogatepass") for made in tracks]
        names = [" ".join(made.names + made.guests).split() for made in tracks]
        return cls(
            texts=Lists.of(map(len, texts), np.frombuffer(b"".join(texts), np.uint8)),
            words=Lists.of(map(len, names), _words_hashed(list(chain.from_iterable(names)))),
            seconds=np.array([np.nan if made.seconds is None else made.seconds for made in tracks], np.float32),
            marks=np.array([_mark(made) for made in tracks], np.uint32),
            remarks=hashes([_BETWEEN.join(made.remarks) for made in tracks], _REMARK_SALT).astype(np.uint32),
            ties=id_keys([made.track.id for made in tracks]).astype(np.uint32),
        )

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Put the rows of several lists of tracks behind each other."""
        return cls(
            texts=Lists.joined([part.texts for part in parts]),
            words=Lists.joined([part.words for part in parts]),
            seconds=np.concatenate([part.seconds for part in parts]),
            marks=np.concatenate([part.marks for part in parts]),
            remarks=np.concatenate([part.remarks for part in parts]),
            ties=np.concatenate([part.ties for part in parts]),
        )

    def taken(self, places: NDArray[np.integer]) -> Self:
        """Return the rows of these tracks."""
        return type(self)(
            texts=self.texts.taken(places),
            words=self.words.taken(places),
            seconds=self.seconds[places],
            marks=self.marks[places],
            remarks=self.remarks[places],
            ties=self.ties[places],
        )

    def readings(self, places: NDArray[np.integer]) -> list[list[str]]:
        """Return the readings of these tracks' titles."""
        texts = self.texts.taken(places).items.tobytes().decode("utf-8", "surrogatepass")
        return [text.split(_BETWEEN) for text in texts.split(_END)[:-1]]


class Part(NamedTuple):
    """Some tracks of a catalogue made ready to be indexed; `owners` are places among them."""

    rows: Rows
    keys: Hashes
    owners: NDArray[np.int32]

    @classmethod
    def of(cls, tracks: Sequence[Profile]) -> Self:
        """Make tracks ready; a few thousand at a time need little memory."""
        found, owners, _ = stored_keys(tracks)
        return cls(Rows.of(tracks), found, owners.astype(np.int32))


class IndexArrays(NamedTuple):
    """An index as arrays: the postings and the rows."""

    postings: Postings
    rows: Rows

    @classmethod
    def of(cls, parts: Sequence[Part]) -> Self:
        """Index the tracks of all parts, in their order."""
        parts = parts or [Part.of(())]
        firsts = np.cumsum([0, *(len(part.rows.seconds) for part in parts)])
        owners = [part.owners + np.int32(first) for part, first in zip(parts, firsts, strict=False)]
        postings = Postings.of(np.concatenate([part.keys for part in parts]), np.concatenate(owners))
        return cls(postings, Rows.joined([part.rows for part in parts]))

    def merged(self, kept: NDArray[np.bool_], more: Self) -> Self:
        """Return the index of the tracks that are kept, closed up, and behind them of those in `more`.

        It equals one made anew of these tracks in this order.
        """
        rows = Rows.joined([self.rows.taken(np.flatnonzero(kept)), more.rows])
        return type(self)(self.postings.merged(kept, more.postings), rows)


def _words_hashed(words: Sequence[str]) -> NDArray[np.uint32]:
    return hashes(words, _ARTIST_SALT).astype(np.uint32)


def known_words(tracks: Sequence[Profile]) -> Lists:
    """Return the hashed words of artists and titles, comparable with `Rows.words`."""
    known = [made.artist_words | made.title_words for made in tracks]
    return Lists.of(map(len, known), _words_hashed(list(chain.from_iterable(known))))


def _mark(made: Profile) -> int:
    found = 0 if made.key.isascii() else int(NATIVE)
    return found | sum(_BIT[kind] for kind in made.kinds) if made.kinds else found
