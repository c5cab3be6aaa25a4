"""Alternative texts of the charts of time, as plain words that are not yet escaped."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbench.charts.alt import alt_text
from workbench.charts.style import floats, in_order, known_rows
from workbench.compare.say import percent

if TYPE_CHECKING:
    import pandas as pd


def alt_rates(frame: pd.DataFrame) -> str:
    """For `rates`: the highest and lowest rate of each period, and the events."""
    known = known_rows(frame, "rate")
    if not len(known):
        return alt_text("Empty chart of cases per school day: there are none to show")
    unit = next((name for name in ("month", "term") if name in frame), "period")
    form = "Line chart" if unit == "month" else "Dot chart"
    said = [f"{form} of cases per school day in each {unit}, with 95% intervals"]
    for period in in_order(known["period"]):
        part = known[known["period"].astype(str) == period]
        rates = list(zip(floats(part["rate"]), _named(part, unit), strict=True))
        most, least = max(rates, key=lambda r: r[0]), min(rates, key=lambda r: r[0])
        if len(rates) == 1:
            said.append(f"{period}: {most[0]:.1f}")
            continue
        said.append(
            f"{period}: most in {most[1]} ({most[0]:.1f}), fewest in {least[1]} ({least[0]:.1f})"
        )
    return alt_text(*said, _marked(frame))


def alt_arrivals(frame: pd.DataFrame, *, top: int = 3) -> str:
    """For `arrivals`: each period's base and the weekday hours in which most cases came."""
    known = known_rows(frame[frame["hour"].notna()], "share")
    if not len(known):
        return alt_text("Empty grid of weekdays and hours: no case has a time")
    periods = in_order(known["period"])
    each = " for each period" if len(periods) > 1 else ""
    said = [f"Grid of weekdays by hours{each}, each cell with its share of the enquiries"]
    for period in periods:
        part = known[known["period"].astype(str) == period]
        largest = part.assign(share=floats(part["share"])).nlargest(top, "share")
        cells = [
            f"{day} {hour} to {hour + 1} h {percent(share)}"
            for day, hour, share in zip(
                largest["weekday"], largest["hour"], largest["share"], strict=True
            )
        ]
        base = floats(part["base"])[0]
        counted = "" if math.isnan(base) else f" of {base:,.0f} cases with a time"
        said.append(f"{period}{counted}: most on {', '.join(cells)}")
    return alt_text(*said)


def alt_replies(frame: pd.DataFrame, *, aim: float | None = None) -> str:
    """For `replies`: the share of each group at the aim, and when half of them were replied to."""
    if not len(frame):
        return alt_text("Empty chart of the time to a first reply: there are no replies to show")
    said = ["Line chart of the share of enquiries that had a reply, by staffed hours waited"]
    for group in in_order(frame["group"]):
        part = known_rows(frame[frame["group"].astype(str) == group], "share")
        points = list(zip(floats(part["hours"]), floats(part["share"]), strict=True))
        within = [share for hours, share in points if aim is not None and abs(hours - aim) < 1e-9]
        half = next((hours for hours, share in points if share >= 0.5), None)
        words = [f"{percent(share)} within the aim of {aim:g} hours" for share in within]
        words += [f"half within {half:g} hours"] if half is not None else []
        said += [f"{group}: {', '.join(words)}"] if words else []
    return alt_text(*said)


def _named(frame: pd.DataFrame, unit: str) -> list[str]:
    if unit == "month":
        return [f"{month:%B %Y}" for month in frame["month"]]
    return [str(name) for name in frame[unit]]


def _marked(frame: pd.DataFrame) -> str:
    if "event" not in frame:
        return ""
    events = frame[frame["event"].fillna("") != ""]
    marked = [
        f"{month:%B %Y}, {event}"
        for month, event in zip(events["month"], events["event"], strict=True)
    ]
    return f"Marked: {'; '.join(marked)}" if marked else ""
