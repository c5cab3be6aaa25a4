"""Tests that hold where counts are small: are two shares one?"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SMALL = 5
"""Below this expected count in any of the four cells an exact test replaces chi-squared."""

MOST_TABLES = 1_000_000
"""Boschloo's test looks at every possible table; with more of them Fisher's takes its place."""

PEARSON, BOSCHLOO, FISHER = "chi-squared", "Boschloo", "Fisher"
NO_TEST = ""

_GRID = 256
_SAME = 1 + 1e-7  # tables as likely as the one seen differ from it by rounding only


def difference_test(
    n_1: int, base_1: int, n_2: int, base_2: int, *, most_tables: int = MOST_TABLES
) -> tuple[float, str]:
    """Two-sided p that two shares are one, and the name of the test.

    Pearson's chi-squared without correction; where a cell is expected to hold fewer than
    ``SMALL``, Boschloo's exact test, or Fisher's where more than ``most_tables`` are possible. p
    is 1 where all or none carry the label, missing (NaN) where a base is 0.
    """
    if base_1 == 0 or base_2 == 0:
        return float("nan"), NO_TEST
    carrying, whole = n_1 + n_2, base_1 + base_2
    if carrying in (0, whole):
        return 1.0, NO_TEST
    if expect_few(n_1, base_1, n_2, base_2):
        if (base_1 + 1) * (base_2 + 1) <= most_tables:
            return boschloo(n_1, base_1, n_2, base_2), BOSCHLOO
        return fisher(n_1, base_1, n_2, base_2), FISHER
    return _pearson(n_1, base_1, n_2, base_2), PEARSON


def expect_few(n_1: int, base_1: int, n_2: int, base_2: int) -> bool:
    """Whether some cell of the table is expected to hold fewer than ``SMALL``."""
    carrying, whole = n_1 + n_2, base_1 + base_2
    return min(carrying, whole - carrying) * min(base_1, base_2) < SMALL * whole


def fisher(
    n_1: int, base_1: int, n_2: int, base_2: int, *, side: Literal["both", "greater"] = "both"
) -> float:
    """Fisher's exact test: the chance of tables no likelier than the one seen, as in scipy.

    ``side="greater"`` tests only whether share 1 is the larger. Source: Fisher (1935).
    """
    from scipy.stats import fisher_exact

    table = [[n_1, base_1 - n_1], [n_2, base_2 - n_2]]
    alternative = "two-sided" if side == "both" else side
    return float(fisher_exact(table, alternative=alternative).pvalue)


def boschloo(n_1: int, base_1: int, n_2: int, base_2: int) -> float:
    """Boschloo's exact test, two-sided: never less powerful than Fisher's two-sided test.

    Tables are ordered by Fisher's two-sided p; the result is the largest chance, over all shares
    that the two groups may have in common, of a table that is at least as extreme. (scipy's
    ``boschloo_exact`` doubles a one-sided p instead, which can exceed Fisher's.) Source: Boschloo
    (1970), Statistica Neerlandica 24.
    """
    from scipy.optimize import minimize_scalar

    extreme = _fisher_table(base_1, base_2)
    region = (extreme <= extreme[n_1, n_2] * _SAME).astype(np.float64)

    def chance(shares: Floats) -> Floats:
        first, second = _binomial(base_1, shares), _binomial(base_2, shares)
        return np.asarray((first * (region @ second)).sum(axis=0))

    # Evenly spaced on the arcsine scale: the chance turns fastest near 0 and 1.
    angles = (np.arange(_GRID) + 0.5) / _GRID * np.pi / 2
    coarse = chance(np.sin(angles) ** 2)
    best = int(coarse.argmax())
    finer = minimize_scalar(
        lambda angle: -float(chance(np.array([np.sin(angle) ** 2]))[0]),
        bounds=(angles[max(best - 1, 0)], angles[min(best + 1, _GRID - 1)]),
        method="bounded",
        options={"xatol": 1e-5},
    )
    return min(float(max(coarse[best], -finer.fun)), 1.0)


def _binomial(base: int, shares: Floats) -> Floats:
    """The chance of 0 to ``base`` cases (rows) for each of ``shares`` (columns), all in (0, 1)."""
    n = np.arange(base + 1)[:, None]
    return np.exp(_log_choose(base, n) + n * np.log(shares) + (base - n) * np.log1p(-shares))


@lru_cache(maxsize=4)
def _fisher_table(base_1: int, base_2: int) -> Floats:
    """Fisher's two-sided p of every table with these bases: (base_1 + 1) × (base_2 + 1)."""
    one = np.arange(base_1 + 1)[:, None]
    total = np.arange(base_1 + base_2 + 1)[None, :]
    other = total - one
    possible = (other >= 0) & (other <= base_2)
    ways = _log_choose(base_1, one)
    ways = ways + _log_choose(base_2, np.clip(other, 0, base_2))
    ways = ways - _log_choose(base_1 + base_2, total)
    chance = np.exp(np.where(possible, ways, -np.inf))
    order = np.argsort(chance, axis=0, kind="stable")
    ranked = np.take_along_axis(chance, order, axis=0)
    summed = np.cumsum(ranked, axis=0)
    # Equally likely tables count together: take the sum at the last of them.
    p = np.empty_like(summed)
    for column in range(summed.shape[1]):
        last = np.searchsorted(ranked[:, column], ranked[:, column] * _SAME, side="right") - 1
        p[order[:, column], column] = summed[last, column]
    table = np.ones((base_1 + 1, base_2 + 1))
    rows, columns = np.nonzero(possible)
    table[rows, columns - rows] = p[rows, columns]
    return np.minimum(table, 1.0)


def _log_choose(whole: int, part: NDArray[np.int64]) -> Floats:
    from scipy.special import gammaln

    return np.asarray(gammaln(whole + 1) - gammaln(part + 1) - gammaln(whole - part + 1))


def conditional_odds(n_1: int, base_1: int, n_2: int, base_2: int) -> tuple[float, float, float]:
    """The conditional odds ratio of 1 against 2 with its exact 95% interval.

    In [0, infinity]; missing where all or none carry the label or a base is 0. Source: Fisher
    (1935); the interval inverts the two one-sided tests, as in scipy.
    """
    from scipy.stats.contingency import odds_ratio

    carrying, whole = n_1 + n_2, base_1 + base_2
    if base_1 == 0 or base_2 == 0 or carrying in (0, whole):
        return (float("nan"),) * 3
    found = odds_ratio([[n_1, base_1 - n_1], [n_2, base_2 - n_2]], kind="conditional")
    interval = found.confidence_interval(0.95)
    return float(found.statistic), float(interval.low), float(interval.high)


def _pearson(n_1: int, base_1: int, n_2: int, base_2: int) -> float:
    from scipy.special import chdtrc

    carrying, whole = n_1 + n_2, base_1 + base_2
    lost = float(n_1 * (base_2 - n_2) - n_2 * (base_1 - n_1))
    statistic = lost**2 * whole / (float(base_1) * base_2 * carrying * (whole - carrying))
    return float(chdtrc(1, statistic))
