"""A short text as a picture: the words that show a tone underlined and named below the line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from workbench.charts.labels import markup, text_width
from workbench.charts.style import (
    MARGIN,
    SMALL,
    TEXT,
    WIDTH,
    canvas,
    look,
    say_nothing_to_show,
    write,
)
from workbench.tone.explain import join_spans
from workbench.tone.markers import TONES

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

LINE = 28
"""Pixels from the top of a line of text to the first underline."""
LANE = 22
"""Pixels that an underline takes with the name below it."""
_APART = 10  # between two names in one lane
_PAD = -2  # plotly sets words that far from their place
_SPACE = text_width(" ", TEXT)
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class _Word:
    """A word of the text: where it stands there, on which line, and at which pixel."""

    text: str
    start: int
    line: int
    left: float

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def pixel(self, place: int) -> float:
        """The pixel at a place of the text that lies in this word, or the nearer end of it."""
        inside = self.text[: max(place - self.start, 0)]
        return self.left + text_width(inside, TEXT)


@dataclass(frozen=True)
class _Stroke:
    """An underline on one line, and the name below it."""

    line: int
    left: float
    right: float
    tone: str
    lane: int = 0

    @property
    def name_left(self) -> float:
        """Where the name begins: below the line's beginning, or as near as the figure allows."""
        return min(self.left, WIDTH - 2 * MARGIN - text_width(self.tone, SMALL))

    def touches(self, other: _Stroke) -> bool:
        """Whether the two, with their names, would run into one another in one lane."""
        if self.line != other.line:
            return False
        return self._left < other._right + _APART and other._left < self._right + _APART

    @property
    def _left(self) -> float:
        return min(self.left, self.name_left)

    @property
    def _right(self) -> float:
        return max(self.right, self.name_left + text_width(self.tone, SMALL))


def highlighted(text: str, spans: pd.DataFrame, *, title: str = "") -> Figure:
    """``text`` with each place that shows a tone underlined and the tone's name beneath.

    ``spans`` has start, end (places in ``text``) and dimension, as ``tone.explain`` gives; each
    tone keeps its colour and dashes from picture to picture. The picture holds the text: give an
    invented one, or a quote that was released. Runs of white space count as one space.
    """
    words = _place(text)
    if not words:
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    strokes = _lanes(_strokes(words, join_spans(spans)))
    tops = _tops(words, strokes)
    figure = canvas(title=title, plot_height=tops[-1], left=MARGIN, bottom=MARGIN)
    figure.update_xaxes(range=[0, WIDTH - 2 * MARGIN], visible=False)
    figure.update_yaxes(range=[tops[-1], 0], visible=False)
    for word in words:
        at: dict[str, Any] = {"xanchor": "left", "yanchor": "top", "xshift": _PAD}
        write(figure, markup([word.text]), x=word.left, y=tops[word.line], size=TEXT, **at)
    for stroke in strokes:
        _draw(figure, stroke, tops[stroke.line] + LINE + stroke.lane * LANE)
    return figure


def _draw(figure: Figure, stroke: _Stroke, y: float) -> None:
    own = look(_place_of(stroke.tone))
    figure.add_shape(
        type="line",
        x0=stroke.left,
        x1=stroke.right,
        y0=y,
        y1=y,
        line={"color": own.edge, "width": 2.5, "dash": own.dash},
    )
    at: dict[str, Any] = {"xanchor": "left", "yanchor": "top", "xshift": _PAD, "yshift": 1}
    name = markup([stroke.tone])
    write(figure, name, x=stroke.name_left, y=y, colour=own.ink, size=SMALL, **at)


def _place_of(tone: str) -> int:
    return TONES.index(tone) if tone in TONES else len(TONES)


def _place(text: str) -> list[_Word]:
    """Each word on its line, one space apart."""
    placed: list[_Word] = []
    line, at = 0, 0.0
    for found in _WORD.finditer(text):
        width = text_width(found[0], TEXT)
        if at > 0 and at + width > WIDTH - 2 * MARGIN:
            line, at = line + 1, 0.0
        placed.append(_Word(found[0], found.start(), line, at))
        at += width + _SPACE
    return placed


def _strokes(words: list[_Word], spans: list[tuple[int, int, str]]) -> list[_Stroke]:
    """The underlines of every span, one on each line that it runs over."""
    strokes = []
    for start, end, tone in spans:
        touched = [word for word in words if word.start < end and start < word.end]
        for line in dict.fromkeys(word.line for word in touched):
            own = [word for word in touched if word.line == line]
            strokes.append(_Stroke(line, own[0].pixel(start), own[-1].pixel(end), tone))
    return strokes


def _lanes(strokes: list[_Stroke]) -> list[_Stroke]:
    """Each stroke in the first lane in which neither it nor its name touches a shorter one."""
    placed: list[_Stroke] = []
    for stroke in sorted(strokes, key=lambda one: (one.right - one.left, one.line, one.left)):
        beside = {other.lane for other in placed if stroke.touches(other)}
        lane = next(lane for lane in range(len(beside) + 1) if lane not in beside)
        placed.append(replace(stroke, lane=lane))
    return placed


def _tops(words: list[_Word], strokes: list[_Stroke]) -> list[float]:
    """Where each line begins, in pixels from above, and where the last one ends."""
    lanes: Mapping[int, int] = {
        line: max(stroke.lane + 1 for stroke in strokes if stroke.line == line)
        for line in {stroke.line for stroke in strokes}
    }
    tops = [0.0]
    for line in range(words[-1].line + 1):
        tops.append(tops[-1] + LINE + LANE * lanes.get(line, 0) + 4)
    return tops
