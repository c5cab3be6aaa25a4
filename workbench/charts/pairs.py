"""Two groups side by side: a dumbbell in each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from workbench.charts.batch import add_shapes
from workbench.charts.compared import Pair, Pairs, read_pairs
from workbench.charts.labels import text_width
from workbench.charts.pair_parts import foot, looks_of, name_groups, nothing_known, ordered
from workbench.charts.row_parts import Column, Dot, Row, Stack, stack
from workbench.charts.rows import dots
from workbench.charts.style import INK, SMALL, SOFT, reach

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

APART = 10
CLEAR_SAID = "Filled and joined by a thick line: clear after correction for many comparisons"


def dumbbell(
    frame: pd.DataFrame,
    *,
    title: str = "",
    groups: Sequence[str] | None = None,
    top: int | None = 25,
    order: Literal["size", "change"] = "size",
    axis: str = "Share of cases",
) -> Figure:
    """The share of each label in two groups, joined by a line, with 95% intervals.

    ``frame`` is a comparison frame of two groups; shares in [0, 1]. Rows stand by their larger
    share, or with ``order="change"`` from the greatest rise to the greatest fall; the ``top`` are
    shown. Shares and counts stand at the right, and the difference in points, with an arrow where
    it is clear after correction. ``groups`` gives all groups in their order, so that each keeps
    its colour and symbol. Raises ``ValueError`` for three groups or more.
    """
    pairs = read_pairs(frame)
    empty = nothing_known(title, pairs)
    if empty is not None or pairs is None:
        return empty
    kept = ordered(pairs.rows, order, top)
    limit = reach(
        (v for row in kept for c in (row.first, row.second) for v in (c.share, c.high)),
        least=0.02,
        most=1.0,
    )
    places = looks_of(pairs.groups, groups)
    figure = dots(
        [Row(row.label) for row in kept],
        marks_of(kept, pairs),
        title=title,
        groups=[pairs.base(0), pairs.base(1)],
        looks=places,
        span=(0, limit),
        axis=f"{axis}, with 95% intervals",
        foot=foot(pairs, len(kept), CLEAR_SAID),
        columns=columns_of(kept, pairs),
        apart=APART,
    )
    name_groups(figure, pairs, places)
    return join_pairs(figure, kept, stack([Row(row.label) for row in kept], groups=2, apart=APART))


def marks_of(rows: Sequence[Pair], pairs: Pairs) -> list[Dot]:
    """The dots of both groups, hollow where the difference is not clear."""
    return [
        Dot(
            at,
            pairs.base(side),
            cell.share,
            cell.low,
            cell.high,
            cell.words,
            cell.say(row.label, pairs.groups[side]),
            hollow=not row.clear,
        )
        for at, row in enumerate(rows)
        for side, cell in enumerate((row.first, row.second))
    ]


def columns_of(rows: Sequence[Pair], pairs: Pairs) -> list[Column]:
    """Both groups' shares and the difference, each as wide as its words."""
    clear = frozenset(at for at, row in enumerate(rows) if row.clear)
    heads = (*pairs.groups, "Change, points" if pairs.over_time else "Difference, points")
    words = (
        [row.first.words for row in rows],
        [row.second.words for row in rows],
        [row.words for row in rows],
    )
    return [
        Column(head, dict(enumerate(own)), clear if place == 2 else (), fit(own, head))
        for place, (head, own) in enumerate(zip(heads, words, strict=True))
    ]


def fit(words: Sequence[str], head: str) -> float:
    """How wide a column of words is, in pixels; its head wraps."""
    longest = max(text_width(part, SMALL, bold=True) for part in head.split())
    widest = max((text_width(word, SMALL, bold=True) for word in words), default=0)
    return max(widest, min(longest, 100)) + 16


def join_pairs(figure: Figure, rows: Sequence[Pair], placed: Stack) -> Figure:
    """A line from dot to dot, thick where the difference is clear."""
    lines = [
        {
            "type": "line",
            "x0": row.first.share,
            "x1": row.second.share,
            "y0": middle - APART / 2,
            "y1": middle + APART / 2,
            "line": {"color": INK if row.clear else SOFT, "width": 3 if row.clear else 1},
            "layer": "between",
        }
        for row, middle in zip(rows, placed.middles, strict=True)
        if row.first.known and row.second.known
    ]
    return add_shapes(figure, lines)
