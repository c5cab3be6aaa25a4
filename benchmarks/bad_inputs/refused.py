"""Files that no reader should take, and files damaged at random, whose truth is not known."""

from __future__ import annotations

import gzip
import io
import struct
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

from benchmarks.bad_inputs.making import CLASSES, HEADING, Input, Page, bad_input, draft
from benchmarks.bad_inputs.sheets import Book, changed, ods, ods_row, zipped

_SHEET = "xl/worksheets/sheet1.xml"


def _refused(suffix: str, data: bytes, *, safe: bool = True) -> Input:
    return Input(suffix, data, refused=True, safe=safe)


def _book(random: Random) -> bytes:
    return Book().head().add_all(draft(random)).bytes()


@bad_input("refusal", "zip bomb: a sheet of spaces")
def _bomb(random: Random) -> Input:
    spaces = b" " * (random.randint(12, 30) << 20)
    data = changed(
        _book(random), _SHEET, lambda xml: xml.replace(b"</sheetData>", spaces + b"</sheetData>")
    )
    return _refused(".xlsx", data, safe=False)


@bad_input("refusal", "zip bomb that lies about its size")
def _lying_bomb(random: Random) -> Input:
    size = random.randint(12, 30) << 20
    data = bytearray(changed(_book(random), _SHEET, lambda xml: xml + b" " * size))
    # The sizes that the directory gives, in the local header and in the central one.
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.find(mark)
        while start >= 0:
            if struct.unpack_from("<I", data, start + at)[0] > size:
                struct.pack_into("<I", data, start + at, 1000)
            start = data.find(mark, start + 4)
    return _refused(".xlsx", bytes(data), safe=False)


@bad_input("refusal", "zip bomb: many large parts")
def _many_parts(random: Random) -> Input:
    return _refused(".xlsx", _parts(random.randint(34, 36)), safe=False)


@cache
def _parts(count: int) -> bytes:
    """An archive of parts of 9 MB, each of which is not suspicious by itself."""
    part = Random(count).randbytes(1000) * 9000
    extra = {f"xl/media/{number}.xml": part for number in range(count)}
    return zipped({"xl/workbook.xml": b"<x/>", **extra})


@bad_input("refusal", "gzip bomb")
def _gzip_bomb(random: Random) -> Input:
    part = gzip.compress(b"a,b\n" * 2_500_000, mtime=0)
    return _refused(".csv.gz", part * random.randint(31, 40), safe=False)


@bad_input("refusal", "a cell in the last corner of the sheet")
def _corner(random: Random) -> Input:
    book = Book().head().add_all(draft(random))
    book.sheet.write_string(1_048_575 - random.randint(0, 99), 16_383, "x")
    return _refused(".xlsx", book.bytes(), safe=False)


@bad_input("refusal", "OpenDocument: cells repeated by the million")
def _ods_bomb(random: Random) -> Input:
    head = ods_row(list(HEADING))
    cell = ods_row(["x"], attributes=' table:number-rows-repeated="900000"')
    times = f' table:number-columns-repeated="{random.randint(50, 90)}"'
    body = head + cell.replace("<table:table-cell", "<table:table-cell" + times)
    return _refused(".ods", ods(body), safe=False)


@bad_input("refusal", "XML entities in a workbook")
def _entities(random: Random) -> Input:
    declared = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    part = random.choice([_SHEET, "xl/sharedStrings.xml", "xl/workbook.xml"])
    data = changed(_book(random), part, lambda xml: xml.replace(b"?>", b"?>" + declared, 1))
    return _refused(".xlsx", data, safe=False)


@bad_input("refusal", "XML entities in an OpenDocument, as UTF-16")
def _wide_entities(random: Random) -> Input:
    declared = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    data = ods(ods_row(list(HEADING)))

    def declare(xml: bytes) -> bytes:
        text = xml.decode().replace('"UTF-8"?>', f'"UTF-16"?>{declared}')
        return text.encode(random.choice(["utf-16", "utf-16-le", "utf-16-be"]))

    return _refused(".ods", changed(data, "content.xml", declare), safe=False)


@bad_input("refusal", "a workbook locked by a password")
def _locked(random: Random) -> Input:
    if random.random() < 0.5:
        data = ods(ods_row(list(HEADING)), manifest="<manifest:encryption-data/>")
        return _refused(".ods", data)
    name = "EncryptedPackage".encode("utf-16-le")
    body = bytes(random.randrange(256) for _ in range(2000))
    return _refused(".xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + name + body)


@bad_input("refusal", "a workbook of before 2007, renamed")
def _old(random: Random) -> Input:
    body = bytes(random.randrange(256) for _ in range(3000))
    return _refused(".xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + body)


@bad_input("refusal", "a workbook cut off")
def _cut(random: Random) -> Input:
    data = _book(random)
    return _refused(random.choice([".xlsx", ".ods"]), data[: random.randint(1, len(data) - 30)])


@bad_input("refusal", "a web page or text with a workbook's ending")
def _web_page(random: Random) -> Input:
    page = "<html><table><tr><td>Case</td></tr></table></html>"
    return _refused(
        random.choice([".xlsx", ".xlsm", ".ods"]), random.choice([page, "Case,Received"]).encode()
    )


@bad_input("refusal", "a workbook with the ending of text")
def _named_text(random: Random) -> Input:
    return _refused(random.choice([".csv", ".tsv"]), _book(random))


@bad_input("refusal", "several sheets with cases")
def _terms(random: Random) -> Input:
    book = Book().head().add_all(draft(random))
    for term in ("Spring", "Summer"):
        book.new_sheet(term)
        book.head().add_all(draft(random))
    return _refused(".xlsx", book.bytes())


@bad_input("refusal", "a column in use that is named twice")
def _twice(random: Random) -> Input:
    page = Page(heading=(*HEADING, random.choice(HEADING[:3]))).head()
    for record in draft(random):
        page.add(record, [*record.cells, "x"])
    return _refused(".csv", page.text().encode())


@bad_input("refusal", "a column in use that is not there")
def _lacking(random: Random) -> Input:
    name = random.choice(HEADING)
    page = Page(heading=tuple("Other" if each == name else each for each in HEADING)).head()
    return _refused(".csv", page.add_all(draft(random)).text().encode())


@bad_input("refusal", "nothing but a heading, or nothing")
def _nothing(random: Random) -> Input:
    heading = ",".join(HEADING)
    texts = ("", "\n\n", "\ufeff", heading, heading + "\n,,,,,\n", " \t ")
    suffix = random.choice([".csv", ".tsv", ".jsonl", ".xlsx", ".parquet"])
    return _refused(suffix, random.choice(texts).encode())


@bad_input("refusal", "a heading row that is not there, or an encoding that does not exist")
def _wrong_options(random: Random) -> Input:
    wrong: list[dict[str, Any]] = [
        {"heading": 400},
        {"encoding": "utf-9"},
        {"encoding": "utf-16"},
        {"delimiter": "--"},
    ]
    page = Page().head().add_all(draft(random))
    return replace(page.made(), options=random.choice(wrong), refused=True, records=())


@bad_input("refusal", "gzip that is cut off or none")
def _cut_gzip(random: Random) -> Input:
    data = gzip.compress(Page().head().add_all(draft(random)).text().encode(), mtime=0)
    return _refused(".csv.gz", random.choice([data[:-9], data[:20], b"Case,Received", b"\x1f\x8b"]))


@bad_input("refusal", "Parquet that is cut off or none")
def _cut_parquet(random: Random) -> Input:
    data = CLASSES["long whole numbers with gaps beside them"][1](random).data
    return _refused(
        ".parquet", random.choice([data[:-5], data[4:], b"PAR1", data[: len(data) // 2]])
    )


def _unknown(name: str, suffixes: tuple[str, ...], damage: object) -> None:
    """Inputs of other classes, damaged; whatever comes, no row may vanish and nothing may crash."""

    @bad_input("damaged at random", name)
    def make(random: Random) -> Input:
        sound = [
            name
            for name, (family, _) in CLASSES.items()
            if family not in ("refusal", "damaged at random") and "million" not in name
        ]
        while True:
            made = CLASSES[random.choice(sound)][1](random)
            if made.suffix in suffixes and len(made.data) < 200_000:
                break
        data = damage(random, made.data)  # type: ignore[operator]
        return replace(made, data=data, records=(), refused=None, known=False, safe=False)


def _flip(random: Random, data: bytes) -> bytes:
    flipped = bytearray(data)
    for _ in range(random.randint(1, 30)):
        flipped[random.randrange(len(flipped))] = random.randrange(256)
    return bytes(flipped)


def _shuffle(random: Random, data: bytes) -> bytes:
    start, end = sorted(random.randrange(len(data)) for _ in range(2))
    return random.choice([data[:start] + data[end:], data[:end] + data[start:], data[::-1]])


def _flip_parts(random: Random, data: bytes) -> bytes:
    """Damage within the XML, with the archive's sums made right again."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    name = random.choice([name for name in members if members[name]])
    return zipped({**members, name: random.choice([_flip, _shuffle])(random, members[name])})


_unknown("bytes changed in a text file", (".csv", ".tsv"), _flip)
_unknown("parts of a text file lost or doubled", (".csv", ".tsv", ".jsonl"), _shuffle)
_unknown("bytes changed in JSON lines", (".jsonl",), _flip)
_unknown("bytes changed in a workbook", (".xlsx", ".ods"), _flip)
_unknown("bytes changed in the XML of a workbook", (".xlsx", ".ods"), _flip_parts)
_unknown("bytes changed in Parquet", (".parquet",), _flip)


@bad_input("damaged at random", "random bytes")
def _noise(random: Random) -> Input:
    size = random.choice([1, 7, 400, 5000])
    data = bytes(random.randrange(256) for _ in range(size))
    suffix = random.choice([".csv", ".tsv", ".csv.gz", ".xlsx", ".ods", ".jsonl", ".parquet"])
    head = {".xlsx": b"PK\x03\x04", ".csv.gz": b"\x1f\x8b\x08\0", ".parquet": b"PAR1"}.get(
        suffix, b""
    )
    return Input(suffix, head + data, refused=None, known=False, safe=False)
