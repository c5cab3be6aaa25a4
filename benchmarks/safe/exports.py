"""Everything that a file which left the workbench says, as plain texts to search."""

from __future__ import annotations

import base64
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SHARED = "plotly.min.js"
"""The drawing library beside the figures: not written by the workbench."""

_TAG = re.compile(r"<[^>]*>")
_INLINE = re.compile(r"data:[\w/+.-]*(?:;charset=[\w-]+)?;base64,([A-Za-z0-9+/=\s]+)")
_WORD = re.compile(r"[^\W_]+")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PNG = b"\x89PNG\r\n\x1a\n"
_ZIPPED = (".docx", ".xlsx", ".ods", ".zip")


def files_in(folder: Path) -> list[Path]:
    """The exported files of ``folder``, in order."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.name != SHARED)


def texts_of(path: Path) -> Iterator[str]:
    """What one file says: as it lies there, without its markup, and what is packed inside it."""
    yield from texts_in(path.name, path.read_bytes())


def texts_in(name: str, content: bytes) -> Iterator[str]:
    """As ``texts_of``, of a file's name and bytes."""
    suffix = Path(name).suffix.lower()
    if suffix in _ZIPPED:
        yield from _parts(content)
    elif suffix == ".png" or content.startswith(_PNG):
        yield from _chunks(content)
    elif suffix == ".pdf":
        yield from _streams(content)
    elif suffix == ".ipynb":
        yield from _strings(json.loads(content))
    else:
        yield from _marked_up(content.decode("utf-8", "replace"))


def words_of(text: str) -> list[str]:
    """The words and numbers of a text, without regard to casing, apostrophes left out."""
    plain = text.replace("\u2019", "'").replace("'", "").casefold()
    return _WORD.findall(plain)


def _marked_up(text: str) -> Iterator[str]:
    """A text of any kind: with its tags, and without, as a tag may stand inside a name."""
    packed = [match[1] for match in _INLINE.finditer(text)]
    plain = html.unescape(_INLINE.sub(" ", text))
    yield plain
    if "<" in text:
        shown = _INLINE.sub(" ", text)
        yield html.unescape(_TAG.sub(" ", shown))
        yield html.unescape(_TAG.sub("", shown))
    if "\\u" in plain:
        yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), plain)
    for part in packed:
        yield from texts_in("inline", base64.b64decode("".join(part.split())))


def _parts(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            yield member.filename
            yield from texts_in(member.filename, archive.read(member))


def _chunks(content: bytes) -> Iterator[str]:
    """What a PNG says beside its pixels: every chunk but the picture itself, unpacked."""
    at = len(_PNG)
    while at + 8 <= len(content):
        size, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        data = content[at + 8 : at + 8 + size]
        if kind != b"IDAT":
            yield data.decode("latin-1")
            for start in [place for place, byte in enumerate(data) if byte == 0x78][:8]:
                try:
                    yield zlib.decompress(data[start:]).decode("utf-8", "replace")
                except zlib.error:
                    continue
        at += 12 + size


def _streams(content: bytes) -> Iterator[str]:
    """What a PDF says beside its letters, which are numbers of signs: titles, alternative texts."""
    for match in _STREAM.finditer(content):
        try:
            part = zlib.decompressobj().decompress(match[1])
        except zlib.error:
            part = match[1]
        yield part.decode("latin-1")
        # Words outside the letters of a page are UTF-16.
        yield part.replace(b"\0", b"").decode("latin-1")


def _strings(value: Any) -> Iterator[str]:
    """Every string of a JSON value, HTML among them without its tags too."""
    if isinstance(value, str):
        yield from _marked_up(value)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield str(name)
            yield from _strings(inner)
    elif isinstance(value, list):
        # A notebook keeps a text as a list of its lines.
        if value and all(isinstance(line, str) for line in value):
            yield from _marked_up("".join(value))
        for inner in value:
            yield from _strings(inner)
