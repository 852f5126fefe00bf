"""A text cut into blocks, some of which are entries: edits move whole blocks and leave every other one alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Blocks:
    """The pieces of a text in order, and which of them are entries.

    Args:
        parts: together they are the text.
        entries: indices of the parts that are entries, rising.
        start: the part before which the first entry goes while there is none.
    """

    parts: tuple[str, ...]
    entries: tuple[int, ...] = ()
    start: int = 0

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.parts)

    def entry(self, index: int) -> str:
        """The block of one entry."""
        return self.parts[self.entries[index]]

    def insert(self, at: int, texts: Sequence[str]) -> Blocks:
        """With new entry blocks before entry `at`, after the last one when `at` is their number."""
        place = self._place(at)
        parts = (*self.parts[:place], *texts, *self.parts[place:])
        new = range(place, place + len(texts))
        later = (entry + len(texts) for entry in self.entries[at:])
        return replace(self, parts=parts, entries=(*self.entries[:at], *new, *later))

    def remove(self, indices: Collection[int]) -> Blocks:
        """Without these entries; everything between them stays."""
        gone = {self.entries[index] for index in indices}
        if not gone:
            return self
        return self._rebuilt(part for part in range(len(self.parts)) if part not in gone)

    def move(self, indices: Sequence[int], to: int) -> Blocks:
        """With these entries taken out and put back together, in the order given, the first of them at `to`."""
        return self.remove(indices).insert(to, [self.entry(index) for index in indices])

    def _place(self, at: int) -> int:
        if at < len(self.entries):
            return self.entries[at]
        return self.entries[-1] + 1 if self.entries else self.start

    def _rebuilt(self, kept: Iterable[int]) -> Blocks:
        entries = set(self.entries)
        parts: list[str] = []
        places: list[int] = []
        start = 0
        for part in kept:
            if part in entries:
                places.append(len(parts))
            parts.append(self.parts[part])
            # Where everything before the first entry ends: new ones go there once all are removed.
            if part < self.entries[0]:
                start = len(parts)
        return Blocks(tuple(parts), tuple(places), start)
