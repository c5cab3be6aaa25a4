"""Names from a case's own fields, found in the ways in which people write them."""

from __future__ import annotations

import pytest

from workbench.privacy.names import Name
from workbench.privacy.recognise import find_identifiers

JANE = Name("Mrs Jane O\u2019Hara")
SCHOOL = Name("St Mary's Catholic Primary School, Ashby", "SCHOOL")
OAKFIELD = Name("Oakfield Academy", "SCHOOL")


def found(text: str, *names: Name, keep: tuple[str, ...] = ()) -> list[str]:
    return [text[one.start : one.end] for one in find_identifiers(text, names=names, keep=keep)]


@pytest.mark.parametrize(
    "written",
    [
        "Jane O'Hara",
        "JANE OHARA",
        "jane o\u2019hara",
        "Mrs O'Hara",
        "mrs ohara",
        "O'Hara",
        "Jane",
        "J. O'Hara",
        "O'Hara, Jane",
        "janeohara",
        "MrsOHara",
        "Jane\nO'Hara",
    ],
)
def test_a_person_in_every_form(written: str) -> None:
    text = f"We think {written} knows."
    assert found(text, JANE) == [written]


@pytest.mark.parametrize(
    "written",
    [
        "St Mary's Catholic Primary School, Ashby",
        "St Mary's Catholic Primary School",
        "st marys catholic primary school",
        "ST MARY'S PRIMARY",
        "Saint Mary's School",
        "St. Mary\u2019s",
        "St Mary",
        "stmarysschool",
        "SMCPS",
    ],
)
def test_a_school_in_every_form(written: str) -> None:
    text = f"Here at {written} we worry."
    assert found(text, SCHOOL) == [written]


@pytest.mark.parametrize("kind", ["CE (VA)", "CofE VC", "RC (VA)"])
@pytest.mark.parametrize("written", ["St Ebbe's", "st ebbes", "ST EBBE\u2019S", "St Ebbe's School"])
def test_a_school_is_known_without_what_voluntary_aid_it_has(kind: str, written: str) -> None:
    school = Name(f"St Ebbe's {kind} Primary School", "SCHOOL")
    assert found(f"We had {written} on the phone.", school) == [written]


def test_a_possessive_stays_outside() -> None:
    assert found("Oakfield's pupils and Jane's class", OAKFIELD, JANE) == ["Oakfield", "Jane"]


def test_run_together_in_hashtags_and_user_names() -> None:
    text = "#justiceformrsohara and oakfieldmemes"
    assert found(text, JANE, OAKFIELD) == ["justiceformrsohara", "oakfieldmemes"]


def test_names_that_are_words_need_a_capital() -> None:
    will = Name("Will Young")
    park = Name("The Park School", "SCHOOL")
    assert found("they will meet the young ones in the park", will, park) == []
    assert found("will young asked; Will said so; Mr Young too", will) == [
        "will young",
        "Will",
        "Mr Young",
    ]
    assert found("At The Park we meet; the park school is small", park) == [
        "Park",
        "the park school",
    ]


def test_no_name_inside_another_word() -> None:
    assert found("The annual planet event", Name("Ann Lane"), Name("Ev Ann")) == []


def test_keep_wins() -> None:
    ceop = Name("Ceop Marsh")
    assert found("CEOP and Marsh", ceop, keep=("CEOP",)) == ["Marsh"]
    assert found("in St Helens, Helens", Name("Bo Helens"), keep=("St Helens",)) == ["Helens"]


def test_people_with_a_title_are_found_throughout_the_text() -> None:
    assert found("A clip of Mr Dobson. Dobson is upset. MRS KEMP too.") == [
        "Mr Dobson",
        "Dobson",
        "MRS KEMP",
    ]


def test_the_same_person_under_the_fuller_name() -> None:
    names = [Name("Mrs O'Hara"), JANE, Name("Tom Dent")]
    one, two, three = find_identifiers("Mrs O'Hara saw Jane with Tom", names=names)
    assert one.entity == two.entity != three.entity
