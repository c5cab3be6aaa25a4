"""Where the words of a figure lie, in pixels, so that tests can see what runs off or overlaps."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import combinations

from plotly.graph_objects import Figure

from workbench.charts.labels import text_width

_TAG = re.compile(r"</?b>")


@dataclass(frozen=True)
class Box:
    """One annotation's rectangle, from the figure's upper left corner."""

    words: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box, slack: float = 2) -> bool:
        """Whether two boxes share more than ``slack`` pixels both ways."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > slack and down > slack


def boxes(figure: Figure) -> list[Box]:
    """The boxes of all annotations."""
    return [_box(figure, note) for note in figure.layout.annotations]


def assert_words_fit(figure: Figure) -> None:
    """No words run off the figure, and none lie on others."""
    found = boxes(figure)
    for box in found:
        assert box.left >= 0, box
        assert box.right <= figure.layout.width + 1, box
        assert box.top >= 0, box
        assert box.bottom <= figure.layout.height + 1, box
    for one, other in combinations(found, 2):
        assert not one.overlaps(other), (one, other)


def _box(figure: Figure, note: object) -> Box:
    bold = "<b>" in note.text
    lines = [html.unescape(_TAG.sub("", line)) for line in note.text.split("<br>")]
    width = max(text_width(line, note.font.size, bold=bold) for line in lines)
    height = len(lines) * note.font.size * 1.3
    x = _across(figure, note) + (note.xshift or 0)
    y = _down(figure, note) - (note.yshift or 0)
    left = x - width * {"left": 0, "center": 0.5, "right": 1, None: 0.5}[note.xanchor]
    top = y - height * {"top": 0, "middle": 0.5, "bottom": 1, None: 0.5}[note.yanchor]
    return Box(" / ".join(lines), left, top, left + width, top + height)


def _across(figure: Figure, note: object) -> float:
    margin = figure.layout.margin
    plot = figure.layout.width - margin.l - margin.r
    if note.xref == "paper":
        return margin.l + note.x * plot
    axis = figure.layout[note.xref.replace("x", "xaxis")]
    start, end = axis.domain or (0, 1)
    part = (note.x - axis.range[0]) / (axis.range[1] - axis.range[0])
    return margin.l + (start + part * (end - start)) * plot


def _down(figure: Figure, note: object) -> float:
    margin = figure.layout.margin
    plot = figure.layout.height - margin.t - margin.b
    if note.yref == "paper":
        return margin.t + (1 - note.y) * plot
    axis = figure.layout[note.yref.replace("y", "yaxis")]
    start, end = axis.domain or (0, 1)
    part = (note.y - axis.range[0]) / (axis.range[1] - axis.range[0])
    return margin.t + (1 - start - part * (end - start)) * plot
