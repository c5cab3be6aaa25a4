"""Differences between groups as dots with their intervals about a line at nought."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbench.charts.rows import Dot, Row, dots, legend_entry
from workbench.charts.style import (
    canvas,
    floats,
    in_order,
    known_rows,
    nice_step,
    say_nothing_to_show,
)
from workbench.compare.say import CLEAR, points

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

CLEAR_NAME = "Clear after correction for many comparisons"
UNCLEAR_NAME = "No clear difference"


def differences(
    frame: pd.DataFrame, *, title: str = "", top: int | None = 25, reference: str | None = None
) -> Figure:
    """How far one group's shares lie from the reference group's, largest difference up first.

    ``frame`` is a comparison frame of two groups (label, group, difference, difference_low,
    difference_high, p_adjusted), differences in [-1, 1] printed as percentage points; rows
    without a difference are left out. The ``top`` are those farthest from nought. Filled marks
    are differences whose adjusted p is below ``compare.say.CLEAR``. ``reference`` names the
    reference group (default: the frame's first). Raises ``ValueError`` for three groups or more:
    draw one figure for each against the reference.
    """
    rows = known_rows(frame, "difference")
    others = in_order(rows["group"])
    if len(others) > 1:
        raise ValueError("differences draws one group against the reference; choose two groups")
    if not others:
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    first = reference if reference is not None else in_order(frame["group"])[0]
    sizes = dict(zip(map(str, rows["label"]), floats(rows["difference"]), strict=True))
    kept = sorted(sizes, key=lambda label: -abs(sizes[label]))[:top]
    kept.sort(key=lambda label: -sizes[label])
    marks = _marks(rows, kept, reference=first)
    axis = f"Percentage points, {others[0]} minus {first}, with 95% intervals"
    if len(kept) < len(sizes):
        axis += f"; the {len(kept)} largest of {len(sizes)} are shown"
    figure = dots(
        [Row(label) for label in kept],
        marks,
        title=title,
        groups=others,
        span=_span(marks),
        axis=axis,
        percent=False,
        column="Points",
        legend_names=(CLEAR_NAME, UNCLEAR_NAME),
    )
    figure.update_traces(showlegend=False)
    for name, hollow in ((CLEAR_NAME, False), (UNCLEAR_NAME, True)):
        legend_entry(figure, name, place=0, hollow=hollow)
    return figure


def _marks(rows: pd.DataFrame, labels: list[str], *, reference: str) -> list[Dot]:
    row_of = {label: place for place, label in enumerate(labels)}
    names = ("difference", "difference_low", "difference_high", "p_adjusted")
    marks = []
    for label, group, value, low, high, p in zip(
        rows["label"], rows["group"], *(floats(rows[name]) for name in names), strict=True
    ):
        if str(label) not in row_of:
            continue
        said = (
            f"{label}: {points(value)} points in {group} against {reference} "
            f"(95% interval {points(low)} to {points(high)})"
        )
        clear = p < CLEAR
        place = row_of[str(label)]
        marks.append(
            Dot(place, str(group), value, low, high, points(value), said, hollow=not clear)
        )
    return marks


def _span(marks: list[Dot]) -> tuple[float, float]:
    """From the lowest end to the highest, always with nought and some room at both sides."""
    ends = [value for m in marks for value in (m.value, m.low, m.high) if math.isfinite(value)]
    low, high = min([-0.01, *ends]), max([0.01, *ends])
    step = nice_step(high - low, most=12)
    return max(-1.0, low - step / 2), min(1.0, high + step / 2)
