"""The questions that a service which only searches is asked about a wanted track, the most telling one first.

Some services want every word of a question to stand there, others rank by how many do. So the words of a track are put
in ever looser ways, each question alone, and asking can end with the first one that is answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from musync.domain.track import Track
from musync.engine.lexicon import Kind
from musync.engine.normalise import Words
from musync.engine.profile import Profile, profile
from musync.engine.text import fold, has_han, has_kana, simplified, words

LONGEST = 120
"""Characters of a question; services refuse longer ones, and more words only find less."""
_TELLING = 2
"""Words of a title that are left in the loosest question."""


class Rung(StrEnum):
    """The ways of asking, in their order."""

    ISRC = "isrc"
    FIELDS = "fields"
    PLAIN = "plain"
    WHOLE = "whole"
    CORE = "core"
    SCRIPT = "script"
    LOOSE = "loose"


class Question(NamedTuple):
    """One request: an ISRC, a title with its artist, or words."""

    rung: Rung
    text: str
    artist: str = ""

    @property
    def key(self) -> str:
        """What two questions have in common that lead to the same answer."""
        way = self.rung if self.rung in (Rung.ISRC, Rung.FIELDS) else "words"
        return "\n".join((way, *(_plain(part) for part in (self.text, self.artist) if part)))


def questions(track: Track, *, isrc: bool = False, fields: bool = False, text: bool = True) -> tuple[Question, ...]:
    """Return what to ask about a track, in the order in which to ask it, nothing twice.

    Args:
        track: the wanted one.
        isrc: the service finds tracks by ISRC.
        fields: it finds them by title and artist apart.
        text: it finds them by words.
    """
    found: dict[str, Question] = {}
    for question in _ladder(profile(track)):
        can = {Rung.ISRC: isrc, Rung.FIELDS: fields}.get(question.rung, text)
        if can and question.text:
            found.setdefault(question.key, question)
    return tuple(found.values())


def _ladder(made: Profile) -> Iterator[Question]:
    if made.isrc:
        yield Question(Rung.ISRC, made.isrc)
    if not made.worded:
        return
    title, artist = _spelt(made.track.title, made.worded[0]), _first_artist(made)
    said = _joined(title, _version(made))
    if artist:
        yield Question(Rung.FIELDS, said, _cut(artist))
    yield Question(Rung.PLAIN, _joined(said, artist))
    if len(made.pieces) > 1 or not artist:
        # "Artist - Title" by whoever uploaded it, or nobody named: the title alone holds everything.
        yield Question(Rung.WHOLE, _spelt(made.track.title, tuple(word for piece in made.pieces for word in piece)))
    yield Question(Rung.CORE, _joined(title, artist))
    for text in _in_other_scripts(_joined(title, artist)):
        yield Question(Rung.SCRIPT, text)
    yield Question(Rung.LOOSE, _joined(_most_telling(made.worded[0]), artist))


def _first_artist(made: Profile) -> str:
    if not made.names:
        return ""
    line = " ".join(made.track.artists) or made.track.album_artist
    return _spelt(line, tuple(made.names[0].split()))


_SAID = {
    Kind.LIVE: "live",
    Kind.ACOUSTIC: "acoustic",
    Kind.INSTRUMENTAL: "instrumental",
    Kind.KARAOKE: "karaoke",
    Kind.DEMO: "demo",
    Kind.SPED: "sped up",
    Kind.SLOWED: "slowed",
    Kind.RERECORDED: "version",
    Kind.DUB: "dub",
    Kind.EXTENDED: "extended",
    Kind.REMIX: "remix",
}
"""The kinds of recording that every service writes into the title, as they do; remasters and edits often go unsaid."""


def _version(made: Profile) -> str:
    """Return the words that lead to the wanted version among all that there are."""
    version = made.version
    kinds = [word for kind, word in _SAID.items() if kind in version.kinds]
    return " ".join(part for part in (version.remixer, version.name, *kinds) if part)


_TOKEN = re.compile(r"[^\s()\[\]{}【】〔〕〈〉《》「」『』|~–—]+")
_EDGES = ".,;:!?\"'-_“”‘’…"


def _spelt(text: str, core: Words) -> str:
    """Return these words of a text as they are spelt there, accents and all; folded where they are not found."""
    left = list(core)
    found = []
    for token in _TOKEN.findall(text):
        parts = words(fold(token))
        if parts and all(part in left for part in parts):
            found.append(token.strip(_EDGES) or token)
            for part in parts:
                left.remove(part)
    return _cut(" ".join(found + left))


def _joined(title: str, more: str) -> str:
    """Return both, without what stands in the title already."""
    known = set(words(fold(title)))
    return _cut(f"{title} {more}" if not known.issuperset(words(fold(more))) else title)


def _most_telling(core: Words) -> str:
    """Return the longest words of a title, in their order: the least likely to be misspelt or common."""
    longest = sorted(range(len(core)), key=lambda place: (-len(core[place]), place))[:_TELLING]
    return " ".join(core[place] for place in sorted(longest))


def _in_other_scripts(text: str) -> Iterator[str]:
    """Return how the other side may write it: in the other Chinese characters, in Latin letters."""
    if has_han(text) and not has_kana(text):
        yield _cut(simplified(text) if simplified(text) != text else _traditional(text))
    # The reading of Chinese characters in Japanese is not known, so such a text has no Latin twin.
    if _in_other_letters(text) and not (has_han(text) and has_kana(text)):
        from anyascii import anyascii  # one small table per script, read when it comes up

        yield _cut(_SYLLABLE.sub(" ", anyascii(text)))


_SYLLABLE = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _in_other_letters(text: str) -> bool:
    return any(char.isalpha() and not char.isascii() for char in _plain(text))


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]  # opencc ships no types
    from opencc import OpenCC  # reads its tables: only when a Chinese title comes

    return OpenCC("s2t")


def _traditional(text: str) -> str:
    return str(_converter().convert(text))


def _plain(text: str) -> str:
    return " ".join(words(fold(text)))


def _cut(text: str) -> str:
    """Return a text of no more than `LONGEST` characters, whole words where there are any."""
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST + 1].rpartition(" ")[0] or text[:LONGEST]
