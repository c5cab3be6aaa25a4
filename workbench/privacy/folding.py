"""Words as compared: without casing, accents and apostrophes; titles and kinds of school."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from workbench.privacy.lists import is_word

WORD = re.compile(r"[^\W_]+(?:['\u2019\u02bc`][^\W_]+)*")
POSSESSIVE = re.compile(r"['\u2019\u02bc`]s?$", re.IGNORECASE)
_APOSTROPHES = re.compile(r"['\u2019\u02bc`]")
_UNLIKE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})

SMALL = frozenset({"of", "the", "for", "and"})
TITLES = frozenset(
    """mr mrs ms miss mx dr sir dame madam rev revd reverend father fr sister prof professor
    headmaster headmistress cllr""".split()
)
GENERIC = frozenset(
    """school schools academy academies primary secondary college high junior juniors infant
    infants nursery grammar comprehensive community sixth form preparatory prep church of
    england c e ce cofe rc catholic roman methodist voluntary aided controlled va vc trust
    federation multi foundation free special upper lower middle first the for girls boys and
    centre center independent university education pre preschool kindergarten playgroup unit
    service services council""".split()
)


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """A word without casing, accents and apostrophes: "O’Neíll" becomes "oneill"."""
    plain = _APOSTROPHES.sub("", word.casefold())
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain.translate(_UNLIKE))
        plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return "st" if plain == "saint" else plain


def fold_words(text: str) -> tuple[str, ...]:
    """The words of ``text``, folded."""
    return tuple(fold(found[0]) for found in WORD.finditer(text))


@lru_cache(maxsize=20_000)
def without_letter(word: str) -> frozenset[str]:
    """``word`` itself, and what is left of it when any one letter is taken away."""
    return frozenset({word, *(word[:at] + word[at + 1 :] for at in range(len(word)))})


@lru_cache(maxsize=100_000)
def keys_of(raw: str) -> tuple[str, ...]:
    """A word as it stands, without its possessive, and without a final s (an apostrophe lost)."""
    whole = fold(raw)
    keys = [whole]
    if POSSESSIVE.search(raw):
        keys.append(fold(POSSESSIVE.sub("", raw)))
    elif len(whole) > 3 and whole.endswith("s") and not is_word(whole):
        keys.append(whole[:-1])
    return tuple(dict.fromkeys(keys))


def stem_end(word: re.Match[str], key: str) -> int:
    """Where a word ends when known as ``key``: before a possessive, if that is left out."""
    possessive = None if key == fold(word[0]) else POSSESSIVE.search(word[0])
    return word.start() + possessive.start() if possessive else word.end()


def bare(raw: str) -> str:
    """A word folded and without its possessive: "Jane's" becomes "jane"."""
    return fold(POSSESSIVE.sub("", raw))
