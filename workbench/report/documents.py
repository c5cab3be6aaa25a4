"""The report and its one-page summary, each as Word, as a page for the browser and as PDF."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from workbench.charts.drawing import Drawing, SavedDrawing
from workbench.charts.style import WIDTH
from workbench.files import write_text
from workbench.report.blocks import FigureBlock, Section
from workbench.report.claims import VALUE, claims_table
from workbench.report.faults import Fault
from workbench.report.markdown import to_markdown
from workbench.report.onepage import ONE_PAGE, OnePage
from workbench.report.pdf import count_pages, render_pdf
from workbench.report.render import render_docx, render_html
from workbench.report.written import Written
from workbench.study import Study

REPORT, SUMMARY = "report", "summary"
"""The stems of the files."""

SYNTHETIC = (
    "Demonstration on synthetic data: every case, name and quotation was invented. "
    "Quotations were released automatically for that reason alone."
)
_HEIGHT = 450  # of a figure that says none, in pixels: as plotly draws it


@dataclass(frozen=True)
class Document:
    """What is rendered under one title; with ``contents`` it has a list of them, and parts.

    ``banner`` stands under the title, and with contents at the foot of each page (on the one page
    of a summary it would be said twice); ``titles`` are those of the study's fields, by name.
    """

    stem: str
    title: str
    subtitle: str
    banner: str
    sections: tuple[Section, ...]
    contents: bool = True
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def footer(self) -> str:
        """What stands at the foot of each page."""
        return self.banner if self.contents else ""

    def markdown(
        self, pictures: dict[str, Path], *, contents: bool = False, hover: bool = False
    ) -> str:
        """The document as Markdown that shows ``pictures`` by the names of their drawings.

        With ``hover`` each figure in a table says where it comes from.
        """
        return to_markdown(
            self.sections,
            title=self.title,
            subtitle=self.subtitle,
            banner=self.banner,
            contents=contents,
            pictures=pictures,
            titles=self.titles if hover else None,
        )

    @property
    def drawings(self) -> tuple[Drawing, ...]:
        """The drawings that it shows."""
        blocks = (block for section in self.sections for block in section.blocks)
        return tuple(block.drawing for block in blocks if isinstance(block, FigureBlock))


def documents_of(study: Study, written: Written) -> tuple[Document, ...]:
    """The report, and its one-page summary where the study has prose for one."""
    report = Document(
        REPORT,
        study.title,
        study.organisation,
        _banner(study),
        _with_claims(written),
        titles=written.titles,
    )
    page = written.page
    if page is None:
        return (report,)
    return report, replace(_summary(page, study), titles=written.titles)


def _summary(page: OnePage, study: Study) -> Document:
    return Document(
        SUMMARY, page.title, study.organisation, _banner(study), page.sections, contents=False
    )


def _banner(study: Study) -> str:
    return SYNTHETIC if study.synthetic else ""


def _with_claims(written: Written) -> tuple[Section, ...]:
    """The sections, and at their end where each value in their prose comes from."""
    claims = [claim for claim in written.claims if claim.section != ONE_PAGE]
    if not any(claim.kind == VALUE for claim in claims):
        return written.sections
    table = claims_table(claims)
    return (*written.sections, Section("Where the values come from", 2, (table,), id="claims"))


def check_length(page: OnePage | None, study: Study) -> list[Fault]:
    """A fault where the one-page summary comes out at more than one page of PDF.

    It is set with blank pictures of the figures' sizes, so that it can be told before any is drawn.
    """
    if page is None:
        return []
    document = _summary(page, study)
    with tempfile.TemporaryDirectory() as folder:
        pictures = {one.name: _blank(one, Path(folder)) for one in document.drawings}
        markdown = document.markdown(pictures)
        pages = count_pages(markdown, Path(folder), footer=document.footer, contents=False)
    if pages == 1:
        return []
    message = (
        f"it comes out at {pages} pages of PDF, and is to be one. Take out words, or the figure."
    )
    return [Fault("length", page.name, 0, 0, message)]


def _blank(drawing: Drawing, folder: Path) -> Path:
    """A picture of the drawing's size with nothing in it."""
    layout = drawing.figure.layout
    size = f'width="{layout.width or WIDTH}" height="{layout.height or _HEIGHT}"'
    blank = f'<svg xmlns="http://www.w3.org/2000/svg" {size}></svg>'
    return write_text(folder / f"{drawing.name}.svg", blank)


def writers_of(
    document: Document, saved: Iterable[SavedDrawing], folder: Path, *, reference: Path | None
) -> dict[str, Callable[[], Path]]:
    """What writes the document in each of its forms into ``folder``, by the name of the file.

    There is no PDF of one whose figures have no pictures.
    """
    pictures: Sequence[SavedDrawing] = list(saved)
    png = {one.drawing.name: one.png for one in pictures if one.png}
    svg = {one.drawing.name: one.svg for one in pictures if one.svg}
    for_word = document.markdown(png, contents=document.contents)
    for_print = document.markdown(svg)
    for_screen = document.markdown(svg, hover=True)
    word, page, pdf = (folder / f"{document.stem}.{form}" for form in ("docx", "html", "pdf"))
    banner, contents = document.footer, document.contents
    work: dict[str, Callable[[], Path]] = {
        word.name: partial(
            render_docx, for_word, word, reference=reference, footer=banner, contents=contents
        ),
        page.name: partial(render_html, for_screen, page, footer=banner, contents=contents),
    }
    if all(drawing.name in svg for drawing in document.drawings):
        work[pdf.name] = partial(render_pdf, for_print, pdf, footer=banner, contents=contents)
    return work
