"""The words by which titles tell versions, uploads and editions, in the languages people use."""

from __future__ import annotations

import re
from enum import StrEnum


class Kind(StrEnum):
    """The ways in which a recording can differ from the plain studio one, by the word people use."""

    LIVE = "live"
    REMIX = "remix"
    ACOUSTIC = "acoustic"
    INSTRUMENTAL = "instrumental"
    ACAPELLA = "a cappella"
    KARAOKE = "karaoke"
    COVER = "cover"
    TRIBUTE = "tribute"
    DEMO = "demo"
    TAKE = "alternate take"
    SPED = "sped up"
    SLOWED = "slowed"
    RERECORDED = "re-recorded"
    LANGUAGE = "other language"
    ARRANGED = "other arrangement"
    PIECE = "interlude or reprise"
    TALK = "not the song itself"
    DUB = "dub"
    EXTENDED = "extended"
    EDIT = "edit"
    NAMED = "named version"
    MONO = "mono"
    STEREO = "stereo"
    MIXED = "part of a DJ mix"
    REMASTER = "remaster"
    CLEAN = "clean"
    EXPLICIT = "explicit"


SOFT = frozenset(
    (
        Kind.EXTENDED, Kind.EDIT, Kind.NAMED, Kind.MONO, Kind.STEREO, Kind.MIXED, Kind.REMASTER, Kind.CLEAN,
        Kind.EXPLICIT,
    )
)  # fmt: skip
"""Kinds that may be told on one side only, or by length."""

OTHER_RECORDING = frozenset(Kind) - SOFT
"""Kinds that make it another recording for certain."""


def listed(text: str) -> frozenset[str]:
    """Return the words of a list written as one text."""
    return frozenset(text.split())


def _table(lines: dict[Kind, str]) -> dict[str, Kind]:
    return {word: kind for kind, text in lines.items() for word in text.split()}


ANYWHERE = _table(
    {
        Kind.REMIX: "remix rmx remixed remixes bootleg rework reworked refix mashup remezcla ремикс リミックス 混音",
        Kind.ACOUSTIC: "acoustic acustico acustica acoustique akustik unplugged stripped акустика акустическая 不插电 "
        "アコースティック",
        Kind.INSTRUMENTAL: "instrumental instrumentals instrumentale instru inst 伴奏 минус インストゥルメンタル",
        Kind.ACAPELLA: "acapella acappella accapella acapela",
        Kind.KARAOKE: "karaoke караоке カラオケ 卡拉ok playback",
        Kind.TRIBUTE: "tribute hommage трибьют",
        Kind.DEMO: "demo demos demonstration maqueta демо デモ",
        Kind.TAKE: "outtake outtakes rehearsal alternate alternative undubbed unreleased",
        Kind.SPED: "nightcore speedup spedup",
        Kind.SLOWED: "slowed reverb 8d chopped screwed daycore",
        Kind.RERECORDED: "rerecorded rerecording rerecord",
        Kind.TALK: "reaction tutorial lesson commentary interview podcast trailer teaser snippet",
        Kind.ARRANGED: "orchestral symphonic chiptune 8bit lullaby",
        Kind.REMASTER: "remaster remastered remasterizado remasterizada remastering remasterise ремастер リマスター",
        Kind.MONO: "mono",
        Kind.STEREO: "stereo",
        Kind.MIXED: "mixed",
        Kind.EXTENDED: "extended maxi",
        Kind.CLEAN: "clean censored",
        Kind.EXPLICIT: "explicit uncensored",
        Kind.LIVE: "ライブ ライヴ 现场 現場 现场版 концерт",
    }
)
"""Words that say it wherever they stand in a bracket or behind a dash."""

AT_EDGES = _table(
    {
        Kind.LIVE: "live session sessions concert directo vivo konzert concierto",
        Kind.REMIX: "mix flip vip",
        Kind.COVER: "cover covered кавер 翻唱",
        Kind.EDIT: "edit cut",
        Kind.DUB: "dub",
        Kind.PIECE: "reprise interlude skit intro outro",
        Kind.ARRANGED: "piano guitar",
    }
)
"""Words that say it at the start or the end only, or before one of `FOLLOWS`."""

FOLLOWS = listed(
    "version ver mix edit session sessions performance video at from in on by of for take recording recorded"
)

BEFORE_VERB = listed("to i you we they who will would can could that long how where must ll d let people don dont")
"""Behind one of these "live" is what people do, not how a song was played."""

PHRASES: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), kind)
    for pattern, kind in (
        (r"sped up|speed up|fast version|pitched up", Kind.SPED),
        (r"slowed(?: down)?", Kind.SLOWED),
        (r"a ?cap?p?ella|vocals? only", Kind.ACAPELLA),
        (r"tribute to|(?:as )?made famous by|in the style of|originally performed by|homage to", Kind.TRIBUTE),
        (r"backing track|sing ?along|minus one|without vocals?", Kind.KARAOKE),
        (r"re recorded|re recording|new recording|newly recorded|new version", Kind.RERECORDED),
        (r"how to (?:play|sing)|drum cam|guitar lesson|behind the scenes|making of|ringtone", Kind.TALK),
        (r"\d+ hours?(?: loop| version)?", Kind.TALK),
        (r"en vivo|ao vivo|en directo|dal vivo|en concierto|in concert|tiny desk|colou?rs show", Kind.LIVE),
        (r"(?:early|rough|work(?:ing)?|first|different|another) (?:version|mix|take)", Kind.TAKE),
        (r"takes? \d+|take [a-z]", Kind.TAKE),
        (r"12 ?(?:inch)? ?(?:\w+ )?(?:mix|version|edit|single)", Kind.EXTENDED),
        (r"long (?:version|mix|edit|cut)|full length(?: version)?", Kind.EXTENDED),
        (r"short (?:version|mix|edit|cut)", Kind.EDIT),
        (r"piano version|string quartet|music box|solo piano|arr|arranged", Kind.ARRANGED),
    )
)

LANGUAGES = listed(
    "spanish espanol english ingles german deutsch deutsche french francais francaise italian italiano japanese korean "
    "chinese mandarin cantonese portuguese portugues russian hindi tamil arabic hebrew swedish dutch spanglish"
)
VERSION_WORDS = listed("version ver vers versao versione versie версия 版 バージョン ヴァージョン")
NEUTRAL = listed(
    "original album lp single main standard studio regular normal full official the a an video deluxe digital us uk "
    "usa international clean explicit mono stereo radio short edited 7 7inch complete soundtrack film movie master "
    "remaster remastered anniversary cd vinyl feature song ost bonus itunes apple spotify amazon deezer"
)
"""What may stand before "version", "mix" or "edit" without making it another recording."""

SMALL = listed("at from in on the a an of by for with version ver mix edit recording recorded and this en de")
"""Words that name neither the remixer nor the place."""

EDIT_BY_NOBODY = listed(
    "radio single video album short tv us uk clean edit mix version original explicit main edited 7 extended club cut "
    "instrumental acoustic live remaster remastered dirty soundtrack long vocal the"
)
"""What may stand beside "edit"; any other word is the name of somebody who remixed."""

TRIGGERS = (
    frozenset(ANYWHERE)
    | frozenset(AT_EDGES)
    | VERSION_WORDS
    | listed(
        "sped speed slowed cappella capella vocals vocal made style originally backing sing minus without re new newly "
        "long short full length hour hours how behind making ringtone concert desk colors colours take takes inch arr "
        "arranged music string homage first early rough different another fast pitched drum"
    )
)
"""A segment without any of these says nothing about the version."""

LOOSE = ANYWHERE | {
    word: AT_EDGES[word]
    for word in sorted(listed("live mix cover edit dub session sessions reprise interlude vivo directo"))
}
"""Words that tell a version even outside of brackets, when the other title does not have them."""

NOISE = listed(
    "official music video videoclip clip clips officiel oficial lyric lyrics audio visualizer visualiser hd hq 4k mv m "
    "v uhd 1080p 720p full with the and clean explicit letra legendado sub subtitulado original mix version album "
    "single bonus track tracks remaster remastered digital deluxe edition expanded anniversary special lp ep cd hidden "
    "main paroles testo sottotitoli colour color coded high quality only new pv static performance teledysk videoclipe "
    "videoedit soundtrack ost"
)
"""A segment of nothing but these speaks of the upload or the edition, not of the song."""

HERALDS = listed("official oficial officiel lyric lyrics")
"""Words of `NOISE` that begin a tail of it even outside of brackets: "Song Official Video"."""

TRAILING = listed("hd hq lyrics lyric video official audio visualizer mv 4k")
"""Words of `NOISE` that are taken off the end of a title one by one."""
