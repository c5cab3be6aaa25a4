"""Pseudonyms of one case: one an entity, in order, and none that stands already."""

from __future__ import annotations

from workbench.privacy.pseudonyms import Pseudonyms, replace_identifiers
from workbench.privacy.recognise import Identifier


def test_one_for_each_entity_in_order_of_appearance() -> None:
    given = Pseudonyms()
    hill, moss = Identifier(0, 1, "PERSON", "hill"), Identifier(5, 9, "PERSON", "moss")
    school = Identifier(0, 1, "SCHOOL", "hill")
    wanted = ["[PERSON 1]", "[PERSON 2]", "[PERSON 1]", "[SCHOOL 1]"]
    assert [given.of(one) for one in (hill, moss, hill, school)] == wanted


def test_numbers_go_on_from_those_that_stand() -> None:
    given = Pseudonyms(["[PERSON 4] and [PERSON 2]", "[EMAIL 1]", "[YEAR 9]"])
    assert given.of(Identifier(0, 1, "PERSON", "hill")) == "[PERSON 5]"
    assert given.of(Identifier(0, 1, "LINK", "a.org")) == "[LINK 1]"


def test_all_else_is_unchanged() -> None:
    text = "a  Hill\t(b@c.org)\n"
    found = [Identifier(3, 7, "PERSON", "hill"), Identifier(9, 16, "EMAIL", "b@c.org")]
    assert replace_identifiers(text, found, Pseudonyms()) == "a  [PERSON 1]\t([EMAIL 1])\n"
    assert replace_identifiers(text, [], Pseudonyms()) == text
