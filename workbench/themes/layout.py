"""Places on a map for texts: for drawing only, never for finding themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.themes.graph import find_neighbours

if TYPE_CHECKING:
    import numpy as np

_NEIGHBOURS = 15
_ROUNDS = 200
_PUSHES = 5
# UMAP's curve 1 / (1 + a d^(2b)) for min_dist 0.1 and spread 1.
_A, _B = 1.577, 0.895
_LONGEST_STEP = 4.0
# Keeps groups without a tie to the rest on the map.
_GRAVITY = 0.002


def layout(vectors: np.ndarray, *, seed: int = 1) -> np.ndarray:
    """Two coordinates a text, near for near texts: float32, shape ``(n, 2)``, for drawing only.

    ``vectors`` are unit rows, shape ``(n, d)``. UMAP's objective (McInnes, Healy and Melville
    2018) on exact cosine neighbours, from principal components as start, by gradient steps on
    whole arrays: for 5,000 texts it takes seconds where umap-learn first compiles for the better
    part of a minute. The same vectors, order and seed give the same map. Distances across the
    map mean little.
    """
    import numpy as np

    distinct, group = np.unique(vectors, axis=0, return_inverse=True)
    random = np.random.default_rng(seed)
    # Equal texts share a place, a hair's breadth apart: they would tear loose as an island.
    spread = random.normal(scale=0.02, size=(len(vectors), 2))
    return (_settle(distinct, random)[group] + spread).astype(np.float32)


def _settle(vectors: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Places after all rounds of pulling neighbours together and pushing others apart."""
    import numpy as np

    size = len(vectors)
    if size < 4:
        return np.column_stack([np.arange(size), np.zeros(size)])
    heads, tails, weights = _edges(vectors)
    places = _principal(vectors)
    chance = weights / weights.max()
    for turn in range(_ROUNDS):
        drawn = random.random(len(heads)) < chance
        head, tail = heads[drawn], tails[drawn]
        pull = _pull(places[head] - places[tail])
        move = _sum_by(head, -pull, size) + _sum_by(tail, pull, size)
        for _ in range(_PUSHES):
            other = random.integers(0, size, size=len(head))
            move += _sum_by(head, _push(places[head] - places[other]), size)
        move -= _GRAVITY * places
        places = places + (1 - turn / _ROUNDS) * np.clip(move, -_LONGEST_STEP, _LONGEST_STEP)
    return np.asarray(places - places.mean(axis=0))


def _edges(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of neighbours with UMAP's fuzzy weights, each pair once."""
    import numpy as np
    from scipy.sparse import coo_array, triu

    size = len(vectors)
    indices, nearness = find_neighbours(vectors, count=_NEIGHBOURS)
    distance = 1 - nearness
    beyond = np.maximum(distance - distance[:, :1], 0)
    weights = np.exp(-beyond / _bandwidths(beyond)[:, None])
    rows = np.repeat(np.arange(size), indices.shape[1])
    directed = coo_array((weights.ravel(), (rows, indices.ravel())), shape=(size, size)).tocsr()
    union = directed + directed.T - directed.multiply(directed.T)
    pairs = triu(union, k=1).tocoo()
    return pairs.row.astype(np.int64), pairs.col.astype(np.int64), pairs.data


def _bandwidths(beyond: np.ndarray) -> np.ndarray:
    """For each row the bandwidth that makes its weights sum to log2 of their number."""
    import numpy as np

    target = np.log2(max(beyond.shape[1], 2))
    low, high = np.full(len(beyond), 1e-6), np.full(len(beyond), 10.0)
    for _ in range(40):
        middle = (low + high) / 2
        too_wide = np.exp(-beyond / middle[:, None]).sum(axis=1) > target
        high = np.where(too_wide, middle, high)
        low = np.where(too_wide, low, middle)
    return np.asarray((low + high) / 2)


def _principal(vectors: np.ndarray) -> np.ndarray:
    """The first two principal components, scaled to ten units, signs fixed."""
    import numpy as np

    centred = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, [-1, -2]]
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), [0, 1]])
    places = centred @ axes
    # Rounded: the last bits depend on the number of threads, and each step would magnify them.
    scale = 10 / max(float(np.abs(places).max()), 1e-12)
    return np.asarray(np.round(places * scale, 4))


def _pull(gap: np.ndarray) -> np.ndarray:
    import numpy as np

    squared = np.maximum((gap**2).sum(axis=1), 1e-9)
    strength = 2 * _A * _B * squared ** (_B - 1) / (1 + _A * squared**_B)
    return np.asarray(np.clip(strength[:, None] * gap, -_LONGEST_STEP, _LONGEST_STEP))


def _push(gap: np.ndarray) -> np.ndarray:
    import numpy as np

    squared = (gap**2).sum(axis=1)
    strength = 2 * _B / ((0.001 + squared) * (1 + _A * squared**_B))
    return np.asarray(np.clip(strength[:, None] * gap, -_LONGEST_STEP, _LONGEST_STEP))


def _sum_by(rows: np.ndarray, moves: np.ndarray, size: int) -> np.ndarray:
    import numpy as np

    return np.column_stack([np.bincount(rows, moves[:, axis], size) for axis in (0, 1)])
