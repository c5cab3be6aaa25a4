"""People, schools and places that no field names: by lists, shapes and the words around them."""

from __future__ import annotations

import pytest

from workbench.privacy.lists import FOLDER, is_word, nicknames, words_of
from workbench.privacy.recognise import find_identifiers

LISTS = sorted(FOLDER.glob("*.txt"))


def found(text: str) -> list[tuple[str, str]]:
    return [
        (one.kind, text[one.start : one.end]) for one in find_identifiers(text, ways=("lists",))
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We met Kelly Whitlock today.", "Kelly Whitlock"),
        ("today kelly whitlock was sent home", "kelly whitlock"),
        ("TODAY KELLY WHITLOCK WAS SENT HOME", "KELLY WHITLOCK"),
        ("He told Priya to stop.", "Priya"),
        ("Then a girl, Grace, replied.", "Grace"),
        ("They gave it to Will Young.", "Will Young"),
        ("mr brown was named", "mr brown"),
        ("The pupil, called zed, left.", "zed"),
        ("my name is kezza", "kezza"),
        ("It was zed's.\n\nMany thanks,\nZedd", "Zedd"),
        ("Dear Zedd,\nwe met", "Zedd"),
        ("From: Zedd Quolt <", "Zedd Quolt"),
        ("We met ellie-mae today", "ellie-mae"),
    ],
)
def test_people(text: str, name: str) -> None:
    assert ("PERSON", name) in found(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We are at Hartley Primary School.", "Hartley Primary School"),
        ("we are at hartley primary school.", "hartley primary school"),
        ("WE ARE AT HARTLEY PRIMARY SCHOOL.", "HARTLEY PRIMARY SCHOOL"),
        ("a pupil of st ebba's ce school", "st ebba's ce school"),
        ("a pupil of St Mary's", "St Mary's"),
        ("Jane of Oakley Girls' School wrote", "Oakley Girls' School"),
        ("Westhurst and Oakley Academy", "Westhurst and Oakley Academy"),
        ("we are at our lady of lourdes primary", "our lady of lourdes primary"),
    ],
)
def test_schools(text: str, name: str) -> None:
    assert ("SCHOOL", name) in found(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The school is in Leeds.", "Leeds"),
        ("the school is in leeds.", "leeds"),
        ("We live in Reading now.", "Reading"),
        ("Come to Stoke-on-Trent.", "Stoke-on-Trent"),
        ("She lives at 12 Acacia Avenue today", "12 Acacia Avenue"),
        ("a school in Zedmouth said", "Zedmouth"),
    ],
)
def test_places(text: str, name: str) -> None:
    assert ("PLACE", name) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The DSL rang CEOP, the LADO and Ofsted; the MAT uses Microsoft Teams and TikTok.",
        "Reading and writing are hard. Will you mark the work in May, or in June?",
        "Our primary school is a local academy, and the high school is new.",
        "I miss school. They will meet the young ones on Monday after Religious Education.",
        "Kind regards,\nOnline Safety Team",
        "Hi all,\nHello everyone, dear Sir or Madam,",
        "He is Polish and lives in Kent, England; she came from Poland.",
        "His mum said the head teacher was told by a parent.",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert found(text) == []


def test_who_is_named_in_full_is_known_by_a_part() -> None:
    text = "Zedd Whitlock was there. whitlock's friends filmed it."
    people = [one for one in find_identifiers(text, ways=("lists",)) if one.kind == "PERSON"]
    assert [text[one.start : one.end] for one in people] == ["Zedd Whitlock", "whitlock"]
    assert people[0].entity == people[1].entity


def test_lists_say_where_they_come_from_and_are_small() -> None:
    assert all(path.read_text(encoding="utf-8").startswith("# ") for path in LISTS)
    # The larger part are the words that tell a rare word from a user name.
    assert sum(path.stat().st_size for path in LISTS) < 705_000
    assert "GeoNames" in (FOLDER / "places.txt").read_text(encoding="utf-8")[:400]


def test_lists_are_folded() -> None:
    for name in ("given_common", "given_rarer", "surnames", "english", "frequent"):
        assert all(
            word.isascii() and word.isalpha() and word.islower() for word in words_of(name)
        ), name
    assert words_of("frequent") <= words_of("english") | {"lodge", "castle", "manor"}
    assert is_word("because")
    assert not is_word("katherine")
    assert "kate" in nicknames()["katherine"]
