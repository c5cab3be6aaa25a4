"""How good chances are, with bootstrap intervals.

Every measure takes ``weights``: how often each row counts, as a bootstrap draws them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

from workbench.learning.calibration import Band

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

BINS = 10
DRAWS = 1000


def measure_chances(
    chances: np.ndarray,
    labels: Sequence[int] | np.ndarray,
    *,
    cut: float = 0.5,
    band: Band | None = None,
    groups: Sequence[Hashable] | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> pd.DataFrame:
    """All measures of chances (n) against labels (n, 0 or 1): one row a measure.

    Columns ``measure``, ``value``, ``low``, ``high`` (95%, percentile bootstrap over rows, or over
    ``groups``). Measures: ``F1`` and ``accuracy`` at ``cut``; ``AUROC``; ``average precision``;
    ``calibration error``; ``coverage``, the share of rows outside ``band``, and ``accuracy where
    decided``. All lie from 0 to 1; greater is better but for the calibration error. A value that
    is not defined, such as AUROC of one label alone, is missing.
    """
    import numpy as np
    import pandas as pd

    truth = np.asarray(labels, dtype=float)
    chances = np.asarray(chances, dtype=float)
    wide = band or Band(cut, cut)
    decided = (chances >= wide.high) | (chances < wide.low)
    right = (chances >= cut) == (truth > 0)
    measures: dict[str, Callable[[np.ndarray], float]] = {
        "F1": lambda w: f1(chances >= cut, truth, w),
        "accuracy": lambda w: _mean(right, w),
        "AUROC": lambda w: auroc(chances, truth, w),
        "average precision": lambda w: average_precision(chances, truth, w),
        "calibration error": lambda w: calibration_error(chances, truth, w),
        "coverage": lambda w: _mean(decided, w),
        "accuracy where decided": lambda w: _mean(right, w * decided),
    }
    all_draws = draw_weights(len(truth), groups=groups, draws=draws, seed=seed)
    rows = []
    for name, measure in measures.items():
        low, high = interval([measure(weights) for weights in all_draws])
        rows.append((name, measure(np.ones(len(truth))), low, high))
    return pd.DataFrame(rows, columns=["measure", "value", "low", "high"])


def draw_weights(
    n: int, *, groups: Sequence[Hashable] | None = None, draws: int = DRAWS, seed: int = 0
) -> np.ndarray:
    """How often each of n rows stands in each draw of a bootstrap: draws × n."""
    import numpy as np
    import pandas as pd

    group_of = np.arange(n) if groups is None else pd.factorize(pd.Series(list(groups)))[0]
    many = int(group_of.max()) + 1
    random = np.random.default_rng(seed)
    drawn = random.multinomial(many, np.full(many, 1 / many), size=draws).astype(float)
    return drawn[:, group_of]


def interval(values: Sequence[float] | np.ndarray) -> tuple[float, float]:
    """The middle 95% of the values that are defined; missing where none is."""
    import numpy as np

    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.quantile(known, [0.025, 0.975])
    return float(low), float(high)


def f1(said: np.ndarray, truth: np.ndarray, weights: np.ndarray | None = None) -> float:
    """F1 of what was said (n, boolean); missing where nothing is said nor true."""
    import numpy as np

    weights = np.ones(len(truth)) if weights is None else weights
    yes, true = np.asarray(said, dtype=float), np.asarray(truth, dtype=float)
    return _share(2 * float(weights @ (yes * true)), float(weights @ (yes + true)))


def auroc(chances: np.ndarray, truth: np.ndarray, weights: np.ndarray | None = None) -> float:
    """How often a true row has the greater chance than a false one; ties count half."""
    import numpy as np

    ones, noughts = _levels(chances, truth, weights)
    ahead = np.cumsum(ones) - ones / 2
    return _share(float(noughts @ ahead), float(ones.sum() * noughts.sum()))


def average_precision(
    chances: np.ndarray, truth: np.ndarray, weights: np.ndarray | None = None
) -> float:
    """Precision at each level of chance, averaged by the true rows that it adds."""
    import numpy as np

    ones, noughts = _levels(chances, truth, weights)
    right, said = np.cumsum(ones), np.cumsum(ones + noughts)
    precision = np.divide(right, said, out=np.zeros_like(right), where=said > 0)
    return _share(float(ones @ precision), float(ones.sum()))


def calibration_error(
    chances: np.ndarray, truth: np.ndarray, weights: np.ndarray | None = None, *, bins: int = BINS
) -> float:
    """Expected calibration error: mean gap of chance and share of ones, by bins of equal width."""
    import numpy as np

    weights = np.ones(len(truth)) if weights is None else weights
    bin_of = np.minimum((chances * bins).astype(int), bins - 1)
    gaps = np.bincount(bin_of, weights=weights * (chances - truth), minlength=bins)
    return _share(float(np.abs(gaps).sum()), float(weights.sum()))


def recall_at_precision(
    scores: np.ndarray,
    truth: np.ndarray,
    weights: np.ndarray | None = None,
    *,
    precision: float = 0.8,
) -> float:
    """The greatest share of true rows found by a cut where ``precision`` of those found is true."""
    import numpy as np

    ones, noughts = _levels(scores, truth, weights)
    right, said = np.cumsum(ones), np.cumsum(ones + noughts)
    kept = right[right >= precision * said]
    return _share(float(kept.max()) if len(kept) else 0.0, float(ones.sum()))


def mean_f1(
    said: np.ndarray, truth: np.ndarray, weights: np.ndarray | None = None, *, classes: int
) -> float:
    """The mean over classes (numbered from 0) of F1; a class never said nor true counts 0."""
    import numpy as np

    weights = np.ones(len(truth)) if weights is None else weights
    right = np.bincount(truth, weights=weights * (said == truth), minlength=classes)
    both = np.bincount(truth, weights=weights, minlength=classes)
    both += np.bincount(said, weights=weights, minlength=classes)
    return float((2 * right / np.where(both > 0, both, 1)).mean())


def root_mean_square(
    values: np.ndarray, truth: np.ndarray, weights: np.ndarray | None = None
) -> float:
    """Root of the mean squared error, in the unit of the values."""
    return math.sqrt(_mean((values - truth) ** 2, weights))


def rank_correlation(
    values: np.ndarray, truth: np.ndarray, weights: np.ndarray | None = None
) -> float:
    """Spearman's rank correlation, -1 to 1, with mean ranks for ties."""
    import numpy as np
    from scipy.stats import rankdata

    if weights is not None:
        drawn = np.repeat(np.arange(len(truth)), weights.astype(int))
        values, truth = values[drawn], truth[drawn]
    one, other = rankdata(values), rankdata(truth)
    if not len(one) or one.std() == 0 or other.std() == 0:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])


def _levels(
    chances: np.ndarray, truth: np.ndarray, weights: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray]:
    """Weights of true and of false rows at each level of chance, the greatest first."""
    import numpy as np

    weights = np.ones(len(truth)) if weights is None else weights
    _, level = np.unique(-np.asarray(chances, dtype=float), return_inverse=True)
    many = int(level.max()) + 1 if len(level) else 0
    ones = np.bincount(level, weights=weights * truth, minlength=many)
    return ones, np.bincount(level, weights=weights * (1 - truth), minlength=many)


def _mean(values: np.ndarray, weights: np.ndarray | None) -> float:
    import numpy as np

    weights = np.ones(len(values)) if weights is None else weights
    return _share(float(weights @ np.asarray(values, dtype=float)), float(weights.sum()))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")
