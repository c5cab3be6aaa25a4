"""The method statement says what was run, and no more of agreement than labels can bear."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pandas as pd
import pytest

from tests.report.method_study import (
    CODINGS,
    analysis_with,
    code_both,
    sections_with,
    study_with,
    words_of,
    write_codings,
)
from workbench.report.agreed import read_agreed
from workbench.report.data_read import data_blocks
from workbench.study import Study
from workbench.themes.kept import Continued

_OF_AGREEMENT = re.compile(r"agreement|kappa|alpha", re.I)


def test_without_labels_no_agreement_is_claimed(tmp_path):
    found = sections_with(study_with(tmp_path))
    assert "no second coder" not in words_of(found["data"])
    assert "no agreement is claimed" in words_of(found["method"])
    assert "agreement" not in found


def test_one_coder_is_no_agreement(tmp_path):
    write_codings(tmp_path, [("C1", "1.1", "AB"), ("C1", "1.1", "workbench suggestion")])
    found = sections_with(study_with(tmp_path, CODINGS))
    assert "one person coded cases" in words_of(found["method"])
    assert "agreement" not in found


def test_two_coders_are_measured_code_by_code_with_intervals(tmp_path):
    code_both(tmp_path)
    found = sections_with(study_with(tmp_path, CODINGS))
    [table] = found["agreement"].blocks
    assert list(table.frame["Tone or code"]) == ["1.1", "2.1"]
    assert list(table.frame["Units"]) == ["40", "40"]
    # Of 40 cases 8 differ: 0.8 agree; 20 and 12 were given 1.1, so chance gives 0.5.
    assert table.frame["Agreement"][0].startswith("0.80 (")
    assert table.frame["Kappa"][0].startswith("0.60 (")
    assert re.fullmatch(r"0\.\d\d \(0\.\d\d–0\.\d\d\)", table.frame["Alpha"][0])
    assert "2 people labelled cases" in words_of(found["method"])
    assert "AB" not in words_of(*found.values())


def test_a_reflexive_study_says_nothing_of_agreement(tmp_path):
    code_both(tmp_path)
    study = study_with(tmp_path, CODINGS + "approach = 'reflexive'\n")
    assert read_agreed(study) is None
    found = sections_with(study)
    assert "agreement" not in found
    told = words_of(*(one for name, one in found.items() if name != "about"))
    assert "Reflexive thematic analysis" in told
    assert not _OF_AGREEMENT.search(told)
    # The same study with another approach does say it, so the test can fail.
    other = sections_with(study_with(tmp_path, CODINGS + "approach = 'codebook'\n"))
    assert _OF_AGREEMENT.search(words_of(other["method"], other["agreement"]))


def test_only_what_is_stated_stands_under_approach(tmp_path):
    assert "approach" not in sections_with(study_with(tmp_path))
    stated = "[method]\nethics = '  Reviewed by\\n a board. '\nfunding = 'None.'\n"
    found = sections_with(study_with(tmp_path, stated.replace("'", '"')))
    [table] = found["approach"].blocks
    assert table.frame.to_numpy().tolist() == [
        ["Ethical review", "Reviewed by a board."],
        ["Funding", "None."],
    ]


def test_counting_rules_are_those_of_the_study(tmp_path):
    told = words_of(sections_with(study_with(tmp_path))["counting"])
    assert "several tones and several labels of: Kind of matter." in told
    assert "Takedowns" not in told
    assert "rounded" not in told
    one = study_with(tmp_path, change=("many = true\n", ""))
    assert "several labels" not in words_of(sections_with(one)["counting"])
    rounded = study_with(tmp_path, change=('exempt = true\nreason = "made up"', "round_to = 5"))
    assert "rounded" in words_of(sections_with(rounded)["counting"])


def test_what_records_do_not_allow_stands_with_the_data(tmp_path):
    analysis = analysis_with(study_with(tmp_path), gaps=("A1: no field.",))
    assert any("A1: no field." in getattr(b, "items", ()) for b in data_blocks(analysis))
    without = analysis_with(study_with(tmp_path))
    assert all("do not allow" not in getattr(b, "text", "") for b in data_blocks(without))


def returns_of(*signs):
    cases = [f"C{number}" for number in range(len(signs))]
    return pd.DataFrame({"case_id": cases, "signs": list(signs)})


@pytest.mark.parametrize(
    ("signs", "said"),
    [
        (["address"] * 9, "9 cases are tied to an earlier one. They stay"),
        (["copy"] * 9, "; 9 of them repeat its words and none nearly so. They stay"),
        ([], "No case is tied"),
    ],
)
def test_nothing_is_said_of_none(tmp_path, signs, said):
    told = words_of(sections_with(study_with(tmp_path), returns=returns_of(*signs))["data"])
    assert said in told
    assert " 0 " not in told


def test_hidden_counts_read_as_few_in_sentences(tmp_path):
    rule = ('exempt = true\nreason = "made up"', "hide_up_to = 7")
    study = study_with(tmp_path, change=rule)
    told = sections_with(study, returns=returns_of(*["copy"] * 9, "wording"))
    assert "of them repeat its words and few nearly so" in words_of(told["data"])
    assert "every text has a theme" not in words_of(told["method"])
    assert "few have no theme" in words_of(told["method"])


def test_no_empty_section(tmp_path):
    found = sections_with(study_with(tmp_path))
    assert all(one.blocks for name, one in found.items() if name not in ("d", "about", "b1"))


def test_labels_come_with_what_they_cover_and_an_example_that_is_no_case(tmp_path):
    labels = ('labels = [{ name = "Bullying" }, { name = "Other" }]',)
    described = 'labels = [{ name = "Bullying", description = "Unkind." }, { name = "Other" }]'
    plain = sections_with(study_with(tmp_path, change=(*labels, described)))
    [table] = plain["d1-1"].blocks
    assert list(table.frame.columns) == ["Label", "What it covers"]
    assert table.note == ""
    told = described.replace('"Unkind."', '"Unkind.", example = "A chat shuts one pupil out."')
    [table] = sections_with(study_with(tmp_path, change=(*labels, told)))["d1-1"].blocks
    assert list(table.frame.iloc[:, 2]) == ["A chat shuts one pupil out.", "–"]
    assert "none is a case" in table.note


def test_every_label_of_the_demonstration_has_an_example(root):
    schemes = Study.load(root / "corpora" / "demo").schemes.values()
    labels = [label for scheme in schemes for label in scheme.labels]
    assert len(labels) == 49
    assert all(label.description and label.example for label in labels)
    assert len({label.example for label in labels}) == len(labels)


def test_kept_themes_are_told_with_what_came_since(tmp_path):
    study = study_with(tmp_path)
    how = pd.Series("stayed", index=[f"C{number}" for number in range(30)])
    assigned = pd.DataFrame({"text_id": how.index, "theme": 1})
    themes = SimpleNamespace(assignments=assigned)
    kept = Continued(themes=themes, how=how, gone=0, emerging=None)
    assert "are kept" not in words_of(sections_with(study)["method"])
    assert "are kept: a case" in words_of(sections_with(study, continued=kept)["method"])
