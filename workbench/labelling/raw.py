"""A CSV sheet as it is written, so that one cell can change and every other character stays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.cases.delimited import find_delimiter
from workbench.cases.encodings import decode
from workbench.errors import WorkbenchError, place

Span = tuple[int, int]

_LINE_END = re.compile(r"\r\n|\r|\n")
_AGAIN = "Open it in a spreadsheet program and save it as 'CSV UTF-8'."


@dataclass(frozen=True)
class Raw:
    """The text of a file, and where in it each cell of each record stands, quote marks and all."""

    path: Path
    text: str
    encoding: str
    delimiter: str
    records: tuple[tuple[Span, ...], ...]

    @property
    def data(self) -> bytes:
        """The bytes of the file. Raises ``WorkbenchError`` where its encoding has no such sign."""
        errors = "surrogateescape" if "16" not in self.encoding else "strict"
        try:
            return self.text.encode(self.encoding, errors)
        except UnicodeEncodeError:
            raise WorkbenchError(
                f"{self.path} is written in {self.encoding}, which lacks a character of what was "
                f"to be saved. {_AGAIN}"
            ) from None

    def row(self, record: int) -> list[str]:
        """The cells of a record, without their quote marks."""
        return [_bare(self.text[start:end]) for start, end in self.records[record]]


def read_raw(data: bytes, path: Path, *, columns: Sequence[str] = ()) -> Raw:
    """The cells in ``data``, the bytes of a CSV file; ``columns`` as in ``read_table``.

    Raises ``WorkbenchError`` where a quote mark strays, and where the text cannot be written back
    as the same bytes.
    """
    text, encoding = decode(data, path=path)
    delimiter = find_delimiter(text, path=path, columns=columns)
    raw = Raw(path, text, encoding, delimiter, _split(text, delimiter, path))
    if raw.data != data:
        raise WorkbenchError(f"{path} is written in {encoding}, which is not kept here. {_AGAIN}")
    return raw


def write_cells(raw: Raw, cells: Mapping[tuple[int, int], str]) -> Raw:
    """``raw`` with other values in ``cells``, by record and column; quoted where they were."""
    text = raw.text
    for record, column in sorted(cells, reverse=True):
        start, end = raw.records[record][column]
        value = cells[record, column]
        quoted = text[start:end].startswith('"') or not (value.isalnum() or value == "")
        written = '"' + value.replace('"', '""') + '"' if quoted else value
        text = text[:start] + written + text[end:]
    return Raw(raw.path, text, raw.encoding, raw.delimiter, _split(text, raw.delimiter, raw.path))


def _split(text: str, delimiter: str, path: Path) -> tuple[tuple[Span, ...], ...]:
    """The spans of all cells, record by record; empty lines are records of one empty cell."""
    cell = re.compile(rf'(?:"(?:[^"]|"")*+"|(?!")[^{re.escape(delimiter)}\r\n]*+)')
    records: list[tuple[Span, ...]] = []
    cells: list[Span] = []
    at = 0
    while True:
        found = cell.match(text, at)
        if found is None:
            raise _stray(path, len(records) + 1)
        cells.append(found.span())
        at = found.end()
        if text.startswith(delimiter, at):
            at += len(delimiter)
            continue
        records.append(tuple(cells))
        cells = []
        if at == len(text):
            return tuple(records)
        line_end = _LINE_END.match(text, at)
        if line_end is None:
            raise _stray(path, len(records))
        at = line_end.end()


def _stray(path: Path, row: int) -> WorkbenchError:
    return WorkbenchError(
        f"{place(path, row=row)}: a quote mark is not closed, or stands within a quoted cell. "
        f"{_AGAIN}"
    )


def _bare(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell
