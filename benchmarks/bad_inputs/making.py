"""What all makers of bad inputs share: records with their truth, and files made of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, Literal

HEADING = ("Case", "Received", "Enquiry", "Subject", "Kind", "Phase")
START, END = datetime(2022, 9, 1), datetime(2023, 8, 31)
"""The days of the only period."""

Fate = Literal["keep", "aside", "either"]


@dataclass(frozen=True)
class Record:
    """One row of a file, and its truth; ``written`` is the date as the file has it.

    ``fate``: it must be kept exactly so, must be set aside, or either is right.
    """

    case_id: str
    date: datetime | None
    text: str
    written: str
    rest: tuple[str, str, str] = ("", "", "")
    fate: Fate = "keep"
    row: int = 0

    @property
    def cells(self) -> list[str]:
        """The record as the cells of a row."""
        return [self.case_id, self.written, self.text, *self.rest]


@dataclass(frozen=True)
class Input:
    """A file with its truth. ``refused``: it must be (True), must not (False), or may be (None).

    ``options`` are those of the source. ``known`` says whether ``records`` tell of every row;
    ``safe`` whether a reader without guards survives it.
    """

    suffix: str
    data: bytes
    records: tuple[Record, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    refused: bool | None = False
    known: bool = True
    safe: bool = True


Maker = Callable[[Random], Input]
CLASSES: dict[str, tuple[str, Maker]] = {}
"""Every class by its name, with its family."""


def bad_input(family: str, name: str) -> Callable[[Maker], Maker]:
    """Enter a maker under its class's name."""

    def enter(maker: Maker) -> Maker:
        CLASSES[name] = (family, maker)
        return maker

    return enter


WORDS = (
    "pupil", "head", "profile", "fake", "photo", "year 9", "parent", "the", "has", "posted", "of",
    "about", "asked", "to", "remove", "school", "account", "screenshots", "class", "chat", "and",
    "a", "threat", "reported", "we", "advice", "please", "blackmail", "image", "shared", "group",
)  # fmt: skip
BRITISH = (
    "café",
    "the head’s view",
    "“urgent”",
    "– again",
    "£20",
    "naïve",
    "Zoë",
    "it’s…",
    "½ day",
)
WIDE = (
    "Łukasz", "شكرا", "שלום", "👩‍👩‍👧", "🇬🇧", "日本", "e\u0301", "\u200b", "\u2028", "\u202e",
    "\ufeff",     "𝔘", "ﬁ", "Ω", "\u00ad", "\ufffd",
)  # fmt: skip


def prose(random: Random, *, more: tuple[str, ...] = (), words: int = 12) -> str:
    """A text from letter to letter, with about a quarter of ``more``."""
    drawn = [
        random.choice(more) if more and random.random() < 0.25 else random.choice(WORDS)
        for _ in range(random.randint(3, words))
    ]
    return " ".join(["Our", *drawn, "today"])


def draft(
    random: Random, count: int | None = None, *, more: tuple[str, ...] = BRITISH
) -> list[Record]:
    """Good records with identifiers of one shape, days of the period and British texts."""
    count = count or random.randint(4, 12)
    letter = random.choice(["A", "C", "POSH-", "2023/", "#"])
    first = random.randint(1, 900)
    records = []
    for number in range(first, first + count):
        day = START + timedelta(days=random.randint(0, 360))
        rest = (random.choice(["", "Help", "Re: help"]), random.choice(["", "Bullying"]), "")
        text = prose(random, more=more)
        records.append(Record(f"{letter}{number}", day, text, f"{day:%Y-%m-%d}", rest))
    return records


def change(random: Random, records: list[Record], **what: Any) -> list[Record]:
    """The records with a few of them changed, at least one, never all.

    ``what`` maps a field to its value, or to a function of the record that gives it.
    """
    places = random.sample(range(len(records)), random.randint(1, max(1, len(records) // 3)))
    changed = list(records)
    for place in places:
        record = records[place]
        values = {k: v(record) if callable(v) else v for k, v in what.items()}
        changed[place] = replace(record, **values)
    return changed


@dataclass
class Page:
    """Rows of a text file in the making; each is cells, or a line as it stands."""

    delimiter: str = ","
    end: str = "\r\n"
    quoting: Literal[0, 1, 2, 3] = csv.QUOTE_MINIMAL
    heading: tuple[str, ...] = HEADING
    lines: list[list[str] | str] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)

    def head(self) -> Page:
        """Add the heading."""
        self.lines.append(list(self.heading))
        return self

    def add(self, record: Record, line: list[str] | str | None = None) -> Page:
        """Add a record, as its cells unless ``line`` says otherwise."""
        self.lines.append(record.cells if line is None else line)
        self.records.append(replace(record, row=len(self.lines)))
        return self

    def add_all(self, records: list[Record]) -> Page:
        """Add records as they are."""
        for record in records:
            self.add(record)
        return self

    def text(self) -> str:
        """The file's text."""
        out = io.StringIO(newline="")
        writer = csv.writer(
            out, delimiter=self.delimiter, lineterminator=self.end, quoting=self.quoting
        )
        for line in self.lines:
            if isinstance(line, str):
                out.write(line + self.end)
            else:
                writer.writerow(line)
        return out.getvalue()

    def made(self, suffix: str = ".csv", encoding: str = "utf-8", **more: Any) -> Input:
        """The file with its truth."""
        return Input(suffix, self.text().encode(encoding), tuple(self.records), **more)
