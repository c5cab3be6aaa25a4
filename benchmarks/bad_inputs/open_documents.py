"""Bad OpenDocument sheets: spaces as elements, repeated rows, typed values."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from benchmarks.bad_inputs.making import (
    HEADING,
    WIDE,
    Input,
    Record,
    bad_input,
    change,
    draft,
    prose,
)
from benchmarks.bad_inputs.sheets import ods, ods_row


def _ods(random: Random, records: list[Record], *, below: str = "") -> Input:
    rows = [ods_row(list(HEADING)), *(ods_row(record.cells) for record in records)]
    numbered = tuple(replace(each, row=row) for row, each in enumerate(records, start=2))
    return Input(".ods", ods("".join(rows) + below), numbered)


@bad_input("workbook", "OpenDocument: spaces, tabs and breaks in cells")
def _ods_breaks(random: Random) -> Input:
    breaks = ("\n", "\t", "   ", "\n\n")
    records = change(
        random, draft(random, more=WIDE), text=lambda r: f"{r.text}{random.choice(breaks)}then"
    )
    return _ods(random, records)


@bad_input("workbook", "OpenDocument: a million empty rows below")
def _ods_empty(random: Random) -> Input:
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    below = f'<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row>'
    return _ods(random, draft(random), below=below)


@bad_input("workbook", "OpenDocument: a typed date and a long number")
def _ods_types(random: Random) -> Input:
    records = draft(random, 6)
    rows = [ods_row(list(HEADING))]
    typed = []
    for place, record in enumerate(records):
        cells = ods_row(record.cells)
        if place % 2:
            value = f'office:value-type="date" office:date-value="{record.written}"'
            shown = f"<table:table-cell {value}><text:p>01/02/03</text:p></table:table-cell>"
            old = ods_row([record.written])[len("<table:table-row>") : -len("</table:table-row>")]
            cells = cells.replace(old, shown, 1)
        rows.append(cells)
        typed.append(replace(record, row=place + 2))
    number = '<table:table-cell office:value-type="float" office:value="1234567890123456789"/>'
    rows.append(
        ods_row(["", "2022-10-10", prose(random)]).replace("<table:table-cell/>", number, 1)
    )
    typed.append(Record("1234567890123456789", None, "", "", fate="aside", row=len(rows)))
    return Input(".ods", ods("".join(rows)), tuple(typed))
