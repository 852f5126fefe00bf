"""Things that belong together, found from pairs of them."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Groups(Generic[T]):
    """Disjoint groups (union-find); a thing nobody joined is a group of its own."""

    def __init__(self) -> None:
        self._parents: dict[T, T] = {}

    def join(self, one: T, other: T) -> None:
        """Make one group of the two they are in."""
        self._parents[self.root(other)] = self.root(one)

    def root(self, thing: T) -> T:
        """The thing that stands for the group."""
        parents = self._parents
        root = thing
        while (above := parents.get(root, root)) != root:
            root = above
        while thing != root:
            parents[thing], thing = root, parents[thing]
        return root
