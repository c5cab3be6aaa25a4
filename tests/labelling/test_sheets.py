"""Which sheet of a coder counts, and what is said where none can."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.labelling.conftest import fill_in
from workbench.coding import read_sample, read_sheets
from workbench.errors import WorkbenchError
from workbench.labelling import draw_labels, read_labels, say_reading
from workbench.labelling.sheets import collect_codings
from workbench.study import Study


@pytest.fixture
def folder(study: Study, tmp_path: Path) -> Path:
    draw_labels(
        study, tones=("concern",), sentences=30, coders=("AB", "CD"), folder=tmp_path / "labels"
    )
    return tmp_path / "labels"


def collect(folder: Path):
    return collect_codings(folder, read_sample(folder / "sample.csv"))


def as_workbook(folder: Path, coder: str, values: dict[int, int]) -> None:
    """Write the coder's workbook anew with some cells of concern filled in."""
    import xlsxwriter

    sheet = pd.read_csv(folder / f"label-{coder}.csv", dtype=str, keep_default_na=False)
    book = xlsxwriter.Workbook(str(folder / f"label-{coder}.xlsx"))
    page = book.add_worksheet("Labels")
    page.write_row(0, 0, list(sheet))
    for row, cells in enumerate(sheet.itertuples(index=False)):
        page.write_row(row + 1, 0, list(cells))
        if row in values:
            page.write_number(row + 1, list(sheet).index("concern"), values[row])
    book.close()


def test_the_form_that_is_filled_in_counts(folder: Path) -> None:
    as_workbook(folder, "AB", {0: 1, 1: 0})
    fill_in(folder / "label-CD.csv")
    codings, empty = collect(folder)
    assert empty == ()
    judged = codings.dropna(subset=["value"]).groupby("coder").size()
    assert judged.to_dict() == {"AB": 2, "CD": 30}


def test_a_sheet_that_nobody_filled_in_is_named(folder: Path) -> None:
    fill_in(folder / "label-CD.csv")
    codings, empty = collect(folder)
    assert empty == ("label-AB",)
    assert set(codings["coder"]) == {"CD"}


def test_two_forms_may_both_be_filled_in_if_they_say_the_same(folder: Path) -> None:
    fill_in(folder / "label-AB.csv")
    values = read_sheets([folder / "label-AB.csv"])["value"].astype(int).to_dict()
    as_workbook(folder, "AB", values)
    assert collect(folder)[0]["value"].notna().sum() == 30
    as_workbook(folder, "AB", {**values, 3: 1 - values[3]})
    with pytest.raises(WorkbenchError, match=r"label-AB\.xlsx and label-AB\.csv are both filled"):
        collect(folder)


def test_texts_that_have_changed_since_the_draw_are_counted(
    study: Study, folder: Path, tmp_path: Path
) -> None:
    fill_in(folder / "label-AB.csv")
    assert read_labels(study, folder).changed == 0
    cases = pd.read_csv(tmp_path / "cases.csv")
    cases["Enquiry"] = cases["Enquiry"].str.replace("eleven videos", "twelve videos")
    cases.to_csv(tmp_path / "cases.csv", index=False)
    drawn = pd.read_csv(folder / "label-AB.csv")["text"].str.contains("eleven videos").sum()
    reading = read_labels(study, folder)
    assert reading.changed == drawn > 0
    assert f"Beware: {drawn} of them read otherwise now" in say_reading(reading)


def test_what_cannot_be_read_is_said(study: Study, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError, match=r"None of the sheets in .* is filled in"):
        read_labels(study, folder)
    with pytest.raises(WorkbenchError, match=r"holds no draw \(sample\.csv is missing\)"):
        read_labels(study, tmp_path)
    fill_in(folder / "label-AB.csv")
    with pytest.raises(WorkbenchError, match=r"No sheet is filled in by 'EF' \(those that are: AB"):
        read_labels(study, folder, arbiter="EF")
    cases = pd.read_csv(tmp_path / "cases.csv")
    cases.iloc[:60].to_csv(tmp_path / "cases.csv", index=False)
    with pytest.raises(WorkbenchError, match=r"of 30 units in .* are not in the study"):
        read_labels(study, folder)
    for name in ("label-AB", "label-CD"):
        for form in (".csv", ".xlsx"):
            (folder / f"{name}{form}").unlink()
    with pytest.raises(WorkbenchError, match="There is no sheet"):
        read_labels(study, folder)
