"""Enquiries with planted identifiers: a text, what is planted where, what the fields know.

Templates (``material/``) name slots: ``{pupil.given}`` plants an identifier, ``{=month}`` takes an
ordinary word or figure. The same seed and number always give the same document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from benchmarks.redactions.material import items, lines, table, wholes
from benchmarks.redactions.people import SCHOOL_WORDS, Cast, Mention, plain
from benchmarks.redactions.values import VALUES
from benchmarks.redactions.writing import write

PEOPLE = frozenset(("me", "pupil", "pupil2", "pupil3", "parent", "staff", "head", "other"))
SCHOOLS = frozenset(("school", "school2", "trust"))
PLACES = frozenset(("town", "village", "street"))
IN_FIELDS = {"me": 0.85, "school": 0.9, "pupil": 0.65, "pupil2": 0.5, "pupil3": 0.4, "parent": 0.5,
             "staff": 0.5, "head": 0.5, "other": 0.3, "school2": 0.4, "trust": 0.3, "town": 0.4,
             "village": 0.2, "street": 0.1}  # fmt: skip
"""How often the case's own fields name who stands in this role."""

OBSCURED = 0.35
PARAGRAPHS = ("openings", "incidents", "details", "asides", "asks", "closings")
WHOLE = ("emails", "notes", "forms", "plain")
SORTS = {"composed": 58, "emails": 16, "notes": 12, "forms": 8, "plain": 6}
"""Of 100 documents, how many are put together of paragraphs or whole from each file."""

NAMED, OTHERWISE, UNNAMED, NOT_A_NAME = "in fields", "in fields, otherwise", "not in fields", ""
CASINGS = ("proper", "lower", "upper")
AT, ARTICLE = "(at)", "The "
"""What may stand before a handle, a school or a street and points to nobody by itself."""

TITLES = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|pc|sir|prof|rev)\.? $", re.IGNORECASE)
_SLOT = re.compile(r"\{(=?)(\w+)(?:\.(\w+))?\}")


@dataclass(frozen=True)
class Planted:
    """An identifier from ``start`` to ``end`` (exclusive): its kind and how it is written.

    ``form`` says how a person or school is named; ``named`` whether the fields give these words.
    """

    start: int
    end: int
    kind: str
    role: str
    form: str = ""
    obscured: bool = False
    named: str = NOT_A_NAME


@dataclass(frozen=True)
class Document:
    """A text; what is planted; spans that belong to nobody and everybody; names in fields."""

    text: str
    planted: tuple[Planted, ...]
    neutral: tuple[tuple[int, int], ...]
    fields: tuple[tuple[str, str], ...]

    def cased(self, casing: str) -> Document:
        """The same document in lower or upper case; the fields stay as recorded."""
        text = {"proper": self.text, "lower": self.text.lower(), "upper": self.text.upper()}[casing]
        if len(text) != len(self.text):
            raise ValueError("a letter changes its length with its case; spans would shift")
        return replace(self, text=text)


def make_documents(number: int, *, seed: int) -> list[Document]:
    """``number`` documents of ``seed``; each depends on the seed and its own number alone."""
    return [_make(Random(f"{seed}:{at}")) for at in range(number)]


@cache
def templates() -> dict[str, list[str]]:
    """All templates by file: single paragraphs, and whole documents."""
    paragraphs = {name: lines(name) for name in PARAGRAPHS}
    return paragraphs | {name: wholes(name) for name in WHOLE}


def _make(random: Random) -> Document:
    template = _template(random)
    cast, writer = Cast(random), _Writer(random)
    at = 0
    for slot in _SLOT.finditer(template):
        writer.add(template[at : slot.start()])
        at = slot.end()
        choice, name, form = slot.groups()
        if choice:
            writer.add(writer.choose(name))
        else:
            writer.plant(cast, name, form or "full")
    writer.add(template[at:])
    known = _fields(cast, random)
    text = "".join(writer.parts)
    planted = tuple(_judge(span, text, known) for span in writer.planted)
    fields = tuple((kind, value) for _, kind, value in known)
    return Document(text, planted, tuple(writer.neutral), fields)


def _template(random: Random) -> str:
    """A whole document of one file, or one put together of paragraphs."""
    every = templates()
    sort = random.choices(list(SORTS), weights=list(SORTS.values()))[0]
    if sort == "plain":
        extra = random.sample(every["asides"], random.choice((0, 1, 2)))
        return "\n\n".join([random.choice(every["plain"]), *extra])
    if sort != "composed":
        return random.choice(every[sort])
    body = random.sample(every["incidents"], random.choice((1, 2, 2, 3, 4)))
    body += random.sample(every["details"], random.choice((0, 0, 1, 1, 2)))
    for aside in random.sample(every["asides"], random.choice((0, 1, 1, 2))):
        body.insert(random.randint(0, len(body)), aside)
    asks = random.sample(every["asks"], random.choice((0, 1, 1, 2)))
    parts = [random.choice(every["openings"]), *body, *asks, random.choice(every["closings"])]
    return random.choice((" ", "\n", "\n\n")).join(parts)


class _Writer:
    """Puts a text together and keeps where the identifiers lie."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.parts: list[str] = []
        self.length = 0
        self.planted: list[Planted] = []
        self.neutral: list[tuple[int, int]] = []
        self.values: dict[tuple[str, str], str] = {}
        self.platforms = random.sample(_choices()["platform"], 2)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def choose(self, name: str) -> str:
        """An ordinary word or figure; the platform stays the same in one document."""
        if name.startswith("platform"):
            return self.platforms[name == "platform2"]
        return self.random.choice(_choices()[name.rstrip("2")])

    def plant(self, cast: Cast, role: str, form: str) -> None:
        """Write one identifier and keep its place."""
        if form in VALUES or role == "postcode":
            self._plant_value(cast, role, "postcode" if role == "postcode" else form)
        elif role in PEOPLE:
            self._plant_name("PERSON", role, cast.person(role).mention(form, self.random))
        elif role in SCHOOLS:
            self._plant_name("SCHOOL", role, cast.school(role).mention(form, self.random))
        elif role in PLACES:
            number = f"{self.random.randint(1, 140)} " if role == "street" else ""
            self._plant_name("PLACE", role, Mention(cast.place(role), role, number))
        else:
            raise KeyError(f"{role}.{form} is no slot")

    def _plant_value(self, cast: Cast, role: str, slot: str) -> None:
        kind, make = VALUES[slot]
        if (role, slot) not in self.values:
            self.values[role, slot] = make(cast, role, self.random)
        obscured = self.random.random() < OBSCURED
        text = write(kind, self.values[role, slot], self.random, obscured=obscured)
        if kind == "HANDLE" and text.startswith(AT):
            text = self._begin(AT, text)
        self._keep(text, Planted(0, 0, kind, role, slot, obscured))

    def _plant_name(self, kind: str, role: str, mention: Mention) -> None:
        if mention.before:
            self._begin(mention.before, "")
        elif title := TITLES.search("".join(self.parts[-1:])):
            self.neutral.append((self.length - len(title[0]), self.length))
        text = mention.text
        if kind != "PERSON" and text.startswith(ARTICLE):
            text = self._begin(ARTICLE, text)
        self._keep(text, Planted(0, 0, kind, role, mention.form))

    def _begin(self, neutral: str, text: str) -> str:
        """Write what belongs to nobody; the rest of ``text`` is left to write."""
        self.neutral.append((self.length, self.length + len(neutral)))
        self.add(neutral)
        return text.removeprefix(neutral)

    def _keep(self, text: str, span: Planted) -> None:
        self.planted.append(replace(span, start=self.length, end=self.length + len(text)))
        self.add(text)


@cache
def _choices() -> dict[str, list[str]]:
    return {name: items(cell, ";") for name, cell in table("choices")}


def _fields(cast: Cast, random: Random) -> list[tuple[str, str, str]]:
    """Role, kind and text of each name that the case's own fields give."""
    known = []
    for kind, named in (("PERSON", cast.people), ("SCHOOL", cast.schools)):
        for role, who in sorted(named.items()):
            if random.random() < IN_FIELDS[role]:
                known.append((role, kind, who.in_field(role, random)))
    for role, place in sorted(cast.places.items()):
        if random.random() < IN_FIELDS[role]:
            known.append((role, "PLACE", place))
    return known


def _judge(span: Planted, text: str, known: list[tuple[str, str, str]]) -> Planted:
    """A span of a name with whether the fields give its words, or only who it is."""
    if span.kind not in ("PERSON", "SCHOOL", "PLACE"):
        return span
    given = {word for _, kind, value in known if kind == span.kind for word in name_words(value)}
    given |= {word[0] for word in given} | (SCHOOL_WORDS if span.kind == "SCHOOL" else set())
    words = name_words(text[span.start : span.end])
    telling = [word for word in words if len(word) > 1]
    if telling and set(words) <= given and span.form not in ("initials", "nickname", "misspelt"):
        return replace(span, named=NAMED)
    named = any(role == span.role for role, *_ in known)
    return replace(span, named=OTHERWISE if named else UNNAMED)


def name_words(name: str) -> list[str]:
    """The words of a name without accents and apostrophes, in lower case."""
    return re.findall(r"\w+", re.sub("['\u2019]", "", plain(name)).lower())
