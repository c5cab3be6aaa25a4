"""New themes among later texts that the themes found before do not reach."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.progress import SILENT, Progress
from workbench.text.inputs import Texts, as_texts
from workbench.text.vectors import embed
from workbench.themes.carry import check_vectors
from workbench.themes.discover import find_themes
from workbench.themes.found import DEFAULTS, NO_THEME, Themes, ThemeSettings
from workbench.themes.graph import find_neighbours
from workbench.themes.place import limits_of, place_texts, themes_at

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_FEWEST_THEMES = 2


def find_emerging(
    themes: Themes,
    texts: Texts,
    *,
    vectors: np.ndarray | None = None,
    placed: pd.DataFrame | None = None,
    reach: pd.DataFrame | None = None,
    settings: ThemeSettings = DEFAULTS,
    progress: Progress = SILENT,
) -> Themes | None:
    """Themes among those new texts that ``themes`` left unplaced, found apart from all others.

    ``vectors``, ``reach``: as for ``place_texts``; ``placed`` is its result for the same texts, by
    default made anew. What is returned has one row in ``assignments`` for each unplaced text, and
    its shares are shares of these. None where too few of them lie together for two themes of
    ``settings.smallest`` texts.

    Texts that lie alone make no theme, and are left unplaced again: those that are further from
    the centre of their ``settings.smallest - 1`` nearest among the unplaced than a usual text is
    from the centre of as many others of its theme (the median over ``themes``). What is left is
    divided in any case: read ``stability`` before believing in an emerging theme, and the texts
    before naming it.
    """
    import numpy as np
    import pandas as pd

    given, ids = as_texts(texts)
    found = embed(given, progress=progress) if vectors is None else vectors
    check_vectors(len(given), found)
    if placed is None:
        placed = place_texts(themes, texts, vectors=found, reach=reach)
    elif list(placed["text_id"]) != ids:
        raise WorkbenchError("'placed' is not of these texts: give place_texts the same texts.")
    finest = themes_at(themes, themes.depth - 1)
    usual = float(limits_of(themes, reach).set_index("theme").loc[finest, "usual"].median())
    rows = np.flatnonzero((placed["theme"] == NO_THEME).to_numpy() & found.any(axis=1))
    company = max(settings.smallest - 1, 1)
    near = find_company(found[rows], count=company) >= usual_company(usual, count=company)
    if near.sum() < _FEWEST_THEMES * settings.smallest:
        return None
    left = pd.Series([given[row] for row in rows], index=[ids[row] for row in rows])
    # A text without words has no theme: so a text that lies alone is passed over.
    shown = np.where(near[:, None], found[rows], np.zeros(1, dtype=found.dtype))
    return find_themes(left, vectors=shown, settings=settings, progress=progress)


def find_company(vectors: np.ndarray, *, count: int) -> np.ndarray:
    """The cosine of each row to the centre of its ``count`` nearest other rows, shape ``(n,)``.

    ``vectors`` are unit rows, shape ``(n, d)``. 0 where there is no other row.
    """
    import numpy as np

    if len(vectors) < 2 or count < 1:
        return np.zeros(len(vectors))
    indices, _ = find_neighbours(vectors, count=min(count, len(vectors) - 1))
    centres = vectors[indices].sum(axis=1)
    lengths = np.maximum(np.linalg.norm(centres, axis=1), 1e-12)
    return np.asarray(np.round((vectors * centres).sum(axis=1) / lengths, 6), dtype=np.float64)


def usual_company(usual: float, *, count: int) -> float:
    """The cosine to the centre of ``count`` others of its theme of a text that lies as usual.

    ``usual`` is the cosine of such texts to the theme's own centre, -1 to 1. They lie around it on
    all sides, so the centre of a few lies off it, and the text further from theirs.
    """
    return usual**2 / math.sqrt(max(usual**2 + (1 - usual**2) / count, 1e-12))
