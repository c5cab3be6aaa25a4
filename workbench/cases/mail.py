"""One mail: what is read of it, and why it cannot be."""

from __future__ import annotations

from dataclasses import dataclass, field

LARGEST_MAIL = 60_000_000
"""Bytes as sent. Mail servers take up to half of that."""

LARGEST_TEXT = 4_000_000
"""Bytes of one text part as sent, before decoding."""

DEEPEST = 20
"""How deep parts may lie within one another."""

MOST_PARTS = 500
"""How many parts a mail may have."""


@dataclass(frozen=True)
class Person:
    """Somebody who wrote or got a mail: display name and address, "" where it is not given."""

    name: str
    address: str


@dataclass(frozen=True)
class Mail:
    """What is read of a mail. Its text is as sent, HTML turned into text.

    ``sent`` is the clock as written (YYYY-MM-DD HH:MM:SS, "" where there is none), ``instant``
    the same moment in seconds since 1970 UTC. ``references`` are the identifiers of the mails it
    answers, oldest first; ``attachments`` the types of what is attached, which is never opened;
    ``automatic`` says that a machine answers (RFC 3834), ``notes`` what was doubtful, without any
    content.
    """

    text: str
    subject: str = ""
    sent: str = ""
    instant: float = 0.0
    sender: Person = Person("", "")
    people: tuple[Person, ...] = ()
    message_id: str = ""
    references: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    automatic: bool = False
    notes: tuple[str, ...] = field(default=())


class UnreadableMail(Exception):  # noqa: N818  # a finding of the reader, caught within it
    """Why a mail cannot be read, and what to do; never its content."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.mend = mend
