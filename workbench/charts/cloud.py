"""A word cloud: each word as large as it is frequent, none on top of another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.charts.labels import markup, plain, text_width, wrap
from workbench.charts.style import (
    FOOT_LEFT,
    MARGIN,
    PALETTE,
    SMALL,
    SOFT,
    WIDTH,
    canvas,
    floats,
    say_nothing_to_show,
    write,
)

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray
    from plotly.graph_objects import Figure

    Floats = NDArray[np.float64]

LARGEST = 104
"""The size of the most frequent word, in pixels, where it fits."""
MOST = 60
"""With more words than this the smallest can no longer be told apart."""

_AREA = 200.0
"""Pixels of height that the words would take if they were packed without gaps."""
_LINE = 1.12
_SPACE = 5
_TURN = 2.2
_FLAT = 0.38
"""How much lower than wide the spiral runs on which places are tried."""


@dataclass(frozen=True)
class Placed:
    """Where words stand: middles from the centre, widths and heights, all in pixels, (n_words,)."""

    x: Floats
    y: Floats
    width: Floats
    height: Floats


def word_cloud(
    frame: pd.DataFrame,
    *,
    title: str = "",
    label: str = "word",
    n: str = "n",
    marked: str | None = None,
    marked_as: str = "",
    counted: str = "uses",
    most: int = MOST,
) -> Figure:
    """The first ``most`` words of ``frame``, the area of each in step with its count.

    The columns are named by ``label``, ``n`` and ``marked``: words of which that is true stand in
    square brackets, which a line below explains as ``marked_as``, such as words that mail
    gateways add. A word too rare to be read at its own size is set at the smallest. Places follow
    from the words alone, the most frequent in the middle, whatever the order of the rows.

    A cloud shows what words there are and hides how much: long words look larger than they are,
    and nothing can be read off. Set `bars` of the same frame beside it. Raises ``ValueError`` for
    a word that stands in the frame twice: draw one cloud for each period.
    """
    if frame[label].duplicated().any():
        raise ValueError("word_cloud draws each word once; choose the rows of one period")
    counts = dict(zip(map(str, frame[label]), floats(frame[n]), strict=True))
    known = {word for word, count in counts.items() if count > 0}
    ranked = sorted(known, key=lambda word: (-counts[word], word))[: min(most, MOST)]
    if not ranked:
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=MARGIN))
    flags = frame[marked].astype(bool) if marked is not None else [False] * len(frame)
    added = {str(word) for word, flag in zip(frame[label], flags, strict=True) if flag}
    across = WIDTH - 2 * MARGIN
    short = [wrap(word, across / 2, SMALL, most=1)[0] for word in ranked]
    texts = [f"[{s}]" if w in added else s for s, w in zip(short, ranked, strict=True)]
    sizes = _sizes(texts, [counts[word] for word in ranked], across=across)
    placed = place_words(texts, sizes, across=across)
    top = float((placed.y - placed.height / 2).min())
    bottom = float((placed.y + placed.height / 2).max())
    notes = wrap(_note(ranked, counts, sizes, added, marked_as, counted), WIDTH - 32, SMALL)
    figure = canvas(
        title=title,
        plot_height=bottom - top + 8,
        left=MARGIN,
        bottom=12 + 20 * len(notes) + MARGIN / 2,
    )
    figure.update_xaxes(range=[-across / 2, across / 2], visible=False)
    figure.update_yaxes(range=[bottom + 4, top - 4], visible=False)
    _add_words(figure, texts, sizes, placed, [f"{w}: {counts[w]:,.0f} {counted}" for w in ranked])
    write(figure, markup(notes), x=0, y=0, yshift=-8, align="left", **FOOT_LEFT)
    return figure


def place_words(texts: Sequence[str], sizes: Sequence[float], *, across: float) -> Placed:
    """Where each word stands, the first in the middle and none upon another.

    Each takes the first free place on a spiral about the middle; all lie within ``across`` pixels
    from side to side, as far up and down as they need. ``sizes`` are in pixels.
    """
    import numpy as np

    width = np.array([text_width(t, s) + _SPACE for t, s in zip(texts, sizes, strict=True)])
    height = np.array(sizes) * _LINE
    x, y = np.zeros(len(texts)), np.zeros(len(texts))
    tried_x, tried_y = _spiral(across)
    for word in range(1, len(texts)):
        beside = 2 * np.abs(tried_x[:, None] - x[:word]) >= width[word] + width[:word]
        above = 2 * np.abs(tried_y[:, None] - y[:word]) >= height[word] + height[:word]
        inside = 2 * np.abs(tried_x) + width[word] <= across
        free = np.flatnonzero(inside & (beside | above).all(axis=1))
        # Below all others there is always room.
        lowest = float((y[:word] + height[:word] / 2).max() + height[word] / 2)
        x[word], y[word] = (tried_x[free[0]], tried_y[free[0]]) if len(free) else (0.0, lowest)
    return Placed(x, y, width, height)


def _spiral(across: float) -> tuple[Floats, Floats]:
    """Points ever farther from the middle, 6 pixels apart, until beyond half of ``across``."""
    import numpy as np

    length = np.arange(0.0, (0.7 * across) ** 2 / (2 * _TURN), 6.0)
    angle = np.sqrt(2 * length / _TURN)
    radius = _TURN * angle
    return radius * np.cos(angle), radius * np.sin(angle) * _FLAT


def _sizes(texts: Sequence[str], counts: Sequence[float], *, across: float) -> list[float]:
    """Sizes in pixels: areas in step with the counts, none below ``SMALL``, none too wide."""
    parts = [math.sqrt(count / counts[0]) for count in counts]
    fitting = [across / (text_width(t, 1) * p) for t, p in zip(texts, parts, strict=True)]
    covered = sum(text_width(t, 1) * _LINE * p**2 for t, p in zip(texts, parts, strict=True))
    largest = min(LARGEST, 0.8 * min(fitting), math.sqrt(_AREA * across / covered))
    return [max(largest * part, SMALL) for part in parts]


def _note(
    ranked: Sequence[str],
    counts: dict[str, float],
    sizes: Sequence[float],
    added: set[str],
    marked_as: str,
    counted: str,
) -> str:
    parts = [f"The area of a word goes with its number of {counted}"]
    raised = [word for word, size in zip(ranked, sizes, strict=True) if size <= SMALL]
    if raised:
        parts[0] += f"; from {counts[raised[0]]:,.0f} down all are set alike"
    if marked_as and added & set(ranked):
        parts.append(f"in square brackets: {marked_as[:1].lower()}{marked_as[1:]}")
    return f"{'; '.join(parts)}."


def _add_words(
    figure: Figure,
    texts: Sequence[str],
    sizes: Sequence[float],
    placed: Placed,
    hover: Sequence[str],
) -> None:
    from plotly.graph_objects import Scatter

    figure.add_trace(
        Scatter(
            x=placed.x.tolist(),
            y=placed.y.tolist(),
            text=[plain(text) for text in texts],
            mode="text",
            textposition="middle center",
            textfont={
                "size": list(sizes),
                "color": [SOFT if text.startswith("[") else PALETTE[0] for text in texts],
            },
            cliponaxis=False,
            customdata=[[plain(words)] for words in hover],
            hovertemplate="%{customdata[0]}<extra></extra>",
        )
    )
