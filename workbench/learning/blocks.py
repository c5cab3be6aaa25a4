"""Named blocks of numbers about the same n texts, and what is asked of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

WIDTH = 2.0
"""Of the Gaussian, for unit vectors: texts of cosine 1/2 are near by exp(-1)."""


@dataclass(frozen=True)
class Gaussian:
    """A block that is made of nearness to the labelled rows: ``exp(-width × distance² / 2)``.

    For unit vectors that is ``exp(-width (1 - cosine))``. A larger ``width`` looks at closer
    neighbours alone.
    """

    rows: np.ndarray
    width: float = WIDTH

    @property
    def shape(self) -> tuple[int, ...]:
        """As of its rows."""
        return self.rows.shape

    def nearness(self, others: np.ndarray) -> np.ndarray:
        """How near each row lies to each of ``others`` (m × dims): n × m, from 0 to 1."""
        import numpy as np

        own, other = np.asarray(self.rows, dtype=float), np.asarray(others, dtype=float)
        found = own @ other.T
        found -= (own**2).sum(axis=1)[:, None] / 2
        found -= (other**2).sum(axis=1) / 2
        found *= self.width
        nearness: np.ndarray = np.exp(found, out=found)
        return nearness


Block: TypeAlias = "np.ndarray | csr_matrix | Gaussian"
Blocks: TypeAlias = "Mapping[str, Block]"


def count_rows(blocks: Blocks) -> int:
    """How many texts the blocks are about.

    Raises ``WorkbenchError`` where there is no block, or where they differ in rows.
    """
    sizes = {name: int(block.shape[0]) for name, block in blocks.items()}
    if not sizes:
        raise WorkbenchError("There is no block to learn from. Give at least one.")
    if len(set(sizes.values())) > 1:
        said = ", ".join(f"{name} {size}" for name, size in sizes.items())
        raise WorkbenchError(f"The blocks differ in rows ({said}). Give one row a text in each.")
    return next(iter(sizes.values()))


def take_rows(blocks: Blocks, rows: Sequence[int] | np.ndarray) -> dict[str, Block]:
    """The same blocks for some of the texts, in the order given."""
    return {name: _take(block, rows) for name, block in blocks.items()}


def canonical_order(blocks: Blocks, targets: np.ndarray) -> np.ndarray:
    """An order of the rows that depends on what they hold and not on where they stand."""
    import numpy as np

    n = count_rows(blocks)
    keys = [_row_bytes(blocks[name], n) for name in sorted(blocks)]
    keys.append([row.tobytes() for row in np.asarray(targets, dtype=float).reshape(n, -1)])
    return np.array(sorted(range(n), key=lambda row: [key[row] for key in keys]), dtype=np.int64)


def gram(block: Block) -> np.ndarray:
    """How alike each two rows are (n × n): dot products, or nearness for a ``Gaussian``."""
    import numpy as np

    if isinstance(block, Gaussian):
        return block.nearness(block.rows)
    if isinstance(block, np.ndarray):
        rows = block.astype(float)
        product: np.ndarray = rows @ rows.T
        return product
    # Common columns are dense, and far quicker multiplied as such.
    common = block.getnnz(axis=0) > 0.05 * block.shape[0]
    dense, rare = block[:, common].toarray(), block[:, ~common]
    alike: np.ndarray = dense @ dense.T + (rare @ rare.T).toarray()
    return alike


def _take(block: Block, rows: Any) -> Block:
    if isinstance(block, Gaussian):
        return Gaussian(block.rows[rows], block.width)
    return block[rows]


def _row_bytes(block: Block, n: int) -> list[bytes]:
    import numpy as np

    if isinstance(block, Gaussian):
        block = block.rows
    if isinstance(block, np.ndarray):
        rows = np.ascontiguousarray(block)
        return [rows[row].tobytes() for row in range(n)]
    block = block.tocsr().sorted_indices()
    ends = block.indptr
    return [
        block.indices[one:other].tobytes() + block.data[one:other].tobytes()
        for one, other in pairwise(ends)
    ]
