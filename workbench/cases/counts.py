"""The small table that shows that no row was lost: what each file held and what became of it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from workbench.cases.delimited import DELIMITERS
from workbench.cases.found import Found

if TYPE_CHECKING:
    import pandas as pd

    from workbench.cases.log import CaseLog


_FOUND = [field.name for field in fields(Found)]


def count_rows(log: CaseLog) -> pd.DataFrame:
    """One row a source, in the order read: source, holds, read_as, rows, kept, set_aside.

    ``rows`` = ``kept`` + ``set_aside``; rows that are empty throughout are none. ``read_as`` says
    in words how the file was read, so that a wrong encoding or heading shows.
    """
    sources = log.sources
    told = [
        describe_reading(Found(*how)) for how in sources[_FOUND].itertuples(index=False, name=None)
    ]
    shown = sources[["source", "holds", "rows", "kept", "set_aside"]].copy()
    shown.insert(2, "read_as", told)
    return shown.astype({"read_as": "str"}).reset_index(drop=True)


def describe_reading(found: Found) -> str:
    """How one file was read, in words: ``CSV, utf-8, comma, heading in row 1``."""
    parts = [found.format, found.encoding]
    if found.delimiter:
        parts.append(DELIMITERS.get(found.delimiter, f"delimiter {found.delimiter!r}"))
    if found.sheet:
        parts.append(f"sheet '{found.sheet}'")
    if found.heading:
        parts.append(f"heading in row {found.heading}")
    return ", ".join(part for part in parts if part)
