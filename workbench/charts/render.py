"""Figures as pictures, drawn by one open browser; the only file that loads kaleido."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.browser import how_to_install
from workbench.cache import load_arrays, save_arrays
from workbench.errors import ExportError
from workbench.privacy.escape import escape
from workbench.progress import SILENT, Progress

if TYPE_CHECKING:
    from workbench.charts.drawing import Drawing

SCALE = 2
"""Pixels of the PNG for each pixel of the figure: about 285 to the inch in print."""

Picture = tuple[bytes, bytes]
"""SVG and PNG."""

_MADE_UP_ID = re.compile(r'<defs id="defs-([0-9a-f]{6})">')
_PNG = b"\x89PNG\r\n\x1a\n"


def render(
    drawings: Sequence[Drawing], browser: Path, *, progress: Progress = SILENT
) -> list[Picture]:
    """The SVG and the PNG of each drawing, the same bytes every time.

    Pictures are kept between runs: only figures that changed are drawn anew.

    Works inside a notebook too, where an event loop already runs, as it draws in a thread of its
    own. Raises ``ExportError`` that names the drawing that cannot be drawn, or says that the
    browser does not start.
    """
    figures = [_with_steady_ids(drawing) for drawing in drawings]
    keys = [_key(figure, browser) for figure in figures]
    pictures = {key: kept for key in keys if (kept := _load(key)) is not None}
    progress.advance(sum(key in pictures for key in keys))
    missing = {
        key: (drawing, figure)
        for key, drawing, figure in zip(keys, drawings, figures, strict=True)
        if key not in pictures
    }
    if missing:
        with ThreadPoolExecutor(max_workers=1) as pool:
            work = _render_all(list(missing.values()), browser, progress)
            drawn = pool.submit(asyncio.run, work).result()
        for key, picture in zip(missing, drawn, strict=True):
            _keep(key, picture)
            pictures[key] = picture
    return [
        (finish_svg(svg.decode("utf-8"), drawing).encode("utf-8"), png)
        for drawing, (svg, png) in zip(drawings, (pictures[key] for key in keys), strict=True)
    ]


def _key(figure: Mapping[str, Any], browser: Path) -> str:
    """What a picture depends on: the figure, the browser, and the libraries that draw."""
    from importlib.metadata import version

    from plotly.io.json import to_json_plotly

    program = browser.resolve()
    file = program.stat() if program.is_file() else None
    drawn_by = (
        str(program),
        str(file and (file.st_size, file.st_mtime_ns)),
        *(version(name) for name in ("plotly", "kaleido")),
        str(SCALE),
    )
    content = "\n".join((*drawn_by, to_json_plotly(figure)))
    return f"pictures/{hashlib.sha256(content.encode()).hexdigest()}"


def _load(key: str) -> Picture | None:
    kept = load_arrays(key)
    return None if kept is None else (kept["svg"].tobytes(), kept["png"].tobytes())


def _keep(key: str, picture: Picture) -> None:
    import numpy as np

    names = zip(("svg", "png"), picture, strict=True)
    save_arrays(key, {name: np.frombuffer(part, dtype=np.uint8) for name, part in names})


async def _render_all(
    work: Sequence[tuple[Drawing, dict[str, Any]]], browser: Path, progress: Progress
) -> list[Picture]:
    import kaleido
    from choreographer.errors import BrowserDepsError
    from kaleido.errors import BrowserClosedError, BrowserFailedError, ChromeNotFoundError

    # MathJax would be fetched from the web.
    page = kaleido.PageGenerator(mathjax=False)
    try:
        async with kaleido.Kaleido(n=1, page_generator=page, path=str(browser)) as artist:
            pictures = []
            for drawing, figure in work:
                pictures.append(await _render_one(artist, drawing, figure))
                progress.advance()
            return pictures
    except (BrowserDepsError, BrowserFailedError, BrowserClosedError, ChromeNotFoundError):
        raise ExportError(
            f"The browser {browser} does not start or closed while it drew the figures, so there "
            f"are no pictures. {how_to_install()}"
        ) from None


async def _render_one(artist: Any, drawing: Drawing, figure: dict[str, Any]) -> Picture:
    from choreographer.errors import ChannelClosedError, DevtoolsProtocolError, MessageTooLargeError
    from kaleido.errors import JavascriptError, KaleidoError

    try:
        svg = await artist.calc_fig(figure, opts={"format": "svg"})
        png = await artist.calc_fig(figure, opts={"format": "png", "scale": SCALE})
    except (
        ChannelClosedError,
        DevtoolsProtocolError,
        JavascriptError,
        KaleidoError,
        MessageTooLargeError,
        TimeoutError,
        TypeError,
        ValueError,
    ):
        raise _cannot_draw(drawing) from None
    if not svg.lstrip().startswith(b"<svg") or not png.startswith(_PNG):
        raise _cannot_draw(drawing)
    return svg, png


def _cannot_draw(drawing: Drawing) -> ExportError:
    return ExportError(
        f"The figure '{drawing.name}' cannot be drawn as a picture. Look at it in a notebook: its "
        "data or its size may be out of range. The other figures are not at fault."
    )


def _with_steady_ids(drawing: Drawing) -> dict[str, Any]:
    """The figure as plain data, its traces numbered, as otherwise each is given a random id."""
    figure: dict[str, Any] = drawing.figure.to_dict()
    for number, trace in enumerate(figure["data"]):
        trace["uid"] = f"{number:06d}"
    return figure


def finish_svg(svg: str, drawing: Drawing) -> str:
    """The SVG with a steady id in place of a random one, and its title and description inside.

    Readers of screens find both by ``aria-labelledby``; ids carry the drawing's name, so that
    several pictures can stand in one page.
    """
    found = _MADE_UP_ID.search(svg)
    if found:
        svg = svg.replace(f"defs-{found[1]}", f"defs-{drawing.name}-")
        svg = svg.replace(f"clip{found[1]}", f"clip-{drawing.name}-")
        svg = svg.replace(found[1], f"{drawing.name}-")
    name = drawing.name
    said = f"{drawing.alt} Sensitivity: {drawing.label}." if drawing.label else drawing.alt
    words = (
        f'<title id="{name}-title">{escape(drawing.title, form="html")}</title>'
        f'<desc id="{name}-desc">{escape(said, form="html")}</desc>'
    )
    head, rest = svg.split(">", maxsplit=1)
    return f'{head} role="img" aria-labelledby="{name}-title {name}-desc">{words}{rest}'
