"""Where the level of a series of weeks may have turned: for exploring, never a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.cases.log import CaseLog
from workbench.compare.rates import term_time
from workbench.errors import WorkbenchError
from workbench.study import Study

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAST_WEEKS = 24
"""A shorter series is refused."""

LEAST_STRETCH = 12
"""Weeks between two turns, and before the first and after the last."""

NOTE = "exploration only: a turn may be the season, a single event or chance"


def cases_per_week(log: CaseLog, study: Study) -> pd.DataFrame:
    """Cases of term time in each week that has a school day, in order of time.

    Columns: week (its Monday), n, days (of school), rate (n / days). Raises ``WorkbenchError``
    where the calendar has no term in a period.
    """
    days = term_time(log, study)
    monday = days["day"].dt.to_period("W-SUN").dt.start_time.astype("datetime64[s]")
    grouped = days.assign(week=monday).groupby("week")
    weeks = grouped.agg(n=("taught", "sum"), days=("school", "sum")).reset_index()
    weeks = weeks[weeks["days"] > 0].reset_index(drop=True)
    return weeks.assign(rate=weeks["n"] / weeks["days"])


def find_turns(log: CaseLog, study: Study) -> pd.DataFrame:
    """The stretches of school weeks between which the rate of cases may have turned.

    One row a stretch, so one row alone where no turn is offered: start and end (Mondays of its
    first and last week), weeks, n, days (of school), rate (n / days), change (its rate over that
    of the stretch before; missing in the first) and note. Raises ``WorkbenchError`` for fewer
    than ``LEAST_WEEKS`` weeks, or a period without terms.
    """
    return turns_in(cases_per_week(log, study))


def turns_in(weeks: pd.DataFrame) -> pd.DataFrame:
    """``find_turns`` for a frame of week, n and days, in order of time; days must exceed 0.

    Stretches are those that make Poisson counts likeliest, less a penalty for each turn; the
    likelihood is divided by how much more than chance one week differs from the next. Simulated
    counts without any turn (24 to 158 weeks, .3 to 12 cases a day) were given one in at most
    3.6% of runs; a season that returns each year is found as turns all the same. Source: Killick,
    Fearnhead and Eckley (2012), JASA 107 (PELT).
    """
    import pandas as pd

    if len(weeks) < LEAST_WEEKS:
        raise WorkbenchError(
            f"Turns are looked for in {LEAST_WEEKS} school weeks or more; here are {len(weeks)}. "
            "Compare the rates of the terms instead."
        )
    ends = _cut(weeks["n"].to_numpy(dtype=np.float64), weeks["days"].to_numpy(dtype=np.float64))
    rows = []
    for start, end in zip([0, *ends[:-1]], ends, strict=True):
        part = weeks.iloc[start:end]
        sizes = (len(part), int(part["n"].sum()), int(part["days"].sum()))
        rows.append((part["week"].iloc[0], part["week"].iloc[-1], *sizes))
    frame = pd.DataFrame(rows, columns=pd.Index(["start", "end", "weeks", "n", "days"]))
    rate = frame["n"] / frame["days"]
    return frame.assign(rate=rate, change=rate / rate.shift(), note=NOTE)


def _cut(n: Floats, days: Floats) -> list[int]:
    """Where each stretch ends (exclusive), the last at the end of the series.

    The penalty grows with the number of places where chance could make a turn.
    """
    from ruptures import Pelt

    cost = _poisson_cost(_spread(n, days))
    search = Pelt(custom_cost=cost, min_size=LEAST_STRETCH, jump=1)
    penalty = 2 + 2 * float(np.log(len(n)))
    return [int(end) for end in search.fit(np.column_stack([n, days])).predict(pen=penalty)]


def _spread(n: Floats, days: Floats) -> float:
    """How many times as much as by chance one week differs from the next; at least 1.

    Neighbours stand on the same side of nearly every turn, so that turns do not swell it.
    """
    shared = (n[1:] + n[:-1]) / (days[1:] + days[:-1])
    known = shared > 0
    expected = shared * (1 / days[1:] + 1 / days[:-1])
    squares = np.diff(n / days) ** 2
    return max(1.0, float(np.mean(squares[known] / expected[known]))) if known.any() else 1.0


def _poisson_cost(spread: float) -> Any:
    """Minus twice the log likelihood of one rate in a stretch of weeks, over ``spread``."""
    from ruptures.base import BaseCost

    class PoissonCost(BaseCost):  # type: ignore[misc]
        model = "poisson"
        min_size = LEAST_STRETCH

        def fit(self, signal: Floats) -> PoissonCost:
            self.signal = signal
            self.sums = np.vstack([np.zeros(2), np.cumsum(signal, axis=0)])
            return self

        def error(self, start: int, end: int) -> float:
            n, days = self.sums[end] - self.sums[start]
            return float(-2 * n * np.log(n / days) / spread) if n > 0 else 0.0

    return PoissonCost()
