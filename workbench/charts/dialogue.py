"""Tones from the first message of a case to the later ones."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from workbench.charts.labels import markup, plain, wrap
from workbench.charts.style import (
    FOOT_LEFT,
    GRID,
    MARGIN,
    PALETTE,
    PAPER,
    SMALL,
    SOFT,
    TEXT,
    WIDTH,
    canvas,
    floats,
    in_order,
    nice_step,
    of_base,
    reach,
    say_nothing_to_show,
    write,
)
from workbench.compare.say import percent

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

ACROSS = 2
PANEL = 110
HEAD = 40
FOOT = 28
LEFT = 52
GAP = 34
FEW = 20
"""Messages that fewer cases have than this have no share: it would say nothing."""
FIRST = "Enquiry"
"""What message 0 is called."""


def tone_messages(frame: pd.DataFrame, *, title: str = "") -> Figure:
    """The share of cases whose first, second ... message shows each tone: a small panel a tone.

    ``frame`` is that of ``lenses.course.course_of_tone``: message ("0" is the enquiry),
    dimension, base, share, low and high in [0, 1]. All panels share one scale, the first and the
    last share are written in, vertical strokes are the intervals. A message whose share is
    missing leaves a gap; those that fewer than ``FEW`` cases have are not drawn.
    """
    frame, dropped = enough_cases(frame)
    names, messages = in_order(frame["dimension"]), in_order(frame["message"])
    if not names:
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    height = math.ceil(len(names) / ACROSS) * (HEAD + PANEL + FOOT)
    foot = wrap(_foot(frame, messages, dropped), WIDTH - 2 * MARGIN, SMALL)
    bottom = 14 + 19 * len(foot)
    figure = canvas(title=title, plot_height=height, left=MARGIN, bottom=bottom)
    limit = reach([*floats(frame["share"]), *floats(frame["high"])], least=0.02, most=1.0)
    limit = limit * 1.2  # room for the numbers above the highest stroke
    inside = WIDTH - 2 * MARGIN
    width = (inside - GAP * (ACROSS - 1)) / ACROSS
    for place, name in enumerate(names):
        row, column = divmod(place, ACROSS)
        start, top = column * (width + GAP), row * (HEAD + PANEL + FOOT) + HEAD
        suffix = "" if place == 0 else str(place + 1)
        across = [(start + LEFT) / inside, (start + width) / inside]
        up = [1 - (top + PANEL) / height, 1 - top / height]
        _set_panel(figure, suffix, across, up, messages, limit)
        _add_line(figure, frame[frame["dimension"].astype(str) == name], suffix, messages)
        at: dict[str, Any] = {"xref": "paper", "yref": "paper"}
        at |= {"xanchor": "left", "yanchor": "bottom", "yshift": 4}
        heading = markup(wrap(name.capitalize(), width, TEXT, bold=True, most=1), bold=True)
        write(figure, heading, x=start / inside, y=up[1], size=TEXT, **at)
    return write(figure, markup(foot), x=0, y=0, yshift=-6, align="left", **FOOT_LEFT)


def enough_cases(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The rows of the messages that ``FEW`` cases or more have, and the other messages."""
    most = frame.groupby(frame["message"].astype(str), sort=False)["base"].max()
    dropped = [str(message) for message, base in most.items() if not base >= FEW]
    return frame[~frame["message"].astype(str).isin(dropped)], dropped


def _foot(frame: pd.DataFrame, messages: list[str], dropped: list[str]) -> str:
    """What is shown, and how many cases have each message, where all tones agree on it."""
    said = "Share of cases whose message shows the tone, with 95% intervals"
    if dropped:
        said += f"; messages that fewer than {FEW} cases have are left out"
    sizes = frame.groupby(frame["message"].astype(str), sort=False)["base"].agg(["min", "max"])
    if not (sizes["min"] == sizes["max"]).all():
        return said
    bases = floats(sizes["max"].reindex(messages))
    parts = [
        f"{call(message).lower()} ({base:,.0f})"
        for message, base in zip(messages, bases, strict=True)
        if math.isfinite(base)
    ]
    return f"{said}. Cases: {', '.join(parts)}" if parts else said


def call(message: str) -> str:
    """What a message is called: the enquiry, or by its number."""
    return FIRST if message == "0" else f"Message {message}"


def _set_panel(
    figure: Figure,
    suffix: str,
    across: list[float],
    up: list[float],
    messages: list[str],
    limit: float,
) -> None:
    step = nice_step(limit, most=4)
    x_axis = {
        "domain": across,
        "anchor": f"y{suffix}",
        "tickvals": list(range(len(messages))),
        "ticktext": [plain(FIRST if m == "0" else m) for m in messages],
        "showgrid": False,
        "showline": True,
        "tickangle": 0,
        "range": [-0.4, len(messages) - 0.6],
    }
    y_axis = {
        "domain": up,
        "anchor": f"x{suffix}",
        "range": [0, limit],
        "tickvals": [step * k for k in range(int(min(limit, 1) / step + 1e-9) + 1)],
        "tickformat": ".0%" if step >= 0.01 else ".1%",
        "gridcolor": GRID,
    }
    figure.update_layout({f"xaxis{suffix}": x_axis, f"yaxis{suffix}": y_axis})


def _add_line(figure: Figure, part: pd.DataFrame, suffix: str, messages: list[str]) -> None:
    from plotly.graph_objects import Scatter

    part = part.sort_values(
        "message", key=lambda own: own.astype(str).map(messages.index), kind="stable"
    )
    at = [messages.index(str(message)) for message in part["message"]]
    shares, lows, highs = (floats(part[name]) for name in ("share", "low", "high"))
    told = zip(at, shares, lows, highs, floats(part["base"]), strict=True)
    said = [
        [
            plain(
                f"{call(messages[x])}: {percent(s)} ({percent(low)} to {percent(high)}){of_base(n)}"
            )
        ]
        for x, s, low, high, n in told
    ]
    figure.add_trace(
        Scatter(
            x=at,
            y=shares,
            mode="lines+markers",
            line={"color": PALETTE[0], "width": 2},
            marker={"color": PALETTE[0], "size": 5},
            cliponaxis=False,
            error_y={
                "type": "data",
                "symmetric": False,
                "array": [_arm(high - s) for high, s in zip(highs, shares, strict=True)],
                "arrayminus": [_arm(s - low) for low, s in zip(lows, shares, strict=True)],
                "color": SOFT,
                "thickness": 1.6,
                "width": 0,
            },
            customdata=said,
            hovertemplate="%{customdata[0]}<extra></extra>",
            xaxis=f"x{suffix}",
            yaxis=f"y{suffix}",
            showlegend=False,
        )
    )
    known = [place for place, value in enumerate(shares) if math.isfinite(value)]
    for place in sorted({known[0], known[-1]}) if known else ():
        top = highs[place] if math.isfinite(highs[place]) else shares[place]
        axes = {"xref": f"x{suffix}", "yref": f"y{suffix}"}
        # On paper of its own, so that no line of the grid runs through the number.
        label: dict[str, Any] = {**axes, "yanchor": "bottom", "yshift": 3, "bgcolor": PAPER}
        write(figure, markup([percent(shares[place])]), x=at[place], y=top, **label)


def _arm(length: float) -> float:
    return max(length, 0.0) if math.isfinite(length) else 0.0
