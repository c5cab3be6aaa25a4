"""One style for all figures: colours, letters, sizes and the empty canvas.

Figures are ``WIDTH`` pixels wide and stand 160 mm wide in print, so that ``TEXT`` comes out at
8 points and ``SMALL`` at 7. Colours are those of the UK government's guidance on charts; every
mark keeps a contrast of 3:1 with its ground and every word 4.5:1 (WCAG 2.2, 1.4.3 and 1.4.11).
A group never rests on its colour alone: its marker symbol and its dashes differ too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.charts.labels import markup, text_width, wrap

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

WIDTH = 900
TEXT = 16
SMALL = 14
TITLE = 19
MARGIN = 16
"""Free pixels along every edge of a figure."""

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK = "#262626"
SOFT = "#595959"
"""For words of less weight, and for what was not placed."""
PAPER = "#FFFFFF"
BAND = "#F2F2F2"
GRID = "#D9D9D9"
PALETTE = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D")
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "x")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
PATTERNS = ("", "/", "x", ".", "-")
MOST_GRIDLINES = 10
FOOT_LEFT: Mapping[str, Any] = {
    "xref": "paper",
    "yref": "paper",
    "xanchor": "left",
    "yanchor": "top",
}
"""Where a note below the plot is fixed, for `write`."""


@dataclass(frozen=True)
class Look:
    """How one group is drawn."""

    colour: str
    symbol: str
    dash: str
    pattern: str

    @property
    def edge(self) -> str:
        """The colour a little darker: for lines, and for the edges of marks on grey bands."""
        return mix(self.colour, "#000000", 0.15)

    @property
    def ink(self) -> str:
        """The colour dark enough for words: 4.5:1 on paper and on grey bands."""
        return mix(self.colour, "#000000", 0.3)


def look(place: int) -> Look:
    """The look of the group at ``place`` (0 = first) in its order.

    Colours come round again after five groups, then with other symbols: no two of the first 25
    groups share both.
    """
    turn = (place + place // len(PALETTE)) % len(SYMBOLS)
    colour = PALETTE[place % len(PALETTE)]
    return Look(colour, SYMBOLS[turn], DASHES[turn], PATTERNS[turn])


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours written ``#RRGGBB``, from 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB`` in [0, 1] (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ink_on(ground: str) -> str:
    """Black or white ink, whichever reads better on ``ground``: 4.58:1 at the very worst."""
    return max(("#000000", PAPER), key=lambda ink: contrast(ink, ground))


def mix(low: str, high: str, part: float) -> str:
    """The colour that lies ``part`` (0 to 1) of the way from ``low`` to ``high``."""
    ends = [(int(low[at : at + 2], 16), int(high[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * part):02X}" for a, b in ends)


def floats(values: pd.Series[Any]) -> list[float]:
    """A column as plain numbers, missing ones as NaN."""
    import pandas as pd

    numbers = pd.to_numeric(values, errors="coerce")
    return [float(v) for v in numbers.to_numpy(dtype="float64", na_value=math.nan)]


def of_base(base: float) -> str:
    """`` of 1,234`` behind a share; nothing where the base is not known."""
    return f" of {base:,.0f}" if math.isfinite(base) else ""


def leave_few_open(frame: pd.DataFrame, *, least: int) -> pd.DataFrame:
    """The frame without the share and limits of rows whose base is unknown or below ``least``."""
    few = ~(frame["base"].astype("float64") >= least)
    return frame.assign(**{name: frame[name].mask(few) for name in ("share", "low", "high")})


def known_rows(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """The rows of which the number in ``column`` is known."""
    import pandas as pd

    return frame[pd.to_numeric(frame[column], errors="coerce").notna()]


def in_order(values: Iterable[Any]) -> list[str]:
    """Each value once, in order of first appearance, as words."""
    return list(dict.fromkeys(str(value) for value in values))


def nice_step(span: float, *, most: int = 6) -> float:
    """The least of 1, 2, 2.5 or 5 times a power of ten that cuts ``span`` in ``most`` or fewer."""
    if not span > 0:
        return 1.0
    rough = span / most
    power = 10.0 ** math.floor(math.log10(rough))
    for factor in (1, 2, 2.5, 5, 10):
        if factor * power >= rough * (1 - 1e-9):
            return float(factor * power)
    return float(10 * power)


def reach(values: Iterable[float], *, least: float, most: float = math.inf) -> float:
    """Where an axis from 0 should end: just beyond the largest known value."""
    known = [value for value in values if math.isfinite(value)]
    return min(max([least, *(1.04 * value for value in known)]), most)


def canvas(
    *,
    title: str,
    plot_height: float,
    left: float,
    right: float = MARGIN,
    top: float = 0,
    bottom: float = 60,
    groups: Sequence[str] = (),
) -> Figure:
    """An empty figure in the house style, high enough for its title, legend and plot.

    ``top`` keeps room between the legend and the plot, such as for headings of columns.
    ``groups`` are the names that the legend will show; without them there is no legend.
    """
    from plotly.graph_objects import Figure, Layout, layout

    lines = wrap(title, WIDTH - 2 * MARGIN, TITLE, bold=True) if title.strip() else []
    titled = len(lines) * TITLE * 1.3
    legend_at = MARGIN + titled + (4 if lines else 0)
    legend_height = 26 * _legend_lines(groups, WIDTH - left - right) + 6 if groups else 0
    above = legend_at + legend_height + top + (0 if groups else 4)
    height = math.ceil(above + plot_height + bottom)
    words = {"family": FONT, "size": TEXT, "color": INK}
    axis = {
        "gridcolor": GRID,
        "zeroline": False,
        "linecolor": SOFT,
        "tickfont": {"size": SMALL},
        "title": {"font": {"size": SMALL}, "standoff": 10},
        "fixedrange": True,
    }
    style = layout.Template(layout={"xaxis": axis, "yaxis": axis, "font": words})
    figure = Figure(
        layout=Layout(
            template=style,
            width=WIDTH,
            height=height,
            margin={"l": left, "r": right, "t": above, "b": bottom, "pad": 0, "autoexpand": False},
            paper_bgcolor=PAPER,
            plot_bgcolor=PAPER,
            showlegend=bool(groups),
            hoverlabel={"font": words, "bgcolor": PAPER, "bordercolor": SOFT, "align": "left"},
            dragmode=False,
            meta={"titled": bool(lines)},
        )
    )
    if lines:
        # plotly's own title runs off the edge where it has two lines or more.
        write(
            figure,
            markup(lines, bold=True),
            x=0,
            y=1,
            xref="paper",
            yref="paper",
            size=TITLE,
            xanchor="left",
            yanchor="top",
            xshift=MARGIN - left,
            yshift=above - MARGIN,
            align="left",
        )
    figure.update_layout(
        legend={
            "orientation": "h",
            "xref": "container",
            "x": (MARGIN - 4) / WIDTH,
            "yref": "container",
            "y": 1 - legend_at / height,
            "yanchor": "top",
            "font": {"size": TEXT},
            "itemsizing": "trace",
            "bgcolor": "rgba(0,0,0,0)",
            "traceorder": "normal",
        }
    )
    return figure


def _legend_lines(groups: Sequence[str], across: float) -> int:
    """How many lines a legend of these names takes beside a plot ``across`` pixels wide.

    plotly sets them in one line where that fits in the plot's width, else in even columns.
    """
    widths = [text_width(group, TEXT) + 52 for group in groups]
    if sum(widths) <= across:
        return 1
    return math.ceil(len(groups) / max(1, int(across // max(widths))))


def say_nothing_to_show(figure: Figure) -> Figure:
    """Write in the middle of an empty plot that there is nothing to show."""
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    return write(figure, "No cases to show", x=0.5, y=0.5, xref="paper", yref="paper", colour=SOFT)


def write(
    figure: Figure,
    text: str,
    *,
    x: float,
    y: float,
    xref: str = "x",
    yref: str = "y",
    colour: str = INK,
    size: float = SMALL,
    **place: Any,
) -> Figure:
    """Set words on a figure without an arrow; ``text`` is markup that is already escaped."""
    return figure.add_annotation(
        text=text,
        x=x,
        y=y,
        xref=xref,
        yref=yref,
        showarrow=False,
        font={"size": size, "color": colour},
        **place,
    )


def name_axis(figure: Figure, name: str, *, left: float) -> Figure:
    """Write the name of the vertical axis level and above it, where it is easy to read.

    ``left`` is the figure's left margin; the canvas keeps ``top=28`` free for it.
    """
    place: dict[str, Any] = {
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
    }
    return write(figure, markup([name]), x=0, y=1, xshift=MARGIN - left, yshift=5, **place)
