"""Many words or shapes set on a figure at once.

plotly checks all that a figure holds with every single addition: a hundred, one by one, take
seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from workbench.charts.style import INK, SMALL

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def note(
    text: str,
    *,
    x: float,
    y: float,
    xref: str = "x",
    yref: str = "y",
    colour: str = INK,
    size: float = SMALL,
    **place: Any,
) -> dict[str, Any]:
    """Words to set on a figure, as `style.write` does; ``text`` is markup already escaped."""
    font = {"size": size, "color": colour}
    own = {"text": text, "x": x, "y": y, "xref": xref, "yref": yref, "font": font}
    return {**own, "showarrow": False, **place}


def add_notes(figure: Figure, notes: Iterable[dict[str, Any]]) -> Figure:
    """Set all the words on the figure, after those that it has."""
    figure.layout.annotations = [*figure.layout.annotations, *notes]
    return figure


def add_shapes(figure: Figure, shapes: Iterable[dict[str, Any]]) -> Figure:
    """Set all the shapes on the figure, after those that it has."""
    figure.layout.shapes = [*figure.layout.shapes, *shapes]
    return figure
