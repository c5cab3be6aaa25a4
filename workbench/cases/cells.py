"""One cell: its value as text, and what makes it unusable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

LIST_MARK = "\x1f"
"""Joins the items of a cell that is a list in its file (JSON), whatever the study's separator."""

LONGEST_CELL = 1_000_000
"""Characters; a longer cell is no enquiry but a fault of the export."""

# Excel keeps 15 digits of a number and fills up with noughts; the last ones are lost for good.
_LOST_DIGITS = 1e15

# Tabs, line and page breaks are layout and stay. Lone surrogates stand for bytes without a meaning.
_CONTROL = "\x00-\x08\x0e-\x1e\x7f-\x84\x86-\x9f"
_BROKEN = "\ud800-\udfff"
_LETTERS, _DIGITS = re.compile("[A-Za-z]+"), re.compile("[0-9]+")
_SUSPECT = re.compile(f"[{_CONTROL}{LIST_MARK}{_BROKEN}]")
_SUSPECT_IN_LIST = re.compile(f"[{_CONTROL}{_BROKEN}]")


@dataclass(frozen=True)
class BadCell:
    """A value that no text stands for, or whose text would be false."""

    reason: str
    mend: str


Cell = str | BadCell

_NESTED = BadCell("the cell holds values within values", "write it as text, or as a plain list")
_LONG_NUMBER = BadCell(
    "a number of 16 digits or more has lost its last digits in the spreadsheet",
    "format the column as text and enter it again from the record itself",
)
_BROKEN_TEXT = BadCell(
    "the cell holds bytes that do not fit the file's encoding",
    "mend the characters there, or set 'encoding' of the source",
)
_TOO_LONG = BadCell(
    f"the cell holds more than {LONGEST_CELL:,} characters",
    "shorten it, or look for a quote mark that is not closed",
)


def split_cell(cell: str, separator: str) -> list[str]:
    """The labels in one cell, trimmed, each once, in the order written."""
    parts = cell.split(LIST_MARK) if LIST_MARK in cell else cell.split(separator)
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def shape_of(cell: str) -> str:
    """What an identifier looks like: runs of letters as ``a``, of digits as ``9``."""
    return _DIGITS.sub("9", _LETTERS.sub("a", cell.strip()))


def to_cell(value: Any, *, spreadsheet: bool = False) -> Cell:
    """A value as the text that a person would have typed.

    Numbers of a ``spreadsheet`` are binary fractions of 15 digits, those of other files exact.
    """
    if isinstance(value, str):
        return value if LIST_MARK not in value else _control(LIST_MARK)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return _from_float(value, spreadsheet=spreadsheet)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bytes):
        return to_cell(value.decode("utf-8", "surrogateescape"))
    if isinstance(value, Mapping):
        return _NESTED
    if isinstance(value, Iterable):
        return _from_list(value)
    return str(value)


def _from_float(value: float, *, spreadsheet: bool) -> Cell:
    if value != value:
        return ""
    if spreadsheet and abs(value) >= _LOST_DIGITS:
        return _LONG_NUMBER
    if value.is_integer() and abs(value) < _LOST_DIGITS:
        return str(int(value))
    return f"{value:.15g}" if spreadsheet else repr(value)


def _from_list(values: Iterable[Any]) -> Cell:
    items = [_NESTED if isinstance(value, (list, tuple)) else to_cell(value) for value in values]
    bad = next((item for item in items if isinstance(item, BadCell)), None)
    return bad or LIST_MARK.join(map(str, items)) + LIST_MARK if items else ""


def fault_of(cell: Cell, *, lists: bool = False) -> BadCell | None:
    """Why ``cell`` cannot be used, or None. ``lists`` allows the mark between items of a list."""
    if isinstance(cell, BadCell):
        return cell
    if len(cell) > LONGEST_CELL:
        return _TOO_LONG
    suspect = (_SUSPECT_IN_LIST if lists else _SUSPECT).search(cell)
    if suspect is None:
        return None
    mark = suspect.group()
    return _BROKEN_TEXT if "\ud800" <= mark <= "\udfff" else _control(mark)


def may_be_faulty(row: list[Cell], *, lists: bool = False) -> bool:
    """Whether a cell of ``row`` needs ``fault_of``; one search instead of one a cell."""
    try:
        joined = "".join(row)  # type: ignore[arg-type]  # a BadCell raises, which is the answer
    except TypeError:
        return True
    pattern = _SUSPECT_IN_LIST if lists else _SUSPECT
    return len(joined) > LONGEST_CELL or pattern.search(joined) is not None


def harmless(cell: Cell) -> str:
    """A faulty cell of a column that nobody uses, as text that a frame can hold."""
    return "" if isinstance(cell, BadCell) else cell.encode("utf-8", "replace").decode()


def is_empty(row: Sequence[Cell]) -> bool:
    """Whether a row holds nothing but space; such a row is none."""
    return all(isinstance(cell, str) and (not cell or cell.isspace()) for cell in row)


def _control(mark: str) -> BadCell:
    mend = "delete it there, or set 'encoding' of the source"
    if mark > "\x7f":
        mend += (
            "; beside letters such as â€ it shows that a program has read the text wrongly before"
        )
    return BadCell(f"the cell holds the control character U+{ord(mark):04X}", mend)
