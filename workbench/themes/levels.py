"""Levels of themes, each nested in the one above, cut where the partition is most stable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.themes.agreement import centres_of, count_pairs, rand_index, silhouette

if TYPE_CHECKING:
    import numpy as np

    from workbench.themes.consensus import Ensemble

Number = int | tuple[int, int] | None

MAIN = (4, 8)
# Sub-themes a main theme, and the finest themes there must be for a level between to be of use.
_SUB = (2, 5)
_FINER = 1.5
# Settings whose number of clusters is within this factor (as a logarithm) judge a cut.
_NEAR = 0.4


def nest_levels(
    ensemble: Ensemble,
    themes: np.ndarray,
    rows: np.ndarray,
    *,
    main: Number = None,
    sub: Number = None,
) -> tuple[np.ndarray, ...]:
    """How the finest ``themes`` join, level by level upward, the main themes last.

    ``themes`` are 0 to k - 1, shape ``(n,)``; ``rows`` unit rows, shape ``(n, d)``. Themes join
    first that the ensemble's coarser clusterings put together and whose centres are near (Ward's
    criterion). ``main`` and ``sub`` are a number or a range, by default 4 to 8 main themes and
    two to five times as many sub-themes; in a range the cut is the one most alike to clusterings
    of halves with about as many clusters (adjusted Rand index), times its silhouette.

    Returns one array a step upward: the number in the next level of each theme below, int64. There
    is one step where no level lies between, and each theme is its own main theme where there are
    no more than asked for.
    """
    import numpy as np

    count = int(themes.max()) + 1
    low, high = as_range(main, MAIN)
    if count <= low or (main is None and count <= high):
        return (np.arange(count, dtype=np.int64),)
    tables = [count_pairs(themes, member) for member in ensemble.labels]
    centres = centres_of(rows, themes)
    apart = 2 - _together(ensemble, tables, count) - centres @ centres.T
    cuts = _cut_tree(apart, np.bincount(themes, minlength=count))
    judge = _Judge(ensemble, tables, themes, rows)
    top = judge.best(cuts, range(low, min(high, count - 1) + 1))
    groups = int(top.max()) + 1
    low, high = as_range(sub, (_SUB[0] * groups, _SUB[1] * groups))
    if sub is None:
        high = min(high, int(count / _FINER))
    between = [number for number in range(max(low, groups + 1), high + 1) if number < count]
    if not between:
        return (top,)
    middle = judge.best(cuts, between)
    first = np.array([np.flatnonzero(middle == number)[0] for number in range(middle.max() + 1)])
    return middle, top[first]


def as_range(number: Number, usual: tuple[int, int]) -> tuple[int, int]:
    """A number, a range or nothing asked for, as a range from low to high."""
    if number is None:
        return usual
    return (number, number) if isinstance(number, int) else number


def _together(ensemble: Ensemble, tables: list[np.ndarray], count: int) -> np.ndarray:
    """How much coarser members put two themes together: mean overlap from 0 to 1, ``(k, k)``."""
    import numpy as np

    total, weights = np.zeros((count, count)), 0.0
    for cell, table in zip(ensemble.cell, tables, strict=True):
        weight = float(ensemble.quality[cell])
        if weight > 0 and ensemble.counts[cell] <= count:
            spread = table / table.sum(axis=1, keepdims=True)
            total += weight * (spread @ spread.T)
            weights += weight
    return total / max(weights, 1e-12)


def _cut_tree(apart: np.ndarray, sizes: np.ndarray) -> dict[int, np.ndarray]:
    """Every cut of the tree: number of groups to the group of each theme, numbered from 0.

    Ward's criterion by the formula of Lance and Williams (1967), ``apart`` for squared distances:
    two large groups merge less readily than a small one joins a large one.
    """
    import numpy as np

    weights = np.maximum(sizes.astype(np.float64), 1)
    costs = apart * np.outer(weights, weights) / np.add.outer(weights, weights)
    np.fill_diagonal(costs, np.inf)
    group = np.arange(len(sizes))
    cuts = {len(sizes): group.copy()}
    for left in range(len(sizes) - 1, 0, -1):
        kept, gone = sorted(np.unravel_index(np.round(costs, 9).argmin(), costs.shape))
        both = weights[kept] + weights[gone]
        merged = (
            (weights[kept] + weights) * costs[kept]
            + (weights[gone] + weights) * costs[gone]
            - weights * costs[kept, gone]
        ) / (both + weights)
        merged[kept] = np.inf
        costs[kept], costs[:, kept] = merged, merged
        costs[gone], costs[:, gone] = np.inf, np.inf
        weights[kept] = both
        group[group == gone] = kept
        cuts[left] = np.unique(group, return_inverse=True)[1].astype(np.int64)
    return cuts


class _Judge:
    """Chooses between cuts by what clusterings with about as many clusters say."""

    def __init__(
        self,
        ensemble: Ensemble,
        tables: list[np.ndarray],
        themes: np.ndarray,
        rows: np.ndarray,
    ) -> None:
        self._ensemble, self._tables, self._themes, self._rows = ensemble, tables, themes, rows

    def best(self, cuts: dict[int, np.ndarray], numbers: range | list[int]) -> np.ndarray:
        if len(numbers) == 1:
            return cuts[numbers[0]]
        scores = {number: self._score(cuts[number], number) for number in numbers}
        return cuts[max(scores, key=lambda number: (round(scores[number], 6), -number))]

    def _score(self, cut: np.ndarray, number: int) -> float:
        import numpy as np

        apart = silhouette(self._rows, cut[self._themes])
        gaps = np.abs(np.log(np.maximum(self._ensemble.counts, 1) / number))
        near = np.flatnonzero(gaps <= max(_NEAR, float(gaps.min())))
        wide = int(cut.max()) + 1
        alike = []
        for member in np.flatnonzero(np.isin(self._ensemble.cell, near)):
            table = self._tables[member]
            merged = np.zeros((wide, table.shape[1]), dtype=np.int64)
            np.add.at(merged, cut, table)
            alike.append(rand_index(merged))
        return max(float(np.mean(alike)), 0) * max(apart, 1e-3)
