"""Ridge regression on several blocks at once, and what it would say with a row left out.

Each block is centred and scaled to like spread, their kernels are averaged, and one solve serves
every target (kernel ridge regression: Saunders, Gammerman and Vovk 1998). Answers are sums over
blocks. What a row would get had it, or its whole group, been left out comes in closed form, so
that calibration needs no second fit.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.learning.blocks import (
    Block,
    Blocks,
    Gaussian,
    canonical_order,
    count_rows,
    gram,
    take_rows,
)

if TYPE_CHECKING:
    import numpy as np

STRENGTH = 1.0
"""The ridge: how much noise an observation is held to carry, where blocks have spread 1."""
_FREE = 10.0  # the room left to the intercept, against 1 of all blocks
_AT_ONCE = 2048
# Sums may differ in their last digits by the place of a row, the processor or the threads.
_DECIMALS = 9


@dataclass(frozen=True)
class Part:
    """What one block adds: ``weights`` (k × columns) on it, less ``middle`` (k).

    For a ``Gaussian``, ``rows`` are the labelled ones, and ``weights`` (k × rows) are on the
    nearness to them.
    """

    weights: np.ndarray
    middle: np.ndarray
    rows: np.ndarray | None = None
    width: float = 0.0

    def add(self, block: Block) -> np.ndarray:
        """What the block adds to each text's k answers: n × k, 0 as on average where learnt."""
        import numpy as np

        if isinstance(block, Gaussian) != (self.rows is not None):
            raise TypeError("a block is Gaussian where it was learnt so, and only there")
        columns = block.rows if isinstance(block, Gaussian) else block
        found: np.ndarray = np.empty((block.shape[0], len(self.weights)))
        for at in range(0, len(found), _AT_ONCE):
            piece = columns[at : at + _AT_ONCE]
            if self.rows is not None:
                piece = Gaussian(piece, self.width).nearness(self.rows)
            found[at : at + _AT_ONCE] = piece @ self.weights.T
        found -= self.middle
        return found


@dataclass(frozen=True)
class Ridge:
    """A fitted ridge: its parts by block, and ``base`` (k), what an average text gets."""

    parts: Mapping[str, Part]
    base: np.ndarray

    def contributions(self, blocks: Blocks) -> np.ndarray:
        """What each block adds to each answer: n × blocks × k; with ``base`` they add up.

        Raises ``WorkbenchError`` where a block is missing, unknown or of another width.
        """
        import numpy as np

        n = count_rows(blocks)
        self._check(blocks)
        added = [part.add(blocks[name]) for name, part in self.parts.items()]
        return np.stack(added, axis=1).round(_DECIMALS).reshape(n, len(added), len(self.base))

    def scores(self, blocks: Blocks) -> np.ndarray:
        """The answers: n × k."""
        found: np.ndarray = self.contributions(blocks).sum(axis=1) + self.base
        return found

    def _check(self, blocks: Blocks) -> None:
        odd = sorted(set(self.parts) ^ set(blocks))
        if odd:
            raise WorkbenchError(
                f"The head was learnt on other blocks (block '{odd[0]}' is missing or new). "
                f"Give these: {', '.join(self.parts)}."
            )
        for name, part in self.parts.items():
            columns = part.weights.shape[1] if part.rows is None else part.rows.shape[1]
            if blocks[name].shape[1] != columns:
                raise WorkbenchError(
                    f"Block '{name}' has {blocks[name].shape[1]} columns and {columns} were learnt."
                    " Make it as it was made for learning."
                )


def fit_ridge(
    blocks: Blocks,
    targets: np.ndarray,
    *,
    groups: Sequence[Hashable] | None = None,
    shares: Mapping[str, float] | None = None,
    strength: float = STRENGTH,
) -> tuple[Ridge, np.ndarray]:
    """The ridge of ``targets`` (n × k), and their left-out answers (n × k).

    A left-out answer is what the ridge gives to a row when that row, or every row of the same
    group, is not learnt from. ``shares`` weighs blocks (1 each). Equal rows give equal results
    in any order. Memory grows with n², time with n³.

    Raises ``WorkbenchError`` where blocks and targets differ in rows, or all is one group.
    """
    import numpy as np
    from threadpoolctl import threadpool_limits

    n = count_rows(blocks)
    if len(targets) != n or (groups is not None and len(groups) != n):
        raise WorkbenchError(f"There are {n} texts: give as many labels, and as many groups.")
    order = canonical_order(blocks, targets)
    held = [] if groups is None else _repeated([groups[row] for row in order])
    if any(len(rows) == n for rows in held):
        raise WorkbenchError("All rows are of one group. Learn from two groups at least.")
    # One thread: with more, sums are split in other places.
    with threadpool_limits(limits=1):
        ridge, left_out = _solve(
            take_rows(blocks, order), targets[order].astype(float), held, shares or {}, strength
        )
    back = np.empty_like(left_out)
    back[order] = left_out
    return ridge, back


def _solve(
    blocks: Blocks,
    targets: np.ndarray,
    held: list[np.ndarray],
    shares: Mapping[str, float],
    strength: float,
) -> tuple[Ridge, np.ndarray]:
    import numpy as np

    base = targets.mean(axis=0)
    weighed = {name: shares.get(name, 1.0) for name in blocks}
    total = sum(weighed.values())
    kernel = np.full((len(targets), len(targets)), _FREE)
    scales = {}
    for name, block in blocks.items():
        table = gram(block)
        means = table.mean(axis=0)
        spread = float(np.trace(table) / len(table) - means.mean())
        scales[name] = weighed[name] / total / spread if spread > 1e-12 else 0.0
        kernel += scales[name] * (table - means - means[:, None] + means.mean())
    kernel[np.diag_indices(len(kernel))] += strength
    inverse = np.linalg.inv(kernel)
    duals = inverse @ (targets - base)
    left_out = targets - duals / np.diag(inverse)[:, None]
    for rows in held:
        left_out[rows] = targets[rows] - np.linalg.solve(inverse[np.ix_(rows, rows)], duals[rows])
    parts = {name: _part(block, scales[name] * duals) for name, block in blocks.items()}
    return Ridge(parts, base + _FREE * duals.sum(axis=0)), left_out.round(_DECIMALS)


def _part(block: Block, duals: np.ndarray) -> Part:
    """Weights on the block's columns, from duals on its centred rows."""
    import numpy as np

    own = duals - duals.mean(axis=0)  # as centring the rows does
    if isinstance(block, Gaussian):
        weights, rows, width = own.T, np.asarray(block.rows), block.width
    else:
        weights, rows, width = np.asarray(block.T @ own).T, None, 0.0
    part = Part(np.ascontiguousarray(weights), np.zeros(duals.shape[1]), rows, width)
    return Part(part.weights, part.add(block).mean(axis=0), rows, width)


def _repeated(groups: Sequence[Hashable]) -> list[np.ndarray]:
    """The rows of each group that has several."""
    import numpy as np

    rows: dict[Hashable, list[int]] = {}
    for row, group in enumerate(groups):
        rows.setdefault(group, []).append(row)
    return [np.array(own) for own in rows.values() if len(own) > 1]
