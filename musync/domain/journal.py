"""The journal: how far each step of a plan has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from musync.domain.diff import Step

StepState = Literal["todo", "intent", "acked", "done"]
"""Not begun; about to be sent; the service answered; seen in a read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecord:
    """A step and what became of it; `attempts` counts how often it was about to be sent, `error` is the last one's."""

    step: Step
    state: StepState = "todo"
    attempts: int = 0
    error: str = ""
