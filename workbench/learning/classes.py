"""Classes: one of several, with calibrated chances that are sums over blocks in log odds.

The ridge learns each class by itself; a multinomial logistic regression on its left-out answers,
one a class, makes them chances. An order of the classes adds nothing: a sum of the answers has it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.learning.blocks import Blocks
from workbench.learning.heads import FEWEST, no_rows
from workbench.learning.ridge import STRENGTH, Ridge, fit_ridge

if TYPE_CHECKING:
    import numpy as np

_FIRMNESS = 10.0  # scikit-learn's C, on scores of unit spread
_EVENING = 0.5  # chosen on halves of nhs_fft (benchmarks/results/tone_tries.md)


@dataclass(frozen=True)
class Classes:
    """Fitted classes, k of them, in the order of ``names``.

    ``curves`` (k × k) and ``intercepts`` (k) turn answers into log odds, up
    to what all classes share. ``offsets`` (k) are added in log odds where one class is to be
    named: they take back half of what a class gains by being common, which makes for a good mean
    of the classes' F1. ``held_out`` (labelled × k, in the order given) holds chances as if the
    ridge had not seen that row, or its group; it is empty when read from a file.
    """

    names: tuple[str, ...]
    ridge: Ridge
    curves: np.ndarray
    intercepts: np.ndarray
    offsets: np.ndarray
    held_out: np.ndarray = field(default_factory=no_rows)

    @property
    def blocks(self) -> tuple[str, ...]:
        """Names of the blocks, in the order of the contributions."""
        return tuple(self.ridge.parts)

    @property
    def intercept(self) -> np.ndarray:
        """Log odds (k) of a text that is average in every block."""
        found: np.ndarray = self.curves @ self.ridge.base + self.intercepts
        return found

    def contributions(self, blocks: Blocks) -> np.ndarray:
        """What each block adds to the log odds of each class: n × blocks × k."""
        found: np.ndarray = self.ridge.contributions(blocks) @ self.curves.T
        return found

    def chances(self, blocks: Blocks) -> np.ndarray:
        """Calibrated probabilities (n × k); each row adds up to 1."""
        from scipy.special import softmax

        found: np.ndarray = softmax(self.contributions(blocks).sum(axis=1) + self.intercept, axis=1)
        return found

    def name(self, blocks: Blocks) -> list[str]:
        """The class (n) to name each text by, where every class matters alike."""
        return [self.names[row] for row in self.choose(self.chances(blocks))]

    def choose(self, chances: np.ndarray) -> np.ndarray:
        """The number of the class (n) to name by given chances (n × k)."""
        import numpy as np

        found: np.ndarray = (np.log(np.maximum(chances, 1e-12)) + self.offsets).argmax(axis=1)
        return found


def fit_classes(
    blocks: Blocks,
    labels: Sequence[str] | np.ndarray,
    *,
    names: Sequence[str],
    groups: Sequence[Hashable] | None = None,
    shares: Mapping[str, float] | None = None,
    strength: float = STRENGTH,
) -> Classes:
    """Learn which of ``names`` (k) a text is labelled as (n), by the blocks (n rows each).

    The options are those of ``fit_head``.

    Raises ``WorkbenchError`` for a label that is no name, or fewer than 5 texts of a class.
    """
    import numpy as np
    from scipy.special import softmax

    truth = _number(labels, names)
    targets = np.eye(len(names))[truth]
    ridge, left_out = fit_ridge(blocks, targets, groups=groups, shares=shares, strength=strength)
    curves, intercepts = _fit_curves(left_out, truth)
    chances = softmax(left_out @ curves.T + intercepts, axis=1)
    offsets = -_EVENING * np.log(targets.mean(axis=0))
    return Classes(tuple(names), ridge, curves, intercepts, offsets, chances)


def _fit_curves(left_out: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    # Sorted, and in one thread, so that rounding in sums is the same for any order of the rows.
    order = np.lexsort([truth, *left_out.T])
    left_out, truth = left_out[order], truth[order]
    middle, spread = left_out.mean(axis=0), left_out.std(axis=0)
    spread[spread == 0] = 1.0
    model = LogisticRegression(C=_FIRMNESS, tol=1e-8, max_iter=2000)
    with threadpool_limits(limits=1):
        model.fit((left_out - middle) / spread, truth)
    coefficients = np.asarray(model.coef_)
    if len(coefficients) == 1:  # two classes are given as one
        curves = np.vstack([-coefficients, coefficients]) / 2 / spread
        bare = np.array([-model.intercept_[0], model.intercept_[0]]) / 2
    else:
        curves, bare = coefficients / spread, np.asarray(model.intercept_)
    return curves, bare - curves @ middle


def _number(labels: Sequence[str] | np.ndarray, names: Sequence[str]) -> np.ndarray:
    import numpy as np

    numbers = {name: number for number, name in enumerate(names)}
    try:
        truth = np.array([numbers[label] for label in labels], dtype=np.int64)
    except KeyError:
        raise WorkbenchError(f"A label is none of the classes {', '.join(names)}.") from None
    counts = np.bincount(truth, minlength=len(names))
    if counts.min() < FEWEST:
        rare = names[int(counts.argmin())]
        raise WorkbenchError(
            f"Class '{rare}' has {counts.min()} labels: at least {FEWEST} are needed. Label more "
            "texts, or join classes."
        )
    return truth
