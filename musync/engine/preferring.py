"""What a preference says of a candidate: what speaks against taking it unasked, and how well it fits."""

from __future__ import annotations

from rapidfuzz.fuzz import ratio

from musync.domain.match import Reason
from musync.domain.preference import Preference
from musync.domain.track import Track
from musync.engine.evidence import Evidence, compare
from musync.engine.lexicon import Kind
from musync.engine.likeness import other_numbers_in
from musync.engine.profile import Profile, profile
from musync.engine.reasons import clip

_SAME_NAME = 85
"""Albums whose names are at least so much alike, of 100, are one; a slip of the pen, not another volume."""


def objection(wanted: Profile, found: Profile, evidence: Evidence, preference: Preference) -> str:
    """Return why a candidate is not to be taken unasked, in words; nothing when it may be."""
    if preference.usual or evidence.same_file:
        return ""
    said = (
        _release(wanted, found, evidence) if preference.prefer == "exact" else "",
        too_explicit(found, preference),
        _stage(wanted, found, evidence, preference),
    )
    return "; ".join(filter(None, said))


def objection_to(wanted: Track, found: Track, preference: Preference) -> str:
    """Return the same of two tracks that an earlier run linked."""
    if preference.usual:
        return ""
    one, other = profile(wanted), profile(found)
    return objection(one, other, compare(one, other), preference)


def remark(wanted: Profile, found: Profile, evidence: Evidence, preference: Preference) -> Reason | None:
    """Return the part of a candidate's reasons that a preference adds, None where it has nothing to say."""
    if preference.usual:
        return None
    if why := objection(wanted, found, evidence, preference):
        return Reason(part="preference", value=0.0, text=why)
    said = []
    if preference.prefer == "exact" and _same_album(wanted, found):
        said.append("the same release")
    if preference.explicit != "any" and rating(found) == preference.explicit:
        said.append(f"{preference.explicit}, as asked for")
    if preference.live == "live" and is_live(found, evidence.title.loose_b):
        said.append("live, as asked for")
    return Reason(part="preference", value=1.0, text="; ".join(said)) if said else None


def fits_stage(found: Profile, evidence: Evidence, preference: Preference) -> bool:
    """Tell whether a candidate is live or not, as asked for."""
    if preference.live == "any":
        return True
    return is_live(found, evidence.title.loose_b) == (preference.live == "live")


def fits_rating(found: Profile, preference: Preference) -> int:
    """Return how well a candidate's words fit: 2 as asked for, 1 where nothing is said, 0 the opposite."""
    said = rating(found)
    if preference.explicit == "any" or not said:
        return 1
    return 2 if said == preference.explicit else 0


def rating(made: Profile) -> str:
    """Return "explicit" or "clean" as a track says of itself, nothing where it does not."""
    if Kind.EXPLICIT in made.kinds or Kind.CLEAN in made.kinds:
        return "explicit" if Kind.EXPLICIT in made.kinds else "clean"
    if made.track.explicit is None:
        return "clean" if Kind.EDIT in made.kinds and any("radio" in remark for remark in made.remarks) else ""
    return "explicit" if made.track.explicit else "clean"


def is_live(made: Profile, loose: frozenset[Kind]) -> bool:
    """Tell whether a track is said to be live, by its title (`loose` words of it too) or by its album."""
    return Kind.LIVE in made.kinds or Kind.LIVE in loose or Kind.LIVE in made.album.kinds


def too_explicit(found: Profile, preference: Preference) -> str:
    """Return the objection to a candidate that is known to be explicit where a clean one is asked for."""
    known = preference.explicit == "clean" and rating(found) == "explicit"
    return "explicit, a clean one is asked for" if known else ""


def _release(wanted: Profile, found: Profile, evidence: Evidence) -> str:
    if evidence.isrc or evidence.mbid or not wanted.album.text or _same_album(wanted, found):
        return ""
    if not found.album.text:
        return "release not known: it names no album"
    return f"another release: {clip(found.track.album)}"


def _same_album(wanted: Profile, found: Profile) -> bool:
    """Tell whether both name one album; its edition does not matter, another volume or a live album does."""
    one, other = wanted.album, found.album
    if not one.text or not other.text or one.kinds != other.kinds:
        return False
    return one.text == other.text or (
        ratio(one.text, other.text) >= _SAME_NAME and not other_numbers_in(one.text, other.text)
    )


def _stage(wanted: Profile, found: Profile, evidence: Evidence, preference: Preference) -> str:
    if fits_stage(found, evidence, preference):
        return ""
    if preference.prefer != "best" and (preference.live == "live" or is_live(wanted, evidence.title.loose_a)):
        return ""
    told, asked = ("live", "a studio") if preference.live == "studio" else ("not live", "a live")
    return f"{told}, {asked} recording is asked for"
