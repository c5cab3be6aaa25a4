"""Files of records as frames of strings: one reader a format, chosen by the file's ending.

Text is never reinterpreted: "NA", leading zeros and long numbers stay as they are. Rows are
numbered as a spreadsheet shows them, the heading being row 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from workbench.cases.cells import LIST_MARK as LIST_MARK
from workbench.cases.cells import split_cell as split_cell
from workbench.cases.delimited import read_delimited
from workbench.cases.found import BadRow as BadRow
from workbench.cases.found import Found as Found
from workbench.cases.found import Table as Table
from workbench.cases.json_lines import read_json_lines
from workbench.cases.parquet import read_parquet
from workbench.cases.workbooks import read_workbook
from workbench.errors import SourceError
from workbench.study import Source

READERS: dict[str, Callable[[Path, Source, Sequence[str]], Table]] = {
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".txt": read_delimited,
    ".csv.gz": read_delimited,
    ".tsv.gz": read_delimited,
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
    ".ods": read_workbook,
    ".jsonl": read_json_lines,
    ".jsonl.gz": read_json_lines,
    ".parquet": read_parquet,
}
"""The formats that can be read, by the file's ending."""


def read_table(path: Path, source: Source | None = None, *, columns: Iterable[str] = ()) -> Table:
    """Read one file of records; ``found`` of the table tells how.

    ``columns`` are the names that will be used: by them the delimiter, the sheet and the heading
    are found, and only faults in them set a row aside. Raises ``SourceError`` where the file is
    missing, of an unknown kind, too large, or unreadable as a whole; single rows that do not fit
    come back in ``bad_rows``. A row that is empty throughout is none.
    """
    options = source or Source(path=str(path))
    suffix = _suffix(path)
    try:
        if not path.exists():
            raise SourceError(
                f"{path} does not exist. Put the file there, or mend 'path' under [[sources]]."
            )
        if suffix not in READERS:
            raise SourceError(
                f"{path} ends in '{suffix}', which is not a format that can be read. Save it as "
                f"one of: {', '.join(READERS)}."
            )
        return READERS[suffix](path, options, tuple(dict.fromkeys(columns)))
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror or 'damaged file'}).") from None


def _suffix(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    return "".join(suffixes[-2:]) if suffixes[-1:] == [".gz"] else "".join(suffixes[-1:])
