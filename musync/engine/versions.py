"""What a title says about the version: live, remix, remaster and the like, in parts instead of thrown away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from musync.engine.lexicon import (
    ANYWHERE,
    AT_EDGES,
    BEFORE_VERB,
    EDIT_BY_NOBODY,
    FOLLOWS,
    LANGUAGES,
    LOOSE,
    NEUTRAL,
    PHRASES,
    SMALL,
    TRIGGERS,
    VERSION_WORDS,
    Kind,
)


@dataclass(frozen=True, slots=True)
class Version:
    """What is known of the version; empty means the plain recording, or one that nobody described.

    `remixer`, `place` and `name` are folded words: who remixed, where it was live, what a named version is called.
    `year` is the year of a remaster or of a live recording.
    """

    kinds: frozenset[Kind] = frozenset()
    remixer: str = ""
    place: str = ""
    name: str = ""
    year: int | None = None

    def joined(self, more: Version) -> Version:
        """Return both taken together; where both name somebody, this one's word stands."""
        if more is PLAIN:
            return self
        return Version(
            self.kinds | more.kinds,
            self.remixer or more.remixer,
            self.place or more.place,
            self.name or more.name,
            self.year or more.year,
        )


PLAIN = Version()

_YEAR = re.compile(r"(?<!\d)(?:19[2-9]\d|20[0-4]\d)(?!\d)")
_MAY_BE_NAMED = frozenset((Kind.EDIT, Kind.EXTENDED, Kind.EXPLICIT, Kind.CLEAN))


def version_of(segment: list[str], *, possessive: bool = False) -> Version:
    """Return what the words of a bracket, or of what stands behind a dash, say about the version.

    `possessive` says that the segment had the form "X's version", which artists use for what they recorded anew.
    Returns `PLAIN` itself when they say nothing.
    """
    if TRIGGERS.isdisjoint(segment):
        return PLAIN
    text = " ".join(segment)
    kinds = _kinds(segment, text)
    name = ""
    if kinds <= _MAY_BE_NAMED:
        kinds, name = _named(segment, kinds, possessive)
    if Kind.REMIX in kinds:
        kinds = _which_mix(segment, kinds)
    if not kinds:
        return PLAIN
    year = _YEAR.search(text)
    return Version(
        kinds=frozenset(kinds),
        remixer=_rest(segment) if Kind.REMIX in kinds else "",
        place=_rest(segment) if Kind.LIVE in kinds else "",
        name=name,
        year=int(year[0]) if year else None,
    )


def _kinds(segment: list[str], text: str) -> set[Kind]:
    """Return the kinds that words and phrases name."""
    kinds = {ANYWHERE[word] for word in segment if word in ANYWHERE}
    kinds.update(AT_EDGES[word] for at, word in enumerate(segment) if word in AT_EDGES and _tells(segment, at))
    kinds.update(kind for pattern, kind in PHRASES if pattern.search(text))
    if Kind.EDIT in kinds and not EDIT_BY_NOBODY.issuperset(word for word in segment if not word.isdigit()):
        kinds.discard(Kind.EDIT)
        kinds.add(Kind.REMIX)
    return kinds


def _tells(segment: list[str], at: int) -> bool:
    """Tell whether a word that is also an ordinary one stands where it speaks of the version."""
    if at and segment[at] == "live" and segment[at - 1] in BEFORE_VERB:
        return False
    if at == len(segment) - 1:
        return True
    if at == 0 and (len(segment) <= 3 or segment[0] == "live"):
        return True
    return segment[at + 1] in FOLLOWS or is_year(segment[at + 1])


def _named(segment: list[str], kinds: set[Kind], possessive: bool) -> tuple[set[Kind], str]:
    """Return the kinds and the name of "X version"."""
    if VERSION_WORDS.isdisjoint(segment):
        return kinds, ""
    if possessive:
        return kinds | {Kind.RERECORDED}, ""
    if not LANGUAGES.isdisjoint(segment):
        return kinds | {Kind.LANGUAGE}, ""
    names = [word for word in segment if word not in NEUTRAL and word not in VERSION_WORDS]
    if not names or kinds:
        return kinds, ""
    return {Kind.NAMED}, " ".join(names)


def _which_mix(segment: list[str], kinds: set[Kind]) -> set[Kind]:
    """Take back "remix" where a mix is nothing of the kind: original mix, album mix, stereo mix, 2005 mix."""
    if "mix" not in segment or "remix" in segment:
        return kinds
    names = [word for word in segment if word not in NEUTRAL and word != "mix" and not word.isdecimal()]
    if any(word not in ANYWHERE for word in names):
        return kinds
    return (kinds - {Kind.REMIX}) | ({Kind.EDIT} if not {"radio", "short"}.isdisjoint(segment) else set())


def _rest(segment: Iterable[str]) -> str:
    """Return the words that say who or where: all but the version's own words."""
    own = (ANYWHERE, AT_EDGES, SMALL)
    return " ".join(word for word in segment if not any(word in words for words in own) and not is_year(word))


def is_year(word: str) -> bool:
    """Tell whether a word is a year of recorded music."""
    return len(word) == 4 and _YEAR.fullmatch(word) is not None


def kinds_of_words(words: Iterable[str]) -> frozenset[Kind]:
    """Return the kinds that single words name which stand in one title and not in the other."""
    return frozenset(LOOSE[word] for word in words if word in LOOSE)
