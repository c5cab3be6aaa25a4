"""Errors meant for the researcher: one clear paragraph, never a case's text.

A message names the file, the row, the column and the mend. It never repeats the offending value,
because values are case text.
"""

from __future__ import annotations


class WorkbenchError(Exception):
    """Something the researcher can mend; printed as one paragraph, exit code 2."""


class StudyError(WorkbenchError):
    """The study description (study.toml) cannot be used."""


class SourceError(WorkbenchError):
    """A file of cases cannot be read at all."""


class ExportError(WorkbenchError):
    """Something must not, or cannot, be written out."""


def place(file: object, *, row: int | None = None, column: str | None = None) -> str:
    """Say where a problem is: ``cases.csv, row 12, column 'Received'``.

    ``row`` counts as a spreadsheet does: the heading is row 1, the first case row 2.
    """
    parts = [str(file)]
    if row is not None:
        parts.append(f"row {row}")
    if column is not None:
        parts.append(f"column '{column}'")
    return ", ".join(parts)


def suggest(word: str, known: list[str]) -> str:
    """A hint for a misspelt name: `` Did you mean 'columns'?`` or the list of what is known."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1)
    if close:
        return f" Did you mean '{close[0]}'?"
    return f" Known here: {', '.join(known)}." if known else ""
