"""What no learned weight may outweigh, and what the labelled data is silent about."""

from __future__ import annotations

from musync.engine.evidence import Evidence
from musync.engine.lexicon import OTHER_RECORDING, Kind

CLOSE_S = 3.01
"""Lengths so near to each other speak for one recording."""
_EXACT_S = 2.01
_OTHER_CUT_S = 15.01
"""Edits and long versions differ by more than this."""
_APART_S = 30.01
_SAME_ALBUM = 0.8
_TELLING_ALBUM = frozenset((Kind.LIVE, Kind.KARAOKE, Kind.TRIBUTE, Kind.INSTRUMENTAL, Kind.ACOUSTIC))
_LONGER_PERHAPS = frozenset((Kind.NAMED, Kind.EXTENDED))
_UNLIKE = 0.55
"""Titles less alike than this say nothing for each other."""


def floor(e: Evidence) -> float:
    """Return what the probability is at least: an equal code stands unless something speaks against it."""
    if _unsaid_mixer(e) and e.title.same >= 0.95 and _artists_agree(e) and not e.title.numbers:
        return 0.35 if e.gap is None or abs(e.gap) <= _OTHER_CUT_S else 0.0
    if not (e.isrc or e.mbid) or e.title.numbers or e.other_place or _other_recording(e):
        return 0.0
    if e.gap is not None and abs(e.gap) > _APART_S:
        return 0.0
    if e.mbid or not _title_says_nothing(e):
        return 0.97
    return 0.95 if _within(e, CLOSE_S) and _artists_agree(e) else 0.0


def ceiling(e: Evidence) -> float:
    """Return what the probability may be at most, whatever else agrees.

    All but 1 lie below the least probability of automatic acceptance, so that a person decides.
    """
    if e.other_mixer:
        return 0.15
    if _other_recording(e):
        return 0.45
    if e.gap is not None and abs(e.gap) > _OTHER_CUT_S:
        return 0.45 if abs(e.gap) > _APART_S else 0.75
    if e.isrc or e.mbid:
        return 0.75 if e.title.numbers or e.other_place else 1.0
    return min(_by_title(e), _by_artists(e), _by_version(e))


def _by_title(e: Evidence) -> float:
    """Another number, or no title to speak of, asks for the same length and more."""
    backed = _within(e, _EXACT_S) and (_same_album(e) or _artists_agree(e))
    if e.title.numbers and not (backed and e.title.same >= 0.9):
        return 0.85 if backed else 0.25  # a movement without its number, or another one
    if _title_says_nothing(e) and not backed:
        return 0.25 if e.title.across or (e.gap is not None and abs(e.gap) > CLOSE_S) else 0.45
    if e.title.spare > 0.2 and e.gap is None and e.album is None and not e.artists.in_title:
        return 0.85  # "Song (Quiet)": what stands beside may be another version, and nothing says otherwise
    return 1.0


def _by_artists(e: Evidence) -> float:
    """Artists that have nothing in common ask for the same title, album and length."""
    artists = e.artists
    agree = _within(e, _EXACT_S) and _same_album(e) and e.title.same >= 0.85
    if artists.known and not (artists.first or artists.best >= 0.7 or artists.in_title or artists.across or agree):
        return 0.75
    # An equal title alone: nobody named, or in letters that do not compare, and neither length nor album to back it.
    alone = not artists.known and not artists.in_title
    if (alone or (artists.across and not _artists_agree(e))) and not (_within(e, 15.01) or _same_album(e)):
        return 0.75
    if artists.known and not _within(e, CLOSE_S) and (artists.other_guests or (artists.first and artists.fewer < 1)):
        return 0.85  # another soloist, orchestra or guest
    return 1.0


def _by_version(e: Evidence) -> float:
    """What one side alone says of the version, or its album of a concert, asks for the same length."""
    if e.other_place:
        return 0.75
    if _within(e, CLOSE_S):
        return 1.0
    if e.album is not None and e.album < _SAME_ALBUM and not _TELLING_ALBUM.isdisjoint(e.album_only):
        return 0.85
    if _unsaid_mixer(e):
        return 0.4
    return 0.4 if e.other_name or not _LONGER_PERHAPS.isdisjoint(e.only_a | e.only_b) else 1.0


def _unsaid_mixer(e: Evidence) -> bool:
    """Tell whether both are remixes and only one says whose: it may be this one, so that a person looks at it."""
    return e.one_mixer and Kind.REMIX in e.both


def _other_recording(e: Evidence) -> bool:
    return not OTHER_RECORDING.isdisjoint(e.only_a | e.only_b)


def _title_says_nothing(e: Evidence) -> bool:
    return not e.title.known or e.title.same < _UNLIKE


def _artists_agree(e: Evidence) -> bool:
    return e.artists.first or e.artists.best >= 0.85 or e.artists.in_title


def _same_album(e: Evidence) -> bool:
    return e.album is not None and e.album >= _SAME_ALBUM


def _within(e: Evidence, seconds: float) -> bool:
    return e.gap is not None and abs(e.gap) <= seconds


_ISRC_EQUAL, _ISRC_DIFFERS, _MBID_EQUAL, _MBID_DIFFERS = 3.0, -0.7, 4.0, -0.7
_TRACK_EQUAL, _TRACK_DIFFERS, _YEAR_EQUAL, _YEAR_DIFFERS = 0.3, -1.0, 0.2, -0.3


def further(e: Evidence) -> float:
    """Return what codes, the place on the album and the year add to the log-odds.

    The labelled data holds too few of them to learn from, so these are set by hand: an equal code is strong evidence,
    another one weak (a recording can have several, see sync-spec 1.1); the rest only tips what is nearly even. The
    explicit flag does not count: both are the same recording for a playlist, and preference decides between them.
    """
    added = 0.0
    if e.isrc is not None:
        added += _ISRC_EQUAL if e.isrc else _ISRC_DIFFERS
    if e.mbid is not None:
        added += _MBID_EQUAL if e.mbid else _MBID_DIFFERS
    if e.same_number is not None and _same_album(e):
        added += _TRACK_EQUAL if e.same_number else _TRACK_DIFFERS
    if e.years_apart is not None:
        added += _YEAR_EQUAL if e.years_apart == 0 else _YEAR_DIFFERS
    return added
