"""Ridge regression of codes on words and vectors, and how likely its scores are right.

The kernel averages four views of a text: its vector, a Gaussian of the vectors' distance, its words
and pairs of words, and pieces of words (both TF-IDF). Kernel ridge regression (Saunders, Gammerman
and Vovk 1998) solves all codes at once and gives each row's score as if that row had been left
out, in closed form, so that calibration (Platt 1999) and cuts need no second fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

# Chosen on random halves of nhs_fft, seeds 0 to 4 (benchmarks/results/codebook_tries.md).
LINE_WEIGHT = 3.0
"""How many coded texts a line of the codebook counts for."""
_NOISE = 1.0  # the ridge of one observation
_WIDTH = 2.0  # of the Gaussian: exp(-2 (1 - cosine))
_FIRMNESS = 10.0  # of Platt's curve: scikit-learn's C, on scores of unit spread
_CODED_SHARE = 0.25
_AT_ONCE = 2048
_COMMON = 0.05  # the share of rows from which a column of words counts as common
# Log odds from the codebook alone: even among the codes, then by score. Fitted on nhs_fft,
# Banking77 and the demonstration together, each set weighing alike.
_LINES_SHIFT = 0.1
_LINES_SLOPE = 16.5


@dataclass(frozen=True)
class Material:
    """n texts and their unit vectors (n × dims)."""

    texts: Sequence[str]
    vectors: np.ndarray

    def take(self, rows: Sequence[int] | np.ndarray) -> Material:
        """Some of the rows, in the order given."""
        return Material([self.texts[row] for row in rows], self.vectors[rows])

    def followed_by(self, other: Material) -> Material:
        """The rows of both, these first."""
        import numpy as np

        vectors = np.concatenate([self.vectors, other.vectors])
        return Material([*self.texts, *other.texts], vectors)


@dataclass(frozen=True)
class Ridge:
    """A fitted kernel ridge. ``base`` (codes) is what a text scores that is like no row."""

    base: np.ndarray
    vectors: np.ndarray
    duals: np.ndarray
    views: tuple[Any, ...]
    weights: tuple[np.ndarray, ...]

    def score(self, material: Material) -> np.ndarray:
        """Scores (n × codes), about 0 (no) to 1 (yes), of each text by itself."""
        import numpy as np

        scores = np.empty((len(material.texts), len(self.base)))
        for at in range(0, len(scores), _AT_ONCE):
            rows = slice(at, at + _AT_ONCE)
            cosine = material.vectors[rows].astype(float) @ self.vectors.T
            part = (cosine + _gaussian(cosine)) @ self.duals
            for view, weights in zip(self.views, self.weights, strict=True):
                part += view.transform(material.texts[rows]) @ weights
            scores[rows] = part / (len(self.views) + 2) + self.base
        return scores


def fit_ridge(
    rows: Material, targets: np.ndarray, *, weights: np.ndarray, base: np.ndarray
) -> tuple[Ridge, np.ndarray]:
    """The ridge of ``targets`` (n × codes), and each row's score with that row left out.

    ``weights`` (n) says how many observations a row stands for. Memory grows with
    n², time with n³.
    """
    import numpy as np

    views = _make_views()
    tables = [view.fit_transform(rows.texts) for view in views]
    vectors = rows.vectors.astype(float)
    cosine = vectors @ vectors.T
    kernel = cosine + _gaussian(cosine)
    for table in tables:
        kernel += _gram(table)
    kernel /= len(views) + 2
    kernel[np.diag_indices(len(kernel))] += _NOISE / weights
    inverse = np.linalg.inv(kernel)
    duals = inverse @ (targets - base)
    left_out: np.ndarray = targets - duals / np.diag(inverse)[:, None]
    return Ridge(base, vectors, duals, views, tuple(t.T @ duals for t in tables)), left_out


def curves_from_lines(base: np.ndarray) -> np.ndarray:
    """Slope and intercept (2 × codes) for a ridge that has seen the codebook's lines only."""
    import numpy as np

    even = -np.log(max(len(base) - 1, 1)) + _LINES_SHIFT
    return np.stack([np.full(len(base), _LINES_SLOPE), even - _LINES_SLOPE * base])


def fit_curve(scores: np.ndarray, values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Platt's slope and intercept for one code: log odds = intercept + slope × score.

    ``values`` (n) lie from 0 to 1; a value between counts as partly one, partly the other. The
    slope is held back a little, so that a few examples do not make certainty. It is never below
    0: scores that foretell nothing, or the opposite, leave every text at the code's share.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    middle, spread = scores.mean(), scores.std() or 1.0
    both = np.tile((scores - middle) / spread, 2)[:, None]
    shares = np.concatenate([weights * values, weights * (1 - values)])
    yes = np.repeat([1, 0], len(scores))
    fitted = LogisticRegression(C=_FIRMNESS).fit(both, yes, sample_weight=shares)
    slope = fitted.coef_[0, 0] / spread
    if slope <= 0:
        share = np.average(values, weights=weights)
        return np.array([0.0, np.log(share / (1 - share))])
    return np.array([slope, fitted.intercept_[0] - slope * middle])


def to_chances(scores: np.ndarray, curves: np.ndarray | tuple[float, float]) -> np.ndarray:
    """Probabilities from scores, by ``curves``: slope and intercept, each one or one a code."""
    from scipy.special import expit

    chances: np.ndarray = expit(curves[1] + curves[0] * scores)
    return chances


def find_cut(chances: np.ndarray, values: np.ndarray, weights: np.ndarray) -> float:
    """The probability from which a code is best taken as applied, by its F1.

    A quarter of each text counts as it was coded and the rest as its probability says: what was
    coded alone follows accident where examples are few. (Expected F1: Lipton, Elkan and
    Naryanaswamy 2014.)
    """
    import numpy as np

    order = np.argsort(-chances, kind="stable")
    taken = np.cumsum(weights[order])
    shares = _CODED_SHARE * values + (1 - _CODED_SHARE) * chances
    right = np.cumsum((weights * shares)[order])
    best = int(np.argmax(2 * right / (taken + right[-1])))
    return float(chances[order][best : best + 2].mean())


def _gram(table: Any) -> np.ndarray:
    """``table @ table.T``: common columns are dense, and far quicker multiplied as such."""
    common = table.getnnz(axis=0) > _COMMON * table.shape[0]
    dense, rare = table[:, common].toarray(), table[:, ~common]
    product: np.ndarray = dense @ dense.T + (rare @ rare.T).toarray()
    return product


def _gaussian(cosine: np.ndarray) -> np.ndarray:
    import numpy as np

    nearness: np.ndarray = np.exp(-_WIDTH * (1 - cosine))
    return nearness


def _make_views() -> tuple[Any, ...]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = {"ngram_range": (1, 2), "token_pattern": r"(?u)\b\w+\b"}
    pieces = {"ngram_range": (2, 5), "analyzer": "char_wb"}
    return tuple(TfidfVectorizer(sublinear_tf=True, **kind) for kind in (words, pieces))
