"""Names that are known: people and schools from a case's own fields, found in its texts.

A name is matched as words, whatever its casing, accents, apostrophes and titles: in full, by its
telling parts, and run together as in a user name. Words that are also ordinary English count only
with a capital.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

WORD = re.compile(r"[^\W_]+(?:['\u2019\u02bc`][^\W_]+)*")
_GAP = re.compile(r"[ \t\r\n.,_/&'\u2019\u2013-]{1,3}")
_NO_BREAK_GAP = re.compile(r"\.?[ \t]{0,2}")
_NEAR_GAP = re.compile(r"[ \t-]{1,2}")
_SMALL = frozenset({"of", "the", "for", "and"})
_POSSESSIVE = re.compile(r"['\u2019\u02bc`]s?$", re.IGNORECASE)
_APOSTROPHES = re.compile(r"['\u2019\u02bc`]")
_LONG_ENOUGH = 6  # letters that a name needs before it is looked for inside a longer word

TITLES = frozenset(
    """mr mrs ms miss mx dr sir dame madam rev revd reverend father fr sister prof professor
    headmaster headmistress cllr""".split()
)
_COURTESIES = ("mr", "mrs", "ms", "miss", "dr", "sir")
GENERIC = frozenset(
    """school schools academy academies primary secondary college high junior juniors
    infant infants nursery grammar comprehensive community sixth form preparatory prep
    church of england c e ce cofe rc catholic roman methodist voluntary aided controlled
    trust federation multi foundation free special upper lower middle first the for girls
    boys and centre center independent university education pre preschool kindergarten
    playgroup unit service services council""".split()
)
_COMMON_SHORT = frozenset(
    """dsl ddsl sen send senco ceo it ict mat slt pta gcse uk usa nhs bbc ceop pshe faq url lado
    mash cpd ofsted dfe gdpr dbs hr pe re tes""".split()
)


@dataclass(frozen=True)
class Name:
    """A name to look for. ``parts``: also by surname, given name or the school's telling words.

    ``entity`` ties several names to one person; empty, the name stands for itself.
    """

    text: str
    kind: str = "PERSON"
    parts: bool = True
    entity: str = ""


@dataclass(frozen=True)
class Form:
    """One way in which a name may be written, as folded words."""

    words: tuple[str, ...]
    kind: str
    entity: str
    casing: str = "any"  # "capital": each word starts with one; "upper": all capitals


@dataclass(frozen=True)
class Match:
    """Where a form was found: positions in the text, end exclusive."""

    start: int
    end: int
    kind: str
    entity: str


@dataclass(frozen=True)
class NameBook:
    """The forms of several names, ready for look-up by their first word, longest first."""

    by_first: dict[str, tuple[Form, ...]]
    inside: tuple[Form, ...]

    def find(self, text: str) -> Iterator[Match]:
        """Every form that ``text`` holds; matches may overlap."""
        telling = self._telling(set(WORD.findall(text)))
        if not telling:
            return
        words = list(WORD.finditer(text))
        for place, word in enumerate(words):
            raw = word[0]
            if raw not in telling:
                continue
            for key in _keys(raw):
                for form in self.by_first.get(key, ()):
                    match = _match(form, words, place, text)
                    if match is not None:
                        yield match
            for form in self._inside(raw):
                yield Match(word.start(), word.end(), form.kind, form.entity)

    def _telling(self, raws: set[str]) -> set[str]:
        """Those words with which a form begins, or that hold a run-together one."""
        known = self.by_first.keys()
        telling = {raw for raw in raws if not known.isdisjoint(_keys(raw))}
        together = " ".join(map(fold, raws)) if self.inside else ""
        if any(form.words[0] in together for form in self.inside):
            telling |= {raw for raw in raws if any(self._inside(raw))}
        return telling

    def _inside(self, raw: str) -> Iterator[Form]:
        """The run-together forms that a longer word holds."""
        folded = fold(raw) if len(raw) >= _LONG_ENOUGH else ""
        for form in self.inside:
            if form.words[0] in folded and form.words[0] not in _keys(raw):
                yield form


def make_book(names: Iterable[Name]) -> NameBook:
    """Gather the forms of ``names``. Where two names share a form, the fuller name has it.

    So "Mrs Carter" is the same person as "Jane Carter" where both are named, and a surname that
    two people share stands for the first of them.
    """
    ordered = sorted(names, key=lambda name: -len(_telling_words(name)))
    owners: dict[tuple[str, ...], Form] = {}
    inside: dict[str, Form] = {}
    for name in ordered:
        full = _telling_words(name)
        owner = owners.get(full)
        entity = owner.entity if owner else name.entity or " ".join(full)
        for form in _forms(name, entity):
            owners.setdefault(form.words, form)
        for form in _inside_forms(name, entity):
            inside.setdefault(form.words[0], form)
    by_first: dict[str, list[Form]] = {}
    for form in owners.values():
        by_first.setdefault(form.words[0], []).append(form)
    return NameBook(
        {
            first: tuple(sorted(forms, key=lambda form: -len(form.words)))
            for first, forms in by_first.items()
        },
        tuple(inside.values()),
    )


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """A word without casing, accents and apostrophes: "O’Neíll" becomes "oneill"."""
    plain = _APOSTROPHES.sub("", word.casefold())
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return "st" if plain == "saint" else plain


def fold_words(text: str) -> tuple[str, ...]:
    """The words of ``text``, folded."""
    return tuple(fold(found[0]) for found in WORD.finditer(text))


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """Words that count as a name only with a capital."""
    lines = Path(__file__).with_name("ordinary.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=100_000)
def _keys(raw: str) -> tuple[str, ...]:
    """A word as it stands, without its possessive, and without a final s (an apostrophe lost)."""
    whole = fold(raw)
    keys = [whole]
    if _POSSESSIVE.search(raw):
        keys.append(fold(_POSSESSIVE.sub("", raw)))
    elif len(whole) > 4 and whole.endswith("s"):
        keys.append(whole[:-1])
    return tuple(dict.fromkeys(keys))


def _match(form: Form, words: list[re.Match[str]], place: int, text: str) -> Match | None:
    """``form`` at the word number ``place``, with a title before or "Primary School" after it."""
    last = place + len(form.words) - 1
    if last >= len(words):
        return None
    for offset, wanted in enumerate(form.words):
        word = words[place + offset]
        if wanted not in _keys(word[0]) or not _cased(word[0], form.casing):
            return None
        if offset and not _GAP.fullmatch(text, words[place + offset - 1].end(), word.start()):
            return None
    start, end = words[place].start(), _end_as(words[last], form.words[-1])
    if form.kind == "PERSON":
        start = _before_title(words, place, text)
    if form.kind == "SCHOOL" and end == words[last].end():
        end = _after_generic(words, last, text)
    return Match(start, end, form.kind, form.entity)


def _end_as(word: re.Match[str], key: str) -> int:
    """Where a word ends when known as ``key``: before a possessive, if that is left out."""
    possessive = None if key == fold(word[0]) else _POSSESSIVE.search(word[0])
    return word.start() + possessive.start() if possessive else word.end()


def _cased(raw: str, casing: str) -> bool:
    if casing == "upper":
        return raw.isupper()
    return casing == "any" or raw[0].isupper()


def _before_title(words: list[re.Match[str]], place: int, text: str) -> int:
    """The start of a title that stands before the name; "i miss Carter" has none."""
    name = words[place]
    if not place:
        return name.start()
    title = words[place - 1]
    alike = title[0][0].isupper() or name[0][0].islower()
    close = _NO_BREAK_GAP.fullmatch(text, title.end(), name.start())
    return title.start() if alike and close and fold(title[0]) in TITLES else name.start()


def _after_generic(words: list[re.Match[str]], last: int, text: str) -> int:
    """The end of words such as "Primary School" that follow a school's name."""
    end = words[last].end()
    for word in words[last + 1 :]:
        folded = fold(word[0])
        if folded not in GENERIC or not _NEAR_GAP.fullmatch(text, end, word.start()):
            break
        if folded in _SMALL and word[0][0].islower():
            break
        end = word.end()
    return end


def _telling_words(name: Name) -> tuple[str, ...]:
    """The folded words of a name without title, or of a school's name up to its first comma."""
    if name.kind == "SCHOOL":
        return fold_words(name.text.split(",")[0]) or fold_words(name.text)
    words = fold_words(_in_reading_order(name.text)) if name.kind == "PERSON" else ()
    telling = tuple(word for word in words if word not in TITLES)
    return telling or fold_words(name.text)


def _in_reading_order(text: str) -> str:
    """A name written as "Carter, Jane" becomes "Jane Carter"."""
    surname, comma, given = text.partition(",")
    return f"{given} {surname}" if comma and given.strip() else text


def _forms(name: Name, entity: str) -> Iterator[Form]:
    full = _telling_words(name)
    if not full:
        return
    yield _form(full, name, entity)
    if not name.parts:
        return
    if name.kind == "PERSON":
        for words in _person_parts(full):
            yield _form(words, name, entity)
    elif name.kind == "SCHOOL":
        yield from _school_forms(name, full, entity)


def _form(words: tuple[str, ...], name: Name, entity: str) -> Form:
    """A form that asks for capitals where each of its words is ordinary English or very short."""
    common = ordinary_words()
    weak = len(words) == 1 and (len(words[0]) < 3 or words[0] in common)
    if name.kind == "SCHOOL" and len(words) > 1 and not GENERIC.intersection(words):
        weak = all(word in common for word in words)
    return Form(words, name.kind, entity, "capital" if weak else "any")


def _person_parts(full: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    given, surname = full[0], full[-1]
    if len(full) > 1:
        yield from ((given, surname), (surname, given), (given[0], surname))
        yield (given + surname,)
        if len(given) >= 3:
            yield (given,)
        yield (surname,)
        yield from ((part,) for part in full[1:-1] if len(part) >= 4)
    yield from ((title + surname,) for title in _COURTESIES)


def _school_forms(name: Name, full: tuple[str, ...], entity: str) -> Iterator[Form]:
    whole = fold_words(name.text)
    if whole != full:
        yield _form(whole, name, entity)
    core = _core(full)
    if core:
        yield _form(core, name, entity)
        yield Form(("".join(core) + "school",), "SCHOOL", entity)
        yield Form(("".join(core) + "academy",), "SCHOOL", entity)
        without_s = tuple(_singular(word) for word in core)
        if without_s != core:
            yield _form(without_s, name, entity)
        if len(core) > 1:
            yield Form(("".join(core),), "SCHOOL", entity)
    for words in (full, tuple(word for word in full if word not in _SMALL)):
        short = "".join(word[0] for word in words)
        if len(short) >= 3 and short not in _COMMON_SHORT:
            yield Form((short,), "SCHOOL", entity, "upper")


def _core(full: tuple[str, ...]) -> tuple[str, ...]:
    """A school's name without "School", "Church of England Primary" and the like at its ends."""
    words = list(full)
    while words and words[-1] in GENERIC:
        words.pop()
    while words and words[0] in GENERIC:
        words.pop(0)
    return tuple(words)


def _singular(word: str) -> str:
    """The word "marys" as "mary", for those who write St Mary for St Mary's."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def _inside_forms(name: Name, entity: str) -> Iterator[Form]:
    """Run-together forms to look for inside longer words, such as user names and hashtags."""
    full = _telling_words(name)
    if not name.parts or not full:
        return
    if name.kind == "PERSON":
        surname = full[-1]
        glued = [full[0] + surname] if len(full) > 1 else []
        glued += [title + surname for title in _COURTESIES if len(surname) >= 4]
        glued += [surname]
    elif name.kind == "SCHOOL":
        glued = ["".join(_core(full))]
    else:
        return
    common = ordinary_words()
    for word in glued:
        if len(word) >= _LONG_ENOUGH and word not in common:
            yield Form((word,), name.kind, entity)
