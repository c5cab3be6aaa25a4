"""A sensitivity label in the picture itself, where it cannot be lost when the picture is copied."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.charts.drawing import Drawing
from workbench.charts.labels import markup, wrap
from workbench.charts.style import MARGIN, SMALL, SOFT, WIDTH, write

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_LINE = 1.3
_GAP = 10  # pixels between a figure's own foot and its label


def mark(drawing: Drawing, label: str) -> Drawing:
    """``drawing`` with ``label`` below all else in its picture, and said with its description.

    The figure grows by the label's lines; nothing in it moves. An empty label changes nothing.
    Raises ``ValueError`` for a drawing that is marked already.
    """
    if drawing.label:
        raise ValueError(f"the drawing '{drawing.name}' bears a label already")
    if not label.strip():
        return drawing
    return replace(drawing, figure=_with_label(drawing.figure, label), label=label)


def _with_label(figure: Figure, label: str) -> Figure:
    from plotly.graph_objects import Figure

    marked = Figure(figure)
    layout = marked.layout
    lines = wrap(label, (layout.width or WIDTH) - 2 * MARGIN, SMALL)
    room = round(len(lines) * SMALL * _LINE) + _GAP
    before, bottom = layout.height, layout.margin.b
    marked.update_layout(height=before + room, margin={"b": bottom + room})
    if layout.legend.yref == "container":
        # Counted in parts of the whole height, which has grown.
        marked.update_layout(legend={"y": 1 - (1 - layout.legend.y) * before / (before + room)})
    return write(
        marked,
        markup(lines),
        x=0,
        y=0,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        xshift=MARGIN - layout.margin.l,
        yshift=MARGIN / 2 - (bottom + room),
        align="left",
        colour=SOFT,
    )
