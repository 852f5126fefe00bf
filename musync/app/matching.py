"""Counterparts for a list, in the order of sync-spec 1.4: answers and links, both lists, files, the catalogue.

Where no catalogue can be listed, only a search on the service can tell what is left over, see `app.searching`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

from musync.app.catalogue import Catalogue, is_here, path_of
from musync.app.knowledge import Knowledge
from musync.domain import (
    UNASKED,
    Candidate,
    Control,
    Entry,
    Match,
    MatchState,
    Preference,
    Reason,
    Track,
    TrackId,
    TrackKind,
)
from musync.engine.candidates import CatalogueIndex
from musync.engine.matching import match_all
from musync.engine.preferring import objection_to

FLOOR = 0.3


def takes_none(_track: Track) -> Track | None:
    """Take no track as it is: a target has only what its own catalogue holds."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What can be had on the other side.

    `entries` stand in its list already. `catalogue` is called only when the lists leave something open; None where
    nothing can be listed. `take` makes the target's track of a track as it is, None of one that it cannot take so;
    `takes_all`: it takes every track, so nothing has to be looked for. `searches`: its service can be searched.
    `borrows`: it holds places of a library's files, of which some may be named as another machine names them, and what
    no library has cannot be added to it.
    """

    entries: tuple[Entry, ...]
    catalogue: Callable[[], Catalogue | None]
    take: Callable[[Track], Track | None] = takes_none
    takes_all: bool = False
    searches: bool = False
    borrows: bool = False

    @property
    def tracks(self) -> dict[TrackId, Track]:
        """The tracks in its list by id."""
        return {entry.track.id: entry.track for entry in self.entries if entry.addressable}


def match_side(
    source: Iterable[Entry],
    target: Target,
    known: Knowledge,
    accept: float,
    control: Control,
    preference: Preference | None = None,
) -> dict[TrackId, Match]:
    """A match for every track of the source's list.

    Raises:
        ServiceError: the catalogue could not be listed.
        Cancelled: the user said stop.
    """
    found: dict[TrackId, Match] = {}
    wanted: dict[TrackId, Track] = {}
    for entry in source:
        if not entry.addressable:
            found[entry.track.id] = _placeholder(entry)
        else:
            wanted[entry.track.id] = entry.track
    matcher = Matcher(target, known, accept, control, preference or Preference())
    for stage in (matcher.remembered, matcher.special, matcher.listed, matcher.taken, matcher.catalogued):
        control.checkpoint()
        settled = matcher.led_to_list(stage({track: value for track, value in wanted.items() if track not in found}))
        matcher.hold(settled)
        found.update(settled)
        control.progress(len(found), len(found) + len(wanted.keys() - found.keys()), "match")
    return found


class Matcher:
    """The stages; each answers for the tracks it can settle."""

    def __init__(
        self, target: Target, known: Knowledge, accept: float, control: Control, preference: Preference
    ) -> None:
        self._target = target
        self._known = known
        self._accept = accept
        self._control = control
        self._preference = preference
        # What an earlier run linked is taken before everything was looked at.
        self._of_links = None if preference.without_effort.usual else preference.without_effort
        self._listed = target.tracks
        self._taken: dict[TrackId, Track] = {}

    def hold(self, matches: Mapping[TrackId, Match]) -> None:
        """Remember which counterparts are settled, so that no other track takes them."""
        for match in matches.values():
            other = match.settled
            if other is not None:
                self._taken.setdefault(other.id, match.wanted)

    def remembered(self, wanted: Mapping[TrackId, Track]) -> dict[TrackId, Match]:
        """What the user said, and what an earlier run linked."""
        found = {}
        known = self._known
        for key, track in wanted.items():
            if key in known.skipped:
                found[key] = skipped(track, "never sync: your answer")
            elif key in known.confirmed:
                found[key] = self._of_answer(track, known.confirmed[key])
            elif (linked := self._linked(track)) is not None:
                found[key] = _settled(track, linked, MatchState.AUTO, "link", "linked by an earlier run", 1.0)
        return found

    def _of_answer(self, track: Track, answer: tuple[Track, tuple[TrackId, ...]]) -> Match:
        chosen, others = answer
        there = next((there for one in (chosen.id, *others) if (there := self._there(one)) is not None), None)
        if there is None and self._target.catalogue() is None:
            there = chosen
        if there is not None:
            return _settled(track, there, MatchState.CONFIRMED, "decision", "your answer", 1.0)
        gone = Reason(part="decision", value=None, text="the track you chose is no longer there")
        return Match(wanted=track, state=MatchState.UNMATCHED, reasons=(gone,), origin="user")

    def _linked(self, wanted: Track) -> Track | None:
        links = self._known.links.get(wanted.id, ())
        refused = self._known.rejected.get(wanted.id, ())
        for track in links:
            there = self._listed.get(track)
            if there is not None and track not in refused and self._suits(wanted, there):
                return there
        if self._target.takes_all:
            return None
        known = (there for track in links if track not in refused and (there := self._there(track)) is not None)
        return next((there for there in known if self._suits(wanted, there)), None)

    def _suits(self, wanted: Track, there: Track) -> bool:
        """Whether what an earlier run linked is also what this one prefers; else it is looked for anew."""
        return self._of_links is None or not objection_to(wanted, there, self._of_links)

    def _there(self, track: TrackId) -> Track | None:
        if track in self._listed:
            return self._listed[track]
        catalogue = self._target.catalogue()
        return catalogue.track(track) if catalogue is not None else self._known.described.get(track)

    def led_to_list(self, matches: dict[TrackId, Match]) -> dict[TrackId, Match]:
        """The matches, led to entries that name their file as another machine does, so that it is not added again."""
        if not self._target.borrows:
            return matches
        return {track: self._led_to_list(match) for track, match in matches.items()}

    def _led_to_list(self, match: Match) -> Match:
        other = match.settled
        if other is None or other.id in self._listed:
            return match
        entry = self._named_elsewhere.get(other.id)
        if entry is None or entry.id in self._known.rejected.get(match.wanted.id, ()):
            return match
        return _settled(match.wanted, entry, match.state, "file", "the same file by the end of its path", 0.99)

    @cached_property
    def _named_elsewhere(self) -> dict[TrackId, Track]:
        """Entries whose path leads nowhere here, by the id of the track that it means."""
        strays = [track for track in self._listed.values() if path_of(track.url) and not is_here(track)]
        catalogue = self._target.catalogue() if strays else None
        if catalogue is None:
            return {}
        return {found.id: track for track in strays if (found := catalogue.by_tail(track)) is not None}

    def special(self, wanted: Mapping[TrackId, Track]) -> dict[TrackId, Match]:
        """What no search can answer for: files only one app has, rows that hold no title."""
        found = {}
        for key, track in wanted.items():
            if self._target.takes_all:
                continue
            if track.kind is TrackKind.EPISODE:
                found[key] = _cannot(track, "an episode, not a track")
            elif not track.title and not track.isrc and not track.mbid and not path_of(track.url):
                found[key] = _without_words(track)
        return found

    def listed(self, wanted: Mapping[TrackId, Track]) -> dict[TrackId, Match]:
        """Counterparts that stand in the target's list already."""
        found = {
            key: _settled(track, self._listed[own.id], MatchState.AUTO, "list", "the same entry", 1.0)
            for key, track in wanted.items()
            if (own := self._target.take(track)) is not None and own.id in self._listed
        }
        rest = {key: track for key, track in wanted.items() if key not in found}
        if rest and self._listed:
            index = CatalogueIndex(tuple(self._listed.values()))
            matches = self.judge(rest, index, self._preference.without_effort)
            found.update((key, match) for key, match in matches.items() if match.state is MatchState.AUTO)
        return found

    def taken(self, wanted: Mapping[TrackId, Track]) -> dict[TrackId, Match]:
        """Tracks that the target takes as they are."""
        return {
            key: _settled(track, own, MatchState.AUTO, "rule", "taken as it is", 1.0)
            for key, track in wanted.items()
            if (own := self._target.take(track)) is not None
        }

    def catalogued(self, wanted: Mapping[TrackId, Track]) -> dict[TrackId, Match]:
        """Counterparts from the whole catalogue: the same file, the same end of a path, then words."""
        if not wanted:
            return {}
        catalogue = self._target.catalogue()
        if catalogue is None:
            tell = unasked if self._target.searches else _out_of_reach
            return {key: tell(track) for key, track in wanted.items()}
        found = self._by_file(wanted, catalogue)
        self.hold(found)
        rest = {key: track for key, track in wanted.items() if key not in found}
        found.update(self._looked_through(rest, catalogue))
        return {key: owned_or_not(match) for key, match in found.items()} if self._target.borrows else found

    def _looked_through(self, wanted: Mapping[TrackId, Track], catalogue: Catalogue) -> dict[TrackId, Match]:
        """Counterparts by words; what is known not to be there is not looked for again."""
        if catalogue.misses is None:
            return self.judge(wanted, catalogue.index)
        lasting = [track for key, track in wanted.items() if key not in self._known.rejected]
        found = catalogue.misses.recall(lasting) if self._preference.prefer != "best" else {}
        new = self.judge({key: track for key, track in wanted.items() if key not in found}, catalogue.index)
        catalogue.misses.keep(new[track.id] for track in lasting if track.id in new)
        return {**found, **new}

    def _by_file(self, wanted: Mapping[TrackId, Track], catalogue: Catalogue) -> dict[TrackId, Match]:
        found = {}
        for key, track in wanted.items():
            other = catalogue.by_tail(track)
            if other is not None and other.id not in self._known.rejected.get(key, ()):
                found[key] = _settled(
                    track, other, MatchState.AUTO, "file", "the same file by the end of its path", 0.99
                )
        return found

    def judge(
        self, wanted: Mapping[TrackId, Track], index: CatalogueIndex, preference: Preference | None = None
    ) -> dict[TrackId, Match]:
        """Counterparts among these tracks, what stands in the target's list first; as is preferred, if nothing else."""
        matches = match_all(
            [_as_track(track) for track in wanted.values()],
            index,
            accept=self._accept,
            floor=FLOOR,
            preferred=frozenset(self._listed),
            rejected=self._known.rejected,
            taken=self._taken,
            preference=preference or self._preference,
            checkpoint=self._control.checkpoint,
        )
        return {key: _as_wanted(match, track) for (key, track), match in zip(wanted.items(), matches, strict=True)}


def owned_or_not(match: Match) -> Match:
    """The match towards a list of places of files: a track that no music folder has is one it cannot take."""
    if match.state not in (MatchState.UNMATCHED, MatchState.LOCAL_ONLY):
        return match
    why = Reason(part="file", value=None, text="not owned: no music folder has it")
    return replace(match, state=MatchState.UNAVAILABLE, reasons=(why, *match.reasons))


def _settled(wanted: Track, other: Track, state: MatchState, origin: str, why: str, probability: float) -> Match:
    reason = _reason(origin, why)
    chosen = Candidate(track=other, probability=probability, reasons=(reason,))
    return Match(wanted=wanted, state=state, chosen=chosen, candidates=(chosen,), reasons=(reason,), origin=origin)


@cache
def _reason(origin: str, why: str) -> Reason:
    """Thousands of tracks are settled for one and the same reason."""
    return Reason(part=origin if origin in ("link", "file", "decision") else "rule", value=1.0, text=why)


def skipped(track: Track, why: str) -> Match:
    """A track that stays out by the user's word."""
    return Match(
        wanted=track, state=MatchState.SKIP, reasons=(Reason(part="decision", value=None, text=why),), origin="user"
    )


def _placeholder(entry: Entry) -> Match:
    state = MatchState.LOCAL_ONLY if entry.track.kind is TrackKind.LOCAL_ONLY else MatchState.PLACEHOLDER
    why = Reason(part="rule", value=None, text=entry.reason or "cannot be copied")
    return Match(wanted=entry.track, state=state, reasons=(why,))


def _as_track(track: Track) -> Track:
    """A file that one app alone has may still be in the library, so it is looked for like any other."""
    return replace(track, kind=TrackKind.TRACK) if track.kind is TrackKind.LOCAL_ONLY else track


def _as_wanted(match: Match, track: Track) -> Match:
    if track.kind is not TrackKind.LOCAL_ONLY:
        return match
    if match.state is MatchState.UNMATCHED:
        return replace(_cannot(track, "a local file of another app"), candidates=match.candidates)
    return replace(match, wanted=track)


def _cannot(track: Track, why: str) -> Match:
    reason = Reason(part="rule", value=None, text=why)
    return Match(wanted=track, state=MatchState.LOCAL_ONLY, reasons=(reason,))


def _without_words(track: Track) -> Match:
    return _not_asked(track, "the row holds an id only, no title to search for")


def _out_of_reach(track: Track) -> Match:
    return _not_asked(track, "what there is there can neither be listed nor searched")


def _not_asked(track: Track, why: str) -> Match:
    return Match(wanted=track, state=MatchState.SEARCH_FAILED, reasons=(Reason(part="rule", value=None, text=why),))


def unasked(track: Track, why: str = UNASKED) -> Match:
    """A track that only a search can tell about, and why none did."""
    return Match(wanted=track, state=MatchState.SEARCH_FAILED, reasons=(Reason(part="search", value=None, text=why),))


def is_unasked(match: Match) -> bool:
    """Whether only a search can tell about the track, and none did."""
    return match.state is MatchState.SEARCH_FAILED and any(reason.part == "search" for reason in match.reasons)


def confirmed(match: Match, track: Track) -> Match:
    """The match after the user chose this counterpart."""
    reason = Reason(part="decision", value=1.0, text="your answer")
    known = next((candidate for candidate in match.candidates if candidate.track.id == track.id), None)
    chosen = known or Candidate(track=track, probability=1.0, reasons=(reason,))
    candidates = match.candidates if known is not None else (*match.candidates, chosen)
    return replace(
        match,
        state=MatchState.CONFIRMED,
        chosen=chosen,
        candidates=candidates,
        reasons=(reason,),
        origin="user",
    )


def without(match: Match, track: TrackId) -> Match:
    """The match after the user said that this counterpart is wrong; what is left must be looked at."""
    rest = tuple(candidate for candidate in match.candidates if candidate.track.id != track)
    best = rest[0] if rest and rest[0].probability >= FLOOR else None
    reason = Reason(part="decision", value=None, text="you said that another one is wrong")
    state = MatchState.AMBIGUOUS if best is not None else MatchState.UNMATCHED
    return replace(match, state=state, chosen=best, candidates=rest, reasons=(reason,), origin="user")
