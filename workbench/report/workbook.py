"""All tables of a report in one spreadsheet that people and readers of screens find their way in.

Each sheet has one table that begins in its first column, a title in A1, no merged cells and no
meaning in colours, as the UK government asks of published spreadsheets (Analysis Function,
Releasing statistics in spreadsheets).
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from workbench.files import FLOATS
from workbench.privacy.escape import escape

if TYPE_CHECKING:
    import pandas as pd

CONTENTS = "Contents"
"""The first sheet: every table with a link to its own."""

_NARROW, _WIDE = 10, 60  # letters
_MOST_LETTERS = 32_000  # of a cell, which holds 32,767
_MOST_ROWS = 1_000_000  # of a sheet, which holds 1,048,576
_LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[^\w .,&()+-]+")
_LEAST_SAMPLE = 500  # rows that a column's width is taken from
_FORMATS = {"whole": "#,##0", "part": "0.0###"}


@dataclass(frozen=True)
class _Sheet:
    """One table on its way into the workbook: its key, the sheet's name, the frame."""

    key: str
    name: str
    frame: pd.DataFrame


def make_workbook(
    tables: Mapping[str, pd.DataFrame],
    *,
    title: str,
    label: str = "",
    notes: Mapping[str, str] | None = None,
) -> bytes:
    """``tables`` (by name, already under disclosure control) as one .xlsx.

    A sheet ``Contents`` has the sensitivity ``label`` and links to a sheet a table. There, A1 has
    the table's name, the next row its note from ``notes`` (a mapping by the same names), if any,
    then come headings, frozen, and rows.
    Numbers are numbers and days are days; a missing number is an empty cell, which the note should
    explain. All other values are text that can never be a formula or a link; what a cell cannot
    hold is cut. The same tables give the same bytes. Raises ``ValueError`` for a table with more
    rows than a sheet can hold.
    """
    from datetime import datetime

    import xlsxwriter

    sheets = _name_sheets(tables)
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": _text(title), "created": datetime(2000, 1, 1)})
    looks = _make_looks(book)
    _write_contents(book.add_worksheet(CONTENTS), (title, label), sheets, looks)
    for sheet in sheets:
        note = (notes or {}).get(sheet.key, "")
        _write_table(book.add_worksheet(sheet.name), sheet, note, looks)
    book.close()
    return buffer.getvalue()


def _name_sheets(tables: Mapping[str, pd.DataFrame]) -> list[_Sheet]:
    """Each table with a name that a sheet may have: short, plain, and its own in any casing."""
    taken = {CONTENTS.lower(), "history"}  # Excel keeps the second for itself
    sheets = []
    for key, frame in tables.items():
        if len(frame) > _MOST_ROWS:
            raise ValueError(f"the table '{key}' has more rows than a sheet can hold")
        plain = _FORBIDDEN.sub("-", key).strip(" -'") or "Table"
        name, number = plain[:_LONGEST_NAME].rstrip(), 2
        while name.lower() in taken:
            end = f" {number}"
            name, number = plain[: _LONGEST_NAME - len(end)].rstrip() + end, number + 1
        taken.add(name.lower())
        sheets.append(_Sheet(key, name, frame))
    return sheets


def _make_looks(book: Any) -> dict[str, Any]:
    top = {"valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "heading": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, **top}),
        "text": book.add_format({"text_wrap": True, **top}),
        "link": book.add_format({"font_color": "#12436D", "underline": 1, **top}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left", **top}),
        "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left", **top}),
        **{kind: book.add_format({"num_format": form, **top}) for kind, form in _FORMATS.items()},
    }


def _write_contents(
    page: Any, words: tuple[str, str], sheets: Sequence[_Sheet], looks: Mapping[str, Any]
) -> None:
    title, label = words
    page.write_string(0, 0, _text(title), looks["title"])
    if label:
        page.write_string(1, 0, _text(f"Sensitivity: {label}"))
    heading = 2 if label else 1
    for column, (name, width) in enumerate((("Table", 40), ("Rows", 10), ("Columns", 10))):
        page.write_string(heading, column, name, looks["heading"])
        page.set_column(column, column, width)
    for row, sheet in enumerate(sheets, start=heading + 1):
        page.write_url(row, 0, f"internal:'{sheet.name}'!A1", looks["link"], _text(sheet.key))
        page.write_number(row, 1, len(sheet.frame), looks["whole"])
        page.write_number(row, 2, sheet.frame.shape[1], looks["whole"])
    page.freeze_panes(heading + 1, 0)


def _write_table(page: Any, sheet: _Sheet, note: str, looks: Mapping[str, Any]) -> None:
    page.write_string(0, 0, _text(sheet.key), looks["title"])
    if note:
        page.write_string(1, 0, _text(note))
    heading = 2 if note else 1
    for column, name in enumerate(sheet.frame.columns):
        values = _rounded(sheet.frame.iloc[:, column])
        page.write_string(heading, column, _text(str(name)), looks["heading"])
        page.set_column(column, column, _width(str(name), values))
        _write_column(page, heading + 1, column, values, looks)
    page.freeze_panes(heading + 1, 0)


def _rounded(values: pd.Series) -> pd.Series:
    """Floats with as many digits as in the CSV of the table."""
    from pandas.api import types

    if not types.is_float_dtype(values):
        return values
    return values.map(lambda number: float(FLOATS % number), na_action="ignore")


def _write_column(
    page: Any, first: int, column: int, values: pd.Series, looks: Mapping[str, Any]
) -> None:
    """Write a column's values by its kind; missing ones stay empty."""
    from pandas.api import types

    missing = values.isna()
    if types.is_datetime64_any_dtype(values):
        plain = values.dt.tz_localize(None)
        whole_days = (plain.dropna() == plain.dropna().dt.normalize()).all()
        look = looks["day" if whole_days else "time"]
        for row, (value, gone) in enumerate(zip(plain, missing, strict=True), start=first):
            if not gone:
                page.write_datetime(row, column, value.to_pydatetime(), look)
    elif types.is_numeric_dtype(values) and not types.is_bool_dtype(values):
        numbers = values.to_numpy(dtype="float64", na_value=float("nan")).tolist()
        whole = all(number.is_integer() for number in numbers if isfinite(number))
        look = looks["whole" if whole else "part"]
        for row, number in enumerate(numbers, start=first):
            if isfinite(number):
                page.write_number(row, column, number, look)
    else:
        for row, (value, gone) in enumerate(zip(values, missing, strict=True), start=first):
            if not gone and value != "":
                page.write_string(row, column, _text(_said(value)), looks["text"])


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple, set, frozenset)):
        return "; ".join(map(str, value))
    return str(value)


def _text(value: str) -> str:
    safe = escape(value, form="cell")
    return safe if len(safe) <= _MOST_LETTERS else f"{safe[:_MOST_LETTERS]} [cut]"


def _width(name: str, values: pd.Series) -> int:
    """How wide a column is set, in letters, by its heading and its first rows."""
    longest = max((len(str(value)) for value in values.head(_LEAST_SAMPLE)), default=0)
    return min(max(longest + 2, len(name) + 4, _NARROW), _WIDE)
