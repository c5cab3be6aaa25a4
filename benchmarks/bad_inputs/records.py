"""Bad files of records that name their own columns: JSON lines and Parquet."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.bad_inputs.making import HEADING, WIDE, Fate, Input, Record, bad_input, draft


def _lines(lines: list[str], records: list[Record]) -> Input:
    """One record a line, in order; blank lines count as rows without a record."""
    filled = [row for row, line in enumerate(lines, start=1) if line.strip()]
    numbered = (replace(each, row=row) for row, each in zip(filled, records, strict=True))
    return Input(
        ".jsonl", ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass"), tuple(numbered)
    )


def _object(record: Record, **other: Any) -> str:
    pairs = dict(zip(HEADING, record.cells, strict=True))
    return json.dumps({**pairs, **other}, ensure_ascii=False)


def _some(
    name: str, *lines: str, fate: Fate = "aside", truth: dict[str, Any] | None = None
) -> None:
    """Every second line one of ``lines``, with {id}, {date} and {text} filled in."""

    @bad_input("JSON lines", name)
    def make(random: Random) -> Input:
        written, records = [], []
        for place, record in enumerate(draft(random)):
            if place % 2 == 0:
                written.append(_object(record))
                records.append(record)
                continue
            line = random.choice(lines)
            for key, value in (
                ("id", record.case_id),
                ("date", record.written),
                ("text", record.text),
            ):
                line = line.replace("{" + key + "}", value)
            written.append(line)
            records.append(replace(record, fate=fate, **(truth or {})))
        return _lines(written, records)


_CORE = '{"Case": "{id}", "Received": "{date}", "Enquiry": "{text}", "Kind": "", "Subject": "",'
_some(
    "lines that are no object", "[1, 2]", '"text"', "{id}", "{'Case': 1}", "null", "41", '{"Case": '
)
_some("names that stand twice", _CORE + ' "Phase": "a", "Phase": "b"}', _CORE + ' "Case": "Z"}')
_some("NaN and Infinity", _CORE + ' "Phase": NaN}', _CORE + ' "Phase": -Infinity}')
_some(
    "values nested a hundred thousand deep",
    _CORE + ' "Phase": ' + "[" * 100_000 + "]" * 100_000 + "}",
)
_some("objects within cells", _CORE + ' "Phase": {"a": 1}}', _CORE + ' "Phase": [[1], [2]]}')
_some("halves of letters", _CORE + ' "Phase": "\\ud83d"}', _CORE + ' "Phase": "\\udc00 x"}')
_some("control characters", _CORE + ' "Phase": "\\u0000"}', _CORE + ' "Phase": "a\\u001fb"}')
_some("objects without the columns", "{}", '{"Other": 1}')
_some(
    "nothing where a field may be empty",
    _CORE + ' "Phase": null}',
    _CORE + ' "Phase": []}',
    fate="keep",
)
_some(
    "lists of labels",
    _CORE.replace('"Kind": "",', "") + ' "Kind": ["Bullying", "Fake"]}',
    fate="keep",
)


@bad_input("JSON lines", "numbers whose digits count")
def _numbers(random: Random) -> Input:
    digits = ["12345678901234567890123", "1.10", "1e5", "0.30000000000000004", "9" * 5000]
    written, records = [], []
    for place, record in enumerate(draft(random, 4)):
        number = f"{place + 1}{random.choice(digits)}"
        line = _object(replace(record, case_id="@")).replace('"@"', number)
        written += [line, "", "  "]
        records.append(replace(record, case_id=number))
    return _lines(written, records)


@bad_input("JSON lines", "texts of all kinds")
def _texts(random: Random) -> Input:
    odd = ("NA", "\u2028", "\\", '"', "null", "\r", "\t", "\x0b", *WIDE)
    records = [replace(each, text=f"{each.text}{random.choice(odd)}x") for each in draft(random)]
    return _lines([_object(record) for record in records], records)


def _parquet(columns: dict[str, Any], records: list[Record], **more: Any) -> Input:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    numbered = (replace(each, row=row) for row, each in enumerate(records, start=2))
    return Input(".parquet", out.getvalue(), tuple(numbered), **more)


def _columns(records: list[Record]) -> dict[str, Any]:
    cells = [record.cells for record in records]
    return {name: [row[place] for row in cells] for place, name in enumerate(HEADING)}


@bad_input("Parquet", "long whole numbers with gaps beside them")
def _whole(random: Random) -> Input:
    records = [
        replace(each, case_id=str(9_007_199_254_740_993 + 2 * place))
        for place, each in enumerate(draft(random))
    ]
    columns = _columns(records)
    columns["Case"] = [int(each.case_id) for each in records] + [None]
    gap = Record("", None, "x", "2022-10-10", fate="aside")
    for name in HEADING[1:]:
        columns[name] = [*columns[name], gap.cells[HEADING.index(name)]]
    return _parquet(columns, [*records, gap])


@bad_input("Parquet", "dates and times of several types")
def _moments(random: Random) -> Input:
    import pyarrow as pa

    records = draft(random)
    london = ZoneInfo("Europe/London")
    days = [each.date for each in records if each.date is not None]
    kinds = (
        pa.array(days, pa.timestamp("s")),
        pa.array(days, pa.timestamp("ns")),
        pa.array(days).cast(pa.date32()),
        pa.array([day.replace(tzinfo=london) for day in days], pa.timestamp("us", london.key)),
    )
    columns = _columns(records)
    columns["Received"] = random.choice(kinds)
    return _parquet(columns, records)


@bad_input("Parquet", "texts as bytes, coded values, exact fractions")
def _types(random: Random) -> Input:
    import pyarrow as pa

    records = [replace(each, rest=("1.10", "Bullying", "")) for each in draft(random, more=WIDE)]
    columns = _columns(records)
    columns["Enquiry"] = pa.array([each.text.encode() for each in records])
    columns["Kind"] = pa.array(columns["Kind"]).dictionary_encode()
    columns["Subject"] = pa.array(["1.10"] * len(records)).cast(pa.decimal128(5, 2))
    return _parquet(columns, records)


@bad_input("Parquet", "values within values")
def _nested(random: Random) -> Input:
    records = draft(random)
    columns = _columns(records)
    values = [{"a": 1} if place % 2 else None for place in range(len(records))]
    columns["Phase"] = values
    fates = ["aside" if value else "keep" for value in values]
    return _parquet(
        columns,
        [replace(each, fate=fate) for each, fate in zip(records, fates, strict=True)],  # type: ignore[arg-type]
    )


@bad_input("Parquet", "bytes that are no text, and control characters")
def _bytes(random: Random) -> Input:
    import pyarrow as pa

    records, texts = [], []
    for place, record in enumerate(draft(random)):
        wrong = random.choice([b"\xff", b"\x00", b"\x1f"]) if place % 2 else b""
        texts.append(record.text.encode() + wrong)
        records.append(replace(record, fate="aside" if wrong else "keep"))
    return _parquet({**_columns(records), "Enquiry": pa.array(texts)}, records)
