"""Dates that a reader may take for another day, or for a day at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from benchmarks.bad_inputs.making import Input, Page, Record, bad_input, draft

DAY_FIRST = {"date_format": "%d/%m/%Y"}
Write = Callable[[Random, Record], dict[str, Any]]


def _dated(name: str, write: Write, options: dict[str, Any] | None = None) -> None:
    """Every second record with its date written as ``write`` says."""

    @bad_input("dates", name)
    def make(random: Random) -> Input:
        records = [
            replace(each, **write(random, each)) if place % 2 else each
            for place, each in enumerate(draft(random))
        ]
        return Page().head().add_all(records).made(options=options or {})


def _as(pattern: str) -> Write:
    def write(_: Random, record: Record) -> dict[str, Any]:
        assert record.date is not None
        return {"written": record.date.strftime(pattern)}

    return write


def _wrong(*written: str) -> Write:
    return lambda random, _: {"written": random.choice(written), "date": None, "fate": "aside"}


def _clock(suffixes: tuple[str, ...]) -> Write:
    def write(random: Random, record: Record) -> dict[str, Any]:
        assert record.date is not None
        moment = record.date + timedelta(minutes=random.randint(0, 1439))
        mark = random.choice("T ")
        return {"date": moment, "written": f"{moment:%Y-%m-%d{mark}%H:%M}{random.choice(suffixes)}"}

    return write


def _astray(random: Random, _: Record) -> dict[str, Any]:
    day = random.choice([datetime(2022, 8, 31), datetime(2023, 9, 1), datetime(1923, 1, 2)])
    return {"date": day, "written": f"{day:%Y-%m-%d}", "fate": "aside"}


_dated("day first, declared", _as("%d/%m/%Y"), DAY_FIRST)
_dated("day first, not declared", lambda r, x: {**_as("%d/%m/%Y")(r, x), "fate": "aside"})
_dated("month first, declared", _as("%m/%d/%Y"), {"date_format": "%m/%d/%Y"})
_dated("names of months, declared", _as("%d %B %Y"), {"date_format": "%d %B %Y"})
_dated("days and times in ISO", _clock(("", ":07", ":07.25")))
_dated("times with a zone", _clock(("Z", "+01:00", "-0500", ":00+00:00")))
_dated("days that there are not", _wrong("2023-02-30", "2023-02-29", "2022-11-31", "2023-00-10"))
_dated(
    "days that there are not, day first", _wrong("31/04/2023", "29/02/2023", "0/1/2023"), DAY_FIRST
)
_dated("times past midnight", _wrong("2023-01-31 24:00", "2023-01-31T24:00:00", "2023-01-31T25:00"))
_dated("years of two digits", _wrong("03/04/23", "3/4/23", "03/04/0023"), DAY_FIRST)
_dated("month first where day first is declared", _wrong("03/13/2023", "12/31/2022"), DAY_FIRST)
_dated("digits of other scripts", _wrong("２０２３-01-02", "٠٣/٠٤/٢٠٢٣", "２/３/2023"), DAY_FIRST)
_dated("day numbers of a spreadsheet", _wrong("44927", "44927.5", "45000"), DAY_FIRST)
_dated(
    "words and unsure dates", _wrong("yesterday", "Sept 2022", "2023", "c. 2023-01-02", "2023-1-2")
)
_dated("empty dates", _wrong("", "  ", "NA", "0000-00-00"))
_dated("days outside the period", _astray)
