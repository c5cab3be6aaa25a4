"""Rows in are rows kept and rows set aside, file by file, with how each was read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.logs import make_log
from tests.small import HEADING, ROWS, STUDY
from workbench.cases.columns import SOURCE_COLUMNS
from workbench.cases.counts import count_rows, describe_reading
from workbench.cases.found import Found
from workbench.cases.read import read_cases
from workbench.study import Study

Make = Callable[..., Study]


def test_every_row_is_accounted_for(make_study: Make, tmp_path: Path) -> None:
    toml = STUDY + (
        '[[sources]]\npath = "m.csv"\nholds = "messages"\n'
        '[sources.columns]\nsent = "Sent"\ntext = "Body"\n'
    )
    bad = ["A1,2022-09-05,again,,,,", "B1,soon,x,,,,", "B2,2022-09-05,x,,,,,more", ",,,,,,", ""]
    study = make_study([*ROWS, *bad], toml=toml)
    (tmp_path / "m.csv").write_text("Case;Sent;Body\nA1;2022-09-06;Hello\nZ9;2022-09-06;Lost\n")
    log = read_cases(study)
    counts = count_rows(log)
    assert counts["rows"].tolist() == [6, 2]
    assert counts["kept"].tolist() == [3, 1]
    assert counts["set_aside"].tolist() == [3, 1]
    assert counts["read_as"].tolist() == [
        "CSV, utf-8, comma, heading in row 1",
        "CSV, utf-8, semicolon, heading in row 1",
    ]
    by_source = log.problems["source"].value_counts()
    assert by_source.to_dict() == {"cases.csv": 3, "m.csv": 1}
    assert list(log.only(log.cases["case_id"].head(1)).sources["rows"]) == [6, 2]


def test_sources_have_the_declared_columns(make_study: Make) -> None:
    sources = read_cases(make_study()).sources
    assert {column.name: column.dtype for column in SOURCE_COLUMNS} == sources.dtypes.map(
        str
    ).to_dict()
    assert count_rows(make_log([{}])).empty


def test_the_source_overrides_what_is_found(make_study: Make, tmp_path: Path) -> None:
    toml = STUDY.replace(
        'path = "cases.csv"',
        'path = "cases.csv"\nencoding = "cp1252"\ndelimiter = ";"\nheading = 3',
    )
    study = make_study(toml=toml)
    heading, row = HEADING.replace(",", ";"), "A1;2022-09-05;The head’s café;;;;"
    text = "\n".join(["Cases", heading, heading, row]) + "\n"
    (tmp_path / "cases.csv").write_bytes(text.encode("cp1252"))
    log = read_cases(study)
    assert log.texts == ["The head’s café"]
    assert log.sources[["encoding", "delimiter", "heading", "rows"]].iloc[0].tolist() == [
        "cp1252", ";", 3, 1,
    ]  # fmt: skip


def test_readings_are_told_in_words() -> None:
    assert describe_reading(Found("TSV", "utf-16", "\t", heading=4)) == (
        "TSV, utf-16, tab, heading in row 4"
    )
    assert describe_reading(Found("Excel", sheet="Data", heading=2)) == (
        "Excel, sheet 'Data', heading in row 2"
    )
    assert describe_reading(Found("Parquet")) == "Parquet"
