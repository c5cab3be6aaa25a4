"""Staffed hours as arithmetic: which moments are staffed, and how many such hours lie between."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import numpy as np

from workbench.errors import WorkbenchError
from workbench.study import Hours, Study

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_EPOCH = np.datetime64("1970-01-01")


def staffed_hours(study: Study) -> Hours:
    """The study's staffed hours. Raises ``WorkbenchError`` where study.toml does not give them."""
    if study.hours is None:
        raise WorkbenchError(
            "The study does not say when somebody answers. Write [hours] in study.toml with days, "
            "start and end, such as start = 10:00:00, end = 16:00:00."
        )
    return study.hours


def working_hours(start: pd.Series, end: pd.Series, hours: Hours) -> Floats:
    """Staffed hours from ``start`` to ``end``, moment by moment; missing where either is.

    Time outside of the staffed hours, on days without staff and on closed days counts nothing,
    so what comes in the night begins to count at the next opening. Hours add up: those from a to
    b and from b to c are those from a to c. Negative where ``end`` comes first.
    """
    known = start.notna().to_numpy() & end.notna().to_numpy()
    seconds = _opened(end, hours) - _opened(start, hours)
    return np.where(known, seconds / 3600, np.nan)


def is_staffed(moments: pd.Series, hours: Hours) -> NDArray[np.bool_]:
    """Whether each moment lies in staffed hours; their end itself does not."""
    day, clock = _split(moments)
    within = (clock >= _seconds(hours.start)) & (clock < _seconds(hours.end))
    return np.asarray(within & np.is_busday(day, busdaycal=_days(hours)))


def _opened(moments: pd.Series, hours: Hours) -> NDArray[np.int64]:
    """Staffed seconds from a fixed day long ago to each moment; whole, so that they add up."""
    day, clock = _split(moments)
    opening, closing = _seconds(hours.start), _seconds(hours.end)
    calendar = _days(hours)
    days = np.busday_count(_EPOCH, day, busdaycal=calendar)
    today = np.clip(clock - opening, 0, closing - opening)
    return np.asarray(
        days * (closing - opening) + np.where(np.is_busday(day, busdaycal=calendar), today, 0)
    )


def _split(moments: pd.Series) -> tuple[NDArray[np.datetime64], NDArray[np.int64]]:
    """Days, and seconds since midnight; missing moments stand at the first day."""
    stamps = moments.to_numpy(dtype="datetime64[s]")
    stamps = np.where(np.isnat(stamps), _EPOCH.astype("datetime64[s]"), stamps)
    day = stamps.astype("datetime64[D]")
    return day, (stamps - day).astype(np.int64)


def _days(hours: Hours) -> np.busdaycalendar:
    import pandas as pd

    shut = [day for span in hours.closed for day in pd.date_range(span.start, span.end)]
    return np.busdaycalendar(
        weekmask=[day in hours.days for day in WEEKDAYS],
        holidays=np.array(shut, dtype="datetime64[D]"),
    )


def _seconds(clock: time) -> int:
    return clock.hour * 3600 + clock.minute * 60 + clock.second
