"""Where mails lie: a folder of files, an mbox, or one file; each mail in turn, in a fixed order."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from workbench.cases.mail import LARGEST_MAIL, Mail, UnreadableMail
from workbench.cases.mail_parts import TOO_LARGE, parse_mail
from workbench.cases.msg import SIGNATURE, parse_msg
from workbench.errors import SourceError

ENDINGS = (".eml", ".msg", ".mbox", ".mbx")
"""How files of mail end. A folder is one too, and so is a file without ending that is an mbox."""

# The line that opens a mail in an mbox: "From ", a sender, and a date with its time and year.
_OPENING = re.compile(rb"From .{0,300}?\b\d{1,2}:\d{2}(?::\d{2})?\b.{0,60}?\b\d{4}\b")
_HEADER = re.compile(rb"[!-9;-~]{1,100}:|>From |\r?\n?\Z")
_ESCAPED = re.compile(rb"(?m)^>(?=>*From )")
_LINE = 1 << 20
_LEFT_BY_SYSTEMS = frozenset(("thumbs.db", "desktop.ini"))

_EMPTY = UnreadableMail("it is empty", "save it again from the mail program")
_NO_MAIL = UnreadableMail(
    "it is no mail", f"take it out of the folder, or save it as one of {', '.join(ENDINGS)}"
)
_CLOSED = UnreadableMail("it cannot be opened", "see whether you may read it")


@dataclass(frozen=True)
class Item:
    """What lies at place ``number`` (from 1) of a source: a mail, or why there is none.

    ``file`` is its path within a folder, else the file's name.
    """

    number: int
    file: str
    mail: Mail | None
    fault: UnreadableMail | None = None


Bytes = bytes | UnreadableMail


def is_mail(path: Path) -> bool:
    """Whether ``path`` is read as mail."""
    if path.is_dir() or path.suffix.lower() in ENDINGS:
        return True
    return not path.suffix and path.is_file() and _is_mbox(_beginning(path))


def kind_of(path: Path) -> str:
    """What ``path`` is, in words."""
    if path.is_dir():
        return "folder of e-mail"
    return "e-mail" if path.suffix.lower() in (".eml", ".msg") else "mailbox (mbox)"


def read_mailbox(path: Path) -> Iterator[Item]:
    """Every mail of ``path`` in turn: an mbox in its order, a folder by the names of its files.

    What is no mail, or cannot be read, is among them with its reason. Raises ``SourceError``
    where ``path`` is not there, or holds nothing.
    """
    if not path.exists():
        raise SourceError(
            f"{path} does not exist. Put the mail there, or mend 'path' under [[sources]]."
        )
    number = 0
    for file, name in _files(path):
        for content, parse in _contents(file):
            number += 1
            yield _item(number, name, content, parse)
    if not number:
        raise SourceError(f"{path} holds no mail. Export the mailbox again.")


def _item(number: int, file: str, content: Bytes, parse: Callable[[bytes], Mail]) -> Item:
    if isinstance(content, UnreadableMail):
        return Item(number, file, None, content)
    try:
        return Item(number, file, parse(content))
    except UnreadableMail as fault:
        return Item(number, file, None, fault)


def _files(path: Path) -> list[tuple[Path, str]]:
    """The files and their names within ``path``, in the order of the names."""
    if not path.is_dir():
        return [(path, path.name)]
    found = [
        (Path(folder, name), Path(folder, name).relative_to(path).as_posix())
        for folder, _, names in os.walk(path)
        for name in names
        if not name.startswith(".") and name.lower() not in _LEFT_BY_SYSTEMS
    ]
    return sorted(found, key=lambda one: one[1])


def _contents(file: Path) -> Iterator[tuple[Bytes, Callable[[bytes], Mail]]]:
    """The mails of one file as bytes, and what reads them."""
    try:
        beginning = _beginning(file)
        if not beginning:
            yield _EMPTY, parse_mail
        elif beginning.startswith(SIGNATURE) or file.suffix.lower() == ".msg":
            yield _whole(file), parse_msg if beginning.startswith(SIGNATURE) else parse_mail
        elif file.suffix.lower() != ".eml" and _is_mbox(beginning):
            for content in split_mbox(file):
                yield content, parse_mail
        elif file.suffix.lower() == ".eml" or (not file.suffix and _HEADER.match(beginning)):
            yield _whole(file), parse_mail
        else:
            yield _NO_MAIL, parse_mail
    except OSError:
        yield _CLOSED, parse_mail


def _beginning(file: Path) -> bytes:
    if not file.is_file():  # a pipe would wait for ever
        return b""
    with file.open("rb") as handle:
        return handle.read(1024)


def _is_mbox(beginning: bytes) -> bool:
    return _OPENING.match(beginning) is not None


def _whole(file: Path) -> Bytes:
    return TOO_LARGE if file.stat().st_size > LARGEST_MAIL else file.read_bytes()


def split_mbox(file: Path) -> Iterator[Bytes]:
    """The mails of an mbox, read line by line, so that its size does not matter.

    A line is an opening one if it looks so in full, stands first or below an empty line, and a
    header follows. Lines that were marked with ">" since they begin with "From " lose the mark.
    """
    lines: list[bytes] = []
    size = 0
    after_blank, at_start = True, True
    with file.open("rb") as handle:
        waiting = handle.readline(_LINE)
        while line := waiting:
            waiting = handle.readline(_LINE)
            opens = at_start and after_blank and _OPENING.match(line) and _HEADER.match(waiting)
            if opens:
                if lines:
                    yield _joined(lines, size)
                lines, size = [], 0
            size += len(line)
            if size <= LARGEST_MAIL:
                lines.append(line)
            after_blank = at_start and not line.strip(b"\r\n")
            at_start = line.endswith(b"\n")
    if lines:
        yield _joined(lines, size)


def _joined(lines: list[bytes], size: int) -> Bytes:
    if size > LARGEST_MAIL:
        return TOO_LARGE
    body = b"".join(lines[1:] if _OPENING.match(lines[0]) else lines)
    return _ESCAPED.sub(b"", body) if body.strip() else _EMPTY
