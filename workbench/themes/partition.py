"""Texts divided into themes on several levels, the same whatever order they come in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.themes.agreement import centres_of, count_pairs
from workbench.themes.consensus import (
    Ensemble,
    cluster_agreement,
    make_ensemble,
    weigh_agreement,
)
from workbench.themes.graph import find_neighbours, shared_neighbour_graph
from workbench.themes.levels import Number, as_range, nest_levels
from workbench.themes.views import join_views

if TYPE_CHECKING:
    import numpy as np

CORE, BORDERLINE, UNPLACED = "core", "borderline", "unplaced"
# The grid of clusterings: neighbours a text, from few to many themes, halves of four splits.
# Chosen on Banking77's training part; see benchmarks/results/themes_tries.md.
NEIGHBOURS = (10, 15, 20, 30)
RESOLUTIONS = (0.1, 40.0, 14)
SPLITS = 4
# With more texts than this fewer splits do: halves of many texts differ little. Where one is left,
# fewer resolutions do too, since time is short: see benchmarks/results/themes_tries.md.
_MANY = 5_000
_FEW_RESOLUTIONS = 10
# Settings within about this share of the best quality make the consensus; of their numbers of
# themes the weighted quantile is taken.
_NEAR_BEST, _LEAST_WEIGHT, _QUANTILE = 0.06, 0.05, 0.65
# Fewer finest themes than this are not of use, unless asked for: main themes are the level above.
_FEWEST = 10
# Nor are themes of fewer texts than this on average: turns of phrase would pass for themes.
_MEAN_SIZE = 30
# How far from a number asked for a setting's own number may lie (as a logarithm).
_NEAR_ASKED = 0.2
# A text is core when at least this share of the clusterings agrees on its theme.
AGREED = 0.5
# A text may be unplaced when it lies this many robust standard deviations further from its
# theme's centre than the theme's other texts do, and further from its neighbours than texts do.
_FAR, _ALONE = 2.5, 2.0


@dataclass(frozen=True)
class Folded:
    """Distinct texts in an order of their own: ``rows`` picks one row for each distinct text,
    ``group`` tells for each row which distinct text it is (-1 for one without words).
    """

    rows: np.ndarray
    group: np.ndarray


@dataclass(frozen=True)
class Partition:
    """One row a text: ``theme``, the finest (0 to k - 1; -1 unplaced), ``state``, and
    ``strength``, the share of clusterings that put the text in its sub-theme, from 0 to 1.

    ``above``: a step upward each, the next level's number of each theme below, main themes last.
    ``members``: the theme that each clustering of the consensus gives each text, shape ``(m, n)``,
    -1 where unplaced.
    """

    theme: np.ndarray
    state: np.ndarray
    strength: np.ndarray
    above: tuple[np.ndarray, ...]
    members: np.ndarray


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


def count_splits(texts: int) -> int:
    """Random splits into halves for so many texts: four, and down to one for many."""
    return max(1, min(SPLITS, round(SPLITS * _MANY / max(texts, 1))))


def spread_resolutions(texts: int) -> np.ndarray:
    """Resolutions for so many texts, from few themes to many, evenly apart as logarithms."""
    import numpy as np

    least, most, count = RESOLUTIONS
    return np.geomspace(least, most, count if count_splits(texts) > 1 else _FEW_RESOLUTIONS)


def count_steps(texts: int) -> int:
    """How often ``advance`` is called, at most."""
    return len(NEIGHBOURS) * 2 * count_splits(texts)


def divide(
    texts: list[str],
    vectors: np.ndarray,
    *,
    main: Number = None,
    sub: Number = None,
    finest: Number = None,
    smallest: int,
    unplaced: float,
    seed: int,
    advance: Callable[[], None] = lambda: None,
) -> Partition:
    """Divide texts into themes by consensus of many clusterings, and join them into levels.

    ``vectors`` are unit rows (zero where a text has no words), shape ``(n, d)``. Equal texts are
    folded and ordered by a hash. ``main``, ``sub`` and ``finest`` are numbers or ranges of themes
    wanted on a level; without them the numbers are found. Themes of fewer than ``smallest``
    distinct texts join the nearest one. At most the share ``unplaced`` of the texts that have words
    is left unplaced; texts without words always are.
    """
    import numpy as np
    from threadpoolctl import threadpool_limits

    # Products cut up by the number of threads would differ in their last bits.
    with threadpool_limits(limits=1):
        folded = fold_texts(texts, vectors)
        weights = np.bincount(folded.group[folded.group >= 0], minlength=len(folded.rows))
        rows = join_views([texts[row] for row in folded.rows], vectors[folded.rows])
        smallest = min(smallest, max(1, len(rows) // 10))
        indices, near = find_neighbours(rows, count=max(NEIGHBOURS))
        ensemble, found, chosen = _agree(rows, indices, finest, smallest, seed, advance)
        found = _by_size(_absorb_small(found, rows, smallest=smallest), weights)
        above = nest_levels(ensemble, found, rows, main=main, sub=sub)
        members = np.stack([_align(member, found) for member in ensemble.labels[chosen]])
        top = above[0] if len(above) > 1 else np.arange(len(above[0]))
        strength = np.round((top[members] == top[found]).mean(axis=0), 6)
        own = np.round(rows @ centres_of(rows, found).T, 6)[np.arange(len(rows)), found]
        company = near[:, : min(NEIGHBOURS)].mean(axis=1) if near.size else np.zeros(len(rows))
        state = _states(own, company, found, strength, weights, unplaced=unplaced)
    lost = state == UNPLACED
    return Partition(
        theme=_unfold(np.where(lost, -1, found), folded.group, -1),
        state=_unfold(state, folded.group, UNPLACED),
        strength=_unfold(strength, folded.group, 0.0),
        above=above,
        members=np.stack([_unfold(np.where(lost, -1, row), folded.group, -1) for row in members]),
    )


def _agree(
    rows: np.ndarray,
    indices: np.ndarray,
    finest: Number,
    smallest: int,
    seed: int,
    advance: Callable[[], None],
) -> tuple[Ensemble, np.ndarray, np.ndarray]:
    """The ensemble, the consensus of its best settings, and which members that is made of."""
    import numpy as np

    size = len(rows)
    counts = sorted({min(count, max(1, size // 4)) for count in NEIGHBOURS})
    graphs = [shared_neighbour_graph(indices[:, :count]) for count in counts]
    ensemble = make_ensemble(
        graphs,
        rows,
        resolutions=spread_resolutions(size),
        splits=count_splits(size),
        smallest=smallest,
        seed=seed,
        advance=advance,
    )
    weights, count = _choose(ensemble, finest, size)
    share = weights[ensemble.cell]
    chosen = np.flatnonzero(share)
    if count < 2:
        return ensemble, np.zeros(size, dtype=np.int64), chosen
    agreed = weigh_agreement(graphs[0], ensemble.labels[chosen], share[chosen])
    found = cluster_agreement(agreed, count=count, smallest=smallest, seed=seed)
    return ensemble, found, chosen


def _choose(ensemble: Ensemble, finest: Number, size: int) -> tuple[np.ndarray, int]:
    """The weight of each setting in the consensus, shape ``(c,)``, and the number of themes."""
    import numpy as np

    fewest = max(1, min(_FEWEST, size // 50))
    low, high = as_range(finest, (fewest, max(fewest, size // _MEAN_SIZE)))
    counts = np.maximum(ensemble.counts, 1)
    quality = ensemble.quality * _within(counts, low, high)
    best = float(quality.max())
    if best <= 0:
        # Nothing tells texts apart: all settings alike, and one theme unless more are asked for.
        return np.ones(len(counts)), 1 if finest is None else low
    weights = np.exp(-(best - quality) / (_NEAR_BEST * best))
    weights[weights < _LEAST_WEIGHT] = 0
    order = np.argsort(counts, kind="stable")
    share = np.cumsum(weights[order]) / weights.sum()
    count = round(float(np.interp(_QUANTILE, share, counts[order])))
    return weights, min(max(count, low), high)


def _within(counts: np.ndarray, low: int, high: int) -> np.ndarray:
    """1 for counts from ``low`` to ``high``, falling to 0 beyond."""
    import numpy as np

    away = np.maximum(np.log(low / counts), 0) + np.maximum(np.log(counts / high), 0)
    return np.exp(-((away / _NEAR_ASKED) ** 2))


def _align(member: np.ndarray, themes: np.ndarray) -> np.ndarray:
    """A clustering in the numbers of ``themes``: each cluster takes the theme most of it is in."""
    import numpy as np

    return np.asarray(count_pairs(member, themes).argmax(axis=1)[member], dtype=np.int32)


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
    own: np.ndarray,
    company: np.ndarray,
    themes: np.ndarray,
    strength: np.ndarray,
    weights: np.ndarray,
    *,
    unplaced: float,
) -> np.ndarray:
    import numpy as np

    state = np.where(strength < AGREED, BORDERLINE, CORE).astype("<U10")
    # The furthest first, and only while the share allows.
    alone = _robust_distance(company, np.zeros(len(own), dtype=np.int64)) > _ALONE
    far = np.flatnonzero((_robust_distance(own, themes) > _FAR) & alone)
    far = far[np.lexsort((far, own[far]))]
    allowed = np.cumsum(weights[far]) <= unplaced * weights.sum()
    state[far[np.cumprod(allowed).astype(bool)]] = UNPLACED
    return state


def _robust_distance(own: np.ndarray, themes: np.ndarray) -> np.ndarray:
    """How far a text lies below the median of its theme, in robust standard deviations."""
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
