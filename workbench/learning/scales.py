"""Scales: a number for each text, as a sum over blocks."""

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


@dataclass(frozen=True)
class Scale:
    """A fitted scale; ``low`` and ``high`` are the least and greatest value learnt from.

    ``held_out`` (in the order given) holds values as if that row, or its group, had been left
    out. It is empty in a scale read from a file.
    """

    ridge: Ridge
    low: float
    high: float
    held_out: np.ndarray = field(default_factory=no_rows)

    @property
    def blocks(self) -> tuple[str, ...]:
        """Names of the blocks, in the order of the contributions."""
        return tuple(self.ridge.parts)

    @property
    def intercept(self) -> float:
        """The value of a text that is average in every block."""
        return float(self.ridge.base[0])

    def contributions(self, blocks: Blocks) -> np.ndarray:
        """What each block adds to the value: n × blocks."""
        found: np.ndarray = self.ridge.contributions(blocks)[:, :, 0]
        return found

    def values(self, blocks: Blocks) -> np.ndarray:
        """Values (n): intercept and contributions, held between ``low`` and ``high``."""
        import numpy as np

        bare = self.contributions(blocks).sum(axis=1) + self.intercept
        held: np.ndarray = np.clip(bare, self.low, self.high)
        return held


def fit_scale(
    blocks: Blocks,
    values: Sequence[float] | np.ndarray,
    *,
    groups: Sequence[Hashable] | None = None,
    shares: Mapping[str, float] | None = None,
    strength: float = STRENGTH,
) -> Scale:
    """Learn a value (n) by the blocks (n rows each); the options are those of ``fit_head``.

    Raises ``WorkbenchError`` for values that are not numbers, or fewer than 5.
    """
    import numpy as np

    targets = np.asarray(values, dtype=float)
    if len(targets) < FEWEST or not np.isfinite(targets).all():
        raise WorkbenchError(f"A scale is learnt from {FEWEST} numbers or more, none missing.")
    ridge, left_out = fit_ridge(
        blocks, targets[:, None], groups=groups, shares=shares, strength=strength
    )
    low, high = float(targets.min()), float(targets.max())
    return Scale(ridge, low, high, np.clip(left_out[:, 0], low, high))
