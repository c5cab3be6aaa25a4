"""Headers of mail: dates are read as written or not at all."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.cases.mail import Person
from workbench.cases.mail_headers import parse_clock, read_clock, read_ids, read_people


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("Fri, 3 May 2024 10:01:22 +0100", "2024-05-03 10:01:22"),
        ("Fri, 3 May 2024 23:59 -0800", "2024-05-03 23:59:00"),
        ("3 May 24 10:01:22 GMT", "2024-05-03 10:01:22"),
        ("Fri, 03 May 104 10:01:22 +0000", "2004-05-03 10:01:22"),
        ("Fri May  3 10:01:22 2024", "2024-05-03 10:01:22"),
        ("Fri, 3 May 2024 10:01:22 PM", "2024-05-03 22:01:22"),
        ("Fri, 3 May 2024 12:01:22 AM +0100", "2024-05-03 00:01:22"),
        ("Fri, 3 May 2024 10:01:22 +0100 (BST)", "2024-05-03 10:01:22"),
        ("Fri, 3 May 2024 23:59:60 +0000", "2024-05-03 23:59:59"),
        ("03/05/2024 10:01", ""),
        ("2024", ""),
        ("Fri, 31 Feb 2024 10:01:22 +0100", ""),
        ("Fri, 3 May 2024 25:01:22 +0100", ""),
        ("Fri, 3 May 99999 10:01:22 +0100", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_the_clock_is_kept_as_written(written: str, clock: str) -> None:
    assert parse_clock(written)[0] == clock


@given(
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)),
    st.integers(-12 * 60, 14 * 60),
)
def test_every_well_formed_date_is_read_right(moment: datetime, minutes: int) -> None:
    aware = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    clock, instant = parse_clock(format_datetime(aware))
    assert clock == f"{moment:%Y-%m-%d %H:%M:%S}"
    assert instant == aware.timestamp()


@given(st.text(max_size=60))
def test_any_date_is_read_or_not(text: str) -> None:
    clock, _ = parse_clock(text)
    assert clock == "" or datetime.fromisoformat(clock)


def test_without_a_date_the_time_of_arrival_stands_for_it() -> None:
    received = ("Received", "from a by b; Fri, 3 May 2024 10:05:00 +0100")
    (clock, _), note = read_clock([received])
    assert (clock, bool(note)) == ("2024-05-03 10:05:00", True)
    assert read_clock([received, ("Date", "Fri, 3 May 2024 10:01:22 +0100")])[1] == ""
    early = ("Date", "Tue, 1 Jan 2019 10:01:22 +0000")
    (clock, _), note = read_clock([received, early])
    assert clock == "2019-01-01 10:01:22"
    assert "days from when it was received" in note
    assert read_clock([])[0] == ("", 0.0)


def test_people_and_their_names() -> None:
    sender, people = read_people(
        [
            ("From", '"Hill, Jane" <jane@a.example>'),
            ("To", "=?utf-8?q?Zo=C3=AB?= <zoe@a.example>, Kim <kim@a.example>"),
            ("Cc", "kim@a.example (Kim), Kim <kim@a.example>"),
        ]
    )
    assert sender == Person("Hill, Jane", "jane@a.example")
    assert people == (
        sender,
        Person("Zoë", "zoe@a.example"),
        Person("Kim", "kim@a.example"),
    )
    assert read_people([])[0] == Person("", "")


@pytest.mark.parametrize("written", ["(" * 5000, "a," * 3000, '"\\', "<<>>@", "\0", "@" * 9999])
def test_odd_people_do_no_harm(written: str) -> None:
    read_people([("From", written), ("To", written)])


def test_identifiers() -> None:
    own, answered = read_ids(
        [
            ("Message-ID", "<3@x>"),
            ("References", "<1@x>\r\n <2@x> junk <3@x>"),
            ("In-Reply-To", "Your mail of Monday <2@x>"),
        ]
    )
    assert (own, answered) == ("3@x", ("1@x", "2@x"))
    assert read_ids([]) == ("", ())
