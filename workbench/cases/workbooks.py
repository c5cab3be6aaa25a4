"""Workbooks (.xlsx, .xlsm, .ods): the sheet found, its cells as text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.cases.archives import damaged, open_archive, pack, rewrite
from workbench.cases.cells import BadCell, Cell, to_cell
from workbench.cases.encodings import too_large
from workbench.cases.found import Found, Table
from workbench.cases.grid import to_table
from workbench.cases.headings import find_heading
from workbench.cases.sheet_xml import (
    MOST_CELLS,
    Sheet,
    count_ods_cells,
    keep_spaces,
    look_through,
)
from workbench.errors import SourceError, suggest
from workbench.study import Source

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_WRITTEN_DATE = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})(?!\d).*", re.DOTALL)
_FEWEST_TYPED, _FEWEST_WRITTEN = 5, 3
_EXCHANGED = BadCell(
    "day and month of the date may be exchanged: dates of this column whose first number is above "
    "12 are text, and all real dates fall on days 1 to 12",
    "import the file anew with the right order of day and month, or the column as text",
)


def read_workbook(path: Path, source: Source, columns: Sequence[str]) -> Table:
    """One sheet: the one that the source names, else the only one that holds ``columns``.

    Without ``columns`` it is the first that can be seen. Raises ``SourceError`` where several
    sheets hold them all, since each may hold cases.
    """
    from python_calamine import CalamineWorkbook

    members = open_archive(path)
    sheets = _examine(members, path)
    members = rewrite(members, "content.xml", keep_spaces)
    with _guarded(path):
        book = CalamineWorkbook.from_filelike(pack(members))
    names = [source.sheet] if source.sheet is not None else _seen(book, path)
    if source.sheet is not None and source.sheet not in book.sheet_names:
        raise SourceError(
            f"{path} has no sheet '{source.sheet}'.{suggest(source.sheet, book.sheet_names)} "
            "Mend 'sheet' under [[sources]]."
        )
    grids = {}
    for name in names if columns else names[:1]:
        grids[name] = _rows(book, name, sheets.get(name, Sheet()), path)
    name = _choose(grids, columns, source, path)
    rows = _without_exchanged(grids[name])
    found = Found("ODS" if path.suffix.lower() == ".ods" else "Excel", sheet=name)
    return to_table(rows, path=path, found=found, columns=columns, heading=source.heading)


def _examine(members: Mapping[str, bytes], path: Path) -> dict[str, Sheet]:
    """What the XML tells of each sheet; refuses sheets that would fill the memory."""
    content = members.get("content.xml")
    if b"encryption-data" in members.get("META-INF/manifest.xml", b""):
        raise SourceError(f"{path} is locked by a password. Save a copy without one and read that.")
    try:
        sheets = look_through(members) if content is None else {}
    except (ValueError, KeyError):
        raise damaged(path) from None
    most = max((sheet.cells for sheet in sheets.values()), default=0)
    if max(most, count_ods_cells(content or b"")) > MOST_CELLS:
        raise SourceError(
            f"{path} has a sheet of more than {MOST_CELLS:,} cells, counted up to its last one. "
            "Delete what stands far below or to the right of the cases, and save it again."
        )
    return sheets


@contextmanager
def _guarded(path: Path) -> Iterator[None]:
    """Whatever the reader, written in Rust, fails with is a refusal of the file."""
    from python_calamine import CalamineError

    try:
        yield
    except (CalamineError, ValueError, OSError):
        raise damaged(path) from None
    except MemoryError:
        raise too_large(path) from None
    except BaseException as error:
        # Where Rust code gives up it raises what is no ``Exception``, and has no public name.
        if type(error).__name__ == "PanicException":
            raise damaged(path) from None
        raise


def _seen(book: CalamineWorkbook, path: Path) -> list[str]:
    """The sheets of cells that a person who opens the file can see."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    names = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    if not names:
        raise SourceError(f"{path} has no visible sheet. Name one in 'sheet' under [[sources]].")
    return names


def _rows(book: CalamineWorkbook, name: str, sheet: Sheet, path: Path) -> list[list[Cell]]:
    with _guarded(path):
        values = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    rows: list[list[Any]] = [
        [
            value if isinstance(value, (str, date)) else to_cell(value, spreadsheet=True)
            for value in row
        ]
        for row in values
    ]
    for (row, column), mask in sheet.masks.items():
        if row < len(rows) and column < len(rows[row]) and isinstance(rows[row][column], str):
            rows[row][column] = mask.show(rows[row][column])
    for (row, column), shown in sheet.errors.items():
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = shown
    return rows


def _choose(
    grids: Mapping[str, list[list[Cell]]], columns: Sequence[str], source: Source, path: Path
) -> str:
    """The sheet to read: the one that holds most of the columns."""
    if len(grids) == 1:
        return next(iter(grids))

    def known(name: str) -> int:
        try:
            return find_heading(
                _as_text(grids[name][:40]), path=path, columns=columns, given=source.heading
            ).known
        except SourceError:
            return 0

    counts = {name: known(name) for name in grids}
    best = max(counts, key=lambda name: counts[name])
    same = [name for name in counts if counts[best] and counts[name] == counts[best]]
    if len(same) > 1:
        raise SourceError(
            f"{path}: the sheets {', '.join(map(repr, same))} all hold the columns of the study. "
            "Name the one to read in 'sheet' under [[sources]]; add a source for each further one."
        )
    return best


def _without_exchanged(rows: list[list[Any]]) -> list[list[Cell]]:
    """Cells as text; dates whose day and month a program is likely to have exchanged are faulty.

    A program that expects the month first turns 03/04/2024 into 4 March and leaves 13/04/2024 as
    text. So that has happened where the texts of a column all have days above 12 and its dates
    none.
    """
    width = max(map(len, rows), default=0)
    doubted = {column for column in range(width) if _is_exchanged(rows, column)}
    return [
        [
            _EXCHANGED if column in doubted and isinstance(cell, date) else _text(cell)
            for column, cell in enumerate(row)
        ]
        for row in rows
    ]


def _is_exchanged(rows: list[list[Any]], column: int) -> bool:
    cells = [row[column] for row in rows if column < len(row)]
    typed = [cell.day for cell in cells if isinstance(cell, date)]
    if len(typed) < _FEWEST_TYPED or max(typed) > 12:
        return False
    written = [_WRITTEN_DATE.fullmatch(cell) for cell in cells if isinstance(cell, str)]
    first = [int(match.group(1)) for match in written if match]
    return len(first) >= _FEWEST_WRITTEN and min(first) > 12


def _as_text(rows: list[list[Any]]) -> list[list[Cell]]:
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: Any) -> Cell:
    return to_cell(cell) if isinstance(cell, date) else cell
