"""Cases a month: a line a period, with the terms as bands and events where they fell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from workbench.charts.labels import markup, plain, text_width, wrap
from workbench.charts.style import (
    BAND,
    MARGIN,
    SMALL,
    SOFT,
    WIDTH,
    canvas,
    floats,
    in_order,
    look,
    name_axis,
    nice_step,
    reach,
    say_nothing_to_show,
    write,
)

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

PLOT = 380
LEFT = 70
EVENT_WIDTH = 210
EVENT_LEAST = 120
EVENT_LINE = SMALL * 1.3


class _Note(NamedTuple):
    """An event's words as a flag: where its pole stands, and where its box lies.

    ``x`` and ``y`` are in the axes' units; ``left``, ``width`` and ``lift`` (the height of the
    box's foot above the data) in pixels.
    """

    x: float
    y: float
    lines: list[str]
    left: float
    width: float
    lift: float

    @property
    def height(self) -> float:
        """The height of the words in pixels."""
        return len(self.lines) * EVENT_LINE


def months(
    frame: pd.DataFrame,
    terms: pd.DataFrame | None = None,
    *,
    title: str = "",
    axis: Literal["common", "running"] = "common",
    groups: Sequence[str] | None = None,
    counted: str = "Cases a month",
) -> Figure:
    """Cases in each month of each period.

    ``frame`` is that of ``compare.seasons.cases_per_month`` (period, month, place, n, event) and
    ``terms`` that of ``term_spans`` (name, start, end). ``axis="common"`` lays the periods over
    one another from their first month on, with the terms of the last period; ``"running"`` sets
    them one after another. Months without a known count leave a gap in the line.
    """
    if not len(frame):
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    known = in_order(frame["period"])
    everyone = list(groups) if groups is not None else known
    periods = [name for name in everyone if name in known]
    data = frame.assign(x=_positions(frame, axis), n=floats(frame["n"]))
    first, last = min(data["x"]) - 0.5, max(data["x"]) + 0.5
    limit = reach(data["n"], least=5)
    across = WIDTH - LEFT - MARGIN
    scale = across / (last - first)
    notes = _place_events(data, first=first, scale=scale, limit=limit)
    above = max((note.lift + note.height + 20 for note in notes), default=0)
    shaded = f"Shaded: the terms of {periods[-1]}" if axis == "common" else "Shaded: terms"
    says = shaded if terms is not None and len(terms) else ""
    figure = canvas(
        title=title,
        plot_height=PLOT + above,
        left=LEFT,
        top=28,
        bottom=76 if says else 52,
        groups=periods if len(periods) > 1 else (),
    )
    step = max(1.0, nice_step(limit))
    figure.update_yaxes(
        range=[0, limit * (PLOT + above) / PLOT],
        tickvals=[step * k for k in range(int(limit / step) + 1)],
        tickformat=",.0f",
    )
    name_axis(figure, counted, left=LEFT)
    _set_months(figure, data, axis, (first, last), says)
    _add_terms(figure, data, terms, axis, (first, last), scale)
    for period in periods:
        _add_line(figure, data[data["period"] == period], period, everyone.index(period))
    for note in notes:
        _add_note(figure, note, first=first, scale=scale, limit=limit)
    return figure


def _positions(frame: pd.DataFrame, axis: str) -> list[float]:
    """Months as numbers: 1, 2, ... within the period, or counted from the first month of all."""
    if axis == "common":
        return floats(frame["place"])
    counted = frame["month"].dt.year * 12 + frame["month"].dt.month
    return [float(value) for value in counted - counted.min() + 1]


def _set_months(
    figure: Figure, data: pd.DataFrame, axis: str, span: tuple[float, float], says: str
) -> None:
    shown = data.drop_duplicates("x").sort_values("x")
    every = 1 if len(shown) <= 14 else 3
    ticks = shown.iloc[::every]
    words = [
        f"{month:%b}" if axis == "common" else f"{month:%b}<br>{month:%Y}"
        for month in ticks["month"]
    ]
    figure.update_xaxes(
        range=list(span),
        tickvals=ticks["x"].tolist(),
        ticktext=words,
        showgrid=False,
        showline=True,
        tickangle=0,
        title_text=plain(says),
    )


def _add_line(figure: Figure, part: pd.DataFrame, period: str, place: int) -> None:
    from plotly.graph_objects import Scatter

    own = look(place)
    part = part.sort_values("x")
    hover = [[plain(f"{month:%B %Y}")] for month in part["month"]]
    figure.add_trace(
        Scatter(
            x=part["x"].tolist(),
            y=part["n"].tolist(),
            name=plain(period),
            mode="lines+markers",
            line={"color": own.edge, "dash": own.dash, "width": 2.5},
            marker={"symbol": own.symbol, "size": 9, "color": own.edge},
            customdata=hover,
            hovertemplate="%{customdata[0]}: %{y:,.0f}<extra></extra>",
        )
    )


def _add_terms(
    figure: Figure,
    data: pd.DataFrame,
    terms: pd.DataFrame | None,
    axis: str,
    span: tuple[float, float],
    scale: float,
) -> None:
    """Bands for terms; on the common axis those that fall in the last period shown."""
    if terms is None:
        return
    origin = _origin(data, axis)
    for name, start, end in zip(terms["name"], terms["start"], terms["end"], strict=True):
        left = max(_place_of(start, origin), span[0])
        right = min(_place_of(end, origin), span[1])
        if right <= left:
            continue
        figure.add_vrect(x0=left, x1=right, fillcolor=BAND, line_width=0, layer="below")
        words = wrap(str(name), (right - left) * scale - 6, SMALL, most=1)[0]
        if len(words) > 3:
            write(
                figure,
                markup([words]),
                x=(left + right) / 2,
                y=0,
                yref="paper",
                yanchor="bottom",
                yshift=2,
                colour=SOFT,
            )


def _origin(data: pd.DataFrame, axis: str) -> tuple[float, pd.Timestamp]:
    """A place on the axis and the month that stands there, from which terms are counted."""
    ordered = data.sort_values("month")
    if axis == "common":
        ordered = ordered[ordered["period"] == ordered["period"].iloc[-1]]
    return float(ordered["x"].iloc[0]), ordered["month"].iloc[0]


def _place_of(day: pd.Timestamp, origin: tuple[float, pd.Timestamp]) -> float:
    """Where a day lies on an axis on which each month is one wide and centred on its place."""
    place, start = origin
    whole = (day.year - start.year) * 12 + day.month - start.month
    return place - 0.5 + whole + (day.day - 1) / float(day.days_in_month)


def _place_events(data: pd.DataFrame, *, first: float, scale: float, limit: float) -> list[_Note]:
    """Set each event's words as a flag beside its pole, above the data.

    Flags fly to the right and, from the last event back, each above those that it would overlap.
    Where the room on the right is too small a flag flies to the left, above all that it overlaps,
    and no earlier flag reaches past its pole. So no pole runs through the words of another event.
    """
    happened = data[data["event"].fillna("") != ""].sort_values("x", ascending=False)
    edge: float = WIDTH - LEFT - MARGIN
    rightward: list[_Note] = []
    leftward: list[_Note] = []
    for x, n, month, event in zip(
        happened["x"], floats(happened["n"]), happened["month"], happened["event"], strict=True
    ):
        pole = (x - first) * scale
        to_right = edge - pole - 10 >= EVENT_LEAST or pole < EVENT_LEAST
        room = min(EVENT_WIDTH, edge - pole - 10 if to_right else pole - 6)
        lines = wrap(f"{month:%b %Y}: {event}", room, SMALL, most=6)
        width = max(text_width(line, SMALL) for line in lines)
        left = pole + 5 if to_right else pole - 5 - width
        edge = edge if to_right else pole
        note = _Note(float(x), n if n == n else limit, lines, left, width, 0)
        (rightward if to_right else leftward).append(note)
    placed: list[_Note] = []
    for note in [*rightward, *reversed(leftward)]:
        end = note.left + note.width + 12
        below = [o for o in placed if note.left < o.left + o.width + 12 and o.left < end]
        lift = max((o.lift + o.height + 8 for o in below), default=12.0)
        placed.append(note._replace(lift=lift))
    return placed


def _add_note(figure: Figure, note: _Note, *, first: float, scale: float, limit: float) -> None:
    """A pole from the month's point up to the flag's top, and the words beside it."""
    per_pixel = limit / PLOT
    top = limit + (note.lift + note.height) * per_pixel
    pole = {"color": SOFT, "width": 1.2}
    figure.add_shape(
        type="line", x0=note.x, x1=note.x, y0=note.y + 9 * per_pixel, y1=top, line=pole
    )
    write(
        figure,
        markup(note.lines),
        x=first + note.left / scale,
        y=top,
        xanchor="left",
        yanchor="top",
        yshift=3,
        borderpad=0,
        align="left",
    )
