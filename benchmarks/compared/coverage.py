"""Do intervals cover the truth? Two groups as uneven as primary and secondary settings.

Every setting is simulated 1,000 times, and worked out exactly beside it, over all possible tables:
the simulation is what was asked for, the exact figure what it varies about. Beside ours: the
textbook interval (Wald), Jeffreys', Clopper and Pearson's, Agresti and Caffo's, and for the ratio
the one on the logarithm (Katz).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import binom
from statsmodels.stats.proportion import proportion_confint

from benchmarks.machine import Table
from workbench.compare.intervals import newcombe, ratio_interval, wilson

SIZES = (79, 2157)
SHARES = (0.005, 0.05, 0.4)
RUNS = 1_000
ASKED = (0.94, 0.97)

Floats = np.ndarray
Limits = tuple[Floats, Floats]
Method = Callable[[Floats, int, Floats, int], Limits]


@dataclass(frozen=True)
class Interval:
    """What is estimated, of which shares, and the way to its limits."""

    quantity: str
    name: str
    ours: bool
    limits: Method
    truth: Callable[[float, float], float]


def _wald_difference(x: Floats, n: int, y: Floats, m: int) -> Limits:
    one, other = x / n, y / m
    arm = 1.96 * np.sqrt(one * (1 - one) / n + other * (1 - other) / m)
    return one - other - arm, one - other + arm


def _agresti_caffo(x: Floats, n: int, y: Floats, m: int) -> Limits:
    return _wald_difference(x + 1, n + 2, y + 1, m + 2)


def _katz(x: Floats, n: int, y: Floats, m: int) -> Limits:
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.log((x / n) / (y / m))
        arm = 1.96 * np.sqrt(1 / x - 1 / n + 1 / y - 1 / m)
        return np.exp(centre - arm), np.exp(centre + arm)


INTERVALS = (
    Interval("share", "Wilson", True, lambda x, n, y, m: wilson(x, n), lambda p, q: p),
    Interval("share", "Wald", False, lambda x, n, y, m: _plain(x, n, "normal"), lambda p, q: p),
    Interval("share", "Jeffreys", False, lambda x, n, y, m: _jeffreys(x, n), lambda p, q: p),
    Interval("share", "Clopper", False, lambda x, n, y, m: _plain(x, n, "beta"), lambda p, q: p),
    Interval("difference", "Newcombe", True, newcombe, lambda p, q: p - q),
    Interval("difference", "Wald", False, _wald_difference, lambda p, q: p - q),
    Interval("difference", "Agresti-Caffo", False, _agresti_caffo, lambda p, q: p - q),
    Interval("ratio", "score", True, ratio_interval, lambda p, q: p / q),
    Interval("ratio", "Katz", False, _katz, lambda p, q: p / q),
)


def _plain(x: Floats, n: int, method: str) -> Limits:
    low, high = proportion_confint(x, n, method=method)
    return np.asarray(low), np.asarray(high)


def _jeffreys(x: Floats, n: int) -> Limits:
    """With the limits at 0 and 1 that Brown, Cai and DasGupta (2001) advise."""
    low, high = _plain(x, n, "jeffreys")
    return np.where(x == 0, 0.0, low), np.where(x == n, 1.0, high)


def measure(*, quick: bool) -> Iterator[Table]:
    """One row an interval and setting: how often it covers, by simulation and exactly."""
    runs = 50 if quick else RUNS
    rows: list[dict[str, Any]] = []
    for number, (one, other) in enumerate(product(SHARES, SHARES)):
        rng = np.random.default_rng(number)
        drawn = [rng.binomial(n, p, runs) for n, p in zip(SIZES, (one, other), strict=True)]
        for interval in INTERVALS:
            if interval.quantity != "share":
                rows.append(_row(interval, (one, other), drawn, SIZES))
            elif one == other:
                for size, counts in zip(SIZES, drawn, strict=True):
                    rows.append(_row(interval, (one, one), [counts, counts], (size, size)))
        frame = pd.DataFrame(rows).sort_values(["quantity", "ours"], ascending=[False, False])
        yield Table("compare_coverage", frame.reset_index(drop=True), _settings(runs), not quick)


def _row(
    interval: Interval, shares: tuple[float, float], drawn: list[Floats], sizes: tuple[int, int]
) -> dict[str, Any]:
    alone = interval.quantity == "share"
    truth = interval.truth(*shares)
    covered = _covers(interval, drawn[0], sizes[0], drawn[1], sizes[1], truth)
    simulated = float(np.nanmean(covered))
    exact = _exact(interval, shares, sizes, truth)
    low, high = (float(end) for end in wilson(np.nansum(covered), np.sum(~np.isnan(covered))))
    return {
        "quantity": interval.quantity,
        "interval": interval.name,
        "ours": interval.ours,
        "cases": str(sizes[0]) if alone else _pair(sizes),
        "shares": f"{shares[0]:.1%}" if alone else _pair([f"{share:.1%}" for share in shares]),
        "simulated": simulated,
        "low": low,
        "high": high,
        "exact": exact,
        "within": ASKED[0] <= simulated <= ASKED[1],
        "exact within": ASKED[0] <= exact <= ASKED[1],
    }


def _pair(values: Sequence[object]) -> str:
    return " v ".join(map(str, values))


def _exact(
    interval: Interval, shares: tuple[float, float], sizes: tuple[int, int], truth: float
) -> float:
    """The chance of covering, over all tables for which the interval is defined."""
    alone = interval.quantity == "share"
    x = np.arange(sizes[0] + 1)
    y = x if alone else np.arange(sizes[1] + 1)
    weight = binom.pmf(x, sizes[0], shares[0])
    if not alone:
        weight = np.outer(weight, binom.pmf(y, sizes[1], shares[1])).ravel()
        x, y = np.repeat(x, len(y)), np.tile(y, len(x))
    covered = _covers(interval, x, sizes[0], y, sizes[1], truth)
    known = ~np.isnan(covered)
    return float((weight[known] * covered[known]).sum() / weight[known].sum())


def _covers(interval: Interval, x: Floats, n: int, y: Floats, m: int, truth: float) -> Floats:
    """1 where the interval holds the truth, 0 where not, missing where it is not defined."""
    low, high = interval.limits(x.astype(float), n, y.astype(float), m)
    inside = (low - 1e-12 <= truth) & (truth <= high + 1e-12)
    return np.where(np.isnan(low) | np.isnan(high), np.nan, inside)


def _settings(runs: int) -> dict[str, str]:
    return {
        "runs": f"{runs} for each setting; low and high are Wilson's limits of the simulated part",
        "exact": "the chance of covering over every possible table, without simulation",
        "within": f"simulated part from {ASKED[0]:.0%} to {ASKED[1]:.0%}",
        "left out": "tables for which an interval is not defined (no case in either group; for "
        "Katz, in one of them)",
    }
