"""Agreement is measured on what two coders judged, and hidden where that is little."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.report.method_study import CODINGS, code_both, study_with
from workbench.errors import WorkbenchError
from workbench.report.agreed import agreement_table, read_agreed
from workbench.study import Disclosure


def test_cases_that_one_alone_coded_do_not_count(tmp_path):
    code_both(tmp_path)
    rows = pd.read_csv(tmp_path / "codings.csv", dtype=str)
    alone = pd.DataFrame({"case_id": ["X1", "X2"], "code": ["9.9", "1.1"], "coder": "AB"})
    pd.concat([rows, alone]).to_csv(tmp_path / "codings.csv", index=False)
    agreed = read_agreed(study_with(tmp_path, CODINGS))
    assert list(agreed.frame["n"]) == [40, 40]
    assert "9.9" not in set(agreed.frame["dimension"])


def test_what_label_read_measured_is_printed(tmp_path):
    from workbench.coding import measure_agreement

    codings = pd.DataFrame(
        [
            (f"C{n}", 0, coder, "concern", int(n % 3 == 0 or (coder == "B" and n % 7 == 0)))
            for n in range(60)
            for coder in "AB"
        ],
        columns=["text_id", "sentence", "coder", "dimension", "value"],
    ).astype({"value": "Int64"})
    measured = measure_agreement(codings)
    measured.to_csv(tmp_path / "agreement.csv", index=False)
    study = study_with(tmp_path, "[tone]\nagreement = 'agreement.csv'\n")
    agreed = read_agreed(study)
    assert agreed.coders == 2
    pd.testing.assert_series_equal(agreed.frame["kappa"], measured["kappa"])
    assert list(agreement_table(agreed.frame, rule=study.disclosure).frame["Tone or code"]) == [
        "Concern"
    ]


def test_few_units_are_hidden_under_the_rule(tmp_path):
    code_both(tmp_path, cases=6, differ=2)
    agreed = read_agreed(study_with(tmp_path, CODINGS))
    hidden = agreement_table(agreed.frame, rule=Disclosure()).frame
    assert set(hidden["Units"]) == {"(few)"}
    assert set(hidden["Kappa"]) == {"–"}
    open_ = agreement_table(agreed.frame, rule=Disclosure(exempt=True, reason="x")).frame
    assert set(open_["Units"]) == {"6"}


@pytest.mark.parametrize("column", ["case_id", "code", "coder"])
def test_codings_without_a_column_are_refused(tmp_path, column):
    frame = pd.DataFrame({"case_id": ["1"], "code": ["1.1"], "coder": ["AB"]})
    frame.drop(columns=column).to_csv(tmp_path / "codings.csv", index=False)
    with pytest.raises(WorkbenchError, match=rf"codings\.csv has no column '{column}'"):
        read_agreed(study_with(tmp_path, CODINGS))


def test_another_file_is_refused_as_agreement(tmp_path):
    (tmp_path / "agreement.csv").write_text("dimension,n\nconcern,3\n", encoding="utf-8")
    study = study_with(tmp_path, "[tone]\nagreement = 'agreement.csv'\n")
    with pytest.raises(
        WorkbenchError, match=r"Give the agreement\.csv that 'workbench label read'"
    ):
        read_agreed(study)
