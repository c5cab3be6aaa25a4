"""A file's bytes, within a limit, and the text that they stand for."""

from __future__ import annotations

import codecs
import re
import zlib
from pathlib import Path

from workbench.errors import SourceError

LARGEST_FILE = 300_000_000
"""Bytes, unpacked. A hundred thousand long enquiries take half of it."""

_STEP = 1 << 20
_CUT_OFF = "\udc80"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UTF8_CHARACTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH_BYTES = re.compile(rb"[\x80-\xff]")
_SINGLE_BYTE = ("cp1252", "mac_roman", "cp850")
# What British text holds beyond ASCII; the encoding that finds most of it is the likeliest.
_EXPECTED = frozenset("‘’“”–—…•£€°½¼©®™·×´\u00a0éèêëçàâäáãåöüúùóòôõíìïîñøæßÉÁÖÜŵŷ")


def load_bytes(path: Path) -> bytes:
    """What the file holds, unpacked if its name ends in .gz.

    Raises ``SourceError`` for a folder, a damaged .gz, and more than ``LARGEST_FILE`` bytes; a
    .gz is unpacked step by step, so that a small file cannot fill the memory.
    """
    if path.is_dir():
        raise SourceError(f"{path} is a folder. Give the path of a file in it.")
    if path.stat().st_size > LARGEST_FILE:
        raise too_large(path)
    data = path.read_bytes()
    return _unpack(data, path) if path.suffix.lower() == ".gz" else data


def too_large(path: Path) -> SourceError:
    """The refusal of a file that is larger than ``LARGEST_FILE``."""
    return SourceError(
        f"{path} holds more than {LARGEST_FILE // 1_000_000} MB, unpacked. Export fewer rows a "
        "file, and name each file under [[sources]]."
    )


def _unpack(data: bytes, path: Path) -> bytes:
    """All members of a gzip file, one after another."""
    parts: list[bytes] = []
    size = 0
    while data:
        member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            while not member.eof:
                part = member.decompress(data, _STEP)
                data = member.unconsumed_tail
                size += len(part)
                parts.append(part)
                if size > LARGEST_FILE:
                    raise too_large(path)
                if not part and not data and not member.eof:
                    raise zlib.error("cut off")
        except zlib.error:
            raise SourceError(f"{path} is not a whole gzip file. Compress it again.") from None
        data = member.unused_data.lstrip(b"\0")
    return b"".join(parts)


def decode(data: bytes, *, path: Path, encoding: str | None = None) -> tuple[str, str]:
    """Bytes as text, and the encoding: the one given, else what the bytes themselves show.

    Bytes that do not fit become lone surrogates (U+DC80-U+DCFF), so that the row they stand in can
    be set aside; nothing is replaced or dropped. A file is UTF-8 where more of its characters
    beyond ASCII are well-formed UTF-8 than not. Raises ``SourceError`` for an unknown encoding.
    """
    name = encoding or find_encoding(data)
    width = 2 if "16" in name else 4 if "32" in name else 1
    whole = len(data) - len(data) % width
    try:
        text = data[:whole].decode(name, "surrogateescape" if width == 1 else "surrogatepass")
    except UnicodeError:
        raise SourceError(
            f"{path} is not written in {name}. Leave 'encoding' out to have it found."
        ) from None
    except (LookupError, ValueError):
        raise SourceError(
            f"{path}: there is no encoding '{encoding}'. Try utf-8 or cp1252."
        ) from None
    return text + _CUT_OFF * (whole < len(data)), name


def find_encoding(data: bytes) -> str:
    """What ``data`` is written in, by its byte order mark, its noughts, or its high bytes."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    sample = data[:_STEP]
    if sample.count(0) > len(sample) / 5:
        first, second = sample[::2].count(0), sample[1::2].count(0)
        if max(first, second) > 9 * min(first, second):
            return "utf-16-le" if second > first else "utf-16-be"
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        whole = _UTF8_CHARACTER.findall(data)
        astray = len(_HIGH_BYTES.findall(data)) - sum(map(len, whole))
        return "utf-8" if len(whole) > astray else _likeliest(data)


def _likeliest(data: bytes) -> str:
    """Of the encodings with one byte a character, the first that gives most that one expects."""
    high = b"".join(_HIGH_BYTES.findall(data[: 8 * _STEP]))

    def expected(name: str) -> int:
        return sum(letter in _EXPECTED for letter in high.decode(name, "surrogateescape"))

    return max(_SINGLE_BYTE, key=expected)
