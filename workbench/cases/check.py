"""Which rows can be used, and why the others cannot.

Each check is a function from a frame of strings to the rows that fail it. A row that fails is set
aside with the first reason found; nothing is dropped silently and no message repeats a value.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.cases.columns import PROBLEM_COLUMNS
from workbench.cases.tables import BadRow, split_cell
from workbench.errors import SourceError, suggest
from workbench.study import CaseField, Source, Study

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Fault:
    """Rows (``mask``) that cannot be used, for one reason at one column."""

    mask: pd.Series
    column: str
    reason: str
    mend: str


_ERRORS = (
    "#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!", "#CALC!",
    "#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!",
    "Err:502", "Err:504", "Err:508", "Err:522",
)  # fmt: skip

ProblemRow = tuple[str, str, int, str, str, str]
"""File, what it holds, row, column, reason, mend."""


def require_columns(frame: pd.DataFrame, wanted: Iterable[str], *, file: str) -> None:
    """Raise ``SourceError`` that names the columns which the file lacks, with a hint."""
    wanted = list(dict.fromkeys(wanted))
    missing = [column for column in wanted if column not in frame.columns]
    if missing:
        have = [str(column) for column in frame.columns if column]
        named = ", ".join(f"'{column}'" for column in missing)
        hint = suggest(missing[0], have)
        # Where no column is known, what was taken for the heading may be a case.
        if not set(wanted) & set(have) and "Did you mean" not in hint:
            hint = " None of the names that the study uses stands in the first rows."
        raise SourceError(
            f"{file} has no column {named}.{hint} Mend the column names in "
            "study.toml or in the file, or give the row of its heading as 'heading' of the source."
        )


def sort_out(
    frame: pd.DataFrame, faults: Iterable[Fault], *, source: Source, file: str
) -> tuple[pd.Series, pd.DataFrame]:
    """Which rows are good, and one problem row for each that is not (its first fault)."""
    import pandas as pd

    good = pd.Series(True, index=frame.index)
    parts: list[ProblemRow] = []
    for fault in faults:
        rows = frame.index[good & fault.mask]
        good &= ~fault.mask
        parts += [
            (file, source.holds, int(row), fault.column, fault.reason, fault.mend) for row in rows
        ]
    return good, problem_frame(parts)


def bad_row_problems(rows: Iterable[BadRow], *, source: Source, file: str) -> pd.DataFrame:
    """Rows that the reader itself set aside, as problems."""
    return problem_frame(
        [(file, source.holds, bad.row, bad.column, bad.reason, bad.mend) for bad in rows]
    )


def problem_frame(rows: list[ProblemRow]) -> pd.DataFrame:
    """Problems as a frame with the columns of the schema."""
    import pandas as pd

    names = [column.name for column in PROBLEM_COLUMNS]
    frame = pd.DataFrame(rows, columns=pd.Index(names))
    return frame.astype({column.name: column.dtype for column in PROBLEM_COLUMNS})


def empty(cells: pd.Series, column: str, what: str) -> Fault:
    """Cells that must be filled in and are not."""
    return Fault(cells == "", column, f"{what} is empty", "fill it in, or leave the row out")


def spreadsheet_errors(cells: pd.Series, column: str) -> Fault:
    """Cells that show an error of a formula in place of what should stand there."""
    return Fault(
        cells.str.strip().isin(_ERRORS),
        column,
        "the cell holds an error of the spreadsheet, such as #REF!",
        "mend its formula, or name the error under 'blank' if it stands for nothing",
    )


def shortened(ids: pd.Series, column: str) -> Fault:
    """Identifiers that a spreadsheet has cut down to a few digits, such as 1.23457E+15."""
    return Fault(
        ids.str.fullmatch(r"\d(\.\d+)?E\+\d{2,3}"),
        column,
        "the identifier is a number that a spreadsheet has shortened",
        "format the column as text before saving, and enter it again from the record itself",
    )


def repeated(ids: pd.Series, seen: set[str], column: str) -> Fault:
    """Identifiers that an earlier row, here or in an earlier file, already carries."""
    again = (ids != "") & (ids.duplicated() | ids.isin(seen))
    return Fault(
        again, column, "the identifier stands on an earlier row too", "give each case its own"
    )


def unreadable(cells: pd.Series, dates: pd.Series, column: str, format: str) -> Fault:
    """Dates that are there but cannot be read by the declared format."""
    expected = "YYYY-MM-DD" if format == "iso" else format
    return Fault(
        (cells != "") & dates.isna(),
        column,
        f"the date cannot be read as {expected}",
        "write it so, or declare its format as 'date_format' in study.toml",
    )


def outside(dates: pd.Series, periods: pd.Series, column: str, source: Source) -> Fault:
    """Dates that fall in no period, or not in the one that the file is said to hold."""
    astray = periods != source.period if source.period else periods.isna()
    where = f"the period {source.period}" if source.period else "every period of the study"
    return Fault(
        dates.notna() & astray.fillna(True).astype(bool),
        column,
        f"the date lies outside {where}",
        "mend the date, or the days of [[periods]]",
    )


def outside_scheme(
    cells: pd.Series, periods: pd.Series, field: CaseField, name: str, study: Study
) -> Fault:
    """Labels that the field's scheme, or what it offered, for the row's period does not have."""
    import pandas as pd

    allowed = {period.name: study.scheme(name, period.name) for period in study.periods}
    names = {period: set(scheme.names) for period, scheme in allowed.items() if scheme}
    names |= {period: set(labels) for period, labels in field.offered.items()}
    if not names:
        mask = pd.Series(False, index=cells.index)
    else:
        mask = pd.Series(
            [
                period in names and bool(set(labels_of(cell, field)) - names[period])
                for cell, period in zip(cells, periods, strict=True)
            ],
            index=cells.index,
            dtype=bool,
        )
    return Fault(
        mask,
        field.column or "",
        f"a label is not in the scheme of field '{name}' for its period",
        f"mend the label, add it to the {'list offered' if field.offered else 'scheme'}, "
        "or map it under 'renamed'",
    )


def labels_of(cell: str, field: CaseField) -> list[str]:
    """The labels that a cell holds, old names replaced by new ones.

    Runs of space of any kind count as one, since two labels that look alike are meant alike.
    """
    parts = split_cell(cell, field.separator) if field.many else [cell]
    labels = [" ".join(part.split()) for part in parts]
    return [field.renamed.get(label, label) for label in labels if label]


def not_counts(cells: pd.Series, column: str) -> Fault:
    """Cells that should hold a whole number from 0 up and do not."""
    return Fault(
        ~cells.str.fullmatch(r"\d{1,9}"), column, "it is not a whole number", "write digits alone"
    )


def unknown_case(ids: pd.Series, known: set[str], column: str) -> Fault:
    """Records that belong to no case that was kept."""
    return Fault(
        ~ids.isin(known),
        column,
        "no usable case has this identifier",
        "mend the identifier, or the case's own row",
    )
