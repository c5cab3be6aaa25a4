"""Case logs built in memory for tests."""

from __future__ import annotations

import pandas as pd

from workbench.cases.columns import CASE_COLUMNS
from workbench.cases.log import CaseLog, FieldInfo, empty_log

NOTHING_HIDDEN = pd.DataFrame(columns=pd.Index(["kind", "found_by", "n", "cases"]))
"""What ``count_redactions`` gives where redaction found nothing."""


def make_log(rows: list[dict[str, object]], fields: dict[str, FieldInfo] | None = None) -> CaseLog:
    """A log of ``rows`` (case_id, period, date, text, ...); other keys are fields with labels."""
    core = [column.name for column in CASE_COLUMNS]
    cases, labels = [], []
    for number, row in enumerate(rows, start=2):
        base = {"case_id": f"C{number}", "period": "2022-23", "date": "2022-10-05", "text": "x"}
        record = {**base, "subject": None, "source": "cases.csv", "row": number, **row}
        cases.append({name: record[name] for name in core})
        for name, value in record.items():
            if name not in core:
                found = value if isinstance(value, list) else [value]
                labels += [(record["case_id"], name, label) for label in found]
    log = empty_log()
    frame = pd.DataFrame(cases).astype({column.name: column.dtype for column in CASE_COLUMNS})
    long = pd.DataFrame(labels, columns=["case_id", "field", "label"], dtype="str")
    infos = {name: FieldInfo(name, name.capitalize()) for name in long["field"].unique()}
    return CaseLog(
        cases=frame,
        labels=long,
        messages=log.messages,
        takedowns=log.takedowns,
        problems=log.problems,
        fields={**infos, **(fields or {})},
    )
