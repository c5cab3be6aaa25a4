"""Nearest neighbours as a weighted graph: exact, and the same for the same vectors."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_array

_BLOCK = 512
_THREADS = 2
# Similarities are rounded before they are ranked, so that the last bits, which differ between
# processors and libraries, cannot swap two neighbours.
_DECIMALS = 5


def find_neighbours(vectors: np.ndarray, *, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The ``count`` most similar other rows of each row, by cosine, most similar first.

    ``vectors`` are unit rows, shape ``(n, d)``. Returns indices (int64) and similarities
    (float64), both ``(n, min(count, n - 1))``; ties go to the lower row number.
    """
    import numpy as np
    from threadpoolctl import threadpool_limits

    size = len(vectors)
    count = min(count, max(size - 1, 0))
    indices = np.empty((size, count), dtype=np.int64)
    similarities = np.empty((size, count))

    def fill(start: int) -> None:
        stop = min(start + _BLOCK, size)
        found = _rank_block(vectors, start, stop, count)
        indices[start:stop], similarities[start:stop] = found

    # One thread a block, so that no product is cut up by the number of threads.
    with threadpool_limits(limits=1), ThreadPoolExecutor(_THREADS) as pool:
        list(pool.map(fill, range(0, size, _BLOCK)))
    return indices, similarities


def _rank_block(
    vectors: np.ndarray, start: int, stop: int, count: int
) -> tuple[np.ndarray, np.ndarray]:
    import numpy as np

    scores = vectors[start:stop] @ vectors.T
    scores *= -(10.0**_DECIMALS)
    np.rint(scores, out=scores)
    rows = np.arange(stop - start)
    scores[rows, start + rows] = np.inf
    last = np.partition(scores, max(count - 1, 0), axis=1)[:, max(count - 1, 0)]
    chosen = np.empty((stop - start, count), dtype=np.int64)
    for row in rows:
        # Of those that tie for the last place the lowest come in.
        better = np.flatnonzero(scores[row] < last[row])
        level = np.flatnonzero(scores[row] == last[row])[: count - len(better)]
        chosen[row] = np.concatenate([better, level])
    order = np.argsort(np.take_along_axis(scores, chosen, axis=1), axis=1, kind="stable")
    chosen = np.take_along_axis(chosen, order, axis=1)
    nearness = -np.take_along_axis(scores, chosen, axis=1).astype(np.float64)
    return chosen, nearness / 10.0**_DECIMALS


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
