"""A contact sheet: every figure of a report small on one page, with its words and its files."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from string import Template

from workbench.charts.drawing import SavedDrawing
from workbench.files import write_text
from workbench.privacy.escape import escape

_FIGURE = Template("""<li>
<h2>$title</h2>
$picture
<p id="$name-alt">$alt</p>
<p class="note">$note</p>$label
<p>$links</p>
</li>""")


def write_contact_sheet(
    saved: Sequence[SavedDrawing],
    path: Path | str,
    *,
    title: str,
    numbers: Mapping[str, int] | None = None,
) -> Path:
    """Write one HTML page with every figure, its title, alternative text, base and files.

    Pictures are within the page; the files are linked from the folder of ``path``, in which they
    are to lie. ``numbers`` gives figures, by name, their number in the report. The same figures
    give the same bytes.
    """
    target = Path(path)
    page = Template(files("workbench.report").joinpath("contact.html").read_text("utf-8"))
    count = f"{len(saved):,} {'figure' if len(saved) == 1 else 'figures'}"
    return write_text(
        target,
        page.substitute(
            title=escape(f"{title}: all figures"),
            subtitle=f"{count}, each with its alternative text and its files",
            style=files("workbench.report").joinpath("page.css").read_text("utf-8"),
            figures="\n".join(_figure(one, target.parent, numbers or {}) for one in saved),
        ),
    )


def _figure(saved: SavedDrawing, folder: Path, numbers: Mapping[str, int]) -> str:
    drawing = saved.drawing
    number = f"Figure {numbers[drawing.name]}. " if drawing.name in numbers else ""
    return _FIGURE.substitute(
        name=drawing.name,
        title=escape(number + drawing.title),
        picture=_picture(saved),
        alt=escape(drawing.alt),
        note=escape(drawing.note),
        label=_label(drawing.label),
        links=_links(saved, folder),
    )


def _label(label: str) -> str:
    return f'\n<p class="note">Sensitivity: {escape(label)}</p>' if label else ""


def _picture(saved: SavedDrawing) -> str:
    if saved.svg is None:
        return "<p>The picture was not drawn, since no browser was found.</p>"
    data = base64.b64encode(saved.svg.read_bytes()).decode("ascii")
    name = saved.drawing.name
    return (
        f'<figure><img src="data:image/svg+xml;base64,{data}" '
        f'alt="{escape(saved.drawing.title)}" aria-describedby="{name}-alt"></figure>'
    )


def _links(saved: SavedDrawing, folder: Path) -> str:
    """Links to a figure's files, each by the file's name."""
    paths = filter(None, (saved.csv, saved.html, saved.svg, saved.png))
    return " ".join(
        f'<a href="{escape(path.relative_to(folder).as_posix())}">{escape(path.name)}</a>'
        for path in paths
    )
