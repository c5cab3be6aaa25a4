"""E-mail addresses whose dots are fenced in or spaced on one side, and hosts of two words."""

from __future__ import annotations

import re

from workbench.privacy.addresses import ENDINGS, email_entity, is_spelt_mailbox
from workbench.privacy.patterns import SIGNS, Pattern, shape

_FENCE = r"[\[({<]\s?(?:dot|point|underscore|dash|hyphen|minus|plus|[._+-])\s?[\])}>]"
_JOIN = (
    rf"(?:\s?{_FENCE}\s?|[.+'\u2019-]"
    r"|\s(?:dot|full\sstop|point|underscore|dash|hyphen|minus|plus|[._+-])\s)"
)
_HALF = rf"(?:{_JOIN}|\.\s|\s\.)"
_AT = (
    r"(?:\s?[\[({<*/_-]\s?(?:at?|\u00e4t|@|arroba)\s?[\])}>*/_-]\s?|\s?@\s?"
    r"|\s(?:at(?:[\s-]sign)?|arroba)\s)"
)
_CUT = r"(?<![\w.+'\u2019-])"
_JOINED = ENDINGS.replace(r"\.", _JOIN)
_HALVED = ENDINGS.replace(r"\.", _HALF)
_BETWEEN = frozenset(
    """the a an this that our my his her their your its on in of to from and or is was for with by
    via it we they he she i you me us them there all about as""".split()
)


def _is_box(value: str) -> bool:
    """There is a dot behind the at, and a box before it: no "look at polka dot dresses"."""
    _, *rest = re.split(_AT, value, maxsplit=1, flags=re.IGNORECASE)
    dotted = rest and re.search(r"\.|\b(?:dot|point|stop)\b", rest[0], re.IGNORECASE)
    return bool(dotted) and "polka" not in value.casefold() and is_spelt_mailbox(value)


def _is_parted(value: str) -> bool:
    """A box, and a host of two words: no "look at the page on oakfield dot com"."""
    local, *rest = re.split(_AT, value.casefold(), maxsplit=1)
    if not _BETWEEN.isdisjoint(re.findall(r"\w+", rest[0] if rest else "")[:2]):
        return False
    signs = re.search(r"[\d_.]|\b(?:dot|underscore|dash|hyphen)\b", local)
    return "@" in value or bool(signs) or is_spelt_mailbox(value)


FENCED = (
    Pattern(
        "EMAIL",  # jane [dash] smith at oak (dash) field (dot) org
        shape(
            rf"{_CUT}(?:\w+{_JOIN}){{0,5}}\w+{_AT}(?:\w+{_JOIN})*?\w+{_JOIN}"
            rf"{_JOINED}\b(?:{_JOIN}uk\b)?"
        ),
        email_entity,
        _is_box,
        clue=shape(rf"{_FENCE}|\barroba\b|\sdot\s"),
    ),
    Pattern(
        "EMAIL",  # jane. smith @ oakfield. org, jane .smith at oakfield .org
        shape(
            rf"{_CUT}(?:\w+{_HALF}){{0,4}}\w+{_AT}(?:\w+{_HALF})*?\w+(?:\.\s|\s\.){_HALVED}\b"
            rf"(?:{_HALF}uk\b)?"
        ),
        email_entity,
        is_spelt_mailbox,
        clue=shape(rf"(?:@|\bat\b)[^@\n]{{1,60}}(?:\.\s|\s\.){ENDINGS}\b"),
    ),
    Pattern(
        "EMAIL",  # jane.smith at oak field dot org
        shape(
            rf"{_CUT}(?:\w+{_JOIN}){{0,5}}\w+{_AT}(?:\w+{_JOIN})*?\w+\s\w+(?:{_JOIN}\w+)*?"
            rf"\s?[\[({{<]?\s?(?:dot|\.)\s?[\])}}>]?\s?{_JOINED}\b(?:{_JOIN}uk\b)?"
        ),
        email_entity,
        _is_parted,
        clue=shape(rf"(?:@|\bat\b)[^@\n]{{1,60}}(?:\.|dot)\W{{0,2}}{ENDINGS}\b"),
    ),
    *(
        Pattern(
            kind,  # the rest of "oakfield dot example dot org", where its beginning is known
            shape(
                rf"(?<={SIGNS[kind]})(?:(?:\s?[\[({{<]\s?(?:dot|\.)\s?[\])}}>]\s?|\sdot\s|\.)[a-z]{{2,12}}\b"
                rf"|(?:\s\.\s|\.\s|\s\.){ENDINGS}\b)"
            ),
            clue=re.compile(rf"{SIGNS[kind]}(?:\.|\s?[\[(<{{.dD])"),
        )
        for kind in ("EMAIL", "LINK")
    ),
)
