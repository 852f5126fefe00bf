"""How titles are taken apart and weighed, as one word that changes whenever the engine does."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import musync
from musync import engine


@lru_cache(maxsize=1)
def rules() -> str:
    """A mark of the engine that made an index; another one takes titles apart, or weighs them, in another way.

    Where the source lies beside the program every change of it counts, else (in one frozen file) the version.
    """
    mark = blake2b(musync.__version__.encode(), digest_size=12)
    for path in sorted(Path(engine.__file__ or "").parent.glob("*.*")):
        mark.update(path.read_bytes())
    return mark.hexdigest()
