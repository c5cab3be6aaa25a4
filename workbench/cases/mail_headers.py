"""A mail's headers: subject, people, identifiers and date, each read without raising."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import getaddresses, mktime_tz, parsedate_tz

from workbench.cases.mail import Person
from workbench.cases.mail_charset import decode_header
from workbench.dates import read_date

_ID = re.compile(r"<\s*([^<>\s]{1,500})\s*>")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'@]{1,200}@[^\s<>()\[\],;:\"'@]{1,200}")
_LONGEST_LIST = 100_000
_MOST_IDS = 1000
_HALF_DAY = re.compile(r"(?i)\b(a|p)\.?m\b")
_DAY = 86_400
_LATE = 3

Headers = Sequence[tuple[str, str]]
"""Names and values in order, as written, bytes beyond ASCII as lone surrogates."""

Clock = tuple[str, float]
"""The clock as written (YYYY-MM-DD HH:MM:SS, "" for none), and seconds since 1970 UTC."""


def values(headers: Headers, *names: str) -> list[str]:
    """The values of the headers of those names, in the order of ``names``."""
    return [value for name in names for key, value in headers if key.lower() == name]


def first(headers: Headers, name: str) -> str:
    """The first value of a header, "" where there is none."""
    return next(iter(values(headers, name)), "")


def read_subject(headers: Headers) -> tuple[str, str]:
    """The subject, and what is to be said of it."""
    return decode_header(first(headers, "subject"))


def read_people(headers: Headers) -> tuple[Person, tuple[Person, ...]]:
    """The sender, and all whom the headers name (sender first), each once."""
    senders = _people(values(headers, "from", "sender", "reply-to"))
    others = _people(values(headers, "to", "cc", "bcc"))
    everyone = tuple(dict.fromkeys([*senders, *others]))
    return (senders[0] if senders else Person("", "")), everyone


def read_ids(headers: Headers) -> tuple[str, tuple[str, ...]]:
    """The mail's own identifier ("" for none), and those of the mails it answers, oldest first."""
    own = _ID.search(first(headers, "message-id"))
    referred = _ID.findall(" ".join(values(headers, "references")))[:_MOST_IDS]
    answered = _ID.findall(first(headers, "in-reply-to"))[:1]
    message_id = own[1] if own else "".join(first(headers, "message-id").split())
    references = dict.fromkeys([*referred, *(one for one in answered if one not in referred)])
    return _printable(message_id), tuple(_printable(one) for one in references if one != message_id)


def read_clock(headers: Headers) -> tuple[Clock, str]:
    """When the mail was sent: by its date, else by when it was received; and what is doubtful."""
    sent = parse_clock(first(headers, "date"))
    came = next(
        (clock for value in values(headers, "received") if (clock := _received(value))[0]),
        ("", 0.0),
    )
    if not sent[0]:
        return came, "no date of its own: when it was received stands for it" if came[0] else ""
    if came[0] and abs(sent[1] - came[1]) > _LATE * _DAY:
        return sent, f"its date is more than {_LATE} days from when it was received"
    return sent, ""


def parse_clock(value: str) -> Clock:
    """A date of RFC 5322, or the older ways that name the month; ("", 0.0) for any other.

    The clock is kept as written; its zone only orders mails. A date in figures alone is not read.
    """
    text = value.encode("ascii", "ignore").decode()[:200]
    try:
        parsed = parsedate_tz(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        parsed = None
    if parsed is None:
        return "", 0.0
    year, month, day, hour, minute, second = parsed[:6]
    year += 1900 if 100 <= year < 1000 else 0  # RFC 5322, 4.3: some programs count from 1900
    half = _HALF_DAY.search(text)
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half[1].lower() == "p" else 0)
    # A second that was put in to keep up with the sun is the one before.
    written = f"{year:04d}-{month:02d}-{day:02d} {hour:02d}:{minute:02d}:{min(second, 59):02d}"
    read = read_date(written) if second <= 60 else None
    if read is None:
        return "", 0.0
    return written, _instant(read, parsed[9])


def _instant(read: datetime, zone: int | None) -> float:
    if zone is not None and abs(zone) > _DAY:
        zone = None
    return float(mktime_tz((*read.timetuple()[:9], zone or 0)))


def _received(value: str) -> Clock:
    return parse_clock(value.rpartition(";")[2])


def _people(lists: Iterable[str]) -> list[Person]:
    found = []
    for written in lists:
        for name, address in _addresses(written):
            person = Person(decode_header(name)[0], decode_header(address)[0])
            if person.name or person.address:
                found.append(person)
    return found


def _addresses(written: str) -> list[tuple[str, str]]:
    """Pairs of name and address; addresses alone where the header cannot be taken apart."""
    if len(written) <= _LONGEST_LIST:
        try:
            return getaddresses([written])
        except (ValueError, IndexError, TypeError, AttributeError, RecursionError):
            pass
    return [("", address) for address in _ADDRESS.findall(written)]


def _printable(text: str) -> str:
    return text.encode("ascii", "backslashreplace").decode()
