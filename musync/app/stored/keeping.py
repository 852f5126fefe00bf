"""A service's whole catalogue, listed once, stored, and brought up to date by what changed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final

from musync.app.paging import each_page
from musync.app.stored.catalogue import Records, State, StoredCatalogue, StoredTracks
from musync.app.stored.folder import newest, store
from musync.app.stored.gathering import Gathering
from musync.app.stored.holding import Holding
from musync.app.stored.parts import PartMaker
from musync.app.stored.rules import rules
from musync.domain import Control, Page, Revision, Track
from musync.services.api import ListsTracks

_log = logging.getLogger(__name__)
STORED_FROM: Final = 2_000
"""A catalogue smaller than this is listed as fast as its file would be read."""
_CODE: Final = "list-tracks"


class Keeper:
    """Keeps one service's catalogue in a folder.

    Args:
        service: lists the catalogue. Where its pages bear a revision, an equal one means that nothing changed.
        scope: where its track ids hold.
        folder: a folder of the account's own, which may vanish at any time.
        control: the job's.
    """

    def __init__(self, service: ListsTracks, scope: str, folder: Path, control: Control) -> None:
        self._service = service
        self._scope = scope
        self._folder = folder
        self._control = control

    def hold(self) -> Holding:
        """The catalogue as it is now; a small one is not stored.

        Raises:
            ServiceError: it could not be listed; what is stored stays as it is.
            Cancelled: the job was asked to stop; the same holds.
        """
        old = newest(self._folder, self._scope)
        with PartMaker() as makes:
            if old is None or old.state.revision is None:
                return self._listed(old, self._pages(), makes)
            return self._refreshed(old, old.state.revision, makes)

    def _pages(self, since: Revision | None = None) -> Iterator[Page[Track]]:
        return each_page(partial(self._service.list_tracks, since=since), self._control, _CODE)

    def _refreshed(self, old: StoredCatalogue, since: Revision, makes: PartMaker) -> Holding:
        """Ask for what came or changed; of what has gone only the total tells, and then all is listed again."""
        changes, last = Gathering(old, makes, changes=True), None
        for page in self._pages(since):
            if page.revision == since:
                return Holding(old.tracks, old.index, old.state.mark)
            changes.take(page)
            last = page.revision
        pages = self._pages()
        first = next(pages)
        if first.total == len(changes) and first.revision == last is not None:
            return self._stored(changes, old, last)
        return self._listed(old, chain([first], pages), makes)

    def _listed(self, old: StoredCatalogue | None, pages: Iterator[Page[Track]], makes: PartMaker) -> Holding:
        """Take in the whole listing."""
        found = Gathering(old, makes, changes=False)
        few: list[Page[Track]] = []
        revisions: set[Revision | None] = set()
        for page in pages:
            revisions.add(page.revision)
            few.append(page)
            if old is not None or sum(len(one.items) for one in few) >= STORED_FROM or len(found):
                for one in few:
                    found.take(one)
                few = []
        if few:
            return Holding(tuple(track for page in few for track in page.items), None)
        # A catalogue that changed while it was listed bears several marks, and none of them is that of what was seen.
        return self._stored(found, old, revisions.pop() if len(revisions) == 1 else None)

    def _stored(self, found: Gathering, old: StoredCatalogue | None, revision: Revision | None) -> Holding:
        if old is not None and found.is_same and old.state.revision == revision:
            return Holding(old.tracks, old.index, old.state.mark)
        state = State(scope=self._scope, revision=revision, rules=rules())
        index = found.finish(self._control)
        try:
            stored = store(self._folder, state, self._unstopped(found.records()), index)
        except OSError as error:
            _log.warning("the catalogue cannot be stored and will be listed anew next time: %s", error)
            return Holding(StoredTracks.of(found.records()), index, state.mark)
        return Holding(stored.tracks, stored.index, state.mark)

    def _unstopped(self, records: Iterator[Records]) -> Iterator[Records]:
        for some in records:
            self._control.checkpoint()
            yield some
