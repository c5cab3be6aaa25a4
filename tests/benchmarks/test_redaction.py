from __future__ import annotations

import re
from random import Random

import pytest

from benchmarks.redactions import documents, material, measures, ours, patterns, peers, values
from benchmarks.redactions.documents import CASINGS, Document, Planted, make_documents
from benchmarks.redactions.people import Cast, Person
from benchmarks.redactions.presidio_tests import OUT_OF_SCOPE, Case, read_cases, tabulate
from benchmarks.redactions.writing import OBSCURED, USUAL, write


@pytest.fixture(scope="module")
def some() -> list[Document]:
    return make_documents(300, seed=3)


def planted(document: Document, kind: str) -> list[str]:
    return [document.text[s.start : s.end] for s in document.planted if s.kind == kind]


def test_the_same_seed_gives_the_same_documents_and_another_gives_others(
    some: list[Document],
) -> None:
    assert make_documents(20, seed=3) == some[:20]
    assert make_documents(20, seed=4) != some[:20]


def test_spans_lie_apart_in_order_and_begin_and_end_with_what_they_hide(
    some: list[Document],
) -> None:
    for document in some:
        at = 0
        for span in document.planted:
            assert at <= span.start < span.end <= len(document.text)
            at = span.end
            assert any(c.isalnum() for c in document.text[span.start : span.end])


def test_identifiers_as_usual_have_their_form(some: list[Document]) -> None:
    forms = {"EMAIL": r"\S+@\S+\.\w+", "POSTCODE": r"[A-Z]+\d+[A-Z]? ?\d[A-Z]{2}",
             "NI": r"[A-Z]{2} ?(\d\d ?){3}[A-D]", "HANDLE": r"@[\w.]+",
             "PHONE": r"[\d ()+]{11,17}"}  # fmt: skip
    seen = set()
    for document in some:
        for span in document.planted:
            if span.kind in forms and not span.obscured:
                seen.add(span.kind)
                assert re.fullmatch(forms[span.kind], document.text[span.start : span.end])
    assert seen == set(forms)


def test_every_kind_is_planted_often_and_obscured_at_times(some: list[Document]) -> None:
    spans = [span for document in some for span in document.planted]
    for kind in (*measures.STRUCTURED, "PERSON", "SCHOOL", "PLACE"):
        assert sum(span.kind == kind for span in spans) >= 30
    for kind in measures.STRUCTURED:
        share = [span.obscured for span in spans if span.kind == kind]
        assert 0.15 < sum(share) / len(share) < 0.6


def test_case_changes_letters_and_nothing_else(some: list[Document]) -> None:
    for document in some[:50]:
        for casing in CASINGS:
            other = document.cased(casing)
            assert other.text.casefold() == document.text.casefold()
            assert other.planted == document.planted


def test_there_are_many_templates_and_each_can_be_filled() -> None:
    every = documents.templates()
    assert sum(map(len, every.values())) >= 150
    assert sum(map(len, every.values())) == len({t for file in every.values() for t in file})
    for template in (t for file in every.values() for t in file):
        cast, writer = Cast(Random(1)), documents._Writer(Random(1))
        for choice, name, form in documents._SLOT.findall(template):
            if choice:
                assert writer.choose(name)
            else:
                writer.plant(cast, name, form or "full")
        assert "{" not in "".join(writer.parts)


def test_templates_without_identifiers_and_asides_name_nobody() -> None:
    every = documents.templates()
    for template in (*every["plain"], *every["asides"]):
        assert not documents._SLOT.search(template)
        assert not re.search(r"@|https?:|\b0\d{9,10}\b", template)


def test_nhs_numbers_have_their_check_digit() -> None:
    for seed in range(50):
        number = values.nhs(Cast(Random(seed)), "pupil", Random(seed)).replace(" ", "")
        assert number.startswith("999")
        assert sum(int(c) * (10 - n) for n, c in enumerate(number)) % 11 == 0


def test_obscured_ways_differ_from_the_usual_and_keep_the_digits() -> None:
    assert set(USUAL) == set(OBSCURED) == set(measures.STRUCTURED)
    for seed in range(60):
        said = write("NHS", "999 123 4568", Random(seed), obscured=True)
        assert re.sub(r"\D", "", said) == "9991234568"
        assert said not in ("999 123 4568", "9991234568")


def judged(text: str, known: list[tuple[str, str, str]], **changes: str) -> str:
    span = Planted(0, len(text), changes.pop("kind", "PERSON"), "pupil", **changes)
    return documents._judge(span, text, known).named


def test_who_is_named_in_fields_is_judged_by_words() -> None:
    known = [("pupil", "PERSON", "Róisín O'Brien-Nowak")]
    assert judged("roisin OBrien", known) == documents.NAMED
    assert judged("R. Nowak", known) == documents.NAMED
    assert judged("Ro", known) == documents.OTHERWISE
    assert judged("Róisín", known, form="misspelt") == documents.OTHERWISE
    assert judged("Róisín Khan", []) == documents.UNNAMED
    school = [("school", "SCHOOL", "Oakfold Lane Junior School")]
    assert judged("Oakfold Lane Primary", school, kind="SCHOOL") == documents.NAMED
    assert judged("Summer Lane Primary", school, kind="SCHOOL") == documents.UNNAMED


def test_a_person_is_named_in_every_form() -> None:
    person = Person("Will", "O'Dowd", "Mr", "Bill")
    said = {form: person.mention(form, Random(2)).text.replace("\u2019", "'").replace("'", "")
            for form in ("given", "surname", "nick", "reverse", "full")}  # fmt: skip
    assert said == {"given": "Will", "surname": "ODowd", "nick": "Bill",
                    "reverse": "ODowd, Will", "full": "Will ODowd"}  # fmt: skip
    assert person.mention("title", Random(2)).before == "Mr "
    assert person.mention("initials", Random(2)).text.replace(".", "") == "WO"


def test_what_points_to_nobody_is_neither_planted_nor_ordinary(some: list[Document]) -> None:
    for document in some:
        before = [document.text[start:end] for start, end in document.neutral]
        assert all(
            re.fullmatch(r"(Mr|Mrs|Ms|Miss|Dr|PC) |\d+ |The |\(at\)", text) for text in before
        )
        schools = planted(document, "SCHOOL")
        assert not any(text.startswith("The ") for text in schools)


DOCUMENT = Document(
    text="Mr Khan of Ash School, 07700 900123, will mark it.",
    planted=(
        Planted(3, 7, "PERSON", "me", named=documents.NAMED),
        Planted(11, 21, "SCHOOL", "school", named=documents.NAMED),
        Planted(23, 35, "PHONE", "me"),
    ),
    neutral=((0, 3),),
    fields=(("PERSON", "Mr A Khan"), ("SCHOOL", "Ash School")),
)


def test_ordinary_words_touch_nothing_planted_nor_a_title() -> None:
    words = [DOCUMENT.text[start:end] for start, end in measures.ordinary_words(DOCUMENT)]
    assert words == ["of", "will", "mark", "it"]


def test_an_identifier_is_hidden_only_as_a_whole() -> None:
    found = [[(0, 7, "PERSON"), (11, 14, "SCHOOL"), (23, 28, "PHONE"), (29, 35, "PHONE"),
              (37, 41, "PERSON")]]  # fmt: skip
    results: measures.Results = {("one", "proper"): found, ("none", "proper"): [[]]}
    table = measures.recall([DOCUMENT], results).set_index(["what", "system"])
    assert table.loc[("people in fields", "one"), "proper"] == 1
    assert table.loc[("schools in fields", "one"), "proper"] == 0
    assert table.loc[("schools in fields", "one"), "proper partly"] == 1
    assert table.loc[("structured", "one"), "proper"] == 1  # the space between is no letter
    assert table.loc[("people and schools in fields", "one"), "proper"] == 0.5
    assert (table.xs("none", level="system")["proper"] == 0).all()
    words = measures.words_hidden([DOCUMENT], results).set_index("system")
    assert words.loc["one", "ordinary words"] == 4
    assert words.loc["one", "share"] == 0.25
    assert words.loc["one", "identifiers left a document"] == 1
    assert words.loc["none", "identifiers left a document"] == 3


def test_places_are_found_from_left_to_right() -> None:
    text, redacted = (
        "Ann and Bob, and Cy rang Ann",
        "[PERSON 1] and [PERSON 2], and Cy rang [A 3f2]",
    )
    assert ours.locate(text, redacted) == [(0, 3, "PERSON"), (8, 11, "PERSON"), (25, 28, "A")]
    assert ours.locate(text, text) == []
    for other in ("Ann or [PERSON 1]", "[PERSON 1] and Bob", "Ann"):
        with pytest.raises(ValueError, match="parts replaced"):
            ours.locate(text, other)


def test_the_workbench_hides_the_names_of_each_case_alone() -> None:
    other = Document("Khan rang.", (Planted(0, 4, "PERSON", "me"),), (), ())
    first, _ = ours.redact_documents([DOCUMENT, other], "workbench, fields and patterns alone")
    assert "Khan" not in first
    assert "900123" not in first
    spans, _ = ours.find_spans([DOCUMENT, other], "workbench, fields and patterns alone")
    covered = measures.cover(DOCUMENT.text, spans)
    assert covered.share(3, 7) == covered.share(23, 35) == 1


def test_plain_patterns_find_the_plain() -> None:
    (found,) = patterns.find_spans(["Mr Khan, 07700 900123, a.b@example.com, born 1/2/2010"])
    assert [kind for *_, kind in found] == ["PERSON", "PHONE", "EMAIL", "DOB"]


def test_names_for_a_deny_list_come_whole_and_by_their_words() -> None:
    document = Document("", (), (), (("PERSON", "Khan, Aisha"), ("SCHOOL", "Ash Vale High School")))
    people, schools = {"Khan, Aisha", "Aisha Khan", "Khan", "Aisha"}, {"Ash Vale High School"}
    assert set(peers.deny_list(document)) == people | schools | {"Ash Vale"}


def test_names_and_dates_make_further_systems_of_what_presidio_finds() -> None:
    uk: list[list[ours.Span]] = [[(0, 3, "PERSON"), (4, 8, "DATE_TIME")]]
    found = peers.combine({peers.FOR_UK: uk, peers.NAMES: [[(9, 12, "NAME_IN_FIELDS")]]})
    assert set(found) == {peers.FOR_UK, peers.NO_DATES, peers.WITH_NAMES}
    assert found[peers.NO_DATES] == [[(0, 3, "PERSON")]]
    assert found[peers.WITH_NAMES] == [[*uk[0], (9, 12, "NAME_IN_FIELDS")]]
    assert peers.WITH_NAMES not in peers.combine({peers.FOR_UK: uk})


def test_cases_of_presidio_count_hidden_spans_and_false_alarms() -> None:
    cases = [Case("UK_NHS", "no. 999 123", ((4, 11),)), Case("UK_NHS", "no. 12", ()),
             Case("PHONE", "+44 1", ((0, 5),))]  # fmt: skip
    found: dict[str, list[list[ours.Span]]] = {
        "one": [[(4, 11, "NHS")], [(4, 6, "NHS")], []],
        "two": [[], [(0, 2, "PERSON")], []],
    }
    table = tabulate(cases, found).set_index(["system", "entity"])
    assert table.loc[("one", "UK_NHS"), "hidden"] == 1
    assert table.loc[("one", "UK_NHS"), "as that kind"] == 1
    assert table.loc[("two", "UK_NHS"), "false alarms"] == 1
    assert table.loc[("two", "UK_NHS"), "as that kind"] == 0
    assert table.loc[("one", "PHONE, British"), "share"] == 0
    assert set(OUT_OF_SCOPE) <= set(table.loc["one"].index)


def test_cases_of_presidio_are_read_whole(workbench_data: object) -> None:
    cases = read_cases()
    assert len(cases) == 268
    assert sum(not case.spans for case in cases if case.entity == "UK_POSTCODE") == 7
    for case in cases:
        assert all(0 <= start < end <= len(case.text) for start, end in case.spans)


def test_lists_hold_no_entry_twice() -> None:
    for name in ("towns", "villages", "streets", "trusts"):
        assert len(material.lines(name)) == len(set(material.lines(name)))
