"""Words that mark one set of texts off from another, as dots and as bars."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbench.charts.effects import CLEAR_NAME, UNCLEAR_NAME
from workbench.charts.labels import markup, plain, wrap
from workbench.charts.row_parts import (
    Column,
    Dot,
    Row,
    add_stripes,
    legend_entry,
    stack,
    write_column,
    write_foot,
    write_names,
)
from workbench.charts.rows import dots
from workbench.charts.style import (
    INK,
    MARGIN,
    SMALL,
    WIDTH,
    canvas,
    floats,
    look,
    reach,
    say_nothing_to_show,
    write,
)
from workbench.compare.keyness import marked_words

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

_FARTHEST = 6.5
"""Where the axis of log ratios ends at most: intervals beyond about 90 times are cut off."""
_USES = 92


def keyness(
    frame: pd.DataFrame, *, names: tuple[str, str], title: str = "", top: int = 10
) -> Figure:
    """How many times as often each side uses the words that mark it, with 95% intervals.

    ``frame`` comes from ``compare.keyness``; ``names`` are those of A and B. Shown are the ``top``
    words of each side (``compare.keyness.marked_words``): A's lie to the right of the middle line,
    B's to the left, on a scale that doubles from line to line. Filled marks are words that are
    clear when texts are counted and p is adjusted. Beside stand the uses and the texts they are in.
    """
    shown = marked_words(frame, top=top)
    if not len(shown):
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    rows: list[Row] = []
    marks: list[Dot] = []
    uses: dict[str, dict[int, str]] = {"a": {}, "b": {}}
    for side, name in _sides(names):
        own = shown[shown["side"] == side]
        if len(own):
            rows.append(Row(f"More in {name}", bold=True))
        for _, row in own.iterrows():
            for letter, column in uses.items():
                column[len(rows)] = _uses(row, letter)
            marks.append(_mark(row, len(rows), names))
            rows.append(Row(str(row["word"]), indent=12))
    low, high = _span(marks)
    inside = [replace(mark, low=max(mark.low, low), high=min(mark.high, high)) for mark in marks]
    figure = dots(
        rows,
        inside,
        title=title,
        groups=names,
        span=(low, high),
        axis=f"Times as often: in {names[1]} to the left, in {names[0]} to the right",
        foot=_foot(frame, shown, cut=inside != marks),
        columns=[Column(f"{name}: uses in texts", uses[side]) for side, name in _sides(names)],
        legend_names=(CLEAR_NAME, UNCLEAR_NAME),
        beside=False,
    )
    ticks = range(math.ceil(low), math.floor(high) + 1)
    figure.update_xaxes(tickvals=list(ticks), ticktext=[f"{2 ** abs(tick)}" for tick in ticks])
    figure.update_traces(showlegend=False)
    for name, hollow in ((CLEAR_NAME, False), (UNCLEAR_NAME, True)):
        legend_entry(figure, name, place=0, hollow=hollow)
    return figure


def _mark(row: pd.Series[Any], place: int, names: tuple[str, str]) -> Dot:
    more, less = names if row["side"] == "a" else names[::-1]
    sign = 1 if row["side"] == "a" else -1
    ends = ("log_ratio", "log_ratio_low", "log_ratio_high")
    value, low, high = (float(row[name]) for name in ends)
    fewest, times, most = sorted(2 ** (sign * end) for end in (low, value, high))
    said = (
        f"{row['word']}: {times:.1f} times as often in {more} as in {less} (95% interval "
        f"{fewest:.1f} to {most:.1f})"
        if min(row["n_a"], row["n_b"])
        else f"{row['word']}: never in {less}"
    )
    said += "; " + "; ".join(f"{name}: {_uses(row, side)} texts" for side, name in _sides(names))
    if row["note"]:
        said += f"; {row['note']}"
    return Dot(place, more, value, low, high, "", said, hollow=not row["clear"])


def _uses(row: pd.Series[Any], side: str) -> str:
    return f"{row[f'n_{side}']:,} in {row[f'texts_{side}']:,}" if row[f"n_{side}"] else "0"


def _sides(names: tuple[str, str]) -> zip[tuple[str, str]]:
    return zip("ab", names, strict=True)


def _span(marks: list[Dot]) -> tuple[float, float]:
    """As far as the dots need on each side, and their intervals a little farther."""
    values = [mark.value for mark in marks]
    low = max(min(mark.low for mark in marks), min(values) - 2, -_FARTHEST)
    high = min(max(mark.high for mark in marks), max(values) + 2, _FARTHEST)
    return min(low, -1.0, *values) - 0.2, max(high, 1.0, *values) + 0.2


def _foot(frame: pd.DataFrame, shown: pd.DataFrame, *, cut: bool) -> str:
    foot = ["The scale doubles from line to line; bars are 95% intervals over texts"]
    if cut:
        foot.append("Bars that touch the edge go on beyond it")
    if not shown[["n_a", "n_b"]].all(axis=None):
        foot.append("A word that one side never uses is placed as if used half a time there")
    foot.append(f"{len(shown)} of {len(frame):,} words are shown")
    return f"{'. '.join(foot)}."


def word_shift(
    frame: pd.DataFrame, *, names: tuple[str, str], title: str = "", note: str = "", top: int = 20
) -> Figure:
    """Which words make up the distance between two sets of texts: bars, the largest part on top.

    ``frame`` is ``words`` of what ``compare.shift.word_shift`` gives; ``names`` are those of A and
    B. Words that A uses more point to the right, B's to the left; a bar is as long as the word's
    part of the whole distance. ``note`` stands below, such as what ``say_shift`` says of the whole.
    """
    shown = frame[frame["contribution"] > 0].head(top)
    if not len(shown):
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    parts, words = floats(shown["part"]), [str(word) for word in shown["word"]]
    sides = [str(side) for side in shown["more_in"]]
    uses = [[f"{n:,.0f}" for n in floats(shown[name])] for name in ("n_a", "n_b")]
    placed = stack([Row(word) for word in words])
    columns = [Column("Part of the distance", _by_row([f"{100 * p:.1f}%" for p in parts]))]
    columns += [
        Column(f"Uses in {name}", _by_row(own), width=_USES)
        for name, own in zip(names, uses, strict=True)
    ]
    heads = [wrap(column.head, column.width - 12, SMALL, bold=True, most=3) for column in columns]
    foot = wrap(f"{sum(parts):.0%} of the distance is shown. {note}".strip(), WIDTH - 32, SMALL)
    right = sum(column.width for column in columns)
    figure = canvas(
        title=title,
        plot_height=placed.height,
        left=MARGIN + placed.width + 14,
        right=MARGIN + right,
        top=max(map(len, heads)) * SMALL * 1.3 + 6,
        bottom=16 + 20 * len(foot) + MARGIN / 2,
    )
    add_stripes(figure, placed)
    write_names(figure, placed)
    _head_sides(figure, names, across=WIDTH - right - placed.width - 14 - 2 * MARGIN)
    limit = reach(parts, least=1e-9)
    figure.update_xaxes(range=[-limit, limit], visible=False)
    _add_bars(figure, words, parts, sides, placed.middles, names)
    x = WIDTH - MARGIN - right
    for column, lines in zip(columns, heads, strict=True):
        x += column.width
        write_column(figure, column, placed, markup(lines), x=x - 4)
    return write_foot(figure, foot)


def _by_row(words: list[str]) -> dict[int, str]:
    return dict(enumerate(words))


def _head_sides(figure: Figure, names: tuple[str, str], *, across: float) -> None:
    """Name the side that bars point to, above either half of a plot ``across`` pixels wide."""
    for name, x, anchor in ((names[1], -0.03, "right"), (names[0], 0.03, "left")):
        lines = wrap(f"More in {name}", 0.46 * across, SMALL, bold=True, most=2)
        write(
            figure,
            markup(lines, bold=True),
            x=0.5 + x / 2,
            y=1,
            xref="paper",
            yref="paper",
            xanchor=anchor,
            yanchor="bottom",
            yshift=3,
            align=anchor,
        )


def _add_bars(
    figure: Figure,
    words: list[str],
    parts: list[float],
    sides: list[str],
    middles: tuple[float, ...],
    names: tuple[str, str],
) -> None:
    from plotly.graph_objects import Bar

    for side, name, place in zip("ab", names, (0, 1), strict=True):
        rows = [row for row, own in enumerate(sides) if own == side]
        sign = 1 if side == "a" else -1
        figure.add_trace(
            Bar(
                x=[sign * parts[row] for row in rows],
                y=[middles[row] for row in rows],
                width=17,
                orientation="h",
                # On grey bands a bar is told by its edge.
                marker={
                    "color": look(place).colour,
                    "line": {"color": look(place).edge, "width": 1},
                },
                name=plain(name),
                customdata=[
                    [plain(f"{words[row]}, more in {name}: {parts[row]:.1%} of the distance")]
                    for row in rows
                ],
                hovertemplate="%{customdata[0]}<extra></extra>",
            )
        )
    figure.add_vline(x=0, line={"color": INK, "width": 1.5})
    figure.update_layout(barmode="overlay")
