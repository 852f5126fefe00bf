"""How likely two tracks are the same recording, and why."""

from __future__ import annotations

from typing import NamedTuple

from musync.domain.match import Candidate
from musync.domain.track import Track
from musync.engine.evidence import Evidence, compare
from musync.engine.model import probability
from musync.engine.profile import Profile, profile
from musync.engine.reasons import reasons
from musync.engine.signals import signals


class Verdict(NamedTuple):
    """A probability with the evidence it comes from."""

    probability: float
    evidence: Evidence


def judge(wanted: Profile, found: Profile) -> Verdict:
    """Weigh two prepared tracks; what lists of candidates are scored with."""
    evidence = compare(wanted, found)
    return Verdict(1.0 if evidence.same_file else probability(signals(evidence)), evidence)


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
