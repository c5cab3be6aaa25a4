"""Themes as rows, each beneath the theme that it stands in: how large, and how steady."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.charts.labels import plain
from workbench.charts.rows import Dot, Row, Stack, dots, legend_entry, stack, write_names
from workbench.charts.style import (
    INK,
    MARGIN,
    PALETTE,
    PAPER,
    SMALL,
    SOFT,
    canvas,
    floats,
    look,
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
KINDS = ("Main theme", "Sub-theme", "Finer theme")
INDENT = 22
STABLE, DOUBTFUL = 0.75, 0.6
"""Hennig (2007): from the first a cluster is taken as stable, below the second as doubtful."""
FILLS = tuple(mix(PALETTE[0], PAPER, part) for part in (0.4, 0.65, 0.85))
"""Pale enough for an interval to show on the bar; the bar's edge is what stands out."""
COLUMN = 122


@dataclass(frozen=True)
class Line:
    """One theme's row: its depth (0 main), its label and the numbers of its chart."""

    theme: int
    level: int
    label: str
    value: float
    low: float
    high: float
    size: float


def stability(
    themes: pd.DataFrame, *, title: str = "", depth: int = 1, unplaced: float | None = None
) -> Figure:
    """How steadily each theme comes back when texts are left out: a dot with its interval.

    ``themes`` has theme, parent, level, label, size and stability, stability_low, stability_high
    in [0, 1] (mean Jaccard similarity with the best match; Hennig 2007, Computational Statistics
    and Data Analysis 52). Lines mark 0.75, from which a theme is called stable, and 0.60, below
    which it is doubtful: its mark is hollow. ``depth`` is the deepest level shown (0 main);
    ``unplaced`` is the share of texts in no theme, said below the axis.
    """
    lines = nest(themes, ("stability", "stability_low", "stability_high"), depth=depth)
    lines = [line for line in lines if line.theme != UNPLACED]
    if not lines:
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    marks = [
        Dot(
            place,
            KINDS[line.level],
            line.value,
            line.low,
            line.high,
            _number(line.value),
            f"{line.label}: {_number(line.value)}, {_number(line.low)} to {_number(line.high)}",
            hollow=line.value < DOUBTFUL,
        )
        for place, line in enumerate(lines)
    ]
    kinds = [kind for kind in KINDS if any(mark.group == kind for mark in marks)]
    hollow = f"Doubtful: under {DOUBTFUL:.2f}"
    said = f"; {percent(unplaced)} of texts are in no theme" if unplaced is not None else ""
    figure = dots(
        [_row(line) for line in lines],
        marks,
        title=title,
        groups=kinds,
        looks=[2 * KINDS.index(kind) for kind in kinds],
        span=(0, 1),
        axis=f"Stability from 0 to 1; lines hold 95% of clusterings{said}",
        column="Stability",
        legend_names=[*kinds, hollow],
        beside=False,
    )
    ticks = [f"{value:.1f}" for value in figure.layout.xaxis.tickvals]
    figure.update_xaxes(ticktext=ticks, showgrid=False)  # only the two rules, to stand out
    legend_entry(figure, hollow, place=0, hollow=True)
    rules = (
        (DOUBTFUL, f"below {DOUBTFUL:.2f}: doubtful", "right"),
        (STABLE, f"from {STABLE:.2f}: stable", "left"),
    )
    for value, words, anchor in rules:
        rule = {"color": SOFT, "width": 1.5, "dash": "dash"}
        figure.add_vline(x=value, line=rule, layer="below")
        at: dict[str, Any] = {"xanchor": anchor, "xshift": 3 if anchor == "left" else -3}
        write(figure, words, x=value, y=0, yanchor="bottom", yshift=2, colour=SOFT, **at)
    return figure


def levels(
    themes: pd.DataFrame,
    *,
    title: str = "",
    depth: int = 1,
    unplaced: tuple[int, float] | None = None,
) -> Figure:
    """How the themes nest: a bar a theme with its interval, each beneath the one it stands in.

    ``themes`` has theme, parent, level (0 main), label, size, share, low and high in [0, 1];
    largest first within each theme, down to ``depth`` (2 shows the finest of three levels). Texts
    in no theme have a hatched bar of their own: from a row whose theme is -1, or from
    ``unplaced`` = (texts, share).
    """
    lines = nest(themes, ("share", "low", "high"), depth=depth)
    if unplaced is not None and all(line.theme != UNPLACED for line in lines):
        size, share = unplaced
        lines.append(Line(UNPLACED, 0, NONE, share, math.nan, math.nan, size))
    if not lines:
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    placed = stack([_row(line) for line in lines])
    figure = canvas(
        title=title,
        plot_height=placed.height,
        left=MARGIN + placed.width + 14,
        right=MARGIN + COLUMN,
        top=SMALL * 1.3 + 6,
        bottom=56 + MARGIN / 2,
    )
    limit = reach((v for line in lines for v in (line.value, line.high)), least=0.02, most=1.0)
    step = nice_step(limit)
    figure.update_xaxes(
        range=[0, limit],
        tickvals=[step * k for k in range(int(limit / step + 1e-9) + 1)],
        tickformat=".0%" if step >= 0.01 else ".1%",
        title_text="Share of all texts, with 95% intervals",
    )
    figure.update_yaxes(range=[placed.height, 0], visible=False)
    _add_bars(figure, lines, placed)
    _write_rows(figure, lines, placed)
    return figure


def nest(themes: pd.DataFrame, values: tuple[str, str, str], *, depth: int) -> list[Line]:
    """Themes down to ``depth``, each followed by those in it; the largest first, unplaced last."""
    wanted = themes[themes["level"] <= depth]
    numbers = [floats(wanted[name]) for name in (*values, "size")]
    lines = [
        Line(int(theme), int(level), str(label), *own)
        for theme, level, label, *own in zip(
            wanted["theme"], wanted["level"], wanted["label"], *numbers, strict=True
        )
    ]
    parents = dict(zip(map(int, wanted["theme"]), map(int, wanted["parent"]), strict=True))
    ranked = sorted(lines, key=lambda line: -line.size)

    def under(parent: int) -> list[Line]:
        own = [line for line in ranked if line.theme != UNPLACED and parents[line.theme] == parent]
        return [found for line in own for found in (line, *under(line.theme))]

    return under(UNPLACED) + [line for line in lines if line.theme == UNPLACED]


def _row(line: Line) -> Row:
    return Row(line.label, INDENT * line.level, bold=line.level == 0 and line.theme != UNPLACED)


def _number(value: float) -> str:
    return f"{value:.2f}" if math.isfinite(value) else "–"


def _add_bars(figure: Figure, lines: Sequence[Line], placed: Stack) -> None:
    from plotly.graph_objects import Bar

    edge = look(0).edge
    hatch = {"shape": "/", "fgcolor": SOFT, "bgcolor": PAPER, "size": 7, "solidity": 0.3}
    for line, middle in zip(lines, placed.middles, strict=True):
        nowhere = line.theme == UNPLACED
        marker = {
            "color": SOFT if nowhere else FILLS[line.level],
            "line": {"color": SOFT if nowhere else edge, "width": 1.2},
        }
        said = f"{line.label}: {percent(line.value)} ({line.size:,.0f} texts)"
        if math.isfinite(line.low):
            said += f", {percent(line.low)} to {percent(line.high)}"
        bar = Bar(
            x=[line.value],
            y=[middle],
            width=20 if line.level == 0 else 15,
            orientation="h",
            marker={**marker, "pattern": hatch} if nowhere else marker,
            error_x=_whisker(line),
            customdata=[[plain(said)]],
            hovertemplate="%{customdata[0]}<extra></extra>",
            showlegend=False,
        )
        figure.add_trace(bar)
    figure.update_layout(barmode="overlay")


def _whisker(line: Line) -> dict[str, Any]:
    if not (math.isfinite(line.low) and math.isfinite(line.high)):
        return {}
    return {
        "type": "data",
        "symmetric": False,
        "array": [max(line.high - line.value, 0)],
        "arrayminus": [max(line.value - line.low, 0)],
        "color": INK,
        "thickness": 2,
        "width": 5,
    }


def _write_rows(figure: Figure, lines: Sequence[Line], placed: Stack) -> None:
    """Labels before the bars and numbers after them, in a column of their own."""
    write_names(figure, placed)
    at_right: dict[str, Any] = {"xref": "paper", "x": 1, "xshift": COLUMN, "xanchor": "right"}
    for line, middle in zip(lines, placed.middles, strict=True):
        numbers = f"{percent(line.value)} ({line.size:,.0f})"
        write(figure, numbers, y=middle, yanchor="middle", **at_right)
    write(figure, "<b>Share (texts)</b>", y=0, yanchor="bottom", yshift=3, **at_right)
