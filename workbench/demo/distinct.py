"""Keeps new texts from being too like earlier ones."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

_WORD = re.compile(r"\w+")
_MOST = 0.6


class Shelf:
    """The texts so far, as sets of 3-word shingles; `is_new` compares a text with all of them."""

    def __init__(self) -> None:
        self._sizes: list[int] = []
        self._holders: dict[str, list[int]] = defaultdict(list)

    def is_new(self, text: str) -> bool:
        """Whether no earlier text shares more than 0.6 of its shingles (Jaccard) with this one."""
        own = shingles(text)
        shared = Counter(number for shingle in own for number in self._holders.get(shingle, ()))
        return all(
            common / (len(own) + self._sizes[number] - common) <= _MOST
            for number, common in shared.items()
        )

    def add(self, text: str) -> None:
        """Put a text on the shelf."""
        own = shingles(text)
        for shingle in own:
            self._holders[shingle].append(len(self._sizes))
        self._sizes.append(len(own))


def shingles(text: str) -> frozenset[str]:
    """All runs of three words, in lower case; the whole text where it has fewer."""
    words = _WORD.findall(text.lower())
    if len(words) < 3:
        return frozenset({" ".join(words)})
    return frozenset(" ".join(words[n : n + 3]) for n in range(len(words) - 2))
