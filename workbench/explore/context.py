"""A word in its contexts, on the screen alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.explore.show import OnScreen
from workbench.privacy.escape import escape

if TYPE_CHECKING:
    import pandas as pd

_QUIET = "white-space:pre;color:var(--jp-content-font-color2,#595959)"
_SIDE = f"padding:1px 4px;{_QUIET}"
_ID = f"padding:1px 0 1px 16px;font-size:12px;{_QUIET}"


def show_context(frame: pd.DataFrame, *, most: int = 50) -> OnScreen:
    """The first ``most`` places of an ``in_context`` frame, the word in one column.

    It shows what people wrote, so no notebook stores it: of it only the number of places is kept.
    """
    from ipywidgets import HTML, VBox

    shown = frame.head(most)
    rows = "".join(
        f'<tr><td style="{_SIDE};text-align:right">{_cell(row.left)}</td>'
        f'<td style="padding:1px 0;white-space:pre"><b>{_cell(row.match)}</b></td>'
        f'<td style="{_SIDE};text-align:left">{_cell(row.right)}</td>'
        f'<td style="{_ID}">{_cell(row.text_id)}</td></tr>'
        for row in shown.itertuples(index=False)
    )
    texts = frame["text_id"].nunique()
    said = f"{len(shown):,} of {len(frame):,} places in {texts:,} texts"
    page = HTML(f'<div style="overflow-x:auto"><table>{rows}</table><div>{said}</div></div>')
    return OnScreen(VBox([page]), f"{said}, shown in JupyterLab alone")


def _cell(value: object) -> str:
    return escape(" ".join(str(value).splitlines()))
