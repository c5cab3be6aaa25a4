"""Folds that keep groups together, and answers to rows by what was learnt without their fold."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    import numpy as np

FOLDS = 10


def deal_folds(
    groups: Sequence[Hashable],
    *,
    labels: Sequence[float] | np.ndarray | None = None,
    folds: int = FOLDS,
    seed: int = 0,
) -> np.ndarray:
    """The fold (n, from 0) of each row: rows of one group share it, in any order of the rows.

    With ``labels`` (n), groups are dealt in the order of their least label, so that each label
    is spread over the folds.

    Raises ``WorkbenchError`` for fewer groups than folds.
    """
    import numpy as np

    found: dict[str, float] = {}
    for row, group in enumerate(map(repr, groups)):
        label = 0.0 if labels is None else float(labels[row])
        found[group] = min(label, found.get(group, label))
    if len(found) < folds:
        raise WorkbenchError(f"There are {len(found)} groups for {folds} folds. Take fewer folds.")
    names = sorted(found)
    draw = np.random.default_rng(seed).permutation(len(names))
    dealt = sorted(range(len(names)), key=lambda one: (found[names[one]], draw[one]))
    fold_of = {names[one]: place % folds for place, one in enumerate(dealt)}
    return np.array([fold_of[group] for group in map(repr, groups)], dtype=np.int64)


def cross_fit(
    fold_of: np.ndarray, answer: Callable[[np.ndarray, np.ndarray], np.ndarray]
) -> np.ndarray:
    """Answers to all rows (n, or n × k), each by what was learnt from the other folds.

    ``answer(learnt, asked)`` gets row numbers and answers the rows ``asked``. Whatever looks at
    texts or labels belongs inside it: TF-IDF, spreads, curves, cuts.
    """
    import numpy as np

    found: np.ndarray | None = None
    for fold in np.unique(fold_of):
        asked = np.flatnonzero(fold_of == fold)
        given = np.asarray(answer(np.flatnonzero(fold_of != fold), asked))
        if found is None:
            found = np.empty((len(fold_of), *given.shape[1:]), dtype=given.dtype)
        found[asked] = given
    if found is None:
        raise WorkbenchError("There are no rows to learn from.")
    return found
