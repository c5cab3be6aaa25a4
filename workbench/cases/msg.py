"""A mail as Outlook saves it (.msg): an OLE file whose properties are read by python-oxmsg."""

from __future__ import annotations

import io
from email.parser import HeaderParser
from email.policy import compat32
from email.utils import format_datetime
from typing import TYPE_CHECKING

from workbench.cases.mail import DEEPEST, LARGEST_MAIL, LARGEST_TEXT, Mail, UnreadableMail
from workbench.cases.mail_charset import decode_bytes
from workbench.cases.mail_headers import Headers
from workbench.cases.mail_html import html_to_text
from workbench.cases.mail_parts import TOO_LARGE, TOO_LONG, as_mail, forwarded_text, media_type

if TYPE_CHECKING:
    from oxmsg import Message
    from oxmsg.storage import Storage

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an OLE file begins."""

# Property identifiers of MS-OXPROPS, and the types of MS-OXCDATA that hold text.
_SUBJECT, _HEADERS, _BODY, _HTML, _RTF = 0x0037, 0x007D, 0x1000, 0x1013, 0x1009
_SUBMITTED, _DELIVERED = 0x0039, 0x0E06
_MESSAGE_ID, _REFERENCES, _IN_REPLY_TO = 0x1035, 0x1039, 0x1042
_SENDER_NAME, _SENDER_ADDRESSES = 0x0C1A, (0x5D01, 0x0C1F)
_NAME, _ADDRESSES, _MIME = 0x3001, (0x39FE, 0x3003), 0x370E
_UNICODE, _BYTES, _BINARY = 0x001F, 0x001E, 0x0102
_EMBEDDED = "__substg1.0_3701000D"

_UNREADABLE = UnreadableMail("it is no whole Outlook mail", "save it again in Outlook")


def parse_msg(data: bytes) -> Mail:
    """The mail in an Outlook file. Raises ``UnreadableMail``."""
    if len(data) > LARGEST_MAIL:
        raise TOO_LARGE
    if not data.startswith(SIGNATURE):
        raise _UNREADABLE
    # olefile and oxmsg raise whatever a torn file leads them to, from KeyError to struct.error.
    try:
        return _mail(_open(data))
    except UnreadableMail:
        raise
    except Exception:  # noqa: BLE001
        raise _UNREADABLE from None


def _open(data: bytes) -> Storage:
    from olefile import OleFileIO  # type: ignore[import-untyped]
    from oxmsg.storage import Storage

    with OleFileIO(io.BytesIO(data)) as file:
        # Many entries may name the same bytes: what they come to is what would be read.
        if sum(entry.size for entry in file.direntries if entry) > 2 * len(data):
            raise _UNREADABLE
        return Storage.from_ole(file)


def _mail(storage: Storage) -> Mail:
    from oxmsg import Message

    notes: list[str] = []
    message = Message(storage)
    reader = _Reader(_codepage(message), notes)
    attachments: list[str] = []
    text = reader.body(storage)
    for one in storage.iter_attachment_storages():
        inner = next((sub for sub in one.storages if sub.name == _EMBEDDED), None)
        if inner is None:
            attachments.append(media_type(reader.text(one, _MIME).lower()))
        else:
            text = f"{text.rstrip()}\n\n{reader.forwarded(inner, 1)}".lstrip("\n")
    headers = _headers(message, storage, reader)
    return as_mail(headers, text, attachments=attachments, notes=notes)


def _codepage(message: Message) -> str | None:
    """The charset of texts that are not Unicode; None where the file names one that is unknown."""
    from oxmsg.domain.model import UnrecognizedCodePageError, UnsupportedEncodingError

    try:
        return message.properties.body_encoding
    except (UnrecognizedCodePageError, UnsupportedEncodingError):
        return None


def _headers(message: Message, storage: Storage, reader: _Reader) -> Headers:
    """The headers as they came, and what only Outlook's properties say."""
    came = HeaderParser(policy=compat32).parsestr(reader.text(storage, _HEADERS).lstrip())
    headers = [(name, value) for name, value in came.raw_items() if isinstance(value, str)]
    given = {name.lower() for name, _ in headers}
    people = [reader.person(one, _NAME, _ADDRESSES) for one in storage.iter_recipient_storages()]
    own = [
        ("Subject", reader.text(storage, _SUBJECT)),
        ("From", reader.person(storage, _SENDER_NAME, _SENDER_ADDRESSES)),
        ("To", ", ".join(filter(None, people))),
        ("Message-ID", reader.text(storage, _MESSAGE_ID)),
        ("References", reader.text(storage, _REFERENCES)),
        ("In-Reply-To", reader.text(storage, _IN_REPLY_TO)),
    ]
    # Bcc stands in no header that came; who is named twice is counted once.
    added = [one for one in own if one[1] and (one[0].lower() not in given or one[0] == "To")]
    if "date" not in given:
        properties = message.properties
        moment = properties.date_prop_value(_SUBMITTED) or properties.date_prop_value(_DELIVERED)
        if moment is not None:
            added.append(("Date", format_datetime(moment)))
            reader.note("its time is that of Greenwich, summer and winter")
    return [*headers, *added]


class _Reader:
    """Texts of an Outlook file, with what is to be said of them."""

    def __init__(self, codepage: str | None, notes: list[str]) -> None:
        self._codepage = codepage
        self._notes = notes

    def note(self, said: str) -> None:
        if said:
            self._notes.append(said)

    def text(self, storage: Storage, identifier: int) -> str:
        """A text property, "" where there is none."""
        data = _stream(storage, identifier, _UNICODE)
        if data is not None:
            whole = len(data) - len(data) % 2
            self.note("a text is cut off" if whole < len(data) else "")
            return data[:whole].decode("utf-16-le", "surrogatepass").rstrip("\0")
        data = _stream(storage, identifier, _BYTES)
        return "" if data is None else self._decoded(data.rstrip(b"\0"))

    def body(self, storage: Storage) -> str:
        """The plain text, else the HTML as text."""
        text = self.text(storage, _BODY)
        if not text.strip():
            data = _stream(storage, _HTML, _BINARY)
            page = self._decoded(data) if data is not None else self.text(storage, _HTML)
            text = html_to_text(page.replace("\r\n", "\n"))
        if not text.strip() and _stream(storage, _RTF, _BINARY) is not None:
            self.note("its text is in Outlook's own format alone, which is not read")
        return text.replace("\r\n", "\n")

    def forwarded(self, storage: Storage, depth: int) -> str:
        """A mail within the mail, and those within that."""
        shown = [
            ("From", self.person(storage, _SENDER_NAME, _SENDER_ADDRESSES)),
            ("Subject", self.text(storage, _SUBJECT)),
        ]
        text = forwarded_text(shown, self.body(storage))
        for one in storage.iter_attachment_storages():
            for inner in one.storages:
                if inner.name == _EMBEDDED and depth < DEEPEST:
                    text += "\n\n" + self.forwarded(inner, depth + 1)
        return text

    def person(self, storage: Storage, name: int, addresses: tuple[int, ...]) -> str:
        """As a header names people."""
        found = [self.text(storage, identifier) for identifier in addresses]
        address = next((one for one in found if "@" in one), "")
        shown = self.text(storage, name).replace('"', "").replace("\\", "")
        return f'"{shown}" <{address}>' if shown or address else ""

    def _decoded(self, data: bytes) -> str:
        text, note = decode_bytes(data, self._codepage)
        self.note(note)
        return text


def _stream(storage: Storage, identifier: int, kind: int) -> bytes | None:
    try:
        data: bytes = storage.property_stream_bytes(identifier, kind)
    except KeyError:
        return None
    if len(data) > 2 * LARGEST_TEXT:
        raise TOO_LONG
    return data
