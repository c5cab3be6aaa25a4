"""Parquet: each value as text, whole numbers digit for digit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cases.cells import to_cell
from workbench.cases.encodings import LARGEST_FILE, too_large
from workbench.cases.found import Found, Table
from workbench.cases.grid import to_records
from workbench.errors import SourceError
from workbench.study import Source

if TYPE_CHECKING:
    import pyarrow as pa


def read_parquet(path: Path, source: Source, columns: Sequence[str]) -> Table:
    """A Parquet file. Its first row is row 2, as if the names of the columns stood above it."""
    import pyarrow as pa

    try:
        table = _load(path)
        names = [str(name) for name in table.column_names]
        values = [column.to_pylist() for column in table.columns]
    except (pa.ArrowException, ValueError, OSError):
        raise SourceError(f"{path} is not a readable Parquet file. Export it again.") from None
    doubled = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if doubled:
        raise SourceError(
            f"{path} names the column '{doubled[0]}' more than once. Give each a name of its own."
        )
    rows = (
        (number, [to_cell(value) for value in row])
        for number, row in enumerate(zip(*values, strict=True), start=2)
    )
    return to_records(names, rows, found=Found("Parquet"), columns=columns)


def _load(path: Path) -> pa.Table:
    """The file's table; its size is asked before a value is unpacked."""
    import pyarrow.parquet as pq

    if path.is_dir():
        raise SourceError(f"{path} is a folder. Give the path of a file in it.")
    with pq.ParquetFile(path) as file:
        about = file.metadata
        sizes = (about.row_group(group).total_byte_size for group in range(about.num_row_groups))
        # One value repeated a billion times takes no room in the file, but in memory it does.
        if sum(sizes) > LARGEST_FILE or about.num_rows * about.num_columns > LARGEST_FILE:
            raise too_large(path)
        return file.read()
