"""Rows of cells to a table: the heading found, rows that do not fit set aside with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cases.cells import Cell, fault_of, harmless, is_empty, may_be_faulty
from workbench.cases.found import BadRow, Found, Table
from workbench.cases.headings import Heading, find_heading, tidy
from workbench.cases.torn import find_torn

if TYPE_CHECKING:
    import pandas as pd

Row = list[Cell]

_TORN = "the record is torn over several rows by a line break outside quote marks"
_QUOTE = "quote cells that hold line breaks, or take the breaks out"


def to_table(
    rows: Sequence[Row | BadRow],
    *,
    path: Path,
    found: Found,
    columns: Sequence[str] = (),
    heading: int | None = None,
    torn: bool = False,
) -> Table:
    """Rows as a sheet shows them, the first being row 1, to a table.

    Only cells in ``columns`` make a row unusable, or in all where none are given. ``torn`` looks
    for records that line breaks have split, as happens in plain text files.
    """
    cells: list[Row] = [[] if isinstance(row, BadRow) else row for row in rows]
    head = find_heading(cells, path=path, columns=columns, given=heading)
    bad = {row.row: row for row in rows if isinstance(row, BadRow) and row.row > head.index + 1}
    if torn:
        pieces = find_torn(cells, head, columns=columns, apart=bad.keys())
        bad |= {number: BadRow(number, _TORN, _QUOTE) for number in pieces}
    kept: list[list[str]] = []
    numbers: list[int] = []
    watch = _watched(head.names, columns)
    short_is_bad = torn and bool(columns)
    for number, row in enumerate(cells[head.index + 1 :], start=head.index + 2):
        if number in bad or is_empty(row):
            continue
        fault = _misfit(row, head, watch, number, short_is_bad=short_is_bad)
        if fault is None and may_be_faulty(row):
            fault = _spoilt(row, head.names, watch, number)
            row = [harmless(cell) for cell in row]
        if fault is not None:
            bad[number] = fault
            continue
        kept.append((row + [""] * head.width)[: head.width])  # type: ignore[arg-type]
        numbers.append(number)
    frame = to_frame(head.names, kept, numbers)
    in_order = tuple(bad[number] for number in sorted(bad))
    return Table(frame, in_order, replace(found, heading=head.index + 1))


def to_records(
    names: Sequence[str],
    rows: Iterable[tuple[int, Row]],
    *,
    found: Found,
    columns: Sequence[str] = (),
    bad: Iterable[BadRow] = (),
) -> Table:
    """Records that name their own columns (JSON, Parquet), with their row numbers, to a table."""
    watch = _watched(names, columns)
    kept: list[list[str]] = []
    numbers: list[int] = []
    aside = list(bad)
    for number, row in rows:
        if may_be_faulty(row, lists=True):
            fault = _spoilt(row, names, watch, number, lists=True)
            if fault is not None:
                aside.append(fault)
                continue
            row = [harmless(cell) for cell in row]
        kept.append(row)  # type: ignore[arg-type]  # only text is left
        numbers.append(number)
    in_order = tuple(sorted(aside, key=lambda row: row.row))
    return Table(to_frame(names, kept, numbers), in_order, found)


def to_frame(
    columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: Iterable[int]
) -> pd.DataFrame:
    """Cells as a frame of strings whose index is the row number."""
    import pandas as pd

    frame = pd.DataFrame(rows, columns=pd.Index(list(columns), dtype="str"), dtype="str")
    frame.index = pd.Index(list(numbers), dtype="int64", name="row")
    return frame


def _watched(names: Sequence[str], columns: Sequence[str]) -> list[int]:
    """The places of the columns that are used."""
    return [place for place, name in enumerate(names) if not columns or name in columns]


def _misfit(
    row: Row, head: Heading, watch: list[int], number: int, *, short_is_bad: bool
) -> BadRow | None:
    """What is wrong with the row's shape, if anything."""
    width = head.width
    if len(row) > width and not is_empty(row[width:]):
        reason = f"the row has {len(row)} cells where the heading has {width}"
        return BadRow(number, reason, "quote cells that hold the delimiter")
    if short_is_bad and watch and len(row) <= watch[-1]:
        reason = f"the row has {len(row)} cells where the heading has {width}"
        return BadRow(number, reason, "fill up the row, or quote cells that hold line breaks")
    if _repeats(row, head.names):
        return BadRow(number, "the row repeats the heading", "nothing; it is no record")
    return None


def _repeats(row: Row, names: Sequence[str]) -> bool:
    """Whether a row says again what the heading says, at least twice, and nothing else."""
    for cell, name in zip(row, names, strict=False):
        if cell != name and tidy(cell) != name:
            return False
    return sum(map(bool, row)) > 1


def _spoilt(
    row: Row, names: Sequence[str], watch: list[int], number: int, *, lists: bool = False
) -> BadRow | None:
    """The first cell in use that cannot be used, as the row's fault."""
    for place in watch:
        fault = fault_of(row[place], lists=lists) if place < len(row) else None
        if fault is not None:
            return BadRow(number, fault.reason, fault.mend, names[place])
    return None
