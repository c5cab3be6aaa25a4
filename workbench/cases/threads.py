"""Threads: which mails belong to one exchange, whatever the order of the files.

Mails are joined by the identifiers that they answer (after Jamie Zawinski's algorithm, 1997-2002,
without its tree: who answered whom is not asked for). Only a mail that answers something and
names no identifier is joined by its subject.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence

from workbench.cases.mail import Mail

DAYS = 30
"""How long after the last mail of a thread an answer is taken as belonging to it by its subject."""

_DAY = 86_400
_ANSWERS = re.compile(
    r"(?i)^\s*(?:(?:re|aw|antw|sv|vs|réf|ref|fwd?|wg|tr|doorst)(?:\[\d+\])?\s*:|\[ext(?:ernal)?\])\s*"
)

SameMail = tuple[str | int, ...]
"""What two copies of one mail have in common."""


def identify(mail: Mail) -> SameMail:
    """What makes ``mail`` the same as another: identifier, sender and date, else its content.

    Some programs give the same identifier to every mail; such mails differ in sender or date.
    """
    sender, moment = mail.sender.address.casefold(), int(mail.instant)
    if mail.message_id:
        return mail.message_id, sender, moment
    return "", sender, moment, mail.subject, mail.text


def find_threads(
    mails: Sequence[Mail], *, is_own: Callable[[str], bool], days: int = DAYS
) -> list[str]:
    """The thread of each mail: a short code made of its first mail's identifier.

    ``is_own`` says whether an address is the helpline's: who has only that in common has nothing.
    Mails that are joined by their subject share another person, and lie ``days`` apart at most.
    """
    shared = _shared(mails)
    codes = [_code(mail, shared) for mail in mails]
    links = _Links()
    addresses = {person.address.casefold() for mail in mails for person in mail.people}
    for mail, code in zip(mails, codes, strict=True):
        for identifier in mail.references:
            # Some programs write the address of the sender where the identifier belongs.
            if identifier.casefold() not in addresses and identifier not in shared:
                links.join(code, _hash(identifier))
    order = sorted(range(len(mails)), key=lambda at: (mails[at].instant, codes[at]))
    _join_by_subject([mails[at] for at in order], [codes[at] for at in order], links, is_own, days)
    roots: dict[str, str] = {}
    for at in order:
        roots.setdefault(links.find(codes[at]), _root(mails[at], codes[at], links, shared))
    return [roots[links.find(code)] for code in codes]


def plain_subject(subject: str) -> str:
    """A subject without "Re:", "Fwd:" and their like, in small letters, single spaces."""
    while match := _ANSWERS.match(subject):
        subject = subject[match.end() :]
    return " ".join(subject.casefold().split())


def _join_by_subject(
    mails: list[Mail], codes: list[str], links: _Links, is_own: Callable[[str], bool], days: int
) -> None:
    """Join answers without identifiers to the last mail before them that they may answer."""
    last: dict[tuple[str, str], int] = {}
    for at, mail in enumerate(mails):
        subject = plain_subject(mail.subject)
        people = sorted({one.address.casefold() for one in mail.people if one.address})
        keys = [(subject, address) for address in people if subject and not is_own(address)]
        if keys and not mail.references and _ANSWERS.match(mail.subject):
            earlier = max((last[key] for key in keys if key in last), default=None)
            if earlier is not None and mail.instant - mails[earlier].instant <= days * _DAY:
                links.join(codes[at], codes[earlier])
        last.update(dict.fromkeys(keys, at))


def _root(mail: Mail, code: str, links: _Links, shared: set[str]) -> str:
    """The thread's code: of the oldest identifier that its first mail answers, else its own."""
    older = (_hash(one) for one in mail.references if one not in shared)
    return next((one for one in older if links.find(one) == links.find(code)), code)


def _shared(mails: Sequence[Mail]) -> set[str]:
    """Identifiers that several different mails carry, and which therefore tell nothing."""
    carried = {identify(mail) for mail in mails if mail.message_id}
    often = Counter(str(identifier) for identifier, *_ in carried)
    return {identifier for identifier, count in often.items() if count > 1}


def _code(mail: Mail, shared: set[str]) -> str:
    if mail.message_id and mail.message_id not in shared:
        return _hash(mail.message_id)
    return _hash("\0".join(map(str, identify(mail))))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


class _Links:
    """Codes that belong together (union by find, with the paths halved)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def find(self, code: str) -> str:
        """The code that stands for all that ``code`` is joined with."""
        above = self._above
        while (next_ := above.get(code, code)) != code:
            above[code] = above.get(next_, next_)
            code = next_
        return code

    def join(self, one: str, other: str) -> None:
        """Join two codes and all that they are joined with."""
        one, other = self.find(one), self.find(other)
        if one != other:
            self._above[max(one, other)] = min(one, other)
