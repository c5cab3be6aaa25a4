"""Cases to read or pass on: without names, for the owner alone, with what was hidden beside."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.small import HEADING, STUDY
from workbench.errors import ExportError, WorkbenchError
from workbench.report.redacted import write_redacted
from workbench.study import Study

ROWS = [
    'A1,2022-09-05,"Ann Lee rang: see @tea.page.elm",=1+1,Fake profile; Bullying,Primary,Ann Lee',
    "A2,2022-10-01 08:15,Somebody filmed the canteen,,Bullying,Secondary,",
]


def make_study(folder: Path, more: str = "") -> Study:
    (folder / "study.toml").write_text(STUDY + more, "utf-8")
    (folder / "cases.csv").write_text("\n".join([HEADING, *ROWS]) + "\n", "utf-8")
    return Study.load(folder)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_cases_go_out_without_names_and_with_their_fields(tmp_path: Path) -> None:
    done = write_redacted(make_study(tmp_path), tmp_path / "out")
    one, two = rows_of(tmp_path / "out" / "cases.csv")
    assert one["text"] == "[PERSON 1] rang: see [HANDLE 1]"
    assert one["subject"] == "'=1+1"
    assert (one["kind"], two["kind"], two["phase"]) == (
        "Fake profile; Bullying",
        "Bullying",
        "Secondary",
    )
    assert done.cases == 2
    assert all(path.stat().st_mode & 0o077 == 0 for path in done.files)


def test_what_was_hidden_is_listed_and_never_repeated(tmp_path: Path) -> None:
    done = write_redacted(make_study(tmp_path), tmp_path / "out")
    listed = rows_of(tmp_path / "out" / "hidden.csv")
    assert [(row["case_id"], row["where"], row["kind"]) for row in listed] == [
        ("A1", "text", "PERSON"),
        ("A1", "text", "HANDLE"),
    ]
    assert "Lee" not in (tmp_path / "out" / "hidden.csv").read_text("utf-8")
    assert done.hidden["n"].sum() == 2


def test_a_map_needs_pseudonyms_of_the_whole_study(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError, match="pseudonyms"):
        write_redacted(make_study(tmp_path), tmp_path / "out", map_to=tmp_path / "map.csv")
    whole = make_study(tmp_path, '\n[redaction]\npseudonyms = "study"\n')
    done = write_redacted(whole, tmp_path / "out", map_to=tmp_path / "map.csv")
    assert "Ann Lee" in (tmp_path / "map.csv").read_text("utf-8")
    assert (tmp_path / "map.csv").stat().st_mode & 0o077 == 0
    assert done.files[-1].name == "map.csv"


def test_a_map_beside_the_redacted_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="would give away"):
        write_redacted(make_study(tmp_path), tmp_path / "out", map_to=tmp_path / "out" / "map.csv")
    assert not (tmp_path / "out").exists()
