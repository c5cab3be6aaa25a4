"""The parts of a mail brought into one text, and mails made to do harm."""

from __future__ import annotations

import time
from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.cases.mail import LARGEST_TEXT, Mail, UnreadableMail
from workbench.cases.mail_parts import parse_mail

HEAD = "From: a@x.example\r\nDate: Fri, 3 May 2024 10:01:22 +0100\r\n"


def make(body: str, *headers: str) -> bytes:
    return (HEAD + "".join(f"{one}\r\n" for one in headers) + "\r\n" + body).encode()


def multipart(kind: str, *parts: str, boundary: str = "b1") -> str:
    inner = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f"Content-Type: multipart/{kind}; boundary={boundary}\r\n\r\n{inner}--{boundary}--\r\n"


def whole(kind: str, *parts: str) -> Mail:
    return parse_mail((HEAD + multipart(kind, *parts)).encode())


PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\nplain words"
HTML = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>html words</p>"
IMAGE = "Content-Type: image/png; name=jane.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBO"


@pytest.mark.parametrize(
    ("kind", "parts", "text", "attachments"),
    [
        ("alternative", (PLAIN, HTML), "plain words", ()),
        ("alternative", (HTML, PLAIN), "plain words", ()),
        ("alternative", ("Content-Type: text/plain\r\n\r\n \r\n", HTML), "html words", ()),
        ("mixed", (PLAIN, HTML, IMAGE), "plain words\n\nhtml words", ("image/png",)),
        (
            "alternative",
            (PLAIN, multipart("related", HTML, IMAGE, boundary="b2")),
            "plain words",
            ("image/png",),
        ),
        (
            "mixed",
            (PLAIN, "Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nno"),
            "plain words",
            ("text/plain",),
        ),
        ("mixed", (IMAGE, IMAGE), "", ("image/png", "image/png")),
        ("mixed", (PLAIN, "Content-Type: jane/smith\r\n\r\nx"), "plain words", ("unknown type",)),
    ],
)
def test_what_is_text_and_what_is_attached(
    kind: str, parts: tuple[str, ...], text: str, attachments: tuple[str, ...]
) -> None:
    mail = whole(kind, *parts)
    assert mail.text == text
    assert mail.attachments == attachments
    assert ("it holds no text" in mail.notes) == (not text)


def test_a_mail_within_the_mail_is_passed_on_with_its_headers() -> None:
    inner = "From: Pat <p@x.example>\r\nSubject: =?utf-8?q?The_p=C3=A2ge?=\r\n\r\nIt mocks us."
    mail = whole("mixed", PLAIN, f"Content-Type: message/rfc822\r\n\r\n{inner}")
    assert mail.text == (
        "plain words\n\n---------- Forwarded message ----------\n"
        "From: Pat <p@x.example>\nSubject: The pâge\n\nIt mocks us."
    )


def test_charsets_and_encodings() -> None:
    body = "caf=E9 =\r\nau lait"
    mail = parse_mail(
        make(
            body,
            "Content-Type: text/plain; charset=iso-8859-1",
            "Content-Transfer-Encoding: quoted-printable",
        )
    )
    assert (mail.text, mail.notes) == ("café au lait", ())
    mail = parse_mail(make("hello", "Content-Type: text/plain; charset=klingon"))
    assert mail.text == "hello"
    assert mail.notes == ("the charset klingon is unknown: read as ascii",)
    mail = parse_mail(make("YWJj!", "Content-Transfer-Encoding: base64"))
    assert "its encoding (base64) is damaged" in mail.notes
    declared = "<meta charset='windows-1251'><p>\u0414\u0430</p>".encode("cp1251")
    page = HEAD.encode() + b"Content-Type: text/html\r\n\r\n" + declared
    assert parse_mail(page).text == "\u0414\u0430"


def test_the_text_of_a_well_made_mail_is_whole() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "Zoë <z@x.example>", "Ünïcode " * 20
    text = "One\n\n  indented, café\n\u201cquoted\u201d \U0001f600\n" * 30
    message.set_content(text)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="jane.pdf")
    mail = parse_mail(message.as_bytes())
    assert mail.text.strip() == text.strip()
    assert mail.subject == ("Ünïcode " * 20).strip()
    assert mail.attachments == ("application/pdf",)


def test_a_machines_answer_is_known() -> None:
    assert parse_mail(make("x", "Auto-Submitted: auto-replied")).automatic
    assert not parse_mail(make("x", "Auto-Submitted: no")).automatic


def _nested(depth: int) -> bytes:
    head = "".join(
        f"Content-Type: multipart/mixed; boundary=b{at}\r\n\r\n--b{at}\r\n" for at in range(depth)
    )
    return (HEAD + head + "\r\ntext").encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no headers"),
        (b"\r\n\r\nwords alone", "no headers"),
        (_nested(30), "deep"),
        (_nested(5000), "parts"),
        ((HEAD + multipart("mixed", *[PLAIN] * 600)).encode(), "more than 500 parts"),
        (make("x" * (LARGEST_TEXT + 1)), "longer than"),
        (b"A: b\r\n\r\n" + b"x" * 60_000_001, "larger than"),
    ],
    ids=["nothing", "no headers", "deep", "deeper", "many", "long", "large"],
)
def test_what_would_harm_is_set_aside_soon(data: bytes, reason: str) -> None:
    start = time.process_time()
    with pytest.raises(UnreadableMail, match=reason):
        parse_mail(data)
    assert time.process_time() - start < 20


@given(st.binary(max_size=400))
def test_any_bytes_are_a_mail_or_not(data: bytes) -> None:
    for content in (data, HEAD.encode() + data, HEAD.encode() + b"\r\n" + data):
        with suppress(UnreadableMail):
            mail = parse_mail(content)
            f"{mail.text}{mail.subject}{mail.sent}".encode()


LINES = st.sampled_from(
    ["Content-Type: multipart/mixed; boundary=b1", "Content-Type: multipart/alternative",
     'Content-Type: multipart/digest; boundary="b1', "Content-Type: message/rfc822",
     "Content-Type: message/delivery-status", "Content-Type: text/html; charset=\"", "--b1",
     "--b1--",
     "Content-Type: text/plain; charset*=utf-8''utf%2D8", "Content-Type: ; charset=x", "",
     "Content-Type: text/plain; charset==?utf-8?q?x?=", "Content-Transfer-Encoding: base64", "====",
     "Content-Transfer-Encoding: x-uuencode", "begin 644 a", "M", "Content-Disposition: \udce9",
     "Content-Type: text/\udce9; charset=\udce9", "Subject: =?utf-8?b?w?=", "From: (((", "x: y",
     "Message-ID: <", "References: <a> <b", "Date: 1 1 1 1 1", "From a Mon May 3 10:01:22 2021",
     "<p>\udce9", "Content-Type: text/plain; name*0*=x; name*1=y; name*0=\"z", " folded",
     "caf\udce9"]
)  # fmt: skip


@given(st.lists(LINES, max_size=25), st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_tree_of_parts_is_a_mail_or_not(lines: list[str], ending: str) -> None:
    data = ending.join(["From: a@x.example", *lines]).encode("utf-8", "surrogateescape")
    with suppress(UnreadableMail):
        mail = parse_mail(data)
        f"{mail.text}{mail.subject}{mail.notes}{mail.attachments}{mail.people}".encode()
