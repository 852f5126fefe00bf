"""What is known of one music file."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b


class NotAudio(Exception):
    """The file cannot be read as music; its text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """What a file says about itself; empty and None mean that it does not say."""

    title: str = ""
    artists: tuple[str, ...] = ()
    album: str = ""
    album_artist: str = ""
    duration_ms: int | None = None
    isrc: str | None = None
    mbid: str | None = None
    track_number: int | None = None
    disc_number: int | None = None
    year: int | None = None

    def mark(self) -> str:
        """Equal for equal tags and length, however the file is called."""
        facts = (
            self.title,
            self.artists,
            self.album,
            self.album_artist,
            self.duration_ms,
            self.isrc,
            self.mbid,
            self.track_number,
            self.disc_number,
            self.year,
        )
        return blake2b(repr(facts).encode("utf-8", "replace"), digest_size=12).hexdigest()
