"""Charts of labelled rows: dots with their intervals, and the numbers written beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.charts.labels import markup, wrap
from workbench.charts.row_parts import (
    APART,
    Column,
    add_marks,
    add_stripes,
    set_scale,
    write_column,
    write_foot,
)
from workbench.charts.row_parts import Dot as Dot
from workbench.charts.row_parts import Row as Row
from workbench.charts.row_parts import Stack as Stack
from workbench.charts.row_parts import legend_entry as legend_entry
from workbench.charts.row_parts import stack as stack
from workbench.charts.row_parts import write_names as write_names
from workbench.charts.style import MARGIN, SMALL, WIDTH, canvas, look

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

COLUMNS = 2
"""With more groups than this the numbers stand in the hover labels and the CSV alone."""


def dots(
    rows: Sequence[Row],
    marks: Sequence[Dot],
    *,
    title: str,
    groups: Sequence[str],
    span: tuple[float, float],
    axis: str,
    foot: str = "",
    percent: bool = True,
    column: str = "",
    columns: Sequence[Column] | None = None,
    looks: Sequence[int] | None = None,
    legend_names: Sequence[str] | None = None,
    beside: bool = True,
    apart: float = APART,
) -> Figure:
    """Draw ``marks`` in ``rows`` on one horizontal axis from ``span[0]`` to ``span[1]``.

    ``groups`` gives the order of the groups and ``looks`` the place of each in the palette
    (default: the same order); ``axis`` is the axis's title and ``foot`` stands below it, as wide
    as the figure; ``percent`` prints the values as percentages. Beside the plot stand
    ``columns``: by default the marks' numbers, a column a group, which ``column`` heads if there
    is one alone. ``legend_names`` keeps room for a legend of those names (default: the groups,
    where there are several). ``beside=False`` is for groups of which each row has one: their dots
    share one line and their numbers one column; otherwise dots of a row lie ``apart`` pixels
    below one another.
    """
    lanes = len(groups) if beside else 1
    if columns is None:
        columns = _columns(marks, groups, column, beside=beside)
    placed = stack(rows, groups=lanes, apart=apart)
    heads = [wrap(own.head, own.width - 12, SMALL, bold=True, most=3) for own in columns]
    head_lines = max((len(lines) for lines in heads), default=0)
    right = sum(own.width for own in columns)
    named = legend_names if legend_names is not None else groups if len(groups) > 1 else ()
    axis_lines = wrap(axis, WIDTH - placed.width - right - 60, SMALL)
    foot_lines = wrap(foot, WIDTH - 2 * MARGIN, SMALL) if foot else []
    figure = canvas(
        title=title,
        plot_height=max(placed.height, 40),
        left=MARGIN + placed.width + 14,
        right=MARGIN + right if columns else MARGIN + 10,
        top=head_lines * SMALL * 1.3 + 6,
        bottom=36 + 20 * (len(axis_lines) + len(foot_lines)) + MARGIN / 2,
        groups=named,
    )
    add_stripes(figure, placed)
    write_names(figure, placed)
    set_scale(figure, span, markup(axis_lines), percent=percent)
    for place, group in enumerate(groups):
        own = [mark for mark in marks if mark.group == group]
        offset = (place - (len(groups) - 1) / 2) * apart if beside else 0
        at = looks[place] if looks is not None else place
        add_marks(figure, own, placed, group=group, own=look(at), offset=offset)
    x = WIDTH - MARGIN - right
    for own_column, lines in zip(columns, heads, strict=True):
        x += own_column.width
        write_column(figure, own_column, placed, markup(lines), x=x - 4)
    return write_foot(figure, foot_lines) if foot else figure


def _columns(
    marks: Sequence[Dot], groups: Sequence[str], column: str, *, beside: bool
) -> list[Column]:
    """The marks' own numbers: a column a group, or one for all; none where they would crowd."""
    if not beside:
        return [Column(column, {mark.row: mark.numbers for mark in marks})]
    if len(groups) > COLUMNS:
        return []
    heads = [column] if len(groups) == 1 else groups
    return [
        Column(head, {mark.row: mark.numbers for mark in marks if mark.group == group})
        for head, group in zip(heads, groups, strict=True)
    ]
