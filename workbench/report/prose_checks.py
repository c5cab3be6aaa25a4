"""What is wrong in words that were typed by hand: figures, periods, and words of cases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from workbench.report.claims import Claim
from workbench.report.faults import Fault
from workbench.report.masking import (
    EXPRESSION,
    blank,
    own_text,
    place_of,
    sentences_of,
    without_comments,
)
from workbench.report.typed_numbers import find_periods, find_typed_numbers, is_backed

if TYPE_CHECKING:
    from workbench.report.analysis import Analysis
    from workbench.report.prose import Rendered

RUN = 8
"""So many words in a row that stand in a case, too, are taken as that case's words."""

_APART = 200
"""Runs so many characters apart are told of separately."""

_TYPED_REFERENCE = re.compile(r"\b(?:[Ff]igures?|[Ff]ig\.|[Tt]ables?)\s+\d+[a-z]?\b")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_RELATIVE = re.compile(r"\b(?:before|previous|earlier|preceding|following|later|since)\b")
_YEAR_ALONE = re.compile(
    r"(?:\b(?:Act|Regulations?|Order|Bill|Code|Guidance) )?\b((?:19|20)\d\d)\b"
)


def check_own_words(made: Rendered, claims: Sequence[Claim], analysis: Analysis) -> list[Fault]:
    """The faults in what was typed in one file: figures, links, periods, words of cases."""
    text, masked = made.file.text, own_text(made.file.text)
    study = analysis.study
    periods = [period.name for period in study.periods]
    names = [*periods, *(contact.details for contact in study.contacts)]
    found = [*_typed_references(masked), *_periods(masked, made, analysis)]
    masked = blank(masked, _TYPED_REFERENCE)
    own = [claim for claim in claims if claim.section == made.file.id]
    for number in find_typed_numbers(masked, names=names):
        start, end = _sentence(masked, number.start)
        if is_backed(number, masked[start:end], own):
            continue
        message = (
            f"'{number.text}' is typed by hand, and no value of this section says so. Write it as "
            "a live value, such as share(...) or count(...)."
        )
        found.append(("typed number", number.start, message))
    return [
        Fault(kind, made.file.name, *place_of(text, at), message)  # type: ignore[arg-type]
        for kind, at, message in found
    ]


_Found = tuple[str, int, str]


def _typed_references(masked: str) -> Iterator[_Found]:
    for match in _TYPED_REFERENCE.finditer(masked):
        message = f"'{match[0]}' is typed by hand, and its number may change. Write ref('NAME')."
        yield "reference", match.start(), message


def _sentence(masked: str, at: int) -> tuple[int, int]:
    return next((span for span in sentences_of(masked) if span[0] <= at < span[1]), (at, at))


def _periods(masked: str, made: Rendered, analysis: Analysis) -> Iterator[_Found]:
    """Values of one period in a sentence that names only others."""
    periods = [period.name for period in analysis.study.periods]
    for start, end in sentences_of(masked):
        sentence = masked[start:end]
        live = {word for at, word in made.named if start <= at < end and word in periods}
        named = find_periods(sentence, periods) | live
        if _RELATIVE.search(sentence):
            named |= {near for one in named for near in _neighbours(one, periods)}
        years = _years(sentence) if not named else set()
        if not named and not years:
            continue
        for one in (one for one in made.said if start <= one.at < end):
            period = _period_of(one.claim, periods)
            if not period or one.claim.what in ("change", "points", "say"):
                continue
            right = period in named if named else bool(years & _years_of(period, analysis))
            if not right:
                told = ", ".join(sorted(named or years))
                message = (
                    f"this value is of {period}, and the sentence speaks of {told}. Give the value "
                    "its period, or mend the year."
                )
                yield "period", one.at, message


def _neighbours(period: str, periods: Sequence[str]) -> Sequence[str]:
    """The periods just before and after."""
    if period not in periods:
        return ()
    at = periods.index(period)
    return periods[max(at - 1, 0) : at + 2]


def _period_of(claim: Claim, periods: Sequence[str]) -> str:
    held = [value for _, value in claim.where if value in periods]
    inside = [period for period in periods if f"/{period}/" in claim.frame]
    return next(iter([*held, *inside]), "")


def _years(sentence: str) -> set[str]:
    """Years that the sentence names, but for those in the names of laws."""
    return {match[1] for match in _YEAR_ALONE.finditer(sentence) if match[0] == match[1]}


def _years_of(period: str, analysis: Analysis) -> set[str]:
    own = next(one for one in analysis.study.periods if one.name == period)
    return {str(year) for year in range(own.start.year, own.end.year + 1)}


def find_case_words(made: Iterable[Rendered], texts: Iterable[str]) -> list[Fault]:
    """A fault for each run of typed words that stand in a case, too: quoted without ``quote()``.

    ``texts`` are those of the cases; they are gone through once for all files.
    """
    runs: dict[tuple[str, ...], list[tuple[Rendered, int]]] = {}
    for one in made:
        own = _words(blank(without_comments(one.file.text), EXPRESSION))
        for place in range(len(own) - RUN + 1):
            run = tuple(word for word, _ in own[place : place + RUN])
            runs.setdefault(run, []).append((one, own[place][1]))
    starts = {run[:2] for run in runs}
    found: set[tuple[str, ...]] = set()
    for text in texts:
        said = [word for word, _ in _words(text)]
        for place, pair in enumerate(pairwise(said)):
            if pair in starts and tuple(said[place : place + RUN]) in runs:
                found.add(tuple(said[place : place + RUN]))
    places = sorted((one.file.name, at, one.file.text) for run in found for one, at in runs[run])
    return list(_told_apart(places))


def _told_apart(places: Iterable[tuple[str, int, str]]) -> Iterator[Fault]:
    """One fault for runs that overlap or stand close together."""
    last = ("", 0)
    for name, at, text in places:
        if name != last[0] or at - last[1] > _APART:
            message = (
                f"{RUN} words or more from here are those of a case. Quote them with "
                "quote('CASE', saying='...'), so that their release is checked."
            )
            yield Fault("quote", name, *place_of(text, at), message)
        last = (name, at)


def _words(text: str) -> list[tuple[str, int]]:
    """Words in lower case, and where each begins."""
    plain = text.casefold().replace("’", "'") if len(text.casefold()) == len(text) else text
    return [(match[0], match.start()) for match in _WORD.finditer(plain)]
