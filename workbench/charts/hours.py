"""When enquiries arrive by weekday and hour, and how soon they are answered."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.charts.labels import markup, plain, text_width
from workbench.charts.style import (
    BAND,
    FOOT_LEFT,
    INK,
    MARGIN,
    PALETTE,
    PAPER,
    SMALL,
    SOFT,
    TEXT,
    canvas,
    floats,
    in_order,
    ink_on,
    look,
    mix,
    name_axis,
    say_nothing_to_show,
    write,
)
from workbench.compare.hours import WEEKDAYS
from workbench.compare.say import percent

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

    from workbench.study import Hours

ROW = 30
"""Pixels of one weekday."""
HEAD = 58
"""Pixels above each period's grid: its name and the hours."""
PALEST = "#E8EDF3"
SHARES = (
    "Each cell: its share of the period's enquiries in per cent; empty: none; a dash: not shown"
)
SMALLEST = 0.0005
"""The least share that rounds to 0.1 per cent."""
LOW = 0.4
"""Where fewer were replied to by the aim, the words about it stand above the lines."""
PLOT = 360
LEFT = 64


def arrivals(
    frame: pd.DataFrame,
    hours: Hours | None = None,
    *,
    title: str = "",
    groups: Sequence[str] | None = None,
) -> Figure:
    """A grid of weekdays and hours for each period, one below the other.

    ``frame`` is that of ``compare.arrivals.arrivals`` (period, weekday, hour, n, base, share);
    rows without an hour are left out. The shade runs from 0 to the largest share shown, and each
    cell says its share in per cent; one whose count is hidden is grey with a dash. ``hours`` (the
    study's) are outlined. ``groups`` picks and orders the periods.
    """
    data = frame[frame["hour"].notna()]
    periods = [p for p in (groups or in_order(data["period"])) if p in in_order(data["period"])]
    if not periods:
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    left = MARGIN + max(text_width(day, TEXT) for day in WEEKDAYS) + 10
    panel = HEAD + len(WEEKDAYS) * ROW
    foot = [SHARES, *([_outlined(hours)] if hours else [])]
    figure = canvas(
        title=title,
        plot_height=panel * len(periods),
        left=left,
        bottom=14 + 20 * len(foot) + MARGIN / 2,
    )
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(range=[0, 24], visible=False)
    figure.update_yaxes(range=[panel * len(periods), 0], visible=False)
    largest = max((s for s in floats(data["share"]) if math.isfinite(s)), default=0.0)
    for place, period in enumerate(periods):
        part = data[data["period"] == period]
        top = place * panel + HEAD
        _add_heads(figure, period, floats(part["base"])[0], top=top, left=left)
        _add_cells(figure, part, top=top, largest=largest)
        if hours is not None:
            _add_outline(figure, hours, top=top)
    for line, words in enumerate(foot):
        below = {"xshift": MARGIN - left, "yshift": -10 - 20 * line, **FOOT_LEFT}
        write(figure, markup([words]), x=0, y=0, **below)
    return figure


def _outlined(hours: Hours) -> str:
    return f"Outlined: staffed hours, {hours.start:%H:%M} to {hours.end:%H:%M}"


def _add_heads(figure: Figure, period: str, base: float, *, top: float, left: float) -> None:
    """The period's name and base, the hours above its grid and the weekdays beside it."""
    counted = "an unknown number of cases" if math.isnan(base) else f"{base:,.0f} cases"
    named = f"{markup([period], bold=True)} ({counted} with a time)"
    place: dict[str, Any] = {"xanchor": "left", "yanchor": "bottom", "xshift": MARGIN - left}
    write(figure, named, x=0, y=top - 26, size=TEXT, **place)
    heads = {"mode": "text", "textfont": {"color": SOFT, "size": SMALL}, "hoverinfo": "skip"}
    named_hours = [str(hour) for hour in range(24)]
    middles = [hour + 0.5 for hour in range(24)]
    figure.add_scatter(
        x=middles, y=[top - 10] * 24, text=named_hours, showlegend=False, cliponaxis=False, **heads
    )
    write(figure, "Hour", x=0, y=top, yanchor="bottom", xanchor="right", xshift=-8, colour=SOFT)
    for row, day in enumerate(WEEKDAYS):
        at = top + (row + 0.5) * ROW
        write(figure, day, x=0, y=at, size=TEXT, xanchor="right", yanchor="middle", xshift=-8)


def _add_cells(figure: Figure, part: pd.DataFrame, *, top: float, largest: float) -> None:
    """One bar a cell, all in one trace: as shapes they take plotly a minute."""
    shares, counts = floats(part["share"]), floats(part["n"])
    grounds = [BAND if math.isnan(share) else _shade(share, largest) for share in shares]
    said = []
    for day, hour, share, n in zip(part["weekday"], part["hour"], shares, counts, strict=True):
        counted = "a hidden number of cases" if math.isnan(n) else f"{n:,.0f} cases"
        said.append([plain(f"{day}, {hour} to {hour + 1} h: {counted} ({percent(share)})")])
    figure.add_bar(
        x=[hour + 0.5 for hour in part["hour"]],
        base=[top + WEEKDAYS.index(day) * ROW for day in part["weekday"]],
        y=[ROW] * len(part),
        width=1,
        marker={"color": grounds, "line": {"color": PAPER, "width": 1.5}},
        text=[plain(_cell(share)) for share in shares],
        textposition="inside",
        insidetextanchor="middle",
        insidetextfont={"color": [ink_on(ground) for ground in grounds], "size": SMALL},
        textangle=0,
        constraintext="none",
        customdata=said,
        hovertemplate="%{customdata[0]}<extra></extra>",
        showlegend=False,
    )


def _cell(share: float) -> str:
    if math.isnan(share):
        return "–"
    if not share > 0:
        return ""
    return f"{100 * share:.1f}" if share >= SMALLEST else "<0.1"


def _shade(share: float, largest: float) -> str:
    if not share > 0:
        return PAPER
    return mix(PALEST, PALETTE[0], share / largest)


def _add_outline(figure: Figure, hours: Hours, *, top: float) -> None:
    """Lines about the hours with staff, dark on a light halo so that they show on every shade.

    An hour that is staffed in part is inside: a line through its number would hide it.
    """
    start, end = hours.start.hour, math.ceil(hours.end.hour + hours.end.minute / 60)
    for first, last in _runs([day in hours.days for day in WEEKDAYS]):
        for colour, width in ((PAPER, 6), (INK, 2.5)):
            figure.add_shape(
                type="rect",
                x0=start,
                x1=end,
                y0=top + first * ROW,
                y1=top + (last + 1) * ROW,
                line={"color": colour, "width": width},
            )


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last place of each run of true values."""
    places = [place for place, flag in enumerate(flags) if flag]
    starts = [place for place in places if place - 1 not in places]
    return [
        (start, next(p for p in places if p >= start and p + 1 not in places)) for start in starts
    ]


def replies(
    frame: pd.DataFrame,
    *,
    aim: float | None = None,
    title: str = "",
    groups: Sequence[str] | None = None,
) -> Figure:
    """The share of enquiries that had their first reply within so many staffed hours.

    ``frame`` is that of ``compare.replies.reply_curve`` (group, hours, n, base, share, low,
    high): a line a group. ``aim`` in staffed hours is marked, with each group's share there where
    the frame has a row for it. ``groups`` gives all groups in their order.
    """
    from plotly.graph_objects import Scatter

    known = in_order(frame["group"])
    everyone = list(groups) if groups is not None else known
    shown = [group for group in everyone if group in known]
    if not shown:
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    named = shown if len(shown) > 1 else ()
    figure = canvas(title=title, plot_height=PLOT, left=LEFT, top=28, bottom=64, groups=named)
    until = max(floats(frame["hours"]))
    figure.update_yaxes(range=[0, 1.02], tickvals=[k / 5 for k in range(6)], tickformat=".0%")
    figure.update_xaxes(
        range=[0, until],
        showgrid=False,
        showline=True,
        title_text="Staffed hours since the enquiry, or since the next opening",
    )
    name_axis(figure, "Share of enquiries replied to", left=LEFT)
    for group in shown:
        own, part = look(everyone.index(group)), frame[frame["group"].astype(str) == group]
        figure.add_trace(
            Scatter(
                x=floats(part["hours"]),
                y=floats(part["share"]),
                name=plain(group),
                mode="lines",
                line={"color": own.edge, "dash": own.dash, "width": 2.5},
                customdata=[[plain(said)] for said in _curve_said(part, group)],
                hovertemplate="%{customdata[0]}<extra></extra>",
            )
        )
    if aim is not None and aim <= until:
        _mark_aim(figure, frame, shown, aim)
    return figure


def _curve_said(part: pd.DataFrame, group: str) -> list[str]:
    columns = (floats(part[name]) for name in ("hours", "share", "low", "high", "base"))
    return [
        f"{group}: {percent(share)} within {hours:g} staffed hours (95% interval {percent(low)} to "
        f"{percent(high)}; of {base:,.0f} replied to)"
        for hours, share, low, high, base in zip(*columns, strict=True)
    ]


def _mark_aim(figure: Figure, frame: pd.DataFrame, groups: Sequence[str], aim: float) -> None:
    """A line at the aim and, to its right, what share each group reached by then."""
    figure.add_vline(x=aim, line={"color": INK, "width": 1.5})
    lines = [f"Aim: {aim:g} staffed hours"]
    at = frame[(frame["hours"] - aim).abs() < 1e-9]
    for group in groups:
        rows = at[at["group"].astype(str) == group]
        for share, low, high in zip(
            *(floats(rows[c]) for c in ("share", "low", "high")), strict=True
        ):
            ends = f"{percent(low)} to {percent(high)}"
            lines.append(f"{group}: {percent(share)} ({ends})" if share == share else f"{group}: –")
    reached = max((share for share in floats(at["share"]) if math.isfinite(share)), default=1.0)
    up = reached < LOW  # the words go where the lines are not
    place: dict[str, Any] = {"xanchor": "left", "align": "left", "xshift": 6}
    write(
        figure,
        markup(lines),
        x=aim,
        y=1 if up else 0.03,
        yanchor="top" if up else "bottom",
        **place,
    )
