"""The payloads through every renderer and export, and what came of them: a row a renderer."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from benchmarks.safe import surfaces
from benchmarks.safe.exports import texts_of
from benchmarks.safe.faults import csv_faults, docx_faults, pdf_faults, svg_faults, xlsx_faults
from benchmarks.safe.payloads import numbers_in, read_payloads
from benchmarks.safe.poisoned import write_poisoned
from benchmarks.safe.trap import Caught, Trap
from workbench.charts.save import SCRIPT
from workbench.report.build import build_report
from workbench.report.redacted import write_redacted

COLUMNS = ("renderer", "files", "payloads", "executions", "live formulas", "outside", "markup")

POINTS = 40
"""So many points of a trace are hovered over."""


@dataclass(frozen=True)
class Result:
    """What one renderer let through; ``payloads`` counts those that reached it."""

    renderer: str
    files: int
    payloads: int
    executions: int = 0
    formulas: int = 0
    outside: int = 0
    markup: int = 0

    def row(self) -> tuple[str, int, int, int, int, int, int]:
        """The result as a row under ``COLUMNS``."""
        return (
            self.renderer,
            self.files,
            self.payloads,
            self.executions,
            self.formulas,
            self.outside,
            self.markup,
        )

    @property
    def safe(self) -> bool:
        """Whether nothing came through as anything but text."""
        return not (self.executions or self.formulas or self.outside or self.markup)


def unescaped(trap: Trap) -> Iterator[Result]:
    """For contrast: what the same payloads do where nothing is escaped."""
    import xlsxwriter

    caught = [trap.set_as_html([p.text], scripts=True) for p in read_payloads()]
    ran, asked = (sum(bool(getattr(one, name)) for one in caught) for name in ("ran", "asked"))
    marked = sum(bool(one.faults) for one in caught)
    yield Result("contrast: a page without escape", 1, len(caught), ran, 0, asked, marked)
    with tempfile.TemporaryDirectory() as folder:
        book = xlsxwriter.Workbook(f"{folder}/plain.xlsx")
        book.add_worksheet().write_column(0, 0, [p.text[:32_000] for p in read_payloads()])
        book.close()
        live = len(list(xlsx_faults(Path(folder) / "plain.xlsx")))
        frame = pd.DataFrame({"text": [p.text for p in read_payloads()]})
        frame.to_csv(f"{folder}/plain.csv", index=False)
        cells = len(list(csv_faults(Path(folder) / "plain.csv")))
    yield Result("contrast: xlsxwriter as it comes", 1, len(caught), 0, live)
    yield Result("contrast: to_csv as it comes", 1, len(caught), 0, cells)


def documents(trap: Trap, folder: Path) -> Iterator[Result]:
    """Documents and sheets in which every block and cell is a payload."""
    docx, html, pdf = surfaces.write_report(folder)
    yield of_pages("report.html, every kind of block", trap, [html])
    yield of_files("report.docx, every kind of block", [docx])
    yield of_files("report.pdf, every kind of block", [pdf])
    yield of_files("concern sheet, docx", [surfaces.write_concern(folder)])
    written = surfaces.write_labels(folder)
    for suffix in (".xlsx", ".csv"):
        own = [path for path in written if path.suffix == suffix]
        yield of_files(f"label sheets, lists and samples, {suffix[1:]}", own)
    yield of_files("all tables in one workbook, xlsx", [surfaces.write_spreadsheet(folder)])


def notebooks(trap: Trap, folder: Path) -> Iterator[Result]:
    """What notebooks show, set as JupyterLab sets it, and as a page that they are exported to."""
    from plotly.offline import get_plotlyjs

    for screen in surfaces.screens():
        caught = [trap.set_as_html(screen.markup, scripts=own) for own in (False, True)]
        yield _of_caught(screen.name, caught, texts=screen.markup)
    script = folder / SCRIPT
    script.write_text(get_plotlyjs(), encoding="utf-8")
    figure = surfaces.explorer_map()
    caught_map = trap.draw(figure, script, hover=len(read_payloads()))
    yield _of_caught("widgets: the explorer's map", [caught_map], texts=[str(figure)])


def report(trap: Trap, folder: Path, *, browser: bool = True) -> Iterator[Result]:
    """A whole report of the study that is made of payloads, file by file."""
    out = folder / "out"
    with _cache_in(folder / "cache"), _browser(browser):
        study = write_poisoned(folder / "study")
        build_report(study, out=out)
        redacted = write_redacted(study, folder / "redacted").files
    pages = sorted(out.glob("*.html"))
    figures = [path for path in pages if path.name != "report.html"]
    yield of_pages("whole report: report.html", trap, [out / "report.html"])
    yield of_pages("whole report: figures as HTML, hovered", trap, figures, hover=POINTS)
    pictures = sorted(out.glob("*.svg"))
    if pictures:
        yield of_pages("whole report: figures as SVG", trap, pictures)
        yield of_files("whole report: figures as PNG", sorted(out.glob("*.png")))
    kinds = {"figures' data, csv": out.glob("*.csv"), "tables, csv": out.glob("tables/*.csv")}
    kinds |= {f"report{path.suffix}": [path] for path in out.glob("report.*")}
    kinds |= {
        "redacted cases, csv": redacted,
        "workbook": out.rglob("*.xlsx"),
        "other files": out.glob("*.json"),
    }
    kinds.pop("report.html")
    for name, paths in kinds.items():
        own = sorted(paths)
        if own:
            yield of_files(f"whole report: {name}", own)


def of_pages(name: str, trap: Trap, paths: Iterable[Path], *, hover: int = 0) -> Result:
    """Pages or pictures that are opened in the browser."""
    listed = list(paths)
    caught = [trap.look_at(path, hover=hover) for path in listed]
    for path, one in zip(listed, caught, strict=True):
        if path.suffix == ".svg":
            one.faults += list(svg_faults(path))
    return _of_caught(name, caught, texts=[text for path in listed for text in texts_of(path)])


def of_files(name: str, paths: Iterable[Path]) -> Result:
    """Files that are looked through: documents, sheets, data, pictures."""
    listed = list(paths)
    found = [fault for path in listed for fault in _CHECKS.get(path.suffix, _no_faults)(path)]
    outside = sum("outside" in fault for fault in found)
    reached = _numbers(text for path in listed for text in texts_of(path))
    formulas = len(found) - outside
    return Result(name, len(listed), len(reached), 0, formulas, outside)


def _of_caught(name: str, caught: list[Caught], *, texts: Iterable[str]) -> Result:
    ran, asked, faults = (
        sum(len(getattr(one, kind)) for one in caught) for kind in ("ran", "asked", "faults")
    )
    return Result(name, len(caught), len(_numbers(texts)), ran, 0, asked, faults)


def _numbers(texts: Iterable[str]) -> set[int]:
    """Which payloads stand in ``texts``, of those that can be told apart by a number."""
    import html

    return {n for text in texts for n in numbers_in(html.unescape(text).replace("\\", ""))}


def _no_faults(_: Path) -> Iterator[str]:
    return iter(())


_CHECKS: dict[str, Callable[[Path], Iterator[str]]] = {
    ".docx": docx_faults,
    ".xlsx": xlsx_faults,
    ".csv": csv_faults,
    ".svg": svg_faults,
    ".pdf": pdf_faults,
}


@contextmanager
def _cache_in(folder: Path) -> Iterator[None]:
    before = os.environ.get("WORKBENCH_CACHE")
    os.environ["WORKBENCH_CACHE"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["WORKBENCH_CACHE"]
        else:
            os.environ["WORKBENCH_CACHE"] = before


@contextmanager
def _browser(wanted: bool) -> Iterator[None]:
    """Whether figures are drawn as pictures too."""
    from workbench.charts import save

    found = save.find_browser
    if not wanted:
        save.find_browser = lambda: None
    try:
        yield
    finally:
        save.find_browser = found
