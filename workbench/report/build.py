"""From a study to its report: analyse, draw, write."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from workbench.cache import forget_unused
from workbench.charts.drawing import SavedDrawing
from workbench.charts.save import save_drawings
from workbench.errors import ExportError
from workbench.files import write_bytes, write_csv
from workbench.privacy.escape import escape_cells
from workbench.progress import SILENT, Progress
from workbench.report.analysis import Analysis, analyse
from workbench.report.blocks import Section
from workbench.report.contact import write_contact_sheet
from workbench.report.documents import (
    REPORT,
    SUMMARY,
    check_length,
    documents_of,
    writers_of,
)
from workbench.report.drawings import draw
from workbench.report.faults import Fault, stop_at
from workbench.report.keeping import keep
from workbench.report.ledger import LEDGER, Ledger, check_strict, write_ledger
from workbench.report.links import figure_numbers
from workbench.report.manifest import keep_only
from workbench.report.numbering import write_key
from workbench.report.packing import pack_bytes
from workbench.report.quoting import choose_quotes
from workbench.report.sensitivity import sensitivity_label
from workbench.report.workbook import make_workbook
from workbench.report.written import write_report
from workbench.study import Study


@dataclass(frozen=True)
class Report:
    """What a run has written: the documents, the figures, and what was not possible.

    ``pdf`` is None where no pictures could be drawn. ``ledger`` lists every value printed and where
    it comes from; ``faults`` what is doubtful in the study's prose. ``problems`` counts the rows
    that were set aside; ``pictures`` says whether a browser was there to draw the static ones.
    ``sections`` are those of the report in their order; ``summary`` is the one-page summary in all
    its forms, empty where the study has none.
    """

    docx: Path
    html: Path
    pdf: Path | None
    ledger: Path
    figures: tuple[SavedDrawing, ...]
    faults: tuple[Fault, ...]
    gaps: tuple[str, ...]
    problems: int
    pictures: bool
    sections: tuple[Section, ...] = ()
    summary: tuple[Path, ...] = ()


def build_report(
    study: Study,
    *,
    out: Path | str,
    progress: Progress = SILENT,
    analysis: Analysis | None = None,
    reference: Path | None = None,
    strict: bool = False,
) -> Report:
    """Analyse ``study`` and write report.docx, .html and .pdf, figures and tables into ``out``.

    Beside them lies the key to the quotes (see ``write_key``), for the author alone. With prose for
    a one-page summary also summary.docx, .html and .pdf (see ``onepage``).
    ``analysis`` spares a second pass where one was made already; ``reference`` is a Word document
    whose styles replace ours; ``strict`` refuses prose with any fault (``check_strict``). The same
    study gives the same bytes. Raises ``WorkbenchError`` for input that cannot be used and for what
    must not be written.
    """
    folder = Path(out).resolve()
    done = analysis or analyse(study, progress=progress)
    if not done.log.redacted:
        raise ExportError("Only redacted cases are exported. Redact the log first.")
    drawings = draw(done)
    written = write_report(done, {d.name: d for d in drawings}, choose_quotes(done))
    faults = (*written.faults, *check_length(written.page, study))
    if strict:
        all_faults = check_strict(faults, study=study, drawings=drawings, refused=done.refused)
        stop_at(all_faults, strict=True)
    saved = save_drawings(drawings, folder, progress=progress)
    progress.begin("Writing the report", 3)
    ledger = Ledger(study.name, written.hashes, written.claims)
    with ThreadPoolExecutor() as pool:
        # Documents are made by programs outside Python, which meanwhile writes the tables.
        begun = {
            name: pool.submit(write)
            for document in documents_of(study, written)
            for name, write in writers_of(document, saved, folder, reference=reference).items()
        }
        data = [*_write_tables(done, folder), write_ledger(folder / LEDGER, ledger)]
        sheet = folder / "figures.html"
        numbers = figure_numbers(written.sections)
        data.append(write_contact_sheet(saved, sheet, title=study.title, numbers=numbers))
        progress.advance()
        made = {name: one.result() for name, one in begun.items()}
    progress.advance()
    pictures = [path for s in saved for path in (s.html, s.csv, s.svg, s.png) if path]
    keep_only(folder, [*made.values(), *pictures, *data])
    write_key(written.quoted, folder)
    forget_unused()
    progress.advance()
    return Report(
        docx=made[f"{REPORT}.docx"],
        html=made[f"{REPORT}.html"],
        pdf=made.get(f"{REPORT}.pdf"),
        ledger=folder / LEDGER,
        figures=tuple(saved),
        faults=faults,
        gaps=done.gaps,
        problems=len(done.log.problems),
        pictures=any(s.png for s in saved),
        sections=written.sections,
        summary=tuple(path for path in made.values() if path.stem == SUMMARY),
    )


def _write_tables(analysis: Analysis, folder: Path) -> list[Path]:
    """Every table behind the report as CSV, the rows set aside, and what may leave and why."""
    tables = [
        write_csv(folder / "tables" / f"{name.replace('/', '-')}.csv", escape_cells(frame))
        for name, frame in analysis.tables.items()
    ]
    return [
        *tables,
        write_csv(folder / "problems.csv", escape_cells(analysis.log.problems)),
        write_csv(folder / "disclosure.csv", escape_cells(analysis.release)),
        write_bytes(folder / "tables.xlsx", _workbook(analysis, tables)),
    ]


def _workbook(analysis: Analysis, files: Sequence[Path]) -> bytes:
    """All tables as one workbook, or the one that an earlier run made of the same tables.

    ``files`` are the tables as CSV, by which the same are known: a workbook takes seconds.
    """
    study, tables = analysis.study, analysis.tables
    title, label = study.title, sensitivity_label(study)
    kinds = {name: [*map(str, frame.dtypes)] for name, frame in tables.items()}
    told = json.dumps([title, label, kinds, version("xlsxwriter")]).encode()
    kept = keep(
        "workbook",
        lambda: {"bytes": pack_bytes(make_workbook(tables, title=title, label=label))},
        code=("report/workbook.py", "privacy/escape.py", "files.py"),
        content=[told, *(file.read_bytes() for file in files)],
    )
    return kept["bytes"].tobytes()
