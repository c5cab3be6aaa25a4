"""One cell of a CSV file changes, and nothing else."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import WorkbenchError
from workbench.labelling.raw import read_raw, write_cells

PATH = Path("label-AB.csv")
WORDS = st.text(st.sampled_from("ab1 ,;\"'\n£é–="), max_size=8)
# A first column of plain names tells the delimiter, as identifiers do in a sheet.
TABLES = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5).map(
    lambda rows: [["text_id", "sentence", "note"], *([f"C{n}", *r] for n, r in enumerate(rows))]
)


def as_file(rows: list[list[str]], quoting: int, end: str, encoding: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=quoting, lineterminator=end).writerows(rows)
    return out.getvalue().encode(encoding)


@given(
    TABLES,
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8-sig", "utf-8", "utf-16"]),
    WORDS,
    st.data(),
)
def test_a_changed_cell_reads_back_and_all_others_stay(rows, quoting, end, encoding, value, data):
    file = as_file(rows, quoting, end, encoding)
    raw = read_raw(file, PATH, columns=rows[0])
    assert raw.data == file
    assert [raw.row(n) for n in range(len(rows))] == rows
    record = data.draw(st.integers(1, len(rows) - 1))
    column = data.draw(st.integers(0, 2))
    made = write_cells(raw, {(record, column): value})
    changed = [list(row) for row in rows]
    changed[record][column] = value
    assert [made.row(n) for n in range(len(rows))] == changed
    start, stop = raw.records[record][column]
    assert made.text.startswith(raw.text[:start])
    assert made.text.endswith(raw.text[stop:])
    if quoting == csv.QUOTE_ALL:
        assert made.data == as_file(changed, quoting, end, encoding)
        assert write_cells(made, {(record, column): rows[record][column]}).data == file


def test_two_cells_change_at_once() -> None:
    raw = read_raw(b'a,b,c\n1,"x,y",\n', PATH, columns=("a", "b", "c"))
    made = write_cells(raw, {(1, 0): "", (1, 2): "p;q"})
    assert made.data == b'a,b,c\n,"x,y","p;q"\n'


def test_a_stray_quote_mark_is_refused_by_its_row() -> None:
    with pytest.raises(WorkbenchError, match=r"row 2: a quote mark is not closed"):
        read_raw(b'a,b\n1,"open\n', PATH, columns=("a", "b"))
    with pytest.raises(WorkbenchError, match=r"row 2: a quote mark"):
        read_raw(b'a,b\n"1"x,2\n', PATH, columns=("a", "b"))


def test_what_the_encoding_lacks_is_said_and_not_replaced() -> None:
    raw = read_raw("a,b\ncafé,£\n".encode("cp1252"), PATH, columns=("a", "b"))
    assert write_cells(raw, {(1, 1): "é"}).data == "a,b\ncafé,é\n".encode("cp1252")
    with pytest.raises(WorkbenchError, match=r"cp1252, which lacks .*save it as 'CSV UTF-8'"):
        _ = write_cells(raw, {(1, 1): "→"}).data
