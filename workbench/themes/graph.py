"""Nearest neighbours as a weighted graph: exact, and the same for the same vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_array

_BLOCK = 1024
# Similarities are rounded before they are ranked, so that the last bits, which differ between
# processors and libraries, cannot swap two neighbours.
_DECIMALS = 5


def find_neighbours(vectors: np.ndarray, *, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The ``count`` most similar other rows of each row, by cosine, most similar first.

    ``vectors`` are unit rows, shape ``(n, d)``. Returns indices (int64) and similarities
    (float64), both ``(n, min(count, n - 1))``; ties go to the lower row number.
    """
    import numpy as np

    size = len(vectors)
    count = min(count, max(size - 1, 0))
    indices = np.empty((size, count), dtype=np.int64)
    similarities = np.empty((size, count))
    for start in range(0, size, _BLOCK):
        block = np.round((vectors[start : start + _BLOCK] @ vectors.T).astype(float), _DECIMALS)
        rows = np.arange(len(block))
        block[rows, start + rows] = -np.inf
        # One key for similarity, then row number: the order does not depend on the sort.
        keys = np.round(block * 10**_DECIMALS) * size - np.arange(size)
        part = np.argpartition(-keys, min(count, size - 1), axis=1)[:, :count]
        order = np.argsort(-np.take_along_axis(keys, part, axis=1), axis=1, kind="stable")
        chosen = np.take_along_axis(part, order, axis=1)
        indices[start : start + len(block)] = chosen
        similarities[start : start + len(block)] = np.take_along_axis(block, chosen, axis=1)
    return indices, similarities


def shared_neighbour_graph(indices: np.ndarray) -> csr_array:
    """Rows joined to their neighbours, weighted by how far their neighbourhoods agree.

    The weight of a pair, in (0, 1], is the Jaccard index of the two lists of neighbours, each
    with its own row (Jarvis and Patrick 1973; used so by Seurat). Symmetric, no loops, shape
    ``(n, n)``, sorted indices.
    """
    import numpy as np
    from scipy.sparse import csr_array

    size, count = indices.shape
    columns = np.column_stack([np.arange(size), indices])
    pointers = np.arange(0, size * (count + 1) + 1, count + 1)
    member = csr_array((np.ones(columns.size), columns.ravel(), pointers), shape=(size, size))
    joined = member + member.T
    joined.data[:] = 1
    common = (member @ member.T).multiply(joined).tocsr()
    common.data /= 2 * (count + 1) - common.data
    common.setdiag(0)
    common.eliminate_zeros()
    common.sort_indices()
    return common
