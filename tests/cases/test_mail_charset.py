"""Bytes of mail as characters: nothing lost, every doubt said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.cases.mail_charset import decode_bytes, decode_header, show_controls

CYRILLIC = "Помогите, пожалуйста: ученики создали страницу об учителе. " * 5


@pytest.mark.parametrize(
    ("data", "declared", "text", "note"),
    [
        (b"plain", None, "plain", ""),
        ("café".encode(), None, "café", ""),
        ("café".encode("latin-1"), "iso-8859-1", "café", ""),
        ("café".encode(), "UTF-8", "café", ""),
        ("日本".encode("iso2022_jp"), "ISO-2022-JP", "日本", ""),
        (b"it\x92s", "iso-8859-1", "it’s", "iso-8859-1 does not fit: read as cp1252"),
        (b"it\x92s", "us-ascii", "it’s", "us-ascii does not fit: read as cp1252"),
        ("it’s café".encode(), "us-ascii", "it’s café", "us-ascii does not fit: read as utf-8"),
        (b"it\x92s", None, "it’s", "no charset is declared: read as cp1252"),
        (b"caf\xe9", "default_charset", "café", "default_charset is unknown: read as cp1252"),
        (b"plain", "default", "plain", "default is unknown: read as ascii"),
        (b"a\\u0041", "unicode_escape", "a\\u0041", "unicode_escape is unknown: read as ascii"),
        (b"aGk=", "base64", "aGk=", "base64 is unknown"),
        ("é à ü".encode() + b"\x92", "utf-8", "é à ü’", "utf-8 does not fit: read as utf-8, some"),
        (
            "\u4f60\u3007".encode("gb18030"),
            "gb2312",
            "你〇",
            "gb2312 does not fit: read as gb18030",
        ),
        (CYRILLIC.encode("cp1251"), None, CYRILLIC, "no charset is declared: read as cp1251"),
    ],
)
def test_each_charset_is_read_or_doubted(
    data: bytes, declared: str | None, text: str, note: str
) -> None:
    found, said = decode_bytes(data, declared)
    assert found == text
    assert note in said if note else said == ""


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "latin-1", "ascii", "big5", "x\0"]))
def test_any_bytes_are_read_and_none_is_replaced(data: bytes, declared: str | None) -> None:
    text, note = decode_bytes(data, declared)
    assert (
        "\ufffd" not in text or "\ufffd".encode() in data or declared == "big5" or "read as" in note
    )
    assert (data == b"") == (text == "")
    shown, _ = show_controls(text)
    shown.encode("utf-8")


@given(st.binary(max_size=200))
def test_western_guesses_keep_every_byte(data: bytes) -> None:
    text, note = decode_bytes(data)
    if note.endswith(": read as cp1252"):
        assert len(text) == len(data)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("plain words", "plain words"),
        ("folded\r\n words", "folded words"),
        ("=?utf-8?q?caf=C3=A9_two?= three", "café two three"),
        ("=?utf-8?B?Y2Fmw6k=?=", "café"),
        ("=?utf-8?q?caf=C3?=\r\n =?utf-8?q?=A9?=", "café"),
        ("=?iso-8859-1?q?caf=E9?= and =?utf-8?q?=C3=A9?=", "café and é"),
        ("=?utf-8*en?q?hi?=", "hi"),
        ("=?utf-8?b?%%%?= x", "=?utf-8?b?%%%?= x"),
        ("caf\udce9", "café"),
        ("=?utf-8?q?two=0Alines?=", "two lines"),
        ("=?nonsense?q?caf=E9?=", "café"),
    ],
)
def test_headers(raw: str, text: str) -> None:
    assert decode_header(raw)[0] == text


def test_what_is_doubtful_in_a_header_is_said() -> None:
    assert "nonsense is unknown" in decode_header("=?nonsense?q?caf=E9?=")[1]
    assert "damaged" in decode_header("=?utf-8?b?%%%?=")[1]
    assert decode_header("=?utf-8?q?fine?=")[1] == ""


@given(st.text(max_size=100))
def test_any_header_is_read(text: str) -> None:
    raw = text.encode("utf-8", "replace").decode("ascii", "surrogateescape")
    found, _ = decode_header(raw)
    found.encode("utf-8")
    assert "\n" not in found


def test_control_characters_are_shown_and_said() -> None:
    assert show_controls("a\tb\nc") == ("a\tb\nc", "")
    text, note = show_controls("a\x00b\x7fc\x9fd\ud800e\x1ff")
    assert text == "a␀b␡c\\x9fd\\ud800e␟f"
    assert note
