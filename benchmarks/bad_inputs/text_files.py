"""Bad text files: encodings, delimiters, quote marks, line breaks, ragged rows."""

from __future__ import annotations

import csv
import gzip
from dataclasses import replace
from random import Random

from benchmarks.bad_inputs.making import (
    BRITISH,
    HEADING,
    WIDE,
    Input,
    Page,
    Record,
    bad_input,
    change,
    draft,
    prose,
)


def page_of(random: Random, **more: object) -> Page:
    """A page with its heading, its lines ended in one of the two usual ways."""
    end = random.choice(["\n", "\r\n"])
    return Page(**{"end": end, **more}).head()  # type: ignore[arg-type]


def _encoded(name: str, encoding: str, more: tuple[str, ...]) -> None:
    @bad_input("encoding", name)
    def make(random: Random) -> Input:
        records = draft(random, more=more)
        # At least one text must show what the encoding is.
        records[0] = replace(records[0], text=f"{prose(random)} {random.choice(more)} here")
        return page_of(random).add_all(records).made(encoding=encoding)


_encoded("UTF-8", "utf-8", WIDE)
_encoded("UTF-8 with a byte order mark", "utf-8-sig", WIDE)
_encoded("UTF-16 with a byte order mark", "utf-16", WIDE)
_encoded("UTF-16 without a mark, little end first", "utf-16-le", BRITISH)
_encoded("UTF-16 without a mark, big end first", "utf-16-be", BRITISH)
_encoded("Windows-1252", "cp1252", BRITISH)
_encoded("Latin-1", "latin-1", ("café", "£20", "naïve", "Zoë", "½ day"))
_encoded("Mac OS Roman", "mac_roman", ("café", "the head’s view", "“urgent”", "Zoë"))


@bad_input("encoding", "a file declared Windows-1252")
def _declared(random: Random) -> Input:
    page = page_of(random).add_all(draft(random, more=(*BRITISH, "Žofie", "Œuvre")))
    return page.made(encoding="cp1252", options={"encoding": "cp1252"})


def _spoil(random: Random, wrong: bytes) -> Input:
    """A UTF-8 file with ``wrong`` in place of a mark in some rows."""
    records = draft(random, random.randint(6, 14))
    records = [replace(each, text=f"{each.text} café – £5") for each in records]
    records = change(random, records, text=lambda r: f"{r.text} @@ end", fate="aside")
    made = page_of(random).add_all(records).made()
    return replace(made, data=made.data.replace(b"@@", wrong))


@bad_input("encoding", "broken UTF-8 in single rows")
def _broken(random: Random) -> Input:
    return _spoil(
        random, random.choice([b"\xff", b"\xc3", b"\xe2\x80", b"\xc0\xaf", b"\xed\xa0\x80"])
    )


@bad_input("encoding", "Windows-1252 in single rows of UTF-8")
def _mixed(random: Random) -> Input:
    return _spoil(random, "naïve, café".encode("cp1252"))


@bad_input("encoding", "UTF-16 cut off in the middle of a letter")
def _odd(random: Random) -> Input:
    records = draft(random)
    records[-1] = replace(records[-1], rest=("", "", "Primary"), fate="either")
    made = page_of(random).add_all(records).made(encoding="utf-16")
    return replace(made, data=made.data[:-1])


def _delimited(name: str, delimiter: str, suffix: str = ".csv") -> None:
    @bad_input("delimiter", name)
    def make(random: Random) -> Input:
        records = draft(random, more=(*BRITISH, "one, two, three", "this; that", "a|b"))
        return page_of(random, delimiter=delimiter).add_all(records).made(suffix)


_delimited("semicolons", ";")
_delimited("tabs", "\t", ".tsv")
_delimited("tabs in a .csv", "\t")
_delimited("bars", "|")


@bad_input("delimiter", "a line sep=; above the heading")
def _sep(random: Random) -> Input:
    page = Page(delimiter=";", lines=["sep=;"]).head()
    return page.add_all(draft(random)).made()


@bad_input("delimiter", "commas in a heading of semicolons")
def _comma_heading(random: Random) -> Input:
    extra = ("Tags, as ticked, or none", "Names, if any, given")
    page = Page(delimiter=";", heading=(*HEADING, *extra)).head()
    for record in draft(random):
        page.add(record, [*record.cells, "one, two", ""])
    return page.made()


@bad_input("delimiter", "a quoted heading with the delimiter in it")
def _quoted_heading(random: Random) -> Input:
    page = Page(heading=(*HEADING, "Notes, for staff", "A; B; C; D; E; F; G; H; I")).head()
    for record in draft(random):
        page.add(record, [*record.cells, "x", ""])
    return page.made()


@bad_input("delimiter", "an odd delimiter, declared")
def _declared_delimiter(random: Random) -> Input:
    mark = random.choice("~^!\x01")
    page = page_of(random, delimiter=mark).add_all(draft(random))
    return page.made(options={"delimiter": mark})


def _broken_lines(name: str, breaks: tuple[str, ...], *, always: bool) -> None:
    @bad_input("quotes and lines", name)
    def make(random: Random) -> Input:
        quoting = csv.QUOTE_ALL if always else csv.QUOTE_MINIMAL
        records = change(
            random, draft(random), text=lambda r: f"{r.text}{random.choice(breaks)}And, then"
        )
        return page_of(random, quoting=quoting).add_all(records).made()


_broken_lines("line breaks in quoted cells", ("\n", "\n\n", "\r\n"), always=False)
_broken_lines("lone returns in quoted cells", ("\r", "\r\r"), always=True)
_broken_lines(
    "page breaks and other spaces", ("\x0b", "\x0c", "\x85", "\u2029", "\u00a0"), always=True
)


@bad_input("quotes and lines", "lines that end in a lone return")
def _mac(random: Random) -> Input:
    return page_of(random, end="\r").add_all(draft(random)).made()


@bad_input("quotes and lines", "line breaks outside quote marks")
def _torn(random: Random) -> Input:
    """The text is torn in two, some at a blank line: the pieces are set aside, and are rows."""
    last = random.random() < 0.5
    page = Page(heading=HEADING if not last else (*HEADING[:2], *HEADING[3:], HEADING[2])).head()
    records = draft(random, random.randint(6, 12), more=("advice",))
    torn = set(random.sample(range(len(records)), 2))
    for place, record in enumerate(records):
        text = record.text if place not in torn else f"{record.text}\rand then"
        cells = [record.case_id, record.written, *record.rest]
        cells.insert(5 if last else 2, text)
        if place not in torn:
            page.add(record, cells)
            continue
        first, second = ",".join(cells).split("\r")
        page.add(replace(record, fate="aside"), first)
        page.lines += [""] * random.randint(0, 2)
        page.add(Record("", None, "", "", fate="aside"), second)
    return page.made()


@bad_input("quotes and lines", "a quote mark that is not closed")
def _open_quote(random: Random) -> Input:
    page = page_of(random)
    bad = random.sample(range(8), random.randint(1, 2))
    for place, record in enumerate(draft(random, 8, more=("café",))):
        line = f'{record.case_id},{record.written},"{record.text},,,'
        if place in bad:
            page.add(replace(record, fate="aside"), line)
        else:
            page.add(record)
    return page.made()


@bad_input("quotes and lines", "quote marks not doubled in a quoted cell")
def _inner_quotes(random: Random) -> Input:
    page = page_of(random)
    for record in draft(random, more=("café",)):
        if random.random() < 0.3:
            line = f'{record.case_id},{record.written},"He said "{record.text}" to me",,,'
            page.add(replace(record, fate="aside"), line)
        else:
            page.add(record)
    return page.made()


@bad_input("quotes and lines", "backslashes before quote marks")
def _backslashes(random: Random) -> Input:
    page = page_of(random)
    for record in draft(random, more=("café",)):
        if random.random() < 0.3:
            line = f'{record.case_id},{record.written},"He said \\"{record.text}\\" to me",,,'
            page.add(replace(record, fate="aside"), line)
        else:
            page.add(record)
    return page.made()


@bad_input("quotes and lines", "quote marks inside a plain cell")
def _plain_quotes(random: Random) -> Input:
    page = page_of(random)
    for record in draft(random, more=("café",)):
        quoted = replace(record, text=f'{record.text} 12" and "so" on')
        page.add(quoted, f"{','.join(quoted.cells)}")
    return page.made()


@bad_input("shape", "rows with cells too many")
def _long(random: Random) -> Input:
    page = page_of(random)
    for record in draft(random):
        if random.random() < 0.3:
            page.add(replace(record, fate="aside"), [*record.cells, "", "surplus"])
        else:
            page.add(record)
    return page.made()


@bad_input("shape", "rows cut short")
def _short(random: Random) -> Input:
    page = page_of(random)
    for place, record in enumerate(draft(random, random.randint(6, 12))):
        if place % 5 == 2:
            cut = random.choice([1, 2])
            page.add(replace(record, fate="aside"), record.cells[:cut])
        else:
            page.add(record)
    return page.made()


@bad_input("shape", "delimiters left over at the end of each row")
def _left_over(random: Random) -> Input:
    page = Page(heading=(*HEADING, "", "", "")).head()
    for record in draft(random):
        page.add(record, [*record.cells, "", "", ""])
    return page.made()


@bad_input("shape", "blank lines and rows of blanks")
def _blanks(random: Random) -> Input:
    page = page_of(random)
    for record in draft(random):
        page.lines += random.choices(["", ",,,,,", " , ,\t,,,"], k=random.randint(0, 2))
        page.add(record)
    page.lines += [",,,,,"] * 5
    page.lines += [" "] * random.randint(0, 2)
    return page.made()


@bad_input("shape", "banners above the heading")
def _banners(random: Random) -> Input:
    banner = ["Helpline", "Enquiries", "Made by office", "", "", ""]
    page = Page(lines=[banner, ["Period", "2022-23", "", "", "", ""], [""] * 6]).head()
    return page.add_all(draft(random)).made()


@bad_input("shape", "the heading repeated among the rows")
def _repeated(random: Random) -> Input:
    page = page_of(random)
    for record in draft(random):
        page.add(record)
        if random.random() < 0.3:
            page.add(Record("", None, "", "", fate="aside"), list(HEADING))
    return page.made()


@bad_input("shape", "a row of totals below")
def _totals(random: Random) -> Input:
    page = page_of(random).add_all(draft(random))
    page.add(Record("Total", None, "", "", fate="aside"), ["Total", "", "41", "", "", ""])
    return page.made()


@bad_input("shape", "blank columns before and between")
def _blank_columns(random: Random) -> Input:
    page = Page(heading=("", "", *HEADING[:2], "", *HEADING[2:])).head()
    for record in draft(random):
        page.add(record, ["", "", *record.cells[:2], "", *record.cells[2:]])
    return page.made()


@bad_input("shape", "column names broken over lines, or named twice")
def _names(random: Random) -> Input:
    names = (" Case ", "Received\n", "Enquiry", "Notes", "Subject", "Kind", "Phase", "Notes")
    page = Page(heading=names).head()
    for record in draft(random):
        page.add(record, [*record.cells[:3], "x", *record.cells[3:], "y"])
    return page.made()


@bad_input("encoding", "packed with gzip, in several parts")
def _packed(random: Random) -> Input:
    made = page_of(random).add_all(draft(random)).made(".csv.gz")
    middle = len(made.data) // 2
    parts = gzip.compress(made.data[:middle]) + gzip.compress(made.data[middle:])
    return replace(made, data=parts)
