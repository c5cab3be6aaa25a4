"""Shares by month in a small panel for each label, with the terms as bands."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from workbench.charts.compared import Cell, read_cells
from workbench.charts.labels import markup, plain, wrap
from workbench.charts.month_axis import Course, Month, lay_months
from workbench.charts.pair_parts import say_hidden
from workbench.charts.row_parts import arm, write_foot
from workbench.charts.style import (
    BAND,
    GRID,
    MARGIN,
    SMALL,
    SOFT,
    TEXT,
    WIDTH,
    canvas,
    look,
    nice_step,
    reach,
    write,
)

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

    from workbench.study import Period

MOST_PANELS = 12
FEW = 30
"""Months with fewer cases than this have no share: it would say nothing."""
PANEL = 120
LEFT = 46
GAP = 26


def month_panels(
    frame: pd.DataFrame,
    terms: pd.DataFrame | None = None,
    *,
    periods: Sequence[Period] | None = None,
    title: str = "",
    top: int = 12,
    scale: Literal["common", "own"] = "common",
    axis: str = "Share of the month's cases",
) -> Figure:
    """The share of each label month by month: a small panel a label, most cases first.

    ``frame`` is a comparison frame by month (label, group as 2023-03, n, base, share, low, high;
    shares in [0, 1]) and ``terms`` that of ``term_spans`` (name, start, end), drawn as bands.
    ``periods``, as in a study, lay the years over one another, a line each, with the terms of the
    last. Months with fewer than ``FEW`` cases, or a share not known, leave a gap; strokes are 95%
    intervals. ``scale="own"`` gives each panel its own scale, for labels of unlike size. At
    most 12 panels are drawn. Raises ``ValueError`` for groups that are not months.
    """
    cells = read_cells(frame)
    labels = _rank(cells)
    if not labels:
        return say_hidden(title, empty=not len(frame))
    shown = labels[: min(top, MOST_PANELS)]
    course, months = lay_months(terms, periods, cells)
    foot = wrap(_foot(axis, len(shown), len(labels), course, scale), WIDTH - 2 * MARGIN, SMALL)
    return _draw(course, {label: months[label] for label in shown}, foot, title, scale)


def _draw(
    course: Course, months: Mapping[str, Sequence[Month]], foot: list[str], title: str, scale: str
) -> Figure:
    overlaid = len(course.lines) > 1
    across = 1 if len(months) == 1 else 3 if overlaid and len(months) > 4 else 2
    inside = WIDTH - 2 * MARGIN
    width = (inside - GAP * (across - 1)) / across
    heads = [wrap(label, width, TEXT, bold=True, most=2) for label in months]
    head = max(len(lines) for lines in heads) * TEXT * 1.3 + 10
    each = head + PANEL + (28 if overlaid else 46)
    height = math.ceil(len(months) / across) * each
    figure = canvas(
        title=title,
        plot_height=height,
        left=MARGIN,
        bottom=10 + 20 * len(foot),
        groups=course.lines if overlaid else (),
    )
    everyone = _limit(month for own in months.values() for month in own)
    for place, (label, own) in enumerate(months.items()):
        line, column = divmod(place, across)
        start, upper = column * (width + GAP), line * each + head
        suffix = "" if place == 0 else str(place + 1)
        domain = ((start + LEFT) / inside, (start + width) / inside)
        up = (1 - (upper + PANEL) / height, 1 - upper / height)
        limit = everyone if scale == "common" else _limit(own)
        _set_panel(figure, suffix, domain, up, course, limit)
        _add_lines(figure, suffix, label, own, course)
        at: dict[str, Any] = {"xref": "paper", "yref": "paper", "xanchor": "left", "align": "left"}
        at |= {"yanchor": "bottom", "yshift": 4, "size": TEXT}
        write(figure, markup(heads[place], bold=True), x=start / inside, y=up[1], **at)
    return write_foot(figure, foot)


def _rank(cells: dict[tuple[str, str], Cell]) -> list[str]:
    """The labels of which some share is known, those with most cases first."""
    carried: dict[str, float] = {}
    for (label, _), cell in cells.items():
        if cell.known:
            carried[label] = carried.get(label, 0.0) + cell.n
    return sorted(carried, key=lambda label: (-carried[label], label))


def _limit(months: Iterable[Month]) -> float:
    shown = [month.cell for month in months if drawn(month.cell)]
    return reach((v for cell in shown for v in (cell.share, cell.high)), least=0.02, most=1.0)


def drawn(cell: Cell) -> bool:
    """Whether a month's share is known and rests on enough cases to be drawn."""
    return cell.known and cell.base >= FEW


def _foot(axis: str, shown: int, every: int, course: Course, scale: str) -> str:
    said = [f"{axis}, with 95% intervals; months with fewer than {FEW} cases are left open"]
    if course.terms:
        last = f" of {course.lines[-1]}" if len(course.lines) > 1 else ""
        said.append(f"Shaded: terms{last}")
    if scale == "own":
        said.append("Each panel has its own scale")
    if shown < every:
        said.append(f"The first {shown} of {every} are shown")
    return ". ".join(said)


def _set_panel(
    figure: Figure,
    suffix: str,
    domain: tuple[float, float],
    up: tuple[float, float],
    course: Course,
    limit: float,
) -> None:
    step = nice_step(limit, most=4)
    x_axis = {
        "domain": domain,
        "anchor": f"y{suffix}",
        "range": course.span,
        "tickvals": course.ticks,
        "ticktext": course.words,
        "showgrid": False,
        "showline": True,
        "linecolor": SOFT,
        "tickangle": 0,
    }
    y_axis = {
        "domain": up,
        "anchor": f"x{suffix}",
        "range": [0, limit],
        "tickvals": [step * k for k in range(int(limit / step + 1e-9) + 1)],
        "tickformat": ".0%" if math.isclose(100 * step, round(100 * step)) else ".1%",
        "gridcolor": GRID,
    }
    figure.update_layout({f"xaxis{suffix}": x_axis, f"yaxis{suffix}": y_axis})
    for left, right in course.terms:
        at: dict[str, Any] = {"xref": f"x{suffix}", "yref": f"y{suffix}", "x0": left, "x1": right}
        figure.add_shape(
            type="rect", y0=0, y1=limit, fillcolor=BAND, line_width=0, layer="below", **at
        )


def _add_lines(
    figure: Figure, suffix: str, label: str, months: Sequence[Month], course: Course
) -> None:
    from plotly.graph_objects import Scatter

    for place, line in enumerate(course.lines):
        own = look(place)
        part = [month for month in months if month.line == line]
        aside = (place - (len(course.lines) - 1) / 2) * 0.16
        cells = [month.cell if drawn(month.cell) else Cell() for month in part]
        figure.add_trace(
            Scatter(
                x=[month.at + aside for month in part],
                y=[cell.share for cell in cells],
                mode="lines+markers",
                name=plain(line),
                line={"color": own.edge, "width": 2, "dash": own.dash},
                marker={"color": own.edge, "size": 6, "symbol": own.symbol},
                error_y={
                    "type": "data",
                    "symmetric": False,
                    "array": [arm(cell.high - cell.share) for cell in cells],
                    "arrayminus": [arm(cell.share - cell.low) for cell in cells],
                    "color": own.edge,
                    "thickness": 1,
                    "width": 0,
                },
                customdata=[[plain(month.cell.say(label, month.name))] for month in part],
                hovertemplate="%{customdata[0]}<extra></extra>",
                cliponaxis=False,
                xaxis=f"x{suffix}",
                yaxis=f"y{suffix}",
                showlegend=suffix == "" and len(course.lines) > 1,
            )
        )
