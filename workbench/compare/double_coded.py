"""The file of a double-coded sample: cases with their labels by both schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.cases.tables import read_table, split_cell
from workbench.compare.crosswalk import SIDES, Crosswalking, find_entry
from workbench.errors import WorkbenchError, place, suggest

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from workbench.study import Study


def read_double_coded(study: Study, crosswalking: Crosswalking) -> pd.DataFrame:
    """The double-coded sample that the study names for a crosswalk.

    One row a case: ``case_id``; ``earlier`` and ``later``, tuples of the labels it was given by
    each scheme (in the file parted by ";"; empty where none applies). The index is the file's row.
    Raises ``WorkbenchError`` that names the file, the row, the column and the mend.
    """
    entry = find_entry(study, crosswalking.field, later=crosswalking.later.scheme)
    if entry.double_coded is None:
        raise WorkbenchError(
            "The study names no double-coded sample for this crosswalk. Name its file in "
            "'double_coded' under [[crosswalks]] in study.toml."
        )
    path = study.locate(entry.double_coded)
    coded = _read_cases(path)
    for side, use in crosswalking.sides:
        cells = [tuple(split_cell(" ".join(cell.split()), ";")) for cell in coded[side]]
        for row, labels in zip(coded.index, cells, strict=True):
            for label in labels:
                if label not in use.labels:
                    raise WorkbenchError(
                        f"{place(path, row=row, column=side)}: a label is not in the scheme "
                        f"'{use.scheme}'.{suggest(label, list(use.labels))}"
                    )
        coded[side] = cells
    return coded


def _read_cases(path: Path) -> pd.DataFrame:
    """case_id and the cells of both schemes; every row names a case of its own."""
    table = read_table(path)
    for column in ("case_id", *SIDES):
        if column not in table.frame.columns:
            raise WorkbenchError(
                f"{path} has no column '{column}'. A double-coded sample has the columns case_id, "
                "earlier and later."
            )
    for bad in table.bad_rows:
        raise WorkbenchError(f"{place(path, row=bad.row)}: {bad.reason}; {bad.mend}.")
    coded = table.frame[["case_id", *SIDES]].copy()
    coded["case_id"] = coded["case_id"].str.strip()
    for row in coded.index[coded["case_id"] == ""]:
        raise WorkbenchError(f"{place(path, row=row, column='case_id')}: it is empty. Name a case.")
    for row in coded.index[coded["case_id"].duplicated()]:
        raise WorkbenchError(
            f"{place(path, row=row, column='case_id')}: this case stands in an earlier row "
            "already. Keep one of them."
        )
    return coded
