"""Files of records as frames of strings: one reader a format, chosen by the file's ending.

Text is never reinterpreted: "NA", leading zeros and long numbers stay as they are. Rows are
numbered as a spreadsheet shows them, the heading being row 1.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import SourceError, place, suggest
from workbench.study import Source

if TYPE_CHECKING:
    import pandas as pd

LIST_MARK = "\x1f"
"""Joins the items of a cell that is a list in its file (JSON), whatever the study's separator."""

_DELIMITERS = ",;\t|"
_LARGEST_FIELD = 10_000_000


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be brought into columns."""

    row: int
    reason: str
    mend: str


@dataclass(frozen=True)
class Table:
    """``frame`` holds strings only, "" where a cell is empty; its index is the row number."""

    frame: pd.DataFrame
    bad_rows: tuple[BadRow, ...] = ()


def read_table(path: Path, source: Source | None = None) -> Table:
    """Read one file of records.

    Raises ``SourceError`` where the file is missing, of an unknown kind, or unreadable as a whole;
    single rows that do not fit come back in ``bad_rows``.
    """
    options = source or Source(path=str(path))
    if not path.exists():
        raise SourceError(
            f"{path} does not exist. Put the file there, or mend 'path' under [[sources]]."
        )
    suffix = _suffix(path)
    if suffix not in READERS:
        raise SourceError(
            f"{path} ends in '{suffix}', which is not a format that can be read. Save it as one "
            f"of: {', '.join(READERS)}."
        )
    try:
        return READERS[suffix](path, options)
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror or 'damaged file'}).") from None


def split_cell(cell: str, separator: str) -> list[str]:
    """The labels in one cell, trimmed, each once, in the order written."""
    parts = cell.split(LIST_MARK) if LIST_MARK in cell else cell.split(separator)
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _suffix(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    return "".join(suffixes[-2:]) if suffixes[-1:] == [".gz"] else "".join(suffixes[-1:])


def _read_delimited(path: Path, source: Source) -> Table:
    data = path.read_bytes()
    if path.suffix.lower() == ".gz":
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError):
            raise SourceError(f"{path} is not a whole gzip file. Compress it again.") from None
    text = decode(data, path=path, encoding=source.encoding)
    if not text.strip():
        raise SourceError(f"{path} is empty. Export the cases again, with a heading row.")
    delimiter = source.delimiter or _guess_delimiter(text)
    csv.field_size_limit(_LARGEST_FIELD)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise SourceError(
            f"{path} is not well-formed CSV ({error}). Export it again with quoted fields."
        ) from None
    return _table(rows, path=path)


def decode(data: bytes, *, path: Path, encoding: str | None = None) -> str:
    """Bytes as text: the encoding given, else UTF-8, else the likeliest one.

    Raises ``SourceError`` where the encoding does not fit; nothing is replaced or dropped.
    """
    try:
        if encoding is not None:
            return data.decode(encoding)
        return data.decode("utf-8-sig")
    except LookupError:
        raise SourceError(
            f"{path}: there is no encoding '{encoding}'. Try utf-8 or cp1252."
        ) from None
    except UnicodeDecodeError:
        if encoding is not None:
            raise SourceError(
                f"{path} is not written in {encoding}. Leave 'encoding' out to have it found."
            ) from None
    from charset_normalizer import from_bytes

    guess = from_bytes(data).best()
    if guess is None:
        raise SourceError(f"{path}: its encoding cannot be told. Save it as UTF-8.")
    return str(guess).removeprefix("\ufeff")


def _guess_delimiter(text: str) -> str:
    heading = text.lstrip("\r\n").splitlines()[0]
    return max(_DELIMITERS, key=heading.count)


def _read_workbook(path: Path, source: Source) -> Table:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
    except CalamineError:
        raise SourceError(f"{path} is not a readable workbook. Save it again as .xlsx.") from None
    names = book.sheet_names
    if source.sheet is not None and source.sheet not in names:
        raise SourceError(
            f"{path} has no sheet '{source.sheet}'.{suggest(source.sheet, names)} "
            "Mend 'sheet' under [[sources]]."
        )
    rows = book.get_sheet_by_name(source.sheet or names[0]).to_python(skip_empty_area=False)
    return _table([[_cell(value) for value in row] for row in rows], path=path)


def _read_json_lines(path: Path, source: Source) -> Table:
    text = decode(path.read_bytes(), path=path, encoding=source.encoding)
    records: list[tuple[int, dict[str, str]]] = []
    bad: list[BadRow] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError:
            value = None
        if isinstance(value, dict):
            records.append((number, {str(key): _cell(item) for key, item in value.items()}))
        else:
            bad.append(BadRow(number, "the line is not a JSON object", "write one object a line"))
    if not records:
        raise SourceError(f"{path} holds no JSON object. Write one object a line.")
    columns = list(dict.fromkeys(key for _, record in records for key in record))
    rows = [[record.get(column, "") for column in columns] for _, record in records]
    return Table(_frame(columns, rows, [number for number, _ in records]), tuple(bad))


def _read_parquet(path: Path, source: Source) -> Table:
    import pandas as pd
    import pyarrow

    try:
        frame = pd.read_parquet(path)
    except (pyarrow.ArrowException, ValueError):
        raise SourceError(f"{path} is not a readable Parquet file. Export it again.") from None
    rows = [[_cell(value) for value in row] for row in frame.itertuples(index=False)]
    return Table(_frame(list(map(str, frame.columns)), rows, range(2, len(rows) + 2)))


def _cell(value: Any) -> str:
    """A cell's value as the text a person would have typed."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, (datetime, date)):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, float):
        if value != value:
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, Iterable):
        return LIST_MARK.join(_cell(item) for item in value) + LIST_MARK
    return "" if value is None else str(value)


def _table(rows: Sequence[list[str]], *, path: Path) -> Table:
    """Heading and rows as a frame; banner rows above the heading are skipped."""
    start = _heading_row(rows)
    if start is None:
        raise SourceError(f"{path} is empty. Export the cases again, with a heading row.")
    heading = [name.strip() for name in rows[start]]
    while heading and not heading[-1]:
        heading.pop()
    doubled = sorted({name for name in heading if name and heading.count(name) > 1})
    if doubled:
        raise SourceError(
            f"{place(path, row=start + 1)}: the heading names {', '.join(map(repr, doubled))} more "
            "than once. Give each column a name of its own."
        )
    width, kept, numbers, bad = len(heading), [], [], []
    for number, row in enumerate(rows[start + 1 :], start=start + 2):
        if not any(cell.strip() for cell in row):
            continue
        if any(cell.strip() for cell in row[width:]):
            reason = f"the row has {len(row)} cells where the heading has {width}"
            bad.append(BadRow(number, reason, "quote cells that hold the delimiter"))
            continue
        kept.append((row + [""] * width)[:width])
        numbers.append(number)
    return Table(_frame(heading, kept, numbers), tuple(bad))


def _heading_row(rows: Sequence[list[str]]) -> int | None:
    """The first row as wide as the widest of the first rows is likely to be: the heading.

    Exports often carry a title in one merged cell above the heading; such a row has a single
    filled cell where later rows have several.
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[:20]]
    if not any(filled):
        return None
    enough = min(2, max(filled))
    return next(index for index, count in enumerate(filled) if count >= enough)


def _frame(columns: list[str], rows: list[list[str]], numbers: Iterable[int]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(rows, columns=pd.Index(columns), dtype="str")
    frame.index = pd.Index(list(numbers), dtype="int64", name="row")
    return frame


READERS: dict[str, Callable[[Path, Source], Table]] = {
    ".csv": _read_delimited,
    ".tsv": _read_delimited,
    ".csv.gz": _read_delimited,
    ".xlsx": _read_workbook,
    ".ods": _read_workbook,
    ".jsonl": _read_json_lines,
    ".parquet": _read_parquet,
}
"""The formats that can be read, by the file's ending."""
