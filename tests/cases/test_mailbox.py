"""Where mails lie: files, folders, an mbox."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cases.ole import outlook, write_ole
from workbench.cases.mailbox import is_mail, kind_of, read_mailbox, split_mbox
from workbench.errors import SourceError

OPENING = b"From jane@x.example Fri May  3 10:01:22 2024\n"
MAIL = b"From: Jane <jane@x.example>\nDate: Fri, 3 May 2024 10:01:22 +0100\n\nHello\n"


def test_a_folder_is_read_by_the_names_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.eml").write_bytes(MAIL)
    (tmp_path / "a.EML").write_bytes(MAIL)
    (tmp_path / "c.msg").write_bytes(write_ole(outlook({0x1000: "Hello"})))
    (tmp_path / "d.mbox").write_bytes((OPENING + MAIL + b"\n") * 2)
    (tmp_path / "e").write_bytes(MAIL)
    (tmp_path / "f.eml").write_bytes(b"")
    (tmp_path / "g.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "h.msg").write_bytes(b"torn")
    (tmp_path / ".hidden").write_bytes(b"x")
    (tmp_path / "Thumbs.db").write_bytes(b"x")
    items = list(read_mailbox(tmp_path))
    assert [item.file for item in items] == [
        "a.EML", "b/2.eml", "c.msg", "d.mbox", "d.mbox", "e", "f.eml", "g.pdf", "h.msg",
    ]  # fmt: skip
    assert [item.number for item in items] == list(range(1, 10))
    assert [item.mail.text.strip() if item.mail else None for item in items[:6]] == ["Hello"] * 6
    faults = [item.fault.reason for item in items[6:] if item.fault]
    assert faults == ["it is empty", "it is no mail", "it has no headers"]


def test_what_is_mail(tmp_path: Path) -> None:
    (tmp_path / "Inbox").write_bytes(OPENING + MAIL)
    (tmp_path / "cases").write_bytes(b"From,Date\n")
    assert is_mail(tmp_path)
    assert is_mail(tmp_path / "Inbox")
    assert not is_mail(tmp_path / "cases")
    assert not is_mail(tmp_path / "cases.csv")
    assert is_mail(Path("x.msg"))
    assert kind_of(tmp_path) != kind_of(tmp_path / "Inbox") != kind_of(tmp_path / "x.eml")


def test_an_mbox_is_split_where_a_mail_opens_and_nowhere_else(tmp_path: Path) -> None:
    bodies = [
        "From what we know at 10:30 in 2024 the page is back.\n",
        "\nFrom Monday 10:30 to Friday in May 2024 we are closed.\nSee you\n",
        ">From the head\n>>From her deputy\n",
        "",
        "no line end",
    ]
    path = tmp_path / "x.mbox"
    box = mailbox.mbox(path)
    for at, body in enumerate(bodies):
        message = EmailMessage()
        message["Subject"] = str(at)
        message["Date"] = "Fri, 3 May 2024 10:01:22 +0100"
        message.set_payload(body)
        box.add(message)
    box.close()
    items = list(read_mailbox(path))
    assert [item.mail.subject for item in items if item.mail] == ["0", "1", "2", "3", "4"]
    texts = [item.mail.text.rstrip("\n") for item in items if item.mail]
    assert texts[:2] == [bodies[0].rstrip("\n"), bodies[1].rstrip("\n")]
    assert texts[2] == "From the head\n>From her deputy"
    assert texts[4] == "no line end"


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_mbox_loses_no_byte(tmp_path: Path, bodies: list[bytes]) -> None:
    path = tmp_path / "x.mbox"
    path.write_bytes(b"\n\n".join(OPENING + b"Subject: x\n\n" + body for body in bodies))
    pieces = list(split_mbox(path))
    assert len(pieces) == len(bodies)
    for piece, body in zip(pieces, bodies, strict=True):
        assert isinstance(piece, bytes)
        assert body in piece or b">From " in body


def test_a_mail_larger_than_allowed_is_passed_over_and_the_next_read(tmp_path: Path) -> None:
    path = tmp_path / "x.mbox"
    with path.open("wb") as file:
        file.write(OPENING + b"Subject: large\n\n")
        for _ in range(61):
            file.write(b"x" * 1_000_000)
        file.write(b"\n\n" + OPENING + MAIL)
    first, second = read_mailbox(path)
    assert first.fault is not None
    assert "larger than" in first.fault.reason
    assert second.mail is not None
    assert second.mail.text == "Hello\n"


def test_nothing_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no mail"):
        list(read_mailbox(tmp_path))
    with pytest.raises(SourceError, match="does not exist"):
        list(read_mailbox(tmp_path / "x"))
