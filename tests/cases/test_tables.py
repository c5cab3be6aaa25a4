"""Files as frames of strings, whatever their format."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pandas as pd
import pytest

from workbench.cases.tables import read_table, split_cell
from workbench.errors import SourceError
from workbench.study import Source

RECORDS = [
    {"id": "007", "note": "NA"},
    {"id": "1e5", "note": "A; B"},
    {"id": "12345678901234567890", "note": "–"},
]


def write(path: Path) -> Path:
    """The records in the format that the path's ending asks for."""
    frame = pd.DataFrame(RECORDS)
    if path.suffix == ".xlsx":
        frame.to_excel(path, index=False, engine="xlsxwriter")
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    elif path.suffix == ".parquet":
        frame.to_parquet(path)
    elif path.suffix == ".gz":
        path.write_bytes(gzip.compress(frame.to_csv(index=False).encode()))
    else:
        frame.to_csv(path, index=False, sep="\t" if path.suffix == ".tsv" else ",")
    return path


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.csv.gz", "a.xlsx", "a.jsonl", "a.parquet"])
def test_every_format_gives_the_text_as_it_stands(tmp_path: Path, name: str) -> None:
    frame = read_table(write(tmp_path / name)).frame
    assert frame.to_dict("records") == RECORDS


def test_spreadsheet_numbers_and_dates_become_the_text_typed(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"id": [41, 42], "when": pd.to_datetime(["2023-03-04", "2023-03-05"]), "no": [1.5, None]}
    )
    frame.to_excel(tmp_path / "a.xlsx", index=False, engine="xlsxwriter")
    read = read_table(tmp_path / "a.xlsx").frame
    assert read["id"].tolist() == ["41", "42"]
    assert read["when"].str.slice(0, 10).tolist() == ["2023-03-04", "2023-03-05"]
    assert read["no"].tolist() == ["1.5", ""]


def test_old_windows_files_are_read(tmp_path: Path) -> None:
    text = "id,note\n1,The head’s café – “quoted”\n" * 1
    (tmp_path / "a.csv").write_bytes(text.encode("cp1252"))
    frame = read_table(tmp_path / "a.csv", Source(path="a.csv", encoding="cp1252")).frame
    assert frame["note"].tolist() == ["The head’s café – “quoted”"]


def test_a_title_row_above_the_heading_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Cases of the year,,\n,,\nid,note,x\n1,hello,\n")
    frame = read_table(tmp_path / "a.csv").frame
    assert list(frame.columns) == ["id", "note", "x"]
    assert list(frame.index) == [4]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"id,id\n1,2\n", r"'id' more than once"),
        ("a.csv.gz", b"not gzip", "not a whole gzip"),
        ("a.xlsx", b"not a workbook", "not a readable workbook"),
        ("a.parquet", b"no", "not a readable Parquet"),
        ("a.jsonl", b"[1]\n", "holds no JSON object"),
        ("a.docx", b"", "not a format that can be read"),
    ],
)
def test_an_unusable_file_is_refused_clearly(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=message):
        read_table(tmp_path / name)


def test_a_missing_sheet_is_named(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx")
    with pytest.raises(SourceError, match=r"no sheet 'Cases'.*Sheet1"):
        read_table(tmp_path / "a.xlsx", Source(path="a.xlsx", sheet="Cases"))


def test_cells_split_once_each_in_order() -> None:
    assert split_cell(" B; A;B ;", ";") == ["B", "A"]
