"""An attacker who knows the rule and every printed count, and asks an integer programme for more.

The unknowns are the atoms: whole numbers of at least 0, which add up to every printed count. So
whatever can be said of a count is found, whichever tables it stands in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

FAR = np.inf
_WHOLE = 1e-6


@dataclass(frozen=True)
class Printed:
    """What a reader knows of each printed count: its least and largest value; which are secret."""

    least: np.ndarray
    largest: np.ndarray
    secret: np.ndarray


def widths(sums: np.ndarray, printed: Printed, truth: np.ndarray, *, narrow: int) -> np.ndarray:
    """How far the least and the largest possible value of each secret count lie apart.

    Exact where that is less than ``narrow``; otherwise at least ``narrow``: two solutions that lie
    so far apart prove it, and no more is asked.
    """
    rows, index = np.unique(sums, axis=0, return_inverse=True)  # the same cases counted twice
    least = np.full(len(rows), -FAR)
    largest = np.full(len(rows), FAR)
    np.maximum.at(least, index, printed.least)
    np.minimum.at(largest, index, printed.largest)
    value = np.zeros(len(rows), dtype=np.int64)
    value[index] = truth
    if ((value < least) | (value > largest)).any():
        raise AssertionError("what is printed does not hold of the true counts")
    limits = LinearConstraint(csr_array(rows.astype(np.float64)), least, largest)
    low, high = value.copy(), value.copy()
    for at in np.unique(index[printed.secret]):
        for sense in (1, -1):
            if high[at] - low[at] >= narrow:
                break
            found = rows @ _extreme(sense * rows[at], limits)
            low, high = np.minimum(low, found), np.maximum(high, found)
    return np.asarray((high - low)[index[printed.secret]])


def _extreme(cost: np.ndarray, limits: LinearConstraint) -> np.ndarray:
    """Atoms that cost least: by the linear programme where its answer is whole, else by integers.

    No whole numbers cost less than the linear programme's answer, so that one is as exact.
    """
    for whole in (0, 1):
        done = milp(
            cost,
            integrality=np.full(len(cost), whole),
            bounds=Bounds(0, FAR),
            constraints=limits,
            options={"mip_rel_gap": 0.0},
        )
        if done.status != 0:
            raise AssertionError(f"the programme ended with {done.message}")
        atoms: np.ndarray = np.rint(done.x).astype(np.int64)
        if np.abs(done.x - atoms).max() < _WHOLE:
            break
    return atoms
