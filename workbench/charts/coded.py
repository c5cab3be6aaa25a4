"""Shares of the codes of a codebook, each code beneath the one it stands under, a dot a period."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.charts.rows import Dot, Row, dots, legend_entry
from workbench.charts.style import canvas, floats, in_order, reach, say_nothing_to_show
from workbench.compare.say import percent

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

INDENT = 22
RATE = "Hollow: suggested by a model alone"


def codes(
    frame: pd.DataFrame,
    *,
    title: str = "",
    groups: Sequence[str] | None = None,
    estimated: str = "prediction-powered",
) -> Figure:
    """How often each code applies, with intervals: a row a code, a dot a period.

    ``frame`` has code, label, depth (0 outermost), group, share, low, high in [0, 1] and method,
    in the codebook's order. Dots whose method is not ``estimated`` are rates of what a model
    suggests, and hollow. ``groups`` gives all periods in their order, so that each keeps its colour
    and symbol from figure to figure. A share that is not known shows as a dash.
    """
    order = in_order(frame["code"])
    if not order:
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    known = in_order(frame["group"])
    everyone = list(groups) if groups is not None else known
    shown = [group for group in everyone if group in known] or known
    rates = [str(method) != estimated for method in frame["method"]]
    marks = _marks(frame, order, rates)
    mixed = any(rates) and not all(rates)
    named = [*shown, RATE] if mixed else shown if len(shown) > 1 else []
    limit = reach((m for mark in marks for m in (mark.value, mark.high)), least=0.02, most=1.0)
    what = "Rate of suggestions" if all(rates) else "Share of cases"
    figure = dots(
        _rows(frame, order),
        marks,
        title=title,
        groups=shown,
        looks=[everyone.index(group) if group in everyone else 0 for group in shown],
        span=(0, limit),
        axis=f"{what}, with 95% intervals",
        column="Share",
        legend_names=named,
    )
    if mixed:
        legend_entry(figure, RATE, place=0, hollow=True)
    return figure


def _rows(frame: pd.DataFrame, order: Sequence[str]) -> list[Row]:
    first = frame.drop_duplicates("code").set_index("code")
    nested = bool((first["depth"] > 0).any())
    return [
        Row(
            str(first.loc[code, "label"]),
            INDENT * int(first["depth"][code]),
            bold=nested and int(first["depth"][code]) == 0,
        )
        for code in order
    ]


def _marks(frame: pd.DataFrame, order: Sequence[str], rates: Sequence[bool]) -> list[Dot]:
    place = {code: at for at, code in enumerate(order)}
    columns = [floats(frame[name]) for name in ("share", "low", "high")]
    names = (frame["code"], frame["label"], frame["group"])
    marks = []
    for code, label, group, rate, share, low, high in zip(*names, rates, *columns, strict=True):
        numbers = "–" if math.isnan(share) else percent(share)
        kind = "suggested for " if rate else ""
        spread = f"95% interval {percent(low)} to {percent(high)}"
        said = f"{label}, {group}: {kind}{numbers} ({spread})"
        row = place[str(code)]
        marks.append(Dot(row, str(group), share, low, high, numbers, said, hollow=rate))
    return marks
