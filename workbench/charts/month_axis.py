"""Where months stand on an axis: one after another, or year over year."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from workbench.charts.compared import Cell
from workbench.charts.style import in_order

if TYPE_CHECKING:
    import pandas as pd

    from workbench.study import Period

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Month:
    """One month of one label: its place on the axis, its line, and what was counted."""

    at: float
    line: str
    name: str
    cell: Cell


@dataclass(frozen=True)
class Course:
    """The bottom axis: its ``ticks`` and their words, its ends, the lines, and where terms lie."""

    ticks: tuple[float, ...]
    words: tuple[str, ...]
    span: tuple[float, float]
    lines: tuple[str, ...]
    terms: tuple[tuple[float, float], ...]


def lay_months(
    terms: pd.DataFrame | None,
    periods: Sequence[Period] | None,
    cells: Mapping[tuple[str, str], Cell],
) -> tuple[Course, dict[str, list[Month]]]:
    """The axis, and the months of each label in order, one after another or year over year."""
    names = sorted({month for _, month in cells})
    numbers = {name: _number(name) for name in names}
    starts = {p.name: p.start.year * 12 + p.start.month for p in periods or ()}
    lines = {name: _line(name, periods) for name in names}
    used = [name for name in in_order(lines[name] for name in names) if name]
    overlaid = periods is not None and len(used) > 1
    first = numbers[names[0]]
    place = {
        name: float(numbers[name] - (starts[lines[name]] if overlaid else first))
        for name in names
        if lines[name] or not overlaid
    }
    last = max(place.values())
    origin = starts[used[-1]] if overlaid else first
    every = max(1, math.ceil((last + 1) / (6 if overlaid else 8)))
    ticks = tuple(float(at) for at in range(0, int(last) + 1, every))
    span = (-0.6, last + 0.6)
    course = Course(
        ticks=ticks,
        words=tuple(_tick(origin + int(at), year=not overlaid) for at in ticks),
        span=span,
        lines=tuple(used) if overlaid else ("",),
        terms=_bands(terms, origin, span),
    )
    months: dict[str, list[Month]] = {}
    for (label, group), cell in cells.items():
        if group in place:
            line = lines[group] if overlaid else ""
            months.setdefault(label, []).append(Month(place[group], line, group, cell))
    return course, {label: _complete(own) for label, own in months.items()}


def _complete(months: Sequence[Month]) -> list[Month]:
    """The months in order, with one that is not known where some lie between two: a gap."""
    ordered = sorted(months, key=lambda month: (month.line, month.at))
    found = ordered[:1]
    for before, month in pairwise(ordered):
        if month.line == before.line and month.at > before.at + 1:
            found.append(Month(before.at + 1, month.line, "", Cell()))
        found.append(month)
    return found


def _line(month: str, periods: Sequence[Period] | None) -> str:
    """The first period that a month falls in; "" where there is none."""
    number = _number(month)
    for period in periods or ():
        start = period.start.year * 12 + period.start.month
        end = period.end.year * 12 + period.end.month
        if start <= number <= end:
            return period.name
    return ""


def _number(month: str) -> int:
    """Months counted through: ``2023-03`` follows ``2023-02``."""
    if not _MONTH.fullmatch(month):
        raise ValueError(f"'{month}' is not a month such as 2023-03; compare with by='month'")
    year, number = month.split("-")
    return int(year) * 12 + int(number)


def _tick(number: int, *, year: bool) -> str:
    name = NAMES[(number - 1) % 12]
    return f"{name}<br>{(number - 1) // 12}" if year else name


def _bands(
    terms: pd.DataFrame | None, origin: int, span: tuple[float, float]
) -> tuple[tuple[float, float], ...]:
    """Where the terms begin and end on the axis, in months from ``origin``."""
    if terms is None:
        return ()
    bands = []
    for start, end in zip(terms["start"], terms["end"], strict=True):
        left, right = (_day(day, origin) for day in (start, end))
        if min(right, span[1]) > max(left, span[0]):
            bands.append((max(left, span[0]), min(right, span[1])))
    return tuple(bands)


def _day(day: pd.Timestamp, origin: int) -> float:
    """A day's place, where each month is one wide and centred on its own."""
    return day.year * 12 + day.month - origin - 0.5 + (day.day - 1) / float(day.days_in_month)
