"""Bad workbooks: banners, merged headings, typed dates, long numbers, errors, several sheets."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from benchmarks.bad_inputs.making import (
    HEADING,
    START,
    WIDE,
    Input,
    Record,
    bad_input,
    change,
    draft,
)
from benchmarks.bad_inputs.sheets import Book, changed


@bad_input("workbook", "texts of all kinds")
def _plain(random: Random) -> Input:
    odd = ("NA", "007", "1e5", "=1+1", "TRUE", "  spaced  ", "_x000D_", "&amp;", "<b>", *WIDE)
    records = [
        replace(each, text=random.choice([odd[place % 9], f"{each.text} {random.choice(odd)} x"]))
        for place, each in enumerate(draft(random))
    ]
    return Book().head().add_all(records).made()


@bad_input("workbook", "breaks and tabs in cells")
def _breaks(random: Random) -> Input:
    breaks = ("\n", "\r\n", "\t", "\n\n", "\x0b", "\r")
    records = change(random, draft(random), text=lambda r: f"{r.text}{random.choice(breaks)}then")
    return Book().head().add_all(records).made()


@bad_input("workbook", "merged banners above the heading")
def _banners(random: Random) -> Input:
    book = Book()
    book.sheet.merge_range(0, 0, 0, 5, "Helpline: enquiries")
    book.sheet.merge_range(1, 0, 1, 2, "Period")
    book.sheet.merge_range(1, 3, 1, 5, "2022-23")
    book.row = random.randint(2, 6)
    return book.head().add_all(draft(random)).made()


@bad_input("workbook", "a heading of two rows, merged")
def _two_rows(random: Random) -> Input:
    book = Book()
    for place, name in enumerate(HEADING[:2]):
        book.sheet.merge_range(1, place, 2, place, name)
    book.sheet.merge_range(1, 2, 1, 5, "Details")
    book.row = 2
    return book.line(["", "", *HEADING[2:]]).add_all(draft(random)).made()


@bad_input("workbook", "blank columns and rows around the cases")
def _blank(random: Random) -> Input:
    book = Book(column=random.randint(1, 3), row=0)
    book.row = random.randint(1, 4)
    book.head()
    for record in draft(random):
        book.row += random.randint(0, 1)
        book.add(record)
    book.sheet.write_blank(book.row + 400, 30, None, book.format("0.00"))
    return book.made()


@bad_input("workbook", "totals and notes below")
def _totals(random: Random) -> Input:
    book = Book().head().add_all(draft(random))
    book.row += 1
    book.add(Record("Total", None, "", "", fate="aside"), ["Total", "", "", "", "", 12])
    book.add(Record("", None, "", "", fate="aside"), ["", "", "Source: the helpline"])
    return book.made()


def _typed(random: Random, book: Book, records: list[Record], code: str) -> None:
    style = book.format(code)
    for record in records:
        cells = [record.case_id, "", *record.cells[2:]]
        assert record.date is not None
        book.sheet.write_datetime(book.row, 1, record.date, style)
        book.add(record, cells)


@bad_input("workbook", "real dates and dates as text in one column")
def _mixed_dates(random: Random) -> Input:
    book, records = Book().head(), draft(random, 10)
    _typed(random, book, records[:5], random.choice(["dd/mm/yyyy", "d mmm yy", "mm/dd/yyyy"]))
    return book.add_all(records[5:]).made()


@bad_input("workbook", "real dates with times")
def _times(random: Random) -> Input:
    book = Book().head()
    records = [
        replace(each, date=(each.date or START) + timedelta(minutes=random.randint(1, 1439)))
        for each in draft(random)
    ]
    _typed(random, book, records, "dd/mm/yyyy hh:mm")
    return book.made()


@bad_input("workbook", "days counted from 1904")
def _since_1904(random: Random) -> Input:
    book = Book()
    book.book.date_1904 = True
    book.book.epoch = datetime(1904, 1, 1)
    book.sheet.date_1904 = True
    book.sheet.epoch = datetime(1904, 1, 1)
    book.head()
    _typed(random, book, draft(random), "dd/mm/yyyy")
    return book.made()


@bad_input("workbook", "real dates whose day and month a program has exchanged")
def _exchanged(random: Random) -> Input:
    """Days up to 12 became dates the wrong way round; the others stayed text."""
    book = Book().head()
    style = book.format("dd/mm/yyyy")
    for place, record in enumerate(draft(random, 20)):
        day = random.randint(1, 12) if place % 2 else random.randint(13, 28)
        true = datetime(2022, random.randint(9, 12), day)
        if day > 12:
            book.add(replace(record, date=true, written=f"{true:%d/%m/%Y}"))
            continue
        book.sheet.write_datetime(book.row, 1, datetime(2022, day, true.month), style)
        aside = replace(record, date=true, fate="aside")
        book.add(aside, [record.case_id, "", *record.cells[2:]])
    return book.made(options={"date_format": "%d/%m/%Y"})


@bad_input("workbook", "day numbers without a date format")
def _serials(random: Random) -> Input:
    book = Book().head()
    for place, record in enumerate(draft(random)):
        if place % 2:
            book.add(replace(record, fate="aside"), [record.case_id, 44927 + place, record.text])
        else:
            book.add(record)
    return book.made()


@bad_input("workbook", "numbers of 16 digits and more")
def _long_numbers(random: Random) -> Input:
    book = Book().head()
    for place, record in enumerate(draft(random)):
        if place % 2:
            number = random.randint(10**15, 10**19)
            aside = replace(record, case_id=str(number), fate="aside")
            book.add(aside, [number, *record.cells[1:]])
        else:
            book.add(record)
    return book.made()


@bad_input("workbook", "identifiers as numbers")
def _numbers(random: Random) -> Input:
    book = Book().head()
    digits = random.randint(3, 15)
    for place, record in enumerate(draft(random)):
        number = random.randint(1, 9) * 10 ** (digits - 1) + place
        book.add(replace(record, case_id=str(number)), [number, *record.cells[1:]])
    return book.made()


@bad_input("workbook", "numbers shown with leading noughts")
def _noughts(random: Random) -> Input:
    book = Book().head()
    width = random.randint(4, 9)
    style = book.format("0" * width)
    for place, record in enumerate(draft(random), start=random.randint(1, 400)):
        book.sheet.write_number(book.row, 0, place, style)
        book.add(replace(record, case_id=str(place).zfill(width)), ["", *record.cells[1:]])
    return book.made()


@bad_input("workbook", "ticks, numbers and fractions as texts")
def _values(random: Random) -> Input:
    book = Book().head()
    values = [
        (True, "Yes"),
        (False, "No"),
        (41, "41"),
        (1.5, "1.5"),
        (0.1 + 0.2, "0.3"),
        (-2, "-2"),
    ]
    for record in draft(random):
        value, text = random.choice(values)
        cells = [record.case_id, record.written, value, *record.rest]
        book.add(replace(record, text=text), cells)
    return book.made()


@bad_input("workbook", "errors of formulas in columns that are used")
def _errors(random: Random) -> Input:
    book = Book().head()
    for place, record in enumerate(draft(random)):
        if place % 3 == 1:
            column = random.choice([0, 1, 2])
            error = random.choice(["#REF!", "#DIV/0!", "#N/A", "#NAME?"])
            book.sheet.write_formula(book.row, column, "=1/0", None, error)
            cells: list[object] = [*record.cells]
            cells[column] = ""
            book.add(replace(record, fate="aside"), cells)
        else:
            book.add(record)
    return book.made()


@bad_input("workbook", "errors of formulas in columns that are not used")
def _other_errors(random: Random) -> Input:
    book = Book().head((*HEADING, "Looked up"))
    for record in draft(random):
        book.sheet.write_formula(book.row, 6, "=1/0", None, "#N/A")
        book.add(record)
    return book.made()


@bad_input("workbook", "results of formulas")
def _results(random: Random) -> Input:
    book = Book().head()
    for record in draft(random):
        book.sheet.write_formula(book.row, 0, "=A1", None, record.case_id)
        book.add(record, ["", *record.cells[1:]])
    return book.made()


@bad_input("workbook", "cases on a later sheet")
def _later(random: Random) -> Input:
    book = Book()
    book.line(["Read me first"]).line(["Enquiries to the helpline", "see the next sheet"])
    book.new_sheet(random.choice(["Data", "Sheet 2", "2022-23"]))
    return book.head().add_all(draft(random)).made()


@bad_input("workbook", "an old copy on a hidden sheet")
def _hidden(random: Random) -> Input:
    book = Book().head().add_all(draft(random))
    book.new_sheet("Old").hide()
    book.head().line(["OLD1", "2022-10-10", "An old text"])
    return book.made()


@bad_input("workbook", "a sheet that the source names")
def _named(random: Random) -> Input:
    book = Book().head()
    book.line(["B1", "2022-10-10", "Another year"])
    book.new_sheet("Wanted")
    return book.head().add_all(draft(random)).made(options={"sheet": "Wanted"})


@bad_input("workbook", "control characters")
def _controls(random: Random) -> Input:
    records = change(random, draft(random), text=lambda r: f"{r.text}\x07 x", fate="aside")
    return Book().head().add_all(records).made()


@bad_input("workbook", "texts inside cells and in runs of several formats")
def _rich(random: Random) -> Input:
    book = Book().head()
    bold = book.book.add_format({"bold": True})
    for record in draft(random):
        first, rest = record.text[:5], record.text[5:]
        book.sheet.write_rich_string(book.row, 2, bold, first, rest)
        book.add(record, [*record.cells[:2], "", *record.rest])
    return book.made()


@bad_input("workbook", "texts kept within cells, no shared strings")
def _inline(random: Random) -> Input:
    made = Book().head().add_all(draft(random, more=("café",))).made()
    strings: list[bytes] = []

    def collect(xml: bytes) -> bytes:
        strings.extend(part.split(b"</si>")[0] for part in xml.split(b"<si>")[1:])
        return xml

    def inline(xml: bytes) -> bytes:
        for number in reversed(range(len(strings))):
            old = b't="s"><v>%d</v>' % number
            xml = xml.replace(old, b't="inlineStr"><is>' + strings[number] + b"</is>")
        return xml

    data = changed(made.data, "xl/sharedStrings.xml", collect)
    return replace(made, data=changed(data, "xl/worksheets/sheet1.xml", inline))
