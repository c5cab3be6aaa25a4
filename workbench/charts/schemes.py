"""Two periods compared through a crosswalk: of cases and of labels, side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.charts.labels import markup, text_width, wrap
from workbench.charts.row_parts import (
    Column,
    Dot,
    Row,
    Stack,
    add_marks,
    add_stripes,
    set_scale,
    stack,
    write_column,
    write_foot,
    write_names,
)
from workbench.charts.style import (
    MARGIN,
    SMALL,
    SOFT,
    WIDTH,
    Look,
    canvas,
    floats,
    in_order,
    look,
    reach,
    say_nothing_to_show,
    write,
)
from workbench.compare.say import percent
from workbench.compare.scheme_blocks import APART as NOT_COMPARABLE

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

LABELS = 230
"""The most pixels that the names of blocks may take."""
APART = 11
HEAD = SMALL * 1.3 + 10


@dataclass(frozen=True)
class Measure:
    """One panel: the columns of the frame that hold its shares, and its words."""

    share: str
    low: str
    high: str
    head: str
    of: str


MEASURES = (
    Measure("share", "low", "high", "Share of cases", "of cases"),
    Measure(
        "share_of_labels",
        "share_of_labels_low",
        "share_of_labels_high",
        "Share of all labels given",
        "of all labels given",
    ),
)


def scheme_change(
    frame: pd.DataFrame, *, title: str = "", groups: Sequence[str] | None = None
) -> Figure:
    """The share of each comparable block in two periods, of cases at the left, of labels right.

    ``frame`` is that of ``compare.schemes.compare_through`` for two periods; shares in [0, 1],
    with 95% intervals, on one scale. The words behind a name say how comparable the block is;
    blocks that are not are counted below the plot, with the labels per case of both schemes. Rows
    stand with the largest share of cases first. ``groups`` gives all periods in their order, so
    that each keeps its colour and symbol. Raises ``ValueError`` for three periods or more.
    """
    shown = in_order(frame["group"])
    if len(shown) > 2:
        raise ValueError("scheme_change draws two periods; choose two")
    known = frame[frame["comparability"] != NOT_COMPARABLE]
    names = _ranked(known)
    if not names:
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    alike = dict(zip(known["label"], known["comparability"], strict=True))
    placed = stack(
        [Row(f"{name} ({alike[name]})") for name in names], groups=2, width=LABELS, apart=APART
    )
    marks = [_read(known, names, measure) for measure in MEASURES]
    columns = [_numbers(own) for own in marks]
    foot = [line for said in _foot(frame) for line in wrap(said, WIDTH - 2 * MARGIN, SMALL)]
    figure = canvas(
        title=title,
        plot_height=placed.height,
        left=MARGIN + placed.width + 14,
        right=MARGIN + columns[1].width,
        top=HEAD,
        bottom=28 + 20 * len(foot) + MARGIN / 2,
        groups=shown,
    )
    add_stripes(figure, placed)
    write_names(figure, placed)
    everyone = list(groups) if groups is not None else shown
    looks = [look(everyone.index(group)) for group in shown]
    ends = [value for m in MEASURES for name in (m.share, m.high) for value in floats(known[name])]
    limit = reach(ends, least=0.02, most=1.0)
    across = WIDTH - figure.layout.margin.l - figure.layout.margin.r
    gap = (columns[0].width + 18) / across
    for place, measure in enumerate(MEASURES):
        start = place * (1 + gap) / 2
        domain = (start, start + (1 - gap) / 2)
        axis = "2" if place else ""
        set_scale(figure, (0, limit), "", percent=True, axis=axis, domain=domain, most=4)
        _draw(figure, marks[place], placed, axis, looks)
        x = figure.layout.margin.l + domain[1] * across + columns[place].width - 4
        write_column(figure, columns[place], placed, "", x=x)
        head = markup([measure.head], bold=True)
        at: dict[str, Any] = {"xref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 5}
        write(figure, head, x=domain[0], y=0, **at)
    return write_foot(figure, foot)


def _ranked(frame: pd.DataFrame) -> list[str]:
    """Blocks by their largest share of cases; those of which none is known come last."""
    best: dict[str, float] = {}
    for label, value in zip(map(str, frame["label"]), floats(frame["share"]), strict=True):
        best[label] = max(best.get(label, -1.0), value if math.isfinite(value) else -1.0)
    return sorted(best, key=lambda label: (-best[label], label))


def _read(frame: pd.DataFrame, names: list[str], measure: Measure) -> dict[str, list[Dot]]:
    """The dots of each period, in the order of the rows."""
    found = {}
    for group in in_order(frame["group"]):
        part = frame[frame["group"].astype(str) == group].set_index("label").reindex(names)
        columns = (floats(part[name]) for name in (measure.share, measure.low, measure.high))
        marks = []
        for row, (name, alike, share, low, high) in enumerate(
            zip(names, part["comparability"], *columns, strict=True)
        ):
            spread = f"95% interval {percent(low)} to {percent(high)}"
            hover = f"{name} ({alike}), {group}: {percent(share)} {measure.of} ({spread})"
            marks.append(Dot(row, group, share, low, high, percent(share), hover))
        found[group] = marks
    return found


def _numbers(marks: dict[str, list[Dot]]) -> Column:
    """What stands beside a panel: the shares of both periods."""
    rows = enumerate(zip(*marks.values(), strict=True))
    words = {row: " → ".join(mark.numbers for mark in pair) for row, pair in rows}
    return Column("", words, (), max(text_width(own, SMALL) for own in words.values()) + 14)


def _draw(
    figure: Figure, marks: dict[str, list[Dot]], placed: Stack, axis: str, looks: list[Look]
) -> None:
    """One panel's dots, joined in pairs."""
    for place, (group, dots) in enumerate(marks.items()):
        offset = (place - 0.5) * APART
        add_marks(figure, dots, placed, group=group, own=looks[place], offset=offset, axis=axis)
    if axis:
        figure.update_traces(showlegend=False, selector={"xaxis": f"x{axis}"})
    for pair in zip(*marks.values(), strict=True):
        if len(pair) == 2 and all(math.isfinite(mark.value) for mark in pair):
            figure.add_shape(
                type="line",
                xref=f"x{axis}",
                x0=pair[0].value,
                x1=pair[1].value,
                y0=placed.middles[pair[0].row] - APART / 2,
                y1=placed.middles[pair[0].row] + APART / 2,
                line={"color": SOFT, "width": 1},
                layer="between",
            )


def _foot(frame: pd.DataFrame) -> list[str]:
    """What the shares rest on: labels per case, and what is left out."""
    rates = dict(zip(map(str, frame["group"]), floats(frame["labels_per_case"]), strict=True))
    known = [f"{rate:.2f} in {group}" for group, rate in rates.items() if math.isfinite(rate)]
    said = ["With 95% intervals. In brackets: how comparable the labels of the two schemes are."]
    if known:
        said.append(f"Labels a case: {', '.join(known)}.")
    apart = frame.loc[frame["comparability"] == NOT_COMPARABLE, "label"].nunique()
    if apart:
        noun = "label has" if apart == 1 else "labels have"
        said.append(f"{apart} {noun} no counterpart in the other scheme: not shown.")
    return said
