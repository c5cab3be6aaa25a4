"""Intervals and effect sizes for shares, on arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

LEVEL = 0.95
"""The level of every interval, unless a caller asks for another."""

POWER = 0.8
"""How surely a sample should have shown the smallest effect that it is said to show."""


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


def ratio_interval(
    n_1: ArrayLike, base_1: ArrayLike, n_2: ArrayLike, base_2: ArrayLike, *, level: float = LEVEL
) -> tuple[Floats, Floats]:
    """Score interval for the ratio of shares 1 / 2: each in [0, infinity).

    The limits are the ratios that a score test just does not reject, so they hold in small
    counts too. ``high`` is infinite where the second count is 0. Missing where a base is 0 or
    both counts are. Source: Koopman (1984), Biometrics 40.
    """
    from scipy.stats import norm

    arrays = np.broadcast_arrays(*map(_floats, (n_1, base_1, n_2, base_2)))
    first, size_1, second, size_2 = (np.array(array, dtype=np.float64) for array in arrays)
    known = (size_1 > 0) & (size_2 > 0) & (first + second > 0)
    size_1, size_2 = np.where(known, size_1, 1.0), np.where(known, size_2, 1.0)
    counts = (np.where(known, first, 1.0), size_1, np.where(known, second, 1.0), size_2)
    reach = float(norm.ppf((1 + level) / 2))
    centre = np.log(np.maximum(counts[0], 0.5) / size_1 * size_2 / np.maximum(counts[2], 0.5))
    low, high = (np.exp(_bisect(counts, centre, centre + side * 25, reach)) for side in (-1, 1))
    low, high = np.where(counts[0] > 0, low, 0.0), np.where(counts[2] > 0, high, np.inf)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def _bisect(
    counts: tuple[Floats, Floats, Floats, Floats], inner: Floats, outer: Floats, reach: float
) -> Floats:
    """The log ratio between ``inner`` (kept) and ``outer`` (rejected) where the test turns."""
    for _ in range(60):
        middle = (inner + outer) / 2
        kept = _ratio_score(*counts, np.exp(middle)) <= reach
        inner, outer = np.where(kept, middle, inner), np.where(kept, outer, middle)
    return (inner + outer) / 2


def _ratio_score(n_1: Floats, base_1: Floats, n_2: Floats, base_2: Floats, ratio: Floats) -> Floats:
    """How many standard errors the shares lie from ``ratio``, with shares fitted under it."""
    whole = base_1 + base_2
    b = -(base_1 * ratio + n_1 + base_2 + n_2 * ratio)
    root = np.sqrt(np.maximum(b**2 - 4 * whole * ratio * (n_1 + n_2), 0))
    fitted = (-b - root) / (2 * whole * ratio)  # share 2; share 1 is ratio times it
    first = np.clip(ratio * fitted, 0, 1)
    variance = first * (1 - first) / base_1 + ratio**2 * fitted * (1 - fitted) / base_2
    gap = np.abs(n_1 / base_1 - ratio * n_2 / base_2)
    return np.asarray(gap / np.sqrt(np.maximum(variance, 1e-300)))


def cramers_v(n_1: ArrayLike, base_1: ArrayLike, n_2: ArrayLike, base_2: ArrayLike) -> Floats:
    """Cramér's V of carrying a label and being in one of two groups: 0 (none) to 1.

    Without sign, and as much smaller as one group is than the other; h is not. Missing where a
    base is 0, or all or none carry the label. Source: Cramér (1946), 21.9.
    """
    first, size_1, second, size_2 = (_floats(value) for value in (n_1, base_1, n_2, base_2))
    carrying, whole = first + second, size_1 + size_2
    apart = np.abs(first * size_2 - second * size_1)
    product = size_1 * size_2 * carrying * (whole - carrying)
    return share(apart, np.sqrt(np.maximum(product, 0)))


def detectable_effect(base_1: ArrayLike, base_2: ArrayLike, *, power: float = POWER) -> Floats:
    """The smallest Cohen's h (in absolute value) that two bases would show with ``power``.

    For a two-sided test at 5%, one comparison alone. Missing where a base is 0. Source: Cohen
    (1988), chapter 6.
    """
    from scipy.stats import norm

    reach = norm.ppf((1 + LEVEL) / 2) + norm.ppf(power)
    first, second = _floats(base_1), _floats(base_2)
    known = (first > 0) & (second > 0)
    sizes = 1 / np.where(known, first, np.nan) + 1 / np.where(known, second, np.nan)
    return np.asarray(reach * np.sqrt(sizes))


def shift_share(share: ArrayLike, effect: ArrayLike) -> Floats:
    """The share that lies Cohen's h ``effect`` from ``share``, in [0, 1].

    Missing where no share lies so far away.
    """
    angle = np.arcsin(np.sqrt(_floats(share))) + _floats(effect) / 2
    inside = (angle >= 0) & (angle <= np.pi / 2)
    return np.where(inside, np.sin(np.where(inside, angle, 0.0)) ** 2, np.nan)


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
