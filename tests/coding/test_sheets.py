"""Sheets go out safe and come back as codings, or the message says which cell to mend."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from workbench.coding import WHOLE_TEXT, read_sample, read_sheets, write_sample, write_sheets
from workbench.coding.sheets import CODING_COLUMNS, as_written
from workbench.errors import WorkbenchError
from workbench.privacy.escape import escape

GUIDE = pd.DataFrame({"tone": ["concern"], "definition": ["=worry of the writer's own"]})


@pytest.fixture
def sample() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "text_id": ["007", "-5", "C9"],
            "sentence": [0, 2, WHOLE_TEXT],
            "text": ['=HYPERLINK("x")', "Füße, “quoted”", "long\nand broken"],
            "stratum": ["a", "a", "b"],
            "inclusion": [1 / 3, 1 / 3, 0.5],
        }
    )


def send(sample: pd.DataFrame, folder: Path, coders: tuple[str, ...] = ("AB",)) -> list[Path]:
    return write_sheets(
        sample, folder, coders=coders, dimensions=("concern", "urgency"), guide=GUIDE
    )


def fill(path: Path, changes: dict[tuple[int, str], object], *, to: Path) -> Path:
    """A copy of a workbook in which cells (row from 2, column) are filled in as a coder would."""
    book = CalamineWorkbook.from_path(str(path))
    rows = book.get_sheet_by_name("Labels").to_python(skip_empty_area=False)
    for (row, column), value in changes.items():
        rows[row - 1][rows[0].index(column)] = value
    copy = xlsxwriter.Workbook(str(to))
    sheet = copy.add_worksheet("Labels")
    for number, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(number, place, cell)
            else:
                sheet.write(number, place, cell)
    copy.close()
    return to


def test_a_sheet_shows_text_and_guide_and_nothing_that_leads(
    sample: pd.DataFrame, tmp_path: Path
) -> None:
    paths = send(sample, tmp_path, ("AB", "CD"))
    assert [path.name for path in paths] == [
        "label-AB.xlsx",
        "label-AB.csv",
        "label-CD.xlsx",
        "label-CD.csv",
    ]
    book = CalamineWorkbook.from_path(str(paths[0]))
    rows = book.get_sheet_by_name("Labels").to_python(skip_empty_area=False)
    assert rows[0] == ["text_id", "sentence", "coder", "text", "concern", "urgency", "note"]
    assert rows[1][3] == '\'=HYPERLINK("x")'
    assert rows[3][1] == "whole text"
    assert book.get_sheet_by_name("Guide").to_python()[1][1] == "'=worry of the writer's own"
    assert paths[0].stat().st_mode & 0o077 == 0
    again = send(sample, tmp_path / "again")
    assert again[0].read_bytes() == paths[0].read_bytes()


def test_cells_take_one_nought_or_nothing(sample: pd.DataFrame, tmp_path: Path) -> None:
    import zipfile

    path = send(sample, tmp_path)[0]
    xml = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert xml.count("<dataValidation ") == 2
    assert '<formula1>"1,0"</formula1>' in xml
    assert 'allowBlank="1"' in xml
    assert "<f>" not in xml


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_filled_sheets_come_back_as_codings(
    sample: pd.DataFrame, tmp_path: Path, ending: str
) -> None:
    sheets = send(sample, tmp_path)
    if ending == ".xlsx":
        filled = fill(
            sheets[0],
            {(2, "concern"): 1.0, (3, "concern"): "0", (4, "urgency"): " 1", (4, "note"): "sure"},
            to=tmp_path / "filled.xlsx",
        )
    else:
        frame = pd.read_csv(sheets[1], dtype=str, keep_default_na=False)
        frame["concern"], frame["urgency"] = ["1", "0", ""], ["", "", " 1"]
        frame["note"] = ["", "", "sure"]
        filled = tmp_path / "filled.csv"
        frame.to_csv(filled, index=False)
    codings = read_sheets([filled], sample=sample, dimensions=("concern", "urgency"))
    assert tuple(codings.columns) == CODING_COLUMNS
    found = codings.set_index(["text_id", "sentence", "dimension"])["value"]
    assert found["007", 0, "concern"] == 1
    assert found["-5", 2, "concern"] == 0
    assert found["C9", WHOLE_TEXT, "urgency"] == 1
    assert found.isna().sum() == 3
    assert set(codings.loc[codings["text_id"] == "C9", "note"]) == {"sure"}
    assert set(codings["coder"]) == {"AB"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({(3, "urgency"): "secret"}, r"bad.xlsx, row 3, column 'urgency': .*neither 1 nor 0"),
        ({(3, "urgency"): 2}, r"row 3, column 'urgency'"),
        ({(2, "coder"): ""}, r"row 2, column 'coder': .*who filled in"),
        ({(4, "sentence"): "secret"}, r"row 4, column 'sentence'"),
        ({(4, "sentence"): 7}, r"row 4, column 'text_id'.*names no unit"),
        ({(1, "urgency"): "urgencey"}, r"column 'urgencey'.*Did you mean 'urgency'"),
        ({(1, "coder"): "who"}, r"no column 'coder'"),
        ({(3, "text_id"): "007", (3, "sentence"): 0}, r"row 3, .*a second time"),
    ],
)
def test_a_bad_cell_is_named_and_never_quoted(
    sample: pd.DataFrame, tmp_path: Path, changes: dict[tuple[int, str], object], message: str
) -> None:
    bad = fill(send(sample, tmp_path)[0], changes, to=tmp_path / "bad.xlsx")
    with pytest.raises(WorkbenchError, match=message) as caught:
        read_sheets([bad], sample=sample, dimensions=("concern", "urgency"))
    assert "secret" not in str(caught.value)


def test_both_files_of_one_coder_are_refused(sample: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError, match=r"label-AB\.csv, row 2.*a second time"):
        read_sheets(send(sample, tmp_path))


def test_a_sheet_that_may_be_filled_in_is_never_overwritten(
    sample: pd.DataFrame, tmp_path: Path
) -> None:
    before = send(sample, tmp_path)[0].read_bytes()
    with pytest.raises(WorkbenchError, match="there already"):
        send(sample.head(1), tmp_path)
    assert (tmp_path / "label-AB.xlsx").read_bytes() == before


@pytest.mark.parametrize("coders", [(), ("AB", "ab"), ("../AB",), ("",)])
def test_coders_need_names_that_can_name_files(
    sample: pd.DataFrame, tmp_path: Path, coders: tuple[str, ...]
) -> None:
    with pytest.raises(WorkbenchError, match="coder"):
        send(sample, tmp_path, coders)
    assert not list(tmp_path.iterdir())


def test_a_long_text_says_that_it_is_cut(sample: pd.DataFrame, tmp_path: Path) -> None:
    sample = sample.assign(text=["x" * 40_000, "b", "c"])
    book = CalamineWorkbook.from_path(str(send(sample, tmp_path)[0]))
    cell = book.get_sheet_by_name("Labels").to_python()[1][3]
    assert len(cell) < 32_767
    assert cell.endswith("[cut: the text goes on]")


def test_the_sample_keeps_its_probabilities_to_the_last_digit(
    sample: pd.DataFrame, tmp_path: Path
) -> None:
    path = write_sample(sample, tmp_path / "sample.csv")
    back = read_sample(path)
    assert "text" not in back
    assert back["inclusion"].tolist() == sample["inclusion"].tolist()
    assert back["text_id"].tolist() == sample["text_id"].tolist()
    path.write_text(path.read_text().replace("0.5", "5"))
    with pytest.raises(WorkbenchError, match="row 4, column 'inclusion'"):
        read_sample(path)


@given(st.text(st.sampled_from("ab'=+-@5 "), min_size=1, max_size=6).map(str.strip))
def test_an_id_survives_its_cell(text_id: str) -> None:
    if not text_id.startswith("'"):
        assert as_written(escape(text_id, form="cell")) == text_id
