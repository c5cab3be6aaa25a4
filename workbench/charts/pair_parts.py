"""What charts of two groups share: the order of rows, the words below, what bases could miss."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from workbench.charts.batch import add_shapes
from workbench.charts.compared import Pair, Pairs
from workbench.charts.row_parts import Stack, legend_entry
from workbench.charts.style import MARGIN, PALETTE, PAPER, SOFT, canvas, mix, say_nothing_to_show
from workbench.compare.shares import SCHEMES_DIFFER

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

HIDDEN = "The counts are hidden or not known"
MISSED = mix(PALETTE[0], PAPER, 0.8)
MISSED_SAID = (
    "Shaded: differences too small for these bases to show reliably (with 80% power in a single "
    "comparison)"
)


def ordered(rows: Iterable[Pair], order: str, top: int | None) -> list[Pair]:
    """The ``top`` rows with the largest shares ("size"), or the clear and large differences.

    By size the largest come first, by "change" the greatest rise, rows without a difference last;
    equals stand by name.
    """
    if order == "size":
        return sorted(rows, key=lambda row: (-row.largest, row.label))[:top]
    sizes = [(0.0 if math.isnan(row.difference) else row.difference, row) for row in rows]
    kept = sorted(sizes, key=lambda s: (s[1].unknown, not s[1].clear, -abs(s[0]), s[1].label))[:top]
    return [row for _, row in sorted(kept, key=lambda s: (s[1].unknown, -s[0], s[1].label))]


def looks_of(shown: Sequence[str], groups: Sequence[str] | None) -> list[int]:
    """The place of each shown group in the palette, from the order of all ``groups``."""
    everyone = list(groups) if groups is not None else list(shown)
    return [everyone.index(name) if name in everyone else len(everyone) for name in shown]


def foot(pairs: Pairs, kept: int, *parts: str) -> str:
    """What stands below a chart: its ``parts``, how many rows it shows, and what limits them."""
    every = len(pairs.rows)
    said = [*parts, f"{kept} of {every} rows are shown" if kept < every else ""]
    if pairs.hidden:
        said.append(f"{_times(pairs.hidden)} not shown: counts hidden or not known")
    if any(not (row.first.known and row.second.known) for row in pairs.rows):
        said.append("A dash: hidden, not known or not a label of that scheme")
    if any(SCHEMES_DIFFER in row.note for row in pairs.rows):
        said.append(f"Take care: {SCHEMES_DIFFER}, so shares do not compare as they stand")
    return ". ".join(part for part in said if part)


def _times(n: int) -> str:
    return "1 label is" if n == 1 else f"{n} labels are"


def nothing_known(title: str, pairs: Pairs | None) -> Figure | None:
    """A figure that says why it shows nothing, or None where there are rows to show."""
    return None if pairs is not None and pairs.rows else say_hidden(title, empty=pairs is None)


def say_hidden(title: str, *, empty: bool) -> Figure:
    """A figure that says that there are no cases (``empty``), or no counts that may be shown."""
    figure = say_nothing_to_show(canvas(title=title, plot_height=80, left=MARGIN))
    if not empty:
        figure.layout.annotations[-1].text = HIDDEN
    return figure


def add_missed(
    figure: Figure,
    placed: Stack,
    ends: Sequence[tuple[float, float]],
    *,
    axis: str = "",
) -> Figure:
    """Shade in each row the differences between its two ``ends``, where they are known."""
    edge = {"color": SOFT, "width": 0.8, "dash": "dot"}
    own = {"type": "rect", "xref": f"x{axis}", "fillcolor": MISSED, "line": edge, "layer": "below"}
    bottoms = (*placed.tops[1:], placed.height)
    shades = [
        {**own, "x0": low, "x1": high, "y0": top + 3, "y1": bottom - 3}
        for top, bottom, (low, high) in zip(placed.tops, bottoms, ends, strict=True)
        if math.isfinite(low) and math.isfinite(high)
    ]
    return add_shapes(figure, shades)


def name_groups(figure: Figure, pairs: Pairs, looks: Sequence[int]) -> Figure:
    """Both groups in the legend with filled marks, however their own first mark is drawn."""
    figure.update_traces(showlegend=False)
    for side, place in enumerate(looks):
        legend_entry(figure, pairs.base(side), place=place, hollow=False)
    return figure
