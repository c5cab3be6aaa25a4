"""From a study to its report: analyse, draw, write."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from workbench.cache import forget_unused
from workbench.charts.drawing import SavedDrawing
from workbench.charts.save import save_drawings
from workbench.errors import ExportError
from workbench.files import write_csv
from workbench.progress import SILENT, Progress
from workbench.report.analysis import Analysis, analyse
from workbench.report.drawings import draw
from workbench.report.manifest import keep_only
from workbench.report.markdown import to_markdown
from workbench.report.quoting import choose_quotes
from workbench.report.render import render_docx, render_html
from workbench.report.sections import write_sections
from workbench.study import Study

SYNTHETIC = (
    "Demonstration on synthetic data: every case, name and quotation was invented. "
    "Quotations were released automatically for that reason alone."
)


@dataclass(frozen=True)
class Report:
    """What a run has written: the documents, the figures, and what was not possible.

    ``problems`` counts the rows that were set aside; ``pictures`` says whether a browser was
    there to draw the static ones.
    """

    docx: Path
    html: Path
    figures: tuple[SavedDrawing, ...]
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
) -> Report:
    """Analyse ``study`` and write report.docx, report.html, figures and tables into ``out``.

    ``analysis`` spares a second pass where one was made already; ``reference`` is a Word document
    whose styles replace ours. The same study gives the same bytes. Raises ``WorkbenchError`` for
    input that cannot be used and for what must not be written.
    """
    folder = Path(out).resolve()
    done = analysis or analyse(study, progress=progress)
    if not done.log.redacted:
        raise ExportError("Only redacted cases are exported. Redact the log first.")
    drawings = draw(done)
    saved = save_drawings(drawings, folder, progress=progress)
    progress.begin("Writing the report", 4)
    tables = _write_tables(done, folder)
    progress.advance()
    sections = write_sections(done, {d.name: d for d in drawings}, choose_quotes(done))
    progress.advance()
    banner = SYNTHETIC if study.synthetic else ""
    png = {s.drawing.name: s.png for s in saved if s.png}
    svg = {s.drawing.name: s.svg for s in saved if s.svg}
    write = partial(
        to_markdown, sections, title=study.title, subtitle=study.organisation, banner=banner
    )
    for_word = write(contents=True, pictures=png)
    docx = render_docx(for_word, folder / "report.docx", reference=reference, footer=banner)
    progress.advance()
    for_screen = write(pictures=svg)
    html = render_html(for_screen, folder / "report.html", footer=banner)
    pictures = [path for s in saved for path in (s.html, s.csv, s.svg, s.png) if path]
    keep_only(folder, [docx, html, *pictures, *tables])
    forget_unused()
    progress.advance()
    return Report(
        docx=docx,
        html=html,
        figures=tuple(saved),
        gaps=done.gaps,
        problems=len(done.log.problems),
        pictures=bool(png),
    )


def _write_tables(analysis: Analysis, folder: Path) -> list[Path]:
    """Every table behind the report as CSV, and the rows that were set aside."""
    return [
        *(
            write_csv(folder / "tables" / f"{name.replace('/', '-')}.csv", frame)
            for name, frame in analysis.tables.items()
        ),
        write_csv(folder / "problems.csv", analysis.log.problems),
    ]
