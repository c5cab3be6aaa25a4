"""The ways in which a known name may be written, gathered in a book to look them up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from workbench.privacy.folding import GENERIC, SMALL, TITLES, fold_words, without_letter
from workbench.privacy.lists import is_frequent, is_word, nicknames
from workbench.privacy.names import LONG, Form, Name, NameBook

_COURTESIES = ("mr", "mrs", "ms", "miss", "dr", "sir")
_COMMON_SHORT = frozenset(
    """dsl ddsl sen send senco ceo it ict mat slt pta gcse uk usa nhs bbc ceop pshe faq url lado
    mash cpd ofsted dfe gdpr dbs hr pe re tes am ai an as at be by cp do dm dr dt eg er eu
    fb go gp he hi id ie if ig in ip is ks la me mp mr ms my nb no of ok on or pa pc pm pr
    ps sc sh so sw ta to tv uk un up us vr we yr yt""".split()
)
_COMMON_DOTTED = frozenset("am eg eu ie it nb pe pm ps re tv uk un us".split())


def make_book(names: Iterable[Name]) -> NameBook:
    """Gather the forms of ``names``. Where two names share a form, the fuller name has it.

    So "Mrs Carter" is the same person as "Jane Carter" where both are named, and a surname that
    two people share stands for the first of them.
    """
    ordered = sorted(names, key=lambda name: -len(_telling_words(name)))
    owners: dict[tuple[tuple[str, ...], str], Form] = {}
    inside: dict[str, Form] = {}
    for name in ordered:
        full = _telling_words(name)
        owner = owners.get((full, "any")) or owners.get((full, "capital"))
        entity = owner.entity if owner else name.entity or " ".join(full)
        for form in _forms(name, entity):
            if (form.words, "any") not in owners:
                owners.setdefault((form.words, form.casing), form)
        for form in _inside_forms(name, entity):
            inside.setdefault(form.words[0], form)
    by_first: dict[str, list[Form]] = {}
    for form in owners.values():
        by_first.setdefault(form.words[0], []).append(form)
    longest = {
        first: tuple(sorted(forms, key=lambda form: -len(form.words)))
        for first, forms in by_first.items()
    }
    return NameBook(longest, tuple(inside.values()), _misspellings(owners.values()))


def _misspellings(forms: Iterable[Form]) -> dict[str, tuple[Form, ...]]:
    """Long single words by what is left of them when one letter is taken away."""
    found: dict[str, tuple[Form, ...]] = {}
    for form in forms:
        word = form.words[0]
        if len(form.words) == 1 and len(word) >= LONG and form.casing == "any":
            for short in without_letter(word):
                found[short] = (*found.get(short, ()), form)
    return found


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
        for words in _person_parts(full, name.text):
            yield _form(words, name, entity)
        yield from _initials(full, name, entity)
    elif name.kind == "SCHOOL":
        yield from _school_forms(name, full, entity)


def _form(words: tuple[str, ...], name: Name, entity: str) -> Form:
    """A form that asks for capitals where its words could be others: frequent or very short."""
    if name.kind == "PERSON":
        weak = len(words) == 1 and (is_frequent(words[0]) or len(words[0]) < 2)
        weak = weak or (len(words) == 1 and len(words[0]) < 3 and is_word(words[0]))
    else:
        weak = len(words) == 1 and (is_frequent(words[0]) or len(words[0]) < 3)
    casing = "capital" if weak else "any"
    alone = name.kind == "PERSON" and words == fold_words(name.text) and len(words) == 1
    return Form(words, name.kind, entity, casing, name.found_by, alone)


def _person_parts(full: tuple[str, ...], written: str) -> Iterator[tuple[str, ...]]:
    given, last = full[0], _last_of(full, written)
    surname = "".join(last)
    yield from ((title + surname,) for title in _COURTESIES)
    if len(full) < 2:
        yield from ((nick,) for nick in _nicks(given))
        return
    for first in (given, *_nicks(given)):
        yield from ((first, *last), (*last, first), (first + surname,))
        if len(first) > 1:
            yield (first,)
    yield from (((given[0], *last)), (given[0] + surname,), (surname + given[0],), last)
    yield (full[-1],)
    yield from ((part,) for part in full[1:-1] if len(part) >= 3)
    yield (*last, *full[: -len(last)])
    halves = re.search(r"(?i)\b(o|mc|mac|d)['\u2019]?(?=[a-z]{3})([a-z]+)$", written.strip())
    if halves and not is_word(surname):  # "O Brien", "Mc Donald"
        yield (halves[1].casefold(), *fold_words(halves[2]))


def _last_of(full: tuple[str, ...], written: str) -> tuple[str, ...]:
    """The words of a surname: two where a hyphen joins them, as in "Lloyd-Jones"."""
    last = fold_words(_in_reading_order(written).split()[-1])
    return last if len(last) < len(full) and full[-len(last) :] == last else full[-1:]


def _nicks(given: str) -> list[str]:
    return sorted(nick for nick in nicknames().get(given, ()) if len(nick) > 2 or not is_word(nick))


def _initials(full: tuple[str, ...], name: Name, entity: str) -> Iterator[Form]:
    """Such as "Jane H", "J.H." and "JH"."""
    if len(full) < 2:
        return
    last = _last_of(full, name.text)
    given, surname = full[0], last[0]
    one = Form((given, surname[0]), "PERSON", entity, "initial", name.found_by)
    yield one
    if len(full) - len(last) > 1:
        yield replace(one, words=(*full[: -len(last)], surname[0]))
    if given[0] + surname[0] not in _COMMON_DOTTED:
        yield replace(one, words=(given[0], surname[0]), casing="dotted")
    if given[0] + surname[0] not in _COMMON_SHORT:
        yield replace(one, words=(given[0] + surname[0],), casing="upper")


def _school_forms(name: Name, full: tuple[str, ...], entity: str) -> Iterator[Form]:
    whole = fold_words(name.text)
    if whole != full:
        yield _form(whole, name, entity)
    core = _core(full)
    if core:
        yield _form(core, name, entity)
        for end in ("school", "academy", "primary", "high", "college"):
            yield Form(("".join(core) + end,), "SCHOOL", entity, found_by=name.found_by)
            yield Form((*core, end), "SCHOOL", entity, found_by=name.found_by)
        without_s = tuple(_singular(word) for word in core)
        if without_s != core:
            yield _form(without_s, name, entity)
        if len(core) > 1:
            yield Form(("".join(core),), "SCHOOL", entity, found_by=name.found_by)
            if len(core[0]) >= LONG and not is_word(core[0]):
                yield _form(core[:1], name, entity)
    for words in (full, tuple(word for word in full if word not in SMALL)):
        short = "".join(word[0] for word in words)
        if len(short) >= 3 and short not in _COMMON_SHORT:
            yield Form((short,), "SCHOOL", entity, "upper", name.found_by)


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
        glued = [full[0] + surname, "".join(full)] if len(full) > 1 else []
        glued += [title + surname for title in _COURTESIES if len(surname) >= 4]
        glued += [surname]
        if len(full) > 1:
            glued += [nick + surname for nick in _nicks(full[0])] + [full[0]]
    elif name.kind == "SCHOOL":
        glued = ["".join(_core(full))]
    else:
        return
    for word in glued:
        if len(word) >= LONG and not is_word(word):
            yield Form((word,), name.kind, entity, found_by=name.found_by)
