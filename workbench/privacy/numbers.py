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
from workbench.privacy.lists import is_word, kept_words, words_of
from workbench.privacy.patterns import Pattern, shape


def _phone_entity(value: str) -> str:
    digits = re.sub(r"\D", "", re.sub("[oO]", "0", value.replace("(0)", "")))
    return re.sub(r"^(?:0044|44|0)", "", digits)


def _is_uk_phone(value: str) -> bool:
    """Nine or ten digits after the 0 or +44, the first of them one that Ofcom has given out."""
    national = _phone_entity(re.sub(r"(?i)(?:ext|x).*$", "", value))
    return len(national) in {9, 10} and national[0] in "1235789"


def _is_plate(value: str) -> bool:
    """A plate, not a class and a word ("yr11 and"), by the word that its letters make."""
    letters = [part.casefold() for part in re.findall(r"[A-Za-z]+", value)]
    frequent, kept = words_of("frequent"), kept_words()
    class_or_road = re.match(r"(?i)(?:yr?|ks|r?m)\s?\d{1,2}\b|yr", value)
    longest = max(letters, key=len)
    if class_or_road or longest in frequent or longest in kept:
        return False
    current = re.fullmatch(r"(?i)[a-z]{2}\d\d\W{0,2}[a-z]{3}", value)
    return value.isupper() or bool(current) or not is_word(longest)


def _is_cued_plate(value: str) -> bool:
    """Not "plate 20 and": with fewer than three figures its letters are no frequent word."""
    words = {part.casefold() for part in re.findall("[A-Za-z]{2,}", value)}
    return len(re.findall(r"\d", value)) > 2 or words.isdisjoint(words_of("frequent"))


def _after(cue: str, value: str) -> re.Pattern[str]:
    """``value`` after the word that says what it is: "NHS number is 123 ..."."""
    return shape(
        rf"\b(?:{cue})(?:['\u2019]?s)?[\s.:]{{0,3}}(?:(?:numbers?|num|no|nos|nr|code|id|plate|ref)\b)?"
        rf"[\s.:#=,(-]{{0,4}}(?:(?:is|was|are|of|reads|ends?(?: in)?)\b)?[\s.:#=(\"'-]{{0,4}}"
        rf"(?P<id>{value})"
    )


_GAP = r"[\s.()/\[\]\u2013_-]{0,3}"
_SEP = r"[\s./\u2013_-]{0,2}"
_DATE_AHEAD = r"(?!\d\d[./-]\d\d[./-]\d{2})"
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"\d{1,2}\s?(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:\d{{4}}\s?[./ -]\s?\d{{1,2}}\s?[./ -]\s?\d{{1,2}}(?!\d)"
    rf"|\d{{1,2}}\s?[./ -]\s?\d{{1,2}}\s?[./ -]\s?\d{{2,4}}"
    rf"|{_DAY}[\s./-]*(?:of\s)?[\s./-]*{_MONTHS}\b(?:[\s,./-]{{0,3}}(?:\d{{4}}|'?\d\d)\b)?"
    rf"|{_MONTHS}\s{_DAY}(?:,?\s(?:\d{{4}}|'?\d\d)\b)?|\d{{6}}(?!\d)|\d{{8}}(?!\d))"
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
        "PHONE",  # North American
        shape(r"(?<!\d)(?:\(\d{3}\) ?\d{3}[-. ]\d{4}|\d{3}[-.]\d{3}[-.]\d{4})(?!\d)"),
        _phone_entity,
    ),
    Pattern(
        "PHONE",
        _after(
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
POSTCODES = (
    Pattern(
        "POSTCODE",  # ZZ99 is what the NHS writes for no fixed address
        shape(rf"\b(?:GIR ?0AA|{_OUTWARD}[\s.\u2013-]{{0,2}}{_INWARD})\b"),
        clue=shape(r"\d[A-Z]{2}\b"),
    ),
    Pattern(
        "POSTCODE",  # S W 1 A 1 A A
        shape(
            r"(?<!\w)(?:[A-PR-UWYZ][\s.-]){1,2}\d[\s.-](?:[\dA-Z][\s.-]){0,1}\s?\d[\s.-]"
            r"[ABD-HJLNP-UW-Z][\s.-][ABD-HJLNP-UW-Z](?!\w)"
        ),
        clue=shape(r"\d[\s.-][A-Z][\s.-][A-Z]\b"),
    ),
    Pattern(
        "POSTCODE",
        _after(r"post ?code", rf"{_OUTWARD}(?:[\s.-]{{0,2}}\d[A-Z]{{2}})?\b"),
        clue=shape(r"post ?code"),
    ),
)
_PLATE_LETTERS = "[A-HJ-PR-Y]"
_PLATE = (
    rf"(?:[A-Z]{{2}}\d\d{_SEP}[A-Z]{{3}}|[A-Z]\d{{1,3}}{_SEP}[A-Z]{{3}}|[A-Z]{{3}}{_SEP}\d{{1,3}}[A-Z]"
    rf"|[A-Z]{{1,3}}{_SEP}\d{{1,4}}|\d{{1,4}}{_SEP}[A-Z]{{1,3}})\b"
)
VEHICLES = (
    Pattern(
        "VEHICLE",
        shape(
            rf"\b(?:{_PLATE_LETTERS}{{2}}(?:0[2-9]|[12]\d|5[1-9]|[67]\d){_SEP}[A-HJ-PR-Z]{{3}}"
            rf"|[A-HJ-NPR-TV-Y]\d{{1,3}}{_SEP}{_PLATE_LETTERS}{{3}}"
            rf"|{_PLATE_LETTERS}{{3}}{_SEP}\d{{1,3}}[A-HJ-NPR-TV-Y]"
            rf"|(?=[A-Z]{{0,2}}[IZ])[A-Z]{{3}}{_SEP}\d{{3,4}})\b"
        ),
        holds=_is_plate,
        clue=shape(r"[a-z]\d{1,3}[\s.-]{0,2}[a-z]{3}\b|[a-z]{3}[\s.-]{0,2}\d"),
    ),
    Pattern(
        "VEHICLE",
        _after(
            r"(?:car |vehicle )?reg(?:istration)?(?: (?:number|no|plate|mark))?|(?:number"
            r"|licence|car)"
            r" ?plates?|plates?|vehicle|vrm",
            _PLATE,
        ),
        holds=_is_cued_plate,
        clue=shape(r"\b(?:reg|plate|vehicle|vrm|number ?plate)"),
    ),
)
_LETTER_DIGIT = shape(r"[a-z9]\W?\d[\d\W]{3}|\d[a-z]")
PEOPLE = (
    Pattern(
        "NI NUMBER",
        shape(
            r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z]\s?[A-CEGHJ-NPR-TW-Z]"
            rf"(?:{_SEP}\d{{2}}){{3}}{_SEP}[A-D]\b"
        ),
    ),
    Pattern(
        "NI NUMBER",
        _after(
            r"n\.?i\.?(?:no)?|national insurance|nino",
            rf"[A-Z]\s?[A-Z](?:{_SEP}\d){{6}}(?:{_SEP}[A-Z]\b)?",
        ),
    ),
    Pattern(
        "NHS NUMBER",
        shape(r"(?<!\d)\d{3}[\s.-]{0,2}\d{3}[\s.-]{0,2}\d{4}(?!\d)"),
        holds=is_nhs_number,
    ),
    Pattern("NHS NUMBER", _after("nhs", rf"\d(?:{_GAP}\d){{8,10}}(?!\d)")),
    Pattern(
        "BIRTH DATE",
        shape(
            r"\b(?:d\.?\s?o\.?\s?b\.?|date of birth|birth ?(?:day|date)"
            r"|born)(?:['\u2019]s)?[\s:=.,(-]{0,4}"
            rf"(?:(?:is|was|on|the|of)\s+){{0,3}}(?P<id>{_DATE})"
        ),
        clue=shape(r"born|birth|\bd\.?\s?o\.?\s?b"),
    ),
    Pattern(
        "LICENCE",
        shape(
            rf"\b[A-Z9]{{5}}{_SEP}\d[0156]\d[0-3]\d\d{_SEP}[A-Z9]{{2}}{_SEP}[A-Z0-9]{_SEP}?[A-Z]{{2}}\b"
        ),
        clue=_LETTER_DIGIT,
    ),
    Pattern(
        "LICENCE",
        _after(
            r"(?:driving|driver['\u2019]?s?|drivers) licen[cs]e|licen[cs]e",
            rf"(?=(?:\w{_SEP}){{3,10}}\d)[A-Z0-9](?:{_SEP}[A-Z0-9]){{11,17}}\b",
        ),
        clue=shape("licen[cs]e"),
    ),
    Pattern("PASSPORT", shape(r"\b[A-Z]{2}\d{7}\b"), clue=shape(r"[a-z]\d{7}")),
    Pattern(
        "PASSPORT",
        _after("passport", rf"[A-Z]{{0,2}}{_SEP}\d(?:{_SEP}\d){{5,8}}\b"),
        clue=shape("passport"),
    ),
)
ACCOUNTS = (
    Pattern(
        "BANK",
        shape(r"(?<![\d.])\d(?:[\s.-]{0,2}\d){11,18}(?!\d)"),
        holds=is_card_number,
    ),
    Pattern("BANK", _after(r"(?:credit |debit |bank )?card", rf"\d(?:{_GAP}\d){{11,18}}(?!\d)")),
    Pattern(
        "BANK",
        shape(r"\b[A-Z]{2}\d\d(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?\b"),
        holds=is_iban,
    ),
    Pattern(
        "BANK", _after("iban", r"[A-Z]{2}\s?\d\d(?:[\s-]?[A-Z0-9]{1,4}){3,8}\b"), clue=shape("iban")
    ),
    Pattern(
        "BANK",
        _after(
            r"sort ?codes?|s/c", rf"\d\d{_GAP}\d\d{_GAP}\d\d(?!\d)(?:[\s,/-]{{1,3}}\d{{8}}(?!\d))?"
        ),
    ),
    Pattern(
        "BANK",
        _after(r"acc(?:oun)?ts?|a/c|acc|bank", rf"\d(?:{_SEP}\d){{6,9}}(?!\d)"),
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
        _after(
            r"upn|uln|unique (?:pupil|learner)|(?:pupil|learner|student|candidate|exam|hospital"
            r"|crime)"
            r"(?: ref(?:erence)?)?|imei",
            rf"[A-Z]?(?:{_SEP}\d){{6,16}}[A-Z]?\b",
        ),
        clue=shape(r"\d{3}"),
    ),
    Pattern("NUMBER", shape(r"(?<!\d)(?:\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}|\d{9,})(?!\d)")),
)
NUMBERS = (*PHONES, *POSTCODES, *VEHICLES, *PEOPLE, *ACCOUNTS, *MACHINES, *REST)
