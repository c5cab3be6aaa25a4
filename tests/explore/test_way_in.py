"""How the cases came in, as a notebook shows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.small import HEADING, STUDY
from workbench.cases.log import CaseLog
from workbench.cases.read import read_cases
from workbench.explore import way_in
from workbench.report.keeping import SafeRecords, read_safely
from workbench.study import Study

TEXT = "Ann Lee rang about the page @tea.page.elm that mocks our <b>head</b> teacher again"
ROWS = [
    f'A1,2022-09-05,"{TEXT}",,Bullying,Primary,Ann Lee',
    f'A2,2023-11-05,"{TEXT}",,Bullying,Primary,',
    "A3,2023-11-20,,,,,",
]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    (tmp_path / "study.toml").write_text(STUDY, "utf-8")
    (tmp_path / "cases.csv").write_text("\n".join([HEADING, *ROWS]) + "\n", "utf-8")
    return Study.load(tmp_path)


@pytest.fixture
def log(study: Study) -> CaseLog:
    return read_cases(study)


@pytest.fixture
def records(study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SafeRecords:
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "cache"))
    return read_safely(study)


def test_rows_in_are_rows_kept_and_set_aside(log: CaseLog, study: Study) -> None:
    shown = way_in.rows_read(log, study).markup
    assert "cases.csv" in shown
    assert "CSV, utf-8, comma, heading in row 1" in shown


def test_links_are_counted_and_no_text_shown(records: SafeRecords) -> None:
    log = records.log
    years = log.cases["date"].dt.year.tolist()
    assert years == [2022, 2023]  # of other periods: no case looks back to another's
    assert "1 of" not in way_in.linked(records).markup
    same = replace(log, cases=log.cases.assign(period=log.cases["period"].iloc[0]))
    shown = way_in.linked(replace(records, log=same)).markup
    assert "The same words" in shown
    assert "1 of 2" in shown
    assert "tea.page" not in shown


def test_what_is_hidden_is_counted_and_never_shown(records: SafeRecords, study: Study) -> None:
    open_study = study.model_copy(
        update={
            "disclosure": study.disclosure.model_copy(update={"exempt": True, "reason": "a test"})
        }
    )
    shown = way_in.hidden(records, open_study).markup
    assert "by the case&#x27;s own fields" in shown
    assert "Account name" in shown
    assert "Lee" not in shown
