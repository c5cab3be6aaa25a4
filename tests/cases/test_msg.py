"""Outlook's own files: read from such as the tests write themselves."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases.ole import attachment, outlook, write_ole
from workbench.cases.mail import Person, UnreadableMail
from workbench.cases.msg import parse_msg

HEADERS = (
    "Received: from a by b; Fri, 3 May 2024 10:01:30 +0100\r\n"
    "From: Jane Hill <jane.hill@school.example>\r\n"
    "To: Help <help@helpline.example>\r\n"
    "Subject: =?utf-8?q?A_fake_page?=\r\n"
    "Message-ID: <m1@school.example>\r\n"
    "References: <m0@school.example>\r\n"
    "Date: Fri, 3 May 2024 10:01:22 +0100\r\n\r\n"
)
# 100-nanosecond steps from 1601 to 2024-05-03 09:01:22 UTC.
MOMENT = (1_714_726_882 + 11_644_473_600) * 10_000_000


def test_a_mail_that_came_in() -> None:
    mail = parse_msg(
        write_ole(
            outlook(
                {0x007D: HEADERS, 0x0037: "A fake page", 0x1000: "Please help.\r\n\r\nJane\r\n"},
                recipients=({0x3001: "Kim Roe", 0x39FE: "kim@helpline.example"},),
                attachments=(attachment("image/png", b"\x89PNG" * 2000),),
            )
        )
    )
    assert mail.text == "Please help.\n\nJane\n"
    assert mail.subject == "A fake page"
    assert mail.sent == "2024-05-03 10:01:22"
    assert mail.sender == Person("Jane Hill", "jane.hill@school.example")
    assert Person("Kim Roe", "kim@helpline.example") in mail.people
    assert (mail.message_id, mail.references) == ("m1@school.example", ("m0@school.example",))
    assert mail.attachments == ("image/png",)
    assert mail.notes == ()


def test_a_mail_that_was_sent_has_properties_alone() -> None:
    mail = parse_msg(
        write_ole(
            outlook(
                {
                    0x0037: "Re: café",
                    0x0C1A: "Team",
                    0x5D01: "help@helpline.example",
                    0x1035: "<m2@helpline.example>",
                    0x1042: "<m1@school.example>",
                },
                binary={0x1013: "<p>Dear Zoë,</p><p>Done.</p>".encode("cp1252")},
                numbers={0x3FDE: 1252},
                times={0x0039: MOMENT},
            )
        )
    )
    assert mail.text.split() == ["Dear", "Zoë,", "Done."]
    assert mail.subject == "Re: café"
    assert mail.sender.address == "help@helpline.example"
    assert mail.references == ("m1@school.example",)
    assert (mail.sent, mail.instant) == ("2024-05-03 09:01:22", 1_714_726_882)
    assert mail.notes == ("its time is that of Greenwich, summer and winter",)


def test_the_codepage_of_the_file_is_used_and_a_wrong_one_noted() -> None:
    russian = "Здравствуйте, помогите"
    right = outlook({}, ansi={0x1000: russian.encode("cp1251")}, numbers={0x3FDE: 1251})
    assert parse_msg(write_ole(right)).text == russian
    wrong = outlook({}, ansi={0x1000: "caf\xe9".encode("latin-1")}, numbers={0x3FDE: 65001})
    mail = parse_msg(write_ole(wrong))
    assert mail.text == "café"
    assert any("utf-8 does not fit: read as cp1252" in note for note in mail.notes)


def test_a_mail_within_the_mail_is_passed_on() -> None:
    inner = outlook({0x0037: "The page", 0x1000: "It mocks us.", 0x0C1A: "Al Moss"})
    mail = parse_msg(
        write_ole(outlook({0x1000: "See below."}, attachments=(attachment("", inner),)))
    )
    assert mail.text.startswith("See below.\n\n---------- Forwarded message")
    assert mail.text.endswith("Subject: The page\n\nIt mocks us.")
    assert mail.attachments == ()


def test_text_in_outlooks_format_alone_is_said_not_guessed() -> None:
    mail = parse_msg(write_ole(outlook({0x0037: "x"}, binary={0x1009: b"LZFu..."})))
    assert mail.text == ""
    assert any("Outlook's own format" in note for note in mail.notes)


WHOLE = write_ole(outlook({0x007D: HEADERS, 0x1000: "Please help. " * 400}))


@given(
    st.lists(
        st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=40
    ),
    st.integers(0, len(WHOLE)),
)
def test_a_torn_file_is_read_or_refused(flips: list[tuple[int, int]], length: int) -> None:
    data = bytearray(WHOLE)
    for place, value in flips:
        data[place] = value
    for torn in (bytes(data), WHOLE[:length]):
        with suppress(UnreadableMail):
            parse_msg(torn)


def test_streams_that_share_their_bytes_do_not_multiply() -> None:
    tree = outlook({0x1000: "x" * 5000})
    for at in range(200):
        tree[f"__substg1.0_{0x6000 + at:04X}001F"] = b"y" * 5000
    data = bytearray(write_ole(tree))
    # Each entry claims a size that the file has not.
    for at in range(len(data) - 4):
        if data[at : at + 8] == (5000).to_bytes(8, "little"):
            data[at : at + 4] = (2**31 - 1).to_bytes(4, "little")
    with pytest.raises(UnreadableMail):
        parse_msg(bytes(data))
