"""Who stands in a mail: names for redaction to look for, taken from headers and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from workbench.cases.mail import Mail, Person

# Words of display names and mailboxes that are no part of a person's name.
_ROLES = frozenset(
    """academy account accounts admin administration administrator admissions alert alerts all
    auto automated bursar business care centre ceo chair click college contact council
    customer daemon data deputy desk director dsl education email emails enquiries enquiry
    executive external federation finance forum general governor governors group head
    headteacher help helpdesk helpline here hr infant infants info information it junior
    lead leader list lists mail mailer manager media member message messages moderator news
    newsletter no noreply notification notifications now office officer online order pa
    parent parents pastoral police postmaster press primary principal pupil pupils reception
    recipients reply report reporting reports response safeguarding safety school schools
    secondary secretary security senco service services sixth slt social staff student
    students studio subscribe subscriptions support system talk teacher teachers team trust
    undisclosed unit university unsubscribe update updates us
    user web webmaster year youth""".split()
)
_ASIDE = re.compile(
    r"\([^)]*\)|\[[^\]]*\]|<[^>]*>|\s(?:via|on behalf of|[-|/–])\s.*", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_PIECES = re.compile(r"[._-]+")
_MOST_WORDS = 5

# What mail programs write above a mail that is quoted or passed on.
_HEADED = re.compile(
    r"(?im)^[ \t>*]*(?:from|to|cc|von|an|de|à|oddi wrth)[ \xa0]?:\*?[ \t]*([^\n]{2,300})$"
)
_ADDRESS = re.compile(r"(?:<|\[mailto:)[^\s<>@()\[\]]{1,100}@[^\s<>@()\[\]]{1,100}")
_CAPITALISED = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*")
_BEFORE_ADDRESS = 80  # characters


def names_of(mail: Mail, *, but: str = "") -> list[str]:
    """Names of people in ``mail``, in reading order, each once.

    They are of sender and recipients, of those whom the addresses spell out, and of those whom the
    headers within the text name. Roles such as "School Office" are none, nor are words of ``but``.
    """
    found = [name for person in mail.people for name in _of_person(person)]
    found += _in_text(mail.text)
    none = set(re.findall(r"\w+", but.casefold()))
    kept = (name for name in found if not set(name.casefold().split()) <= none)
    return list(dict.fromkeys(kept))


def person_name(written: str) -> str:
    """A display name as a person's name in reading order; "" where it is none."""
    text = _ASIDE.sub(" ", f"{written} ").strip(" \"'*,;")
    surname, comma, given = text.partition(",")
    if comma and given.strip() and "," not in given:
        text = f"{given.strip()} {surname.strip()}"
    words = text.split()
    if not 1 <= len(words) <= _MOST_WORDS or not all(map(_WORD.fullmatch, words)):
        return ""
    if any(part in _ROLES for part in re.findall(r"\w+", text.casefold())):
        return ""
    # A single word in small letters is a user name, or the name of a thing.
    return " ".join(words) if len(words) > 1 or (text[0].isupper() and len(text) > 2) else ""


def _of_person(person: Person) -> Iterator[str]:
    name = "" if "@" in person.name else person_name(person.name)
    if name:
        yield name
    local = person.address.partition("@")[0]
    pieces = [piece for piece in _PIECES.split(local) if piece]
    spelt = len(pieces) > 1 and all(piece.isalpha() for piece in pieces)
    if not name and spelt:
        guessed = person_name(" ".join(piece.capitalize() for piece in pieces))
        if guessed:
            yield guessed
    if len(local) > 4 and any(c.isdigit() for c in local) and any(c.isalpha() for c in local):
        yield local  # a user name such as "jsmith04" may stand in the text by itself


def _in_text(text: str) -> Iterator[str]:
    for line in _HEADED.findall(text):
        for one in line.split(";"):
            name = person_name(one.strip())
            if name and _is_written_as_name(name):
                yield name
    for found in _ADDRESS.finditer(text):
        before = text[max(0, found.start() - _BEFORE_ADDRESS) : found.start()]
        words = _name_at_end(before.rpartition("\n")[2])
        name = person_name(" ".join(words[-4:]))
        if name and _is_written_as_name(name):
            yield name


def _name_at_end(line: str) -> list[str]:
    """The words with a capital that end a line: "On Monday, Jane Smith" gives the last two."""
    words: list[str] = []
    for word in reversed(line.split()):
        if word.endswith((",", ":")) and words:
            break
        bare = word.strip("\"'")
        if not _CAPITALISED.fullmatch(bare) or not bare[0].isupper():
            break
        words.insert(0, bare)
    return words


def _is_written_as_name(name: str) -> bool:
    """Whether each word has a capital, so that "To: remove the page" names nobody."""
    words = name.split()
    return len(words) > 1 and all(word[0].isupper() or len(word) < 4 for word in words)


def is_address_of(owners: Iterable[str]) -> re.Pattern[str]:
    """A pattern of the addresses that ``owners`` give: whole ones, or domains as "@example.org"."""
    ways = [
        rf".*{re.escape(owner)}" if owner.startswith("@") else re.escape(owner)
        for owner in (one.strip().casefold() for one in owners)
        if owner
    ]
    return re.compile("|".join(ways) or r"(?!)")
