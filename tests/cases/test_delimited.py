"""Delimiters are found, and one bad quote mark spoils one row."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.cases.delimited import find_delimiter, split_records
from workbench.cases.found import BadRow
from workbench.cases.tables import Table, read_table
from workbench.errors import SourceError
from workbench.study import Source

NAMES = ("Case", "Received", "Enquiry")


def read(folder: Path, text: str, *, columns: tuple[str, ...] = NAMES, **options: str) -> Table:
    (folder / "a.csv").write_text(text, encoding="utf-8", newline="")
    return read_table(folder / "a.csv", Source(path="a.csv", **options), columns=columns)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("Tags, as ticked, or none;Case\nx, y;1\nz;2\n", ";"),
        ("a\tb\n1, 2, 3\t2\n4\t5, 6\n", "\t"),
        ('"a, b, c, d"|e\n"1, 2"|3\n', "|"),
        ("sep=~\na~b\n", "~"),
        ("one column\nalone\n", ","),
    ],
)
def test_the_delimiter_is_found(text: str, delimiter: str) -> None:
    assert find_delimiter(text, path=Path("a.csv")) == delimiter


def test_the_names_of_the_study_decide() -> None:
    text = "Case;Received;a,b,c,d,e,f\n1;2;x,x,x,x,x,x\n2;3;y,y,y,y,y,y\n"
    assert find_delimiter(text, path=Path("a.csv"), columns=NAMES) == ";"


@pytest.mark.parametrize("wrong", ["--", '"', "\n", " "])
def test_a_delimiter_that_cannot_be_one_is_refused(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(SourceError, match="must be one character"):
        read(tmp_path, "Case,Received,Enquiry\n", delimiter=wrong)


def test_an_open_quote_mark_spoils_its_own_row() -> None:
    text = 'id,text\n1,"open\n2,"fine, too"\n3,12" wide\n4,"a ""b"" c"\n'
    rows = split_records(text, ",")
    assert isinstance(rows[1], BadRow)
    assert rows[1].row == 2
    assert rows[2:] == [["2", "fine, too"], ["3", '12" wide'], ["4", 'a "b" c']]


def test_a_cell_that_swallows_the_next_record_is_seen() -> None:
    rows = split_records('A1,2022-01-02,"open,x\nA2,2022-03-04,closed",y\nA3,2022-01-05,z,z\n', ",")
    assert [isinstance(row, BadRow) for row in rows] == [True, False]
    rows = split_records('A1,"open,x\nA2,closed",y\nA3,z,z\n', ",")
    assert [isinstance(row, BadRow) for row in rows] == [True, False]


@pytest.mark.parametrize("text", ["We saw:\n1, a profile\n2, a photo", "See also\nA2, A3\nA4"])
def test_a_list_in_a_text_is_no_record(text: str) -> None:
    assert split_records(f'A1,2022-01-02,"{text}",x\n', ",") == [["A1", "2022-01-02", text, "x"]]


def test_pieces_of_a_torn_record_are_set_aside(tmp_path: Path) -> None:
    text = "Case,Received,Enquiry\nA1,x,fine\nA2,y,first part\nsecond part\nA3,z,fine\nA4,z,fine\n"
    table = read(tmp_path, text)
    assert list(table.frame["Case"]) == ["A1", "A3", "A4"]
    assert [bad.row for bad in table.bad_rows] == [3, 4]
    assert "torn" in table.bad_rows[0].reason


def test_blank_lines_within_a_torn_text_belong_to_it(tmp_path: Path) -> None:
    heading = "Case,Enquiry,Received,Note\n"
    torn = "A1,first\n\nsecond,2023-01-02,\n" * 1
    table = read(tmp_path, heading + torn + "A2,x,y,\n\nA3,z,y,\n\n\n")
    assert list(table.frame["Case"]) == ["A2", "A3"]
    assert [bad.row for bad in table.bad_rows] == [2, 4]


def test_a_note_below_matters_only_where_a_text_could_go_on(tmp_path: Path) -> None:
    rows = "A1,x,y\n \nA2,x,y\n\nPrinted on Monday\n \n"
    used = read(tmp_path, "Case,Received,Enquiry\n" + rows)
    assert [bad.row for bad in used.bad_rows] == [4, 6]
    other = read(tmp_path, "Case,Enquiry,Other\n" + rows, columns=("Case", "Enquiry"))
    assert list(other.frame["Case"]) == ["A1", "A2"]


def test_a_short_record_does_not_accuse_the_one_above(tmp_path: Path) -> None:
    table = read(tmp_path, "Case,Received,Enquiry\nA1,x,fine\nA2\nA3,z,fine\nA4,z,fine\n")
    assert list(table.frame["Case"]) == ["A1", "A3", "A4"]
    assert [(bad.row, bad.reason) for bad in table.bad_rows] == [
        (3, "the row has 1 cells where the heading has 3")
    ]


def test_where_short_rows_are_the_habit_they_are_filled_up(tmp_path: Path) -> None:
    table = read(tmp_path, "name,share,note\na,1\nb,2\nc,3\n", columns=())
    assert list(table.frame["note"]) == ["", "", ""]
    assert not table.bad_rows


def test_control_characters_and_long_cells_are_named(tmp_path: Path) -> None:
    long = "x" * 1_000_001
    table = read(tmp_path, f"Case,Received,Enquiry\nA1,x,a\x07b\nA2,x,{long}\nA3,x,a\tb\x0bc\n")
    assert list(table.frame["Enquiry"]) == ["a\tb\x0bc"]
    reasons = [bad.reason for bad in table.bad_rows]
    assert "U+0007" in reasons[0]
    assert "1,000,000" in reasons[1]


def test_what_was_found_is_told(tmp_path: Path) -> None:
    table = read(
        tmp_path, "Cases of the year;;\nCase;Received;Enquiry\nA1;x;y\nCase;Received;Enquiry\n"
    )
    found = table.found
    assert (found.format, found.encoding, found.delimiter, found.heading) == (
        "CSV",
        "utf-8",
        ";",
        2,
    )
    assert [bad.reason for bad in table.bad_rows] == ["the row repeats the heading"]


def test_a_workbook_by_another_name_is_recognised(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"PK\x03\x04rest")
    with pytest.raises(SourceError, match="is a workbook, whatever its name"):
        read_table(tmp_path / "a.csv")
