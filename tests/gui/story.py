"""The made-up story of the design: Liked songs (10,214) and Everything I like (9,885), as values."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from musync.domain import (
    Action,
    Candidate,
    Counts,
    Diff,
    DiffRow,
    Entry,
    EntryId,
    Match,
    MatchState,
    Mode,
    Place,
    Reason,
    Track,
    TrackId,
)

OPENING = [
    ("both", "Salt on the Windscreen", "Harbour Lights Choir", 221),
    ("both", "Nachtzug nach Triest", "Lina Brandt", 247),
    ("add", "夜の自動販売機", "三日月ラジオ", 312),
    ("moved", "Cold Coffee", "Marlow & The Tides", 208),
    ("ambiguous", "Cold Coffee (Live at the Ferry Hall)", "Marlow & The Tides", 362),
    ("both", "Зимний трамвай", "Северный Берег", 235),
    ("add", "Seven Sisters Road", "Kit Marsh", 179),
    ("not_found", "Requiem for a Fax Machine, Op. 12: III. Busy Signal", "Ensemble Nord", 706),
    ("both", "À côté du ciel", "Mireille Azan", 196),
    ("both", "밤의 편의점", "서늘한밤", 261),
    ("only_there", "Happy Birthday Tom (voice memo)", "", 38),
    ("both", "Dźwięk wody", "Żuraw", 330),
    ("not_asked", "كل الطرق", "نور الساحل", 288),
    ("add", "Paper Planets - 2011 Remaster", "The Low Numbers", 242),
    ("both", "Untitled #7 [demo, tape 2]", "Kit Marsh", 114),
    ("cannot_add", "Scan 0031.mp3", "", 180),
    ("left_out", "午夜电台", "林晚舟", 276),
    ("both", "Do You Mean the Blue One?", "Æther", 183),
    ("both", "1/2", "Ø", 142),
    ("add", "Ein Sommer ohne Netz (feat. Juno K.)", "Lina Brandt", 230),
]
TITLES = [title for _, title, _, _ in OPENING]
ARTISTS = [artist for _, _, artist, _ in OPENING if artist]


def track(number: int, title: str, artist: str, seconds: int, album: str = "") -> Track:
    return Track(
        id=TrackId(f"t{number}"),
        title=title,
        artists=(artist,) if artist else (),
        album=album,
        duration_ms=seconds * 1000,
    )


def candidate(wanted: Track, share: float, **changes: object) -> Candidate:
    fields = {
        "title": wanted.title,
        "artists": wanted.artists,
        "album": wanted.album,
        "duration_ms": wanted.duration_ms,
    }
    other = Track(id=TrackId(f"{wanted.id}-{share}"), **{**fields, **changes})  # type: ignore[arg-type]
    reasons = (
        Reason(part="title", value=1.0 if other.title == wanted.title else 0.9, text="equal but for the version"),
        Reason(part="artists", value=1.0, text="the same artists"),
        Reason(part="length", value=0.2, text="6:02 instead of 3:28"),
        Reason(part="isrc", value=None, text="there is none on the right"),
    )
    return Candidate(track=other, probability=share, reasons=reasons)


def match_of(wanted: Track, kind: str) -> Match:
    if kind == "ambiguous":
        options = (
            candidate(wanted, 0.92),
            candidate(wanted, 0.9, title=f"{wanted.title} (Single Edit)", duration_ms=191_000),
            candidate(wanted, 0.71, album="Ferry Hall Nights", duration_ms=362_000),
        )
        return Match(wanted=wanted, state=MatchState.AMBIGUOUS, chosen=options[0], candidates=options)
    states = {
        "not_found": MatchState.UNMATCHED,
        "not_asked": MatchState.SEARCH_FAILED,
        "cannot_add": MatchState.LOCAL_ONLY,
    }
    if kind in states:
        return Match(wanted=wanted, state=states[kind])
    chosen = candidate(wanted, 0.99)
    return Match(wanted=wanted, state=MatchState.AUTO, chosen=chosen, candidates=(chosen,))


def rows(count: int, removals: int = 0) -> Iterator[DiffRow]:
    rng = Random(9)
    here = there = 0
    for number in range(count):
        if number < len(OPENING):
            kind, title, artist, seconds = OPENING[number]
        else:
            kind = rng.choices(["both", "add", "moved", "ambiguous", "not_found", "not_asked"], [960, 21, 2, 6, 2, 6])[
                0
            ]
            title, artist = rng.choice(TITLES), rng.choice(ARTISTS)
            seconds = rng.randrange(90, 480)
        entry = Entry(id=EntryId(f"e{number}"), track=track(number, title, artist, seconds, "Kitchen Floor Tapes"))
        if kind == "only_there":
            yield DiffRow(place=Place.ONLY_TARGET, target=entry, target_at=there, target_to=there)
            there += 1
            continue
        wanted = match_of(entry.track, kind)
        if kind in ("both", "moved"):
            move = kind == "moved"
            yield DiffRow(
                place=Place.BOTH,
                source=entry,
                source_at=here,
                target=entry,
                target_at=there + 7 if move else there,
                target_to=here,
                match=wanted,
                action=Action.MOVE if move else Action.NONE,
                ticked=move,
            )
            there += 1
        else:
            adds = kind in ("add", "left_out")
            yield DiffRow(
                place=Place.ONLY_SOURCE,
                source=entry,
                source_at=here,
                match=wanted,
                target_to=here if adds else None,
                action=Action.ADD if adds else Action.NONE,
                ticked=kind == "add",
            )
        here += 1
    for number in range(removals):
        title, artist = rng.choice(TITLES), rng.choice(ARTISTS)
        entry = Entry(id=EntryId(f"r{number}"), track=track(90_000 + number, title, artist, 215))
        yield DiffRow(
            place=Place.ONLY_TARGET,
            target=entry,
            target_at=there + number,
            action=Action.REMOVE,
            ticked=number == 1,
            note="removal-asks",
        )


def diff(count: int = 10_246, removals: int = 0) -> Diff:
    made = tuple(rows(count, removals))
    return Diff(
        mode=Mode.MIRROR,
        rows=made,
        counts=Counts(),
        source_size=sum(row.source is not None for row in made),
        target_size=sum(row.target is not None for row in made),
    )
