"""False discoveries: of the differences called clear, how many are none?

Families of 40 labels between two groups, as in one comparison of the workbench. A case carries
each label by itself, or labels hang together in each case. Beside ours: no correction, and
Bonferroni's.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm

from benchmarks.machine import Table
from workbench.compare.exact import difference_test
from workbench.compare.intervals import adjust, wilson
from workbench.compare.say import CLEAR

LABELS = 40
RUNS = 1_000
SIZES = {"79 v 2157": (79, 2157), "2678 v 2219": (2678, 2219)}
REAL = (0, 10)
"""How many of the labels truly differ."""
TOGETHER = (0.0, 0.5)
"""The correlation of the normal deviates behind a case's labels."""
BASE_SHARES = np.geomspace(0.003, 0.4, LABELS)
MOVED = 0.35
"""Cohen's h of the labels that truly differ."""


def measure(*, quick: bool) -> Iterator[Table]:
    """One row a family: false discoveries and the part of real differences found."""
    runs = 20 if quick else RUNS
    rows: list[dict[str, Any]] = []
    for name, sizes in SIZES.items():
        for real in REAL:
            for together in TOGETHER:
                p = _simulate(sizes, real, together, runs)
                rows += [
                    {
                        "cases": name,
                        "labels": LABELS,
                        "truly different": real,
                        "labels hang together": together,
                        **_judge(way, p, real),
                    }
                    for way in WAYS
                ]
                frame = pd.DataFrame(rows)
                yield Table("compare_discoveries", frame, _settings(runs), kept=not quick)


def _simulate(sizes: tuple[int, int], real: int, together: float, runs: int) -> np.ndarray:
    """P of every label in every run: runs × labels; the ``real`` ones stand first."""
    rng = np.random.default_rng(100 * sizes[0] + 10 * real + int(10 * together))
    # Real differences are spread over rare and common labels.
    order = np.argsort(np.arange(LABELS) % 4 != 0, kind="stable")
    shares = BASE_SHARES[order]
    moved = np.sin(np.arcsin(np.sqrt(shares)) + MOVED / 2) ** 2
    other = np.where(np.arange(LABELS) < real, moved, shares)
    found = np.empty((runs, LABELS))
    for run in range(runs):
        one = _draw(rng, shares, sizes[0], together)
        two = _draw(rng, other, sizes[1], together)
        found[run] = [_test(a, sizes[0], b, sizes[1]) for a, b in zip(one, two, strict=True)]
    return found


def _draw(rng: np.random.Generator, shares: np.ndarray, size: int, together: float) -> list[int]:
    if not together:
        return [int(n) for n in rng.binomial(size, shares)]
    common = rng.standard_normal((size, 1)) * np.sqrt(together)
    own = rng.standard_normal((size, LABELS)) * np.sqrt(1 - together)
    return [int(n) for n in (common + own < norm.ppf(shares)).sum(axis=0)]


@cache
def _test(n_1: int, base_1: int, n_2: int, base_2: int) -> float:
    return difference_test(n_1, base_1, n_2, base_2)[0]


WAYS = {
    "Benjamini-Hochberg (ours)": lambda p: np.array([adjust(row) for row in p]),
    "no correction": lambda p: p,
    "Bonferroni": lambda p: np.minimum(p * LABELS, 1),
}


def _judge(way: str, p: np.ndarray, real: int) -> dict[str, Any]:
    clear = WAYS[way](p) < CLEAR
    false, called = clear[:, real:].sum(axis=1), clear.sum(axis=1)
    rate = np.where(called > 0, false / np.maximum(called, 1), 0.0)
    any_false = int((false > 0).sum())
    low, high = wilson(any_false, len(p))
    arm = 1.96 * rate.std(ddof=1) / np.sqrt(len(p))
    return {
        "way": way,
        "false discovery rate": float(rate.mean()),
        "low": max(float(rate.mean() - arm), 0.0),
        "high": float(rate.mean() + arm),
        "runs with a false one": any_false / len(p),
        "their low": float(low),
        "their high": float(high),
        "real ones found": float(clear[:, :real].mean()) if real else float("nan"),
    }


def _settings(runs: int) -> dict[str, str]:
    return {
        "runs": str(runs),
        "set rate": f"{CLEAR:.0%} of those called clear, on the mean",
        "shares": f"{LABELS} labels from {BASE_SHARES[0]:.1%} to {BASE_SHARES[-1]:.0%}; real "
        f"differences of Cohen's h {MOVED}",
        "test": "chi-squared, or Boschloo's (Fisher's for the large pair) where counts are small",
    }
