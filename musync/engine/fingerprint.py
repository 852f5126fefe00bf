"""A list's fingerprint: equal for the same ids in the same order, and for nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def fingerprint(ids: Iterable[str]) -> str:
    """Return the SHA-256 (64 hexadecimal digits) over the ids in their order.

    Each id is preceded by its length in bytes, so that no two different lists give the same bytes. Halves of broken
    surrogate pairs, which some services let through, count as what they are.
    """
    digest = hashlib.sha256()
    for one in ids:
        data = one.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()
