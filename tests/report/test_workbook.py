"""All tables in one spreadsheet: found by links, read as they are, never run."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from benchmarks.safe.faults import xlsx_faults
from workbench.files import write_bytes
from workbench.report.workbook import CONTENTS, make_workbook

SHARES = pd.DataFrame(
    {
        "label": ["TikTok", "=1+1", None],
        "n": pd.array([120, None, 5], dtype="Int64"),
        "share": [0.25, float("nan"), 1.0],
        "day": pd.to_datetime(["2023-09-01", None, "2024-01-31"]),
        "clear": [True, False, True],
    }
)


def write(folder: Path, tables: dict[str, pd.DataFrame], **more: object) -> Path:
    title = str(more.pop("title", "Tables of 2023-24"))
    return write_bytes(folder / "tables.xlsx", make_workbook(tables, title=title, **more))


def rows(path: Path, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()


def test_numbers_days_and_words_come_back_as_what_they_are(tmp_path: Path) -> None:
    path = write(tmp_path, {"shares/platform": SHARES}, notes={"shares/platform": "Base: 125."})
    title, note, heading, *found = rows(path, "shares-platform")
    assert title[0] == "shares/platform"
    assert note[0] == "Base: 125."
    assert heading == ["label", "n", "share", "day", "clear"]
    assert found == [
        ["TikTok", 120.0, 0.25, date(2023, 9, 1), "yes"],
        ["'=1+1", "", "", "", "no"],
        ["", 5.0, 1.0, date(2024, 1, 31), "yes"],
    ]


def test_the_first_sheet_lists_the_tables_and_links_to_them(tmp_path: Path) -> None:
    path = write(tmp_path, {"months": SHARES, "a/b": SHARES.head(1)})
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == [CONTENTS, "months", "a-b"]
    found = rows(path, CONTENTS)
    assert found[0][0] == "Tables of 2023-24"
    assert found[1:] == [["Table", "Rows", "Columns"], ["months", 3, 5], ["a/b", 1, 5]]
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        every = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "location=\"'a-b'!A1\"" in sheet
    assert "mergeCell" not in every
    assert every.count('state="frozen"') == 3
    assert "External" not in every


def test_the_sensitivity_label_stands_below_the_title(tmp_path: Path) -> None:
    path = write(tmp_path, {"a": SHARES}, title="Tables", label="Exact counts")
    found = rows(path, CONTENTS)
    assert [row[0] for row in found[:3]] == ["Tables", "Sensitivity: Exact counts", "Table"]
    assert found[3] == ["a", 3, 5]


def test_names_that_no_sheet_may_have_are_made_ones_that_it_may(tmp_path: Path) -> None:
    names = ["History", "contents", "a" * 40, "A" * 40, "[x]:*?/\\", "'", "", "é & (1)"]
    path = write(tmp_path, dict.fromkeys(names, SHARES))
    book = CalamineWorkbook.from_path(str(path))
    assert len({name.lower() for name in book.sheet_names}) == len(names) + 1
    assert all(0 < len(name) <= 31 for name in book.sheet_names)
    assert [row[0] for row in rows(path, CONTENTS)[2:]] == names


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    first = write(tmp_path, {"months": SHARES}).read_bytes()
    assert write(tmp_path, {"months": SHARES}).read_bytes() == first
    with zipfile.ZipFile(tmp_path / "tables.xlsx") as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


def test_what_is_long_odd_or_missing_is_written(tmp_path: Path) -> None:
    odd = pd.DataFrame(
        {
            "long": ["x" * 50_000, "y"],
            "far": [float("inf"), -1e-12],
            "when": [datetime(2024, 1, 2, 9, 30), datetime(2024, 1, 2)],
            "several": [("a", "b"), ()],
            "address": ["https://example.org", "mailto:a@b.example"],
        }
    )
    path = write(tmp_path, {"odd": odd, "empty": odd.head(0), "none": pd.DataFrame()})
    first = rows(path, "odd")[2]
    assert len(str(first[0])) < 32_767
    assert str(first[0]).endswith("[cut]")
    assert first[1:] == ["", datetime(2024, 1, 2, 9, 30), "a; b", "https://example.org"]
    assert rows(path, "empty")[1] == list(odd.columns)
    assert list(xlsx_faults(path)) == []


def test_a_table_that_no_sheet_can_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'large' has more rows"):
        write(tmp_path, {"large": pd.DataFrame({"n": range(1_000_001)})})


def test_digits_that_hang_on_the_number_of_threads_are_not_written(tmp_path: Path) -> None:
    one = write(tmp_path, {"a": pd.DataFrame({"share": [0.1 + 0.2, None, 1.0]})}).read_bytes()
    assert write(tmp_path, {"a": pd.DataFrame({"share": [0.3, None, 1.0]})}).read_bytes() == one
