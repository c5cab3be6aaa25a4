"""Shares standardised over strata, on arrays of counts: labels × strata and strata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from workbench.compare.intervals import LEVEL, newcombe

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

Weights = Literal["average", "pooled", "reference"]

LEAST = 5
"""A stratum with fewer cases than this in either group is joined with others, or left out."""

JOINED = "others together"
"""The name of strata that were joined because they were sparse."""

_BORROWED = 4.0
"""How many cases of both groups together steady a stratum's own share, for its variance only."""

_FARTHEST = 37.0
"""So many standard errors away, p is as small as a number can be."""


@dataclass(frozen=True)
class Standardised:
    """Two groups set against each other at one mix: arrays with a value a label.

    ``share`` and ``reference`` are the groups' standardised shares, ``difference`` the first less
    the second with its interval, ``by_mix`` what their different mixes add to the difference of
    their shares as they are (within the shared strata), ``p`` that the difference is nought.
    """

    share: Floats
    reference: Floats
    difference: Floats
    low: Floats
    high: Floats
    by_mix: Floats
    p: Floats


def join_sparse(
    names: tuple[tuple[str, ...], ...], base: Whole, reference_base: Whole
) -> tuple[Whole, int]:
    """For each stratum the number of the one to use, or -1 to leave it out; and how many joined.

    A stratum that one group lacks is left out: there is nothing to compare. One with fewer than
    ``LEAST`` cases in either group gives up the last part of its name and joins the others
    that must, so that the cross of trust and question falls back on the trust; what is still
    sparse gives up the next part, and at last is left out.
    """
    shared = (base > 0) & (reference_base > 0)
    keys = {int(code): names[code] for code in np.flatnonzero(shared)}
    joined: set[int] = set()
    for depth in range(max(map(len, names), default=0), -1, -1):
        sparse = _sparse(keys, base, reference_base)
        if depth == 0:
            for code in sparse:
                del keys[code]
            break
        joined.update(sparse)
        for code in sparse:
            keys[code] = (*names[code][: depth - 1], JOINED)
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys.values()))}
    use = np.full(len(names), -1, dtype=np.int64)
    for code, key in keys.items():
        use[code] = numbers[key]
    return use, len(joined & keys.keys())


def _sparse(keys: dict[int, tuple[str, ...]], base: Whole, reference_base: Whole) -> list[int]:
    totals: dict[tuple[str, ...], np.ndarray] = {}
    for code, key in keys.items():
        totals[key] = totals.get(key, 0) + np.array([base[code], reference_base[code]])
    return [code for code, key in keys.items() if totals[key].min() < LEAST]


def standardise_shares(
    n: Whole,
    base: Whole,
    reference_n: Whole,
    reference_base: Whole,
    *,
    weights: Weights = "average",
    level: float = LEVEL,
) -> Standardised:
    """Direct standardisation: both groups' shares at one mix, their difference and its interval.

    ``n`` is labels × strata, ``base`` strata, and so for the reference; every base at least 1.
    The one mix is the mean of the two groups' mixes (``"average"``, so that what is left of the
    plain difference is Kitagawa's effect of the mix), that of all their cases (``"pooled"``) or
    the reference's. The interval is Newcombe's, from Wilson intervals on the number of cases that
    each standardised share is worth: its variance is that of the strata, where each stratum's
    share is steadied by that of both groups, as strata of 5 cases need. ``p`` is one less the
    highest level at which the interval leaves out 0. How the interval covers, beside other ways:
    benchmarks/compared/composition_coverage.py. Sources: Kitagawa (1955), JASA 50; Newcombe
    (1998), Statistics in Medicine 17; Kish (1965), Survey Sampling, on effective numbers.
    """
    mix, reference_mix = base / base.sum(), reference_base / reference_base.sum()
    weigh = {
        "average": (mix + reference_mix) / 2,
        "pooled": (base + reference_base) / (base.sum() + reference_base.sum()),
        "reference": reference_mix,
    }[weights]
    within, reference_within = n / base, reference_n / reference_base
    one, other = within @ weigh, reference_within @ weigh
    pooled = (n + reference_n) / (base + reference_base)
    worth = _worth(n, base, pooled, weigh)
    reference_worth = _worth(reference_n, reference_base, pooled, weigh)
    counts = (one * worth, worth, other * reference_worth, reference_worth)
    low, high = newcombe(*counts, level=level)
    return Standardised(
        share=one,
        reference=other,
        difference=one - other,
        low=low,
        high=high,
        by_mix=within @ (mix - weigh) - reference_within @ (reference_mix - weigh),
        p=_p_of_nought(*counts),
    )


def _worth(n: Whole, base: Whole, pooled: Floats, weigh: Floats) -> Floats:
    """How many cases drawn plainly would tell the standardised share as well as these do."""
    steadied = (n + _BORROWED * pooled) / (base + _BORROWED)
    # Drawing shares towards one another takes variance away, which is given back here.
    given_back = 1 - base / (base + _BORROWED) ** 2
    variance = (steadied * (1 - steadied) / base / given_back) @ weigh**2
    share = steadied @ weigh
    all_or_none = 1 / (weigh**2 / base).sum()  # the worth where all strata have one share
    known = variance > 0
    return np.where(known, share * (1 - share) / np.where(known, variance, 1), all_or_none)


def _p_of_nought(n_1: Floats, base_1: Floats, n_2: Floats, base_2: Floats) -> Floats:
    """Two-sided p that two shares are one: from the level at which `newcombe` just reaches 0."""
    from scipy.stats import norm

    first, second = n_1 / base_1, n_2 / base_2
    up = first > second
    upper, lower = np.where(up, first, second), np.where(up, second, first)
    upper_base, lower_base = np.where(up, base_1, base_2), np.where(up, base_2, base_1)
    inner, outer = np.zeros_like(upper), np.full_like(upper, _FARTHEST)
    for _ in range(60):
        reach = (inner + outer) / 2
        below = upper - _wilson_end(upper, upper_base, reach, side=-1)
        above = _wilson_end(lower, lower_base, reach, side=1) - lower
        short = below**2 + above**2 < (upper - lower) ** 2
        inner, outer = np.where(short, reach, inner), np.where(short, outer, reach)
    return np.asarray(2 * norm.sf(inner))


def _wilson_end(share: Floats, base: Floats, reach: Floats, *, side: int) -> Floats:
    """The end of Wilson's interval ``reach`` standard errors below (-1) or above (1)."""
    spread = reach * np.sqrt(share * (1 - share) / base + reach**2 / (4 * base**2))
    return np.asarray((share + reach**2 / (2 * base) + side * spread) / (1 + reach**2 / base))
