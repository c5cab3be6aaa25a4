"""The heading is found under banners by the names that the study uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.cases.headings import find_heading
from workbench.errors import SourceError

FILE = Path("cases.xlsx")
NAMES = ("Case", "Received", "Enquiry")


def test_the_row_that_holds_most_names_is_the_heading() -> None:
    rows = [
        ["Helpline", "Enquiries", "Case", "by the office"],
        ["", "", "", ""],
        ["", "Case", "Received", "Enquiry"],
        ["", "A1", "2023-01-02", "Received"],
    ]
    heading = find_heading(rows, path=FILE, columns=NAMES)
    assert heading.index == 2
    assert heading.names == ("", "Case", "Received", "Enquiry")
    assert heading.known == 3


def test_names_of_a_merged_group_come_from_the_row_above() -> None:
    rows = [["Case", "Received", "Details", ""], ["", "", "Enquiry", "Kind"], ["A1", "x", "y", ""]]
    heading = find_heading(rows, path=FILE, columns=NAMES)
    assert heading.index == 1
    assert heading.names == ("Case", "Received", "Enquiry", "Kind")


def test_blanks_of_a_first_case_do_not_make_it_the_heading() -> None:
    rows = [["Case", "Received", "Enquiry"], ["A1", "", ""], ["", "", ""]]
    assert find_heading(rows, path=FILE, columns=NAMES).index == 0


def test_names_differ_in_spaces_and_breaks_alone() -> None:
    rows = [["\ufeffCase ", "Date\nreceived", "Enquiry\u00a0text"]]
    heading = find_heading(rows, path=FILE, columns=["Case", "Date  received", "Enquiry text"])
    assert heading.names == ("Case", "Date  received", "Enquiry text")


def test_the_study_may_give_the_row() -> None:
    rows = [["Case", "Received"], ["Case", "Received"], ["A1", "x"]]
    assert find_heading(rows, path=FILE, columns=NAMES, given=2).index == 1
    with pytest.raises(SourceError, match=r"row 9 is empty or not there.*'heading'"):
        find_heading(rows, path=FILE, columns=NAMES, given=9)


def test_only_names_in_use_must_stand_once() -> None:
    rows = [["Case", "Notes", "Notes", "Received"]]
    assert find_heading(rows, path=FILE, columns=NAMES).names[1:3] == ("Notes", "Notes (2)")
    with pytest.raises(SourceError, match="row 1: the heading names 'Case' more than once"):
        find_heading([["Case", "Case"]], path=FILE, columns=NAMES)
    with pytest.raises(SourceError, match="'Notes' more than once"):
        find_heading(rows, path=FILE)


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        ([["Title"], [], ["a", "b", "c"], ["1", "2", "3"]], 2),
        ([["Helpline", "2022-23"], ["a", "b", "c", "d"], ["1", "2", "3", "4"]], 1),
        ([["a", "b"], ["1", "2", "3", "4", "5"], ["1", "2"]], 0),
        ([["a"], ["1"], ["2"]], 0),
        ([["a", "b", "c", "d"], ["1", "", "", ""], ["2", "3", "", ""]], 0),
    ],
)
def test_without_names_the_first_row_as_full_as_others_is_it(
    rows: list[list[str]], index: int
) -> None:
    assert find_heading(rows, path=FILE).index == index


def test_no_row_at_all_is_refused() -> None:
    with pytest.raises(SourceError, match="is empty"):
        find_heading([["", " "], []], path=FILE, columns=NAMES)
