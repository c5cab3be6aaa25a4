"""What reading a file gave: its rows as a frame of strings, and how the file was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be used as it stands; ``column`` as the file names it, "" for the row."""

    row: int
    reason: str
    mend: str
    column: str = ""


@dataclass(frozen=True)
class Found:
    """How a file was read; each but ``format`` can be set by the source of the same key.

    ``encoding``, ``delimiter`` and ``sheet`` are "" and ``heading`` (the row of the column names,
    from 1) is 0 where the format has none.
    """

    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    heading: int = 0


@dataclass(frozen=True)
class Table:
    """``frame`` holds strings only, "" where a cell is empty; its index is the row number.

    Each row below the heading that is not empty throughout is in ``frame`` or in ``bad_rows``.
    """

    frame: pd.DataFrame
    bad_rows: tuple[BadRow, ...] = ()
    found: Found = field(default_factory=Found)
