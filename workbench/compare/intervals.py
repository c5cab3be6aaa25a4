"""Intervals and effect sizes for shares, on arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

LEVEL = 0.95
"""The level of every interval, unless a caller asks for another."""


def wilson(n: ArrayLike, base: ArrayLike, *, level: float = LEVEL) -> tuple[Floats, Floats]:
    """Wilson's score interval for shares ``n / base``: (low, high), each in [0, 1].

    Where ``base`` is 0 nothing is known, and the interval is missing (NaN). Source: Wilson
    (1927), JASA 22, as in statsmodels.
    """
    from statsmodels.stats.proportion import proportion_confint

    counts, bases = _floats(n), _floats(base)
    safe = np.where(bases > 0, bases, np.nan)
    low, high = proportion_confint(counts, safe, alpha=1 - level, method="wilson")
    return np.clip(low, 0, 1), np.clip(high, 0, 1)


def newcombe(
    n_1: ArrayLike, base_1: ArrayLike, n_2: ArrayLike, base_2: ArrayLike, *, level: float = LEVEL
) -> tuple[Floats, Floats]:
    """Newcombe's hybrid score interval for the difference of shares 1 - 2: each in [-1, 1].

    Source: Newcombe (1998), Statistics in Medicine 17, method 10: built from the two Wilson
    intervals. Missing where either base is 0.
    """
    low_1, high_1 = wilson(n_1, base_1, level=level)
    low_2, high_2 = wilson(n_2, base_2, level=level)
    share_1, share_2 = share(n_1, base_1), share(n_2, base_2)
    difference = share_1 - share_2
    below = np.sqrt((share_1 - low_1) ** 2 + (high_2 - share_2) ** 2)
    above = np.sqrt((high_1 - share_1) ** 2 + (share_2 - low_2) ** 2)
    return difference - below, difference + above


def share(n: ArrayLike, base: ArrayLike) -> Floats:
    """``n / base``, missing (NaN) where the base is 0."""
    counts, bases = _floats(n), _floats(base)
    out: Floats = np.full(np.broadcast(counts, bases).shape, np.nan)
    np.divide(counts, bases, out=out, where=bases > 0)
    return out


def cohens_h(share_1: ArrayLike, share_2: ArrayLike) -> Floats:
    """Cohen's h between two shares, in [-pi, pi]; positive where the first is larger.

    About 0.2 is called small, 0.5 medium, 0.8 large. Source: Cohen (1988), chapter 6.
    """
    first, second = _floats(share_1), _floats(share_2)
    h: Floats = 2 * np.arcsin(np.sqrt(first)) - 2 * np.arcsin(np.sqrt(second))
    return h


def difference_test(n_1: int, base_1: int, n_2: int, base_2: int) -> float:
    """Two-sided p that two shares are one: Fisher's exact test where counts are small.

    "Small" is an expected count under 5 in any of the four cells; otherwise Pearson's chi-squared
    without correction. 1.0 where all or none carry the label, missing where a base is 0.
    """
    from scipy.stats import chi2_contingency, fisher_exact

    if base_1 == 0 or base_2 == 0:
        return float("nan")
    carrying = n_1 + n_2
    if carrying in (0, base_1 + base_2):
        return 1.0
    table = np.array([[n_1, base_1 - n_1], [n_2, base_2 - n_2]])
    smallest = table.sum(axis=0).min() * table.sum(axis=1).min() / table.sum()
    if smallest < 5:
        return float(fisher_exact(table).pvalue)
    return float(chi2_contingency(table, correction=False).pvalue)


def adjust(p: ArrayLike) -> Floats:
    """P values after Benjamini and Hochberg's correction; missing ones stay missing.

    Source: Benjamini and Hochberg (1995), JRSS B 57.
    """
    from scipy.stats import false_discovery_control

    values = _floats(p)
    adjusted = np.full(values.shape, np.nan)
    known = ~np.isnan(values)
    if known.any():
        adjusted[known] = false_discovery_control(values[known], method="bh")
    return adjusted


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)
