"""Main themes made of sub-themes: each level nested in the one above."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

FEWEST, MOST = 4, 8


def merge_themes(centres: np.ndarray, sizes: np.ndarray, *, main: int | None = None) -> np.ndarray:
    """The main theme (0 to m - 1, int64) of each sub-theme, by Ward's merging of sub-themes.

    ``centres`` are unit rows, shape ``(k, d)``; ``sizes`` the texts of each, shape ``(k,)``: two
    large sub-themes merge less readily than a small one joins a large one (Ward 1963). ``main``
    is the number wanted; without it, the number from 4 to 8 whose main themes are best apart (mean
    silhouette of sub-themes weighted by size, Rousseeuw 1987). With no more sub-themes than main
    themes wanted, each is its own.
    """
    import numpy as np

    count = len(centres)
    wanted = [main] if main is not None else [n for n in range(FEWEST, MOST + 1) if n < count]
    if not wanted or count <= wanted[0]:
        return np.arange(count, dtype=np.int64)
    cuts = _merge_down(centres, sizes, wanted)
    if len(cuts) == 1:
        return cuts[wanted[0]]
    scores = {number: _silhouette(centres, sizes, cut) for number, cut in cuts.items()}
    return cuts[max(scores, key=lambda number: (round(scores[number], 6), -number))]


def _merge_down(centres: np.ndarray, sizes: np.ndarray, wanted: list[int]) -> dict[int, np.ndarray]:
    """Merge the pair that adds least to the spread within themes, until the fewest are left."""
    import numpy as np

    middles = np.array(centres, dtype=np.float64)
    weights = np.maximum(np.array(sizes, dtype=np.float64), 1)
    theme = np.arange(len(centres))
    cuts = {}
    while len(middles) > min(wanted):
        gaps = ((middles[:, None] - middles[None]) ** 2).sum(axis=2)
        costs = gaps * np.outer(weights, weights) / np.add.outer(weights, weights)
        costs[np.tril_indices(len(costs))] = np.inf
        kept, gone = np.unravel_index(np.round(costs, 6).argmin(), costs.shape)
        total = weights[kept] + weights[gone]
        middles[kept] = (weights[kept] * middles[kept] + weights[gone] * middles[gone]) / total
        weights[kept] = total
        middles = np.delete(middles, gone, axis=0)
        weights = np.delete(weights, gone)
        theme = np.where(theme == gone, kept, theme)
        theme = np.where(theme > gone, theme - 1, theme)
        if len(middles) in wanted:
            cuts[len(middles)] = theme.astype(np.int64)
    return cuts


def _silhouette(centres: np.ndarray, sizes: np.ndarray, labels: np.ndarray) -> float:
    import numpy as np
    from sklearn.metrics import silhouette_samples

    apart = silhouette_samples(centres, labels, metric="cosine")
    return float(np.average(apart, weights=np.maximum(sizes, 1)))
