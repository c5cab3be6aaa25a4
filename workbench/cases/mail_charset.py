"""The bytes of a mail as characters: no byte is dropped or replaced, each doubt is noted."""

from __future__ import annotations

import base64
import binascii
import codecs
import quopri
import re

_STEP = 1 << 16
_LEAST = 200  # bytes; on fewer, a guess by statistics is no better than Windows' Western letters
_WESTERN = 0.15  # of the bytes; with fewer beyond ASCII, a text is in Latin letters

# A name that says less than what is written under it: the fuller set reads the same characters.
_FULLER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "cp950",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
# Codecs of Python that decode text and are no character sets of mail.
_NOT_MAIL = frozenset(("unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined"))
_C1 = re.compile("[\x80-\x84\x86-\x9f]")
_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_UTF8_CHARACTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(rb"[\x80-\xff]")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)[ \t\r\n]+(?==\?)")
# What a byte that fits no character stands for, by way of a lone surrogate.
_STRAY = {
    0xDC00 + byte: bytes([byte]).decode(
        "cp1252" if byte not in b"\x81\x8d\x8f\x90\x9d" else "latin-1"
    )
    for byte in range(0x80, 0x100)
}

Decoded = tuple[str, str]
"""The characters, and what is to be said of them: "" where they are as declared."""


def decode_bytes(data: bytes, declared: str | None = None) -> Decoded:
    """``data`` by the charset ``declared``, else UTF-8, else the likeliest.

    The note says where the charset declared is unknown or does not fit, and what was used instead,
    or that none was declared and it was guessed.
    """
    name = _known(declared) if declared else None
    said = _name(declared) if declared else ""
    if name is not None:
        try:
            text = data.decode(name)
        except UnicodeError:
            text = ""
        else:
            if name != "iso8859-1" or not _C1.search(text):
                return text, ""
        found, used = _by_fuller(data, name) or _by_looks(data)
        return found, f"the charset {said} does not fit: read as {used}"
    text, used = _by_looks(data)
    if declared:
        return text, f"the charset {said} is unknown: read as {used}"
    return text, "" if used in ("ascii", "utf-8") else f"no charset is declared: read as {used}"


def decode_header(raw: str) -> Decoded:
    """A header's value as the parser keeps it (bytes as lone surrogates), with encoded words."""
    text, note = decode_bytes(raw.encode("utf-8", "surrogateescape"))
    unfolded = re.sub(r"[\r\n]+(?=[ \t])", "", text)
    text = re.sub(r"[\r\n]+", " ", unfolded)
    if "=?" not in text:
        return text.strip(), note
    notes = [note]
    pieces: list[str] = []
    waiting, charset = b"", ""
    last = 0
    text = _BETWEEN_WORDS.sub(r"\1", text)
    for word in _WORD.finditer(text):
        data = _unpacked(word[3], word[2])
        apart = word.start() > last or word[1].lower() != charset
        # A character may be cut in two by the end of a word: words in a row are read together.
        if apart or data is None:
            pieces.append(_flush(waiting, charset, notes))
            waiting = b""
        pieces.append(text[last : word.start()])
        if data is None:
            pieces.append(word[0])
            notes.append("an encoded word of a header is damaged")
        else:
            waiting += data
        charset, last = word[1].lower(), word.end()
    pieces += [_flush(waiting, charset, notes), text[last:]]
    return " ".join("".join(pieces).splitlines()).strip(), "; ".join(filter(None, notes))


def show_controls(text: str) -> Decoded:
    """Control characters, which no report can print, as what stands for them: "␀", a code."""
    if not _UNFIT.search(text):
        return text, ""
    return _UNFIT.sub(_shown, text), "it holds control characters, written out"


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _flush(data: bytes, charset: str, notes: list[str]) -> str:
    text, note = decode_bytes(data, charset.split("*")[0] or None) if data else ("", "")
    notes.append(note)
    return text


def _unpacked(content: str, way: str) -> bytes | None:
    """The bytes of an encoded word, or None where they cannot be had."""
    data = content.encode("utf-8", "surrogateescape")
    if way in "qQ":
        return quopri.decodestring(data, header=True)
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4), validate=True)
    except binascii.Error:
        return None


def _known(declared: str) -> str | None:
    """Python's name of a charset that text in mail may have."""
    try:
        info = codecs.lookup(declared.strip("\"' "))
    except (LookupError, ValueError):
        return None
    name = info.name
    is_text = getattr(info, "_is_text_encoding", True)
    return name if is_text and name.replace("-", "_") not in _NOT_MAIL else None


def _name(declared: str) -> str:
    """A charset's name fit to be printed: nothing of a mail's content gets into a note with it."""
    return re.sub(r"[^A-Za-z0-9_.:-]", "", declared)[:30] or "given"


def _by_fuller(data: bytes, name: str) -> Decoded | None:
    fuller = _FULLER.get(name)
    if fuller is None or (name == "ascii" and _is_mostly_utf8(data)):
        return None
    try:
        return data.decode(fuller), fuller
    except UnicodeError:
        return None


def _by_looks(data: bytes) -> Decoded:
    """UTF-8 if it is, or mostly is; else Western letters or what charset-normalizer finds."""
    try:
        return data.decode("utf-8"), "ascii" if data.isascii() else "utf-8"
    except UnicodeError:
        pass
    if _is_mostly_utf8(data):
        return data.decode("utf-8", "surrogateescape").translate(_STRAY), "utf-8, some as cp1252"
    sample = data[:_STEP]
    if len(data) >= _LEAST and len(_HIGH.findall(sample)) > _WESTERN * len(sample):
        from charset_normalizer import from_bytes

        guess = from_bytes(data[: 8 * _STEP]).best()
        if guess is not None and guess.encoding != "utf_8":
            try:
                return data.decode(guess.encoding), guess.encoding
            except UnicodeError:
                pass
    return data.decode("ascii", "surrogateescape").translate(_STRAY), "cp1252"


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether more of the bytes beyond ASCII make whole UTF-8 characters than not."""
    whole = sum(map(len, _UTF8_CHARACTER.findall(data)))
    return whole > len(_HIGH.findall(data)) - whole
