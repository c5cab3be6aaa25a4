"""Any text at all comes back as it was written, or its row is set aside: in every format."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.cases.tables import Table, read_table
from workbench.errors import SourceError
from workbench.study import Source

Rows = list[tuple[str, str, str]]
HEADING = ("Case", "Text", "Note")
UNUSABLE = {chr(code) for code in (*range(32), *range(0x7F, 0xA0))} - set("\t\n\x0b\x0c\r\x85")


def write_csv(rows: Rows, *, delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([HEADING, *rows])
    return out.getvalue().encode()


def write_tsv(rows: Rows) -> bytes:
    return write_csv(rows, delimiter="\t")


def write_wide(rows: Rows) -> bytes:
    return write_csv(rows, delimiter=";").decode().encode("utf-16")


def write_json(rows: Rows) -> bytes:
    lines = (json.dumps(dict(zip(HEADING, row, strict=True))) for row in rows)
    return "".join(f"{line}\n" for line in lines).encode()


def write_parquet(rows: Rows) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    columns = {name: [row[place] for row in rows] for place, name in enumerate(HEADING)}
    pq.write_table(
        pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()}), out
    )
    return out.getvalue()


def write_workbook(rows: Rows) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADING, *rows]):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)
    return out.getvalue()


FORMATS: dict[str, tuple[str, Callable[[Rows], bytes]]] = {
    "csv": (".csv", write_csv),
    "tsv": (".tsv", write_tsv),
    "utf-16": (".csv", write_wide),
    "json": (".jsonl", write_json),
    "parquet": (".parquet", write_parquet),
    "workbook": (".xlsx", write_workbook),
}

text = st.text(alphabet=st.characters(codec="utf-8"), max_size=25)
odd = st.sampled_from(
    ["NA", "007", "1e5", "=1+1", "12345678901234567890", "#REF!", "2024-01-02", '"', ","]
)
cell = st.one_of(text, odd)


def read(folder: Path, suffix: str, data: bytes) -> Table:
    path = folder / f"a{suffix}"
    path.write_bytes(data)
    return read_table(path, Source(path=path.name), columns=HEADING)


@pytest.mark.parametrize("name", FORMATS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(cell, cell, cell), max_size=8))
def test_every_text_comes_back_or_is_set_aside(tmp_path: Path, name: str, rows: Rows) -> None:
    suffix, write = FORMATS[name]
    # One more, so that there is a record; its last line tells what a plain row gives.
    rows = [*rows, ("A1", "a plain text", "x")]
    table = read(tmp_path, suffix, write(rows))
    aside = {bad.row for bad in table.bad_rows}
    first = 1 if suffix == ".jsonl" else 2
    explicit = suffix in (".jsonl", ".parquet")
    for number, row in enumerate(rows, start=first):
        if not explicit and not any(part.strip() for part in row):
            assert number not in aside
            assert number not in table.frame.index
        elif UNUSABLE & set("".join(row)):
            assert number in aside
        elif number not in aside:
            assert tuple(table.frame.loc[number]) == row
    assert aside.isdisjoint(table.frame.index)
    needless = aside - {n for n, row in enumerate(rows, first) if UNUSABLE & set("".join(row))}
    # Text files may hold lines that read like a further record; they alone may be set aside.
    assert not needless or suffix in (".csv", ".tsv")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300), head=st.booleans())
@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".xlsx", ".ods", ".parquet", ".csv.gz"])
def test_any_bytes_are_read_or_refused(
    tmp_path: Path, suffix: str, data: bytes, head: bool
) -> None:
    start = b"Case,Text,Note\n" if head else b""
    try:
        table = read(tmp_path, suffix, start + data)
    except SourceError:
        return
    assert {bad.row for bad in table.bad_rows}.isdisjoint(table.frame.index)
