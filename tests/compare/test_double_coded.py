"""A double-coded sample is read as it is written, and mistakes are named with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compare.test_crosswalk import make_study
from workbench.compare.crosswalk import read_crosswalk
from workbench.compare.double_coded import read_double_coded
from workbench.errors import WorkbenchError
from workbench.study import Study

HEADING = "case_id,earlier,later"


def make_sample(folder: Path, *rows: str, heading: str = HEADING) -> Study:
    """A study whose crosswalk has a double-coded sample of ``rows``."""
    (folder / "double.csv").write_text("\n".join([heading, *rows]), encoding="utf-8")
    entry = {"field": "kind", "earlier": "old", "later": "new", "path": "crosswalk.csv"}
    return make_study(folder, crosswalks=[{**entry, "double_coded": "double.csv"}])


def test_labels_of_both_schemes_are_read(tmp_path: Path) -> None:
    study = make_sample(tmp_path, "K1,A; B,V", " K2 ,,W ;X", "K3,A,")
    coded = read_double_coded(study, read_crosswalk(study, "kind"))
    assert coded["case_id"].tolist() == ["K1", "K2", "K3"]
    assert coded["earlier"].tolist() == [("A", "B"), (), ("A",)]
    assert coded["later"].tolist() == [("V",), ("W", "X"), ()]
    assert coded.index.tolist() == [2, 3, 4]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (("K1,A,V", "K2,Aa,V"), r"row 3, column 'earlier': a label is not in the scheme 'old'"),
        (("K1,A,V; A",), r"row 2, column 'later': a label is not in the scheme 'new'"),
        (("K1,A,V", ",A,V"), r"row 3, column 'case_id': it is empty"),
        (("K1,A,V", "K1,B,V"), r"row 3, column 'case_id': this case stands in an earlier row"),
        (("K1,A,V,x",), r"row 2: the row has 4 cells"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, rows: tuple[str, ...], message: str) -> None:
    study = make_sample(tmp_path, *rows)
    with pytest.raises(WorkbenchError, match=message) as raised:
        read_double_coded(study, read_crosswalk(study, "kind"))
    assert "double.csv" in str(raised.value)


def test_a_sample_must_be_named_and_have_its_columns(tmp_path: Path) -> None:
    study = make_sample(tmp_path, "K1,A,V", heading="case,earlier,later")
    with pytest.raises(WorkbenchError, match="has no column 'case_id'"):
        read_double_coded(study, read_crosswalk(study, "kind"))
    without = make_study(tmp_path)
    with pytest.raises(WorkbenchError, match="names no double-coded sample"):
        read_double_coded(without, read_crosswalk(without, "kind"))
