"""Words moved apart, so that none lies on another."""

from __future__ import annotations

import math
from collections.abc import Sequence


def push_apart(
    wanted: Sequence[float],
    tall: Sequence[float],
    span: tuple[float, float] = (-math.inf, math.inf),
) -> list[float]:
    """Middles as near as can be to the ``wanted`` ones, at which boxes so ``tall`` do not overlap.

    All in pixels; the order is kept, equals in the order given, and boxes stay within ``span``
    where there is room. Least squares under order, by pooling: Barlow et al. (1972).
    """
    import numpy as np
    from scipy.optimize import isotonic_regression

    if not wanted:
        return []
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    heights = np.array([tall[at] for at in order])
    before = np.concatenate([[0.0], np.cumsum(heights)[:-1]])
    starts = np.array([wanted[at] for at in order]) - heights / 2 - before
    room = max(span[1] - float(heights.sum()), span[0])
    fitted = np.clip(isotonic_regression(starts).x, span[0], room)
    middles = dict(zip(order, (fitted + before + heights / 2).tolist(), strict=True))
    return [float(middles[at]) for at in range(len(wanted))]
