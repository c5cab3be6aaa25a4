"""Themes: how large each is, and a map of the enquiries by likeness."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.charts.labels import markup, plain, text_width, wrap
from workbench.charts.rows import Dot, Row, dots
from workbench.charts.style import (
    INK,
    MARGIN,
    PAPER,
    SMALL,
    SOFT,
    WIDTH,
    canvas,
    floats,
    in_order,
    look,
    reach,
    say_nothing_to_show,
)
from workbench.compare.say import percent

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

UNPLACED = -1
"""The theme id of texts that no theme holds."""
MAIN, SUB, NONE = "Main theme", "Sub-theme", "In no theme"
MAP_HEIGHT = 660
INDENT = 22


def theme_sizes(
    themes: pd.DataFrame, *, title: str = "", unplaced: tuple[int, float] | None = None
) -> Figure:
    """The share of texts in each main theme, its sub-themes beneath it.

    ``themes`` has theme, parent, level (0 main, 1 sub), label, size, share, low, high; largest
    main theme first and largest sub-theme first within it. Texts in no theme come last: from a
    row whose theme is -1, or from ``unplaced`` = (texts, share).
    """
    ordered = _ordered(themes)
    rows, marks, kinds = [], [], set()
    for place, row in enumerate(ordered):
        theme, level, label, size, share, low, high = row
        kind = NONE if theme == UNPLACED else MAIN if level == 0 else SUB
        kinds.add(kind)
        rows.append(Row(label, indent=INDENT if kind == SUB else 0, bold=kind == MAIN))
        said = f"{label}: {percent(share)} ({size:,.0f}), {percent(low)} to {percent(high)}"
        numbers = f"{percent(share)} ({size:,.0f})"
        marks.append(Dot(place, kind, share, low, high, numbers, said))
    if unplaced is not None and NONE not in kinds:
        count, share = unplaced
        said = f"{percent(share)} ({count:,})"
        marks.append(Dot(len(rows), NONE, share, share, share, said, f"{NONE}: {said}"))
        rows.append(Row(NONE))
        kinds.add(NONE)
    if not rows:
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    limit = reach((v for mark in marks for v in (mark.value, mark.high)), least=0.02, most=1.0)
    return dots(
        rows,
        marks,
        title=title,
        groups=[kind for kind in (MAIN, SUB, NONE) if kind in kinds],
        looks=[(MAIN, SUB, NONE).index(kind) * 2 for kind in (MAIN, SUB, NONE) if kind in kinds],
        span=(0, limit),
        axis="Share of texts, with 95% intervals",
        column="Share (texts)",
        beside=False,
    )


_Line = tuple[int, int, str, float, float, float, float]


def _ordered(themes: pd.DataFrame) -> list[_Line]:
    """Main themes by size, each followed by its own sub-themes by size, unplaced texts last."""
    numbers = [floats(themes[name]) for name in ("size", "share", "low", "high")]
    lines = [
        (int(theme), int(level), str(label), *values)
        for theme, level, label, *values in zip(
            themes["theme"], themes["level"], themes["label"], *numbers, strict=True
        )
    ]
    parents = dict(zip(map(int, themes["theme"]), themes["parent"], strict=True))
    main = sorted((r for r in lines if r[1] == 0 and r[0] != UNPLACED), key=lambda r: -r[3])
    subs = sorted((r for r in lines if r[1] != 0 and r[0] != UNPLACED), key=lambda r: -r[3])
    ordered: list[_Line] = []
    for row in main:
        ordered += [row, *(sub for sub in subs if parents[sub[0]] == row[0])]
    return ordered + [r for r in lines if r[0] == UNPLACED]


def theme_map(
    frame: pd.DataFrame,
    *,
    title: str = "",
    themes: Sequence[str] | None = None,
    screen: bool = False,
    size: float = 5,
) -> Figure:
    """Each enquiry as a point, near those that it resembles; each main theme named at its centre.

    ``frame`` has x, y, theme (the main theme's label, missing where unplaced), period and
    case_id; neither axis has a unit. ``themes`` gives all themes in order, so that each keeps its
    colour and symbol. ``screen`` draws with WebGL, for thousands of points in a browser; print
    wants the default. Pointing at a case shows its theme, period and id, never its text.
    """
    from plotly.graph_objects import Scatter, Scattergl

    if not len(frame):
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    kind = Scattergl if screen else Scatter
    placed = frame[frame["theme"].notna()]
    order = list(themes) if themes is not None else in_order(placed["theme"].value_counts().index)
    none = frame[frame["theme"].isna()]
    named = [NONE] if len(none) else []
    figure = canvas(
        title=title, plot_height=MAP_HEIGHT, left=MARGIN, bottom=MARGIN + 8, groups=named
    )
    parts = [(NONE, none, SOFT, "circle-open", 0.75)] if len(none) else []
    for place, name in enumerate(order):
        own = look(place)
        part = placed[placed["theme"].astype(str) == name]
        parts.append((name, part, own.colour, own.symbol, 1.0))
    for name, part, colour, symbol, opacity in parts:
        figure.add_trace(
            kind(
                x=floats(part["x"]),
                y=floats(part["y"]),
                mode="markers",
                name=plain(name),
                marker={
                    "color": colour,
                    "symbol": symbol,
                    "size": size,
                    "opacity": opacity,
                    "line": {
                        "color": colour if part is none else PAPER,
                        "width": 1 if part is none else 0.5,
                    },
                },
                customdata=_hovers(name, part),
                hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
                showlegend=name == NONE,
            )
        )
    _frame_points(figure, frame)
    _name_centres(figure, placed, order)
    return figure.update_layout(dragmode="pan" if screen else False)


def _hovers(theme: str, part: pd.DataFrame) -> list[list[str]]:
    return [
        [plain(theme), plain(f"{period} · case {case}")]
        for period, case in zip(part["period"], part["case_id"], strict=True)
    ]


def _frame_points(figure: Figure, frame: pd.DataFrame) -> None:
    """One scale for both axes is not needed: the map has no unit. Leave room at the edges."""
    for name, update in (("x", figure.update_xaxes), ("y", figure.update_yaxes)):
        values = [value for value in floats(frame[name]) if math.isfinite(value)]
        low, high = min(values, default=0.0), max(values, default=1.0)
        room = 0.06 * (high - low) or 1.0
        update(
            range=[low - room, high + room],
            showgrid=False,
            showticklabels=False,
            ticks="",
            mirror=True,
            showline=True,
            fixedrange=False,
        )


def _name_centres(figure: Figure, placed: pd.DataFrame, order: Sequence[str]) -> None:
    """Write each theme's name at the median of its points, moved apart where names would meet."""
    (left, right), (bottom, top) = figure.layout.xaxis.range, figure.layout.yaxis.range
    across, high = WIDTH - 2 * MARGIN, MAP_HEIGHT
    boxes: list[tuple[float, float, float, float, int]] = []
    for place, name in enumerate(order):
        part = placed[placed["theme"].astype(str) == name]
        if not len(part):
            continue
        lines = wrap(name, 175, SMALL, bold=True, most=3)
        width = max(text_width(line, SMALL, bold=True) for line in lines) + 10
        height = len(lines) * SMALL * 1.3 + 6
        x = (float(part["x"].median()) - left) / (right - left) * across
        y = (top - float(part["y"].median())) / (top - bottom) * high
        x = min(max(x, width / 2 + 4), across - width / 2 - 4)
        boxes.append((x, y, width, height, place))
    for x, y, width, height, place in _moved_apart(boxes, high):
        lines = wrap(order[place], 175, SMALL, bold=True, most=3)
        figure.add_annotation(
            text=markup(lines, bold=True),
            x=left + x / across * (right - left),
            y=top - y / high * (top - bottom),
            width=width,
            height=height,
            showarrow=False,
            font={"size": SMALL, "color": INK},
            bgcolor=PAPER,
            bordercolor=look(place).colour,
            borderwidth=2,
            opacity=0.88,
        )


Box = tuple[float, float, float, float, int]


def _moved_apart(boxes: Sequence[Box], high: float) -> list[Box]:
    """Boxes (x, y of the middle, width, height, place) none of which overlaps another.

    From the top down, each takes the free height nearest to its own.
    """
    settled: list[Box] = []
    for x, y, width, height, place in sorted(boxes, key=lambda box: (box[1], box[4])):
        tries = sorted(
            (4 + height / 2 + step for step in range(0, max(1, int(high - height - 8)), 4)),
            key=lambda at: abs(at - y),
        )
        free = (at for at in tries if not any(_meet(x, at, width, height, b) for b in settled))
        settled.append((x, next(free, y), width, height, place))
    return settled


def _meet(x: float, y: float, width: float, height: float, other: Box) -> bool:
    return (
        abs(x - other[0]) < (width + other[2]) / 2 + 8
        and abs(y - other[1]) < (height + other[3]) / 2 + 8
    )
