"""What is found in a text, and a text with what is found in it taken out of sight."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from workbench.privacy.even import even_out
from workbench.privacy.patterns import PLACEHOLDER, SIGNS

FOUND_BY = ("pattern", "field", "study", "list", "shape", "cue", "model")
"""How an identifier became known: its own shape, a private field of the case, the study's list of
what to hide, the lists of names, the shape of a school's name, words around it, the model."""


@dataclass(frozen=True)
class Identifier:
    """A span of text (positions from 0, end exclusive) that points to someone.

    ``entity`` is alike for spans that mean the same one; it is case text, so never show it.
    ``found_by`` is one of ``FOUND_BY``. ``telling``: by its parts, too, the same one may be known.
    """

    start: int
    end: int
    kind: str
    entity: str
    found_by: str = "pattern"
    telling: bool = False


@dataclass
class Reading:
    """A text being searched. ``masked`` has one sign in the place of each thing found so far.

    Pseudonyms that stand in the text count as found. Since a text that was redacted is masked as
    it was when nothing more was found in it, nothing more is found the second time either.
    ``subject``: the text is the subject line of a case.
    """

    even: str
    places: Sequence[int] | None
    masked: str
    subject: bool = False
    found: list[Identifier] = field(default_factory=list)
    _edges: list[int] = field(default_factory=list)
    _shifts: list[int] = field(default_factory=lambda: [0])

    @classmethod
    def of(cls, text: str, *, subject: bool = False) -> Reading:
        """A text in which nothing has been sought yet."""
        even, places = even_out(text)
        reading = cls(even, places, even, subject)
        standing = [
            Identifier(*found.span(), found["kind"], "", "") for found in PLACEHOLDER.finditer(even)
        ]
        reading._mask(standing)
        return reading

    def take(self, new: Iterable[Identifier]) -> bool:
        """Take identifiers placed in ``masked``, apart from one another; whether there were any."""
        back = [
            replace(one, start=self._back(one.start), end=self._back(one.end - 1) + 1)
            for one in new
        ]
        if back:
            self._mask(back)
        return bool(back)

    def identifiers(self) -> list[Identifier]:
        """What was found, in the order of the text and placed in it as it was written."""
        own = [one for one in self.found if one.found_by]
        if self.places is None:
            return own
        at = self.places
        return [replace(one, start=at[one.start], end=at[one.end - 1] + 1) for one in own]

    def _back(self, place: int) -> int:
        return place + self._shifts[bisect_right(self._edges, place)]

    def _mask(self, new: Iterable[Identifier]) -> None:
        self.found = sorted([*self.found, *new], key=lambda one: one.start)
        if not self.found:
            return
        parts, self._edges, self._shifts, last, length = [], [], [0], 0, 0
        for one in self.found:
            parts += [self.even[last : one.start], SIGNS[one.kind]]
            length += one.start - last + 1
            last = one.end
            self._edges.append(length)
            self._shifts.append(last - length)
        self.masked = "".join([*parts, self.even[last:]])
