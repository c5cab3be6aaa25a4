"""Figures as pictures, drawn by one open browser; the only file that loads kaleido."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.browser import how_to_install
from workbench.errors import ExportError
from workbench.privacy.escape import escape
from workbench.progress import SILENT, Progress

if TYPE_CHECKING:
    from workbench.charts.drawing import Drawing

SCALE = 2
"""Pixels of the PNG for each pixel of the figure: about 285 to the inch in print."""

_MADE_UP_ID = re.compile(r'<defs id="defs-([0-9a-f]{6})">')
_PNG = b"\x89PNG\r\n\x1a\n"


def render(
    drawings: Sequence[Drawing], browser: Path, *, progress: Progress = SILENT
) -> list[tuple[bytes, bytes]]:
    """The SVG and the PNG of each drawing, the same bytes every time.

    Works inside a notebook too, where an event loop already runs, as it draws in a thread of its
    own. Raises ``ExportError`` that names the drawing that cannot be drawn, or says that the
    browser does not start.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, _render_all(drawings, browser, progress)).result()


async def _render_all(
    drawings: Sequence[Drawing], browser: Path, progress: Progress
) -> list[tuple[bytes, bytes]]:
    import kaleido
    from choreographer.errors import BrowserDepsError
    from kaleido.errors import BrowserClosedError, BrowserFailedError, ChromeNotFoundError

    # MathJax would be fetched from the web.
    page = kaleido.PageGenerator(mathjax=False)
    try:
        async with kaleido.Kaleido(n=1, page_generator=page, path=str(browser)) as artist:
            pictures = []
            for drawing in drawings:
                pictures.append(await _render_one(artist, drawing))
                progress.advance()
            return pictures
    except (BrowserDepsError, BrowserFailedError, BrowserClosedError, ChromeNotFoundError):
        raise ExportError(
            f"The browser {browser} does not start or closed while it drew the figures, so there "
            f"are no pictures. {how_to_install()}"
        ) from None


async def _render_one(artist: Any, drawing: Drawing) -> tuple[bytes, bytes]:
    from choreographer.errors import ChannelClosedError, DevtoolsProtocolError, MessageTooLargeError
    from kaleido.errors import JavascriptError, KaleidoError

    figure = _with_steady_ids(drawing)
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
    return finish_svg(svg.decode("utf-8"), drawing).encode("utf-8"), png


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
    words = (
        f'<title id="{name}-title">{escape(drawing.title, form="html")}</title>'
        f'<desc id="{name}-desc">{escape(drawing.alt, form="html")}</desc>'
    )
    head, rest = svg.split(">", maxsplit=1)
    return f'{head} role="img" aria-labelledby="{name}-title {name}-desc">{words}{rest}'
