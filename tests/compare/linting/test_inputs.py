"""What the researcher points at: a study, a folder of tables, single files."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.compare.printed import make_claims
from tests.logs import make_log
from tests.small import HEADING, ROWS, STUDY
from workbench.compare.lint import lint
from workbench.compare.linting.figures import from_comparison
from workbench.compare.linting.inputs import gather
from workbench.compare.shares import compare_shares
from workbench.errors import WorkbenchError
from workbench.files import write_csv

FIGURES = (
    "report,table,title,label,count,percent_as_printed,note\n"
    "2022-23,period,Cases,year,10,,\n"
    "2022-23,T1,Phase,Primary,4,,\n"
    "2022-23,T1,Phase,Secondary,5,,\n"
)
CLAIMS = (
    "report,where,kind,title,label,against,how,n,percent,base\n"
    "2022-23,summary,count,Phase,Primary,,exactly,3,,\n"
)


@pytest.fixture
def comparison() -> pd.DataFrame:
    periods = [("2022-23", "2022-10-05"), ("2023-24", "2023-10-05")]
    rows: list[dict[str, object]] = [
        {"case_id": f"{period} {n}", "period": period, "date": day, "phase": phase}
        for period, day in periods
        for n, phase in enumerate(["Primary"] * 3 + ["Secondary"] * 5)
    ]
    return compare_shares(make_log(rows), "phase", by="period")


def test_a_comparison_stands_as_printed_figures(comparison: pd.DataFrame) -> None:
    printed = from_comparison(comparison, "shares-phase")
    assert len(printed) == len(comparison)
    assert printed["report"].tolist() == comparison["group"].tolist()
    assert printed["percent"].tolist() == pytest.approx((100 * comparison["share"]).tolist())
    assert lint(printed)["severity"].isin(["caution"]).all()  # groups of 8 are too small
    wrong = printed.assign(count=printed["count"] + 1)
    assert set(lint(wrong)["rule"]) >= {"share does not follow"}
    with pytest.raises(WorkbenchError, match="'x' is no comparison: it lacks the column group"):
        from_comparison(comparison[["label"]], "x")


def test_a_folder_is_sorted_by_headings(tmp_path: Path, comparison: pd.DataFrame) -> None:
    (tmp_path / "figures.csv").write_text(FIGURES)
    (tmp_path / "claims.csv").write_text(CLAIMS)
    (tmp_path / "months.csv").write_text("month,n\n2022-09,4\n")
    write_csv(tmp_path / "shares-phase.csv", comparison)
    inputs = gather([tmp_path, tmp_path / "figures.csv"], claims=[tmp_path / "claims.csv"])
    assert [path.name for path in inputs.skipped] == ["months.csv"]
    assert len(inputs.printed) == 3 + len(comparison)
    assert len(inputs.claims) == 1
    rules = lint(inputs.printed, inputs.claims)["rule"].tolist()
    assert {"table against sentence", "rows miss the total"} <= set(rules)


def test_an_exported_comparison_is_sound(tmp_path: Path, comparison: pd.DataFrame) -> None:
    file = write_csv(tmp_path / "shares-phase.csv", comparison)
    inputs = gather([file])
    assert not (lint(inputs.printed)["severity"] == "contradiction").any()
    file.write_text(file.read_text().replace('"3"', '"three"', 1))
    with pytest.raises(WorkbenchError, match=r"shares-phase\.csv, row 2, column 'n': it is no num"):
        gather([file])


def test_a_study_names_its_figures(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("\n".join([HEADING, *ROWS]))
    (tmp_path / "figures.csv").write_text(FIGURES)
    (tmp_path / "claims.csv").write_text(CLAIMS)
    named = '\n[published]\nfiles = ["figures.csv"]\nclaims = "claims.csv"\n'
    (tmp_path / "study.toml").write_text(f'{STUDY}{named}fields = {{ Phase = "phase" }}\n')
    inputs = gather([tmp_path])
    assert len(inputs.printed) == 3
    assert len(inputs.claims) == 1
    assert inputs.fields == {"Phase": "phase"}


def test_nothing_to_check(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError, match="no figures to check"):
        gather([tmp_path])
    with pytest.raises(WorkbenchError, match=r"gone\.csv is neither"):
        gather([tmp_path / "gone.csv"])


def test_small_groups_of_a_claim() -> None:
    from tests.compare.printed import make_printed

    rows = [("2022-23", "T2", "Phase", label, n, None) for label, n in (("A", 500), ("B", 450))]
    said = {"report": "2022-23", "kind": "contrast", "title": "Phase", "label": "A", "against": "B"}
    assert lint(make_printed(rows), make_claims(said)).empty
    rows[1] = (*rows[1][:4], 79, None)
    assert lint(make_printed(rows), make_claims(said))["label"].tolist() == ["B"]
