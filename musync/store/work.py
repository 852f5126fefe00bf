"""What a block can do: the repositories, each with one kind of thing."""

from __future__ import annotations

from musync.store.accounts import Accounts
from musync.store.connections import Block
from musync.store.decisions import Decisions
from musync.store.fingerprints import Fingerprints
from musync.store.links import Links
from musync.store.locks import Locks
from musync.store.pairs import Pairs
from musync.store.playlists import Playlists
from musync.store.runs import Runs
from musync.store.searches import Searches
from musync.store.sides import Sides
from musync.store.snapshots import Snapshots
from musync.store.steps import Steps


class Work:
    """Everything that is kept, within one block."""

    def __init__(self, block: Block) -> None:
        sides = Sides(block)
        self.accounts = Accounts(block)
        self.links = Links(block)
        self.pairs = Pairs(block, sides)
        self.decisions = Decisions(block, self.links, self.pairs)
        self.playlists = Playlists(block)
        self.runs = Runs(block, sides)
        self.steps = Steps(block)
        self.snapshots = Snapshots(block, sides)
        self.fingerprints = Fingerprints(block, sides)
        self.locks = Locks(block, sides)
        self.searches = Searches(block)
