"""Plain text with a delimiter: its delimiter found, its records kept apart where quotes stray."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from workbench.cases.cells import LONGEST_CELL, shape_of
from workbench.cases.encodings import decode, load_bytes
from workbench.cases.found import BadRow, Found, Table
from workbench.cases.grid import Row, to_table
from workbench.cases.headings import SEARCHED, find_heading
from workbench.errors import SourceError
from workbench.study import Source

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
"""Those that are found; ``Source.delimiter`` may name any other."""

_SAMPLE = 50
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_DECLARED = re.compile(r"sep=(.)(?:\r\n|\r|\n)")
_STRAY = "a quote mark is not closed, or stands within a quoted cell"
_DOUBLE = "close it, or write quote marks within a quoted cell twice"


def read_delimited(path: Path, source: Source, columns: Sequence[str]) -> Table:
    """A CSV or TSV file, packed or not."""
    data = load_bytes(path)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise SourceError(
            f"{path} is a workbook, whatever its name. Give it the ending .xlsx or .ods, or save "
            "it as CSV."
        )
    text, encoding = decode(data, path=path, encoding=source.encoding)
    if not text.strip():
        raise SourceError(f"{path} is empty. Export the cases again, with a heading row.")
    delimiter = source.delimiter or find_delimiter(text, path=path, columns=columns)
    _check_delimiter(delimiter, path)
    found = Found("CSV" if delimiter != "\t" else "TSV", encoding, delimiter)
    rows = split_records(text, delimiter)
    return to_table(
        rows, path=path, found=found, columns=columns, heading=source.heading, torn=True
    )


def find_delimiter(text: str, *, path: Path, columns: Sequence[str] = ()) -> str:
    """The delimiter under which most of ``columns`` are there, then the records agree best.

    A first line ``sep=;``, as Excel writes and reads it, decides.
    """
    declared = _DECLARED.match(text)
    if declared:
        return declared.group(1)
    sample = list(_lines(text, most=4 * _SAMPLE))

    def evidence(delimiter: str) -> tuple[int, int, int]:
        rows = list(_tolerant(sample, delimiter))[:_SAMPLE]
        widths = Counter(len(row) for row in rows if any(row))
        width = max(widths, key=lambda size: (widths[size] * (size > 1), size), default=0)
        return _known(rows, columns, path), widths[width] if width > 1 else 0, width

    return max(DELIMITERS, key=evidence)


def split_records(text: str, delimiter: str) -> list[Row | BadRow]:
    """Every record of ``text``, in order; one whose quote marks do not pair up is a ``BadRow``.

    Such a mark spoils its own line alone: reading goes on with the next one.
    """
    csv.field_size_limit(_no_limit())
    rows: list[list[str] | None]
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        rows = list(_line_by_line(list(_lines(text)), delimiter))
    return [
        BadRow(number, _STRAY, _DOUBLE) if row is None or _swallows(row, delimiter) else list(row)
        for number, row in enumerate(rows, start=1)
    ]


def _line_by_line(lines: Sequence[str], delimiter: str) -> Iterator[list[str] | None]:
    """Records, and None for a line whose quote marks do not pair up."""
    start = 0
    while start < len(lines):
        reader = csv.reader(_from(lines, start), delimiter=delimiter, strict=True)
        try:
            row = next(reader)
        except (csv.Error, StopIteration):
            yield None
            start += 1
        else:
            yield row
            start += reader.line_num


def _from(lines: Sequence[str], start: int) -> Iterator[str]:
    """Lines from ``start`` on, as far as one cell may reach."""
    size = 0
    for index in range(start, len(lines)):
        yield lines[index]
        size += len(lines[index])
        if size > 2 * LONGEST_CELL:
            raise csv.Error("a cell without an end")


def _swallows(row: Sequence[str], delimiter: str) -> bool:
    """Whether a cell holds a line that reads like a further record.

    Its first two cells look like those of the row itself, as identifiers and dates do. So it looks
    where one quote mark was left open and a later one happened to close it.
    """
    for place, cell in enumerate(row[1:], start=1):
        if "\n" in cell or "\r" in cell:
            alike = row[: min(place, 2)]
            pattern = _start_of_record(tuple(map(shape_of, alike)), delimiter)
            if pattern is not None and pattern.search(cell):
                return True
    return False


@lru_cache(maxsize=256)
def _start_of_record(shapes: tuple[str, ...], delimiter: str) -> re.Pattern[str] | None:
    """A line that starts with cells of these shapes; None where the first has no digits."""
    if "9" not in shapes[0]:
        return None
    signs = {"9": "[0-9]+", "a": "[A-Za-z]+"}
    cells = ("".join(signs.get(sign, re.escape(sign)) for sign in shape) for shape in shapes)
    line = "".join(f'"?{cell}"?{re.escape(delimiter)}' for cell in cells)
    return re.compile(f"[\r\n]{line}")


def _known(rows: Sequence[Sequence[str]], columns: Sequence[str], path: Path) -> int:
    if not columns:
        return 0
    try:
        return find_heading(
            [list(row) for row in rows[:SEARCHED]], path=path, columns=columns
        ).known
    except SourceError:
        return len(columns)  # it names one of them twice, or is empty: told when it is read


def _tolerant(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Records as far as they go, stray quote marks and all: enough to look at."""
    csv.field_size_limit(_no_limit())
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error:
        return


def _lines(text: str, *, most: int | None = None) -> Iterator[str]:
    """Lines with their ends, split where CSV splits them and nowhere else."""
    for number, match in enumerate(_LINE.finditer(text)):
        if not match.group() or number == most:
            return
        yield match.group()


def _check_delimiter(delimiter: str, path: Path) -> None:
    if len(delimiter) != 1 or delimiter in '"\r\n\0 ':
        raise SourceError(
            f"{path}: the delimiter must be one character, such as ',' or ';', and no space or "
            "quote mark. Mend 'delimiter' under [[sources]], or leave it out to have it found."
        )


def _no_limit() -> int:
    return (1 << 31) - 1
