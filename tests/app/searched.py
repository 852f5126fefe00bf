"""Two services of which the second can only be searched, in a home of its own and on a clock of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from musync.app.review import Review
from musync.app.searching import Findings
from musync.domain import Outcome, Policy, Track, TrackId
from musync.services.api import FindsIsrc, SearchesFields, Traits
from musync.services.memory import SEARCHED_ROLES, STREAMING, memory_service
from tests.app.conftest import TwoServices, VirtualControl, own

TRAITS = Traits(occurrence_ids=True, page=50, add_batch=100, replace_limit=500, revision="faithful", requests_at_once=4)
ONE_BY_ONE = replace(TRAITS, requests_at_once=1)
BY_WORDS = tuple(role for role in SEARCHED_ROLES if role not in (FindsIsrc, SearchesFields))
ASKING = ("search", "search_fields", "find_isrc")


class Searched(TwoServices):
    """`there` can be searched and lists nothing; time is virtual."""

    control: VirtualControl

    def __init__(
        self, home: Path, catalogue: Sequence[Track], traits: Traits = TRAITS, roles: Sequence[type] = BY_WORDS
    ) -> None:
        super().__init__(home, catalogue, memory_service(traits, roles))
        self.control = VirtualControl()
        self.there = self.world("there")
        self.there.habits = STREAMING

    def wish(self, *tracks: Track) -> None:
        """Let the source's list hold exactly these tracks; the target's holds nothing, and the log is empty."""
        self.world("here").add_tracks(*(own("here", track) for track in tracks))
        self.fill("here", "Road", tracks)
        self.fill("there", "Road", ())

    def ask(self, review: Review, *, anew: Sequence[TrackId] = ()) -> Findings:
        """Search for what is open; gives everything at once."""
        pieces: list[Findings] = []
        last = self.musync.comparing.search(review, self.control, pieces.append, anew=anew)
        matches = {track: match for piece in pieces for track, match in piece.matches.items()}
        return replace(last, matches=matches, requests=sum(piece.requests for piece in pieces))

    def outcomes(self, policy: Policy | None = None) -> dict[str, Outcome]:
        """What a comparison with its search says of each wanted track, by its id in the shared catalogue."""
        review = self.compare(policy)
        matches = {**review.matches, **self.ask(review).matches}
        return {track.removeprefix("here-"): match.outcome for track, match in matches.items()}

    @property
    def asked(self) -> list[str]:
        """What the service was searched for so far."""
        found = (request for request in self.there.requests if request.operation in ASKING)
        return [" | ".join(str(value) for key, value in one.arguments.items() if key != "limit") for one in found]


def song(title: str, artist: str = "Kit Marsh", id: str = "", **fields: object) -> Track:
    name = id or title.replace(" ", "")
    return Track(id=TrackId(name), title=title, artists=(artist,), duration_ms=200_000, **fields)  # type: ignore[arg-type]


Make = Callable[..., Searched]
