"""Versions that the name of an album or of an artist gives away: "Live at Leeds", a tribute band."""

from __future__ import annotations

import re
from collections.abc import Iterator

from musync.engine.lexicon import Kind

_ANY = re.compile(
    "live|vivo|direct|conc|bootleg|karaoke|sing the|backing|tribute|made famous|style of|performs|instr|acoustic|"
    r"unplugged|stripped|mix|cover|lullab|quartet|music box|demo|nightcore|sped|slowed|\d{4} \d\d"
)
_SIGNS = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (
            r"\blive (?:at|from|in|on|performances?|sessions?|disc|cd|vol|volume|album|version|tour|\d+)\b|\blive$",
            Kind.LIVE,
        ),
        (r"\b(?:unplugged|in concert|en vivo|ao vivo|en directo|en concierto|bootleg|\d{4} \d\d \d\d)\b", Kind.LIVE),
        (r"\bkaraoke\b|sing the hits|backing tracks", Kind.KARAOKE),
        (r"\btribute\b|made famous by|in the style of|performs the hits", Kind.TRIBUTE),
        (r"\binstrumentals?\b", Kind.INSTRUMENTAL),
        (r"\b(?:acoustic|unplugged|stripped)\b", Kind.ACOUSTIC),
        (r"\b(?:remix(?:es|ed)?|mixes)\b", Kind.REMIX),
        (r"\bcovers?\b", Kind.COVER),
        (r"lullab|string quartet|music box", Kind.ARRANGED),
        (r"\bdemos?\b", Kind.DEMO),
        (r"\b(?:nightcore|sped up)\b", Kind.SPED),
        (r"\bslowed\b", Kind.SLOWED),
    )
)


def hints(text: str) -> frozenset[Kind]:
    """Return the kinds that a name gives away; `text` is its words with single spaces between."""
    return frozenset(_signs(text)) if _ANY.search(text) else frozenset()


def _signs(text: str) -> Iterator[Kind]:
    return (kind for pattern, kind in _SIGNS if pattern.search(text))
