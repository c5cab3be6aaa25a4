"""Small files of figures read strictly: each fault named by file, row, column and mend."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from workbench.cases.tables import read_table
from workbench.errors import WorkbenchError, place, suggest

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Number:
    """A kind of number as files hold it: its pattern, what to write, its dtype."""

    pattern: re.Pattern[str]
    mend: str
    dtype: str

    def read(self, cells: pd.Series, *, file: Path) -> pd.Series:
        """The numbers in a column, missing where a cell is empty; raises ``WorkbenchError``."""
        import pandas as pd

        for row, cell in cells.items():
            if cell and not self.pattern.fullmatch(cell):
                refuse(file, row, str(cells.name), self.mend)
        numbers = pd.to_numeric(cells.where(cells != ""))
        return pd.Series(numbers.astype(pd.api.types.pandas_dtype(self.dtype)))

    def decimals(self, cells: pd.Series) -> pd.Series:
        """How many digits stand after the point, missing where a cell is empty."""
        after = cells.str.partition(".")[2].str.len()
        return after.astype("Int64").where(cells != "")


COUNT = Number(
    re.compile(r"-?\d{1,15}"), "it is no whole number; write digits only, as 1396", "Int64"
)
PERCENT = Number(
    re.compile(r"-?\d{1,15}(?:\.\d{1,15})?"),
    "it is no percentage; write the number alone with a point, as 68.8",
    "Float64",
)


def read_cells(
    file: Path, *, required: Sequence[str], optional: Sequence[str], what: str
) -> pd.DataFrame:
    """The cells of a small table as trimmed strings, indexed by row; optional columns are added.

    Raises ``WorkbenchError`` for a file or column that is missing, unknown, or a torn row.
    """
    if not file.is_file():
        raise WorkbenchError(f"{file} is not a file. Mend the path of the {what}.")
    table = read_table(file)
    columns = list(table.frame.columns)
    known = [*required, *optional]
    for column in columns:
        if column not in known:
            hint = suggest(column, known)
            refuse(file, 1, column, f"no such column is known in a file of {what}.{hint}")
    missing = [name for name in required if name not in columns]
    if missing:
        raise WorkbenchError(
            f"{place(file, row=1)}: a file of {what} needs the column {', '.join(missing)}. Add it."
        )
    for bad in table.bad_rows:
        raise WorkbenchError(f"{place(file, row=bad.row)}: {bad.reason}; {bad.mend}.")
    frame = table.frame.assign(**{name: "" for name in optional if name not in columns})
    return frame.assign(**{name: frame[name].str.strip() for name in known})


def check_word(
    cells: pd.DataFrame, column: str, known: Sequence[str], *, file: Path, empty: bool
) -> None:
    """Every cell of a column must be one of a list of words, or empty where that is allowed."""
    for row, cell in cells[column].items():
        if cell not in known and not (empty and not cell):
            refuse(file, row, column, f"it must be one of: {', '.join(known)}")


def refuse(file: Path, row: object, column: str, mend: str) -> NoReturn:
    """Raise ``WorkbenchError`` for one cell."""
    number = row if isinstance(row, int) else int(str(row))
    stop = "" if mend.endswith((".", "?")) else "."
    raise WorkbenchError(f"{place(file, row=number, column=column)}: {mend}{stop}")
