"""Spans that one look at a text finds: by pattern, by names that are known, by lists and cues."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workbench.privacy.account_odd import ODD
from workbench.privacy.account_phrases import PHRASES
from workbench.privacy.accounts import AFTER_CUES, BY_SHAPE, LAST
from workbench.privacy.addresses import EMAILS, LINK_START, LINKS
from workbench.privacy.addresses_fenced import FENCED
from workbench.privacy.broken import BROKEN
from workbench.privacy.cued import cued_people, titled_people
from workbench.privacy.folding import fold_words
from workbench.privacy.forms import make_book
from workbench.privacy.identifier import Identifier
from workbench.privacy.listed import listed_people
from workbench.privacy.names import Name, NameBook
from workbench.privacy.numbers import NUMBERS
from workbench.privacy.patterns import SIGN, Pattern, trim_address
from workbench.privacy.places import cued_places, listed_places, streets
from workbench.privacy.schools import shaped_schools
from workbench.privacy.shown import shown

HANDLES = (*BY_SHAPE, *AFTER_CUES, *PHRASES)
PATTERNS = (*EMAILS, *FENCED, *LINKS, *HANDLES, *NUMBERS, *BROKEN, *LAST, *ODD)
"""The shapes that are looked for; a further kind of identifier is a further row."""

_SIGN = re.compile(f"[{SIGN}]")


@dataclass(frozen=True)
class Keep:
    """Terms that stay readable, as folded words and run together."""

    phrases: NameBook
    glued: frozenset[str]

    def spares(self, text: str, one: Identifier, kept: Sequence[tuple[int, int]]) -> bool:
        """Whether an identifier is a term to keep, or lies within one."""
        if any(start <= one.start and one.end <= end for start, end in kept):
            return True
        written = one.entity if one.kind == "LINK" else text[one.start : one.end]
        return "".join(fold_words(written)) in self.glued


def make_keep(terms: Iterable[str]) -> Keep:
    """Terms to leave alone; addresses with or without "https://www." are the same."""
    plain = [LINK_START.sub("", term.strip()).rstrip("/") for term in terms]
    names = [Name(term, "OTHER", parts=False) for term in plain if term]
    return Keep(make_book(names), frozenset("".join(fold_words(term)) for term in plain if term))


def as_names(names: Iterable[Name | str]) -> list[Name]:
    """Plain strings as names of people."""
    return [Name(name) if isinstance(name, str) else name for name in names]


def unnamed(text: str, *, lists: bool) -> list[Identifier]:
    """People, schools and places that no field names, without the model; spans may overlap.

    Without ``lists`` only people with a title, such as "Mrs Carter".
    """
    if not lists:
        return list(titled_people(text))
    ways = (
        cued_people,
        listed_people,
        shaped_schools,
        streets,
        listed_places,
        cued_places,
        shown,
    )
    return [one for way in ways for one in way(text)]


def by_name(text: str, book: NameBook) -> Iterator[Identifier]:
    """Where the names of ``book`` stand; spans may overlap."""
    for match in book.find(text):
        yield Identifier(match.start, match.end, match.kind, match.entity, match.found_by)


def by_pattern(text: str) -> Iterator[Identifier]:
    """Whatever has the shape of an identifier; spans may overlap."""
    starts = _word_starts(text)
    clues = _BY_CLUE.items() if _DIGIT.search(text) else _WITHOUT_DIGITS.items()
    for clue, patterns in clues:
        if not clue.search(text):
            continue
        for pattern in patterns:
            for found in _matches(pattern, text, starts):
                start, end = found.span("id" if "id" in pattern.shape.groupindex else 0)
                if pattern.trim:
                    end = start + len(trim_address(text[start:end]))
                value = text[start:end]
                if value and pattern.holds(value):
                    yield Identifier(start, end, pattern.kind, pattern.entity(value))


def _word_starts(text: str) -> dict[str, list[int]]:
    """Where each word of a text starts, by the word in small letters."""
    starts: dict[str, list[int]] = {}
    for found in _WORD.finditer(text):
        starts.setdefault(found[0].lower(), []).append(found.start())
    return starts


def _matches(pattern: Pattern, text: str, starts: dict[str, list[int]]) -> Iterator[re.Match[str]]:
    """Where the shape of a pattern stands; from its cues alone, where it has any."""
    if not pattern.cue:
        yield from pattern.shape.finditer(text)
        return
    for start in sorted(at for word in pattern.cue & starts.keys() for at in starts[word]):
        if found := pattern.shape.match(text, start):
            yield found


def choose(found: Sequence[Identifier], keep: Keep, text: str) -> list[Identifier]:
    """The longest first, then whatever does not overlap them; in the order of the text."""
    if not found:
        return []
    kept = [(match.start, match.end) for match in keep.phrases.find(text)]
    chosen: list[Identifier] = []
    # The sort is stable: at equal length and place, what was found first has it.
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        free = all(one.end <= other.start or other.end <= one.start for other in chosen)
        open_ = not _SIGN.search(text, one.start, one.end)
        if free and open_ and not keep.spares(text, one, kept):
            chosen.append(one)
    return sorted(chosen, key=lambda one: one.start)


def _by_clue(patterns: Iterable[Pattern]) -> dict[re.Pattern[str], list[Pattern]]:
    """Patterns under their clues: each is sought once, however many patterns need it."""
    groups: dict[re.Pattern[str], list[Pattern]] = {}
    for pattern in patterns:
        groups.setdefault(pattern.clue, []).append(pattern)
    return groups


_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w+")
_BY_CLUE = _by_clue(PATTERNS)
_WITHOUT_DIGITS = _by_clue((*EMAILS, *FENCED, *LINKS, *HANDLES, *LAST, *ODD))
