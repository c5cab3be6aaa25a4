"""From scores to probabilities, and from probabilities to what is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

# Of the curve: scikit-learn's C, on scores of unit spread. A few rows do not make certainty.
_FIRMNESS = 10.0


@dataclass(frozen=True)
class Curve:
    """Log odds by score (Platt 1999): ``intercept + slope × score``; the slope is 0 or more."""

    slope: float
    intercept: float


@dataclass(frozen=True)
class Band:
    """Probabilities from ``low`` up to but without ``high`` are too unsure to decide on."""

    low: float
    high: float

    def decide(self, chances: np.ndarray) -> np.ndarray:
        """``"yes"`` from ``high``, ``"no"`` below ``low``, else ``"abstain"``."""
        import numpy as np

        said: np.ndarray = np.select([chances >= self.high, chances < self.low], ["yes", "no"], "")
        return np.where(said == "", "abstain", said)


def fit_curve(scores: np.ndarray, labels: np.ndarray) -> Curve:
    """The curve by which left-out scores (n) give the chance that a label (n, 0 or 1) is 1.

    Scores that foretell nothing, or the opposite, leave every text at the share of ones.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    # Sorted, and in one thread, so that rounding in sums is the same for any order of the rows.
    order = np.lexsort([labels, scores])
    scores, labels = scores[order], labels[order]
    middle, spread = float(scores.mean()), float(scores.std()) or 1.0
    with threadpool_limits(limits=1):
        even = ((scores - middle) / spread)[:, None]
        fitted = LogisticRegression(C=_FIRMNESS, tol=1e-8).fit(even, labels)
    slope = float(fitted.coef_[0, 0]) / spread
    if slope <= 0:
        share = float(labels.mean())
        return Curve(0.0, float(np.log(share / (1 - share))))
    return Curve(slope, float(fitted.intercept_[0]) - slope * middle)


def find_cut(chances: np.ndarray, labels: np.ndarray) -> float:
    """The probability from which F1 is best, on left-out chances (n) and labels (n, 0 or 1).

    Half of each text counts as labelled and half as its chance says, so that the cut does not
    follow accident where labels are few. (Expected F1: Lipton, Elkan and Naryanaswamy 2014.)
    """
    import numpy as np

    order = np.lexsort([labels, -chances])
    shares = (0.5 * labels + 0.5 * chances)[order]
    right = np.cumsum(shares)
    best = int(np.argmax(2 * right / (np.arange(1, len(order) + 1) + right[-1])))
    return float(chances[order][best : best + 2].mean())


def find_band(chances: np.ndarray, cut: float, *, abstain: float) -> Band:
    """The band around ``cut`` that holds a share ``abstain`` (0 to 1) of the chances (n).

    Its texts are those nearest to the cut in log odds.
    """
    import numpy as np
    from scipy.special import expit, logit

    middle = float(logit(np.clip(cut, 1e-6, 1 - 1e-6)))
    reach = np.abs(logit(np.clip(chances, 1e-6, 1 - 1e-6)) - middle)
    wide = float(np.quantile(reach, abstain)) if abstain > 0 else 0.0
    return Band(float(expit(middle - wide)), float(expit(middle + wide)))
