"""Drawings written to a folder, each in four formats."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workbench.browser import find_browser, how_to_install
from workbench.charts.drawing import Drawing, SavedDrawing
from workbench.charts.page import page
from workbench.errors import ExportError
from workbench.files import write_bytes, write_csv, write_text
from workbench.privacy.escape import escape_cells
from workbench.progress import SILENT, Progress

SCRIPT = "plotly.min.js"
"""The drawing library that all pages of a folder share."""


def save_drawings(
    drawings: Sequence[Drawing],
    folder: Path | str,
    *,
    browser: bool | None = None,
    progress: Progress = SILENT,
) -> list[SavedDrawing]:
    """Write each drawing as HTML, SVG, PNG and CSV into ``folder``, named by its ``name``.

    SVG and PNG need a browser: ``browser=None`` uses one where there is one and else leaves them
    out, ``True`` insists on one, ``False`` draws none. The same drawings give the same bytes.
    Raises ``ExportError`` where two drawings share a name, a figure cannot be drawn, a file
    cannot be written or a browser is insisted on and missing; then no file is half written.
    """
    target = Path(folder)
    _check_names(drawings)
    program = None if browser is False else find_browser()
    if browser and program is None:
        raise ExportError(f"Pictures of the figures need a browser. {how_to_install()}")
    if not drawings:
        return []
    pictures: list[tuple[bytes, bytes] | None] = [None] * len(drawings)
    if program is not None:
        from workbench.charts.render import render

        progress.begin("Drawing figures", len(drawings))
        pictures = list(render(drawings, program, progress=progress))
    progress.begin("Writing figures", len(drawings))
    _write_script(target)
    saved = []
    for drawing, picture in zip(drawings, pictures, strict=True):
        saved.append(_save(drawing, picture, target))
        progress.advance()
    return saved


def _check_names(drawings: Sequence[Drawing]) -> None:
    names = [drawing.name for drawing in drawings]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ExportError(
            f"Two figures are called '{twice[0]}', and one would overwrite the other. Give each "
            "its own name."
        )


def _write_script(folder: Path) -> None:
    from plotly.offline import get_plotlyjs

    content = get_plotlyjs().encode("utf-8")
    path = folder / SCRIPT
    if not (path.is_file() and path.read_bytes() == content):
        write_bytes(path, content)


def _save(drawing: Drawing, picture: tuple[bytes, bytes] | None, folder: Path) -> SavedDrawing:
    stem = drawing.name
    html = write_text(folder / f"{stem}.html", page(drawing))
    csv = write_csv(folder / f"{stem}.csv", escape_cells(drawing.data))
    if picture is None:
        return SavedDrawing(drawing, html, None, None, csv)
    svg = write_bytes(folder / f"{stem}.svg", picture[0])
    png = write_bytes(folder / f"{stem}.png", picture[1])
    return SavedDrawing(drawing, html, svg, png, csv)
