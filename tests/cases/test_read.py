"""Reading a study's cases: nothing is dropped, nothing is reinterpreted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.small import HEADING, ROWS, STUDY
from workbench.cases.read import read_cases
from workbench.errors import SourceError, StudyError
from workbench.study import Study

Make = Callable[..., Study]


def test_keeps_every_good_row_as_written(make_study: Make) -> None:
    log = read_cases(make_study())
    assert list(log.cases["case_id"]) == ["A1", "A2", "A3"]
    assert list(log.cases["text"])[2] == "NA"
    assert list(log.cases["period"]) == ["2022-23", "2022-23", "2023-24"]
    assert list(log.cases["row"]) == [2, 3, 4]
    assert log.cases["subject"].isna().tolist() == [False, True, True]
    assert log.problems.empty


def test_several_labels_and_private_names(make_study: Make) -> None:
    log = read_cases(make_study())
    kinds = log.membership("kind")
    assert list(kinds.itertuples(index=False, name=None)) == [
        ("A1", "Fake profile"),
        ("A1", "Bullying"),
        ("A2", "Bullying"),
    ]
    assert list(log.private["people"]["label"]) == ["Ann Lee", "Bo Hill", "Cy Moss"]
    assert log.order_of("kind") == ["Fake profile", "Bullying"]
    assert "People" not in log.cases.columns


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",2022-09-05,x,,,,", "Case", "identifier is empty"),
        ("A1,2022-09-05,x,,,,", "Case", "earlier row"),
        ("B1,,x,,,,", "Received", "date is empty"),
        ("B1,05/09/2022,x,,,,", "Received", "cannot be read as YYYY-MM-DD"),
        ("B1,2022-13-01,x,,,,", "Received", "cannot be read"),
        ("B1,2021-01-01,x,,,,", "Received", "outside every period"),
        ("B1,2022-09-05,  ,,,,", "Enquiry", "text is empty"),
        ("B1,2022-09-05,x,,Sekret,,", "Kind", "not in the scheme"),
        ("B1,2022-09-05,x,,,,,,extra", "", "9 cells where the heading has 7"),
        ("B1,2022-09-05,x,,", "", "5 cells where the heading has 7"),
        ("B1,2022-09-05,#REF!,,,,", "Enquiry", "error of the spreadsheet"),
        ("B1,2022-09-05,x,,,#N/A,", "Phase", "error of the spreadsheet"),
        ("1.23457E+15,2022-09-05,x,,,,", "Case", "shortened"),
        ("B1,2022-09-05,Sekret\x07,,,,", "Enquiry", "control character U+0007"),
        ('B1,2022-09-05,"Sekret,,,,', "", "quote mark is not closed"),
        (HEADING, "", "repeats the heading"),
    ],
)
def test_a_bad_row_is_set_aside_with_its_reason(
    make_study: Make, row: str, column: str, reason: str
) -> None:
    log = read_cases(make_study([*ROWS, row]))
    assert len(log) == 3
    problem = log.problems.iloc[0]
    assert (problem["source"], problem["row"], problem["column"]) == ("cases.csv", 5, column)
    assert reason in problem["reason"]
    assert problem["mend"]
    assert "Sekret" not in " ".join(map(str, problem))


def test_a_label_that_was_not_offered_then_is_set_aside(make_study: Make) -> None:
    offered = 'label = "Phase"\noffered = { "2022-23" = ["Primary"] }'
    toml = STUDY.replace('label = "Phase"', offered)
    log = read_cases(make_study([*ROWS, "A4,2023-11-21,x,,,Nursery,"], toml=toml))
    assert log.membership("phase")["label"].tolist() == ["Primary", "Nursery"]
    problem = log.problems.iloc[0]
    assert (problem["row"], problem["column"]) == (3, "Phase")
    assert "the list offered" in problem["mend"]


def test_an_error_that_the_study_calls_blank_is_none(make_study: Make) -> None:
    toml = STUDY.replace("[columns]", 'blank = ["#N/A"]\n[columns]', 1)
    log = read_cases(make_study(["A1,2022-09-05,x,,,#N/A,"], toml=toml))
    assert len(log) == 1
    assert log.membership("phase").empty


def test_a_file_without_a_heading_does_not_show_its_cases(make_study: Make) -> None:
    study = make_study(heading="A0,2022-09-05,Sekret,Sekret,,,")
    with pytest.raises(SourceError, match="None of the names") as caught:
        read_cases(study)
    assert "Sekret" not in str(caught.value)


def test_labels_that_differ_in_spaces_alone_are_one(make_study: Make) -> None:
    rows = ["A1,2022-09-05,x,,Fake\u00a0 profile ;Bullying,,", "A2,2022-09-05,y,,Fake profile,,"]
    log = read_cases(make_study(rows))
    assert log.problems.empty
    assert log.membership("kind")["label"].tolist() == ["Fake profile", "Bullying", "Fake profile"]


def test_a_missing_column_is_named_with_a_hint(make_study: Make) -> None:
    study = make_study(heading="Case,Recieved,Enquiry,Subject,Kind,Phase,People")
    with pytest.raises(SourceError, match=r"no column 'Received'.*Did you mean 'Recieved'"):
        read_cases(study)


def test_a_missing_file_is_named(make_study: Make, tmp_path: Path) -> None:
    study = make_study()
    (tmp_path / "cases.csv").unlink()
    with pytest.raises(SourceError, match=r"cases\.csv does not exist"):
        read_cases(study)


def test_no_usable_case_says_why(make_study: Make) -> None:
    study = make_study(["A1,5.9.22,x,,,,", "A2,6.9.22,y,,,,"])
    with pytest.raises(SourceError, match=r"2 rows were set aside.*date cannot be read"):
        read_cases(study)


def test_a_declared_date_format_is_the_only_reading(make_study: Make) -> None:
    toml = 'date_format = "%d/%m/%Y"\n' + STUDY
    log = read_cases(make_study(["A1,04/03/2023,x,,,,", "A2,2023-03-04,y,,,,"], toml=toml))
    assert [str(day.date()) for day in log.cases["date"]] == ["2023-03-04", "2023-03-04"]


def test_messages_and_takedowns_join_kept_cases(make_study: Make, tmp_path: Path) -> None:
    toml = STUDY + (
        '[[sources]]\npath = "m.csv"\nholds = "messages"\n'
        '[sources.columns]\nsent = "Sent"\nauthor = "Who"\ntext = "Body"\n'
        '[[sources]]\npath = "t.csv"\nholds = "takedowns"\n'
        '[sources.columns]\nreported = "In"\nremoved = "Out"\nplatform = "Where"\n'
    )
    study = make_study(toml=toml)
    (tmp_path / "m.csv").write_text(
        "Case,Sent,Who,Body\nA1,2022-09-06,helpline,Send links\nZ9,2022-09-06,helpline,Lost\n"
    )
    (tmp_path / "t.csv").write_text("Case,In,Out,Where\nA2,3,2,Videoland\nA2,three,2,\n")
    log = read_cases(study)
    assert list(log.messages["case_id"]) == ["A1"]
    assert log.takedowns[["reported", "removed"]].iloc[0].tolist() == [3, 2]
    assert sorted(log.problems["reason"]) == [
        "it is not a whole number",
        "no usable case has this identifier",
    ]


def test_a_message_source_must_say_its_columns(make_study: Make) -> None:
    toml = STUDY + '[[sources]]\npath = "cases.csv"\nholds = "messages"\n'
    with pytest.raises(StudyError, match="does not say which column is sent, text"):
        read_cases(make_study(toml=toml))


cell = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(cell, cell, cell), max_size=12))
def test_rows_in_are_rows_kept_plus_rows_set_aside(
    make_study: Make, tmp_path: Path, rows: list[tuple[str, str, str]]
) -> None:
    import csv
    import io

    study = make_study()
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["Case", "Received", "Enquiry", "Subject", "Kind", "Phase", "People"])
    writer.writerow(["A1", "2022-09-05", "one good case", "", "", "", ""])
    writer.writerows([*row, "", "", "", ""] for row in rows)
    (tmp_path / "cases.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
    log = read_cases(study)
    written = 1 + sum(any(part.strip() for part in row) for row in rows)
    assert len(log) + len(log.problems) == written
    texts = {"one good case", *(row[2] for row in rows)}
    assert set(log.texts) <= texts
