"""Names that are known: people and schools from a case's own fields, found in its texts.

A name is matched as words, whatever its casing, accents, apostrophes and titles, in the ways that
``forms`` gives. Words that are also frequent in English count only with a capital, or where what
stands around them shows a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from workbench.privacy.cues import shows_known
from workbench.privacy.folding import (
    POSSESSIVE,
    TITLES,
    WORD,
    bare,
    fold,
    keys_of,
    stem_end,
    without_letter,
)
from workbench.privacy.lists import is_frequent, is_word, kept_words, words_of
from workbench.privacy.tails import after_generic

_GAP = re.compile(r"[ \t\r\n.,_/&'\u2019()\u2013-]{1,4}")
_NO_BREAK_GAP = re.compile(r"\.?[ \t]{0,2}")
_INITIAL_GAP = re.compile(r"\.[ \t]?|[ \t]")
_SPACED = re.compile(r"(?<![^\W_])[^\W_](?:[ .*_'\u2019\u2013-]{1,3}[^\W_]){3,}(?![^\W_])")
_HASHED, _TAG = re.compile(r"#([^\W_]+)"), re.compile("[a-z][A-Z]")
_PIECE = re.compile(r"[A-Z][a-z']+|[A-Z]+(?![a-z])|[a-z]+")
LONG = 6  # letters that a name needs to be looked for inside a longer word, or misspelt
_TAGGED = 4  # the same in a hashtag


@dataclass(frozen=True)
class Name:
    """A name to look for. ``parts``: also by surname, given name or the school's telling words.

    ``entity`` ties several names to one person; empty, the name stands for itself. ``found_by``
    says how it became known.
    """

    text: str
    kind: str = "PERSON"
    parts: bool = True
    entity: str = ""
    found_by: str = "field"


@dataclass(frozen=True)
class Form:
    """One way in which a name may be written, as folded words."""

    words: tuple[str, ...]
    kind: str
    entity: str
    casing: str = "any"  # or one of ``_cased``
    found_by: str = "field"
    alone: bool = False  # a given name of which no surname is known


@dataclass(frozen=True)
class Match:
    """Where a form was found: positions in the text, end exclusive."""

    start: int
    end: int
    kind: str
    entity: str
    found_by: str


@dataclass(frozen=True)
class NameBook:
    """The forms of several names, ready for look-up by their first word, longest first.

    ``inside`` are looked for in longer words, ``misspelt`` by what is left of a long word when
    one letter is taken away.
    """

    by_first: dict[str, tuple[Form, ...]]
    inside: tuple[Form, ...]
    misspelt: dict[str, tuple[Form, ...]]

    def find(self, text: str) -> Iterator[Match]:
        """Every form that ``text`` holds; matches may overlap."""
        if not self.by_first:
            return
        yield from self._spaced_out(text)
        raws = set(WORD.findall(text))
        tagged = {raw for raw in raws if len(raw) > LONG and _TAG.search(raw)}
        if "#" in text:
            tagged |= set(_HASHED.findall(text))
        telling = self._telling(raws) | tagged
        if not telling:
            return
        words = list(WORD.finditer(text))
        for place, word in enumerate(words):
            raw = word[0]
            if raw not in telling:
                continue
            for key in keys_of(raw):
                for form in self.by_first.get(key, ()):
                    match = _match(form, words, place, text)
                    if match is not None:
                        yield match
            pieced = self._pieces(raw) if raw in tagged else ()
            for form in (*self._inside(raw), *pieced):
                yield _as_match(form, word.start(), word.end())
            for form in self._nearly(raw):
                yield _as_match(form, word.start(), word.start() + len(POSSESSIVE.sub("", raw)))

    def _telling(self, raws: set[str]) -> set[str]:
        """Those words with which a form begins, or that hold or nearly are one."""
        known = self.by_first.keys()
        telling = {raw for raw in raws if not known.isdisjoint(keys_of(raw))}
        together = " ".join(map(fold, raws)) if self.inside else ""
        if any(form.words[0] in together for form in self.inside):
            telling |= {raw for raw in raws if any(self._inside(raw))}
        if self.misspelt:
            near = self.misspelt.keys()
            telling |= {raw for raw in raws if not near.isdisjoint(_shortened(raw))}
        return telling

    def _inside(self, raw: str) -> Iterator[Form]:
        """The run-together forms that a longer word holds."""
        folded = fold(raw) if len(raw) >= LONG else ""
        for form in self.inside:
            if form.words[0] in folded and form.words[0] not in keys_of(raw):
                yield form

    def _pieces(self, raw: str) -> Iterator[Form]:
        """The names among the pieces of a word such as "JusticeForJane", or at a hashtag's end."""
        folded = fold(raw)
        pieces = [fold(piece) for piece in _PIECE.findall(raw)]
        ends = [folded[-size:] for size in range(_TAGGED, len(folded))]
        for piece in [*(pieces if len(pieces) > 1 else ()), *ends]:
            for form in self.by_first.get(piece, ()):
                if len(form.words) == 1 and len(piece) >= _TAGGED and form.casing == "any":
                    yield form

    def _nearly(self, raw: str) -> Iterator[Form]:
        """The forms from which a word differs by one letter."""
        folded = bare(raw)
        for short in _shortened(raw):
            for form in self.misspelt.get(short, ()):
                if folded != form.words[0] and _one_edit(folded, form.words[0]):
                    yield form

    def _spaced_out(self, text: str) -> Iterator[Match]:
        """Names written letter by letter: "J a n e  H i l l", "h.i.l.l"."""
        for found in _SPACED.finditer(text):
            whole = fold("".join(re.findall(r"[^\W_]", found[0])))
            singles = (form for form in self.by_first.get(whole, ()) if len(form.words) == 1)
            holding = (form for form in self.inside if form.words[0] in whole)
            for form in (*singles, *holding):
                yield _as_match(form, found.start(), found.end())


@lru_cache(maxsize=100_000)
def _shortened(raw: str) -> frozenset[str]:
    """What a word might be a misspelling of, less a letter; nothing for words of English."""
    folded = bare(raw)
    if len(folded) < LONG - 1 or not folded.isalpha() or is_word(folded):
        return frozenset()
    return without_letter(folded)


def _one_edit(one: str, other: str) -> bool:
    """Whether one letter put in, left out, changed, or swapped with the next makes them alike."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    swapped = len(a) > 1 and a[1::-1] + a[2:] == b
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or swapped


def _as_match(form: Form, start: int, end: int) -> Match:
    return Match(start, end, form.kind, form.entity, form.found_by)


def _match(form: Form, words: list[re.Match[str]], place: int, text: str) -> Match | None:
    """``form`` at the word number ``place``, with a title before or "Primary School" after it."""
    last = place + len(form.words) - 1
    if last >= len(words):
        return None
    for offset, wanted in enumerate(form.words):
        word = words[place + offset]
        if wanted not in keys_of(word[0]):
            return None
        if offset and not _GAP.fullmatch(text, words[place + offset - 1].end(), word.start()):
            return None
    start, end = words[place].start(), stem_end(words[last], form.words[-1])
    if not _cased(form, words[place : last + 1], text):
        return None
    if form.kind == "PERSON":
        start = _before_title(words, place, text)
        end = _to_end(form, words, last, end, text)
        start = min(start, _from_hyphen(words, place, text))
    if form.kind == "SCHOOL" and end == words[last].end():
        end = after_generic(words, last, text)
    return _as_match(form, start, end)


def _cased(form: Form, own: list[re.Match[str]], text: str) -> bool:
    """Whether the casing is as the form asks, or its surroundings show a person.

    "capital": each word begins with one; "upper": all are capitals; "dotted": so, or with a dot;
    "initial": the last word is a letter that is no word.
    """
    if form.casing == "any":
        return True
    start, end = own[0].start(), stem_end(own[-1], form.words[-1])
    if form.casing == "initial":
        return own[-1][0] not in _LONE or text[end : end + 1] == "."
    if form.casing == "dotted" and text[own[0].end()] == ".":
        return True
    shouted = text[start:end].isupper() and is_shouted(text, start, end)
    if form.casing in ("upper", "dotted"):
        return text[start:end].isupper() and not shouted
    capitals = all(word[0][0].isupper() for word in own)
    if capitals and not shouted:
        return True
    return form.kind == "PERSON" and shows_known(text, start, end)


_LONE = frozenset("AIai")  # letters that stand alone for a word
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def is_shouted(text: str, start: int, end: int) -> bool:
    """Whether the words beside a span are in capitals too, so that its own tell nothing."""
    before = _LETTERS.findall(text, max(0, start - 24), start)
    after = _LETTERS.findall(text, end, end + 24)
    near: list[str] = [*before[-2:], *after[:2]]
    return bool(near) and 2 * sum(word.isupper() for word in near) > len(near)


def _before_title(words: list[re.Match[str]], place: int, text: str) -> int:
    """The start of a title or initial before the name; "i miss Carter" has none."""
    name = words[place]
    if not place:
        return name.start()
    title = words[place - 1]
    lone = len(title[0]) == 1 and title[0].isalpha() and title[0] not in _LONE
    if lone and _INITIAL_GAP.fullmatch(text, title.end(), name.start()):
        return title.start()
    alike = title[0][0].isupper() or name[0][0].islower()
    close = _NO_BREAK_GAP.fullmatch(text, title.end(), name.start())
    return title.start() if alike and close and fold(title[0]) in TITLES else name.start()


def _from_hyphen(words: list[re.Match[str]], place: int, text: str) -> int:
    """The start of "Lily-May" where the known name is May."""
    start = words[place].start()
    if not place or text[words[place - 1].end() : start] != "-":
        return start
    return words[place - 1].start() if _is_name(fold(words[place - 1][0])) else start


def _to_end(form: Form, words: list[re.Match[str]], last: int, end: int, text: str) -> int:
    """The end of a name with its second half, as in "Lily-May", and a surname nobody gave."""
    for word in words[last + 1 : last + 3]:
        gap = text[end : word.start()]
        folded = bare(word[0])
        hyphened = gap == "-" and _is_name(folded)
        if not (hyphened or (form.alone and gap == " " and _is_surname(word, words[last], text))):
            break
        end = stem_end(word, folded)
    return end


def _is_name(folded: str) -> bool:
    return any(folded in words_of(name) for name in ("given_common", "given_rarer", "surnames"))


def _is_surname(word: re.Match[str], given: re.Match[str], text: str) -> bool:
    """Whether a word behind a given name goes on with it: strange, or with a capital of its own."""
    folded = bare(word[0])
    if is_frequent(folded) or folded in kept_words() or len(folded) < 3 or not folded.isalpha():
        return False
    own = given[0][0].isupper() and word[0][0].isupper()
    if own and not is_shouted(text, given.start(), word.end()):
        return True
    return folded in words_of("surnames") or (not is_word(folded) and len(folded) > 3)
