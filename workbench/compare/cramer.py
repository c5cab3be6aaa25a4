"""How strongly two classifications of the same cases go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from workbench.compare.intervals import LEVEL

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Whole = NDArray[np.int64]

DRAWS = 1_999
"""Tables drawn where counts are too few for chi-squared; the least p is 1 / 2,000."""

_SEED = 1


def cramers_v(table: ArrayLike, *, level: float = LEVEL) -> tuple[float, float, float]:
    """Cramér's V of a table of counts and its interval: (V, low, high), each in [0, 1].

    0 where the classifications have nothing to do with each other, 1 where one tells the other.
    V is corrected for the bias upwards that small tables have; the interval inverts the noncentral
    chi-squared distribution. Missing (NaN) where all cases are in one row or one column. Sources:
    Bergsma (2013), Journal of the Korean Statistical Society 42; Smithson (2003), Confidence
    Intervals, chapter 4.
    """
    from scipy.stats import chi2_contingency

    counts = _occupied(table)
    whole, sides = int(counts.sum()), np.array(counts.shape)
    if sides.min() < 2:
        return (float("nan"),) * 3
    found = chi2_contingency(counts, correction=False)
    statistic, freedom = float(found.statistic), int(found.dof)
    association = max(0.0, statistic / whole - freedom / (whole - 1))
    most = float((sides - (sides - 1) ** 2 / (whole - 1)).min()) - 1
    v = min(1.0, (association / most) ** 0.5) if most > 0 else 1.0
    edge = (1 - level) / 2
    # Rows more alike than chance makes them would else shut the interval up at 0.
    ends = ((1 - edge, statistic), (edge, max(statistic, float(freedom))))
    low, high = (
        min(1.0, (_noncentrality(seen, freedom, at) / whole / (sides.min() - 1)) ** 0.5)
        for at, seen in ends
    )
    return v, float(min(low, v)), float(max(high, v))


def independence_p(table: ArrayLike) -> float:
    """The p that the rows and columns of a table of counts have nothing to do with each other.

    Pearson's chi-squared; where counts are few (a cell expected under 1, or more than a fifth of
    them under 5) its distribution is drawn from tables with the same margins. 1.0 where all cases
    are in one row or one column. Source of the rule: Cochran (1954), Biometrics 10.
    """
    from scipy.stats import MonteCarloMethod, chi2_contingency
    from scipy.stats.contingency import expected_freq

    counts = _occupied(table)
    if min(counts.shape) < 2:
        return 1.0
    expected = expected_freq(counts)
    few = expected.min() < 1 or (expected < 5).mean() > 0.2
    drawn = MonteCarloMethod(n_resamples=DRAWS, rng=np.random.default_rng(_SEED)) if few else None
    return float(chi2_contingency(counts, correction=False, method=drawn).pvalue)


def _occupied(table: ArrayLike) -> Whole:
    counts = np.asarray(table, dtype=np.int64)
    return np.asarray(counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0])


def _noncentrality(statistic: float, freedom: int, at: float) -> float:
    """The noncentrality of which ``statistic`` is the quantile ``at``; 0 where none is."""
    from scipy.optimize import brentq
    from scipy.stats import ncx2

    def gap(noncentrality: float) -> float:
        return float(ncx2.cdf(statistic, freedom, noncentrality)) - at

    if gap(1e-9) <= 0:
        return 0.0
    return float(brentq(gap, 1e-9, statistic + 10 * (statistic + freedom) ** 0.5 + 10, xtol=1e-6))
