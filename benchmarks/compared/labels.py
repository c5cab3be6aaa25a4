"""Shares of all labels given, where a case may give several: do their intervals cover?

Ours treats labels as so many fewer as those of one case hang together (design effect), beside a
bootstrap that draws cases anew, and intervals that take every label for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from benchmarks.machine import Table
from workbench.compare.intervals import newcombe, wilson
from workbench.compare.schemes import weigh_labels

SIZES = (79, 2157)
SHARES = (0.005, 0.05, 0.4)
RUNS, DRAWS = 1_000, 400
ASKED = (0.94, 0.97)
OWN, OTHER = "own", "other"
WAYS = ("design effect (ours)", "bootstrap of cases", "every label for itself")

# A case with the label gives this many others on the mean; one without, one more than the second.
BESIDE, WITHOUT = 0.8, 0.5


def measure(*, quick: bool) -> Iterator[Table]:
    """One row a share and way: how often the share of 79 cases, and the difference, is covered."""
    runs = 20 if quick else RUNS
    rows: list[dict[str, Any]] = []
    for number, share in enumerate(SHARES):
        rng = np.random.default_rng(number)
        chance = float(brentq(lambda p, share=share: _share(p) - share, 1e-6, 1 - 1e-6))
        found = np.array([_cover(rng, chance, share) for _ in range(runs)])
        for way, covered in zip(WAYS, found.mean(axis=0), strict=True):
            rows.append(
                {
                    "share of labels": f"{share:.1%}",
                    "way": way,
                    "79 cases": covered[0],
                    "79 v 2157, difference": covered[1],
                    "within": bool(((covered >= ASKED[0]) & (covered <= ASKED[1])).all()),
                }
            )
        settings = {
            "runs": f"{runs} a share; both groups have the same true share",
            "bootstrap": f"percentiles of {DRAWS} draws of cases, with replacement",
            "a case": f"with the label gives Poisson({BESIDE}) others, without it 1 + "
            f"Poisson({WITHOUT})",
        }
        yield Table("compare_labels", pd.DataFrame(rows), settings, kept=not quick)


def _share(chance: float) -> float:
    """The share of all labels that the label has if a case carries it with ``chance``."""
    return chance / (chance + chance * BESIDE + (1 - chance) * (1 + WITHOUT))


def _cover(rng: np.random.Generator, chance: float, truth: float) -> np.ndarray:
    """Ways × (share of the small group, difference): whether the interval holds the truth."""
    cases = [_draw(rng, size, chance) for size in SIZES]
    counts = [(own.sum(), own.sum() + other.sum()) for own, other in cases]
    plain = [(*pair, 1.0) for pair in counts]
    effects = _designs(cases)
    weighed = [(*pair, design) for pair, design in zip(counts, effects, strict=True)]
    return np.array([_closed(weighed, truth), _bootstrap(rng, cases, truth), _closed(plain, truth)])


def _draw(rng: np.random.Generator, size: int, chance: float) -> tuple[np.ndarray, np.ndarray]:
    own = rng.random(size) < chance
    other = np.where(own, rng.poisson(BESIDE, size), 1 + rng.poisson(WITHOUT, size))
    return own.astype(int), other


def _designs(cases: list[tuple[np.ndarray, np.ndarray]]) -> list[float]:
    parts = []
    for group, (own, other) in zip("AB", cases, strict=True):
        number = np.arange(len(own))
        names = np.char.add(group, number.astype(str))
        for block, times in ((OWN, own), (OTHER, other)):
            parts.append(
                pd.DataFrame({"case_id": np.repeat(names, times), "block": block, "group": group})
            )
    found = weigh_labels(pd.concat(parts, ignore_index=True), ["A", "B"], [OWN])
    return [float(value) for value in found.set_index("group").loc[["A", "B"], "design"]]


def _closed(groups: list[tuple[float, float, float]], truth: float) -> tuple[bool, bool]:
    """Wilson's and Newcombe's intervals on labels divided by their design effects."""
    sizes = [every / design for _, every, design in groups]
    counts = [own / every * size for (own, every, _), size in zip(groups, sizes, strict=True)]
    low, high = wilson(counts[0], sizes[0])
    below, above = newcombe(counts[0], sizes[0], counts[1], sizes[1])
    return bool(low <= truth <= high), bool(below <= 0 <= above)


def _bootstrap(
    rng: np.random.Generator, cases: list[tuple[np.ndarray, np.ndarray]], truth: float
) -> tuple[bool, bool]:
    drawn = []
    for own, other in cases:
        pattern, times = np.unique(np.column_stack([own, other]), axis=0, return_counts=True)
        weights = rng.multinomial(len(own), times / len(own), size=DRAWS)
        sums = weights @ pattern
        drawn.append(sums[:, 0] / np.maximum(sums.sum(axis=1), 1))
    low, high = np.quantile(drawn[0], (0.025, 0.975))
    below, above = np.quantile(drawn[0] - drawn[1], (0.025, 0.975))
    return bool(low <= truth <= high), bool(below <= 0 <= above)
