"""What ``workbench inspect`` prints must itself be a study that reads the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.small import ROWS
from workbench.cases.inspect import inspect_file
from workbench.cases.read import read_cases
from workbench.errors import SourceError
from workbench.study import Study


def test_the_guess_reads_the_file(make_study: Callable[..., Study], tmp_path: Path) -> None:
    rows = [ROWS[i % 2].replace(f"A{i % 2 + 1}", f"C{i}", 1) for i in range(12)]
    make_study(rows)
    text = inspect_file(tmp_path / "cases.csv")
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    study = Study.load(tmp_path)
    log = read_cases(study)
    assert len(log) == 12
    assert study.columns["text"] == "Enquiry"
    assert study.fields["kind"].many
    assert study.private["people"].column == "People"


def test_dates_that_read_two_ways_are_pointed_out(tmp_path: Path) -> None:
    lines = ["Ref,Day,Note"] + [f"{i},0{i}/0{i + 1}/2023,some words here" for i in range(1, 8)]
    (tmp_path / "a.csv").write_text("\n".join(lines))
    text = inspect_file(tmp_path / "a.csv")
    assert 'date_format = "%d/%m/%Y"   # %m/%d/%Y would read every date too' in text


def test_a_file_without_dates_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Ref,Note\n1,some words here\n2,other words here\n")
    with pytest.raises(SourceError, match="no column looks like date"):
        inspect_file(tmp_path / "a.csv")
