"""Tables and sentences as a notebook shows them: plain, escaped, the same on every machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.cases.log import CaseLog
from workbench.charts.page import CONFIG
from workbench.compare.shares import Base, compare_shares, coverage, shares
from workbench.errors import WorkbenchError, suggest
from workbench.privacy.escape import escape
from workbench.report.analysis import base_of
from workbench.report.blocks import TableBlock
from workbench.report.comparison import sentences
from workbench.report.noted import ALL, OWN
from workbench.report.tables import base_note, count, problems_table, shares_table

if TYPE_CHECKING:
    import pandas as pd
    from ipywidgets import Box
    from plotly.graph_objects import Figure

    from workbench.report.build import Report
    from workbench.study import Study
    from workbench.themes.found import Themes

OFFLINE = {**CONFIG, "showSendToCloud": False}
"""How figures are drawn in notebooks: as in saved pages, with nothing that asks the network."""

_CELL = "padding:3px 14px 3px 0;vertical-align:top"
_RULE = "border-bottom:1px solid var(--jp-border-color2,#d9d9d9)"
_QUIET = "color:var(--jp-content-font-color2,#595959);font-size:12px"


@dataclass(frozen=True)
class Shown:
    """Something ready for a notebook's output: ``markup`` is HTML, already escaped."""

    markup: str
    words: str

    def _repr_html_(self) -> str:
        return self.markup

    def __repr__(self) -> str:
        return self.words


@dataclass(frozen=True)
class OnScreen:
    """A widget with case text: of it a notebook stores ``words`` alone."""

    widget: Box
    words: str

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        bundle = self.widget._repr_mimebundle_(**options) or {}
        data: dict[str, Any] = dict(bundle[0] if isinstance(bundle, tuple) else bundle)
        return {**data, "text/plain": self.words}

    def __repr__(self) -> str:
        return self.words


def begin() -> None:
    """Make figures in this notebook light and private: their data alone, drawn by JupyterLab.

    Without it every figure would carry a copy of the drawing library (4 MB), and a button that
    sends the figure's data to its makers.
    """
    import plotly.io

    plotly.io.renderers["plotly_mimetype"].config = OFFLINE
    plotly.io.renderers.default = "plotly_mimetype"


def table(found: TableBlock | pd.DataFrame, *, title: str = "", note: str = "") -> Shown:
    """A frame or a report's table, as printed: words to the left, numbers to the right."""
    import pandas as pd

    if not isinstance(found, TableBlock):
        numeric = [str(name) for name in found if pd.api.types.is_numeric_dtype(found[name])]
        printed = found.rename(columns=str)
        found = TableBlock(title=title, frame=printed, numeric=tuple(numeric), note=note)
    sides = ["right" if name in found.numeric else "left" for name in found.frame]
    head = _row(list(found.frame), sides, tag="th")
    body = [_row(list(row), sides) for row in found.frame.itertuples(index=False)]
    caption = title or found.title
    above = f"<b>{_text(caption)}</b>" if caption else ""
    below = note or found.note
    under = f'<div style="{_QUIET};max-width:760px">{_text(below)}</div>' if below else ""
    markup = (
        f'<div>{above}<table style="border-collapse:collapse;margin:6px 0">'
        f"<thead>{head}</thead><tbody>{''.join(body)}</tbody></table>{under}</div>"
    )
    return Shown(markup, f"Table: {caption or ', '.join(map(str, found.frame))}")


def in_columns(
    title: str, columns: Mapping[str, Sequence[str]], *, note: str = "", words: int = 1
) -> Shown:
    """Columns of printed cells: the first ``words`` to the left, the others to the right."""
    import pandas as pd

    frame = pd.DataFrame(dict(columns))
    return table(TableBlock(title, frame, numeric=tuple(columns)[words:], note=note))


def say_differences(frame: pd.DataFrame) -> Shown:
    """A comparison in sentences, the clearest differences first."""
    said = sentences(frame)
    items = "".join(f"<li>{_text(sentence)}</li>" for sentence in said)
    return Shown(f'<ul style="max-width:760px;line-height:1.5">{items}</ul>', "\n".join(said))


def quotes(themes: Themes, texts: pd.Series, found: pd.DataFrame, *, level: int = 0) -> OnScreen:
    """Sentences of the themes of ``level``, to read on the screen: a widget, which is not stored.

    ``found`` has ``theme``, ``text_id``, ``start``, ``end``, as ``theme_sentences`` gives;
    ``texts`` are the redacted texts by id that the places point into.
    """
    from ipywidgets import HTML, VBox

    parts = []
    for row in themes.themes[themes.themes["level"] == level].itertuples(index=False):
        own = found[found["theme"] == row.theme]
        lines = [
            f"<li>{_text(str(texts[name])[start:end].strip())} "
            f'<span style="{_QUIET}">{_text(str(name))}</span></li>'
            for name, start, end in zip(own["text_id"], own["start"], own["end"], strict=True)
        ]
        parts.append(HTML(f"<b>{_text(row.label)}</b><ul>{''.join(lines)}</ul>"))
    words = f"Sentences of {len(parts)} themes, shown in JupyterLab alone"
    return OnScreen(VBox(parts), words)


def overview(log: CaseLog) -> Shown:
    """Each period with its cases, first and last day, and how many rows were set aside."""
    dates = log.cases.groupby("period")["date"].agg(["size", "min", "max"]).loc[log.periods]
    rows = [
        (str(period), count(row["size"]), f"{row['min']:%d/%m/%Y}", f"{row['max']:%d/%m/%Y}")
        for period, row in dates.iterrows()
    ]
    aside = len(log.problems)
    note = f"{count(aside)} rows could not be used." if aside else "Every row could be used."
    block = _block(["Period", "Cases", "First", "Last"], rows, numeric=("Cases",), note=note)
    return table(block, title="The cases read")


def fields_recorded(log: CaseLog) -> Shown:
    """Each field with its number of labels, and how many cases of each period have it."""
    rows = []
    for name in log.fields:
        known = coverage(log, name, by="period")
        found = [
            f"{count(row.recorded)} of {count(row.cases)}" for row in known.itertuples(index=False)
        ]
        rows.append((log.title_of(name), count(len(log.order_of(name))), *found))
    columns = ["Field", "Labels", *log.periods]
    return table(_block(columns, rows, numeric=columns[1:]), title="What is recorded of each case")


def problems(log: CaseLog) -> Shown:
    """The rows set aside, by reason and with the mend, or the good news that there are none."""
    if log.problems.empty:
        return Shown("<div>No row was set aside.</div>", "No row was set aside.")
    return table(problems_table(log.problems))


def shares_of(
    log: CaseLog, field: str, *, by: str | None = None, groups: Sequence[str] | None = None
) -> Shown:
    """Counts and shares of a field's labels, for all cases or group by group, with their base."""
    base: Base = "all" if base_of(field) == "all" else "recorded"
    frame = (
        shares(log, field, base=base)
        if by is None
        else compare_shares(log, field, by=by, groups=groups, base=base)
    )
    known = coverage(log, field, by=by)
    note = base_note(
        known[known["group"].isin(frame["group"])],
        several=log.fields[field].several,
        of_all=base == "all",
        every=OWN if log.left_out(field) else ALL,
    )
    title = log.title_of(field)
    against = f" by {log.title_of(by).lower()}" if by else ""
    return table(shares_table(frame, title=f"{title}{against}", heading=title, note=note))


def grid(frame: pd.DataFrame) -> pd.DataFrame:
    """A comparison frame as the cells of a heat map: a row a label, a column a group."""
    cells = frame.rename(columns={"label": "row", "group": "column"})
    return cells[["row", "column", "n", "base", "share"]]


def contacts(study: Study) -> Shown:
    """Where to refer someone when a text reads as a person at risk."""
    rows = [(contact.name, contact.details) for contact in study.contacts]
    if not rows:
        return Shown("<div>The study names no contacts.</div>", "The study names no contacts.")
    return table(_block(["Who", "How"], rows), title="Where to refer a person at risk")


def report_files(report: Report) -> Shown:
    """Links to what a run has written, as seen from the folder the notebook runs in."""
    folder = report.html.parent
    rows = [
        ("The report in Word", _link(report.docx)),
        ("The report as a page for the browser", _link(report.html)),
        *([("The report as an accessible PDF", _link(report.pdf))] if report.pdf else []),
        *((f"The one-page summary ({path.suffix[1:]})", _link(path)) for path in report.summary),
        (f"Figures ({len(report.figures)}), each with its data as CSV", _link(folder)),
        ("The tables behind the report, in one workbook", _link(folder / "tables.xlsx")),
        ("Every value printed, and where it comes from", _link(report.ledger)),
    ]
    lines = "".join(
        f'<tr><td style="{_CELL};text-align:left">{_text(what)}</td>'
        f'<td style="{_CELL};text-align:left">{where}</td></tr>'
        for what, where in rows
    )
    return Shown(f"<table>{lines}</table>", f"The report, with figures: {len(report.figures)}")


def figure_named(report: Report, name: str) -> Figure:
    """One of the report's figures by its name; raises ``WorkbenchError`` where it has none such."""
    figures = {saved.drawing.name: saved.drawing.figure for saved in report.figures}
    if name not in figures:
        raise WorkbenchError(f"This report has no figure '{name}'.{suggest(name, list(figures))}")
    return figures[name]


def listed(items: Sequence[str], *, none: str) -> Shown:
    """Sentences one below the other, or ``none`` where there are none."""
    if not items:
        return Shown(f"<div>{_text(none)}</div>", none)
    lines = "".join(f"<li>{_text(item)}</li>" for item in items)
    return Shown(f'<ul style="line-height:1.5">{lines}</ul>', "\n".join(items))


def _link(path: object) -> str:
    import os

    near = os.path.relpath(str(path)).replace(os.sep, "/")
    return f'<a href="{_text(near)}" target="_blank">{_text(near)}</a>'


def _block(
    columns: Sequence[str],
    rows: Sequence[tuple[str, ...]],
    *,
    numeric: Sequence[str] = (),
    note: str = "",
) -> TableBlock:
    import pandas as pd

    frame = pd.DataFrame(rows, columns=pd.Index(columns))
    return TableBlock(title="", frame=frame, numeric=tuple(numeric), note=note)


def _row(values: Sequence[object], sides: Sequence[str], *, tag: str = "td") -> str:
    cells = [
        f'<{tag} style="{_CELL};text-align:{side};{_RULE if tag == "th" else ""}">{_text(value)}'
        f"</{tag}>"
        for value, side in zip(values, sides, strict=True)
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _text(value: object) -> str:
    return escape(str(value))
