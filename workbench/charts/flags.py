"""Events as flags above a plot: a pole where each fell, and its words beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workbench.charts.labels import markup, text_width, wrap
from workbench.charts.style import SMALL, SOFT, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plotly.graph_objects import Figure

WIDEST = 210
NARROWEST = 120
LINE = SMALL * 1.3


class Event(NamedTuple):
    """What happened at ``x``, whose pole stands on ``y``; both in the axes' units."""

    x: float
    y: float
    words: str


class Flag(NamedTuple):
    """An event's words and where they lie.

    ``left``, ``width`` and ``lift`` (the height of the words' foot above the data) in pixels.
    """

    event: Event
    lines: list[str]
    left: float
    width: float
    lift: float

    @property
    def height(self) -> float:
        """The height of the words in pixels."""
        return len(self.lines) * LINE


def place_flags(
    events: Sequence[Event], *, first: float, scale: float, across: float
) -> list[Flag]:
    """Set each event's words beside its pole, above the data, in a plot ``across`` pixels wide.

    ``first`` is where the axis begins and ``scale`` its pixels a unit. Flags fly to the right
    and, from the last event back, each above those that it would overlap. Where the room on the
    right is too small a flag flies to the left, above all that it overlaps, and no earlier flag
    reaches past its pole. So no pole runs through the words of another event.
    """
    edge = across
    rightward: list[Flag] = []
    leftward: list[Flag] = []
    for event in sorted(events, key=lambda e: -e.x):
        pole = (event.x - first) * scale
        to_right = edge - pole - 10 >= NARROWEST or pole < NARROWEST
        room = min(WIDEST, edge - pole - 10 if to_right else pole - 6)
        lines = wrap(event.words, room, SMALL, most=6)
        width = max(text_width(line, SMALL) for line in lines)
        left = pole + 5 if to_right else pole - 5 - width
        edge = edge if to_right else pole
        (rightward if to_right else leftward).append(Flag(event, lines, left, width, 0))
    placed: list[Flag] = []
    for flag in [*rightward, *reversed(leftward)]:
        end = flag.left + flag.width + 12
        below = [o for o in placed if flag.left < o.left + o.width + 12 and o.left < end]
        lift = max((o.lift + o.height + 8 for o in below), default=12.0)
        placed.append(flag._replace(lift=lift))
    return placed


def flags_height(flags: Sequence[Flag]) -> float:
    """The pixels that ``flags`` need above the data."""
    return max((flag.lift + flag.height + 20 for flag in flags), default=0)


def add_flag(
    figure: Figure, flag: Flag, *, first: float, scale: float, limit: float, per_pixel: float
) -> None:
    """A pole from the event's point up to the flag's top, and the words beside it.

    ``limit`` is where the data end upwards and ``per_pixel`` the axis's units a pixel.
    """
    top = limit + (flag.lift + flag.height) * per_pixel
    x, y = flag.event.x, flag.event.y
    pole = {"color": SOFT, "width": 1.2}
    figure.add_shape(type="line", x0=x, x1=x, y0=y + 9 * per_pixel, y1=top, line=pole)
    write(
        figure,
        markup(flag.lines),
        x=first + flag.left / scale,
        y=top,
        xanchor="left",
        yanchor="top",
        yshift=3,
        borderpad=0,
        align="left",
    )
