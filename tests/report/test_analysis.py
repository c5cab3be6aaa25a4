"""The tables of a study: kept as they were counted, and counted again when anything differs."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.report.test_build import MATTERS, STUDY
from workbench.cache import cache_folder
from workbench.report import analysis
from workbench.report.analysis import analyse
from workbench.study import Study


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "cache"))
    lines = ["Case,Received,Enquiry,Site,Who"]
    lines += [
        f"K{n},2023-{n % 12 + 1:02}-03,{MATTERS[n % 3]} It is matter {n}.,{'NS'[n % 2]}orth,"
        for n in range(60)
    ]
    (tmp_path / "cases.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    return Study.load(tmp_path)


def count_tables(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    calls: list[int] = []
    own = analysis.make_tables
    monkeypatch.setattr(analysis, "make_tables", lambda *a, **k: calls.append(1) or own(*a, **k))
    return calls


def test_tables_are_kept_as_they_were_counted(study, monkeypatch):
    calls = count_tables(monkeypatch)
    first, second = analyse(study), analyse(study)
    assert calls == [1]
    assert list(first.tables) == list(second.tables)
    assert {"themes", "months", "shares/site", "urgency"} <= set(first.tables)
    for name, frame in first.tables.items():
        pd.testing.assert_frame_equal(second.tables[name], frame, check_exact=True)
    pd.testing.assert_frame_equal(second.release, first.release)
    counted = analysis._count(first, analysis.SILENT)
    for name, frame in first.tables.items():
        plain = analysis.unpack_frame(counted[f"table/{name}"])
        pd.testing.assert_frame_equal(plain, frame, check_exact=True)


def test_another_rule_or_file_is_counted_anew(study, monkeypatch):
    calls = count_tables(monkeypatch)
    first = analyse(study)
    rule = study.disclosure.model_copy(update={"hide_up_to": 3})
    looser = analyse(study.model_copy(update={"disclosure": rule}))
    assert not looser.tables["months"].equals(first.tables["months"])
    path = study.folder / "cases.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("K0,2023-01", "K0,2023-05"), "utf-8")
    analyse(study)
    assert len(calls) == 3


def test_a_torn_entry_is_counted_again(study, monkeypatch):
    calls = count_tables(monkeypatch)
    whole = analyse(study).tables["months"]
    (entry,) = (cache_folder() / "tables").glob("*")
    entry.write_bytes(entry.read_bytes()[:-20])
    pd.testing.assert_frame_equal(analyse(study).tables["months"], whole)
    assert len(calls) == 2
