"""A figure as a web page that answers to the pointer and fetches nothing from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.privacy.escape import escape

if TYPE_CHECKING:
    from workbench.charts.drawing import Drawing

CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "displayModeBar": False,
    "responsive": False,
    "showTips": False,
    "plotlyServerURL": "",
    "showSendToCloud": False,
}
"""What the drawing library may do in a page: no logo, and no address to send anything to."""

_POLICY = (
    "connect-src 'none'; img-src data: blob:; font-src data:; media-src 'none'; object-src 'none'; "
    "frame-src 'none'; form-action 'none'; base-uri 'none'"
)
"""What the browser is to refuse, should a text ever come through as markup: all that fetches."""

_PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 "Liberation Sans", Arial, Helvetica, sans-serif; color: #262626;
  background: #fff; margin: 1.5rem; }}
figure {{ margin: 0; }}
.drawing {{ overflow-x: auto; }}
figcaption {{ max-width: 56rem; }}
figcaption strong {{ font-size: 1.15rem; }}
a {{ color: #12436d; }}
</style>
</head>
<body>
<figure>
<figcaption>{caption}</figcaption>
<div class="drawing" role="img" aria-label="{title}" aria-describedby="description">
{drawing}
</div>
<details>
<summary>Description and data</summary>
<p id="description">{alt}</p>{label}
<p><a href="{name}.csv" download>The numbers behind this figure (CSV)</a></p>
</details>
</figure>
</body>
</html>
"""


def page(drawing: Drawing) -> str:
    """The drawing as HTML; ``plotly.min.js`` and ``<name>.csv`` are to lie beside it.

    The caption says the title, unless the figure itself does, and the note; the description is
    the alternative text. The sensitivity label stands beside the link to the numbers.
    """
    plot = drawing.figure.to_html(
        full_html=False,
        include_plotlyjs="directory",
        include_mathjax=False,
        div_id=f"{drawing.name}-plot",
        config=CONFIG,
    )
    titled = bool((drawing.figure.layout.meta or {}).get("titled"))
    title = "" if titled else f"<strong>{escape(drawing.title, form='html')}</strong>"
    note = escape(drawing.note, form="html")
    label = f"\n<p>Sensitivity: {escape(drawing.label, form='html')}</p>" if drawing.label else ""
    return _PAGE.format(
        policy=_POLICY,
        title=escape(drawing.title, form="html"),
        caption="<br>".join(filter(None, [title, note])),
        drawing=plot,
        alt=escape(drawing.alt, form="html"),
        label=label,
        name=drawing.name,
    )
