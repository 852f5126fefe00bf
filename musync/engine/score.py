"""How likely two tracks are the same recording, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from musync.domain.match import Candidate
from musync.domain.track import Track
from musync.engine.evidence import Evidence, compare
from musync.engine.model import probabilities
from musync.engine.profile import Profile, profile
from musync.engine.reasons import reasons


class Verdict(NamedTuple):
    """A probability with the evidence it comes from."""

    probability: float
    evidence: Evidence


def judge(wanted: Profile, found: Profile) -> Verdict:
    """Weigh two prepared tracks."""
    return judge_all([(wanted, found)])[0]


def judge_all(pairs: Sequence[tuple[Profile, Profile]]) -> list[Verdict]:
    """Weigh many pairs of prepared tracks at once, which is much faster than one by one."""
    compared = [(one, other, compare(one, other)) for one, other in pairs]
    return [Verdict(p, found[2]) for p, found in zip(probabilities(compared), compared, strict=True)]


def explain(wanted: Profile, found: Profile, verdict: Verdict) -> Candidate:
    """Turn a verdict into a candidate with its reasons."""
    return Candidate(
        track=found.track,
        probability=verdict.probability,
        reasons=reasons(wanted, found, verdict.evidence),
    )


def score(wanted: Track, candidate: Track) -> Candidate:
    """Compare two tracks: the probability that both are the same recording, with its reasons."""
    one, other = profile(wanted), profile(candidate)
    return explain(one, other, judge(one, other))
