"""How far themes reach around their centres, learnt from the texts that they were found in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

# A theme of few texts is never taken for tighter than this share of the usual spread.
_LEAST_SPREAD, _LEAST = 0.25, 1e-3
_DIGITS = 6


def find_nearest(
    vectors: np.ndarray, centres: np.ndarray, *, group: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The nearest centre of each row, its cosine, and its lead over other groups.

    ``vectors`` ``(n, d)`` and ``centres`` ``(k, d)`` are unit rows; ``group`` ``(k,)`` says which
    centres belong together. Each result has shape ``(n,)``; the lead is how much nearer the centre
    is than the nearest of another group, at most 2, as it is where there is no other. Among equals
    the first centre counts.
    """
    import numpy as np

    every = np.arange(len(vectors))
    cosines = np.round((vectors @ centres.T).astype(np.float64), _DIGITS)
    nearest = cosines.argmax(axis=1)
    nearness = cosines[every, nearest]
    others = np.where(group[nearest][:, None] == group, -np.inf, cosines)
    lead = np.minimum(nearness - others.max(axis=1), 2.0)
    return nearest, nearness, np.round(lead, _DIGITS)


def learn_limits(
    vectors: np.ndarray,
    centres: np.ndarray,
    own: np.ndarray,
    *,
    group: np.ndarray,
    borderline: np.ndarray,
    unplaced: np.ndarray,
    beyond: float,
) -> dict[str, np.ndarray]:
    """The ``usual``, ``reach`` and ``lead`` of each theme, shape ``(k,)``, from its own texts.

    ``own`` is the row of ``centres`` that each text belongs to (-1 none), ``borderline`` and
    ``unplaced`` say which texts are so; texts without words have zero rows in ``vectors``.

    ``usual`` is the median cosine of the theme's texts to its centre. ``reach`` is the least cosine
    at which a text still belongs: as many robust standard deviations below the usual, the same
    number for all themes, as leave out the share ``beyond`` of these texts, or as many as are
    unplaced where that is more. ``lead`` is by how much the centre must lead those of other groups
    (see ``find_nearest``) for a text to be core: what as many lack, of the texts it is nearest to,
    as are borderline.
    """
    import numpy as np

    nearest, nearness, ahead = find_nearest(vectors, centres, group=group)
    lead = np.zeros(len(centres))
    for theme in np.unique(nearest[~unplaced]):
        member = ~unplaced & (nearest == theme)
        lead[theme] = np.quantile(ahead[member], borderline[member].mean())
    # Where another centre is nearer than its own, a text tells of the reach of neither.
    agree = own == nearest
    usual, spread = np.ones(len(centres)), np.full(len(centres), np.nan)
    for theme in np.unique(own[agree]):
        member = agree & (own == theme)
        usual[theme] = np.median(nearness[member])
        spread[theme] = 1.4826 * np.median(np.abs(nearness[member] - usual[theme]))
    typical = float(np.nanmedian(spread)) if agree.any() else 1.0
    spread = np.maximum(np.nan_to_num(spread, nan=typical), max(_LEAST_SPREAD * typical, _LEAST))
    worded = vectors.any(axis=1)
    depth = ((nearness - usual[nearest]) / spread[nearest])[worded]
    left_out = max(beyond, float(unplaced[worded].mean())) if len(depth) else beyond
    floor = float(np.quantile(depth, left_out)) if len(depth) else 0.0
    return {"usual": usual, "reach": usual + floor * spread, "lead": lead}
