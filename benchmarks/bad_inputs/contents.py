"""Bad contents of cells in text files: odd characters, words like nulls, odd identifiers."""

from __future__ import annotations

import csv
from dataclasses import replace
from random import Random

from benchmarks.bad_inputs.making import Input, bad_input, change, draft
from benchmarks.bad_inputs.text_files import page_of

CONTROLS = "\x01\x02\x07\x08\x0e\x1b\x1c\x1f\x7f\x9d"


@bad_input("characters", "NUL bytes")
def _nul(random: Random) -> Input:
    records = change(random, draft(random), text=lambda r: f"{r.text}\0 x", fate="aside")
    return page_of(random).add_all(records).made()


@bad_input("characters", "control characters")
def _controls(random: Random) -> Input:
    records = change(
        random, draft(random), text=lambda r: f"{r.text}{random.choice(CONTROLS)} x", fate="aside"
    )
    return page_of(random).add_all(records).made()


@bad_input("characters", "a cell of more than a million characters")
def _endless(random: Random) -> Input:
    records = change(random, draft(random, 4), text="endless " * 126_000, fate="aside")
    return page_of(random).add_all(records).made()


@bad_input("characters", "words that mean nothing to other readers")
def _null_words(random: Random) -> Input:
    words = (
        "NA",
        "N/A",
        "NULL",
        "null",
        "None",
        "nan",
        "NaN",
        "-",
        "TRUE",
        "1e5",
        "inf",
        "#",
        "<NA>",
    )
    records = [replace(each, text=random.choice(words)) for each in draft(random)]
    return page_of(random).add_all(records).made()


@bad_input("characters", "texts that look like formulas")
def _formulas(random: Random) -> Input:
    starts = ("=1+1 ", "+44 ", "-", "@name ", "=HYPERLINK(1) ", "'quoted ", "\t=x ", "%00")
    records = [replace(each, text=random.choice(starts) + each.text) for each in draft(random)]
    return page_of(random, quoting=csv.QUOTE_ALL).add_all(records).made()


@bad_input("characters", "spaces around texts")
def _spaces(random: Random) -> Input:
    records = [replace(each, text=f"  {each.text}\t ") for each in draft(random)]
    return page_of(random).add_all(records).made()


@bad_input("characters", "errors of a spreadsheet")
def _errors(random: Random) -> Input:
    errors = ("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A")
    records = change(random, draft(random), text=lambda _: random.choice(errors), fate="aside")
    return page_of(random).add_all(records).made()


def _identified(name: str, shape: str) -> None:
    @bad_input("identifiers", name)
    def make(random: Random) -> Input:
        start = random.randint(1, 80)
        records = [
            replace(each, case_id=shape.format(start + place))
            for place, each in enumerate(draft(random))
        ]
        return page_of(random).add_all(records).made()


_identified("leading noughts", "{:07d}")
_identified("numbers of 20 digits", "123456789012345678{:02d}")
_identified("identifiers like numbers in powers of ten", "{}E10")
_identified("identifiers like dates", "{}/1/2023")
_identified("identifiers with a decimal point", "{}.10")


@bad_input("identifiers", "identifiers that stand twice")
def _doubled(random: Random) -> Input:
    records = draft(random)
    again = [replace(each, text="Other text", fate="aside") for each in records[:2]]
    return page_of(random).add_all([*records, *again]).made()


@bad_input("identifiers", "empty identifiers and texts")
def _empty(random: Random) -> Input:
    records = change(random, draft(random), case_id="  ", fate="aside")
    kept = [each for each in records if each.fate == "keep"]
    others = [each for each in records if each.fate != "keep"]
    return (
        page_of(random).add_all([*change(random, kept, text=" \t", fate="aside"), *others]).made()
    )
