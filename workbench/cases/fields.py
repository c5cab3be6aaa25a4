"""What is recorded of a case beside its text: labels of fields, and names to hide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.cases.cells import split_cell
from workbench.cases.check import labels_of
from workbench.study import CaseField, Study

if TYPE_CHECKING:
    import pandas as pd


def recorded_columns(study: Study) -> list[str]:
    """The columns of cases that fields and private fields name."""
    columns = [column for field in study.fields.values() for column in _columns_of(field)]
    return columns + [item.column for item in study.private.values()]


def read_labels(frame: pd.DataFrame, ids: pd.Series, fields: dict[str, CaseField]) -> pd.DataFrame:
    """The labels of each case in each field, long: case_id, field, label."""
    import pandas as pd

    rows: list[tuple[str, str, str]] = []
    for name, field in fields.items():
        if field.flags is not None:
            for label, column in _flags(field).items():
                if column in frame.columns:
                    ticked = ids[_is_ticked(frame[column])]
                    rows.extend((case_id, name, label) for case_id in ticked)
        elif field.column in frame.columns:
            for case_id, cell in zip(ids, frame[field.column], strict=True):
                rows.extend((case_id, name, label) for label in labels_of(cell, field))
    return pd.DataFrame(rows, columns=pd.Index(["case_id", "field", "label"]), dtype="str")


def _is_ticked(cells: pd.Series) -> pd.Series:
    """Whether a flag column says yes: anything but nothing, zero, no and false."""
    return ~cells.str.strip().str.casefold().isin({"", "0", "0.0", "no", "false", "n"})


def read_private(frame: pd.DataFrame, ids: pd.Series, study: Study) -> dict[str, pd.DataFrame]:
    """The names that each private field gives of each case: case_id, label."""
    import pandas as pd

    frames = {}
    for name, item in study.private.items():
        if item.column not in frame.columns:
            continue
        rows = [
            (case_id, label)
            for case_id, cell in zip(ids, frame[item.column], strict=True)
            for label in split_cell(cell, item.separator)
        ]
        frames[name] = pd.DataFrame(rows, columns=pd.Index(["case_id", "label"]), dtype="str")
    return frames


def _columns_of(field: CaseField) -> list[str]:
    if field.column is not None:
        return [field.column]
    return list(_flags(field).values())


def _flags(field: CaseField) -> dict[str, str]:
    """Label -> column. A plain list of columns names the labels by the columns themselves."""
    flags = field.flags or {}
    return flags if isinstance(flags, dict) else {column: column for column in flags}
