"""Texts grouped by a graph of nearest neighbours, the same whatever order they come in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.themes.graph import find_neighbours, shared_neighbour_graph

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_array

CORE, BORDERLINE, UNPLACED = "core", "borderline", "unplaced"
# A text is borderline when its own theme is nearer than the next by less than this cosine.
_NARROW = 0.05
# A text may be unplaced when it lies this many robust standard deviations further from its
# theme's centre than the theme's other texts do.
_FAR = 2.5


@dataclass(frozen=True)
class Folded:
    """Distinct texts in an order of their own: ``rows`` picks one row for each distinct text,
    ``group`` tells for each row which distinct text it is (-1 for one without words).
    """

    rows: np.ndarray
    group: np.ndarray


@dataclass(frozen=True)
class Partition:
    """One row a text: its ``theme`` (0 to k - 1, largest first; -1 unplaced), ``state``, and
    ``strength``, the cosine to the centre of the nearest theme, from 0 to 1.
    """

    theme: np.ndarray
    state: np.ndarray
    strength: np.ndarray
    centres: np.ndarray


def fold_texts(texts: list[str], vectors: np.ndarray) -> Folded:
    """Fold equal texts (case and spaces apart) and order them by a hash, never by row."""
    import numpy as np

    keys = [
        hashlib.sha256(" ".join(text.casefold().split()).encode("utf-8", "surrogatepass")).digest()
        for text in texts
    ]
    has_words = vectors.any(axis=1)
    order = sorted(
        np.flatnonzero(has_words).tolist(),
        key=lambda row: (keys[row], texts[row], vectors[row].tobytes()),
    )
    rows: list[int] = []
    group = np.full(len(texts), -1)
    for row in order:
        if not rows or keys[rows[-1]] != keys[row]:
            rows.append(row)
        group[row] = len(rows) - 1
    return Folded(np.array(rows, dtype=np.int64), group)


def divide(
    texts: list[str],
    vectors: np.ndarray,
    *,
    neighbours: int,
    resolution: float,
    smallest: int,
    unplaced: float,
    seed: int,
) -> Partition:
    """Divide texts by Leiden communities of the shared-neighbour graph of their vectors.

    ``vectors`` are unit rows (zero where a text has no words), shape ``(n, d)``. ``resolution``
    above 1 gives more and smaller themes (modularity's resolution); communities of fewer than
    ``smallest`` distinct texts join the nearest one. At most the share ``unplaced`` of the texts
    that have words is left unplaced; texts without words always are.

    Leiden: Traag, Waltman and van Eck (2019).
    """
    import numpy as np

    folded = fold_texts(texts, vectors)
    distinct = vectors[folded.rows].astype(np.float64)
    indices, _ = find_neighbours(vectors[folded.rows], count=neighbours)
    found = find_communities(shared_neighbour_graph(indices), resolution=resolution, seed=seed)
    found = _absorb_small(found, distinct, smallest=min(smallest, max(1, len(distinct) // 20)))
    weights = np.bincount(folded.group[folded.group >= 0], minlength=len(distinct))
    found = _by_size(found, weights)
    centres = centres_of(distinct, found)
    nearness = np.round(distinct @ centres.T, 6)
    state, strength = _states(nearness, found, weights, unplaced=unplaced)
    theme = np.where(state == UNPLACED, -1, found)
    return Partition(
        theme=_unfold(theme, folded.group, -1),
        state=_unfold(state, folded.group, UNPLACED),
        strength=_unfold(strength, folded.group, 0.0),
        centres=centres,
    )


def find_communities(graph: csr_array, *, resolution: float, seed: int) -> np.ndarray:
    """The community of each node (int64), by Leiden on modularity with a fixed ``seed``."""
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
        iterations=4,
        seed=seed,
    )
    return np.array([found[node] for node in range(size)], dtype=np.int64)


def centres_of(vectors: np.ndarray, themes: np.ndarray) -> np.ndarray:
    """The unit mean of each theme's vectors, shape ``(k, d)``; themes are 0 to k - 1."""
    import numpy as np

    count = int(themes.max()) + 1 if len(themes) else 0
    sums = np.zeros((count, vectors.shape[1]))
    np.add.at(sums, themes, vectors)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12))


def _absorb_small(themes: np.ndarray, vectors: np.ndarray, *, smallest: int) -> np.ndarray:
    """Move the texts of themes below ``smallest`` to the nearest of the others."""
    import numpy as np

    sizes = np.bincount(themes)
    large = np.flatnonzero(sizes >= smallest)
    if len(large) == 0 or len(large) == len(sizes):
        return themes
    renumbered = np.searchsorted(large, themes)
    stray = ~np.isin(themes, large)
    kept = renumbered[~stray]
    centres = centres_of(vectors[~stray], kept)
    nearest = np.round(vectors @ centres.T, 6).argmax(axis=1)
    return np.where(stray, nearest, renumbered)


def _by_size(themes: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Themes renumbered from the largest to the smallest; ties by their first text."""
    import numpy as np

    names, first, inverse = np.unique(themes, return_index=True, return_inverse=True)
    sizes = np.bincount(inverse, weights=weights, minlength=len(names))
    rank = np.empty(len(names), dtype=np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(len(names))
    return np.asarray(rank[inverse])


def _states(
    nearness: np.ndarray, themes: np.ndarray, weights: np.ndarray, *, unplaced: float
) -> tuple[np.ndarray, np.ndarray]:
    import numpy as np

    rows = np.arange(len(themes))
    own = nearness[rows, themes]
    others = nearness.copy()
    others[rows, themes] = -np.inf
    following = others.max(axis=1) if nearness.shape[1] > 1 else np.full(len(own), -np.inf)
    distance = _robust_distance(own, themes)
    state = np.where(own - following < _NARROW, BORDERLINE, CORE).astype("<U10")
    # The furthest first, and only while the share allows.
    far = np.flatnonzero(distance > _FAR)
    far = far[np.lexsort((far, own[far]))]
    allowed = np.cumsum(weights[far]) <= unplaced * weights.sum()
    state[far[np.cumprod(allowed).astype(bool)]] = UNPLACED
    return state, np.clip(own, 0, 1)


def _robust_distance(own: np.ndarray, themes: np.ndarray) -> np.ndarray:
    """How far below its theme's median nearness a text lies, in robust standard deviations."""
    import numpy as np

    distance = np.zeros(len(own))
    for theme in np.unique(themes):
        member = themes == theme
        median = np.median(own[member])
        spread = 1.4826 * np.median(np.abs(own[member] - median))
        distance[member] = (median - own[member]) / max(spread, 1e-3)
    return distance


def _unfold(values: np.ndarray, group: np.ndarray, blank: object) -> np.ndarray:
    import numpy as np

    if len(values) == 0:
        return np.full(len(group), blank, dtype=values.dtype)
    return np.where(group >= 0, values[group], np.array(blank, dtype=values.dtype))
