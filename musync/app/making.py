"""The target that a run makes: looked for right before, made with its first tracks or not at all."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from musync.app.jobs import Uncancelled
from musync.app.paging import read_all
from musync.app.reading import SideRead, read_side
from musync.app.record import Record
from musync.app.review import Review
from musync.app.sides import Side
from musync.app.working import refused_rows
from musync.domain import Control, MusyncError, Playlist, Step, Track, folded_title
from musync.domain.errors import NotUnderstood, PlanStale, TracksRefused, Unavailable, UsageError
from musync.services.api import CreatesPlaylists, PlaylistService

log = logging.getLogger(__name__)

SETTLE_POLL_S = 0.5
"""Seconds between two reads while a service settles."""


def not_there(service: PlaylistService, review: Review, control: Control) -> SideRead:
    """See that the target is still not there; gives the empty list that it is until then.

    Raises:
        UsageError: the account makes no playlists.
        PlanStale: somebody has made one of its title since.
    """
    target = review.target
    if not isinstance(service, CreatesPlaylists):
        raise UsageError(f"{target.account.name} cannot make playlists.", unchanged="Nothing was changed.")
    found, requests = _of_its_title(service, target, control)
    if found:
        raise _there_by_now(target, found)
    return replace(review.target_read, requests=requests)


def _there_by_now(target: Side, found: Sequence[Playlist]) -> PlanStale:
    one = len(found) == 1
    return PlanStale(
        f"“{target.title}” is there by now."
        if one
        else f"{len(found):,} playlists are called “{target.title}” by now.",
        where=target.title,
        unchanged="Nothing was written.",
        next="Compare again: then it is brought up to date." if one else "Choose one of them as the target.",
        playlist=found[0] if one else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What came of a step that makes the target.

    Attributes:
        playlist: what was made, None when nothing was.
        step: what is left of the step, which is what the playlist was made with.
        refused: the service's words by row.
        requests: how many it took.
        error: what ended it; the playlist may be there all the same.
    """

    playlist: Playlist | None
    step: Step
    refused: Mapping[int, str]
    requests: int
    error: MusyncError | None = None


def make(service: PlaylistService, review: Review, record: Record, number: int, step: Step, control: Control) -> Made:
    """Make the target of those of the step's tracks that are taken; of none, it is not made.

    Each request is journalled before it is sent, and the playlist as soon as it is known.
    """
    refused: dict[int, str] = {}
    requests = 0
    while step.actions:
        record.mark(number, "intent", refused)
        requests += 1
        try:
            made = _create(service, review, step)
        except TracksRefused as error:
            fresh = refused_rows(step, error.refused)
            if not fresh:
                return Made(playlist=None, step=step, refused=refused, requests=requests, error=error)
            refused.update(fresh)
            step = replace(step, actions=tuple(action for action in step.actions if action.row not in fresh))
            record.change_step(number, step)
        except MusyncError as error:
            found, spent = _after(error, service, review.target, step, control)
            if found is not None:
                record.made(number, found, refused)
            return Made(playlist=found, step=step, refused=refused, requests=requests + spent, error=error)
        else:
            record.made(number, made, refused)
            return Made(playlist=made, step=step, refused=refused, requests=requests)
    record.mark(number, "done", refused)
    return Made(playlist=None, step=step, refused=refused, requests=requests)


def _create(service: PlaylistService, review: Review, step: Step) -> Playlist:
    assert isinstance(service, CreatesPlaylists)  # seen by not_there
    description = review.source_read.playlist.description
    return service.create_playlist(review.target.title, description=description, tracks=step.tracks)


def _after(
    error: MusyncError, service: PlaylistService, target: Side, step: Step, control: Control
) -> tuple[Playlist | None, int]:
    """The target, when it is there in spite of the error; and the requests that looking for it took."""
    if not isinstance(error, Unavailable | NotUnderstood):
        return None, 0
    try:
        return made_after_all(service, target, step.tracks, Uncancelled(control))
    except MusyncError as trouble:
        log.info("whether the playlist was made cannot be seen: %s", trouble.case)
        return None, 0


def made_after_all(
    service: PlaylistService, target: Side, tracks: Sequence[Track], control: Control
) -> tuple[Playlist | None, int]:
    """The target, when a request to make it of these tracks did so although its answer was lost; and the requests.

    Known by its title, which was not there before, and by what it holds. Looks until the service has settled.
    """
    until = time.monotonic() + service.traits.settle_s
    wanted = [track.id for track in tracks]
    requests = 0
    while True:
        found, spent = _of_its_title(service, target, control)
        requests += spent
        for playlist in found:
            read = read_side(service, playlist, control)
            requests += read.requests
            if [entry.track.id for entry in read.entries] == wanted:
                return read.playlist, requests
        if time.monotonic() >= until:
            return None, requests
        control.sleep(SETTLE_POLL_S)


def _of_its_title(service: PlaylistService, target: Side, control: Control) -> tuple[list[Playlist], int]:
    listing = read_all(service.list_playlists, control, "list-playlists")
    title = folded_title(target.title)
    return [playlist for playlist in listing.items if folded_title(playlist.title) == title], listing.requests
