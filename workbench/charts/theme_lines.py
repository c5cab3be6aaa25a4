"""The share of each theme through the months, or from group to group."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.charts.labels import markup, plain, wrap
from workbench.charts.style import (
    FOOT_LEFT,
    GRID,
    MARGIN,
    PALETTE,
    PAPER,
    SMALL,
    SOFT,
    TEXT,
    WIDTH,
    canvas,
    floats,
    mix,
    nice_step,
    reach,
    say_nothing_to_show,
    write,
)
from workbench.compare.say import percent

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

UNPLACED = -1
NONE = "In no theme"
ACROSS = 2
PANEL = 130
HEAD = 48
LEFT = 52
GAP = 34
LINE = PALETTE[0]
# Line, inner and outer band each keep 3:1 with the next.
CASES = mix(PALETTE[0], PAPER, 0.41)
BOTH = mix(PALETTE[0], PAPER, 0.94)
WHOLE = "Share of texts"
CASES_NAME = "95% interval, cases alone"
BOTH_NAME = "95% interval, cases and clustering"
_MONTH = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True)
class Ends:
    """The bottom axis: where each group stands, the ticks with their words, and the range.

    ``joined`` where the groups follow one another, as months do.
    """

    place: dict[object, Any]
    ticks: list[Any]
    words: list[str]
    span: tuple[Any, Any]
    joined: bool


def trends(frame: pd.DataFrame, *, title: str = "", top: int = 12) -> Figure:
    """The share of each theme in each month or group: a small panel a theme.

    ``frame`` is that of ``themes.trends.theme_trends``, best with the themes' ``label``: theme,
    group (months as dates, periods or ``2022-09``; or any other groups), n, base, share, low,
    high, low_cases, high_cases in [0, 1]. The first ``top`` themes are shown, in the frame's
    order, all on one scale; texts in no theme keep a panel. The inner band is the interval that
    the cases alone leave open, the outer one, with edges, that of cases and clustering together.
    A group whose share is missing leaves a gap.
    """
    if not len(frame):
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    names = _names(frame)
    shown = [theme for theme in names if theme != UNPLACED][:top]
    shown += [theme for theme in names if theme == UNPLACED]
    ends = _read_groups(frame["group"])
    foot = 24 + SMALL * 1.3 * max(words.count("<br>") + 1 for words in ends.words)
    down = math.ceil(len(shown) / ACROSS)
    height = down * (HEAD + PANEL + foot)
    legend = (WHOLE, CASES_NAME, BOTH_NAME)
    figure = canvas(title=title, plot_height=height, left=MARGIN, bottom=34, groups=legend)
    part = frame[frame["theme"].isin(shown)]
    limit = reach([*floats(part["share"]), *floats(part["high"])], least=0.02, most=1.0)
    inside = WIDTH - 2 * MARGIN
    width = (inside - GAP * (ACROSS - 1)) / ACROSS
    for place, theme in enumerate(shown):
        row, column = divmod(place, ACROSS)
        start = column * (width + GAP)
        top_edge = row * (HEAD + PANEL + foot) + HEAD
        across = [(start + LEFT) / inside, (start + width) / inside]
        up = [1 - (top_edge + PANEL) / height, 1 - top_edge / height]
        suffix = "" if place == 0 else str(place + 1)
        _set_panel(figure, suffix, across, up, ends, limit)
        _add_trend(figure, frame[frame["theme"] == theme], suffix, ends)
        lines = wrap(names[theme], width, TEXT, bold=True, most=2)
        at: dict[str, Any] = {"xref": "paper", "xanchor": "left", "yref": "paper"}
        at |= {"yanchor": "bottom", "yshift": 4, "align": "left"}
        write(figure, markup(lines, bold=True), x=start / inside, y=up[1], size=TEXT, **at)
    _explain(figure)
    every = sum(theme != UNPLACED for theme in names)
    said = "Share of the texts of each month" if ends.joined else "Share of the texts of each group"
    if every > top:
        said += f"; the first {top} of {every} themes are shown"
    return write(figure, markup([said]), x=0, y=0, yshift=-6, **FOOT_LEFT)


def _names(frame: pd.DataFrame) -> dict[int, str]:
    """What each theme is called, in the frame's order; by its number where it has no label."""
    themes = [int(theme) for theme in frame["theme"]]
    labels = frame["label"] if "label" in frame else [None] * len(frame)
    names = {}
    for theme, label in zip(themes, labels, strict=True):
        known = isinstance(label, str) and bool(label)
        names[theme] = NONE if theme == UNPLACED else str(label) if known else f"Theme {theme}"
    return names


def _read_groups(groups: pd.Series) -> Ends:
    """Where groups stand: months on an axis of time, others side by side in the frame's order."""
    import pandas as pd

    order = list(dict.fromkeys(groups))
    if all(isinstance(group, pd.Period | pd.Timestamp) for group in order):
        dates = [g.to_timestamp() if isinstance(g, pd.Period) else g for g in order]
    elif all(isinstance(group, str) and _MONTH.fullmatch(group) for group in order):
        dates = [pd.Timestamp(f"{group}-01") for group in order]
    else:
        each = (WIDTH / 2 - LEFT - GAP) / len(order) - 6
        words = [markup(wrap(str(group), max(each, 24), SMALL, most=3)) for group in order]
        places = list(range(len(order)))
        ends = (-0.5, len(order) - 0.5)
        return Ends(dict(zip(order, places, strict=True)), places, words, ends, joined=False)
    months = sorted(dates)
    ticks = months[:: max(1, math.ceil(len(months) / 5))]
    words = [f"{month:%b}<br>{month:%Y}" for month in ticks]
    room = pd.Timedelta(days=16)
    span = (months[0] - room, months[-1] + room)
    return Ends(dict(zip(order, dates, strict=True)), ticks, words, span, joined=True)


def _set_panel(
    figure: Figure, suffix: str, across: list[float], up: list[float], ends: Ends, limit: float
) -> None:
    step = nice_step(limit, most=4)
    x_axis = {
        "domain": across,
        "anchor": f"y{suffix}",
        "tickvals": ends.ticks,
        "ticktext": ends.words,
        "showgrid": False,
        "showline": True,
        "tickangle": 0,
        "range": list(ends.span),
    }
    y_axis = {
        "domain": up,
        "anchor": f"x{suffix}",
        "range": [0, limit],
        "tickvals": [step * k for k in range(int(limit / step + 1e-9) + 1)],
        "tickformat": ".0%" if step >= 0.01 else ".1%",
        "gridcolor": GRID,
    }
    figure.update_layout({f"xaxis{suffix}": x_axis, f"yaxis{suffix}": y_axis})


_Point = tuple[Any, float, float, float, float, float, str]


def _add_trend(figure: Figure, part: pd.DataFrame, suffix: str, ends: Ends) -> None:
    from plotly.graph_objects import Scatter

    numbers = [
        floats(part[name]) for name in ("share", "low", "high", "low_cases", "high_cases", "n")
    ]
    points: list[_Point] = []
    for group, share, low, high, low_cases, high_cases, n in zip(
        part["group"], *numbers, strict=True
    ):
        at = ends.place[group]
        named = f"{at:%B %Y}" if ends.joined else str(group)
        said = f"{named}: {percent(share)} ({n:,.0f} texts), {percent(low)} to {percent(high)}"
        points.append((at, share, low, high, low_cases, high_cases, plain(said)))
    points.sort(key=lambda point: point[0])
    axes = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}", "showlegend": False}
    for low_at, fill, edge in ((2, BOTH, SOFT), (4, CASES, CASES)):
        for run in _runs(points, joined=ends.joined):
            figure.add_trace(_band(run, low_at, fill, edge, joined=ends.joined, **axes))
    figure.add_trace(
        Scatter(
            x=[point[0] for point in points],
            y=[point[1] for point in points],
            mode="lines+markers" if ends.joined else "markers",
            line={"color": LINE, "width": 2},
            marker={"color": LINE, "size": 5 if ends.joined else 8},
            cliponaxis=False,
            customdata=[[point[6]] for point in points],
            hovertemplate="%{customdata[0]}<extra></extra>",
            **axes,
        )
    )


def _runs(points: Sequence[_Point], *, joined: bool) -> list[list[_Point]]:
    """Stretches of points whose intervals are known; one point each where groups do not follow."""
    runs: list[list[_Point]] = [[]]
    for point in points:
        if all(math.isfinite(value) for value in point[1:6]):
            runs[-1].append(point)
        if runs[-1] and (not joined or not math.isfinite(point[1])):
            runs.append([])
    return [run for run in runs if run]


def _band(run: list[_Point], low: int, fill: str, edge: str, *, joined: bool, **axes: Any) -> Any:
    """The area from each low end to its high end; a narrow box for a point by itself."""
    from plotly.graph_objects import Scatter

    if len(run) > 1:
        x = [point[0] for point in run]
        x, y = [*x, *x[::-1]], [*(p[low] for p in run), *(p[low + 1] for p in run[::-1])]
    else:
        import pandas as pd

        half: Any = pd.Timedelta(days=5) if joined else 0.12
        at, bottom, top = run[0][0], run[0][low], run[0][low + 1]
        x = [at - half, at + half, at + half, at - half]
        y = [bottom, bottom, top, top]
    return Scatter(
        x=[*x, x[0]],
        y=[*y, y[0]],
        mode="lines",
        fill="toself",
        fillcolor=fill,
        line={"color": edge, "width": 0.8},
        hoverinfo="skip",
        **axes,
    )


def _explain(figure: Figure) -> None:
    """What the line and the two bands are, in the legend."""
    from plotly.graph_objects import Scatter

    line = {"color": LINE, "width": 2}
    dot = {"color": LINE, "size": 5}
    figure.add_trace(
        Scatter(x=[None], y=[None], mode="lines+markers", line=line, marker=dot, name=WHOLE)
    )
    for name, fill, edge in ((CASES_NAME, CASES, CASES), (BOTH_NAME, BOTH, SOFT)):
        marker = {
            "symbol": "square",
            "size": 14,
            "color": fill,
            "line": {"color": edge, "width": 1},
        }
        figure.add_trace(Scatter(x=[None], y=[None], mode="markers", marker=marker, name=name))
