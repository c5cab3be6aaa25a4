"""Figures typed by hand: numbers in running text that are not years, dates, names or ages.

A figure that is typed goes stale without a sign. It is let pass only where a claim of the same
section prints the same figure, and the sentence names that claim's label and period.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.report.masking import blank, sentences_of

if TYPE_CHECKING:
    from workbench.report.claims import Claim


@dataclass(frozen=True)
class TypedNumber:
    """A figure and where it stands in the text (from ``start`` up to ``end``)."""

    start: int
    end: int
    text: str


_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_UNITS = (
    r"(?:cases?|enquir(?:y|ies|ers?)|schools?|academ(?:y|ies)|colleges?|nurser(?:y|ies)|settings?"
    r"|teachers?|pupils?|students?|children|staff|professionals?|practitioners?|heads?|parents?"
    r"|callers?|accounts?|posts?|videos?|clips?|images?|pictures?|photographs?|messages?|e-?mails?"
    r"|calls?|reports?|complaints?|incidents?|requests?|addresses|links|URLs?|mentions?"
    r"|people|adults|victims?|respondents?|platforms?|themes?|categor(?:y|ies)"
    r"|per[ -]cent|percent|percentage points?|points?)"
)
_ADJECTIVES = (
    r"(?:(?:of (?:the|these|those|all|our|its|their) )"
    r"|(?:(?!(?:of|in|on|at|and|or|to|that|for) )[a-z]+(?:-[a-z]+)* )){0,2}"
)
_ONES = "two|three|four|five|six|seven|eight|nine"
_TEENS = (
    "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|" + _ONES + "))?"
)
_BIG = r"(?:hundreds?|thousands?|dozens?|scores?)"
_SPELLED = rf"(?:(?:{_ONES}|{_TEENS}|(?:an? )?(?:few )?{_BIG})(?:[ -](?:and )?{_BIG})?)"
_PARTS = (
    r"(?:a|one|two|three|four|five)[ -](?:half|halves|thirds?|quarters?|fifths?|tenths?)"
    r"|half"
)
_NAMES = (
    r"(?:Grades?|Levels?|Tiers?|Forms?|Class(?:es)?|Sets?|Rooms?"
    r"|[Ss]ections?|[Pp]arts?|[Cc]hapters?|[Aa]ppendix|[Aa]ppendices|[Aa]rticles?|[Pp]ages?|pp?\."
    r"|[Pp]aragraphs?|§+|[Ss]teps?|[Ii]tems?|[Nn]otes?|[Qq]uestions?|[Ss]chedules?|[Vv]ersions?"
    r"|[Cc]olumns?|[Rr]ows?|Windows|Channel|Xbox|PlayStation|Web|Tier|Level|[Nn]umbers?|[Nn]o\.)"
)
_SCHOOL_YEARS = r"(?:Years?(?: [Gg]roups?)?|Key [Ss]tages?|Stages?)"
_LIST = r"\d+[a-z]?(?:\s*(?:,|to|and|or|–|-|/|&)\s*\d+[a-z]?)*"

# What has digits and is no figure of the analysis; each is blanked before figures are sought.
_NOT_FIGURES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.](?:\d\d){1,2}\b",  # a date in figures
        r"\b(?:19|20)\d\d\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d)\b",  # a school year
        rf"\b{_DAY}(?:\s?(?:to|and|–|-)\s?{_DAY})?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?:19|20)\d\d)?",
        rf"\b{_MONTH}\s+{_DAY}(?:,?\s+(?:19|20)\d\d)?(?!\d|[,.]\d|\s?%)",
        r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Dd]uring|[Bb]efore|[Aa]fter) (?:19|20)\d\d\b(?!\s?%)",
        rf"(?<![\d.,£$€])(?:19|20)\d\d(?:s\b|(?![\d,.]\d|\d|\s?%|\s+{_ADJECTIVES}{_UNITS}\b))",
        r"\b\d{1,2}:\d\d(?:\s?[ap]\.?m\b\.?)?|\b\d{1,2}(?:\.\d\d)?\s?[ap]\.?m\b",  # a time
        r"\b\d+(?:st|nd|rd|th)\b",
        rf"\b{_SCHOOL_YEARS}\s+{_LIST}(?!\s?%)",
        rf"\b{_NAMES}\s+{_LIST}(?!\s?%)(?!\s+{_UNITS}\b)",
        r"\b24/7\b|\b9/11\b|(?<![\d,.])(?:999|101|111|112|116 ?\d{3})(?!\d|[.,]\d)"
        rf"(?!\s?%)(?!\s+{_ADJECTIVES}{_UNITS}\b)",
        r"(?<!\d)(?:\+44\s?|0)\d{2,4}[ -]?\d{3,4}(?:[ -]?\d{3,4})?\b",  # a telephone number
        r"\b(?:aged?|ages?)\s+(?:of\s+|from\s+|between\s+)?\d{1,2}(?:\s*(?:to|and|or|–|-)\s*\d{1,2})?",
        r"\b\d{1,2}(?:\s?(?:to|–|-)\s?\d{1,2})?[- ]years?[- ]olds?\b",
        r"\b(?:[Uu]nder|[Oo]ver)-\d{1,2}s?\b",
        rf"\b(?:[Uu]nder|[Oo]ver)\s+(?:1\d|2[01])(?!\d|[.,]\d|\s?%|\s+(?:of|{_ADJECTIVES}{_UNITS})\b)",
        r"\b9[059](?:\.0)?\s?%(?=\s+(?:confidence|credible|interval))",
        r"\b\d+\.\d+\.\d+(?:\.\d+)*\b",  # a version
        r"(?<=[A-Za-z])-\d+\b|\b\d+(?!k\b|m\b|bn\b)[A-Za-z]+\b|[A-Za-z]+\d[\w]*",
    )
)
_FIGURE = re.compile(
    r"(?<![\w.,])[+−£$€]?\d+(?:[,\u202f]\d{3})*(?:\.\d+)?(?:k|m|bn)?"
    r"(?:\s?(?:%|per[ -]cent\b|percent\b))?(?:/\d+)?"
)
_IN_WORDS = re.compile(
    rf"\b(?:{_SPELLED})(?: of)? {_ADJECTIVES}{_UNITS}\b"
    rf"|\b(?:{_PARTS})(?: of)? {_ADJECTIVES}{_UNITS}\b"
    rf"|\b(?:one|{_ONES}) (?:in|out of) (?:{_ONES}|{_TEENS}|a hundred)\b"
    r"|\b(?:half|(?:a|one|two|three) (?:half|third|quarter|fifth|thirds|quarters|fifths))"
    r" of (?:all|them)\b",
    re.I,
)


def find_typed_numbers(masked: str, *, names: Iterable[str] = ()) -> list[TypedNumber]:
    """The figures in ``masked`` (of ``own_text``), in digits and in words, in their order.

    ``names`` are words with digits that are no figures, such as periods and telephone numbers.
    """
    for name in sorted(filter(None, names), key=len, reverse=True):
        masked = blank(masked, re.compile(rf"(?<!\w){re.escape(name)}(?!\w)"))
    for pattern in _NOT_FIGURES:
        masked = blank(masked, pattern)
    found = [
        TypedNumber(match.start(), match.end(), " ".join(match[0].split()))
        for pattern in (_FIGURE, _IN_WORDS)
        for match in pattern.finditer(masked)
    ]
    return sorted(found, key=lambda number: number.start)


def is_backed(number: TypedNumber, sentence: str, claims: Iterable[Claim]) -> bool:
    """Whether a claim prints this figure and ``sentence`` names all that the claim is about."""
    plain = _plain(number.text)
    return any(
        plain in _figures(claim.printed) and all(_named(value, sentence) for value in _about(claim))
        for claim in claims
    )


def _plain(text: str) -> str:
    return re.sub(r"\s?(?:per[ -]cent|percent)", "%", text).lstrip("+").replace(" ", "")


def _figures(printed: str) -> set[str]:
    return {_plain(match[0]) for match in _FIGURE.finditer(printed)}


def _about(claim: Claim) -> Iterator[str]:
    """What a sentence has to name: label and period; a column's heading by its last word."""
    for name, value in claim.where:
        yield value.rpartition(" ")[2] if name == "column" and " " in value else value


def _named(value: str, sentence: str) -> bool:
    if value in ("Cases", "Share", "All cases"):
        return True
    return value.casefold() in sentence.casefold()


def find_periods(sentence: str, periods: Sequence[str]) -> set[str]:
    """The periods that a sentence names by hand: the study's own, and any other school year."""
    others = re.findall(r"\b(?:19|20)\d\d[-–/]\d\d\b", sentence)
    evened = {name.replace("–", "-").replace("/", "-") for name in others}
    return evened | {
        name for name in periods if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence)
    }


def sentence_around(masked: str, at: int) -> tuple[int, int]:
    """Where the sentence begins and ends that holds the character ``at``."""
    for start, end in sentences_of(masked):
        if start <= at < end:
            return start, end
    return at, at
