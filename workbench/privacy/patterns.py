"""Shapes of identifiers: e-mail, link, handle, phone, postcode and numbers, those of the UK first.

Numbers with a check digit (NHS) are checked; National Insurance numbers keep to HMRC's rules on
letters (NIM39110), postcodes to those of BS 7666, phone numbers to Ofcom's lengths.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

KINDS = (
    "PERSON",
    "SCHOOL",
    "PLACE",
    "OTHER",
    "EMAIL",
    "LINK",
    "HANDLE",
    "PHONE",
    "POSTCODE",
    "NI NUMBER",
    "NHS NUMBER",
    "BIRTH DATE",
    "NUMBER",
)
"""What an identifier can be; also the word in its pseudonym, as in [PERSON 1]."""

PLACEHOLDER = re.compile(rf"\[(?P<kind>{'|'.join(KINDS)}) (?P<number>\d+)\]")
"""A pseudonym as ``redact`` writes it; text inside one is never an identifier."""


def trim_address(value: str) -> str:
    """An address without the punctuation of the sentence around it."""
    trimmed = value.rstrip(".,;:!?'\"\u2019\u201d>]}*|")
    if trimmed.endswith(")") and "(" not in trimmed:
        return trim_address(trimmed[:-1])
    return trimmed


LINK_START = re.compile(r"^(?:h(?:tt|xx)ps?://)?(?:www\.)?", re.IGNORECASE)
_BRACKETED_DOT = re.compile(r"\s*[\[({]\s*(?:dot|\.)\s*[\])}]\s*|\s+dot\s+", re.IGNORECASE)
_BRACKETED_AT = re.compile(r"\s*[\[({<]\s*at\s*[\])}>]\s*|\s+at\s+|\s*@\s*", re.IGNORECASE)


def _link_entity(value: str) -> str:
    return LINK_START.sub("", _BRACKETED_DOT.sub(".", value)).rstrip("/").casefold()


def _email_entity(value: str) -> str:
    return _BRACKETED_AT.sub("@", _BRACKETED_DOT.sub(".", value), count=1).casefold()


def _handle_entity(value: str) -> str:
    return value.lstrip("@\uff20").casefold()


def _squeezed(value: str) -> str:
    return re.sub(r"[\W_]+", "", value).casefold()


def _phone_entity(value: str) -> str:
    digits = re.sub(r"\D", "", value.replace("(0)", ""))
    return re.sub(r"^(?:0044|44|0)", "", digits)


def _is_uk_phone(value: str) -> bool:
    """Nine or ten digits after the 0 or +44, the first of them one that Ofcom has given out."""
    national = _phone_entity(re.sub(r"(?i)(?:ext|x).*$", "", value))
    return len(national) in {9, 10} and national[0] in "1235789"


def _is_nhs_number(value: str) -> bool:
    """Whether the tenth digit is the check digit (modulus 11) of the first nine."""
    digits = [int(digit) for digit in re.sub(r"\D", "", value)]
    rest = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return rest % 11 == digits[9]


def _is_host(value: str) -> bool:
    """No ordinary "end.Of sentence": the ending is in one casing with the rest."""
    host = re.split(r"[/?#:]", value, maxsplit=1)[0]
    ending = host.rsplit(".", maxsplit=1)[-1]
    return ending.islower() or host.isupper()


def _is_handle(value: str) -> bool:
    return not re.fullmatch(r"@\d{1,2}(?:[:.]?\d\d)?(?:am|pm)?", value, re.IGNORECASE)


def _always(value: str) -> bool:
    return bool(value)


def _shape(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


@dataclass(frozen=True)
class Pattern:
    """A shape of identifier: its group "id", or all of it, counts where ``holds`` agrees.

    ``clue`` is something that the text must have for the shape to be sought at all (at first, six
    digits close together): it only saves time.
    """

    kind: str
    shape: re.Pattern[str]
    entity: Callable[[str], str] = _squeezed
    holds: Callable[[str], bool] = _always
    trim: bool = False
    clue: re.Pattern[str] = re.compile(r"\d(?:[ \t\u00a0.()\u2010-\u2013-]{0,3}\d){5}")


_DOT = r"(?:\.|\s?[\[({]\s?(?:dot|\.)\s?[\])}]\s?)"
_SPOKEN_DOT = rf"(?:{_DOT}|\sdot\s)"
_GAP = r"[ \t\u00a0.()\u2010-\u2013-]{0,3}"
_ENDINGS = (
    r"(?:(?:co|ac|gov|org|sch|nhs|police|com|net)\.[a-z]{2}|com|org|net|uk|edu|gov|info|biz|io|tv"
    r"|app|dev|eu|ie|gg|xyz|online|site|website|school|academy|social|link|club|live|fun|space"
    r"|wales|scot|london|example|invalid|test|localhost)"
)
_QUOTED = r"[\"\u201c\u2018'](?P<id>[^\"\u201c\u201d\u2018\u2019'\n]{2,40})[\"\u201d\u2019']"
_PATH = r"[^\s<>\"]"
_BEFORE = r"(?<![\w.+-])"
_AT, _COLON, _QUOTE = re.compile("[@\uff20]"), re.compile("[:=]"), re.compile("[\"'\u201c\u2018]")

_LOCAL = r"\w.!#$%&*+/=?^`{|}~\-"  # what may stand before an @; an apostrophe only inside

_EMAILS = (
    Pattern(
        "EMAIL",
        _shape(
            rf"(?<![{_LOCAL}'])'?(?P<id>(?:[{_LOCAL}][{_LOCAL}']*)?[\w+-](?:@|\s@\s)[\w-]+"
            rf"(?:{_SPOKEN_DOT}[\w-]+)*{_SPOKEN_DOT}[\w-]*[^\W\d_][\w-]*)"
        ),
        _email_entity,
        clue=_AT,
    ),
    Pattern(
        "EMAIL",  # name (at) school.org, name [at] school dot org
        _shape(
            rf"{_BEFORE}[\w.+-]*\w\s?[\[({{<]\s?(?:at|@)\s?[\])}}>]\s?[\w-]+"
            rf"(?:{_SPOKEN_DOT}[\w-]+)+"
        ),
        _email_entity,
        clue=_shape(r"[\[({<]\s?(?:at|@)\s?[\])}>]"),
    ),
    Pattern(
        "EMAIL",  # name at school dot org dot uk
        _shape(
            rf"{_BEFORE}[\w.+-]*\w\sat\s[\w-]+(?:{_SPOKEN_DOT}[\w-]+)*?\sdot\s{_ENDINGS}\b"
            r"(?:\sdot\s[a-z]{2}\b)?"
        ),
        _email_entity,
        clue=_shape(r"\sdot\s"),
    ),
)
_LINKS = (
    Pattern(
        "LINK",
        _shape(rf"\b(?:https?|hxxps?|ftp)://{_PATH}+"),
        _link_entity,
        trim=True,
        clue=re.compile("://"),
    ),
    Pattern(
        "LINK",
        _shape(rf"\bwww{_DOT}[\w-]+(?:{_DOT}[\w-]+)+(?:[/?#:]{_PATH}*)?"),
        _link_entity,
        trim=True,
        clue=_shape("www"),
    ),
    Pattern(
        "LINK",  # tiktok.com/@name: any ending, since there is a path
        _shape(rf"(?<![\w@.-])[\w-]+(?:{_DOT}[\w-]+)*{_DOT}[a-z]{{2,}}/{_PATH}*[^\W_]{_PATH}*"),
        _link_entity,
        _is_host,
        trim=True,
        clue=_shape("[a-z]/"),
    ),
    Pattern(
        "LINK",  # oakfield.org: a known ending
        _shape(rf"(?<![\w@.-])[\w-]+(?:{_DOT}[\w-]+)*?{_DOT}{_ENDINGS}\b(?![@\w-]|\.\w)"),
        _link_entity,
        _is_host,
        clue=_shape(rf"[.\])}}]\s?{_ENDINGS}\b"),
    ),
)
_HANDLES = (
    Pattern(
        "HANDLE",
        _shape(r"(?<![\w.@\uff20/])(?:[@\uff20]\w(?:[\w.-]*\w)?)+"),
        _handle_entity,
        _is_handle,
        clue=_AT,
    ),
    Pattern(
        "HANDLE",
        _shape(
            r"\b(?:user ?names?|user ?id|handle|gamer ?tag|screen ?name|account name|profile name"
            r"|snap(?:chat)?|insta(?:gram)?|tik ?tok|discord|twitter|ig|sc)(?: is| was)? ?[:=] ?"
            r"[\"'\u201c\u2018]?(?P<id>@?\w[\w.-]{1,38}\w)"
        ),
        _handle_entity,
        clue=_COLON,
    ),
    Pattern(
        "HANDLE",
        _shape(
            r"\b(?:user ?name|handle|gamer ?tag|screen ?name|account name|profile name)"
            rf"(?: is| was| of)? {_QUOTED}"
        ),
        _handle_entity,
        clue=_QUOTE,
    ),
    Pattern(
        "HANDLE",
        _shape(
            r"\b(?:account|profile|page|user|channel|group)s? (?:is |was |which is )?"
            rf"(?:called|named|under the name(?: of)?|by the name of|titled) {_QUOTED}"
        ),
        _handle_entity,
        clue=_QUOTE,
    ),
    Pattern(
        "HANDLE",  # words that an underscore joins
        _shape(r"(?<![\w.@])[a-z0-9.]+(?:_+[a-z0-9.]+)+\b_*"),
        _handle_entity,
        clue=re.compile("_"),
    ),
)
_NUMBERS = (
    Pattern(
        "PHONE",
        _shape(
            r"(?<!\d)(?!\d\d[./-]\d\d[./-]\d{2})"
            rf"(?:(?:\+|00){_GAP}44{_GAP}(?:\(0\){_GAP})?|\(?0)(?:{_GAP}\d){{9,10}}(?!\d)"
            r"(?: ?(?:ext|x|extension)\.? ?\d{1,5}\b)?"
        ),
        _phone_entity,
        _is_uk_phone,
    ),
    Pattern("PHONE", _shape(rf"(?<![\d+])\+\d{{1,3}}(?:{_GAP}\d){{6,12}}(?!\d)"), _phone_entity),
    Pattern(
        "PHONE",  # North American
        _shape(r"(?<!\d)(?:\(\d{3}\) ?\d{3}[-. ]\d{4}|\d{3}[-.]\d{3}[-.]\d{4})(?!\d)"),
        _phone_entity,
    ),
    Pattern(
        "POSTCODE",  # ZZ99 is what the NHS writes for no fixed address
        _shape(
            r"\b(?:GIR ?0AA|(?:[A-PR-UWYZ]\d[\dA-HJKPSTUW]?"
            r"|[A-PR-UWYZ][A-HK-Y]\d[\dABEHMNPRVWXY]?|ZZ\d\d)"
            r"[ \t]{0,2}\d(?!(?:st|nd|rd|th)\b)[ABD-HJLNP-UW-Z]{2})\b"
        ),
        clue=_shape(r"\d[A-Z]{2}\b"),
    ),
    Pattern(
        "NI NUMBER",
        _shape(
            r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
            r"(?:[ -]?\d\d){3}[ -]?[A-D]\b"
        ),
    ),
    Pattern(
        "NHS NUMBER",
        _shape(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)"),
        holds=_is_nhs_number,
    ),
    Pattern(
        "BIRTH DATE",
        _shape(
            r"\b(?:d\.?o\.?b\.?|date of birth|birth ?day|born(?: on)?)\W{0,4}(?:is |was )?"
            r"(?P<id>\d{1,2}[./ -]\d{1,2}[./ -]\d{2,4}|\d{4}-\d\d-\d\d"
            r"|\d{1,2}(?:st|nd|rd|th)? (?:of )?[a-z]{3,9},? \d{2,4})\b"
        ),
        clue=_shape(r"born|birth|\bd\.?o\.?b"),
    ),
    Pattern("NUMBER", _shape(r"(?<!\d)(?:\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}|\d{9,})(?!\d)")),
)
PATTERNS = (*_EMAILS, *_LINKS, *_HANDLES, *_NUMBERS)
"""The shapes that are looked for; a further kind of identifier is a further row."""
