"""Shapes of identifiers: what a pattern is, what kinds there are, and all of them gathered.

``addresses`` has those of the net (e-mail, links, accounts), ``numbers`` telephones, postcodes and
the numbers that people, vehicles and accounts are given.
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
    "VEHICLE",
    "LICENCE",
    "PASSPORT",
    "BANK",
    "IP ADDRESS",
    "NUMBER",
)
"""What an identifier can be; also the word in its pseudonym, as in [PERSON 1]."""

PLACEHOLDER = re.compile(rf"\[(?P<kind>{'|'.join(KINDS)}) (?P<number>\d+)\]")
"""A pseudonym as ``redact`` writes it; text inside one is never an identifier."""

SIGNS = {kind: chr(0xE000 + place) for place, kind in enumerate(KINDS)}
"""While identifiers are sought, one sign of Unicode's private area stands for a pseudonym."""

SIGN = f"{SIGNS[KINDS[0]]}-{SIGNS[KINDS[-1]]}"
"""All of them as a range, to stand in a character class."""


def squeezed(value: str) -> str:
    """Letters and digits alone, in lower case."""
    return re.sub(r"[\W_]+", "", value).casefold()


def always(value: str) -> bool:
    """Whether there is anything at all."""
    return bool(value)


def shape(text: str) -> re.Pattern[str]:
    """A regular expression that minds no case."""
    return re.compile(text, re.IGNORECASE)


SEP = r"[\s./\u2013_-]{0,2}"
"""What may stand between the groups of a number."""


def after(cue: str, value: str) -> re.Pattern[str]:
    """``value`` after the word that says what it is: "NHS number is 123 ..."."""
    return shape(
        rf"\b(?:{cue})(?:['\u2019]?s)?[\s.:]{{0,3}}(?:(?:numbers?|num|no|nos|nr|code|id|plate|ref)\b)?"
        rf"[\s.:#=,(-]{{0,4}}(?:(?:is|was|are|of|reads|ends?(?: in)?)\b)?[\s.:#=(\"'-]{{0,4}}"
        rf"(?P<id>{value})"
    )


DIGITS = re.compile(r"\d(?:[\s.()/\u2010-\u2013-]{0,3}\d){5}")
"""Six digits close together: a clue."""


@dataclass(frozen=True)
class Pattern:
    """A shape of identifier: its group "id", or all of it, counts where ``holds`` agrees.

    ``clue`` is something that the text must have for the shape to be sought at all: it only saves
    time. So does ``cue``, where given: the words with which the shape begins, in small letters, as
    it is then tried only where one of them stands. ``trim`` takes the sentence's punctuation off.
    """

    kind: str
    shape: re.Pattern[str]
    entity: Callable[[str], str] = squeezed
    holds: Callable[[str], bool] = always
    trim: bool = False
    clue: re.Pattern[str] = DIGITS
    cue: frozenset[str] = frozenset()


def trim_address(value: str) -> str:
    """An address without the punctuation of the sentence around it."""
    trimmed = value.rstrip(".,;:!?'\"\u2019\u201d>]}*|")
    if trimmed.endswith(")") and "(" not in trimmed:
        return trim_address(trimmed[:-1])
    return trimmed
