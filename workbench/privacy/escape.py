"""The one door for case text on its way into HTML, Markdown, spreadsheets and hover labels.

Everything that shows case text passes it through ``escape`` first, so that what someone wrote is
shown as they wrote it and is never read as markup, a formula or a template.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

Form = Literal["html", "markdown", "cell", "hover"]

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters, but for tab and line feed
    "\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of the text after them
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # what is no character in XML or UTF-8
)
_SPACES = re.compile(r"\s+")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_UNSEEN = r"[\s\u00ad\u061c\u200b-\u200f\u2060-\u2064\ufeff]*"
_FORMULA = re.compile(_UNSEEN + r"[=+\-@\uff1d\uff0b\uff0d\uff20]")
# plotly reads a few tags, entities, templates %{...} and, where MathJax is loaded, $...$.
_HOVER = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;", "$": "&#36;"}
_HOVER_TABLE = str.maketrans(_HOVER)


def escape(text: str, *, form: Form = "html") -> str:
    """``text`` made safe for one kind of place; there it reads as it was written.

    Control characters are dropped and every kind of line end becomes a line feed. Then:

    - ``"html"``: ``& < > " '`` become entities; fit for content and for quoted attributes. Line
      feeds stay.
    - ``"markdown"`` (pandoc's): every ASCII punctuation mark gets a backslash, white space of any
      kind becomes one space, so the result is always inline, also in a table's cell.
    - ``"cell"`` (CSV, XLSX): where the first character that shows is ``= + - @``, also in full
      width, an apostrophe goes before it, and the cell is text. Tabs become spaces. For text only:
      numbers of the workbench's own are written as numbers.
    - ``"hover"`` (plotly): ``& < > { } $`` become entities that plotly shows as themselves; white
      space becomes one space. ``wrap_hover`` is the way to line breaks.

    Raises ``ValueError`` for another ``form``.
    """
    if form not in _FORMS:
        raise ValueError(f"There is no form '{form}'; use one of {', '.join(_FORMS)}.")
    return _FORMS[form](drop_controls(text))


def wrap_hover(text: str, width: int = 60) -> str:
    """``text`` escaped for a plotly hover label and broken into lines of ``width`` characters."""
    import textwrap

    lines = textwrap.wrap(drop_controls(text), width, break_on_hyphens=False)
    return "<br>".join(escape(line, form="hover") for line in lines)


def escape_cells(frame: pd.DataFrame) -> pd.DataFrame:
    """``frame`` for a spreadsheet: its headings and every text in it escaped, numbers as they are.

    What is neither stays too: a tuple or a day is written so that it begins no formula.
    """
    import pandas as pd

    def safe(value: object) -> object:
        return escape(value, form="cell") if isinstance(value, str) else value

    columns = [
        column
        if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column)
        else column.astype("object").map(safe)
        for _, column in frame.items()
    ]
    made = pd.concat(columns, axis=1) if columns else frame.copy()
    return made.set_axis([safe(name) for name in frame.columns], axis=1)


def drop_controls(text: str) -> str:
    """``text`` without control characters; each kind of line end becomes a line feed."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))


def _for_html(text: str) -> str:
    return html.escape(text, quote=True)


def _for_markdown(text: str) -> str:
    return _PUNCTUATION.sub(r"\\\1", _SPACES.sub(" ", text).strip())


def _for_cell(text: str) -> str:
    plain = text.replace("\t", " ")
    return f"'{plain}" if _FORMULA.match(plain) else plain


def _for_hover(text: str) -> str:
    return _SPACES.sub(" ", text).strip().translate(_HOVER_TABLE)


_FORMS: Mapping[str, Callable[[str], str]] = {
    "html": _for_html,
    "markdown": _for_markdown,
    "cell": _for_cell,
    "hover": _for_hover,
}
