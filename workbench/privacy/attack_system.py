"""Whole numbers within bounds, and sums of them within bounds: what is known of hidden counts.

Bounds follow from one another. Where no sums share counts in a ring, passing them on leaves just
the possible values (trees of constraints; Cohen and Jeavons, The complexity of constraint
languages, 2006).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Whole = NDArray[np.int64]
    Flags = NDArray[np.bool_]

OPEN = 10**9
"""A bound that says nothing: no count of cases is so large."""

_ROUNDS = 500


@dataclass(frozen=True)
class Sum:
    """``low <= sum of the counts of plus - sum of those of minus <= high``, by their places."""

    plus: tuple[int, ...]
    minus: tuple[int, ...] = ()
    low: int = 0
    high: int = 0


@dataclass(frozen=True)
class System:
    """What is known of n counts: bounds of each, shape ``(n,)``, and ``sums`` of them.

    ``low <= sums @ counts <= high``, where ``sums`` holds 1, 0 and -1, shape ``(m, n)``.
    """

    least: Whole
    largest: Whole
    sums: csr_array
    low: Whole
    high: Whole

    def __len__(self) -> int:
        return len(self.least)

    def within(self, least: Whole, largest: Whole) -> System:
        """The same sums with other bounds."""
        return replace(self, least=least, largest=largest)

    def allows(self, counts: Whole) -> bool:
        """Whether ``counts`` keep to all that is known."""
        total = self.sums @ counts
        inside = (counts >= self.least) & (counts <= self.largest)
        return bool(inside.all() and ((total >= self.low) & (total <= self.high)).all())


def make_system(least: Sequence[int], largest: Sequence[int], sums: Iterable[Sum]) -> System:
    """A system from bounds and sums. The same sum twice is kept once."""
    from scipy.sparse import coo_array

    kept = list(dict.fromkeys(sums))
    entries = [
        (row, place, sign)
        for row, one in enumerate(kept)
        for sign, places in ((1, one.plus), (-1, one.minus))
        for place in places
    ]
    rows, places, signs = np.array(entries, dtype=np.int64).reshape(-1, 3).T
    matrix = coo_array((signs, (rows, places)), shape=(len(kept), len(least)))
    return System(
        np.array(least, dtype=np.int64),
        np.array(largest, dtype=np.int64),
        matrix.tocsr(),
        np.array([one.low for one in kept], dtype=np.int64),
        np.array([one.high for one in kept], dtype=np.int64),
    )


def pass_on(system: System) -> System:
    """The system with bounds as tight as each sum by itself makes them, passed on until they rest.

    No possible value is cut off. Where no sums share counts in a ring, none is left that is not
    possible.
    """
    entries = system.sums.tocoo()
    rows, places = (part.astype(np.int64) for part in entries.coords)
    up = entries.data > 0
    least, largest = system.least.copy(), system.largest.copy()
    for _ in range(_ROUNDS):
        smallest = np.where(up, least[places], -largest[places])
        greatest = np.where(up, largest[places], -least[places])
        lows = _total(rows, smallest, len(system.low))
        highs = _total(rows, greatest, len(system.low))
        most = system.high[rows] - (lows[rows] - smallest)
        fewest = system.low[rows] - (highs[rows] - greatest)
        tighter, lower = largest.copy(), least.copy()
        np.minimum.at(tighter, places, np.where(up, most, -fewest))
        np.maximum.at(lower, places, np.where(up, fewest, -most))
        if (tighter == largest).all() and (lower == least).all():
            break
        least, largest = lower, tighter
    return system.within(least, largest)


def drop_slack(system: System) -> System:
    """The system without the sums that its bounds keep to by themselves."""
    rise, fall = (system.sums > 0).astype(np.int64), (system.sums < 0).astype(np.int64)
    lowest = rise @ system.least - fall @ system.largest
    highest = rise @ system.largest - fall @ system.least
    tied = (lowest < system.low) | (highest > system.high)
    return replace(system, sums=system.sums[tied], low=system.low[tied], high=system.high[tied])


def in_ring(system: System) -> Flags:
    """Which counts belong to sums that share counts in a ring, shape ``(n,)``.

    Counts that are known exactly tie nothing together.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    entries = system.sums.tocoo()
    rows, places = entries.coords
    loose = (system.largest > system.least)[places]
    rows, places = rows[loose], places[loose]
    m, n = system.sums.shape
    graph = coo_array((np.ones(len(rows)), (rows, places + m)), shape=(m + n, m + n))
    number, part = connected_components(graph, directed=False)
    nodes = np.bincount(part, minlength=number)
    edges = np.bincount(part[rows], minlength=number)
    return np.asarray((edges >= nodes)[part[m:]])


def _total(rows: Whole, values: Whole, number: int) -> Whole:
    return np.rint(np.bincount(rows, weights=values, minlength=number)).astype(np.int64)
