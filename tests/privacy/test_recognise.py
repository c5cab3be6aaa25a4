"""Identifiers found by pattern, measured on a public set and on hand-made forms."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.privacy.recognise import find_identifiers

KINDS_OF = {
    "EMAIL": "EMAIL",
    "PHONE": "PHONE",
    "UK_NHS": "NHS NUMBER",
    "UK_NINO": "NI NUMBER",
    "UK_POSTCODE": "POSTCODE",
    "URL": "LINK",
}


def spans(text: str, kind: str) -> list[str]:
    return [text[one.start : one.end] for one in find_identifiers(text) if one.kind == kind]


def measure(file: Path) -> tuple[dict[str, list[bool]], dict[str, int]]:
    """For each kind: which labelled spans are wholly hidden, and how many negatives fire."""
    hidden: dict[str, list[bool]] = {}
    false_alarms: dict[str, int] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        kind = KINDS_OF.get(case["entity"])
        if kind is None:
            continue
        text = case["text"]
        found = find_identifiers(text)
        covered = {place for one in found for place in range(one.start, one.end)}
        for start, end in case["positions"] or []:
            letters = {place for place in range(start, end) if text[place].isalnum()}
            hidden.setdefault(kind, []).append(letters <= covered)
        if case["expected_len"] == 0:
            fired = any(one.kind == kind for one in found)
            false_alarms[kind] = false_alarms.get(kind, 0) + fired
    return hidden, false_alarms


def test_recall_on_the_public_cases(workbench_data: Path) -> None:
    hidden, false_alarms = measure(workbench_data / "presidio_uk_tests" / "cases.jsonl")
    counts = {kind: (sum(hits), len(hits)) for kind, hits in hidden.items()}
    # The phone that is missed is an Israeli one without its "+".
    assert counts == {
        "EMAIL": (7, 7),
        "PHONE": (35, 36),
        "NHS NUMBER": (3, 3),
        "NI NUMBER": (5, 5),
        "POSTCODE": (15, 15),
        "LINK": (14, 14),
    }
    # "http://microsoft" counts as a link here, and what is called a National Insurance number as
    # one though it is none: better hidden than shown.
    assert false_alarms == {
        "EMAIL": 0,
        "NHS NUMBER": 0,
        "NI NUMBER": 2,
        "POSTCODE": 0,
        "LINK": 1,
    }


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("EMAIL", "j.hill+x@oakfield.example"),
        ("EMAIL", "J.HILL@OAKFIELD.SCH.UK"),
        ("EMAIL", "j.hill (at) oakfield dot org"),
        ("EMAIL", "j.hill[at]oakfield[dot]org"),
        ("EMAIL", "jhill at oakfield dot org dot uk"),
        ("EMAIL", "jhill @ oakfield.org"),
        ("LINK", "https://www.tiktok.example/@oak_field?lang=en"),
        ("LINK", "hxxps://tiktok[.]com/@oakfield"),
        ("LINK", "tiktok.com/@oak.field"),
        ("LINK", "www.oakfield.invalid"),
        ("LINK", "oakfield.test"),
        ("LINK", "oakfield.sch.uk/staff"),
        ("LINK", "https://intranet"),
        ("HANDLE", "@oak.field_2009"),
        ("HANDLE", "oak_field_2009"),
        ("HANDLE", "\uff20oakfield"),
        ("PHONE", "020 7946 0123"),
        ("PHONE", "(0161) 496 0123"),
        ("PHONE", "+44 (0)20 7946 0123"),
        ("PHONE", "+447700900123"),
        ("PHONE", "0044 7700 900123"),
        ("PHONE", "07700 900 123"),
        ("PHONE", "07700-900-123"),
        ("PHONE", "01632 960123 ext 12"),
        ("PHONE", "029.2018.0123"),
        ("POSTCODE", "ZZ99 3WZ"),
        ("POSTCODE", "sw1a 1aa"),
        ("POSTCODE", "M11AA"),
        ("NI NUMBER", "AB 12 34 56 C"),
        ("NHS NUMBER", "401 023 2137"),
        ("NUMBER", "7193840027718824"),
    ],
)
def test_whole_forms(kind: str, text: str) -> None:
    sentence = f"Please see {text}, thank you (all of us)."
    assert spans(sentence, kind) == [text]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("His username: dark.star9 is new", "dark.star9"),
        ("Snap: dj.moss99.", "dj.moss99"),
        ("An account called 'Oakfield Exposed' appeared", "Oakfield Exposed"),
        ("a page named \u201cTea Leaves Daily\u201d", "Tea Leaves Daily"),
    ],
)
def test_user_names_by_what_stands_before_them(text: str, value: str) -> None:
    assert spans(text, "HANDLE") == [value]


def test_quotes_around_an_address_stay() -> None:
    text = "'o'hara@oak.example' and \"https://oak.example/a\" and (www.oak.test/b)"
    assert spans(text, "EMAIL") == ["o'hara@oak.example"]
    assert spans(text, "LINK") == ["https://oak.example/a", "www.oak.test/b"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("DOB 03/04/2010", "03/04/2010"), ("She was born on 3rd April 2010.", "3rd April 2010")],
)
def test_dates_of_birth(text: str, value: str) -> None:
    assert spans(text, "BIRTH DATE") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "We met at 3pm on 01.02.2023 10:30 and again on 2023-09-04.",
        "Year 10 and year 11, rooms B12 and C3, 250 pupils, 1,200 views, 2022-23.",
        "It was reported.Then nothing happened. See e.g. page 4 and/or the policy.",
        "I am at my desk. Dot and I look at the list.",
        "They left school.It is 50% of the staff; the video is 0:45 long.",
        "Meet @ 3pm or @3pm",
        "Call 999 or Childline on 0800 1111.",
    ],
)
def test_ordinary_sentences_are_left_alone(text: str) -> None:
    assert find_identifiers(text) == []


def test_keep_wins_whole_or_not_at_all() -> None:
    keep = ["CEOP", "www.ceop.police.uk", "0344 381 4772", "tiktok.com"]
    assert find_identifiers("See https://www.ceop.police.uk/ or 03443814772.", keep=keep) == []
    assert spans("tiktok.com/@someone", "LINK") == ["tiktok.com/@someone"]
    found = find_identifiers("tiktok.com and tiktok.com/@someone", keep=keep)
    assert [one.start for one in found] == [15]


def test_placeholders_are_never_identifiers() -> None:
    text = "[PERSON 1] wrote to [EMAIL 2]; username: [HANDLE 1], account called '[HANDLE 3]'"
    assert find_identifiers(text, names=["Person", "Email Handle"]) == []


def test_the_same_thing_in_other_spelling_is_the_same_entity() -> None:
    text = "+44 20 7946 0123 or 020 79460123; A@b.org or a (at) b dot org; https://www.a.org/ a.org"
    entities = [one.entity for one in find_identifiers(text)]
    assert len(entities) == 6
    assert entities[0::2] == entities[1::2]


@given(st.text(st.sampled_from("ab1 @._-/:+0479()[]'\"MrA\n"), max_size=80))
def test_spans_are_in_order_and_apart(text: str) -> None:
    found = find_identifiers(text, names=["Ab Baa"])
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
