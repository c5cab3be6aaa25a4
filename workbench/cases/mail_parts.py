"""The parts of a mail brought into one text; what is attached is named by its type alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from workbench.cases.mail import (
    DEEPEST,
    LARGEST_MAIL,
    LARGEST_TEXT,
    MOST_PARTS,
    Mail,
    UnreadableMail,
)
from workbench.cases.mail_charset import decode_bytes, decode_header, show_controls
from workbench.cases.mail_headers import (
    Headers,
    first,
    read_clock,
    read_ids,
    read_people,
    read_subject,
)
from workbench.cases.mail_html import html_to_text

_META = re.compile(rb"(?i)<meta[^>]{0,300}charset\s*=\s*[\"']?([a-z0-9_:.-]{1,40})")
_SHOWN_HEADERS = ("from", "date", "subject", "to", "cc")
_TYPE = re.compile(
    r"(?:application|audio|font|image|message|model|multipart|text|video)/[a-z0-9.+-]{1,80}"
)
_BOUNDARY = re.compile(rb"(?i)boundary")
_DAMAGED = "Base64"
_RAISED = (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError)
"""What the standard library's parser may raise on odd mail, beside what it is said to."""

_TOO_MANY = UnreadableMail(
    f"it has more than {MOST_PARTS} parts", "look at it by itself, and leave it out if it is spam"
)
_TOO_DEEP = UnreadableMail(
    f"its parts lie more than {DEEPEST} deep in one another",
    "look at it by itself, and leave it out if it is spam",
)
TOO_LONG = UnreadableMail(
    f"one of its texts is longer than {LARGEST_TEXT // 1_000_000} MB",
    "look at it by itself: it may be a file sent as text",
)
TOO_LARGE = UnreadableMail(
    f"it is larger than {LARGEST_MAIL // 1_000_000} MB",
    "take out what is attached, and save it again",
)
_MALFORMED = UnreadableMail("it is no well-formed mail", "save it again from the mail program")
_NO_HEADERS = UnreadableMail("it has no headers", "save it again from the mail program")


@dataclass
class _Found:
    """What the parts seen so far gave."""

    attachments: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    parts: int = 0

    def note(self, said: str) -> None:
        if said and said not in self.notes:
            self.notes.append(said)


def parse_mail(data: bytes) -> Mail:
    """The mail that ``data`` holds, as it travels (RFC 5322). Raises ``UnreadableMail``."""
    if len(data) > LARGEST_MAIL:
        raise TOO_LARGE
    if len(_BOUNDARY.findall(data, 0, LARGEST_MAIL)) > 4 * MOST_PARTS:
        raise _TOO_MANY
    try:
        message = BytesParser(policy=compat32).parsebytes(data)
        return _mail(message)
    except _RAISED:
        raise _MALFORMED from None


def as_mail(headers: Headers, text: str, *, attachments: list[str], notes: list[str]) -> Mail:
    """A mail of its headers and of what its parts gave."""
    subject, about_subject = read_subject(headers)
    (sent, instant), about_date = read_clock(headers)
    text, about_text = show_controls(text)
    subject, about_controls = show_controls(subject)
    sender, people = read_people(headers)
    message_id, references = read_ids(headers)
    empty = "" if text.strip() else "it holds no text"
    said = [*notes, empty, about_text, about_subject, about_controls, about_date]
    return Mail(
        text=text,
        subject=subject,
        sent=sent,
        instant=instant,
        sender=sender,
        people=people,
        message_id=message_id,
        references=references,
        attachments=tuple(sorted(attachments)),
        automatic=first(headers, "auto-submitted").strip().lower().startswith("auto-replied"),
        notes=tuple(dict.fromkeys(filter(None, said))),
    )


def _mail(message: Message) -> Mail:
    headers = _headers(message)
    if not headers:
        raise _NO_HEADERS
    found = _Found()
    text = _text_of(message, found, 0)
    return as_mail(headers, text, attachments=found.attachments, notes=found.notes)


def _headers(message: Message) -> list[tuple[str, str]]:
    return [(name, value) for name, value in message.raw_items() if isinstance(value, str)]


def _text_of(part: Message, found: _Found, depth: int) -> str:
    """The text of a part and of all within it, "" for what is attached."""
    found.parts += 1
    if found.parts > MOST_PARTS:
        raise _TOO_MANY
    if depth > DEEPEST:
        raise _TOO_DEEP
    kind = part.get_content_type()
    inner = part.get_payload()
    if isinstance(inner, list):
        children = [child for child in inner if isinstance(child, Message)]
        if kind == "message/rfc822":
            return "\n\n".join(_forwarded(child, found, depth) for child in children)
        if kind.startswith("message/"):
            found.attachments.append(media_type(kind))
            return ""
        if kind == "multipart/alternative":
            return _best(children, found, depth)
        return _joined(_text_of(child, found, depth + 1) for child in children)
    return _leaf(part, kind, found, depth)


def _leaf(part: Message, kind: str, found: _Found, depth: int) -> str:
    """A single part: text that belongs to the mail, or something attached."""
    if kind.startswith("multipart/"):
        found.note("its parts cannot be told apart")
    readable = kind in ("text/plain", "text/html") or kind.startswith("multipart/")
    # What has no parts and is no file is the text itself, whatever it is called.
    readable = readable or (depth == 0 and kind.startswith("text/"))
    if not readable or part.get_content_disposition() == "attachment":
        found.attachments.append(media_type(kind))
        return ""
    return _decoded(part, kind, found)


def _decoded(part: Message, kind: str, found: _Found) -> str:
    payload = part.get_payload()
    if isinstance(payload, str) and len(payload) > LARGEST_TEXT:
        raise TOO_LONG
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    if any(_DAMAGED in type(defect).__name__ for defect in part.defects):
        found.note("its encoding (base64) is damaged")
    declared = part.get_content_charset()
    if declared is None and kind == "text/html" and (meta := _META.search(data, 0, 4096)):
        declared = meta[1].decode("ascii")
    text, note = decode_bytes(data, declared)
    found.note(note)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    return html_to_text(text) if kind == "text/html" else text


def _best(children: list[Message], found: _Found, depth: int) -> str:
    """Of several forms of one text the plain one, else the last that has words."""
    plain = [child for child in children if child.get_content_type() == "text/plain"]
    others = [child for child in children if child.get_content_type() != "text/plain"]
    chosen = ""
    for child in [*plain, *reversed(others)]:
        if chosen.strip():
            _count(child, found, depth + 1)
        else:
            chosen = _text_of(child, found, depth + 1)
    return chosen


def _count(part: Message, found: _Found, depth: int) -> None:
    """What is attached within a form of the text that is not read."""
    if depth > DEEPEST:
        raise _TOO_DEEP
    found.parts += 1
    inner = part.get_payload()
    if isinstance(inner, list):
        for child in inner:
            if isinstance(child, Message):
                _count(child, found, depth + 1)
    elif not part.get_content_type().startswith("text/"):
        found.attachments.append(media_type(part.get_content_type()))


def _forwarded(message: Message, found: _Found, depth: int) -> str:
    """A mail within the mail, under the headers that a mail program would show."""
    headers = _headers(message)
    shown: list[tuple[str, str]] = []
    for name in _SHOWN_HEADERS:
        value, note = decode_header(first(headers, name))
        found.note(note)
        shown.append((name.capitalize(), value))
    return forwarded_text(shown, _text_of(message, found, depth + 1))


def forwarded_text(headers: Headers, text: str) -> str:
    """A mail within a mail as mail programs write it out: a line that says so, headers, text."""
    lines = [f"{name}: {value}" for name, value in headers if value]
    return "\n".join(["---------- Forwarded message ----------", *lines, "", text])


def _joined(texts: Iterable[str]) -> str:
    return "\n\n".join(text.strip("\n") for text in texts if text.strip())


def media_type(kind: str) -> str:
    """A type fit to be printed: nothing that a sender made up."""
    return kind if _TYPE.fullmatch(kind) else "unknown type"
