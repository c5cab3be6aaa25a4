"""A coder's answers reach the sheet, one by one, and nothing else in it changes."""

from __future__ import annotations

import csv
import io
import multiprocessing
import stat
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.coding import WHOLE_TEXT, read_sheets, write_sheets
from workbench.errors import WorkbenchError
from workbench.labelling import draw_labels, read_labels
from workbench.labelling.answers import NO, OPEN, UNSURE, YES, Change, Sheet, apply, value_of
from workbench.labelling.draw import guide
from workbench.labelling.sitting import (
    count_labelled,
    find_folder,
    first_open,
    keep,
    open_sheet,
    read_sheet,
)
from workbench.study import Study

TONES = ("concern", "urgency")
TEXTS = ["It went up, “again”.", "=Please\nhelp; now", "Thanks, £5 – é", 'He said "no"']
NOTES = st.text(
    st.characters(codec="utf-8", exclude_characters="[]'", exclude_categories=("Cc", "Cf", "Cn")),
    max_size=30,
)


def hand_out(folder: Path, *, whole: bool = False) -> Path:
    numbers = [WHOLE_TEXT] * 4 if whole else [0, 1, 0, 2]
    names = ["A1", "A2" if whole else "A1", "B1", "C1"]
    sample = pd.DataFrame({"text_id": names, "sentence": numbers, "text": TEXTS})
    write_sheets(sample, folder, coders=("AB", "CD"), dimensions=TONES, guide=guide(TONES))
    return folder / "label-AB.csv"


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    hand_out(tmp_path)
    return open_sheet(tmp_path, "AB")


def say(sheet: Sheet, unit: int, column: str, value: str) -> Sheet:
    kept = keep(sheet, Change(sheet.units[unit].key, column, value))
    assert kept.saved
    assert kept.said == ""
    return kept.sheet


def cells(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def test_a_sheet_opens_with_its_texts_as_they_were_written(sheet: Sheet) -> None:
    assert [unit.text for unit in sheet.units] == TEXTS
    assert sheet.tones == TONES
    assert not sheet.whole
    assert [unit.key for unit in sheet.units] == [
        ("A1", "0"),
        ("A1", "1"),
        ("B1", "0"),
        ("C1", "2"),
    ]
    assert (first_open(sheet), count_labelled(sheet)) == (0, 0)


def test_whole_texts_are_told_from_sentences(tmp_path: Path) -> None:
    hand_out(tmp_path, whole=True)
    assert open_sheet(tmp_path, "AB").whole


CHANGES = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.one_of(
            st.tuples(st.sampled_from(TONES), st.sampled_from([YES, NO, UNSURE, OPEN])),
            st.tuples(st.just("note"), NOTES),
        ),
    ),
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(CHANGES)
def test_answers_read_back_the_same_and_nothing_else_changes(tmp_path_factory, changes) -> None:
    path = hand_out(tmp_path_factory.mktemp("draw"))
    before, other = cells(path), (path.parent / "label-CD.csv").read_bytes()
    sheet, wanted = read_sheet(path), {}
    for unit, (column, value) in changes:
        sheet = say(sheet, unit, column, value)
        wanted[unit, column] = " ".join(value.split())
    again = read_sheet(path)
    assert again == sheet
    for number, unit in enumerate(again.units):
        for tone in TONES:
            assert unit.answers[tone] == wanted.get((number, tone), OPEN)
        assert unit.note == wanted.get((number, "note"), "")
    # The sheet as spreadsheet programs see it.
    after = cells(path)
    columns = before[0]
    assert after[0] == columns
    assert path.read_bytes().startswith(b'\xef\xbb\xbf"text_id","sentence","coder"')
    touched = {(unit + 1, column) for unit, (column, _) in changes}
    for row, (old, new) in enumerate(zip(before, after, strict=True)):
        for name, was, now in zip(columns, old, new, strict=True):
            if (row, name) not in touched and name != "note":
                assert now == was
    # And as it is read back for agreement.
    codings = read_sheets([path], dimensions=TONES).set_index(["text_id", "sentence", "dimension"])
    numbers = {YES: 1, NO: 0}
    for unit in again.units:
        for tone in TONES:
            value = codings.loc[(unit.key[0], int(unit.key[1]), tone), "value"]
            assert (None if pd.isna(value) else int(value)) == numbers.get(unit.answers[tone])
    assert (path.parent / "label-CD.csv").read_bytes() == other


def test_rows_that_are_not_judged_stay_byte_for_byte(sheet: Sheet) -> None:
    before = sheet.path.read_bytes()
    made = say(sheet, 2, "concern", YES)
    after = sheet.path.read_bytes()
    assert after != before
    assert after.replace(b'\xe2\x80\x93 \xc3\xa9","1"', b'\xe2\x80\x93 \xc3\xa9",""') == before
    say(made, 2, "concern", OPEN)
    assert sheet.path.read_bytes() == before
    assert stat.S_IMODE(sheet.path.stat().st_mode) == 0o600


def test_unsure_counts_as_labelled_and_leaves_the_cell_empty(sheet: Sheet) -> None:
    made = say(sheet, 0, "concern", UNSURE)
    assert first_open(made) == 0
    made = say(made, 0, "urgency", NO)
    assert (first_open(made), count_labelled(made)) == (1, 1)
    made = say(made, 0, "note", "sarcasm?")
    assert cells(sheet.path)[1][4:] == ["", "0", "sarcasm? [unsure: concern]"]
    made = say(made, 0, "concern", NO)
    assert cells(sheet.path)[1][4:] == ["0", "0", "sarcasm?"]


def test_where_a_coder_goes_on(sheet: Sheet) -> None:
    for unit in (0, 1, 3):
        for tone in TONES:
            sheet = say(sheet, unit, tone, NO)
    again = open_sheet(sheet.path.parent, "AB")
    assert (first_open(again), count_labelled(again)) == (2, 3)
    for tone in TONES:
        again = say(again, 2, tone, YES)
    assert (first_open(again), count_labelled(again)) == (None, 4)


def test_a_note_is_no_formula_and_no_second_record(sheet: Sheet) -> None:
    made = say(sheet, 0, "note", '=HYPERLINK("x")\nA1,1,AB')
    assert made.units[0].note == '=HYPERLINK("x") A1,1,AB'
    assert cells(sheet.path)[1][-1].startswith("'=")
    assert len(read_sheets([sheet.path])) == 8
    with pytest.raises(WorkbenchError, match="at most 2,000 characters"):
        keep(made, Change(made.units[0].key, "note", "x" * 2001))
    with pytest.raises(ValueError, match="no answer"):
        apply(made, Change(made.units[0].key, "gratitude", YES))


def test_a_sheet_saved_by_a_spreadsheet_program_goes_on_as_it_is(sheet: Sheet) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(cells(sheet.path))
    sheet.path.write_bytes(out.getvalue().encode("cp1252"))
    made = say(read_sheet(sheet.path), 3, "urgency", YES)
    assert made.path.read_bytes() == out.getvalue().encode("cp1252").replace(
        b'""no""";;;', b'""no""";;1;'
    )


def test_two_windows_both_keep_their_answers(sheet: Sheet) -> None:
    other = open_sheet(sheet.path.parent, "AB")
    say(sheet, 0, "concern", YES)
    kept = keep(other, Change(other.units[1].key, "concern", NO))
    assert kept.saved
    assert kept.said.startswith("The sheet was changed elsewhere")
    both = read_sheet(sheet.path)
    assert [unit.answers["concern"] for unit in both.units[:2]] == [YES, NO]
    assert kept.sheet == both


@pytest.mark.parametrize(("column", "mine", "theirs"), [("concern", YES, NO), ("note", "a", "b")])
def test_an_answer_given_elsewhere_is_not_overwritten_unseen(
    sheet: Sheet, column: str, mine: str, theirs: str
) -> None:
    other = open_sheet(sheet.path.parent, "AB")
    say(sheet, 0, column, theirs)
    change = Change(other.units[0].key, column, mine)
    kept = keep(other, change)
    assert not kept.saved
    assert kept.said.startswith("Not saved: ")
    assert f"‘{theirs}’" in kept.said
    assert value_of(read_sheet(sheet.path), change) == theirs
    assert keep(kept.sheet, change).saved  # now that it was seen
    assert value_of(read_sheet(sheet.path), change) == mine


def test_what_another_program_takes_away_is_put_aside(sheet: Sheet) -> None:
    stale = sheet.path.read_bytes()
    sheet = say(say(sheet, 0, "concern", YES), 1, "concern", NO)
    held = sheet.path.read_bytes()
    sheet.path.write_bytes(stale)  # as a spreadsheet program does that had the sheet open
    kept = keep(sheet, Change(sheet.units[2].key, "concern", YES))
    assert kept.saved
    assert "2 answers or notes that stood here read otherwise now" in kept.said
    aside = sheet.path.with_name("aside-label-AB-1.csv")
    assert aside.read_bytes() == held
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    sheet.path.write_bytes(stale)
    keep(kept.sheet, Change(sheet.units[3].key, "concern", YES))
    assert sheet.path.with_name("aside-label-AB-2.csv").exists()


def test_a_sheet_that_went_away_or_became_another_is_said(sheet: Sheet) -> None:
    change = Change(sheet.units[0].key, "concern", YES)
    whole = sheet.path.read_bytes()
    sheet.path.write_bytes(b"\n".join(whole.split(b"\n")[:-2]) + b"\n")
    with pytest.raises(WorkbenchError, match="other rows or columns"):
        keep(sheet, change)
    sheet.path.unlink()
    with pytest.raises(WorkbenchError, match="cannot be read"):
        keep(sheet, change)
    sheet.path.write_bytes(whole)
    assert keep(sheet, change).saved


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    path = hand_out(tmp_path)
    with pytest.raises(WorkbenchError, match=r"no sheet label-ab\.csv .*Known here: AB, CD"):
        open_sheet(tmp_path, "ab")
    good = path.read_text("utf-8")
    path.write_text(good.replace('"","",""', '"2","",""', 1), "utf-8")
    with pytest.raises(WorkbenchError, match=r"row 2, column 'concern'.*neither 1 nor 0"):
        open_sheet(tmp_path, "AB")
    path.write_text(good.replace('"AB"', '"CD"', 1), "utf-8")
    with pytest.raises(WorkbenchError, match="holds rows of 2 coders"):
        open_sheet(tmp_path, "AB")
    path.write_text(good.replace('"note"', '"remark"', 1), "utf-8")
    with pytest.raises(WorkbenchError, match="remark"):
        open_sheet(tmp_path, "AB")


def test_a_workbook_that_is_filled_in_is_not_contradicted(tmp_path: Path) -> None:
    import xlsxwriter

    path = hand_out(tmp_path)
    rows = cells(path)
    rows[1][4] = "1"
    book = xlsxwriter.Workbook(str(tmp_path / "label-AB.xlsx"))
    page = book.add_worksheet("Labels")
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    with pytest.raises(WorkbenchError, match=r"label-AB\.xlsx is filled in already"):
        open_sheet(tmp_path, "AB")
    assert open_sheet(tmp_path, "CD").tones == TONES


def test_the_draw_is_found_from_any_folder(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(WorkbenchError, match="Nothing was drawn for 'invented' yet"):
        find_folder(study)
    project, notebooks = tmp_path / "project", tmp_path / "project" / "notebooks"
    notebooks.mkdir(parents=True)
    private = project / "corpora" / "private" / "invented" / "labels"
    private.mkdir(parents=True)
    (private / "sample.csv").touch()
    monkeypatch.chdir(notebooks)
    assert find_folder(replace_folder(study, tmp_path / "far" / "away")) == private
    monkeypatch.chdir(tmp_path)
    assert find_folder(replace_folder(study, project / "corpora" / "mine")) == private
    own = tmp_path / "elsewhere"
    (own / "labels").mkdir(parents=True)
    (own / "labels" / "sample.csv").touch()
    assert find_folder(replace_folder(study, own)) == own / "labels"


def replace_folder(study: Study, folder: Path) -> Study:
    return study.model_copy(update={"folder": folder})


def test_a_round_is_labelled_here_and_read_back(study: Study, tmp_path: Path) -> None:
    folder = tmp_path / "labels"
    draw_labels(study, tones=("concern",), sentences=20, coders=("AB", "CD"), folder=folder)
    for coder in ("AB", "CD"):
        sheet = open_sheet(folder, coder)
        for number, unit in enumerate(sheet.units):
            answer = YES if "worried" in unit.text else NO
            sheet = say(sheet, number, "concern", UNSURE if number == 7 else answer)
    reading = read_labels(study, folder)
    assert reading.coders == ("AB", "CD")
    agreed = reading.agreement.set_index("dimension").loc["concern"]
    assert (agreed["n"], agreed["agreement"]) == (19, 1.0)
    assert reading.changed == 0


def answer_some(path: Path, units: range) -> None:
    """Answer from a process of its own, which opens the sheet before the others have begun."""
    sheet = read_sheet(path)
    for number in units:
        kept = keep(sheet, Change(sheet.units[number].key, "concern", YES))
        assert kept.saved
        sheet = kept.sheet


def test_windows_that_write_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    sample = pd.DataFrame(
        {"text_id": [f"A{n}" for n in range(30)], "sentence": 0, "text": "A text."}
    )
    write_sheets(sample, tmp_path, coders=("AB",), dimensions=TONES, guide=guide(TONES))
    path = tmp_path / "label-AB.csv"
    start = multiprocessing.get_context("fork")
    parts = [range(10), range(10, 20), range(20, 30)]
    workers = [start.Process(target=answer_some, args=(path, part)) for part in parts]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert {unit.answers["concern"] for unit in read_sheet(path).units} == {YES}
