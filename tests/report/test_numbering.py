"""Quotes under numbers: the same words keep theirs, who speaks is told coarsely, the key apart."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.logs import make_log
from workbench.report.blocks import Paragraph, Quote, Quotes, Section
from workbench.report.markdown import to_markdown
from workbench.report.numbering import (
    KEY,
    NO_RISK,
    TAKEN_OUT,
    Numbered,
    describer,
    number_quotes,
    write_key,
)
from workbench.study import Release

FIRST = Quote("P22-00017", "We asked [SCHOOL 1] twice.", approved=True, why="")
SECOND = Quote("P22-00099", "Nobody has answered.", approved=True, why="")
HELD = Quote("P22-00042", "Secret words.", approved=False, why="nobody has cleared it")


def sections() -> list[Section]:
    return [
        Section("One", 1, (Quotes((HELD,)), Paragraph("Before."))),
        Section("Two", 2, (Quotes((FIRST, HELD)),)),
        Section("Three", 2, (Quotes((SECOND, FIRST)),)),
    ]


def test_quotes_are_numbered_through_the_report_and_brackets_explained_once():
    numbered = Numbered(lambda case_id: "Teacher, Secondary" if case_id == FIRST.case_id else "")
    done = number_quotes(sections(), numbered)
    assert done[0] == sections()[0]  # nothing is quoted yet
    note, two = done[1].blocks
    assert TAKEN_OUT in note.text
    assert NO_RISK in note.text
    assert [quote.number for quote in two.items] == [1, 0]
    [three] = done[2].blocks
    assert [quote.number for quote in three.items] == [2, 1]
    assert [quote.number for quote in numbered.quotes] == [1, 2]
    text = to_markdown(done, title="A report", pictures={})
    plain = text.replace("\\", "")
    assert plain.count("(quote 1; Teacher, Secondary)") == 2
    assert "(quote 2)" in text
    assert "P22" not in plain
    assert "Secret" not in text


def people(n: int, *, role: str | list[str], phase: str, first: int = 0) -> list[dict[str, object]]:
    return [
        {"case_id": f"C{number}", "period": "2023-24", "date": "2023-10-01", "role": role,
         "phase": phase}
        for number in range(first, first + n)
    ]  # fmt: skip


def test_who_speaks_is_told_where_enough_cases_share_all_the_labels():
    rows = people(20, role="Teacher", phase="Secondary")
    rows += people(19, role="Teacher", phase="Primary", first=20)
    rows += people(30, role=["Teacher", "Governor"], phase="Secondary", first=39)
    rows += [{"case_id": "D1", "period": "2023-24", "date": "2023-10-01", "role": "Teacher"}]
    rule = Release(described_by=("role", "phase"))
    told = describer(make_log(rows), rule)
    assert told("C3") == "Teacher, Secondary"
    assert [told(one) for one in ("C25", "C45", "D1", "nobody")] == [""] * 4
    assert describer(make_log(rows), Release())("C3") == ""


def test_the_key_is_the_authors_alone_and_goes_with_the_quotes(tmp_path: Path):
    numbered = Numbered(lambda case_id: "")
    number_quotes(sections(), numbered)
    write_key([*numbered.quotes, SECOND], tmp_path)
    path = tmp_path / KEY
    assert path.stat().st_mode & 0o777 == 0o600
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["quote"], row["case_id"]) for row in rows] == [
        ("1", "P22-00017"), ("2", "P22-00099"), ("in a sentence", "P22-00099"),
    ]  # fmt: skip
    write_key([], tmp_path)
    assert not path.exists()
