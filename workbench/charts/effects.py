"""Differences between groups as dots with their intervals about a line at nought."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbench.charts.compared import Cell, could_miss
from workbench.charts.pair_parts import MISSED_SAID, add_missed, say_hidden
from workbench.charts.rows import Dot, Row, dots, legend_entry, stack
from workbench.charts.style import (
    floats,
    in_order,
    known_rows,
    nice_step,
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
    are differences whose adjusted p is below ``compare.say.CLEAR``. Where the frame has
    ``detectable``, reference_n and reference_base, each row is shaded as far as its bases would
    often miss a difference. ``reference`` names the reference group (default: the frame's first).
    Raises ``ValueError`` for three groups or more:
    draw one figure for each against the reference.
    """
    rows = known_rows(frame, "difference")
    others = in_order(rows["group"])
    if len(others) > 1:
        raise ValueError("differences draws one group against the reference; choose two groups")
    if not others:
        return say_hidden(title, empty=not len(frame))
    first = reference if reference is not None else in_order(frame["group"])[0]
    sizes = dict(zip(map(str, rows["label"]), floats(rows["difference"]), strict=True))
    kept = sorted(sizes, key=lambda label: (-abs(sizes[label]), label))[:top]
    kept.sort(key=lambda label: (-sizes[label], label))
    marks = _marks(rows, kept, reference=first)
    missed = _missed(rows, kept)
    shaded = any(math.isfinite(low) for low, _ in missed)
    axis = f"Percentage points, {others[0]} minus {first}, with 95% intervals"
    if len(kept) < len(sizes):
        axis += f"; the {len(kept)} largest of {len(sizes)} are shown"
    figure = dots(
        [Row(label) for label in kept],
        marks,
        title=title,
        groups=others,
        span=_span(marks, missed),
        axis=axis,
        foot=MISSED_SAID if shaded else "",
        percent=False,
        column="Points",
        legend_names=(CLEAR_NAME, UNCLEAR_NAME),
    )
    add_missed(figure, stack([Row(label) for label in kept]), missed)
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


def _missed(rows: pd.DataFrame, labels: list[str]) -> list[tuple[float, float]]:
    """For each label the ends of the differences that its bases would often miss, or NaN."""
    if not {"detectable", "reference_n", "reference_base"} <= set(rows.columns):
        return [(math.nan, math.nan)] * len(labels)
    names = ("share", "base", "reference_n", "reference_base", "detectable")
    ends = {
        str(label): could_miss(
            Cell(base=first_base, share=min(first_n / first_base, 1.0) if first_base else math.nan),
            Cell(base=base, share=share),
            effect,
        )
        for label, share, base, first_n, first_base, effect in zip(
            rows["label"], *(floats(rows[name]) for name in names), strict=True
        )
    }
    return [ends[label] for label in labels]


def _span(marks: list[Dot], missed: list[tuple[float, float]]) -> tuple[float, float]:
    """From the lowest end to the highest, always with nought and some room at both sides."""
    ends = [value for m in marks for value in (m.value, m.low, m.high) if math.isfinite(value)]
    ends += [end for pair in missed for end in pair if math.isfinite(end)]
    low, high = min([-0.01, *ends]), max([0.01, *ends])
    step = nice_step(high - low, most=12)
    return max(-1.0, low - step / 2), min(1.0, high + step / 2)
