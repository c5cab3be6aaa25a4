"""Subject lines in title case, whose capitals show no names: "TikTok Account Using School Name".

What was taken for a name there by its capitals is ordinary words again, unless a text of the same
case, written otherwise, has it for a name too. Names of the case's fields, people of the lists of
names and whomever words around them show are sought apart from this, and stay hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from workbench.privacy.folding import GENERIC, SMALL, WORD, bare
from workbench.privacy.identifier import Identifier
from workbench.privacy.lists import is_frequent, is_talk, is_word, kept_words, may_be_name

BY_CAPITALS = frozenset({"shape", "model"})
"""The ways of finding to which a capital is evidence enough."""

_ORDINARY, _MOST = 2, 0.75  # words and share of words that make a line a headline
_KINDS = GENERIC - SMALL
# Words in -ing with which a name may end all the same: "Bright Learning School".
_ENDS_NAMES = frozenset(
    """beginning blessing blooming blossoming boxing building calling clearing climbing crossing
    dancing daring dwelling exploring fishing flourishing flying growing harvesting housing
    inspiring landing leading learning living meeting morning nesting nurturing opening outing
    painting pioneering playing racing rising rowing running sailing schooling sharing shining
    singing skating soaring something spreading standing sterling striding striving swimming
    thinking thriving towering training turning understanding walking wandering willing winding
    winning wondering working writing""".split()
)


def is_headline(line: str) -> bool:
    """Whether a subject line is in title case: most words, several ordinary ones, have capitals.

    Words in capitals throughout, such as a banner's, say nothing; nor does the capital of the
    first word, of a school's kind ("Primary School"), or of a word that may be a name.
    """
    words = [word[0] for word in WORD.finditer(line) if not word[0][0].isdigit()]
    cased = [word for word in words if len(word) == 1 or not word.isupper()]
    capitals = sum(word[0].isupper() for word in cased)
    ordinary = sum(word[0].isupper() and _tells_case(bare(word)) for word in cased[1:])
    return ordinary >= _ORDINARY and capitals >= _MOST * len(cased)


def doubt_capitals(
    line: str, found: Iterable[Identifier], elsewhere: Collection[tuple[str, str]]
) -> list[Identifier]:
    """What of ``found`` in a subject line stays when capitals are no evidence there.

    Of a line that is no headline all does. ``elsewhere``: kind and entity of what other texts of
    the case name.
    """
    if not is_headline(line):
        return list(found)
    return [
        one
        for one in found
        if one.found_by not in BY_CAPITALS
        or (one.kind, one.entity) in elsewhere
        or not _names_nobody(line[one.start : one.end], shaped=one.found_by == "shape")
    ]


def _names_nobody(written: str, *, shaped: bool) -> bool:
    """Whether all words are ordinary and, where they name a school, the last one ends no name.

    Ordinary words name schools too ("Bright Futures School"); but none is called "... Using". A
    "St" at the end is a saint's no more once the saint is hidden.
    """
    words = [bare(word[0]) for word in WORD.finditer(written)]
    if len(words) > 1 and words[-1] == "st":
        words.pop()
    own = list(words)
    while own and own[-1] in _KINDS:
        own.pop()
    if (shaped or own != words) and not (own and _is_doing(own[-1])):
        return False
    return all(map(is_ordinary, words))


def is_ordinary(folded: str) -> bool:
    """Whether ``folded`` is a common word, of English or of helplines, that names nobody."""
    common = is_frequent(folded) or folded in kept_words() or _is_doing(folded)
    own = is_talk(folded) or (common and not may_be_name(folded))
    return own or folded in SMALL | _KINDS


def _tells_case(folded: str) -> bool:
    """Whether a word would have no capital but for title case."""
    told = folded in SMALL or (is_frequent(folded) and not may_be_name(folded))
    return told and folded not in _KINDS | kept_words()


def _is_doing(folded: str) -> bool:
    """Whether a word says what is being done: "using", "targeting"."""
    return folded.endswith("ing") and is_word(folded) and folded not in _ENDS_NAMES
