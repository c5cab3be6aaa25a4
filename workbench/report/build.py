"""From a study to its report: analyse, draw, write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from workbench.cache import forget_unused
from workbench.charts.drawing import SavedDrawing
from workbench.charts.save import save_drawings
from workbench.errors import ExportError
from workbench.files import write_csv
from workbench.privacy.escape import escape_cells
from workbench.privacy.sensitivity import sensitivity_label
from workbench.progress import SILENT, Progress
from workbench.report.analysis import Analysis, analyse
from workbench.report.blocks import Section
from workbench.report.claims import VALUE, claims_table
from workbench.report.contact import write_contact_sheet
from workbench.report.drawings import draw
from workbench.report.faults import Fault, stop_at
from workbench.report.ledger import LEDGER, Ledger, check_strict, write_ledger
from workbench.report.links import figure_numbers
from workbench.report.manifest import keep_only
from workbench.report.markdown import to_markdown
from workbench.report.pdf import render_pdf
from workbench.report.quoting import choose_quotes
from workbench.report.render import render_docx, render_html
from workbench.report.workbook import write_workbook
from workbench.report.written import Written, write_report
from workbench.study import Study

SYNTHETIC = (
    "Demonstration on synthetic data: every case, name and quotation was invented. "
    "Quotations were released automatically for that reason alone."
)


@dataclass(frozen=True)
class Report:
    """What a run has written: the documents, the figures, and what was not possible.

    ``pdf`` is None where no pictures could be drawn. ``ledger`` lists every value printed and where
    it comes from; ``faults`` what is doubtful in the study's prose. ``problems`` counts the rows
    that were set aside; ``pictures`` says whether a browser was there to draw the static ones.
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
    if strict:
        stop_at(check_strict(written.faults, study=study, drawings=drawings), strict=True)
    saved = save_drawings(drawings, folder, progress=progress)
    progress.begin("Writing the report", 3)
    ledger = Ledger(study.name, written.hashes, written.claims)
    with ThreadPoolExecutor() as pool:
        # Documents are made by programs outside Python, which meanwhile writes the tables.
        work = _documents(study, _with_claims(written), saved, folder, reference)
        begun = {ending: pool.submit(make) for ending, make in work.items()}
        data = [*_write_tables(done, folder), write_ledger(folder / LEDGER, ledger)]
        sheet = folder / "figures.html"
        numbers = figure_numbers(written.sections)
        data.append(write_contact_sheet(saved, sheet, title=study.title, numbers=numbers))
        progress.advance()
        documents = {ending: made.result() for ending, made in begun.items()}
    progress.advance()
    pictures = [path for s in saved for path in (s.html, s.csv, s.svg, s.png) if path]
    keep_only(folder, [*documents.values(), *pictures, *data])
    forget_unused()
    progress.advance()
    return Report(
        docx=documents["docx"],
        html=documents["html"],
        pdf=documents.get("pdf"),
        ledger=folder / LEDGER,
        figures=tuple(saved),
        faults=written.faults,
        gaps=done.gaps,
        problems=len(done.log.problems),
        pictures=any(s.png for s in saved),
    )


def _with_claims(written: Written) -> tuple[Section, ...]:
    """The sections, and at their end where each value in the prose comes from."""
    if not any(claim.kind == VALUE for claim in written.claims):
        return written.sections
    table = claims_table(written.claims)
    return (*written.sections, Section("Where the values come from", 2, (table,), id="claims"))


def _documents(
    study: Study,
    sections: Sequence[Section],
    saved: Sequence[SavedDrawing],
    folder: Path,
    reference: Path | None,
) -> dict[str, Callable[[], Path]]:
    """What writes the report in each of its forms, by the ending of its file."""
    banner = SYNTHETIC if study.synthetic else ""
    png = {s.drawing.name: s.png for s in saved if s.png}
    svg = {s.drawing.name: s.svg for s in saved if s.svg}
    write = partial(
        to_markdown, sections, title=study.title, subtitle=study.organisation, banner=banner
    )
    for_word, for_screen = write(contents=True, pictures=png), write(pictures=svg)
    named = folder / "report.docx"
    work: dict[str, Callable[[], Path]] = {
        "docx": partial(render_docx, for_word, named, reference=reference, footer=banner),
        "html": partial(render_html, for_screen, named.with_suffix(".html"), footer=banner),
    }
    if len(svg) == len(saved):
        work["pdf"] = partial(render_pdf, for_screen, named.with_suffix(".pdf"), footer=banner)
    return work


def _write_tables(analysis: Analysis, folder: Path) -> list[Path]:
    """Every table behind the report as CSV, the rows set aside, and what may leave and why."""
    return [
        *(
            write_csv(folder / "tables" / f"{name.replace('/', '-')}.csv", escape_cells(frame))
            for name, frame in analysis.tables.items()
        ),
        write_csv(folder / "problems.csv", escape_cells(analysis.log.problems)),
        write_csv(folder / "disclosure.csv", escape_cells(analysis.release)),
        write_workbook(
            analysis.tables,
            folder / "tables.xlsx",
            title=analysis.study.title,
            label=sensitivity_label(analysis.study),
        ),
    ]
