"""Heads: yes or no, with calibrated chances that are sums over blocks in log odds."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.learning.blocks import Blocks
from workbench.learning.calibration import Band, Curve, find_band, find_cut, fit_curve
from workbench.learning.ridge import STRENGTH, Ridge, fit_ridge

if TYPE_CHECKING:
    import numpy as np

ABSTAIN = 0.1
"""The share of labelled texts on which a head is not sure enough to decide."""
FEWEST = 5
"""How many rows of each kind there must be before a head is learnt."""


def no_rows() -> np.ndarray:
    """No row held out."""
    import numpy as np

    return np.zeros(0)


@dataclass(frozen=True)
class Head:
    """A fitted head.

    ``cut`` is the probability from which "yes" has the best F1, ``band`` where it abstains.
    ``held_out`` (labelled rows, in the order given) holds chances as if the ridge had not seen
    that row, or its group; the curve and the cut saw all. It is empty in a head read from a file.
    """

    ridge: Ridge
    curve: Curve
    cut: float
    band: Band
    held_out: np.ndarray = field(default_factory=no_rows)

    @property
    def blocks(self) -> tuple[str, ...]:
        """Names of the blocks, in the order of the contributions."""
        return tuple(self.ridge.parts)

    @property
    def intercept(self) -> float:
        """Log odds of a text that is average in every block."""
        return self.curve.intercept + self.curve.slope * float(self.ridge.base[0])

    def contributions(self, blocks: Blocks) -> np.ndarray:
        """What each block adds to the log odds: n × blocks; positive speaks for "yes"."""
        found: np.ndarray = self.curve.slope * self.ridge.contributions(blocks)[:, :, 0]
        return found

    def log_odds(self, blocks: Blocks) -> np.ndarray:
        """Log odds of "yes" (n): the intercept and the contributions of all blocks."""
        found: np.ndarray = self.contributions(blocks).sum(axis=1) + self.intercept
        return found

    def chances(self, blocks: Blocks) -> np.ndarray:
        """Calibrated probabilities of "yes" (n)."""
        from scipy.special import expit

        found: np.ndarray = expit(self.log_odds(blocks))
        return found

    def decide(self, blocks: Blocks) -> np.ndarray:
        """What is said of each text (n): "yes", "no" or "abstain"."""
        return self.band.decide(self.chances(blocks))


def fit_head(
    blocks: Blocks,
    labels: Sequence[int] | np.ndarray,
    *,
    groups: Sequence[Hashable] | None = None,
    shares: Mapping[str, float] | None = None,
    strength: float = STRENGTH,
    abstain: float = ABSTAIN,
) -> Head:
    """Learn to tell labels 1 from 0 (n) by the blocks (n rows each).

    Rows of one group (one author, one pair, one text) are left out together where chances are
    calibrated, or the head would be too sure of itself. ``shares`` weighs the blocks, ``strength``
    holds the weights back, ``abstain`` is the share of labelled rows that the band takes in.

    Raises ``WorkbenchError`` for other labels than 0 and 1, or fewer than 5 of either.
    """
    import numpy as np
    from scipy.special import expit

    truth = _check(labels)
    ridge, left_out = fit_ridge(
        blocks, truth[:, None], groups=groups, shares=shares, strength=strength
    )
    curve = fit_curve(left_out[:, 0], truth)
    chances = expit(curve.intercept + curve.slope * left_out[:, 0])
    cut = find_cut(chances, truth)
    band = find_band(chances, cut, abstain=abstain)
    return Head(ridge, curve, cut, band, np.asarray(chances))


def _check(labels: Sequence[int] | np.ndarray) -> np.ndarray:
    import numpy as np

    truth = np.asarray(labels, dtype=float)
    if not np.isin(truth, (0, 1)).all():
        raise WorkbenchError("A head learns from labels 0 and 1 alone. Leave out all others.")
    ones = int(truth.sum())
    if min(ones, len(truth) - ones) < FEWEST:
        raise WorkbenchError(
            f"There are {ones} labels of yes and {len(truth) - ones} of no: at least {FEWEST} of "
            "each are needed. Label more texts."
        )
    return truth
