"""Names for redaction: people, not roles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.cases.mail import Mail, Person
from workbench.cases.mail_names import is_address_of, names_of, person_name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Jane Hill", "Jane Hill"),
        ("Hill, Jane", "Jane Hill"),
        ("'Jane Hill'", "Jane Hill"),
        ("Jane Hill (Head Teacher)", "Jane Hill"),
        ("Jane Hill via Contact Form", "Jane Hill"),
        ("Zoë O’Neil-Smith", "Zoë O’Neil-Smith"),
        ("School Office", ""),
        ("Head", ""),
        ("Safeguarding Team", ""),
        ("jane", ""),
        ("St 4 You!", ""),
        ("", ""),
    ],
)
def test_display_names(written: str, name: str) -> None:
    assert person_name(written) == name


def test_names_come_from_headers_addresses_and_the_headers_of_what_is_passed_on() -> None:
    text = (
        "See below. To: remove the page\n\nFrom: Moss, Al\nSent: Monday\n"
        "To: Helpline Team; Bo Lee [mailto:bo@x.example]\n\n"
        "On Friday, Cy Ray <cy@x.example> wrote:\n> Words <not an address>"
    )
    people = (
        Person("Jane Hill", "jh@x.example"),
        Person("", "ann.bell@x.example"),
        Person("", "office@x.example"),
        Person("", "dkroe04@x.example"),
        Person("The Helpline", "help@x.example"),
        Person("Our Charity", "charity@x.example"),
    )
    names = names_of(Mail(text, people=people), but="Our Charity for All")
    assert names == ["Jane Hill", "Ann Bell", "dkroe04", "Al Moss", "Bo Lee", "Cy Ray"]


@given(st.text(max_size=80))
def test_any_name_is_read(text: str) -> None:
    names_of(Mail(text, people=(Person(text, text),)))


def test_the_helplines_own_addresses() -> None:
    own = is_address_of(["@Help.example", "jo@x.example"])
    assert own.fullmatch("a@help.example")
    assert own.fullmatch("jo@x.example")
    assert not own.fullmatch("a@nothelp.example")
    assert not own.fullmatch("bo@x.example")
    assert not own.fullmatch("a@helpxexample")
    assert not is_address_of([]).fullmatch("")
