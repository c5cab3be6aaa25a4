"""Shapes of numbers: telephone, postcode, and those of people, vehicles, accounts and machines.

Postcodes keep to BS 7666, phone numbers to Ofcom's lengths, National Insurance numbers to HMRC's
rules on letters (NIM39110), plates to DVLA's (INF104). Numbers with a check digit are checked; next
to a word that says what it is, a number is hidden though it does not check: people mistype.
"""

from __future__ import annotations

import re

from workbench.privacy.checks import (
    is_card_number,
    is_iban,
    is_ip_address,
    is_nhs_number,
    is_pupil_number,
)
from workbench.privacy.patterns import SEP, SIGN, Pattern, after, shape
from workbench.privacy.vehicles import VEHICLES

_ZERO_AND_ONE = str.maketrans("oOlIi", "00111")


def _phone_entity(value: str) -> str:
    plain = value.replace("(0)", "").translate(_ZERO_AND_ONE)
    digits = re.sub(r"\D", "", plain)
    return re.sub(r"^(?:0044|44|0)", "", digits)


def _is_uk_phone(value: str) -> bool:
    """Nine or ten digits after the 0 or +44, the first of them one that Ofcom has given out."""
    national = _phone_entity(re.sub(r"(?i)(?:ext|x).*$", "", value))
    return len(national) in {9, 10} and national[0] in "1235789"


def _has_year(value: str) -> bool:
    return bool(re.search(r"\d{4}|\d\W+\d{1,2}\W+\d\d", value))


_GAP = r"[\s.()/\[\]\u2013_-]{0,3}"
_DATE_AHEAD = r"(?!\d\d[./-]\d\d[./-]\d{2})"
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"\d{1,2}\s?(?:st|nd|rd|th)?"
_IN_DATE = r"(?:\s{0,2}[./_\u2013-]\s{0,2}|\s{1,2})"
_DATE = (
    rf"(?:\d{{4}}{_IN_DATE}\d{{1,2}}{_IN_DATE}\d{{1,2}}(?!\d)"
    rf"|\d{{1,2}}{_IN_DATE}\d{{1,2}}{_IN_DATE}(?:\d{{4}}|\d\d)(?!\d)"
    rf"|{_DAY}[\s./-]*(?:of\s)?[\s./-]*{_MONTHS}(?![a-z])(?:[\s,./-]{{0,3}}(?:\d{{4}}|'?\d\d)\b)?"
    rf"|{_MONTHS}\s{_DAY}(?:,?\s(?:\d{{4}}|'?\d\d)\b)?|\d{{6}}(?!\d)|\d{{8}}(?!\d)"
    r"|\d(?:\s\d)?(?:\s[./-])?\s\d(?:\s\d)?(?:\s[./-])?(?:\s\d){2,4}(?!\d))"
)
PHONES = (
    Pattern(
        "PHONE",
        shape(
            rf"(?<![\d+]){_DATE_AHEAD}"
            rf"(?:(?:\+|00|\(\+){_GAP}44{_GAP}(?:\(0\){_GAP})?|[(\[]?0|(?<!\w)o(?=7))"
            rf"(?:{_GAP}\d){{9,10}}(?!\d)(?:\s?(?:ext|x|extension)\.?\s?\d{{1,5}}\b)?"
        ),
        _phone_entity,
        _is_uk_phone,
    ),
    Pattern(
        "PHONE",
        shape(rf"(?<![\d+])(?:\+|00){_GAP}[1-9]\d{{0,2}}(?:{_GAP}\d){{6,12}}(?!\d)"),
        _phone_entity,
    ),
    Pattern(
        "PHONE",  # O77OO 9OO l23
        shape(
            rf"(?<![\w+])(?=(?:[^\d\n]{{0,5}}\d){{5}})(?:\+44|[0o])(?:{_GAP}[\doil]){{9,10}}(?!\w)"
        ),
        _phone_entity,
        _is_uk_phone,
        clue=shape(r"\d[oil]{1,3}[\s.-]?[oil]{0,3}\d|\b[o]{1,2}[\s.-]?\d{3}|\d{3}[oil]"),
    ),
    Pattern(
        "PHONE",  # North American
        shape(r"(?<!\d)(?:\(\d{3}\) ?\d{3}[-. ]\d{4}|\d{3}[-.]\d{3}[-.]\d{4})(?!\d)"),
        _phone_entity,
    ),
    Pattern(
        "PHONE",
        after(
            r"tel(?:ephone)?|phone|mob(?:ile)?|landline|fax|ring|call|whatsapp|text"
            r"|(?:ring|call|text|phone)(?: (?:me|us|him|her|them|back))? on",
            rf"{_DATE_AHEAD}\+?\d(?:{_GAP}\d){{5,13}}(?!\d)",
        ),
        _phone_entity,
        lambda value: 6 <= len(_phone_entity(value)) <= 14,
    ),
)
_OUTWARD = r"(?:[A-PR-UWYZ]\d[\dA-HJKPSTUW]?|[A-PR-UWYZ][A-HK-Y]\d[\dABEHMNPRVWXY]?|ZZ\d\d)"
_INWARD = r"\d(?!(?:st|nd|rd|th)\b)[ABD-HJLNP-UW-Z]{2}"
_INWARD_TH = (  # B33 8TH, but not "in B33 8th May"
    r"(?:\d(?:ST|ND|RD|TH)|[\s.\u2013-]{1,4}\d(?:(?-i:ST|ND|RD|TH)|(?:st|nd|rd|th)(?=[ \t]*"
    r"(?:[,.;)\n]|$))))"
)
POSTCODES = (
    Pattern(
        "POSTCODE",  # ZZ99 is what the NHS writes for no fixed address
        shape(rf"\b(?:GIR ?0AA|{_OUTWARD}(?:[\s.,\u2013-]{{0,4}}{_INWARD}|{_INWARD_TH}))\b"),
        clue=shape(r"\d[A-Z]{2}\b"),
    ),
    Pattern(
        "POSTCODE",  # S W 1 A 1 A A
        shape(
            r"(?<!\w)[A-PR-UWYZ][\s.-]{1,2}(?:[A-HK-Y][\s.-]{1,2})?\d[\s.-]{1,2}"
            r"(?:[\dA-Z][\s.-]{1,2})?"
            r"[\s.-]{0,2}\d[\s.-]{1,2}[ABD-HJLNP-UW-Z][\s.-]{1,2}[ABD-HJLNP-UW-Z](?!\w)"
        ),
        clue=shape(r"\d[\s.-]{1,2}[A-Z][\s.-]{1,2}[A-Z]\b"),
    ),
    Pattern(
        "POSTCODE",
        after(r"post ?code", rf"{_OUTWARD}(?:[\s.-]{{0,2}}\d[A-Z]{{2}})?\b"),
        clue=shape(r"post ?code"),
    ),
)
_LETTER_DIGIT = shape(r"[a-z9]\W?\d[\d\W]{3}|\d[a-z]")
_BIRTH = shape(r"born|birth|\bd\.?\s?o\.?\s?b|\bturn(?:s|ed|ing)? (?:\d|[a-z]+ )")
PEOPLE = (
    Pattern(
        "NI NUMBER",
        shape(
            r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][\s.-]?[A-CEGHJ-NPR-TW-Z]"
            rf"(?:{SEP}\d){{6}}{SEP}[A-D]\b"
        ),
    ),
    Pattern(
        "NI NUMBER",
        after(
            r"n\.?i\.?(?:no)?|national insurance|nino",
            rf"[A-Z]\s?[A-Z](?:{SEP}\d){{6}}(?:{SEP}[A-Z]\b)?",
        ),
    ),
    Pattern(
        "NHS NUMBER",
        shape(r"(?<!\d)\d(?:[\s.-]{0,2}\d){9}(?!\d)"),
        holds=is_nhs_number,
    ),
    Pattern("NHS NUMBER", after("nhs", rf"\d(?:{_GAP}\d){{8,10}}(?!\d)")),
    Pattern(
        "BIRTH DATE",
        shape(
            r"\b(?:d\.?\s?o\.?\s?b\.?|date of birth|birth ?(?:day|date)"
            r"|born)(?:['\u2019]s)?[\s:=.,(-]{0,4}"
            rf"(?:(?:is|was|on|the|of)\s+){{0,3}}(?P<id>{_DATE})"
        ),
        clue=_BIRTH,
    ),
    Pattern(
        "BIRTH DATE",  # her birthday, as typed in, is ...; turned 11 on ...
        shape(
            r"\b(?:d\.?o\.?b|birth(?:day|date)?s?|born|turn(?:s|ed|ing)? (?:\d{1,2}|[a-z]+))\b"
            rf"[^.;!?\n{SIGN}\d]{{0,40}}?\b(?P<id>{_DATE})"
        ),
        clue=_BIRTH,
    ),
    Pattern(
        "BIRTH DATE",  # it is really ...
        shape(
            r"\b(?:really|actually|in fact|truly|true (?:one|date)|real (?:one|date|age))\b"
            rf"(?: (?:is|was|on|born))*[ :]{{1,2}}(?P<id>{_DATE})"
        ),
        holds=_has_year,
        clue=shape(r"\b(?:really|actually|in fact|truly|true|real)\b"),
    ),
    Pattern(
        "BIRTH DATE",  # ... is her date of birth
        shape(
            rf"(?<![\w/.-])(?P<id>{_DATE})[\s,(-]{{1,3}}(?:[a-z'\u2019]+\s){{0,4}}?\(?"
            r"(?:d\.?o\.?b|date of birth|birth ?(?:day|date))\b"
        ),
        clue=_BIRTH,
    ),
    Pattern(
        "LICENCE",
        shape(
            rf"\b[A-Z9]{{5}}{SEP}\d[0156]\d[0-3]\d\d{SEP}[A-Z9]{{2}}{SEP}[A-Z0-9]{SEP}?[A-Z]{{2}}\b"
        ),
        clue=_LETTER_DIGIT,
    ),
    Pattern(
        "LICENCE",
        after(
            r"(?:driving|driver['\u2019]?s?|drivers) licen[cs]e|licen[cs]e",
            rf"(?=(?:\w{SEP}){{3,10}}\d)[A-Z0-9](?:{SEP}[A-Z0-9]){{11,17}}\b",
        ),
        clue=shape("licen[cs]e"),
    ),
    Pattern("PASSPORT", shape(r"\b[A-Z]{2}\d{7}\b"), clue=shape(r"[a-z]\d{7}")),
    Pattern(
        "PASSPORT",
        after("passport", rf"[A-Z]{{0,2}}{SEP}\d(?:{SEP}\d){{5,8}}\b"),
        clue=shape("passport"),
    ),
)
ACCOUNTS = (
    Pattern(
        "BANK",
        shape(r"(?<![\d.])\d(?:[\s.-]{0,2}\d){11,18}(?!\d)"),
        holds=is_card_number,
    ),
    Pattern("BANK", after(r"(?:credit |debit |bank )?card", rf"\d(?:{_GAP}\d){{11,18}}(?!\d)")),
    Pattern(
        "BANK",
        shape(r"\b[A-Z]{2}\d\d(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?\b"),
        holds=is_iban,
    ),
    Pattern(
        "BANK", after("iban", r"[A-Z]{2}\s?\d\d(?:[\s-]?[A-Z0-9]{1,4}){3,8}\b"), clue=shape("iban")
    ),
    Pattern(
        "BANK",
        after(
            r"sort ?codes?|s/c", rf"\d\d{_GAP}\d\d{_GAP}\d\d(?!\d)(?:[\s,/-]{{1,3}}\d{{8}}(?!\d))?"
        ),
    ),
    Pattern(
        "BANK",
        after(r"acc(?:oun)?ts?|a/c|acc|bank", rf"\d(?:{SEP}\d){{6,9}}(?!\d)"),
    ),
    Pattern("BANK", shape(r"(?<!\d)\d\d[- ]\d\d[- ]\d\d[\s,/]{1,3}\d{8}(?!\d)")),
)
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
MACHINES = (
    Pattern(
        "IP ADDRESS",
        shape(
            rf"(?<![\w.]){_OCTET}(?:\s?[\[({{]?(?:\.|dot)[\])}}]?\s?{_OCTET}){{3}}(?:/\d\d?)?(?!\w)"
        ),
        holds=is_ip_address,
        clue=shape(r"\d\W{1,3}(?:dot\W)?\W?\d{1,3}\W"),
    ),
    Pattern(
        "IP ADDRESS",
        shape(
            r"(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{1,4})?"
            r"(?:%\w+)?(?:/\d{1,3})?(?![\w:])"
        ),
        holds=is_ip_address,
        clue=shape(r"[0-9a-f]?:[0-9a-f]{0,4}:"),
    ),
    Pattern(
        "NUMBER",  # of a network card
        shape(r"\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b"),
        clue=shape(r"[0-9a-f][:-][0-9a-f]{2}[:-]"),
    ),
)
REST = (
    Pattern("NUMBER", shape(r"\b[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]\b"), holds=is_pupil_number),
    Pattern(
        "NUMBER",
        after(
            r"upn|uln|unique (?:pupil|learner)|(?:pupil|learner|student|candidate|exam|hospital"
            r"|crime)"
            r"(?: ref(?:erence)?)?|imei",
            rf"[A-Z]?(?:{SEP}\d){{6,16}}[A-Z]?\b",
        ),
        clue=shape(r"\d{3}"),
    ),
    Pattern("NUMBER", shape(r"(?<!\d)(?:\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}|\d{9,})(?!\d)")),
)
NUMBERS = (*PHONES, *POSTCODES, *VEHICLES, *PEOPLE, *ACCOUNTS, *MACHINES, *REST)
