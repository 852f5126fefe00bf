"""Answering what a run left to choose, one track after the other; each answer is stored at once."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field

from musync.app.documents import Document, track_document
from musync.app.exits import DONE, WAITS
from musync.app.past import side_again
from musync.app.session import ConfirmState, SyncSession
from musync.app.sides import Side
from musync.cli import asking
from musync.cli.asking import ask, nobody_to_ask
from musync.cli.face import Face
from musync.cli.rows import name
from musync.cli.table import Column
from musync.cli.words import counted, length, number, percent
from musync.domain import Control, Match, Mode, Policy, Run, SideLabel, Track, TrackId
from musync.domain.errors import UsageError

HELP = "a number: this one · s: not this time · n: never · x N: N is wrong · / words: search · q: stop"


def review_run(face: Face, id: int) -> int:
    """Compare the run's two sides anew and ask about what is to choose."""
    run, _ = face.musync.history.show(id)
    session = face.musync.session()
    face.job(lambda control: _compare(face, session, run, control))
    queue = _Asking(face, session)
    if queue.left and not asking.has_terminal():
        raise nobody_to_ask(f"{counted(len(queue.left), 'track')} to choose: run it in a terminal.")
    queue.go()
    left = len(queue.left)
    if face.output.json:
        face.output.document({"run": run.id, "answers": queue.answers, "open": left})
    else:
        _tell(face, session, run, queue)
    return WAITS if left else DONE


def _compare(face: Face, session: SyncSession, run: Run, control: Control) -> None:
    musync = face.musync

    def again(label: SideLabel) -> Side:
        return side_again(label, musync.accounts, musync.shelf, musync.connections, control)

    preference = musync.history.preference(run)
    policy = Policy(mode=run.mode, accept=musync.settings.read().accept, preference=preference)
    session.pick(source=again(run.source), target=again(run.target), policy=policy)
    session.compare(control)
    session.ask_all(control)
    session.to_confirm()


def _tell(face: Face, session: SyncSession, run: Run, queue: _Asking) -> None:
    output = face.output
    if not queue.answers and not queue.left:
        output.note("Nothing is left to choose.")
        return
    stored = sum(answer["verdict"] != "skipped" for answer in queue.answers)
    output.line(f"{counted(stored, 'answer')} stored; {number(len(queue.left))} still open.")
    if stored:
        state = session.state
        assert isinstance(state, ConfirmState)
        sides = [_address(face, side) for side in (state.review.source, state.review.target)]
        options = {"mode": run.mode.value} if run.mode is not Mode.ADD else {}
        options |= state.review.policy.preference.options
        said = "".join(f" --{name} {word}" for name, word in options.items())
        create = " --create" if state.review.created else ""
        output.note(f"To write them: musync sync {' '.join(map(shlex.quote, sides))}{said}{create}")


def _address(face: Face, side: Side) -> str:
    stored = any(account.name == side.account.name for account in face.musync.accounts.of_service(side.account.service))
    playlist = side.playlist.id if side.playlist is not None else side.title
    return f"{side.account.service}@{side.account.name}:{playlist}" if stored else side.account.ext_id


@dataclass
class _Asking:
    """The questions, and what was answered so far."""

    face: Face
    session: SyncSession
    answers: list[Document] = field(default_factory=list)
    _passed: set[TrackId] = field(default_factory=set)

    @property
    def left(self) -> list[Match]:
        """What is open and was not passed over."""
        state = self.session.state
        assert isinstance(state, ConfirmState)
        open_now = [one.match for one in state.questions if one.group in ("choose", "look") and one.verdict is None]
        return [match for match in open_now if match.wanted.id not in self._passed]

    def go(self) -> None:
        """Ask until nothing is left or the user stops."""
        if self.left:
            self.face.output.alert(HELP)
        while left := self.left:
            if not self._settle(left[0], len(left)):
                return

    def _settle(self, match: Match, left: int) -> bool:
        """Ask about one track until something is answered; False when the user stops.

        Where one counterpart was called wrong, what remains is the next question.
        """
        options = [candidate.track for candidate in match.candidates]
        self._show(match)
        while True:
            words = ask(f"[{left:,}] >")
            if words.casefold() == "q":
                return False
            if words.startswith("/"):
                options = self._search(words[1:].strip(), options)
                continue
            try:
                self._answer(match, words.casefold(), options)
            except UsageError as error:
                self.face.output.alert(f"{error.message} {HELP}")
                continue
            return True

    def _show(self, match: Match) -> None:
        output = self.face.output
        output.alert()
        output.alert(f"{name(match.wanted)}{_details(match.wanted)}")
        for reason in match.reasons:
            output.alert(f"  {reason.text}")
        rows = []
        for place, candidate in enumerate(match.candidates, 1):
            why = "; ".join(f"{reason.part}: {reason.text}" for reason in candidate.reasons)
            told = f"{name(candidate.track)}{_details(candidate.track)}"
            rows.append((f"{place:>3}", percent(candidate.probability), told, why))
        columns = (Column("", fixed=True), Column("", "right", fixed=True), Column(""), Column(""))
        output.table(columns, rows, aside=True)

    def _search(self, words: str, options: list[Track]) -> list[Track]:
        """Put what a search finds behind the options that are there."""
        if not words:
            self.face.output.alert("Write what to search for behind the /.")
            return options
        found = self.face.job(lambda control: self.session.search(words, control, 10))
        known = {track.id for track in options}
        fresh = [track for track in found if track.id not in known]
        rows = [(f"{place:>3}", name(track), _details(track)) for place, track in enumerate(fresh, len(options) + 1)]
        self.face.output.table((Column("", fixed=True), Column(""), Column("")), rows, aside=True)
        if not fresh:
            self.face.output.alert("Nothing more is found by these words.")
        return [*options, *fresh]

    def _answer(self, match: Match, words: str, options: Sequence[Track]) -> None:
        """Store an answer; raises UsageError when it is none."""
        wanted = match.wanted.id
        if words == "s":
            self.session.skip(wanted)
            self._passed.add(wanted)
            self._note(match, "skipped", None)
        elif words == "n":
            self.session.never(wanted)
            self._note(match, "never", None)
        elif words.startswith("x"):
            wrong = _chosen(words[1:].strip(), options)
            if wrong.id not in {candidate.track.id for candidate in match.candidates}:
                raise UsageError("Only a proposed counterpart can be called wrong.")
            self.session.reject(wanted, wrong.id)
            self._note(match, "not_this", wrong)
        else:
            chosen = _chosen(words, options)
            if chosen.id in {candidate.track.id for candidate in match.candidates}:
                self.session.accept(wanted, chosen.id)
            else:
                self.session.choose(wanted, chosen)
            self._note(match, "accepted", chosen)

    def _note(self, match: Match, verdict: str, other: Track | None) -> None:
        track, counterpart = track_document(match.wanted), track_document(other)
        self.answers.append({"track": track, "verdict": verdict, "counterpart": counterpart})


def _chosen(text: str, options: Sequence[Track]) -> Track:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= len(options):
        raise UsageError(f"“{text}” is none of the numbers." if text else "Type an answer.")
    return options[int(text) - 1]


def _details(track: Track) -> str:
    parts = [part for part in (track.album, length(track.duration_ms)) if part]
    return f" ({', '.join(parts)})" if parts else ""
