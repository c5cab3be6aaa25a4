"""Pseudonyms: the same one for the same entity inside a case, numbered as they appear."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from workbench.privacy.identifier import Identifier
from workbench.privacy.patterns import PLACEHOLDER

_LONGEST = 6


class Naming(Protocol):
    """Whatever gives pseudonyms: those of one case, or those of a study (``keyed``)."""

    def of(self, identifier: Identifier) -> str:
        """The pseudonym of an identifier's entity, such as "[PERSON 1]"."""
        ...


class Pseudonyms:
    """The pseudonyms of one case, given out as identifiers turn up.

    Numbers go on from those of pseudonyms that stand in ``texts`` already, so that an old
    [PERSON 1] and a new one are never taken for the same. Nothing links one case to another.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._given: dict[tuple[str, str], str] = {}
        self._last: dict[str, int] = {}
        for text in texts:
            for found in PLACEHOLDER.finditer(text):
                if len(found["number"]) > _LONGEST:
                    continue  # of a whole study
                number = max(int(found["number"]), self._last.get(found["kind"], 0))
                self._last[found["kind"]] = number

    def of(self, identifier: Identifier) -> str:
        """The pseudonym of an identifier's entity, such as "[PERSON 1]"."""
        key = (identifier.kind, identifier.entity)
        if key not in self._given:
            self._last[identifier.kind] = self._last.get(identifier.kind, 0) + 1
            self._given[key] = f"[{identifier.kind} {self._last[identifier.kind]}]"
        return self._given[key]


def replace_identifiers(text: str, found: Iterable[Identifier], pseudonyms: Naming) -> str:
    """``text`` with each span of ``found`` (in order, apart) replaced; all else is unchanged."""
    parts, last = [], 0
    for one in found:
        parts += [text[last : one.start], pseudonyms.of(one)]
        last = one.end
    return "".join([*parts, text[last:]])
