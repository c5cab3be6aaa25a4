"""How far two divisions of the same texts agree, with intervals; unplaced texts are -1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

DRAWS = 200
_Z = 1.959964


def rand_index(a: np.ndarray, b: np.ndarray, weights: np.ndarray | None = None) -> float:
    """Adjusted Rand index (Hubert and Arabie 1985): 1 the same, 0 as by chance.

    ``a`` and ``b`` are whole numbers from 0, shape ``(n,)``. ``weights`` count how often each
    text was drawn; a text makes no pair with its own copies, which would always agree.
    """
    cells, rows, columns, own, total = _counts(a, b, weights)
    same_a, same_b = _pairs(rows, own), _pairs(columns, own)
    together, most = _pairs(cells, own), (total**2 - own) / 2
    expected = same_a * same_b / most if most else 0.0
    best = (same_a + same_b) / 2
    return 1.0 if best == expected else float((together - expected) / (best - expected))


def mutual_information(a: np.ndarray, b: np.ndarray, weights: np.ndarray | None = None) -> float:
    """Normalised mutual information, by the mean of the entropies: 1 the same, 0 independent."""
    cells, rows, columns, _, total = _counts(a, b, weights)
    joint, one, other = (_entropy(count / total) for count in (cells, rows, columns))
    mean = (one + other) / 2
    return 1.0 if mean == 0 else float(max((one + other - joint) / mean, 0.0))


@dataclass(frozen=True)
class Interval:
    """An estimate with a 95% interval and the estimates on the bootstrap's draws ``(draws,)``."""

    value: float
    draws: np.ndarray

    @property
    def low(self) -> float:
        """Lower end: the normal interval, since draws with replacement shift its centre."""
        return self.value - _Z * float(self.draws.std(ddof=1))

    @property
    def high(self) -> float:
        """Upper end."""
        return self.value + _Z * float(self.draws.std(ddof=1))

    def minus(self, other: Interval) -> Interval:
        """The difference, on the same draws of texts."""
        return Interval(self.value - other.value, self.draws - other.draws)


def bootstrap(measure, a: np.ndarray, b: np.ndarray, *, draws: int = DRAWS) -> Interval:
    """``measure`` (one of the two above) with what drawing the texts anew does to it.

    Draws depend on the number of texts alone: two ways on one set see the same ones.
    """
    a, b = _numbered(a), _numbered(b)
    random = np.random.default_rng(len(a))
    drawn = random.multinomial(len(a), np.full(len(a), 1 / len(a)), size=draws)
    return Interval(measure(a, b), np.array([measure(a, b, weights) for weights in drawn]))


def same_partition(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether the themes are the same sets of texts, whatever their numbers; -1 must stay -1."""
    if not np.array_equal(a < 0, b < 0):
        return False
    pairs = np.unique(np.column_stack([a, b]), axis=0)
    return len(pairs) == len(np.unique(a)) == len(np.unique(b))


def agreement(a: np.ndarray, b: np.ndarray) -> float:
    """``rand_index`` of two divisions as they come, unplaced texts as one further theme."""
    return rand_index(_numbered(a), _numbered(b))


def fill_unplaced(labels: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Every unplaced text put to the theme with the nearest centre, by cosine."""
    names = np.unique(labels[labels >= 0])
    if not len(names) or (labels >= 0).all():
        return labels.copy()
    centres = np.stack([vectors[labels == name].mean(axis=0) for name in names])
    centres /= np.linalg.norm(centres, axis=1, keepdims=True) + 1e-12
    nearest = names[(vectors @ centres.T).argmax(axis=1)]
    return np.where(labels >= 0, labels, nearest)


def _numbered(labels: np.ndarray) -> np.ndarray:
    return np.unique(labels, return_inverse=True)[1]


def _counts(
    a: np.ndarray, b: np.ndarray, weights: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, float, float]:
    """Weights by cell, by row, by column, the sum of squared weights, and their sum."""
    given = np.ones(len(a)) if weights is None else weights.astype(float)
    width = int(b.max()) + 1
    cells = np.bincount(a * width + b, weights=given, minlength=(int(a.max()) + 1) * width)
    table = cells.reshape(-1, width)
    return cells, table.sum(axis=1), table.sum(axis=0), float((given**2).sum()), float(given.sum())


def _pairs(counts: np.ndarray, own: float) -> float:
    return (float((counts**2).sum()) - own) / 2


def _entropy(shares: np.ndarray) -> float:
    positive = shares[shares > 0]
    return float(-(positive * np.log(positive)).sum())
