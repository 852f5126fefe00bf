"""How often the matcher is right, out of fold, beside simple baselines: `python tests/bench/accuracy.py DATA`.

    --tags       the same for every tag of the pairs and of the searches
    --errors N   the N most confident errors, to be read by eye

DATA is a folder as `labelled.py` says; needs LightGBM, since the forest is grown anew for each fold without the artists
it is then asked about. "Reach" is what a first attempt with boosted trees gave, the least that is wanted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from figures import ACCEPT, Figures, Likely, calibration_error, pairs_figures, search_figures, share
from fit_matching import out_of_fold
from labelled import Labelled, compared, rows
from rapidfuzz.fuzz import WRatio, token_sort_ratio

from musync.domain import Track
from musync.engine.model import Compared

Baseline = Callable[[Track, Track], float]


def weighted_ratios(a: Track, b: Track) -> float:
    """Compare by half the title, three tenths the artists and a fifth the album, as many scripts do."""
    parts = [(0.5, a.title, b.title), (0.3, a.artist, b.artist)]
    if a.album and b.album:
        parts.append((0.2, a.album, b.album))
    total = sum(weight for weight, _, _ in parts)
    return sum(weight * token_sort_ratio(one, other) for weight, one, other in parts) / total / 100


def whole_ratio(a: Track, b: Track) -> float:
    """Compare artist and title as one text."""
    return WRatio(f"{a.artist} {a.title}", f"{b.artist} {b.title}") / 100


BASELINES: dict[str, Baseline] = {"weighted ratios": weighted_ratios, "WRatio": whole_ratio}

REACH: tuple[tuple[str, str, float, float], ...] = (
    ("pairs", "F1", 0.976, 0.985),
    ("pairs", "precision at 0.9", 0.993, 0.997),
    ("pairs", "covered at 0.9", 0.957, 0.965),
    ("pairs", "ECE", 0.011, 0.008),
    ("pairs", "F1, real rows only", 0.958, 0.970),
    ("pairs", "live, remix, acoustic wrongly accepted", 0.002, 0.001),
    ("pairs", "near titles wrongly accepted", 0.019, 0.010),
    ("pairs", "uploads: recall at 8 % wrong", 0.78, 0.90),
    ("pairs", "across scripts: recall", 0.98, 0.99),
    ("search", "F1", 0.984, 0.990),
    ("search", "right one first", 0.992, 0.995),
    ("search", "wrongly accepted where nothing is right", 0.014, 0.008),
    ("search", "the same at 0.9", 0.004, 0.002),
    ("iTunes-Amazon", "F1", 0.962, 0.982),
)
"""What, the least wanted, the aim."""
_LOW_IS_GOOD = ("ECE", "wrongly", "the same")


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--tags", action="store_true")
    parser.add_argument("--errors", type=int, default=0)
    arguments = parser.parse_args()
    report(arguments.data, by_tag=arguments.tags, most_errors=arguments.errors)


def report(folder: Path, *, by_tag: bool = False, most_errors: int = 0) -> None:
    """Grow the forests and print the table."""
    data = Labelled(folder)
    other_rows = rows(folder / "itunes_amazon_structured.jsonl")
    other = compared(other_rows)
    same = np.array([bool(row["same"]) for row in other_rows])
    likely, (of_other,) = out_of_fold(data, other)
    columns = {"musync": _all(data, likely, of_other, same)}
    for name, baseline in BASELINES.items():
        columns[name] = _all(data, _by(baseline, data.compared), _by(baseline, other), same)
    show(columns)
    if by_tag:
        tags(data, likely)
        search_tags(data, likely)
    if most_errors:
        errors(data, likely, most_errors)


def _by(baseline: Baseline, some: Sequence[Compared]) -> Likely:
    return np.array([baseline(a.track, b.track) for a, b, _ in some])


def _all(data: Labelled, likely: Likely, of_other: Likely, same: np.ndarray) -> dict[str, Figures]:
    pairs = pairs_figures(data.pairs, likely[: len(data.pairs)])
    return {
        "pairs": pairs,
        "search": search_figures(data.queries, data.searches(likely)),
        "iTunes-Amazon": {"F1": share(of_other >= pairs["threshold"], same)["F1"]},
    }


def show(columns: dict[str, dict[str, Figures]]) -> None:
    """Print every figure of the table with those of the baselines and what is wanted."""
    head = f"{'what':52s}" + "".join(f"{name:>17s}" for name in columns) + f"{'reach':>9s}{'aim':>9s}"
    lines = [head]
    for group, what, reach, aim in REACH:
        values = [column[group][what] for column in columns.values()]
        low = what.startswith(_LOW_IS_GOOD) or "wrongly" in what
        kept = values[0] <= reach if low else values[0] >= reach
        cells = "".join(f"{value:17.3f}" for value in values)
        lines.append(f"{group + ': ' + what:52s}{cells}{reach:9.3f}{aim:9.3f}{'' if kept else '  SHORT'}")
    thresholds = ", ".join(f"{group} {columns['musync'][group]['threshold']:.3f}" for group in ("pairs", "search"))
    lines.append(f"thresholds of best F1: {thresholds}")
    precise = ", ".join(f"{group} {columns['musync'][group]['precise from']:.3f}" for group in ("pairs", "search"))
    lines.append(f"from these on 99.5 % are right: {precise}")
    sys.stdout.write("\n".join(lines) + "\n")


def tags(data: Labelled, likely: Likely) -> None:
    """Print precision, recall, F1, what is sure and wrong, and the calibration error for every tag of the pairs."""
    likely, same = likely[: len(data.pairs)], data.same[: len(data.pairs)]
    threshold = pairs_figures(data.pairs, likely)["threshold"]
    lines = [
        f"\n{'tag of the pairs':30s}{'n':>6s}{'same':>6s}"
        + "".join(f"{name:>8s}" for name in ("prec", "recall", "F1", "sure", "wrong", "ECE"))
    ]
    for tag in sorted({tag for row in data.pairs for tag in row["tags"]}):
        here = np.array([tag in row["tags"] for row in data.pairs])
        found, sure = share(likely[here] >= threshold, same[here]), likely[here] >= ACCEPT
        cells = "".join(f"{found[name]:8.3f}" for name in ("precision", "recall", "F1"))
        cells += f"{share(sure, same[here])['recall']:8.3f}{(sure & ~same[here]).sum():8d}"
        lines.append(
            f"{tag:30s}{here.sum():6d}{same[here].sum():6d}{cells}{calibration_error(likely[here], same[here]):8.3f}"
        )
    sys.stdout.write("\n".join(lines) + "\n")


def search_tags(data: Labelled, likely: Likely) -> None:
    """Print the figures of the searches for every tag that has answers."""
    found = data.searches(likely)
    names = ("F1", "right one first", "among five", "covered at 0.9", "ECE")
    lines = [f"\n{'tag of the searches':34s}{'n':>6s}" + "".join(f"{name:>17s}" for name in names)]
    for tag in ["", *sorted({tag for row in data.queries for tag in row["tags"]})]:
        here = [place for place, row in enumerate(data.queries) if not tag or tag in row["tags"]]
        if any(data.queries[place]["right"] for place in here):
            figures = search_figures([data.queries[place] for place in here], [found[place] for place in here])
            lines.append(f"{tag or 'all':34s}{len(here):6d}" + "".join(f"{figures[name]:17.3f}" for name in names))
    sys.stdout.write("\n".join(lines) + "\n")


def errors(data: Labelled, likely: Likely, most: int) -> None:
    """Print the pairs that are most confidently wrong."""
    off = np.abs(likely[: len(data.pairs)] - data.same[: len(data.pairs)])
    lines = ["\nmost confident errors"]
    for place in np.argsort(-off)[:most]:
        row = data.pairs[place]
        lines.append(f"{row['id']} p {likely[place]:.3f}, {'same' if row['same'] else 'different'}, {row['origin']}")
        lines += [f"    {side['title']!r} {side['artists']} {side.get('album')!r} {side.get('duration_s')}"
                  for side in (row["a"], row["b"])]  # fmt: skip
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
