"""Structured identifiers in three casings and in the usual disguises."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from workbench.privacy.recognise import find_identifiers

DISGUISES = {
    "EMAIL": [
        "j.hill @ oakfield.sch.uk",
        "j . hill @ oakfield . sch . uk",
        "j.hill@\noakfield.sch.uk",
        "j.hill{at}oakfield{dot}sch{dot}uk",
        "j\u200b.hill@oak\u200bfield.org",
        "j.hill\uff20oakfield.org",
    ],
    "LINK": [
        "https : // tiktok.com/kez",
        "tiktok (dot) com/@kez.rose",
        "hxxp://tiktok[.]com/kez_2011",
        "https://tiktok.com/\n@kez",
        "instagram dot com",
    ],
    "HANDLE": [
        "@\u200bkez_2011",
        "\uff20kez_2011",
        "kez_2011",
        "kezza2011",
        "mia.rose#1234",
    ],
    "PHONE": [
        "0 7 7 0 0 9 0 0 1 2 3",
        "07700\n900123",
        "0161/496/0123",
        "\uff10\uff17\uff17\uff10\uff10 900123",
        "07700\u00a0900\u00a0123",
        "+33 1 12 34 56 78",
        "00 48 123 456 789",
        "o7700 900123",
    ],
    "POSTCODE": ["ZZ99-3WZ", "SW1A\n1AA", "S W 1 A 1 A A", "M1\u200b 1AA"],
    "NI NUMBER": ["AB-12-34-56-C", "AB.12.34.56.C", "AB\n123456C"],
    "NHS NUMBER": ["401\u200b0232137", "401\n023\n2137"],
    "VEHICLE": ["BD62 XYZ", "BD62XYZ", "K123 KVX", "KVX 123D", "AIZ 1234"],
    "LICENCE": ["MORGA607054SM9IJ", "MORGA-607054-SM9IJ"],
    "PASSPORT": ["CD7654321"],
    "IP ADDRESS": ["192.0.2.17", "192[.]0[.]2[.]17", "2001:db8::8a2e:370:7334"],
    "BANK": ["4012 8888 8888 1881", "GB29 NWBK 6016 1331 9268 19", "20-00-00 55779911"],
}
CUED: dict[str, list[tuple[str, ...]]] = {
    "HANDLE": [
        ("his snapchat is ", "kezza"),
        ("add her on insta ", "kez.rose"),
        ("he goes by ", "xX.dan.Xx", " on discord"),
        ("Instagram handle ", "kezza"),
        ("IG: ", "kezza"),
    ],
    "NHS NUMBER": [("NHS number is ", "401 023 2138")],
    "NI NUMBER": [("national insurance number ", "QQ 12 34 56 C")],
    "BIRTH DATE": [
        ("DOB ", "03 / 04 / 2010"),
        ("d.o.b: ", "3.4.10"),
        ("date of birth is ", "3rd of April 2010"),
        ("DOB=", "03042010"),
        ("her birthday is ", "3 April"),
    ],
    "VEHICLE": [("reg ", "ABC 123"), ("number plate ", "1 AB")],
    "LICENCE": [("driving licence ", "ABCDE 123456 AB1CD")],
    "PASSPORT": [("passport no. ", "123 456 789")],
    "BANK": [
        ("sort code ", "200000"),
        ("account number ", "55779911"),
        ("card ", "4012888888881882"),
    ],
    "NUMBER": [("UPN ", "A801200001001"), ("ULN: ", "1234567890")],
    "PHONE": [("ring ", "496 0123")],
}
CASINGS: list[Callable[[str], str]] = [str, str.lower, str.upper]


def hidden(text: str) -> dict[str, str]:
    """What of a text is hidden, by kind; several of a kind are put together."""
    found: dict[str, str] = {}
    for one in find_identifiers(text, ways=()):
        found[one.kind] = found.get(one.kind, "") + text[one.start : one.end]
    return found


@pytest.mark.parametrize("casing", CASINGS)
@pytest.mark.parametrize(
    ("kind", "form"), [(k, form) for k, forms in DISGUISES.items() for form in forms]
)
def test_disguises_are_seen_through(kind: str, form: str, casing: Callable[[str], str]) -> None:
    written = casing(form)
    assert hidden(f"{casing('Then we saw')} {written}, {casing('and told the head')}.") == {
        kind: written
    }


@pytest.mark.parametrize("casing", CASINGS)
@pytest.mark.parametrize(
    ("kind", "parts"), [(k, parts) for k, rows in CUED.items() for parts in rows]
)
def test_a_word_before_them_tells(
    kind: str, parts: tuple[str, ...], casing: Callable[[str], str]
) -> None:
    text = casing("Then we saw " + "".join(parts) + ", and told the head.")
    assert hidden(text) == {kind: casing(parts[1])}


@pytest.mark.parametrize(
    "text",
    [
        "In yr11 and yr10 the 20 pupils of room B12 and KS3 met at 10:30:15.",
        "Year 10 SEN and Y11 CPD, 1.2.3 of the policy, pages 12-34-56.",
        "The account is private, TikTok is banned, and his snapchat is full of it.",
        "They posted it on Instagram: the page was covid19 news.",
        "He is on the road; my account was hacked @ 3pm.",
    ],
)
def test_what_only_looks_alike_stays(text: str) -> None:
    assert hidden(text) == {}
