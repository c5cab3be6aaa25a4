"""Identifiers in a text: by pattern (e-mail, phone, link ...) and by names that are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workbench.privacy.names import Name, NameBook, fold, fold_words, make_book, ordinary_words
from workbench.privacy.patterns import (
    LINK_START,
    PATTERNS,
    PLACEHOLDER,
    Pattern,
    trim_address,
)


@dataclass(frozen=True)
class Identifier:
    """A span of text (positions from 0, end exclusive) that points to someone.

    ``entity`` is alike for spans that mean the same one; it is case text, so never show it.
    """

    start: int
    end: int
    kind: str
    entity: str


@dataclass(frozen=True)
class Recogniser:
    """Names to find and terms to leave alone, made ready for many texts."""

    book: NameBook
    keep: Keep

    def find(self, text: str) -> list[Identifier]:
        """The identifiers of ``text`` in its order; none overlaps another, longest come first.

        What is left between the finds is searched again, as it will stand once they are
        replaced, until nothing turns up; so redacting a second time finds nothing new.
        """
        found: list[Identifier] = []
        stretches = _outside_placeholders(text)
        while stretches:
            start, end = stretches.pop()
            part = text[start:end]
            if not part.strip():
                continue
            chosen = _choose([*_by_name(part, self.book), *_by_pattern(part)], self.keep, part)
            left = start
            for one in chosen:
                stretches.append((left, start + one.start))
                left = start + one.end
                found.append(Identifier(start + one.start, left, one.kind, one.entity))
            if chosen:
                stretches.append((left, end))
        return sorted(found, key=lambda one: one.start)


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


def find_identifiers(
    text: str, *, names: Iterable[Name | str] = (), keep: Iterable[str] = ()
) -> list[Identifier]:
    """The identifiers of one text in its order, without overlap.

    ``names`` (a plain string is a person's) are found in any casing; people named with a title
    in the text itself ("Mr Carter") are found throughout it. ``keep`` wins over everything.
    """
    return make_recogniser([*as_names(names), *titled_names(text)], keep=make_keep(keep)).find(text)


def make_recogniser(names: Iterable[Name], *, keep: Keep) -> Recogniser:
    """A recogniser of ``names`` and of all patterns."""
    return Recogniser(make_book(names), keep)


def make_keep(terms: Iterable[str]) -> Keep:
    """Terms to leave alone; addresses with or without "https://www." are the same."""
    plain = [LINK_START.sub("", term.strip()).rstrip("/") for term in terms]
    names = [Name(term, "OTHER", parts=False) for term in plain if term]
    return Keep(make_book(names), frozenset("".join(fold_words(term)) for term in plain if term))


def as_names(names: Iterable[Name | str]) -> list[Name]:
    """Plain strings as names of people."""
    return [Name(name) if isinstance(name, str) else name for name in names]


_TITLED = re.compile(
    r"(?<![^\W_])(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.?|MRS?\.?)[ \t]{1,2}"
    r"(?P<one>[A-Z][\w\u2019']*[\w])(?:[ \t](?P<two>[A-Z][a-z\u2019'-]+[a-z]))?"
)


def titled_names(text: str) -> list[Name]:
    """People whom ``text`` names with a title, such as "Mrs Carter" or "Mr Tom Carter"."""
    names = []
    for found in _TITLED.finditer(text):
        one = found["one"].removesuffix("'s").removesuffix("\u2019s")
        two = found["two"]
        if two and fold(two) not in ordinary_words():
            names.append(Name(f"{one} {two}", parts=False, entity=fold(one)))
        names.append(Name(one, entity=fold(one)))
    return names


def _outside_placeholders(text: str) -> list[tuple[int, int]]:
    """The stretches of ``text`` between the pseudonyms that stand in it."""
    marks = [place for found in PLACEHOLDER.finditer(text) for place in found.span()]
    edges = [0, *marks, len(text)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _choose(found: Sequence[Identifier], keep: Keep, text: str) -> list[Identifier]:
    """The longest first, then whatever does not overlap them; in the order of the text."""
    if not found:
        return []
    kept = [(match.start, match.end) for match in keep.phrases.find(text)]
    chosen: list[Identifier] = []
    # The sort is stable: at equal length and place, what was found first has it.
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        free = all(one.end <= other.start or other.end <= one.start for other in chosen)
        if free and not keep.spares(text, one, kept):
            chosen.append(one)
    return sorted(chosen, key=lambda one: one.start)


def _by_name(text: str, book: NameBook) -> Iterator[Identifier]:
    for match in book.find(text):
        yield Identifier(match.start, match.end, match.kind, match.entity)


def _by_pattern(text: str) -> Iterator[Identifier]:
    for clue, patterns in _BY_CLUE.items():
        if not clue.search(text):
            continue
        for pattern in patterns:
            for found in pattern.shape.finditer(text):
                start, end = found.span("id" if "id" in pattern.shape.groupindex else 0)
                if pattern.trim:
                    end = start + len(trim_address(text[start:end]))
                value = text[start:end]
                if value and pattern.holds(value):
                    yield Identifier(start, end, pattern.kind, pattern.entity(value))


# Each clue is sought once, however many patterns need it.
_BY_CLUE: dict[re.Pattern[str], list[Pattern]] = {}
for _pattern in PATTERNS:
    _BY_CLUE.setdefault(_pattern.clue, []).append(_pattern)
