"""The search for identifiers in the texts of a case, of which each helps with the others.

Whoever is named with a title, in full or by a cue in one text is sought in all of them. Each find
is taken out of sight and the rest searched again, until nothing more turns up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from workbench.privacy.account_again import other_forms
from workbench.privacy.account_rare import rare_accounts, speaks_of_accounts
from workbench.privacy.forms import make_book
from workbench.privacy.headlines import doubt_capitals
from workbench.privacy.identifier import Identifier, Reading
from workbench.privacy.model import Model, load_model
from workbench.privacy.names import Name, NameBook
from workbench.privacy.spans import (
    Keep,
    as_names,
    by_name,
    by_pattern,
    choose,
    make_keep,
    unnamed,
)

__all__ = [
    "WAYS",
    "Identifier",
    "Keep",
    "Recogniser",
    "find_identifiers",
    "make_keep",
    "make_recogniser",
    "search_cases",
]

WAYS = ("lists", "model")
"""In which ways names are sought that no field gives; ``study.redaction.names`` chooses."""


@dataclass
class Search:
    """The texts of one case, the names known for it, and the terms that stay readable."""

    readings: list[Reading]
    names: list[Name]
    keep: Keep
    lists: bool
    _book: NameBook | None = None
    _known: set[tuple[str, str]] = field(default_factory=set)

    def settle(self, waiting: Iterable[Reading]) -> None:
        """Search the texts that have changed, or all when a name is learnt, until none does."""
        changed = list(waiting)
        while changed:
            seen = self._doubt(
                [(reading, unnamed(reading.masked, lists=self.lists)) for reading in changed]
            )
            if self._learn((reading.masked, found) for reading, found in seen):
                same = {id(reading) for reading in changed}
                seen += [(reading, []) for reading in self.readings if id(reading) not in same]
            changed = [reading for reading, found in seen if self._look(reading, found)]

    def _look(self, reading: Reading, unnamed: Sequence[Identifier]) -> bool:
        """Look at a text once, beside what is found in it without a name; whether more is."""
        text = reading.masked
        found = [*by_name(text, self.book), *unnamed, *by_pattern(text)]
        return reading.take(choose(found, self.keep, text))

    @property
    def book(self) -> NameBook:
        """The names known so far, ready to be looked up."""
        if self._book is None:
            self._book = make_book(self.names)
        return self._book

    def consult(self, model: Model) -> bool:
        """Take what the model finds, and search on; whether it found anything."""
        seen = self._doubt([(reading, model.find(reading.masked)) for reading in self.readings])
        self._learn((reading.masked, found) for reading, found in seen)
        changed = [
            reading
            for reading, found in seen
            if reading.take(choose(found, self.keep, reading.masked))
        ]
        self.settle(self.readings if changed else ())
        return bool(changed)

    def _doubt(
        self, seen: list[tuple[Reading, list[Identifier]]]
    ) -> list[tuple[Reading, list[Identifier]]]:
        """The same, less what only the capitals of a subject line in title case make a name."""
        if not any(reading.subject and found for reading, found in seen):
            return seen
        told = [*((reading, reading.found) for reading in self.readings), *seen]
        elsewhere = {
            (one.kind, one.entity)
            for reading, found in told
            if not reading.subject
            for one in found
        }
        return [
            (reading, doubt_capitals(reading.masked, found, elsewhere))
            if reading.subject
            else (reading, found)
            for reading, found in seen
        ]

    def sweep(self) -> bool:
        """Take accounts that only a last look shows, and search on; whether there were any."""
        finds = (
            (one.kind, reading.even[one.start : one.end])
            for reading in self.readings
            for one in reading.found
            if one.found_by
        )
        known = replace(make_book(other_forms(finds)), misspelt={})
        talk = any(speaks_of_accounts(reading.masked) for reading in self.readings)
        swept = []
        for reading in self.readings:
            text = reading.masked
            found = [*by_name(text, known), *(rare_accounts(text) if talk else ())]
            swept.append(reading.take(choose(found, self.keep, text)))
        if any(swept):
            self.settle(self.readings)
        return any(swept)

    def _learn(self, seen: Iterable[tuple[str, Sequence[Identifier]]]) -> bool:
        """Add those to the names whom the texts name in full or by a cue; whether any is new."""
        new = []
        for text, found in seen:
            for one in found:
                key = (one.kind, one.entity)
                if one.telling and key not in self._known:
                    self._known.add(key)
                    new.append(Name(text[one.start : one.end], one.kind, found_by=one.found_by))
        if new:
            self.names += new
            self._book = None
        return bool(new)


def search_cases(
    cases: Iterable[tuple[Iterable[Reading], Iterable[Name]]], *, keep: Keep, ways: Sequence[str]
) -> list[list[list[Identifier]]]:
    """For each case (its texts, and the names that its fields give) the finds in each text."""
    searches = [
        Search(list(readings), list(names), keep, "lists" in ways) for readings, names in cases
    ]
    for search in searches:
        search.settle(search.readings)
    waiting = searches
    while waiting:
        if "model" in ways:
            _ask_model(waiting)
        waiting = [search for search in waiting if search.sweep()]
    return [[reading.identifiers() for reading in search.readings] for search in searches]


def _ask_model(searches: list[Search]) -> None:
    """Consult the model until it finds nothing more."""
    model = load_model()
    while searches:
        model.read(reading.masked for search in searches for reading in search.readings)
        searches = [search for search in searches if search.consult(model)]


@dataclass(frozen=True)
class Recogniser:
    """Names to find and terms to leave alone, made ready for many texts."""

    names: tuple[Name, ...]
    keep: Keep
    ways: tuple[str, ...] = ()

    def find(self, text: str) -> list[Identifier]:
        """The identifiers of ``text`` in its order; none overlaps another, longest come first."""
        case = [Reading.of(text)], self.names
        return search_cases([case], keep=self.keep, ways=self.ways)[0][0]


def make_recogniser(names: Iterable[Name], *, keep: Keep, ways: Sequence[str] = ()) -> Recogniser:
    """A recogniser of ``names``, of people with a title and of all patterns.

    Names that nothing gives are sought in the ``ways`` given, of ``WAYS``.
    """
    return Recogniser(tuple(names), keep, tuple(ways))


def find_identifiers(
    text: str,
    *,
    names: Iterable[Name | str] = (),
    keep: Iterable[str] = (),
    ways: Sequence[str] = WAYS,
) -> list[Identifier]:
    """The identifiers of one text in its order, without overlap.

    ``names`` (a plain string is a person's) are found in any casing; people named with a title
    in the text itself ("Mr Carter") are found throughout it, and people, schools and places that
    nothing names in the given ``ways``. ``keep`` wins over everything.
    """
    return make_recogniser(as_names(names), keep=make_keep(keep), ways=ways).find(text)
