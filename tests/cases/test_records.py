"""JSON lines and Parquet: digits stay, what is no text is set aside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from workbench.cases import parquet
from workbench.cases.tables import Table, read_table, split_cell
from workbench.errors import SourceError


def lines(folder: Path, *written: str) -> Table:
    path = folder / "a.jsonl"
    path.write_text("\n".join(written) + "\n", encoding="utf-8")
    return read_table(path)


def test_numbers_stay_digit_for_digit(tmp_path: Path) -> None:
    table = lines(tmp_path, '{"a": 12345678901234567890123, "b": 1.10, "c": 1E5, "d": null}')
    assert table.frame.iloc[0].tolist() == ["12345678901234567890123", "1.10", "1E5", ""]
    huge = "9" * 6000
    assert lines(tmp_path, f'{{"a": {huge}}}').frame.iloc[0, 0] == huge


@pytest.mark.parametrize(
    ("line", "reason", "column"),
    [
        ("[1]", "not a JSON object", ""),
        ('{"a": ', "not a JSON object", ""),
        ('{"a": 1, "a": 2}', "names a value twice", ""),
        ('{"a": NaN}', "NaN, which is no JSON", ""),
        ('{"a": -Infinity}', "Infinity, which is no JSON", ""),
        ('{"a": ' + "[" * 200_000 + "}", "nests values too deeply", ""),
        ('{"a": {"b": 1}}', "values within values", "a"),
        ('{"a": [[1], 2]}', "values within values", "a"),
        ('{"a": "\\ud800"}', "do not fit", "a"),
        ('{"a": "x\\u001fy"}', "U+001F", "a"),
        ('{"a": ["x\\u001fy"]}', "U+001F", "a"),
        ('{"a": "\\u0000"}', "U+0000", "a"),
    ],
)
def test_a_line_that_is_no_plain_record_is_set_aside(
    tmp_path: Path, line: str, reason: str, column: str
) -> None:
    table = lines(tmp_path, '{"a": "fine"}', "", line)
    assert table.frame["a"].tolist() == ["fine"]
    [bad] = table.bad_rows
    assert (bad.row, bad.column) == (3, column)
    assert reason in bad.reason


def test_a_list_is_several_labels(tmp_path: Path) -> None:
    cells = lines(tmp_path, '{"a": ["x; y", "z", 7]}', '{"a": []}').frame["a"]
    assert split_cell(cells.iloc[0], ";") == ["x; y", "z", "7"]
    assert cells.iloc[1] == ""


def write(folder: Path, columns: dict[str, Any]) -> Path:
    pq.write_table(pa.table(columns), folder / "a.parquet")
    return folder / "a.parquet"


def test_parquet_values_are_exact(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {
            "id": [9_007_199_254_740_993, None],
            "day": pa.array([0, None], pa.date32()),
            "share": pa.array(["1.10", None]).cast(pa.decimal128(5, 2)),
            "kind": pa.array(["a", None]).dictionary_encode(),
            "labels": [["x", "y"], []],
            "text": pa.array(["café".encode(), b"fin"]),
        },
    )
    table = read_table(path)
    assert table.frame.iloc[0].tolist() == [
        "9007199254740993", "1970-01-01", "1.10", "a", "x\x1fy\x1f", "café",
    ]  # fmt: skip
    assert table.frame.iloc[1].tolist() == ["", "", "", "", "", "fin"]
    assert list(table.frame.index) == [2, 3]


def test_nested_values_and_broken_bytes_set_rows_aside_where_they_are_used(tmp_path: Path) -> None:
    path = write(tmp_path, {"id": ["1", "2"], "text": [b"\xff", b"x"], "more": [{"a": 1}, None]})
    assert [bad.column for bad in read_table(path).bad_rows] == ["text"]
    assert not read_table(path, columns=["id"]).bad_rows
    assert [bad.column for bad in read_table(path, columns=["more"]).bad_rows] == ["more"]


def test_a_table_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, {"id": ["x"] * 2000})
    monkeypatch.setattr(parquet, "LARGEST_FILE", 1999)
    with pytest.raises(SourceError, match="Export fewer rows"):
        read_table(path)
