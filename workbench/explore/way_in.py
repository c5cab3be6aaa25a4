"""How the cases came in, as a notebook shows it: rows by file, links, what would be hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.cases.counts import count_rows
from workbench.cases.log import CaseLog
from workbench.explore.show import Shown, in_columns, table
from workbench.lenses.returns import count_links
from workbench.report.data_read import hidden_table, rows_table
from workbench.report.reading import SIGN_NAMES
from workbench.report.tables import count

if TYPE_CHECKING:
    from workbench.report.keeping import SafeRecords
    from workbench.study import Study


def rows_read(log: CaseLog, study: Study) -> Shown:
    """Each file with how it was read, its rows, and how many were kept and set aside."""
    return table(rows_table(count_rows(log), study))


def linked(records: SafeRecords) -> Shown:
    """How many cases go on from one of their period, by sign."""
    counted = count_links(records.returns, records.log)
    names = {**SIGN_NAMES, "any sign": "Any of these"}
    columns = {"Sign": [names[sign] for sign in counted["sign"].unique()]}
    for period, own in counted.groupby("period", sort=False):
        printed = [f"{count(n)} of {count(base)}" for n, base in own[["n", "base"]].to_numpy()]
        columns[str(period)] = printed
    note = (
        "Only cases of the same period are looked back to, so that all look back equally far. A "
        "case can show several signs. All of them stay in every count."
    )
    return in_columns("Cases that go on from an earlier one of their period", columns, note=note)


def hidden(records: SafeRecords, study: Study) -> Shown:
    """What redaction hid in the texts, by kind and by how it became known."""
    return table(hidden_table(records.hidden, study))
