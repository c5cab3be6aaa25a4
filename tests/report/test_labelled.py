import pandas as pd
import pytest

from workbench.errors import WorkbenchError
from workbench.report.blocks import Paragraph, TableBlock
from workbench.report.labelled import estimated, protect_estimates, read_prevalence
from workbench.study import Disclosure, Study, ToneFiles

FRAME = pd.DataFrame(
    {
        "field": ["all", "all", "all", "period"],
        "label": ["concern", "urgency", "aggression", "concern"],
        "group": ["All cases", "All cases", "All cases", "2023-24"],
        "n": [120, 240, 3, 60],
        "base": [400, 400, 400, 200],
        "share": [0.3, 0.6, 0.0075, 0.3],
        "low": [0.25, 0.55, 0.001, 0.2],
        "high": [0.35, 0.65, 0.02, 0.4],
        "labelled": [100, 100, 100, 50],
        "note": [""] * 4,
        "method": ["prediction-powered", "prediction-powered", "marker rate", "prediction-powered"],
    }
)
RULE = Disclosure(hide_up_to=7, round_to=5)


def test_only_estimates_for_all_cases_are_printed_largest_first():
    said, table = estimated(FRAME)
    assert isinstance(said, Paragraph)
    assert isinstance(table, TableBlock)
    assert table.frame["Tone"].tolist() == ["Urgency", "Concern"]
    assert table.frame.iloc[0, 1] == "60.0% (55.0–65.0)"
    assert "400 cases" in table.note


def test_marker_rates_alone_print_nothing():
    assert estimated(FRAME[FRAME["method"] == "marker rate"]) == []


def test_few_cases_are_hidden_and_the_frame_is_left_alone():
    safe = protect_estimates(FRAME, rule=RULE)
    assert safe["share"].isna().tolist() == [False, False, True, False]
    assert FRAME["share"].notna().all()
    assert safe.loc[2, "note"] == "suppressed"


def test_counts_are_rounded_and_what_is_counted_follows_them():
    odd = FRAME.assign(n=[121, 241, 33, 61], base=[402, 402, 402, 199], labelled=[101, 4, 99, 51])
    odd["share"] = odd["n"] / odd["base"]
    safe = protect_estimates(odd, rule=RULE)
    assert safe["n"].tolist() == [120, 240, 35, 60]
    assert safe["base"].tolist() == [400, 400, 400, 200]
    assert safe["labelled"].dropna().tolist() == [100, 100, 50]
    assert safe["share"].tolist() == pytest.approx([121 / 402, 241 / 402, 35 / 400, 61 / 199])
    assert safe.loc[2, "low"] < 35 / 400 < safe.loc[2, "high"]
    assert odd.loc[2, "low"] != safe.loc[2, "low"]
    _, table = estimated(safe)
    assert table.frame["Labelled"].tolist() == ["(few)", "100"]
    exact = protect_estimates(odd, rule=Disclosure(exempt=True, reason="a test"))
    pd.testing.assert_frame_equal(exact, odd)


def _study(path):
    return Study.model_construct(tone=ToneFiles(prevalence=path))


def test_a_file_is_read_back_and_another_is_refused_by_its_column(tmp_path):
    good, bad = tmp_path / "prevalence.csv", tmp_path / "other.csv"
    FRAME.to_csv(good, index=False)
    FRAME.drop(columns="share").to_csv(bad, index=False)
    pd.testing.assert_series_equal(read_prevalence(_study(good))["share"], FRAME["share"])
    with pytest.raises(WorkbenchError, match=r"other\.csv has no column 'share'"):
        read_prevalence(_study(bad))
    assert read_prevalence(_study(None)) is None
