"""People and schools of a document, and the ways in which a text names them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from random import Random

from benchmarks.redactions.material import items, lines, table

SCHOOL_WORDS = frozenset(
    "school primary academy secondary high infant junior nursery catholic rc c of e ce va for and "
    "girls community grammar college special prep preparatory middle integrated the voluntary "
    "jewish sixth form free infants utc pru alternative provision first church england".split()
)
"""Words that schools share: a mention may use them though the case's field does not."""

MISSPELT = 0.03


@dataclass(frozen=True)
class Mention:
    """How a text names someone: words before that belong to nobody, the name, its form."""

    text: str
    form: str
    before: str = ""


@dataclass(frozen=True)
class Person:
    """Someone with given name, surname, title and, for some, a nickname."""

    given: str
    surname: str
    title: str
    nick: str

    def mention(self, form: str, random: Random) -> Mention:
        """The person named in ``form``, typed as hurried people type."""
        given, surname = _typed(self.given, random), _typed(self.surname, random)
        letters = [part[0] for part in (*self.given.split(), self.surname)]
        first = given[0]
        if form == "initials":
            return Mention(random.choice(("", ".")).join(letters).upper(), "initials")
        if form == "nick":
            return Mention(self.nick, "nickname")
        if form == "short":
            short = random.choice((f"{first}. {surname}", f"{first} {surname}"))
            return Mention(short, "short")
        if form == "reverse":
            return Mention(f"{surname}, {given}", "reverse")
        if form == "title":
            return Mention(surname, "surname", f"{self.title} ")
        if form in ("given", "surname"):
            name = given if form == "given" else surname
            return _misspelt(name, form, random)
        gap = "\u00a0" if random.random() < 0.03 else " "
        return Mention(f"{given}{gap}{surname}", "full")

    def in_field(self, role: str, random: Random) -> str:
        """The name as the record's own column has it."""
        if role.startswith("pupil") and random.random() < 0.12:
            return self.given
        full = f"{self.given} {self.surname}"
        kinds = (full, f"{self.title} {full}", f"{self.surname}, {self.given}", full.upper())
        return random.choices(kinds, weights=(72, 12, 8, 8))[0]


@dataclass(frozen=True)
class School:
    """A school: its own name, what it is called in short, and in full."""

    own: str
    middle: str
    full: str

    def mention(self, form: str, random: Random) -> Mention:
        """The school named in ``form``."""
        if form == "short":
            return Mention(_typed(self.own, random), "short")
        if form == "mid":
            return Mention(_typed(self.middle, random), "middle")
        return Mention(_typed(self.full, random), "full")

    def in_field(self, role: str, random: Random) -> str:
        """The name as the record's own column has it."""
        return random.choices((self.full, self.middle, self.full.upper()), weights=(8, 1, 1))[0]


@dataclass
class Cast:
    """Who and what a document is about, made when its template first asks."""

    random: Random
    people: dict[str, Person] = field(default_factory=dict)
    schools: dict[str, School] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def person(self, role: str) -> Person:
        """The person in ``role``; a parent mostly shares the pupil's surname."""
        if role not in self.people:
            surname = None
            if role == "parent" and "pupil" in self.people and self.random.random() < 0.6:
                surname = self.people["pupil"].surname
            self.people[role] = _draw_person(self.random, surname)
        return self.people[role]

    def school(self, role: str) -> School:
        """The school in ``role``; a trust has one name only."""
        if role not in self.schools:
            taken = {school.own for school in self.schools.values()}
            self.schools[role] = _draw_school(self.random, role, taken)
        return self.schools[role]

    def place(self, role: str) -> str:
        """The town, village or street of the document."""
        if role not in self.places:
            self.places[role] = self.random.choice(lines(f"{role}s"))
        return self.places[role]


@cache
def _backgrounds() -> list[tuple[int, list[str], list[str]]]:
    rows = table("people")
    return [(int(weight), items(given), items(names)) for _, weight, given, names in rows]


@cache
def _nicknames() -> dict[str, str]:
    return dict(line.split() for line in lines("nicknames"))


def _draw_person(random: Random, surname: str | None) -> Person:
    rows = _backgrounds()
    given_row, name_row = random.choices(rows, weights=[row[0] for row in rows], k=2)
    if random.random() < 0.8:
        name_row = given_row
    given = random.choice(given_row[1])
    nick = _nicknames().get(given, given.split("-")[0].split(" ")[0])
    title = random.choice(("Mr", "Mrs", "Miss", "Ms", "Mr", "Mrs", "Dr"))
    return Person(given, surname or random.choice(name_row[2]), title, nick)


def _draw_school(random: Random, role: str, taken: set[str]) -> School:
    if role == "trust":
        name = random.choice(lines("trusts"))
        return School(name, name, name)
    rows = [row for row in table("schools") if row[0] not in taken]
    own, kind, *tails = random.choice(rows)
    tail = random.choice(items(tails[0]) if tails and tails[0] else [""])
    middle = own if kind == "Ysgol" else f"{own} {kind}"
    return School(own, middle, f"{own} {tail}".strip())


def _typed(name: str, random: Random) -> str:
    """A name as typed: apostrophes curly or left out, hyphens as spaces, accents dropped."""
    if "'" in name:
        name = name.replace("'", random.choices(("'", "\u2019", ""), weights=(55, 30, 15))[0])
    if "-" in name and random.random() < 0.15:
        name = name.replace("-", " ")
    if not name.isascii() and random.random() < 0.5:
        name = plain(name)
    return name


def _misspelt(name: str, form: str, random: Random) -> Mention:
    """A name, now and then with two inner letters swapped."""
    if len(name) < 5 or not name.isalpha() or random.random() >= MISSPELT:
        return Mention(name, form)
    at = random.randrange(1, len(name) - 2)
    wrong = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return Mention(wrong, "misspelt" if wrong != name else form)


def plain(text: str) -> str:
    """A text without accents; letters without a plain form stay."""
    from unicodedata import combining, normalize

    letters = text.replace("ł", "l").replace("Ł", "L").replace("ı", "i")
    return "".join(c for c in normalize("NFD", letters) if not combining(c))
