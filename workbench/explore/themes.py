"""The theme explorer: a map of enquiries to point at, filter and read beside, in JupyterLab."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from workbench.charts.labels import plain
from workbench.charts.style import FONT, GRID, PAPER, SOFT, SYMBOLS, look
from workbench.explore import panel
from workbench.explore.points import UNPLACED, Filters, labels_of, make_points, passing
from workbench.explore.show import OFFLINE
from workbench.themes.found import NO_THEME

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from workbench.cases.log import CaseLog
    from workbench.themes.found import Themes

MAP_WIDTH, MAP_HEIGHT = 560, 520
ALL = ""
"""The choice of a drop-down that filters nothing (with None it would show as a blank)."""

CONFIG = {
    **OFFLINE,
    "displayModeBar": True,
    "modeBarButtons": [
        ["lasso2d", "select2d", "pan2d", "zoomIn2d", "zoomOut2d", "resetScale2d", "toImage"]
    ],
}
"""What the drawing library may do: its own choice of buttons has one that sends data away."""

_MARKS = dict(zip(SYMBOLS, "●◆■▲✖", strict=True))
_UNPLACED_SYMBOL, _UNPLACED_MARK = "circle-open", "○"


class ThemeExplorer:
    """A map of the enquiries by likeness, filters and search above it, a reading panel beside it.

    Pointing at a case shows its redacted enquiry in the panel; clicking keeps it there, and
    drawing round a group (lasso or box) lists the enquiries in it. ``selected`` gives their case
    ids and ``selection()`` a frame, so that ``log.only(explorer.selection()["case_id"])`` goes on
    with them. The widget's state is for the screen only and is not meant to be stored.

    ``log`` is redacted; ``themes`` and ``places`` (shape ``(n_cases, 2)``, from ``layout``) are
    of its cases in their order. ``fields`` that the log has become filters. Raises
    ``WorkbenchError`` for a log that is not redacted or does not fit the rest.
    """

    def __init__(
        self,
        log: CaseLog,
        themes: Themes,
        places: np.ndarray,
        *,
        fields: Sequence[str] = ("period", "phase"),
    ) -> None:
        self.fields = tuple(name for name in fields if name == "period" or name in log.fields)
        self.points = make_points(log, themes, places, fields=self.fields)
        self._themes = themes.themes
        self._rows = self._all_rows()
        self._chosen: list[int] = []
        self._build(log)
        self._filter()

    @property
    def selected(self) -> list[str]:
        """The ids of the cases selected on the map, in the log's order."""
        return [str(case_id) for case_id in self.points["case_id"].iloc[self._chosen]]

    def selection(self) -> pd.DataFrame:
        """What is selected, a row a case: case_id, period, date, theme, subtheme; no text."""
        columns = ["case_id", "period", "date", "theme", "subtheme"]
        return self.points[columns].iloc[self._chosen].reset_index(drop=True)

    def clear(self) -> None:
        """Select nothing."""
        self._choose([])

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """The widget for JupyterLab; elsewhere one line of words, never a case's."""
        bundle = self.view._repr_mimebundle_(**options) or {}
        data: dict[str, Any] = dict(bundle[0] if isinstance(bundle, tuple) else bundle)
        data["text/plain"] = repr(self)
        return data

    def __repr__(self) -> str:
        return (
            f"Theme explorer: a map of {len(self.points):,} enquiries. "
            "Run this notebook in JupyterLab to open it."
        )

    def _all_rows(self) -> np.ndarray:
        import numpy as np

        return np.arange(len(self.points))

    def _build(self, log: CaseLog) -> None:
        """Lay out the parts: filters on top, the map and its key, the panel beside them."""
        import ipywidgets as w

        self.filters = {
            name: self._drop_down(log.title_of(name), self._choices(log, name))
            for name in self.fields
        }
        self.theme = self._drop_down("Theme", _theme_choices(self._themes))
        self.search = w.Text(
            placeholder="words in the text, then Enter",
            description="Search",
            continuous_update=False,
            style={"description_width": "initial"},
            layout={"width": "270px"},
        )
        self.search.observe(self._filter, names="value")
        reset = w.Button(description="Show all", layout={"width": "100px"})
        reset.on_click(self._reset)
        self.count = w.HTML()
        self.under_pointer = w.HTML(panel.hint("Point at a case to read its enquiry here."))
        self.listed = w.HTML(panel.listing(self.points.head(0)))
        self._map_box = w.VBox(layout={"width": f"{MAP_WIDTH}px", "max_width": "100%"})
        key = w.HTML(panel.key(_key(self._themes)))
        left = w.VBox(
            [self._map_box, key], layout={"flex": f"0 1 {MAP_WIDTH}px", "margin": "0 16px 0 0"}
        )
        right = w.VBox(
            [self.under_pointer, self.listed],
            layout={
                "flex": "1 1 340px",
                "min_width": "300px",
                "max_height": f"{MAP_HEIGHT + 90}px",
                "overflow": "auto",
            },
        )
        bar = [*self.filters.values(), self.theme, self.search, reset]
        wrap = {"flex_flow": "row wrap", "align_items": "flex-start"}
        self.view = w.VBox(
            [w.HBox(bar, layout=wrap), self.count, w.HBox([left, right], layout=wrap)]
        )

    def _drop_down(self, title: str, choices: list[tuple[str, Any]]) -> Any:
        import ipywidgets as w

        control = w.Dropdown(
            options=[("All", ALL), *choices],
            value=ALL,
            description=title,
            style={"description_width": "initial"},
            layout={"width": "auto", "max_width": "300px"},
        )
        control.observe(self._filter, names="value")
        return control

    def _choices(self, log: CaseLog, name: str) -> list[tuple[str, Any]]:
        present = {label for labels in labels_of(self.points, name) for label in labels}
        return [(label, label) for label in log.order_of(name) if label in present]

    def _reset(self, _: object = None) -> None:
        for control in (*self.filters.values(), self.theme):
            control.value = ALL
        self.search.value = ""
        self.clear()

    def _filter(self, _: object = None) -> None:
        """Show the cases that pass: the map is made anew and put in the old one's place."""
        import numpy as np

        labels = {name: c.value for name, c in self.filters.items() if c.value != ALL}
        theme = None if self.theme.value == ALL else self.theme.value
        wanted = Filters(labels=labels, theme=theme, words=self.search.value)
        self._rows = np.flatnonzero(passing(self.points, wanted))
        old = self._map_box.children
        self.map = self._draw_map()
        self._map_box.children = (self.map,)
        for figure in old:
            figure.close()
        self.count.value = panel.hint(f"{len(self._rows):,} of {len(self.points):,} shown")
        self._choose([])

    def _draw_map(self) -> Any:
        """The map of the rows shown, with all its data from the start, listening to the pointer."""
        from plotly.graph_objects import FigureWidget

        figure = FigureWidget(map_figure(self.points, self._rows))
        figure._config = CONFIG
        cases = figure.data[0]
        cases.on_hover(self._when(self._point_at))
        cases.on_click(self._when(self._choose))
        cases.on_selection(self._when(self._choose, even_none=True))
        cases.on_deselect(self._when(self._choose, even_none=True))
        return figure

    def _when(
        self, act: Callable[[list[int]], None], *, even_none: bool = False
    ) -> Callable[..., None]:
        """A listener of plotly's that calls ``act`` with the rows of ``points`` it is about."""
        rows = self._rows

        def listen(_trace: object, points: Any, *_state: object) -> None:
            found = [int(rows[index]) for index in points.point_inds]
            if found or even_none:
                act(found)

        return listen

    def _point_at(self, rows: list[int]) -> None:
        row = self.points.iloc[rows[0]]
        self.under_pointer.value = panel.reading(
            row, words=self.search.value, colour=colour_of(int(row["main"]))
        )

    def _choose(self, rows: list[int]) -> None:
        self._chosen = sorted(rows)
        chosen = self.points.iloc[self._chosen]
        self.listed.value = panel.listing(
            chosen,
            words=self.search.value,
            colours=[colour_of(int(main)) for main in chosen["main"]],
        )


def map_figure(points: pd.DataFrame, rows: np.ndarray) -> Any:
    """The map of ``rows`` of ``points``: one trace; its labels hold id, period and theme alone.

    The axes are those of all points, so that the map stands still while it is filtered.
    """
    from plotly.graph_objects import Figure, Scatter

    shown = points.iloc[rows]
    about = zip(shown["case_id"], shown["period"], shown["theme"], strict=True)
    mains = [int(main) for main in shown["main"]]
    cases = Scatter(
        x=shown["x"].tolist(),
        y=shown["y"].tolist(),
        mode="markers",
        marker={
            "color": [colour_of(main) for main in mains],
            "symbol": [_symbol_of(main) for main in mains],
            "size": 6,
            "opacity": 0.75,
        },
        text=["<br>".join(map(plain, parts)) for parts in about],
        hovertemplate="%{text}<extra></extra>",
        unselected={"marker": {"opacity": 0.15}},
    )
    axis = {"showticklabels": False, "showgrid": False, "zeroline": False, "mirror": True}
    frame = {**axis, "showline": True, "linecolor": GRID}
    return Figure(
        data=[cases],
        layout={
            "width": MAP_WIDTH - 4,
            "height": MAP_HEIGHT,
            "margin": {"l": 4, "r": 4, "t": 32, "b": 4},
            "paper_bgcolor": PAPER,
            "plot_bgcolor": PAPER,
            "font": {"family": FONT, "size": 13},
            "hoverlabel": {"bgcolor": PAPER, "bordercolor": SOFT, "align": "left"},
            "xaxis": {**frame, "range": _reach(points["x"])},
            "yaxis": {**frame, "range": _reach(points["y"])},
            "dragmode": "lasso",
            "hovermode": "closest",
            "hoverdistance": 12,
            "template": None,
        },
    )


def colour_of(main: int) -> str:
    """The colour of a main theme on the map; unplaced cases are grey."""
    return SOFT if main == NO_THEME else look(main).colour


def _symbol_of(main: int) -> str:
    return _UNPLACED_SYMBOL if main == NO_THEME else look(main).symbol


def _key(themes: pd.DataFrame) -> list[tuple[str, str, str]]:
    main = themes[themes["level"] == 0]
    named = [
        (_MARKS[look(int(theme)).symbol], colour_of(int(theme)), str(label))
        for theme, label in zip(main["theme"], main["label"], strict=True)
    ]
    return [*named, (_UNPLACED_MARK, SOFT, UNPLACED)]


def _theme_choices(themes: pd.DataFrame) -> list[tuple[str, Any]]:
    """Main themes, each followed by its sub-themes, then the unplaced.

    Options of a drop-down need different names, so a name that comes twice gets its number.
    """
    choices: list[tuple[str, Any]] = []
    main = themes[themes["level"] == 0]
    for number, name in zip(main["theme"], main["label"], strict=True):
        choices.append((str(name), int(number)))
        under = themes[themes["parent"] == number]
        choices += [
            (f"\u2003{label}", int(theme))
            for theme, label in zip(under["theme"], under["label"], strict=True)
        ]
    choices.append((UNPLACED, NO_THEME))
    names = [name for name, _ in choices]
    return [
        (name if names.count(name) == 1 else f"{name} ({theme})", theme) for name, theme in choices
    ]


def _reach(values: pd.Series[Any]) -> list[float]:
    low, high = float(values.min()), float(values.max())
    room = 0.04 * (high - low) or 1.0
    return [low - room, high + room]
