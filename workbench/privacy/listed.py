"""People that no field names, found by lists of names and by their casing.

A name that is no word of English counts wherever it has a capital, a common one in small letters
too; one that is a word as well ("Grace", "Reading") needs a capital inside a sentence, a surname
behind it, or words around it that speak of a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from workbench.privacy.cues import shows_person
from workbench.privacy.folding import GENERIC, TITLES, WORD, bare, fold, keys_of, stem_end
from workbench.privacy.identifier import Identifier
from workbench.privacy.lists import is_frequent, is_word, kept_words, words_of
from workbench.privacy.names import is_shouted

_BETWEEN = re.compile(r"[ \t]{1,2}|-|\n|['\u2019]|\.[ \t]?")
_OPENING = re.compile(r"(?:^|[.!?:;\n\u2022>*)\]-]\s*|[\"\u201c\u2018'(]\s*)$")
_SHORT = frozenset(
    """amy eva eve ava mia zoe dan tom ben joe jon leo kai liv meg ali raj zac ian tia abi izy lia
    meg mel nat deb gav sid ted tim jim rob kev pip seb lex""".split()
)
_MONTHS = frozenset({"april", "may", "june", "july", "august"})
_NEVER = frozenset(
    """ad al an as at be by de do el en ha he hi ho in it la le lo ma me my na no oh ok on or so to
    up us we you your mum dad mom nan sir ive ill im id hes shes its lets thats dont cant
    wont theres whats heres wheres whos hows thats tel mob fax etc asap gone been said the
    and but for not are was has had can may her his she him our out see way who yes yet via
    per pre non anti ex sent via www http https com org""".split()
)


@lru_cache(maxsize=200_000)
def is_given(folded: str) -> bool:
    """Whether ``folded`` is a given name of either list."""
    return folded in words_of("given_common") or folded in words_of("given_rarer")


@lru_cache(maxsize=200_000)
def _tells(raw: str) -> bool:
    """Whether a name may begin with this word."""
    if fold(raw) in kept_words() and fold(raw) not in words_of("given_common"):
        return False
    return any(key not in _NEVER and _may_begin(key, raw) for key in keys_of(raw))


def _may_begin(folded: str, raw: str) -> bool:
    if folded in kept_words() and folded not in words_of("given_common"):
        return False
    if raw[0].isupper():
        return is_given(folded) or (folded in words_of("surnames") and not is_word(folded))
    if is_word(folded):
        return False
    common = folded in words_of("given_common") and (len(folded) > 3 or folded in _SHORT)
    return common or (len(folded) > 4 and folded in words_of("given_rarer"))


def listed_people(text: str) -> Iterator[Identifier]:
    """People whom the lists of given names and surnames show; spans may overlap."""
    if not any(_tells(raw) for raw in set(WORD.findall(text))):
        return
    words = list(WORD.finditer(text))
    last = -1
    for place, word in enumerate(words):
        if place <= last or not _tells(word[0]):
            continue
        found = _person(words, place, text)
        if found is not None:
            last = place + found[1]
            yield found[0]


def _person(words: list[re.Match[str]], place: int, text: str) -> tuple[Identifier, int] | None:
    """The person whose name begins at a word, and how many words more it has."""
    word = words[place]
    key = next(key for key in reversed(keys_of(word[0])) if _may_begin(key, word[0]))
    shouted = word[0].isupper() and is_shouted(text, word.start(), word.end())
    capital = word[0][0].isupper() and not shouted
    more = _surnames(words, place, text, capital) if key == fold(word[0]) else 0
    if not (
        _stands_alone(key, word, text, capital, shouted)
        or (more and _leads(key, word, text, capital))
    ):
        return None
    final = words[place + more]
    key_of_final = bare(final[0]) if more else key
    end = stem_end(final, key_of_final)
    entity = " ".join(
        [
            key,
            *(fold(w[0]) for w in words[place + 1 : place + more]),
            *([key_of_final] if more else []),
        ]
    )
    start = word.start()
    if not more and capital and not is_given(key):
        start = _given_before(words, place, text)
    return Identifier(start, end, "PERSON", entity, "list", telling=bool(more)), more


def _given_before(words: list[re.Match[str]], place: int, text: str) -> int:
    """The start of a strange word with a capital before a surname, or of the surname itself."""
    start = words[place].start()
    if not place or text[words[place - 1].end() : start] != " ":
        return start
    one = words[place - 1]
    folded = fold(one[0])
    strange = one[0].istitle() and not is_word(folded) and folded not in kept_words() | TITLES
    return one.start() if strange else start


def _stands_alone(key: str, word: re.Match[str], text: str, capital: bool, shouted: bool) -> bool:
    """Whether a single word is a name by itself."""
    if shows_person(text, word.start(), word.end()) and is_given(key):
        return capital or not is_frequent(key)
    if is_word(key) or key in _MONTHS or key in kept_words():
        # Grace, Mark, Rose: with a capital that no sentence's start has given.
        inside = capital and not opens(text, word.start())
        return inside and key in words_of("given_common") and key not in _MONTHS | kept_words()
    if key in words_of("given_common"):
        return len(key) > 3 or key in _SHORT or (capital and len(key) > 2)
    if not capital or shouted or len(key) < 3:
        return False
    inside = not opens(text, word.start())
    if word[0].isupper():
        return False  # an abbreviation may look like a rare name
    return inside or (len(key) > 4 and key in words_of("surnames") and is_given(key))


def _leads(key: str, word: re.Match[str], text: str, capital: bool) -> bool:
    """Whether a word that a surname follows is a given name: "Will Young", not "May Day"."""
    if not is_given(key) or (is_frequent(key) and not capital):
        return False
    return not ((is_frequent(key) or key in _MONTHS) and opens(text, word.start()))


def _surnames(words: list[re.Match[str]], place: int, text: str, capital: bool) -> int:
    """How many of the next words go on with the name: initials, middle names, surnames."""
    more = 0
    for at in range(place + 1, min(place + 4, len(words))):
        gap = text[words[at - 1].end() : words[at].start()]
        if not _BETWEEN.fullmatch(gap) or (gap.startswith(".") and len(words[at - 1][0]) > 1):
            break
        if not _goes_on(words[at][0], capital, gap):
            break
        more = at - place
    while more and len(words[place + more][0]) == 1 and more > 1:
        more -= 1  # an initial ends no name
    return more


def _goes_on(raw: str, capital: bool, gap: str) -> bool:
    folded = bare(raw)
    if folded in _NEVER or folded in kept_words() or folded in GENERIC | TITLES:
        return False
    surname = folded in words_of("surnames")
    if capital:
        if not raw[0].isupper() or "\n" in gap:
            return False
        if len(raw) == 1:
            return raw != "I"
        known = surname or is_given(folded)
        return not is_frequent(folded) or surname or (known and gap == " ")
    if "\n" in gap or len(folded) < 3:
        return False
    if gap == "-" and folded in words_of("given_common"):
        return True
    return (surname and not is_frequent(folded)) or (len(folded) > 4 and not is_word(folded))


def opens(text: str, start: int) -> bool:
    """Whether a word opens a sentence, a line or a quotation, so that its capital says nothing."""
    return bool(_OPENING.search(text[max(0, start - 6) : start]))
