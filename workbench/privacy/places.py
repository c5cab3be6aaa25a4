"""Places that no field names: towns of a list, strange words where a place stands, and streets.

A town whose name is a word as well ("Reading") counts only behind "in", "near" and the like.
Countries, regions and counties stay readable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from workbench.privacy.folding import GENERIC, TITLES, WORD, bare, fold, keys_of, stem_end
from workbench.privacy.identifier import Identifier
from workbench.privacy.listed import is_given, opens
from workbench.privacy.lists import is_frequent, is_word, kept_words, phrases_of, words_of
from workbench.privacy.names import is_shouted
from workbench.privacy.patterns import SIGNS

_WHERE = re.compile(
    r"\b(?:in|at|from|near|around|outside|to|into|across|of|town|city|village|visit(?:ed|ing)?|via"
    r"|between|towards|leaving|live[sd]? in|moved to|based in)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_STRANGE = re.compile(
    rf"(?:(?<=[a-z,] )(?:in|near|around|outside|to|from|at|across|of|between|via)[ \t](?:the )?"
    rf"|{SIGNS['SCHOOL']},?(?: in| of)?[ \t]*[ \t\n])"
    r"(?P<name>[A-Z][a-z'\u2019-]{3,}(?: [A-Z][a-z'\u2019-]+)?)(?![\w@.]*\w)"
)
_POSTED = re.compile(
    rf"(?:^|[,\n])[ \t]*(?P<name>[^\W\d_]{{4,}}(?:[ -][^\W\d_]{{3,}})?)"
    rf",?[ \t\n]{{1,2}}{SIGNS['POSTCODE']}"
)


@lru_cache(maxsize=1)
def _places() -> dict[str, tuple[tuple[str, ...], ...]]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases_of("places"):
        words = tuple("st" if word == "saint" else word for word in phrase.split())
        by_first.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(rows, key=len, reverse=True)) for first, rows in by_first.items()}


@lru_cache(maxsize=200_000)
def _begins_place(raw: str) -> bool:
    return any(key in _places() for key in keys_of(raw))


def listed_places(text: str) -> Iterator[Identifier]:
    """Towns, villages and districts of the UK that the list holds."""
    if not any(_begins_place(raw) for raw in set(WORD.findall(text))):
        return
    words = list(WORD.finditer(text))
    for place, word in enumerate(words):
        if not _begins_place(word[0]):
            continue
        for key in keys_of(word[0]):
            for phrase in _places().get(key, ()):
                end = _phrase_end(words, place, phrase, text)
                if end and _is_place(phrase, text, word.start(), end):
                    yield Identifier(word.start(), end, "PLACE", " ".join(phrase), "list")
                    break


def cued_places(text: str) -> Iterator[Identifier]:
    """Strange words with a capital behind "in", "near" and the like: "a school in Silmere"."""
    for found in (*_STRANGE.finditer(text), *_POSTED.finditer(text)):
        start, end = found.span("name")
        words = [bare(word) for word in found["name"].split()]
        while words and (is_word(words[-1]) or words[-1] in kept_words()):
            end -= len(found["name"].split()[len(words) - 1]) + 1
            words.pop()
        strange = (
            words and not is_word(words[0]) and words[0] not in kept_words() | GENERIC | TITLES
        )
        if strange and " ".join(words) not in phrases_of("keep"):
            name = re.sub(r"['\u2019]s?$", "", text[start:end])
            yield Identifier(start, start + len(name), "PLACE", " ".join(words), "cue")


def _phrase_end(words: list[re.Match[str]], place: int, phrase: tuple[str, ...], text: str) -> int:
    """The end of a phrase that begins at a word, or 0."""
    own = words[place : place + len(phrase)]
    if len(own) < len(phrase):
        return 0
    if any(wanted not in keys_of(word[0]) for wanted, word in zip(phrase, own, strict=True)):
        return 0
    gaps = (text[a.end() : b.start()] for a, b in pairwise(own))
    if not all(re.fullmatch(r"[\s.'\u2019-]{1,2}", gap) for gap in gaps):
        return 0
    return stem_end(own[-1], phrase[-1])


def _is_place(phrase: tuple[str, ...], text: str, start: int, end: int) -> bool:
    if phrase[0] in kept_words() and len(phrase) == 1:
        return False
    capital = text[start].isupper() and not (
        text[start:end].isupper() and is_shouted(text, start, end)
    )
    words = all(is_word(word) or len(word) < 3 for word in phrase)
    where = bool(_WHERE.search(text[max(0, start - 24) : start]))
    if len(phrase) > 1:
        return capital or not words
    if capital:
        return (where and not opens(text, start)) if words or len(phrase[0]) < 4 else True
    return not words and len(phrase[0]) > 3 and (where or _names_only_a_place(phrase[0]))


def _names_only_a_place(word: str) -> bool:
    return len(word) > 5 and not (is_given(word) or word in words_of("surnames"))


_STREET = re.compile(
    r"(?<!\w)(?:\d{1,4}[a-z]?,?[ \t](?:[a-z'\u2019]+[ \t]){1,3}?"
    r"(?:street|road|avenue|lane|drive|crescent|terrace|gardens|grove|mews|close|st|rd|ave)\b)",
    re.IGNORECASE,
)
_NAMED_STREET = re.compile(
    r"(?<!\w)(?:[A-Z][\w'\u2019]+[ \t]){1,3}(?i:street|road|avenue|lane|close|drive|crescent"
    r"|terrace"
    r"|gardens|grove|mews)\b(?! (?i:school|primary|academy|college|junior|infant|high|nursery))"
)
_STREET_WORDS = frozenset(
    """high church station school park green long new old mill bridge market north south east
    west""".split()
)
_NO_STREET = frozenset(
    """the a an this that our your my their his her on in at to from by of and or sesame coronation
    wall high main downing fast learning career long same one other last next""".split()
)


def streets(text: str) -> Iterator[Identifier]:
    """Addresses with a number, and streets by name."""
    lowered = text.lower()
    if not any(
        word in lowered
        for word in (
            "street",
            "road",
            "avenue",
            "lane",
            "drive",
            "close",
            "crescent",
            "terrace",
            "gardens",
            "grove",
            "mews",
            " st",
            " rd",
            " ave",
            "court",
        )
    ):
        return
    for found in _STREET.finditer(text):
        names = [fold(word[0]) for word in WORD.finditer(found[0])][1:-1]
        plain = [name for name in names if is_frequent(name) and name not in _STREET_WORDS]
        if names and _NO_STREET.isdisjoint(names) and not plain:
            yield Identifier(*found.span(), "PLACE", " ".join(names), "pattern")
    for found in _NAMED_STREET.finditer(text):
        words = list(WORD.finditer(found[0]))
        names = [fold(word[0]) for word in words]
        ending = words[-1][0]
        while names and (names[0] in _NO_STREET or is_frequent(names[0])):
            names, words = names[1:], words[1:]
        shouted = is_shouted(text, *found.span()) and found[0].isupper()
        if len(names) > 1 and ending[0].isupper() and not (shouted and is_word(names[0])):
            start = found.start() + words[0].start()
            yield Identifier(start, found.end(), "PLACE", " ".join(names), "pattern")
