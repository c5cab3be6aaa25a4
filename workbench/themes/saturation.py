"""Saturation: whether more cases would still bring new themes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.progress import SILENT, Progress
from workbench.text.inputs import Texts, as_texts
from workbench.themes.agreement import count_pairs
from workbench.themes.carry import check_vectors
from workbench.themes.describe import wilson_shares
from workbench.themes.discover import find_themes
from workbench.themes.found import DEFAULTS, Themes, ThemeSettings
from workbench.themes.place import themes_at

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
# A theme is met again where it and its match share at least half of what either holds.
_ALIKE = 0.5


def saturation(
    texts: Texts,
    vectors: np.ndarray,
    settings: ThemeSettings = DEFAULTS,
    *,
    shares: Sequence[float] = SHARES,
    repeats: int = 3,
    level: int = 1,
    progress: Progress = SILENT,
) -> pd.DataFrame:
    """How many themes are found in growing shares of the texts, and how many of them last.

    In each share, and ``repeats`` times, themes are found anew. ``vectors`` are unit rows, shape
    ``(n, d)``. One row a share: ``share`` (above 0, at most 1), ``n`` texts, ``found`` (mean number
    of themes at ``level``), ``met`` (mean number of the themes that all texts give which a theme
    of any level matches in the subsample), ``themes`` (how many all texts give), ``low``, ``high``,
    ``saturated``.

    Themes match where the Jaccard index of their texts, within the subsample, is .5 or more
    (Hennig 2007); with all texts all are met again by definition. ``low`` to ``high`` is Wilson's
    95% interval, in themes, with their number, not that times ``repeats``, as base. ``saturated``
    marks the shares from which on no larger one below 1 met, on the mean, one theme more, where
    more than half were met: more cases then bring no new themes, only more of the same (Guest,
    Bunce and Johnson 2006). The largest share below 1 has no larger one to be held against, so it
    is never the first to be marked. Subsamples of one repeat contain each other; texts without
    words are in none.

    Raises ``WorkbenchError`` for shares out of range, fewer repeats than 1, or vectors that do not
    fit. Takes as long as ``repeats`` times the sum of ``shares`` fits of all texts, or somewhat
    longer.
    """
    import numpy as np
    import pandas as pd

    given, _ = as_texts(texts)
    check_vectors(len(given), vectors)
    if not shares or repeats < 1 or not all(0 < share <= 1 for share in shares):
        raise WorkbenchError("'shares' are above 0 and at most 1, and 'repeats' is 1 or more.")
    chosen = sorted(set(shares))
    progress.begin("Finding themes in shares of the texts", len(chosen) + 1)
    whole = find_themes(given, vectors=vectors, settings=settings)
    worded = np.flatnonzero(vectors.any(axis=1))
    progress.advance()
    level = min(level, whole.depth - 1)
    count = len(themes_at(whole, level))
    rows = []
    for share in chosen:
        tries = []
        for turn in range(repeats if share < 1 else 1):
            part = worded[draw_share([given[row] for row in worded], share, turn=turn)]
            fit = whole
            if share < 1:
                fit = find_themes(
                    [given[row] for row in part], vectors=vectors[part], settings=settings
                )
            found = len(themes_at(fit, min(level, fit.depth - 1)))
            tries.append((found, count_met(whole, fit, part, level=level)))
        rows.append((share, len(part), *np.mean(tries, axis=0)))
        progress.advance()
    frame = pd.DataFrame(rows, columns=["share", "n", "found", "met"])
    met = frame["met"].to_numpy()
    interval = wilson_shares(met, count)
    return frame.assign(
        themes=count,
        low=np.where(frame["share"] < 1, count * interval["low"], count),
        high=count * interval["high"],
        saturated=mark_saturated(frame["share"].to_numpy(), met, count),
    )


def draw_share(texts: list[str], share: float, *, turn: int) -> np.ndarray:
    """Rows of a subsample, ascending: the texts whose hashes come first, so in any order the same.

    ``turn`` numbers subsamples that have nothing to do with each other; those of one turn contain
    each other.
    """
    import numpy as np

    keys = [
        hashlib.sha256(f"{turn}:{text}".encode("utf-8", "surrogatepass")).digest() for text in texts
    ]
    order = sorted(range(len(texts)), key=lambda row: keys[row])
    return np.array(sorted(order[: max(1, round(share * len(texts)))]), dtype=np.int64)


def count_met(whole: Themes, part: Themes, rows: np.ndarray, *, level: int) -> int:
    """How many themes that ``whole`` has at ``level`` are met again at any level of ``part``.

    ``rows`` are the rows of ``whole`` that ``part`` was found in.
    """
    import numpy as np

    own = whole.at_level(level).to_numpy()[rows]
    met = np.zeros(int(whole.themes["theme"].max()) + 1, dtype=bool)
    for depth in range(part.depth):
        other = part.at_level(depth).to_numpy()
        # Numbers from -1, so that those unplaced stand in the first row and column.
        table = count_pairs(own + 1, other + 1)
        holding = table.sum(axis=1, keepdims=True) + table.sum(axis=0, keepdims=True) - table
        alike = (table / np.maximum(holding, 1))[1:, 1:]
        met[: len(alike)] |= (alike >= _ALIKE).any(axis=1)
    return int(met.sum())


def mark_saturated(shares: np.ndarray, met: np.ndarray, count: int) -> np.ndarray:
    """Which shares no larger one below 1 exceeds by one theme or more; boolean, as ``shares``.

    ``shares`` ascend; ``met`` is how many of ``count`` themes each met again. What follows a marked
    share is marked too.
    """
    import numpy as np

    marks = np.zeros(len(shares), dtype=bool)
    partial = np.flatnonzero(shares < 1)
    for row in partial[:-1]:
        later = met[partial[partial > row]]
        marks[row] = 2 * met[row] > count and bool((later - met[row] < 1).all())
    return np.asarray(np.logical_or.accumulate(marks))
