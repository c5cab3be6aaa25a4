"""What a sentence holds that a figure could be checked by: labels, periods, shares, counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Kind = Literal["label", "period", "share", "count"]

_HOW = {
    "about": "about around roughly approximately some",
    "almost": "almost nearly",
    "over": "over above",
    "under": "under below",
}
_MODIFIERS = {
    **{word: how for how, words in _HOW.items() for word in words.split()},
    "just under": "almost",
    "just over": "over",
    "more than": "over",
    "less than": "under",
    "fewer than": "under",
}
_MODIFIER = "|".join(sorted(_MODIFIERS, key=len, reverse=True))
_NUMBER = r"(?<![\d.,–-])(?P<number>\d{1,3}(?:,\d{3})+|\d+)"
_CASES = r"(?:cases?|enquir(?:y|ies)|reports|contacts|incidents|instances|times|occurrences|URLs)"
_FRACTIONS = {
    "half": 50.0,
    "third": 100 / 3,
    "two thirds": 200 / 3,
    "quarter": 25.0,
    "three quarters": 75.0,
}

_SHARE = re.compile(
    rf"(?:\b(?P<how>{_MODIFIER})\s+)?"
    r"(?<![\d.,–-])(?P<number>\d{1,3}(?:\.\d+)?)\s?(?:%|per ?cent\b)(?!age)",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"\b(?:(?P<how>{_MODIFIER})\s+)?(?:(?:a|one)\s+)?"
    rf"(?P<fraction>{'|'.join(sorted(_FRACTIONS, key=len, reverse=True)).replace(' ', '[ -]')})"
    rf"(?=\s+of\s+(?:all\s+)?(?:the\s+)?{_CASES})",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?:\b(?P<how>{_MODIFIER})\s+)?{_NUMBER}"
    rf"(?:\s+(?:of\s+(?:the\s+|all\s+)*[\d,]+\s*)?{_CASES}\b|\s+of\s+(?:the\s+|all\s+)*\d[\d,]*)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(rf"\((?:n\s*=\s*)?{_NUMBER}\)")
_NONE = re.compile(rf"\b(?:no|zero)\s+{_CASES}\b", re.IGNORECASE)
# A change, not a level: "by 12%", "12% more", "a 12% rise".
_CHANGE = re.compile(
    r"\s*(?:percentage\s+)?(?:points?|more|fewer|less|higher|lower|increase|decrease|rise|fall|"
    r"drop|growth|change)\b",
    re.IGNORECASE,
)
_BY = re.compile(r"\bby\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_ASIDE = re.compile(
    r"\([^()]*\binterval\b[^()]*\)|\b\d+% (?:confidence )?intervals?\b|"
    r"\b(?:table|figure|chapter|section|page|appendix)\s+\d+\b|"
    r"[+−-]?\b\d+(?:\.\d+)?\s+(?:percentage\s+)?points?\b",
    re.IGNORECASE,
)
_IN = re.compile(r"\bin\s+(?:the\s+)?$", re.IGNORECASE)
_DASH = "[-‐‑–/]"


@dataclass(frozen=True)
class Token:
    """One thing in a sentence, from ``start`` to ``end``.

    ``name`` is the label or period as the tables write it; ``value`` the number (a share in
    points, with its ``decimals``) and ``how`` closely it is meant.
    """

    kind: Kind
    start: int
    end: int
    name: str = ""
    value: float = 0.0
    decimals: int = 0
    how: str = "exactly"


@dataclass(frozen=True)
class Vocabulary:
    """The labels and the reports (periods) that sentences may name."""

    labels: tuple[str, ...]
    reports: tuple[str, ...]

    @cached_property
    def _label(self) -> tuple[re.Pattern[str], dict[str, str]]:
        return _names(self.labels, flags=re.IGNORECASE)

    @cached_property
    def _report(self) -> tuple[re.Pattern[str], dict[str, str]]:
        return _names(self.reports)

    def find(self, sentence: str) -> list[Token]:
        """The labels and periods in a sentence; a name that is both is a period after "in"."""
        both = set(self.labels) & set(self.reports)
        periods = [
            token
            for token in _found(sentence, *self._report, kind="period")
            if token.name not in both or _IN.search(sentence, 0, token.start)
        ]
        labels = _found(sentence, *self._label, kind="label")
        return [*periods, *_outside(labels, periods)]


def clear_asides(sentence: str) -> str:
    """The sentence with numbers of tables, intervals and points blanked, all else in its place."""
    return _ASIDE.sub(lambda match: " " * len(match[0]), sentence.replace("\u00a0", " "))


def find_numbers(sentence: str) -> list[Token]:
    """The shares and counts that a sentence states, but for changes."""
    shares = [
        Token(
            "share",
            *match.span(),
            value=float(match["number"]),
            decimals=_decimals(match),
            how=_how(match),
        )
        for match in _SHARE.finditer(sentence)
        if not _is_change(sentence, match)
    ]
    for match in _FRACTION.finditer(sentence):
        value = _FRACTIONS[match["fraction"].lower().replace("-", " ")]
        how = _how(match, plain="about")
        shares.append(Token("share", *match.span(), value=value, how=how))
    counts = [
        Token(
            "count", *match.span(), value=float(match["number"].replace(",", "")), how=_how(match)
        )
        for match in [*_COUNT.finditer(sentence), *_BRACKETED.finditer(sentence)]
        if not _is_change(sentence, match)
    ]
    counts += [Token("count", *match.span()) for match in _NONE.finditer(sentence)]
    return [*shares, *_outside(counts, shares)]


def left_over(sentence: str, tokens: Iterable[Token]) -> str:
    """What remains of a sentence without its tokens."""
    for token in tokens:
        gap = " " * (token.end - token.start)
        sentence = sentence[: token.start] + gap + sentence[token.end :]
    return sentence


def _names(names: Iterable[str], *, flags: int = 0) -> tuple[re.Pattern[str], dict[str, str]]:
    known = {name.casefold(): name for name in names if name.strip()}
    longest = sorted(known.values(), key=lambda name: (-len(name), name))
    options = "|".join(
        re.escape(name).replace(r"\-", _DASH).replace("\\ ", r"\s+") for name in longest
    )
    return re.compile(rf"(?<![\w/]){_group(options)}(?![\w/])", flags), known


def _group(options: str) -> str:
    return f"(?:{options})" if options else "(?!)"


def _found(
    sentence: str, pattern: re.Pattern[str], known: dict[str, str], *, kind: Kind
) -> list[Token]:
    return [
        Token(kind, *match.span(), name=_known_as(match[0], known))
        for match in pattern.finditer(sentence)
    ]


def _known_as(words: str, known: dict[str, str]) -> str:
    plain = " ".join(words.casefold().split())
    return known.get(plain) or known[re.sub(_DASH, "-", plain)]


def _outside(tokens: Iterable[Token], taken: Iterable[Token]) -> Iterator[Token]:
    spans = [(token.start, token.end) for token in taken]
    for token in tokens:
        if all(token.end <= start or end <= token.start for start, end in spans):
            yield token


def _how(match: re.Match[str], *, plain: str = "exactly") -> str:
    said = match.groupdict().get("how")
    return _MODIFIERS[" ".join(said.lower().split())] if said else plain


def _decimals(match: re.Match[str]) -> int:
    return len(match["number"].partition(".")[2])


def _is_change(sentence: str, match: re.Match[str]) -> bool:
    return bool(_CHANGE.match(sentence, match.end()) or _BY.search(sentence, 0, match.start()))
