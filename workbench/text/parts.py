"""The parts of a message: own words, and what mail programs and other people put around them.

Each character of a text belongs to one part. Nothing is changed or dropped: the parts, put
together, are the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from workbench.text import marks
from workbench.text.inputs import Texts, as_texts

if TYPE_CHECKING:
    import pandas as pd

PartName = Literal["own", "banner", "quoted", "forwarded", "signature", "disclaimer", "header"]
Span = tuple[int, int]

FEWEST_WORDS = 5
"""With fewer words before it, a mail passed on has no note to speak of."""

_LONGEST_SIGNATURE = 14
_LONGEST_SIGNATURE_LINE = 12

OWN, BANNER, QUOTED, FORWARDED, SIGNATURE, DISCLAIMER, HEADER, QUOTED_LINE = range(8)
"""How ``Layout.codes`` writes the part of a character; lines marked ">" have their own."""

_NAMES: tuple[PartName, ...] = (
    "own",
    "banner",
    "quoted",
    "forwarded",
    "signature",
    "disclaimer",
    "header",
    "quoted",
)
PARTS = _NAMES[: HEADER + 1]
"""The names of the parts."""

_LINE = re.compile(r"\S[^\n]*")
_LETTER = re.compile(r"[^\n]")
_RUN = re.compile(rb"(.)\1*", re.DOTALL)


class Part(NamedTuple):
    """A stretch of a text, end exclusive, and what it is."""

    start: int
    end: int
    part: PartName


@dataclass(frozen=True)
class Layout:
    """One code a character of ``copy``, the words before any other mail, whether it is a reply."""

    copy: str
    codes: bytes
    note: int
    reply: bool

    def spans(self, codes: set[int]) -> list[Span]:
        """Where characters of those codes stand, in order, without spaces at either end."""
        chosen = self.codes.translate(_wanted(frozenset(codes)))
        runs = (run.span() for run in _RUN.finditer(chosen) if run[0][0])
        return [span for run in runs if (span := trimmed(self.copy, *run))]


@cache
def _wanted(codes: frozenset[int]) -> bytes:
    """What each byte of ``Layout.codes`` turns into: 1 for ``codes``, 0 for all others."""
    return bytes(code in codes for code in range(256))


def split_parts(text: str) -> tuple[Part, ...]:
    """The parts of ``text`` in order; each starts where the one before ends.

    "quoted" is of a mail that is answered, "forwarded" of one that is passed on; "header" are the
    lines that a mail program puts above either. Space after a part belongs to it.
    """
    parts: list[Part] = []
    for run in _RUN.finditer(lay_out(text).codes):
        start, end = run.span()
        filled = start + len(text[start:end]) - len(text[start:end].lstrip())
        name = _NAMES[run[0][0]]
        if parts:
            last = parts.pop()
            same = name == last.part or filled == end
            parts.append(last._replace(end=end if same else filled))
            if same:
                continue
        elif filled == end < len(text):
            continue
        parts.append(Part(parts[-1].end if parts else 0, end, name))
    return tuple(parts)


def split_texts(texts: Texts) -> pd.DataFrame:
    """The parts of many texts: one row a part.

    Columns: text_id (position, or the index of a Series), part, start, end (characters, end
    exclusive), text. Joined in order, the texts of one text_id are that text.
    """
    import pandas as pd

    given, ids = as_texts(texts)
    rows = [
        (text_id, part, start, end, text[start:end])
        for text_id, text in zip(ids, given, strict=True)
        for start, end, part in split_parts(text)
    ]
    columns = ["text_id", "part", "start", "end", "text"]
    dtypes = {"part": "str", "start": "int64", "end": "int64", "text": "str"}
    return pd.DataFrame(rows, columns=pd.Index(columns)).astype(dtypes)


def lay_out(text: str) -> Layout:
    """Which part each character of ``text`` belongs to."""
    copy = marks.plain(text)
    aside = [(match.span(), BANNER) for match in marks.BANNER.finditer(copy)]
    aside += [(match.span(), DISCLAIMER) for match in marks.DISCLAIMER.finditer(copy)]
    seen = _blank(copy, [span for span, _ in aside])
    head = marks.QUOTED_HEAD.search(seen)
    border = head.start() if head else len(copy)
    note = len(seen[:border].split())
    reply = head is not None and _answers(copy, head)
    headers = _headers(copy, border) if head else []
    marked = copy[_end_of(headers, border, copy) :].lstrip().startswith(">")

    lines = FORWARDED if marked and not reply else QUOTED_LINE
    over = [(match.span(), lines) for match in marks.QUOTED_LINES.finditer(copy)]
    over += [(span, HEADER) for span in headers]
    over += aside
    tail = (border, len(copy))
    under = [] if marked else [(tail, QUOTED if reply else FORWARDED)]
    # The sender of a mail that is answered signs in what is quoted.
    hidden = [span for span, _ in over] + ([tail] if under and reply and note else [])
    rest = _blank(copy, hidden)
    under += [
        (span, SIGNATURE)
        for start, end in ((0, border), tail)
        for span in _signature(rest, start, end)
    ]
    return Layout(copy, _paint(len(copy), under + over), note, reply)


def trimmed(copy: str, start: int, end: int) -> Span | None:
    """The span without the spaces at either end; None where there is nothing else."""
    piece = copy[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = left + len(piece.strip())
    return (left, right) if right > left else None


def _answers(copy: str, head: re.Match[str]) -> bool:
    """Whether the mail below ``head`` is answered rather than passed on."""
    if marks.PASSED_ON.match(copy, head.start()):
        return False
    return marks.REPLY.search(copy, head.start()) is not None


def _headers(copy: str, border: int) -> list[Span]:
    """Lines of headers at ``border`` and below it."""
    found = [match.span() for match in marks.HEADER_LINE.finditer(copy, border)]
    return sorted(found + [match.span() for match in marks.HEADER_BLOCK.finditer(copy, border)])


def _end_of(headers: list[Span], border: int, copy: str) -> int:
    """Where the headers that start at ``border`` end."""
    at = border
    for start, end in headers:
        if start <= at or not copy[at:start].strip():
            at = max(at, end)
    return at


def _signature(rest: str, start: int, end: int) -> list[Span]:
    """From the sign-off to the end, or to a postscript, if only short lines follow it."""
    copy = rest[start:end]
    first = len(copy) - len(copy.lstrip())
    dashes = marks.DASH_SIGNATURE.search(copy)
    if dashes and dashes.start() > first:
        return [(start + dashes.start(), end)]
    postscripts = [match.start() for match in marks.POSTSCRIPT.finditer(copy)] + [len(copy)]
    for match in marks.SIGN_OFF.finditer(copy):
        if match.start() <= first:
            continue
        last = postscripts[bisect_left(postscripts, match.end())]
        lines = _LINE.finditer(copy, match.end(), last)
        below = [line[0] for line in islice(lines, _LONGEST_SIGNATURE + 1)]
        short = all(len(line.split()) <= _LONGEST_SIGNATURE_LINE for line in below)
        if short and len(below) <= _LONGEST_SIGNATURE:
            # Thanks are the enquirer's own words; the bare courtesy of "regards" is not.
            thanks = "thank" in match[0].lower()
            return [(start + (match.end() if thanks else match.start()), start + last)]
    return []


def _blank(copy: str, spans: list[Span]) -> str:
    """``copy`` with the spans turned into spaces, lines kept, so that places still hold."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        if end > at:
            kept = max(start, at)
            pieces += [copy[at:kept], _LETTER.sub(" ", copy[kept:end])]
            at = end
    return "".join([*pieces, copy[at:]])


def _paint(length: int, layers: list[tuple[Span, int]]) -> bytes:
    """The code of the last layer over each character, ``OWN`` where there is none."""
    codes = bytearray(length)
    for (start, end), code in layers:
        codes[start:end] = bytes([code]) * (end - start)
    return bytes(codes)
