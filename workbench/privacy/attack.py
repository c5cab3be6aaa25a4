"""What an intruder can work out: the least and the largest value that a count can have.

Most of it follows from bounds that are passed on from sum to sum; where sums share counts in a
ring, integer programmes find the rest. Source: Hundepool et al., Statistical Disclosure Control
(2012), 4.3, on the attacker's problem.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.privacy.attack_system import OPEN, System, drop_slack, in_ring, pass_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from workbench.privacy.attack_system import Flags, Whole

_NEAR = 2
_SECONDS = 20.0
_EXACT = 1e-6


def bound(system: System, wanted: Sequence[int] | None = None) -> tuple[Whole, Whole]:
    """The least and the largest value of each count of ``wanted`` (default: all), exactly.

    Two arrays in the order of ``wanted``. Raises ``ValueError`` where nothing keeps to the system.
    """
    tight = drop_slack(pass_on(system))
    if (tight.least > tight.largest).any():
        raise ValueError("no counts keep to these bounds and sums")
    places = np.arange(len(system)) if wanted is None else np.asarray(wanted, dtype=np.int64)
    least, largest = tight.least.copy(), tight.largest.copy()
    seen = _Seen(tight)
    ringed = in_ring(tight)
    for place in places[ringed[places]]:
        # A solution that was found already may lie at an end of the bounds.
        for ends, found, sense in ((least, seen.least, 1), (largest, seen.largest, -1)):
            if ends[place] != found[place]:
                counts = seen.push(place, sense)
                ends[place] = ends[place] if counts is None else counts[place]
    return least[places], largest[places]


def find_narrow(
    system: System,
    wanted: Sequence[int] | Whole,
    *,
    width: int,
    solutions: Sequence[Whole] = (),
) -> tuple[Flags, Whole]:
    """Which counts of ``wanted`` are pinned: largest minus least possible value below ``width``.

    Two arrays in the order of ``wanted``: whether, and the distance that is proved possible (up
    to which no search goes on once it has reached ``width``). ``solutions`` are counts that keep to
    the system, such as the true ones, which spare much of the search. A count that cannot be
    decided in time counts as pinned.
    """
    tight = drop_slack(pass_on(system))
    places = np.asarray(wanted, dtype=np.int64)
    distance = (tight.largest - tight.least)[places]
    ringed = in_ring(tight)[places]
    seen = _Seen(tight)
    for counts in solutions:
        seen.add(counts)
    undecided = places[ringed & (distance >= width)]
    for sense in (-1, 1, -1, 1):  # many at once, then those that this leaves, one by one
        left = undecided[seen.spread(undecided) < width]
        if len(left) > 1:
            seen.push(left, sense, near=True)
    for place in undecided:
        for near in (True, False):
            for sense in (-1, 1):
                if seen.spread(place) < width:
                    seen.push(place, sense, near=near)
    proved = np.where(ringed, np.maximum(seen.spread(places), 0), distance)
    return proved < width, proved


def find_binding(system: System, place: int) -> Whole:
    """The places of the counts whose bounds keep ``place`` from lying further apart.

    Those with a price in the linear programme of its least or of its largest value, found from the
    bounds as they were given.
    """
    from scipy.optimize import linprog
    from scipy.sparse import vstack

    matrix = system.sums.astype(np.float64)
    equal = system.low == system.high
    ends = np.where(system.largest < OPEN, system.largest, np.inf)
    priced = np.zeros(len(system), dtype=bool)
    for sense in (1.0, -1.0):
        done = linprog(
            sense * (np.arange(len(system)) == place),
            A_ub=vstack([matrix[~equal], -matrix[~equal]]),
            b_ub=np.concatenate([system.high[~equal], -system.low[~equal]]),
            A_eq=matrix[equal],
            b_eq=system.low[equal],
            bounds=np.column_stack([system.least, ends]),
            method="highs-ds",
        )
        if done.x is not None:
            priced |= np.abs(done.lower.marginals) + np.abs(done.upper.marginals) > _EXACT
    return np.flatnonzero(priced)


class _Seen:
    """Solutions found so far, kept as the smallest and largest value that each count took."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.least = np.full(len(system), OPEN, dtype=np.int64)
        self.largest = np.full(len(system), -OPEN, dtype=np.int64)
        self.last: Whole | None = None

    def add(self, counts: Whole) -> None:
        """Keep a solution; what does not keep to the system is none."""
        if self.system.allows(counts):
            self.least = np.minimum(self.least, counts)
            self.largest = np.maximum(self.largest, counts)
            self.last = counts

    def spread(self, places: Whole) -> Whole:
        """How far apart two values of each count are that solutions gave it."""
        return np.asarray(self.largest[places] - self.least[places])

    def push(self, places: Whole, sense: int, *, near: bool = False) -> Whole | None:
        """A solution with the sum of ``places`` least (``sense`` 1) or largest (-1), kept as seen.

        None where none was found in time. ``near`` lets only the counts move that lie near in the
        sums, all others staying as in the last solution: quick, and what it finds is possible, but
        it need not be the extreme.
        """
        start = self.last
        if start is None:
            every = np.arange(len(self.system))
            start = _optimum(self.system, every, np.zeros(len(every)), self.system.least)
        if start is None:
            return None
        self.add(start)
        reach = _reach(self.system, places, _NEAR if near else None)
        found = _optimum(self.system, reach, sense * np.isin(reach, places), start)
        if found is not None:
            self.add(found)
        return found


def _reach(system: System, places: Whole, steps: int | None) -> Whole:
    """Where the counts stand that ``places`` are tied to by so many sums in a row, or by any."""
    loose = system.largest > system.least
    inside = np.isin(np.arange(len(system)), places)
    links = abs(system.sums)
    walked = 0
    while steps is None or walked < steps:
        touched = links @ (inside & loose).astype(np.int64) > 0
        wider = inside | ((links.T @ touched.astype(np.int64) > 0) & loose)
        if (wider == inside).all():
            break
        inside, walked = wider, walked + 1
    return np.flatnonzero(inside)


def _optimum(system: System, reach: Whole, cost: NDArray[Any], others: Whole) -> Whole | None:
    """Counts that keep to the system and cost least, of which only those of ``reach`` move.

    The ``others`` stay as they are. None where there are none, or none was found in time.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    part = system.sums[:, reach]
    used = np.flatnonzero(np.diff(part.indptr) > 0)
    stays = others.copy()
    stays[reach] = 0
    given = (system.sums @ stays)[used]
    limits = LinearConstraint(
        part[used].astype(np.float64), system.low[used] - given, system.high[used] - given
    )
    # Most sums of tables have whole numbers at their ends anyway; then that is the answer.
    for whole in (0, 1):
        done = milp(
            cost,
            integrality=np.full(len(reach), whole),
            bounds=Bounds(system.least[reach], system.largest[reach]),
            constraints=limits,
            options={"mip_rel_gap": 0.0, "time_limit": _SECONDS},
        )
        if done.status != 0 or done.x is None:
            return None
        if np.abs(done.x - np.rint(done.x)).max(initial=0) < _EXACT:
            break
    stays[reach] = np.rint(done.x).astype(np.int64)
    return stays
