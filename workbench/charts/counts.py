"""Ordered bars of counts, side by side where there are several groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.charts.batch import add_notes, note
from workbench.charts.labels import markup, plain, text_width, wrap
from workbench.charts.style import (
    FOOT_LEFT,
    INK,
    MARGIN,
    PAPER,
    SMALL,
    TEXT,
    WIDTH,
    canvas,
    floats,
    in_order,
    look,
    reach,
    say_nothing_to_show,
    write,
)

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

ROW = 26
GAP = 30
HEAD = 30


def bars(
    frame: pd.DataFrame,
    *,
    title: str = "",
    label: str = "label",
    n: str = "n",
    group: str | None = None,
    marked: str | None = None,
    marked_as: str = "",
    counted: str = "cases",
    top: int | None = 25,
    groups: Sequence[str] | None = None,
) -> Figure:
    """Counts as horizontal bars in the frame's order, with the count at the end of each.

    The columns are named by ``label``, ``n`` and, where there are several panels side by side,
    ``group``; all panels share one scale. Rows where ``marked`` is true are hatched and explained
    as ``marked_as`` in the legend, such as words that mail gateways add. ``counted`` says what
    the numbers count. ``groups`` gives all groups in order, so that each keeps its colour.
    """
    known = in_order(frame[group]) if group is not None else [""]
    if not len(frame):
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    everyone = list(groups) if groups is not None else known
    panels = [name for name in everyone if name in known]
    parts = [_part(frame, group, name, top) for name in panels]
    has_marks = marked is not None and any(part[marked].astype(bool).any() for part in parts)
    legend = [marked_as] if has_marks and marked_as else []
    height = max(len(part) for part in parts) * ROW
    figure = canvas(
        title=title,
        plot_height=height,
        left=MARGIN,
        top=HEAD if group is not None else 0,
        bottom=16 + 20 + MARGIN,
        groups=legend,
    )
    limit = reach((v for part in parts for v in floats(part[n])), least=1)
    across = (WIDTH - 2 * MARGIN - GAP * (len(panels) - 1)) / len(panels)
    for place, (name, part) in enumerate(zip(panels, parts, strict=True)):
        flags = part[marked].astype(bool).tolist() if marked is not None else [False] * len(part)
        _add_panel(
            figure,
            [str(value) for value in part[label]],
            floats(part[n]),
            flags,
            number=place + 1,
            start=place * (across + GAP),
            across=across,
            limit=limit,
            height=height,
            colour=look(everyone.index(name)).colour,
            head=name,
        )
    if legend:
        _explain_hatching(figure, marked_as)
    write(
        figure,
        markup([f"Number of {counted}"]),
        x=0,
        y=0,
        yshift=-10,
        **FOOT_LEFT,
    )
    return figure


def _part(frame: pd.DataFrame, group: str | None, name: str, top: int | None) -> pd.DataFrame:
    part = frame if group is None else frame[frame[group].astype(str) == name]
    return part if top is None else part.head(top)


def _add_panel(
    figure: Figure,
    labels: list[str],
    counts: list[float],
    flags: list[bool],
    *,
    number: int,
    start: float,
    across: float,
    limit: float,
    height: float,
    colour: str,
    head: str,
) -> None:
    from plotly.graph_objects import Bar

    inside = WIDTH - 2 * MARGIN
    numbers = [f"{value:,.0f}" if value == value else "–" for value in counts]
    lines = [wrap(text, 0.45 * across, TEXT, most=1) for text in labels]
    words = max(text_width(line[0], TEXT) for line in lines) + 10
    room = max(text_width(text, SMALL) for text in numbers) + 10
    suffix = "" if number == 1 else str(number)
    x_axis = {
        "domain": [(start + words) / inside, (start + across - room) / inside],
        "range": [0, limit],
        "visible": False,
        "fixedrange": True,
        "anchor": f"y{suffix}",
    }
    y_axis = {"range": [height, 0], "visible": False, "fixedrange": True, "anchor": f"x{suffix}"}
    figure.update_layout({f"xaxis{suffix}": x_axis, f"yaxis{suffix}": y_axis})
    places = [(row + 0.5) * ROW for row in range(len(labels))]
    for hatched in (False, True):
        rows = [row for row, flag in enumerate(flags) if flag == hatched]
        figure.add_trace(
            Bar(
                x=[counts[row] if counts[row] == counts[row] else 0 for row in rows],
                y=[places[row] for row in rows],
                width=ROW * 0.66,
                orientation="h",
                xaxis=f"x{suffix}",
                yaxis=f"y{suffix}",
                marker=_marker(colour, hatched=hatched),
                showlegend=False,
                customdata=[[plain(labels[row]), numbers[row]] for row in rows],
                hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
            )
        )
    here: dict[str, Any] = {"yref": f"y{suffix}", "yanchor": "middle"}
    named: dict[str, Any] = {"x": (start + words - 8) / inside, "xref": "paper", "size": TEXT}
    counted: dict[str, Any] = {"xref": f"x{suffix}", "xanchor": "left", "xshift": 2}
    notes = []
    for line, value, text, y in zip(lines, counts, numbers, places, strict=True):
        end = value if value == value else 0
        notes.append(note(markup(line), y=y, xanchor="right", **named, **here))
        notes.append(note(text, x=end, y=y, **counted, **here))
    add_notes(figure, notes)
    if head:
        heading = markup(wrap(head, across, TEXT, bold=True, most=1), bold=True)
        at: dict[str, Any] = {
            "xref": "paper",
            "xanchor": "left",
            "yref": "paper",
            "yanchor": "bottom",
        }
        write(figure, heading, x=start / inside, y=1, yshift=4, size=TEXT, **at)


def _marker(colour: str, *, hatched: bool) -> dict[str, Any]:
    marker: dict[str, Any] = {"color": colour, "line": {"color": colour, "width": 1.5}}
    if hatched:
        stripes = {"shape": "/", "fgcolor": colour, "bgcolor": PAPER, "size": 7, "solidity": 0.3}
        marker["pattern"] = stripes
    return marker


def _explain_hatching(figure: Figure, words: str) -> None:
    """A line in the legend for the hatched bars: a bar without length, so only its look shows."""
    from plotly.graph_objects import Bar

    marker = _marker(INK, hatched=True)
    figure.add_trace(Bar(x=[None], y=[None], orientation="h", name=plain(words), marker=marker))
    figure.update_layout(barmode="overlay")
