"""The lists of names, places and words in ``lists/``, read once. What is in them is folded."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).with_name("lists")


@lru_cache(maxsize=32)
def words_of(name: str) -> frozenset[str]:
    """The single words of ``lists/NAME.txt``."""
    return frozenset(word for line in _lines(name) for word in line.split())


@lru_cache(maxsize=4)
def phrases_of(name: str) -> frozenset[str]:
    """The lines of ``lists/NAME.txt``, each one term."""
    return frozenset(_lines(name))


@lru_cache(maxsize=1)
def nicknames() -> dict[str, frozenset[str]]:
    """For each name all those that stand with it in a row of ``lists/nicknames.txt``."""
    kin: dict[str, set[str]] = {}
    for line in _lines("nicknames"):
        row = line.split()
        for name in row:
            kin.setdefault(name, set()).update(row)
    return {name: frozenset(others - {name}) for name, others in kin.items()}


def is_word(folded: str) -> bool:
    """Whether ``folded`` is an ordinary word of English, perhaps a name as well."""
    return folded in words_of("english")


@lru_cache(maxsize=100_000)
def is_spoken(folded: str) -> bool:
    """Whether ``folded`` is any word that is known, rare, new or British too."""
    lists = ("english", "vocabulary", "talk", "heads", "predicates")
    return any(folded in words_of(name) for name in lists) or folded in kept_words()


def is_said(folded: str) -> bool:
    """Whether ``folded`` is an ordinary word of English, or one of helplines that is no name."""
    return is_word(folded) or is_talk(folded)


@lru_cache(maxsize=100_000)
def is_talk(folded: str) -> bool:
    """Whether ``folded`` is a word of which helplines hear, and no name."""
    talk = any(folded in words_of(name) for name in ("heads", "predicates", "talk"))
    return talk and not may_be_name(folded)


@lru_cache(maxsize=100_000)
def may_be_name(folded: str) -> bool:
    """Whether ``folded`` is a given name, a surname or a word of which a place is called."""
    names = ("given_common", "given_rarer", "surnames")
    return any(folded in words_of(name) for name in names) or folded in _words_of_places()


def is_frequent(folded: str) -> bool:
    """Whether ``folded`` is a word met so often that it is a name only by its surroundings."""
    return folded in words_of("frequent")


def _lines(name: str) -> list[str]:
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=1)
def kept_words() -> frozenset[str]:
    """The single words of ``lists/keep.txt``."""
    return frozenset(term for term in phrases_of("keep") if " " not in term)


@lru_cache(maxsize=1)
def _words_of_places() -> frozenset[str]:
    """The words of which places are called, but for "in", "by" and the like."""
    words = {word for place in phrases_of("places") for word in place.split()}
    return frozenset(word for word in words if len(word) > 3)
