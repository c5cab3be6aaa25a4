"""When enquiries arrive: weekday and hour, in staffed hours or outside of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from workbench.cases.log import CaseLog
from workbench.compare.hours import WEEKDAYS, is_staffed, staffed_hours
from workbench.compare.intervals import share
from workbench.compare.shares import compare_shares
from workbench.errors import WorkbenchError
from workbench.study import Study

if TYPE_CHECKING:
    import pandas as pd

ARRIVAL = "arrival"
"""The field that ``with_arrivals`` adds."""

IN_HOURS, OUT_OF_HOURS = "In staffed hours", "Outside staffed hours"


def arrivals(log: CaseLog) -> pd.DataFrame:
    """How many cases of each period came on each weekday in each hour.

    Columns: period, weekday (``"Monday"`` ...), hour (0 to 23, clock as written; missing on a
    row of its own for the cases of that weekday whose record has a date and no time), n, base
    (the period's cases with a time), share (n / base, in [0, 1]; missing where hour is), note.
    Every weekday and hour has its row; n sums to the cases.
    """
    import pandas as pd

    timed = has_time(log.cases["date"])
    came = pd.DataFrame(
        {
            "period": log.cases["period"],
            "weekday": log.cases["date"].dt.day_of_week,
            "hour": log.cases["date"].dt.hour.where(timed, -1),
        }
    )
    tally = came.groupby(["period", "weekday", "hour"]).size()
    bases = timed.groupby(log.cases["period"]).sum()
    grid = [(period, day, hour) for period in log.periods for day in range(7) for hour in range(24)]
    untimed = [key for key in tally.index if key[2] < 0]
    keys = pd.MultiIndex.from_tuples([*grid, *untimed], names=["period", "weekday", "hour"])
    frame = tally.reindex(keys, fill_value=0).rename("n").reset_index()
    frame["base"] = frame["period"].map(bases)
    known = frame["hour"] >= 0
    frame["share"] = pd.Series(share(frame["n"], frame["base"])).where(known)
    frame["note"] = np.where(known, "", "a date without a time")
    frame["weekday"] = frame["weekday"].map(dict(enumerate(WEEKDAYS)))
    frame["hour"] = frame["hour"].astype("Int64").where(known)
    return frame[["period", "weekday", "hour", "n", "base", "share", "note"]]


def has_time(moments: pd.Series) -> pd.Series[bool]:
    """Which moments have a time of day: not those at midnight to the second.

    A date written without a time reads as midnight. Of enquiries that truly come at all hours
    one in 1,440 would stand there to the minute, so few are taken for dates by mistake.
    """
    timed: pd.Series[bool] = moments.notna() & moments.ne(moments.dt.normalize())
    return timed


def with_arrivals(log: CaseLog, study: Study) -> CaseLog:
    """The log with the field ``arrival``: in staffed hours or outside of them.

    It is not recorded for cases whose record has a date and no time. Raises ``WorkbenchError``
    where the study gives no hours.
    """
    import pandas as pd

    hours = staffed_hours(study)
    timed = log.cases[has_time(log.cases["date"])]
    label = np.where(is_staffed(timed["date"], hours), IN_HOURS, OUT_OF_HOURS)
    labels = pd.DataFrame({"case_id": timed["case_id"], "label": label})
    return log.with_labels(ARRIVAL, labels, title="When the enquiry arrived")


def staffed(log: CaseLog, study: Study, *, by: str = "period") -> pd.DataFrame:
    """The share of cases that came in staffed hours and outside, in each group of ``by``.

    A comparison frame (see ``compare_shares``) whose base is the cases with a time. Raises
    ``WorkbenchError`` where no case has one or the study gives no hours.
    """
    marked = with_arrivals(log, study)
    if not len(marked.membership(ARRIVAL)):
        raise WorkbenchError(
            "No case has a time of day, so it cannot be said when enquiries arrive. Give the "
            "column with date and time as 'date' in [columns] of study.toml."
        )
    return compare_shares(marked, ARRIVAL, by=by)
