"""People, schools and places that short patterns show, and names of fields that are words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from workbench.privacy.names import Name
from workbench.privacy.recognise import find_identifiers

CASINGS: list[Callable[[str], str]] = [str, str.lower, str.upper]


def marked(text: str, *names: Name) -> str:
    """The text with bars around what is hidden; what touches is put together."""
    found = find_identifiers(text, names=names, ways=("lists",))
    hidden = {at for one in found for at in range(one.start, one.end)}
    return "".join("|" if at in hidden else sign for at, sign in enumerate(text))


def wanted(text: str) -> tuple[str, str]:
    """The text without its bars, and with bars for each sign between them."""
    pieces = text.split("|")
    return "".join(pieces), "".join(
        "|" * len(piece) if at % 2 else piece for at, piece in enumerate(pieces)
    )


@pytest.mark.parametrize("casing", CASINGS)
@pytest.mark.parametrize(
    "text",
    [
        "It was |J.W.| and pupil |K| too.",
        "The pupils |K| and |L| were there.",
        "We met |Owain ap Rhys| and |Ana dos Santos| today.",
        "We met |Lia Di Marco| and |Jan van der Berg| today.",
        "Then |O'Brien-Jones| came.",
        "That is all.\n\n|Quillan Thorne|",
        "I teach at |Oakfold|.",
        "I work at |Ysgol y Garn|, a school.",
        "We are |Sri Ganga Primary|, near |Al-Noor Academy|, here.",
        "He lives on |Elm Road| now.",
        "She lives in |Quillmere|.",
        "It is the village of |Quillby|.",
        "A comprehensive in |Dungstead| said so.",
        "|Hartley Primary School| and |Oakley High School| met.",
        'Diolch. The Corsa is x2 and NINO is due. They posted as "banter".',
        "It is at 3 p.m. i.e. e.g. the U.K. and the pupils I met at 9 o'clock.",
    ],
)
def test_shown(text: str, casing: Callable[[str], str]) -> None:
    plain, expected = wanted(casing(text))
    assert marked(plain) == expected


@pytest.mark.parametrize("casing", CASINGS)
@pytest.mark.parametrize(
    ("name", "text"),
    [
        (Name("Mark Young"), "We told |mark| about it, we mark books."),
        (Name("Grace Park"), "It came from |grace| last week, in the park."),
        (Name("Will Hope"), "We saw |will| there; they will do so."),
        (Name("Will Hope"), "Pupil: |will hope|, in year 9."),
        (Name("Lily-May Young"), "Then |lily-may| spoke."),
        (Name("Lily"), "Then |lily thorne| spoke."),
        (Name("Hillcrest Integrated Primary School", "SCHOOL"), "At |Hillcrest Integrated|."),
        (Name("Hillcrest", "SCHOOL"), "At |Hillcrest (VA) Primary School| today."),
        (Name("Hillcrest", "SCHOOL"), "At |Hillcrest Junior and Infant School| today."),
        (Name("Hillcrest", "SCHOOL"), "At |Hillcrest C of E (VA) Primary| and elsewhere."),
        (
            Name("Hillcrest C.E. (Aided) Junior & Infant School", "SCHOOL"),
            "At |Hillcrest C.E. (Aided) Junior & Infant School| today.",
        ),
    ],
)
def test_names_of_fields_that_are_words(
    name: Name, text: str, casing: Callable[[str], str]
) -> None:
    plain, expected = wanted(casing(text))
    assert marked(plain, name) == expected
