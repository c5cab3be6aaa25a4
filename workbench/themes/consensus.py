"""Many clusterings of one graph, over neighbourhood, resolution and subsample, made into one.

Consensus clustering: Strehl and Ghosh (2002); of communities in networks: Lancichinetti and
Fortunato (2012). Communities: Leiden, Traag, Waltman and van Eck (2019). Reproducibility between
halves: Lange, Roth, Braun and Buhmann (2004).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.themes.agreement import compare_partitions, silhouette

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_array

# Leiden runs release the interpreter's lock. Each has a seed of its own, so that the number of
# threads changes nothing but the time.
_THREADS = 2
_STEPS = 24


@dataclass(frozen=True)
class Ensemble:
    """Clusterings of the same rows, one a half of them, extended to the others.

    ``labels``: one row a member, shape ``(m, n)``, the cluster of each row of data (0 to k - 1).
    ``cell``: which setting (neighbourhood and resolution) each member has, shape ``(m,)``.
    Of each setting, shape ``(c,)`` each: ``counts``, clusters of ``smallest`` rows or more, mean of
    its members; ``quality``, 0 to 1, how alike the clusterings of two halves are (mean adjusted
    Rand index) times how far clusters lie apart (mean silhouette).
    """

    labels: np.ndarray
    cell: np.ndarray
    counts: np.ndarray
    quality: np.ndarray


def make_ensemble(
    graphs: Sequence[csr_array],
    rows: np.ndarray,
    *,
    resolutions: np.ndarray,
    splits: int,
    smallest: int,
    seed: int,
    advance: Callable[[], None] = lambda: None,
) -> Ensemble:
    """Cluster both halves of ``splits`` random splits, in each graph and at each resolution.

    ``graphs`` join the same rows by neighbourhoods of several sizes; ``rows`` are unit vectors,
    shape ``(n, d)``, in which silhouettes are read.
    """
    import numpy as np

    size, fineness = len(rows), len(resolutions)
    draws = [np.random.default_rng((seed, turn)).permutation(size) for turn in range(splits)]
    middle = size // 2 or size  # a single row is both halves
    halves = [np.sort(part) for draw in draws for part in (draw[:middle], draw[-middle:])]

    def cluster(task: tuple[int, int]) -> np.ndarray:
        graph, half = task
        found = _cluster_half(graphs[graph], halves[half], resolutions, seed=seed + half)
        advance()
        return found

    tasks = [(graph, half) for graph in range(len(graphs)) for half in range(len(halves))]
    with ThreadPoolExecutor(_THREADS) as pool:
        # graph, half, resolution, row -> graph and resolution (a setting), half, row
        found = np.stack(list(pool.map(cluster, tasks)))
        found = found.reshape(len(graphs), len(halves), fineness, size).transpose(0, 2, 1, 3)
        settings = found.reshape(-1, len(halves), size)
        judged = list(pool.map(lambda members: _judge(members, rows, smallest), settings))
    return Ensemble(
        labels=settings.reshape(-1, size),
        cell=np.repeat(np.arange(len(settings)), len(halves)),
        counts=np.array([count for count, _ in judged]),
        quality=np.array([quality for _, quality in judged]),
    )


def _cluster_half(
    graph: csr_array, half: np.ndarray, resolutions: np.ndarray, *, seed: int
) -> np.ndarray:
    """Leiden on ``half`` of the rows at each resolution; the others join their neighbours.

    Shape ``(r, n)``.
    """
    import numpy as np
    from scipy.sparse import csr_array

    size = graph.shape[0]
    left = np.setdiff1d(np.arange(size), half)
    columns = csr_array(graph[:, half])
    inner, outer = csr_array(columns[half]), csr_array(columns[left])
    inner.sort_indices()
    labels = np.zeros((len(resolutions), size), dtype=np.int32)
    for row, resolution in enumerate(resolutions):
        found = find_communities(inner, resolution=float(resolution), seed=seed)
        shape = (len(half), int(found.max()) + 1)
        member = csr_array((np.ones(len(half)), (np.arange(len(half)), found)), shape=shape)
        labels[row, half] = found
        labels[row, left] = _heaviest(csr_array(outer @ member))
    return labels


def _heaviest(votes: csr_array) -> np.ndarray:
    """The column with the largest entry of each row; the lowest of equals; 0 of an empty row."""
    import numpy as np

    votes.sort_indices()
    found = np.zeros(votes.shape[0], dtype=np.int32)
    lengths = np.diff(votes.indptr)
    row = np.repeat(np.arange(votes.shape[0]), lengths)
    order = np.lexsort((votes.indices, -np.round(votes.data, 9), row))
    filled = np.flatnonzero(lengths)
    found[filled] = votes.indices[order][votes.indptr[:-1][filled]]
    return found


def _judge(members: np.ndarray, rows: np.ndarray, smallest: int) -> tuple[float, float]:
    """Of the members of one setting: clusters of ``smallest`` or more, and quality."""
    import numpy as np

    counts = [int((np.bincount(member) >= smallest).sum()) for member in members]
    if min(counts) < 2:
        return float(np.mean(counts)), 0.0
    halves = zip(members[::2], members[1::2], strict=True)
    alike = float(np.mean([compare_partitions(one, other) for one, other in halves]))
    apart = float(np.mean([silhouette(rows, member) for member in members[:2]]))
    return float(np.mean(counts)), max(alike, 0.0) * max(apart, 0.0)


def find_communities(
    graph: csr_array, *, resolution: float, seed: int, iterations: int = 1
) -> np.ndarray:
    """The community of each node (int64, 0 to k - 1), by Leiden on modularity."""
    import numpy as np
    from graspologic_native import leiden_csr

    size = graph.shape[0]
    if graph.nnz == 0:
        return np.zeros(size, dtype=np.int64)
    _, found = leiden_csr(
        graph.indptr.astype(np.int64),
        graph.indices.astype(np.int32),
        graph.data.astype(np.float64),
        size,
        resolution=resolution,
        iterations=iterations,
        seed=seed,
    )
    return np.fromiter((found[node] for node in range(size)), dtype=np.int64, count=size)


def weigh_agreement(graph: csr_array, labels: np.ndarray, weights: np.ndarray) -> csr_array:
    """The pairs of ``graph``, each weighed by the share of members that keep the two together.

    ``labels`` has one row a member, shape ``(m, n)``; ``weights`` one weight a member. Weights of
    pairs lie in (0, 1]; pairs that no member keeps together are left out.
    """
    import numpy as np
    from scipy.sparse import csr_array

    pairs = graph.tocoo()
    together = np.zeros(len(pairs.row))
    for row, weight in zip(labels, weights, strict=True):
        together += weight * (row[pairs.row] == row[pairs.col])
    agreed = csr_array((together / weights.sum(), (pairs.row, pairs.col)), shape=graph.shape)
    agreed.data = np.round(agreed.data, 9)
    agreed.eliminate_zeros()
    agreed.sort_indices()
    return agreed


def cluster_agreement(agreed: csr_array, *, count: int, smallest: int, seed: int) -> np.ndarray:
    """The consensus: communities of the weighed pairs, ``count`` of them of ``smallest`` or more.

    The resolution is found by halving; where none gives just ``count``, the nearest number counts.
    Smaller communities are returned as they are. Shape ``(n,)``.
    """
    import numpy as np

    low, high = 1e-3, 1e3
    best, miss = np.zeros(agreed.shape[0], dtype=np.int64), np.inf
    for _ in range(_STEPS):
        middle = float(np.sqrt(low * high))
        found = find_communities(agreed, resolution=middle, seed=seed, iterations=2)
        large = int((np.bincount(found) >= smallest).sum())
        if abs(large - count) < miss:
            best, miss = found, abs(large - count)
        if miss == 0:
            break
        # Beyond some resolution communities crumble, and fewer large ones are left.
        crumbled = int(found.max()) + 1 > 3 * count
        low, high = (low, middle) if large > count or crumbled else (middle, high)
    return best
