"""What a study's records do not allow, said plainly."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from workbench.cases.log import CaseLog
from workbench.study import Study


def find_gaps(log: CaseLog, study: Study) -> tuple[str, ...]:
    """One sentence for each part of a usual report that these records cannot give, and why."""
    outline = files("workbench.report").joinpath("outline.toml").read_text("utf-8")
    parts = tomllib.loads(outline)["parts"]
    absent = [
        f"{code} {part['title']}: the study gives no field '{part['field']}'."
        for code, part in parts.items()
        if part["field"] not in study.fields
    ]
    hollow = [
        f"{study.fields[name].label}: the field is there, but no case has it filled in."
        for name in study.fields
        if log.membership(name).empty
    ]
    coded = sorted((*absent, *_missing_sources(log, study)), key=_place)
    return (*coded, *hollow, *_missing_groups(log, study))


def _place(gap: str) -> tuple[str, int]:
    """Where a part stands in the outline: A2 before A10."""
    code = gap.split()[0]
    return code[0], int(code[1:])


def _missing_sources(log: CaseLog, study: Study) -> list[str]:
    found = []
    if not log.cases["subject"].notna().any():
        found.append("A10 Words in subject lines: the records have no subject line.")
    if log.takedowns.empty:
        found.append("A11 Addresses reported and removed: the study gives no takedown records.")
    if log.messages.empty:
        found.append("B6 Course of a dialogue: the study gives no messages beyond the first.")
    if study.hours is None:
        found.append("A12 Replies: the study gives no staffed hours ([hours]).")
    if not study.calendar.terms:
        found.append("A5 Terms beside the months: the study gives no terms.")
    if len(log.periods) < 2:
        found.append("C1 Change between periods: there are cases of one period only.")
    return found


def _missing_groups(log: CaseLog, study: Study) -> list[str]:
    return [
        f"{comparison.title}: no case has '{group}' in '{comparison.by}'."
        for comparison in study.comparisons
        for group in comparison.groups
        if group not in set(log.membership(comparison.by)["label"])
    ]
