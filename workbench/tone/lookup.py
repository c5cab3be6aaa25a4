"""Looking for many patterns at once: at each word, only those that can begin with that word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

_WORD = re.compile(r"(?<![\w'])\w[\w']*")
_INITIALS = 2
_LOOKAROUNDS = ("(?!", "(?=", "(?<!", "(?<=")
_BEYOND = 3  # letters looked at beyond a word: enough to tell "we have" from "we are"


class Lookup:
    """Patterns in groups, each matched from the start of a word in folded text.

    ``groups[g]`` lists the patterns of a group. Within a group the first that matches at a word
    wins, and its matches never overlap. Which patterns can begin at a word is worked out once for
    the word and the letters that follow, by partial matching (the ``regex`` library): trying
    hundreds of patterns at every word would take most of the time that reading a text takes.
    """

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        self._groups = groups
        self._by_initials: dict[str, list[_Entry]] = {}
        self._by_word: dict[str, list[_Entry]] = {}
        self._by_stretch: dict[str, list[_Entry]] = {}

    def find(self, copy: str) -> Iterator[tuple[int, int, int, int]]:
        """Every match in ``copy``, by place: group, pattern in the group, start, end."""
        ends = [0] * len(self._groups)
        by_word, by_stretch = self._by_word, self._by_stretch
        for word in _WORD.finditer(copy):
            written = word[0]
            able = by_word.get(written)
            if able is None:
                able = by_word[written] = self._able(written)
            if not able:
                continue
            start = word.start()
            stretch = copy[start : word.end() + _BEYOND]
            likely = by_stretch.get(stretch)
            if likely is None:
                likely = by_stretch[stretch] = _begun_by(able, stretch)
            for entry in likely:
                if start >= ends[entry.group]:
                    match = entry.whole.match(copy, start)
                    if match and match.end() > start:
                        ends[entry.group] = match.end()
                        yield entry.group, entry.place, start, match.end()

    @cached_property
    def _all(self) -> list[_Entry]:
        # Made when first looked for: compiling hundreds of patterns takes a while.
        return [
            _Entry(number, place, re.compile(f"(?:{pattern})(?!\\w)"), _partial(pattern))
            for number, group in enumerate(self._groups)
            for place, pattern in enumerate(group)
        ]

    def _able(self, word: str) -> list[_Entry]:
        initials = word[:_INITIALS]
        if initials not in self._by_initials:
            self._by_initials[initials] = _begun_by(self._all, initials)
        return _begun_by(self._by_initials[initials], word)


class _Entry(NamedTuple):
    group: int
    place: int
    whole: re.Pattern[str]
    partial: Any


def _begun_by(entries: list[_Entry], text: str) -> list[_Entry]:
    """The patterns that a text beginning with ``text`` may match."""
    return [entry for entry in entries if entry.partial.match(text, partial=True)]


def _partial(pattern: str) -> Any:
    import regex

    return regex.compile(f"(?:{without_lookarounds(pattern)})", regex.VERSION0)


def without_lookarounds(pattern: str) -> str:
    """``pattern`` without lookaheads and lookbehinds: it matches all that it did, and more.

    Where a text is cut off, what a lookahead forbids may seem to stand there.
    """
    kept, at = [], 0
    while at < len(pattern):
        end = _atom_end(pattern, at)
        if pattern.startswith(_LOOKAROUNDS, at):
            end = _group_end(pattern, at)
        else:
            kept.append(pattern[at:end])
        at = end
    return "".join(kept)


def _atom_end(pattern: str, at: int) -> int:
    """The end of an escaped character, a set, or a single character."""
    if pattern[at] == "\\":
        return at + 2
    if pattern[at] == "[":
        inside = at + 1 + pattern.startswith("^", at + 1)
        inside += 1  # a bracket in first place is itself
        while pattern[inside] != "]":
            inside = inside + 2 if pattern[inside] == "\\" else inside + 1
        return inside + 1
    return at + 1


def _group_end(pattern: str, at: int) -> int:
    """The end of the group that begins at ``at``."""
    depth = 0
    while True:
        depth += {"(": 1, ")": -1}.get(pattern[at], 0)
        at = _atom_end(pattern, at)
        if depth == 0:
            return at
