"""Signing in is steps, not windows: any face leads a flow to its end with its own means."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from musync.domain.errors import UsageError
from musync.services.api import Form, GaveUp, OpenUrl, SignedIn, SignInFlow, SignInStep

Ask = Callable[[Form], Mapping[str, str]]
"""A face's way to have a form filled in."""

Browse = Callable[[OpenUrl], None]
"""A face's way to show an address."""


def drive(flow: SignInFlow, ask: Ask, browse: Browse) -> SignedIn:
    """Lead a sign-in to its end with a face's means.

    Raises:
        UsageError: it was given up; the text says why.
    """
    step: SignInStep = flow.begin()
    while True:
        match step:
            case SignedIn():
                return step
            case GaveUp():
                raise UsageError(step.text, unchanged="No account was added.", code=step.code)
            case Form():
                step = flow.answer(ask(step))
            case OpenUrl():
                browse(step)
                step = flow.answer({})
