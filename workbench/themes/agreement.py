"""How alike two partitions are, and how far apart the clusters of one lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

# Rows that are enough for a mean silhouette: its standard error is then under 0.01.
_COMPARED = 4_000


def count_pairs(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The contingency table of two partitions of the same rows (integers from 0)."""
    import numpy as np

    height, width = int(one.max()) + 1, int(other.max()) + 1
    cells = np.bincount(one.astype(np.int64) * width + other, minlength=height * width)
    return np.asarray(cells.reshape(height, width))


def compare_partitions(one: np.ndarray, other: np.ndarray) -> float:
    """The adjusted Rand index (Hubert and Arabie 1985): 1 for like partitions, 0 by chance."""
    return rand_index(count_pairs(one, other))


def rand_index(table: np.ndarray) -> float:
    """The adjusted Rand index of two partitions, from their contingency table."""
    cells = _pairs(table).sum()
    rows, columns = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    expected = rows * columns / max(_pairs(table.sum()), 1)
    most = (rows + columns) / 2
    return float((cells - expected) / (most - expected)) if most > expected else 1.0


def _pairs(counts: np.ndarray) -> np.ndarray:
    return counts * (counts - 1.0) / 2


def centres_of(vectors: np.ndarray, themes: np.ndarray) -> np.ndarray:
    """The unit mean of each theme's vectors, shape ``(k, d)``; themes are 0 to k - 1."""
    import numpy as np

    sums = sum_by(vectors, themes)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12))


def sum_by(vectors: np.ndarray, themes: np.ndarray) -> np.ndarray:
    """The sum of each theme's vectors, shape ``(k, d)``, float64."""
    import numpy as np
    from scipy.sparse import csr_array

    if not len(themes):
        return np.zeros((0, vectors.shape[1]))
    shape = (int(themes.max()) + 1, len(themes))
    member = csr_array((np.ones(len(themes)), (themes, np.arange(len(themes)))), shape=shape)
    return np.asarray(member @ vectors.astype(np.float64))


def silhouette(rows: np.ndarray, clusters: np.ndarray) -> float:
    """Mean silhouette by cosine to centres, -1 to 1 (Rousseeuw 1987; simplified: Hruschka 2004).

    A row is compared with its cluster's centre without itself, else small clusters would look
    tight; a row alone in its cluster counts 0. ``rows`` are unit rows, shape ``(n, d)``, in an
    order without meaning: of many, evenly spaced ones are compared.
    """
    import numpy as np

    sums = sum_by(rows, clusters).astype(np.float32)
    lengths = np.linalg.norm(sums, axis=1)
    drawn = slice(None, None, max(1, len(rows) // _COMPARED))
    some, own = rows[drawn], clusters[drawn]
    nearness = some @ (sums / np.maximum(lengths, 1e-12)[:, None]).T
    every = np.arange(len(some))
    # The dot product with the centre without the row, from that with it.
    along = nearness[every, own] * lengths[own]
    rest = np.sqrt(np.maximum(lengths[own] ** 2 - 2 * along + 1, 1e-12))
    within = 1 - (along - 1) / rest
    nearness[every, own] = -np.inf
    beyond = 1 - nearness.max(axis=1)
    widths = (beyond - within) / np.maximum(np.maximum(within, beyond), 1e-9)
    widths[np.bincount(clusters)[own] == 1] = 0
    return float(widths.mean())
