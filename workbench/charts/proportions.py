"""Shares as dots with their intervals, one row a label, one dot a group."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from workbench.charts.rows import Dot, Row, dots
from workbench.charts.style import canvas, floats, in_order, reach, say_nothing_to_show
from workbench.compare.say import percent
from workbench.compare.shares import NOT_OFFERED

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

Order = Literal["largest", "given"]


def shares(
    frame: pd.DataFrame,
    *,
    title: str = "",
    top: int | None = 25,
    order: Order = "largest",
    groups: Sequence[str] | None = None,
    axis: str = "Share of cases",
) -> Figure:
    """Each label's share with its interval, for one group or for several on the same axis.

    ``frame`` is a comparison frame (label, group, n, base, share, low, high, note); shares in
    [0, 1]. Rows stand with the largest share of any group first, or in the frame's ``order``;
    the ``top`` are shown and the axis says how many there are. ``groups`` gives all groups in
    their order, so that each keeps its colour and symbol from figure to figure. Missing shares
    and labels that a group's scheme did not offer show as a dash, never as 0.
    """
    known = in_order(frame["group"])
    everyone = list(groups) if groups is not None else known
    shown = [group for group in everyone if group in known]
    labels = _ranked(frame, order)
    if not labels:
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    kept = labels[:top]
    marks = [mark for mark in _marks(frame, kept) if mark.group in shown]
    limit = reach((m for mark in marks for m in (mark.value, mark.high)), least=0.02, most=1.0)
    return dots(
        [Row(label) for label in kept],
        marks,
        title=title,
        groups=shown,
        looks=[everyone.index(group) for group in shown],
        span=(0, limit),
        axis=_axis(axis, len(kept), len(labels)),
        column="Share (cases)",
    )


def tone_rates(
    frame: pd.DataFrame,
    *,
    title: str = "",
    groups: Sequence[str] | None = None,
    axis: str = "Share of enquiries in which the tone shows",
) -> Figure:
    """How often each tone shows, with intervals, one dot a period: the frame is as in `shares`."""
    return shares(frame, title=title, top=None, groups=groups, axis=axis)


def takedowns(
    frame: pd.DataFrame,
    *,
    title: str = "",
    top: int | None = 20,
    groups: Sequence[str] | None = None,
) -> Figure:
    """The share of reported addresses that was removed, by platform and period.

    ``frame`` is that of ``compare.takedowns.takedown_summary``: period, platform, n (removed),
    base (reported), share, low, high. The platform with most reports in any period comes first;
    the numbers say removed of reported.
    """
    bases = frame.assign(base=floats(frame["base"])).groupby("platform", sort=False)["base"].max()
    ranked = [str(name) for name in bases.sort_values(ascending=False, kind="stable").index]
    if not ranked:
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    kept = ranked[:top]
    known = sorted(in_order(frame["period"]))
    everyone = list(groups) if groups is not None else known
    shown = [group for group in everyone if group in known]
    renamed = frame.rename(columns={"platform": "label", "period": "group"})
    marks = [m for m in _marks(renamed, kept, of=True) if m.group in shown]
    axis = "Share of reported addresses that was removed"
    return dots(
        [Row(label) for label in kept],
        marks,
        title=title,
        groups=shown,
        looks=[everyone.index(group) for group in shown],
        span=(0, 1.0),
        axis=_axis(axis, len(kept), len(ranked)),
        column="Removed",
    )


def _ranked(frame: pd.DataFrame, order: Order) -> list[str]:
    labels = in_order(frame["label"])
    if order == "given":
        return labels
    best = dict.fromkeys(labels, -1.0)
    for label, value in zip(frame["label"], floats(frame["share"]), strict=True):
        if math.isfinite(value):
            best[str(label)] = max(best[str(label)], value)
    return sorted(labels, key=lambda label: -best[label])


def _marks(frame: pd.DataFrame, labels: list[str], *, of: bool = False) -> list[Dot]:
    row_of = {label: place for place, label in enumerate(labels)}
    notes = frame["note"].fillna("") if "note" in frame else [""] * len(frame)
    columns = [floats(frame[name]) for name in ("n", "base", "share", "low", "high")]
    marks = []
    for label, group, note, n, base, share, low, high in zip(
        frame["label"], frame["group"], notes, *columns, strict=True
    ):
        if str(label) not in row_of:
            continue
        absent = NOT_OFFERED in str(note) or math.isnan(share)
        value = math.nan if absent else share
        numbers = _numbers(n, base, value, of=of)
        counted = f"{_count(n)} of {_count(base)}"
        spread = f"95% interval {percent(low)} to {percent(high)}"
        said = f"{label}, {group}: {percent(value)} ({counted}; {spread})"
        marks.append(Dot(row_of[str(label)], str(group), value, low, high, numbers, said))
    return marks


def _numbers(n: float, base: float, share: float, *, of: bool) -> str:
    if math.isnan(share):
        return "–"
    if of:
        return f"{_count(n)} of {_count(base)}"
    return f"{percent(share)} ({_count(n)})"


def _count(n: float) -> str:
    return "–" if math.isnan(n) else f"{n:,.0f}"


def _axis(axis: str, kept: int, all_of_them: int) -> str:
    said = f"{axis}, with 95% intervals"
    if kept < all_of_them:
        said += f"; the first {kept} of {all_of_them} are shown"
    return said
