"""Records of a text file that line breaks outside quote marks have torn into several rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from workbench.cases.cells import Cell, is_empty, shape_of
from workbench.cases.headings import Heading

Row = Sequence[Cell]


def find_torn(
    rows: Sequence[Row], head: Heading, *, columns: Sequence[str], apart: Collection[int] = ()
) -> set[int]:
    """The numbers (from 1) of rows that are pieces of one record: together as wide as the heading.

    A piece does not start like an identifier, as its record does. Where identifiers have no
    digits, or nothing is known of ``columns``, short rows may also be the habit of the program:
    there pieces are sought only if most rows are whole. ``apart`` are rows that belong to none.
    """
    width = max(head.width, len(rows[head.index]))
    sizes = [len(row) for row in rows]
    filled = [size for size in sizes[head.index + 1 :] if size]
    mostly_whole = 2 * sum(size >= width for size in filled) >= len(filled)
    last_is_used = not columns or head.names[-1] in columns
    torn: set[int] = set()
    if width < 2:
        return torn
    index = head.index + 1
    while index < len(rows):
        pieces = [index]
        if sizes[index] and (mostly_whole or (columns and "9" in _shape(rows[index]))):
            pieces = _pieces(rows, index, width, apart)
        # What the last column has lost matters only if somebody reads it.
        if len(pieces) > 1 and (sizes[index] < width or last_is_used):
            torn.update(piece + 1 for piece in pieces)
        index = pieces[-1] + 1
    return torn


def _pieces(rows: Sequence[Row], first: int, width: int, apart: Collection[int]) -> list[int]:
    """The rows that make up a whole record from row ``first`` on; that one alone if none do."""
    pieces, cells = [first], len(rows[first])
    for index in range(first + 1, len(rows)):
        # A blank line within a text is a piece without a cell of its own.
        more = max(len(rows[index]), 1) - 1
        if index + 1 in apart or cells + more > width or _starts_alike(rows[first], rows[index]):
            break
        cells += more
        if not is_empty(rows[index]):
            pieces.append(index)
    return pieces if cells == width else [first]


def _starts_alike(row: Row, other: Row) -> bool:
    """Whether two rows start with identifiers of one shape, so that both are records."""
    shape = _shape(row)
    return "9" in shape and bool(other) and _shape(other) == shape


def _shape(row: Row) -> str:
    return shape_of(row[0]) if isinstance(row[0], str) else ""
