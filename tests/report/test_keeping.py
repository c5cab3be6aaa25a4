import pandas as pd
import pytest

from workbench import Study, read_cases, redact
from workbench.cache import cache_folder
from workbench.report import keeping
from workbench.report.keeping import read_safely

STUDY = """
name = "small"
title = "Small"
lenses = ["attempts"]

[columns]
case_id = "id"
date = "date"
text = "text"

[[periods]]
name = "2023-24"
start = 2023-09-01
end = 2024-08-31

[[sources]]
path = "cases.csv"
period = "2023-24"

[fields.phase]
column = "phase"
label = "Phase"

[private.name]
column = "name"
"""
CASES = """id,date,text,phase,name
A1,2023-09-04,"Zelda Quirke has reported it to TikTok twice, @a_page_x",Primary,Zelda Quirke
A2,2023-09-05,"It is back: @a_page_x",,Tom Reed
A3,2023-13-05,"An impossible date",Primary,
"""


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "cache"))
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    (tmp_path / "cases.csv").write_text(CASES, encoding="utf-8")
    return Study.load(tmp_path)


def count_readings(monkeypatch):
    calls = []
    monkeypatch.setattr(
        keeping, "read_cases", lambda *a, **k: calls.append(1) or read_cases(*a, **k)
    )
    return calls


def test_what_is_kept_is_what_reading_gives(study, monkeypatch):
    calls = count_readings(monkeypatch)
    first, second = read_safely(study), read_safely(study)
    assert len(calls) == 1
    plain = redact(read_cases(study), study)
    for records in (first, second):
        for name in ("cases", "labels", "messages", "takedowns", "problems"):
            pd.testing.assert_frame_equal(getattr(records.log, name), getattr(plain, name))
        assert records.log.fields == plain.fields
        assert records.log.redacted
        assert records.returns["case_id"].tolist() == ["A2"]
        assert "reported" in set(records.found["attempts"]["element"])


def test_a_changed_file_is_read_again(study, monkeypatch):
    calls = count_readings(monkeypatch)
    read_safely(study)
    (study.folder / "cases.csv").write_text(CASES + 'A4,2023-10-01,"New",Primary,\n', "utf-8")
    assert len(read_safely(study).log) == 3
    assert len(calls) == 2


def test_another_study_of_the_same_file_is_another_entry(study, monkeypatch):
    calls = count_readings(monkeypatch)
    read_safely(study)
    read_safely(study.model_copy(update={"lenses": ()}))
    assert len(calls) == 2


def test_a_torn_entry_is_made_again(study, monkeypatch):
    calls = count_readings(monkeypatch)
    read_safely(study)
    (entry,) = (cache_folder() / "records").glob("*")
    entry.write_bytes(entry.read_bytes()[:-20])
    assert len(read_safely(study).log) == 2
    assert len(calls) == 2


def test_no_name_is_kept(study):
    read_safely(study)
    (entry,) = (cache_folder() / "records").glob("*")
    content = entry.read_bytes()
    assert b"A1" in content
    for private in (b"Zelda", b"Quirke", b"a_page_x", b"Reed"):
        assert private not in content


def test_what_plays_no_part_in_reading_is_named_by_no_reader(root):
    rooms = ("cases", "privacy", "text", "lenses")
    named = "".join(
        file.read_text(encoding="utf-8")
        for room in rooms
        for file in sorted((root / "workbench" / room).rglob("*.py"))
        # Of these, the report asks after the records are read.
        if file.stem not in {"release", "disclosure", "notes"}
    )
    for part in keeping.NOT_READ:
        assert part in Study.model_fields
        assert f"study.{part}" not in named, part
