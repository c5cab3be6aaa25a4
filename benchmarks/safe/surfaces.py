"""Every place where the workbench shows or writes what others wrote, filled with the payloads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.safe.payloads import Payload, read_payloads
from workbench.cases.log import CaseLog, FieldInfo
from workbench.charts.drawing import Drawing
from workbench.coding import write_sample, write_sheets
from workbench.explore import show
from workbench.explore.context import show_context
from workbench.explore.highlight import highlight
from workbench.explore.panel import listing
from workbench.explore.printed import findings, verdicts
from workbench.explore.reading import concern
from workbench.explore.themes import CONFIG, ThemeExplorer
from workbench.files import write_bytes
from workbench.labelling.sheets import hand_out
from workbench.lenses.risk import ConcernSheet
from workbench.report.blocks import (
    Block,
    Bullets,
    FigureBlock,
    Paragraph,
    Quote,
    Quotes,
    Section,
    TableBlock,
)
from workbench.report.concern import write_concern_sheet
from workbench.report.markdown import to_markdown
from workbench.report.pdf import render_pdf
from workbench.report.render import render_docx, render_html
from workbench.report.workbook import make_workbook
from workbench.study.parts import Contact
from workbench.themes.found import Themes

_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9"/></svg>'
_TONES = ("concern", "urgency")
_SHORT = 1_000  # letters


@dataclass(frozen=True)
class Screen:
    """What a notebook shows: its name, and the HTML that it hands to JupyterLab."""

    name: str
    markup: tuple[str, ...]


def write_report(folder: Path) -> tuple[Path, Path, Path]:
    """report.docx, .html and .pdf in which every block of every kind holds a payload.

    The PDF goes without the longest: pandoc takes seconds for each of its words for typst.
    """
    picture = write_bytes(folder / "picture.svg", _SVG)
    texts = [p.text for p in read_payloads()]
    footer = texts[0] + texts[12]
    every, short = (
        to_markdown(
            [_section(p) for p in read_payloads() if len(p.text) < most],
            title=" ".join(texts[:5]),
            subtitle=" ".join(texts[5:10]),
            banner=" ".join(texts[10:15]),
            contents=True,
            pictures={f"drawing-{p.number}": picture for p in read_payloads()},
        )
        for most in (10**6, _SHORT)
    )
    return (
        render_docx(every, folder / "report.docx", footer=footer),
        render_html(every, folder / "report.html", footer=footer),
        render_pdf(short, folder / "report.pdf", footer=footer),
    )


def write_concern(folder: Path) -> Path:
    """A concern sheet of payloads."""
    return write_concern_sheet(_concern_sheet(), folder / "concern.docx")


def write_labels(folder: Path) -> list[Path]:
    """Label sheets, the list to talk over and the sample, all of payloads."""
    units = _units()
    guide = pd.DataFrame({p.text: [p.text] for p in read_payloads()[:40]})
    sheets = write_sheets(units, folder, coders=["AB"], dimensions=_TONES, guide=guide)
    talk_over = units.assign(
        dimension="concern", coder=units["text"], value=1, note=units["text"]
    ).drop(columns="text")
    more = hand_out(talk_over, units, folder, arbiter="agreed")
    return [*sheets, *more, write_sample(units, folder / "sample.csv")]


def write_spreadsheet(folder: Path) -> Path:
    """A workbook whose tables' names, notes, headings and cells are payloads."""
    texts = [p.text for p in read_payloads()]
    tables = {text: pd.DataFrame({"label": [text], text: [0.5], "note": [text]}) for text in texts}
    tables["all"] = pd.DataFrame({"label": texts, "n": range(len(texts)), "note": texts[::-1]})
    notes = dict(zip(texts, texts[::-1], strict=True))
    made = make_workbook(tables, title=texts[0], notes=notes)
    return write_bytes(folder / "tables.xlsx", made)


def screens() -> Iterator[Screen]:
    """Every kind of thing that a notebook shows, of payloads."""
    texts = [p.text for p in read_payloads()]
    frame = pd.DataFrame({text: [text] for text in texts})
    block = TableBlock(texts[0], frame.iloc[:, :20], note=" ".join(texts))
    log = _log()
    cells = pd.DataFrame(
        {"report": texts, "label": texts[::-1], "verdict": texts, "reason": texts[::-1]}
    )
    found = pd.DataFrame(dict.fromkeys(("severity", "rule", "report", "table", "label"), texts))
    contacts = _Named(contacts=[Contact(name=text, details=text) for text in texts])
    yield Screen(
        "show: tables",
        tuple(
            shown.markup
            for shown in (
                show.table(frame, title=texts[1], note=texts[2]),
                show.table(block),
                show.in_columns(texts[3], {text: [text] for text in texts}),
                show.listed(texts, none=texts[4]),
                show.listed([], none=texts[5]),
                show.contacts(contacts),  # type: ignore[arg-type]
                show.overview(log),
                show.fields_recorded(log),
                show.problems(log),
                show.shares_of(log, "kind"),
                show.shares_of(log, "kind", by="role"),
            )
        ),
    )
    yield Screen(
        "show: printed figures",
        (
            verdicts(cells, most=len(cells)).markup,
            findings(found.assign(finding=texts)).markup,
        ),
    )
    themes = _themes(log)
    yield Screen("widgets: quotes", tuple(_values(show.quotes(themes, *_sentences(log)).widget)))
    yield Screen(
        "widgets: word in context", tuple(_values(show_context(_contexts(), most=1_000).widget))
    )
    marked = highlight(" I am very worried! ".join(text for text in texts if len(text) < _SHORT))
    yield Screen("widgets: highlight", tuple(_values(marked.widget)))
    yield Screen("widgets: concern sheet", tuple(_values(concern(_concern_sheet()).widget)))
    explorer = ThemeExplorer(log, themes, _places(len(texts)), fields=("kind", "role"))
    yield Screen("widgets: explorer", (*_values(explorer.view), *_everything_read(explorer)))


def explorer_map() -> dict[str, Any]:
    """The map of the explorer as JupyterLab draws it."""
    log = _log()
    explorer = ThemeExplorer(log, _themes(log), _places(len(log.cases)), fields=("kind",))
    figure = explorer.map.to_plotly_json()
    return {"data": figure["data"], "layout": figure["layout"], "config": CONFIG}


def _section(payload: Payload) -> Section:
    text = payload.text
    table = TableBlock(text, pd.DataFrame({text: [text], "n": ["1"]}), ("n",), note=text)
    drawing = Drawing(
        name=f"drawing-{payload.number}",
        figure=None,  # type: ignore[arg-type]
        data=pd.DataFrame(),
        title=text,
        alt=f"Alt {text}",
        note=text,
    )
    quotes = Quotes((Quote(text, text, True, ""), Quote("C2", "", False, text)))
    blocks: list[Block] = [
        Paragraph(text),
        Paragraph(text, style="note"),
        Paragraph(text, style="key"),
        Bullets((text, text)),
        table,
        FigureBlock(drawing),
        quotes,
    ]
    return Section(text, 1 + (payload.number - 1) % 3, tuple(blocks))


def _concern_sheet() -> ConcernSheet:
    texts = tuple(p.text for p in read_payloads())
    pairs = tuple(zip(texts, texts, strict=True))
    return ConcernSheet(texts[0], pairs, texts, pairs, texts, texts, texts, pairs)


def _units() -> pd.DataFrame:
    texts = [p.text for p in read_payloads()]
    return pd.DataFrame(
        {
            "text_id": [f"{text} {number}" for number, text in enumerate(texts)],
            "sentence": 0,
            "text": texts,
            "stratum": texts,
            "inclusion": 0.5,
        }
    )


def _log() -> CaseLog:
    """Cases whose every word is a payload."""
    from tests.logs import make_log

    rows: list[dict[str, object]] = [
        {
            "case_id": f"{p.text} {p.number}",
            "text": p.text,
            "subject": p.text,
            "kind": p.text,
            "role": read_payloads()[p.number % 3].text,
            "date": pd.Timestamp("2022-10-05") + pd.Timedelta(days=p.number),
            "period": read_payloads()[12 + p.number % 2].text,
            "source": p.text,
        }
        for p in read_payloads()
    ]
    names = {name: FieldInfo(name, read_payloads()[15].text) for name in ("kind", "role")}
    log = make_log(rows, names)
    texts = [p.text for p in read_payloads()]
    problems = pd.DataFrame(dict.fromkeys(log.problems.columns, texts)).assign(row=1)
    return replace(log, redacted=True, problems=problems)


def _themes(log: CaseLog) -> Themes:
    """Main themes and sub-themes that are called as the payloads are."""
    texts = [p.text for p in read_payloads()]
    half = len(texts) // 2
    frame = pd.DataFrame(
        {
            "theme": range(len(texts)),
            "parent": [-1] * half + list(range(half)),
            "level": [0] * half + [1] * half,
            "label": texts,
        }
    )
    own = [half + number % half for number in range(len(log.cases))]
    assignments = pd.DataFrame(
        {"text_id": list(log.cases["case_id"]), "theme": own, "state": "core", "strength": 0.5}
    )
    levels = frame.loc[frame["level"] == 1, ["theme", "parent"]].reset_index(drop=True)
    members = assignments[["theme"]].to_numpy(dtype=np.int32).T
    return Themes(assignments, frame, levels, np.eye(len(texts), dtype=np.float32), members)


def _places(n: int) -> np.ndarray:
    return np.column_stack([np.arange(n) % 20, np.arange(n) // 20]).astype(np.float32)


def _sentences(log: CaseLog) -> tuple[pd.Series, pd.DataFrame]:
    texts = log.cases.set_index("case_id")["text"]
    places = pd.DataFrame({"text_id": list(texts.index), "start": 0})
    ends = [len(text) for text in texts]
    return texts, places.assign(end=ends, theme=[n % 100 for n in range(len(texts))])


def _contexts() -> pd.DataFrame:
    texts = [p.text for p in read_payloads()]
    return pd.DataFrame(dict.fromkeys(("left", "match", "right", "text_id"), texts))


def _everything_read(explorer: ThemeExplorer) -> list[str]:
    """The reading panel with every case in it, and with words of theirs marked."""
    every = explorer.points
    return [
        listing(every, words=words, most=len(every)) for words in ("", "script img", "<script> =1")
    ]


def _values(widget: Any) -> list[str]:
    """The HTML of a widget and of those in it; options are put in as text by ipywidgets."""
    inner = [value for child in getattr(widget, "children", ()) for value in _values(child)]
    is_html = type(widget).__name__ in ("HTML", "HTMLMath")
    return [str(widget.value), *inner] if is_html else inner


class _Named:
    """Something with the attributes given."""

    def __init__(self, **given: Sequence[Any]) -> None:
        self.__dict__.update(given)
