"""Methods in words: a sentence for each thing that was run, none for what was not."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from tests.report.method_study import analysis_with, sections_with, study_with, words_of
from workbench.compare.keyness import PRIOR
from workbench.lenses.lens import LENSES
from workbench.report.steps import say_comparing, say_limits, say_reading
from workbench.tone.score import REASONS

NOTHING = pd.DataFrame({"coded": []})


def said(study, *tables: str, **parts: object) -> str:
    analysis = analysis_with(study, tables=dict.fromkeys(tables, NOTHING), **parts)
    return "\n".join([*say_comparing(analysis), *say_reading(analysis)])


def test_what_was_not_run_is_not_told(tmp_path):
    plain = said(study_with(tmp_path))
    for name in ("crosswalk", "standardisation", "log-odds", "Poisson", "staffed", "classifier"):
        assert name not in plain
    assert "Urgency" not in plain
    assert "Close reading" not in plain
    assert "VADER" not in plain
    assert "Wilson" in plain


def test_each_table_brings_its_method_with_settings_and_source(tmp_path):
    study = study_with(tmp_path)
    for table, told in {
        "through/1": "Crosswalk of “Kinds of 2022-23” and “Kinds of 2023-24” (crosswalk.csv)",
        "equal-mix/platform": "strata of Role",
        "rest/2023-24": "against all other cases",
        "keyness/subjects": f"in subject lines: log-odds with an informative Dirichlet prior of "
        f"{PRIOR:g} words (Monroe, Colaresi and Quinn 2008)",
        "shift/enquiries": "Gallagher and others 2021",
        "rates": "exact Poisson intervals (Garwood 1936)",
        "month-model": "",
        "reply-curve": "Monday to Friday, 10:00 to 16:00",
        "targets": "a logistic classifier",
        "urgency": f"asking for action now {REASONS['action']:g}",
    }.items():
        assert told in said(study, table), table
    assert "quasi-Poisson" in said(study, "rates", "month-model")
    assert "quasi-Poisson" not in said(study, "rates")


def test_double_coding_is_told_with_how_many_cases_or_that_there_is_none(tmp_path):
    assert "no case was coded by both schemes" in said(study_with(tmp_path), "through/1")
    change = ('path = "crosswalk.csv"', 'path = "crosswalk.csv"\ndouble_coded = "both.csv"')
    (tmp_path / "both.csv").write_text("case_id\n", encoding="utf-8")
    study = study_with(tmp_path, change=change)
    tables = {"through/1": NOTHING, "corrected/1": pd.DataFrame({"coded": [200, 200]})}
    [told] = [
        one for one in say_comparing(analysis_with(study, tables=tables)) if "Crosswalk of" in one
    ]
    assert "200 later cases were coded by the earlier scheme as well (both.csv)" in told
    assert "prediction-powered" in told
    assert told.behind[0].n == 200


def test_what_was_not_measured_is_said_of_each_reading(tmp_path):
    study = study_with(tmp_path)
    lens = SimpleNamespace(title="What bullying covers", name=next(iter(LENSES)))
    reading = analysis_with(study).reading
    reading.lenses = (lens,)
    analysis = analysis_with(study, reading=reading, tables={"urgency": NOTHING})
    lines = {line.split(":")[0]: line for line in say_reading(analysis)}
    for name in ("Tone", "Urgency", "Close reading", "Returning matters"):
        assert "not measured" in lines[name], name
    assert "What bullying covers" in lines["Close reading"]
    labelled = analysis_with(study, tables={"prevalence": NOTHING})
    assert "estimated from cases that people labelled" in say_reading(labelled)[0]


def test_limits_name_loose_themes_and_lists_only_where_there_are_some(tmp_path):
    study = study_with(tmp_path)
    assert say_limits(analysis_with(study)) == []
    told = words_of(sections_with(study)["limits"])
    assert "1 of 2 main themes does not come back firmly" in told
    reading = analysis_with(study).reading
    reading.lenses = (SimpleNamespace(title="Risk", name="risk"),)
    assert "lists of words" in say_limits(analysis_with(study, reading=reading))[0]


def test_notes_are_a_limit_where_the_log_has_some(tmp_path):
    from dataclasses import replace

    analysis = analysis_with(study_with(tmp_path))
    analysis.log = replace(analysis.log, notes=frozenset({"2022-23-Head-000"}))
    [told] = say_limits(analysis)
    assert told.startswith("1 of the texts are practitioners' notes")
