"""Codebooks applied to a study's texts: learnt from people, or suggested; and what is counted."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from workbench.errors import WorkbenchError
from workbench.report import coded as room
from workbench.report.coded import code_once, read_codings
from workbench.report.coded_tables import SUGGESTED, codebook_tables, count_asks, measure_codes
from workbench.study.parts import Disclosure, Method
from workbench.text.vectors import embed
from workbench.themes.codebook import Codebook
from workbench.themes.found import Themes
from workbench.tone.prevalence import POWERED

BOOK = """
title = "Pets and gardens"
question = "What is it about?"
asks = true
[[codes]]
code = "1"
name = "Animals"
[[codes]]
code = "1.1"
name = "Dogs"
parent = "1"
examples = ["Our puppy barks all night."]
[[codes]]
code = "1.2"
name = "Cats"
parent = "1"
examples = ["The cat scratched the sofa."]
[[codes]]
code = "2"
name = "Gardens"
examples = ["The roses have greenfly."]
"""
WORDS = {
    "1.1": ("dog", "puppy", "lead", "kennel", "bark"),
    "1.2": ("cat", "kitten", "litter", "whiskers", "purr"),
    "2": ("lawn", "rose", "spade", "hedge", "compost"),
}
CODES = list(WORDS)
CODED = 60


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A study of 90 texts, a third of them on each leaf, of which a person coded the first 60."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_CACHE", str(tmp_path_factory.mktemp("kept")))
        folder = tmp_path_factory.mktemp("study")
        (folder / "book.toml").write_text(BOOK, encoding="utf-8")
        rows = [f"C{at},{CODES[at % 3]},Coder A" for at in range(CODED)]
        rows += ["C0,2,workbench suggestion", "Z9,2,Coder A"]
        (folder / "codings.csv").write_text("case_id,code,coder\n" + "\n".join(rows) + "\n")
        yield SimpleNamespace(
            folder=folder,
            locate=lambda path: folder / path,
            codebooks={"people": "book.toml", "alone": "book.toml"},
            codings={"people": "codings.csv"},
            disclosure=Disclosure(exempt=True, reason="made up"),
            method=Method(),
            seed=1,
        )


@pytest.fixture(scope="module")
def texts():
    random = np.random.default_rng(3)
    lines = [
        "Note {}. We saw the {} and then the {} there.".format(
            at, *random.choice(WORDS[CODES[at % 3]], 2)
        )
        for at in range(90)
    ]
    return pd.Series(lines, index=pd.Index([f"C{at}" for at in range(90)], name="case_id"))


@pytest.fixture(scope="module")
def coded(study, texts):
    return code_once(study, texts, embed(texts))


@pytest.fixture
def log(texts):
    years = ["2022-23" if at < 45 else "2023-24" for at in range(90)]
    cases = pd.DataFrame({"case_id": texts.index, "period": years})
    return SimpleNamespace(cases=cases, periods=["2022-23", "2023-24"])


@pytest.fixture(scope="module")
def themes(texts):
    """Two themes: dogs and cats, and gardens; the second with one sub-theme."""
    finest = [2 + (at % 3) for at in range(90)]
    rows = [(0, -1, 0, 60), (1, -1, 0, 30), (2, 0, 1, 30), (3, 0, 1, 30), (4, 1, 1, 30)]
    frame = pd.DataFrame(rows, columns=pd.Index(["theme", "parent", "level", "size"]))
    frame["label"] = [f"T{theme}" for theme in frame["theme"]]
    placed = pd.DataFrame({"text_id": texts.index, "theme": finest})
    levels = frame.loc[frame["level"] > 0, ["theme", "parent"]]
    found = Themes(placed, frame, levels, np.empty(0), np.empty(0))
    shown = frame.iloc[:4].assign(firm=[True, True, True, True])
    return found, shown


def test_what_people_gave_is_counted_into_the_codes_above(coded):
    given = coded["people"].given
    assert len(given) == CODED
    assert given.loc["C0"].to_dict() == {"1": 1.0, "1.1": 1.0, "1.2": 0.0, "2": 0.0}
    assert given.sum().to_dict() == {"1": 40, "1.1": 20, "1.2": 20, "2": 20}
    assert coded["people"].judged == ["1", "1.1", "1.2", "2"]
    assert coded["alone"].judged == []


def test_a_code_is_suggested_where_one_under_it_is(coded):
    for own in coded.values():
        under = own.applied[["1.1", "1.2"]].any(axis=1)
        assert (own.applied["1"] == under).all()
        assert not (own.applied & own.abstained).to_numpy().any()
    assert coded["people"].applied["1.1"].sum() >= 20


def test_evidence_lies_in_the_texts_and_that_of_people_comes_first(coded, texts):
    for own in coded.values():
        for row in own.evidence.itertuples():
            assert 0 <= row.start < row.end <= len(texts[row.text_id])
    own = coded["people"].evidence
    assert set(own["code"]) == set(CODES)
    first = own[own["code"] == "2"].head(5)
    assert first["by_people"].all()
    assert all(int(text_id[1:]) % 3 == 2 for text_id in first["text_id"])


def test_nothing_is_applied_twice_to_the_same_texts(study, texts, coded, monkeypatch):
    monkeypatch.setattr(room, "_apply", lambda *_: pytest.fail("it was kept"))
    again = code_once(study, texts, embed(texts))
    pd.testing.assert_frame_equal(again["people"].chances, coded["people"].chances)
    with pytest.raises(pytest.fail.Exception):
        code_once(study, texts.rename({"C0": "C90"}), embed(texts))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("case_id,code\nC0,2\n", "no column 'coder'"),
        ("case_id,code,coder\nC0,2,A\nC1,3,A\n", "row 2: “Pets and gardens” has no code '3'"),
        ("case_id,code,coder\nX0,2,A\n", "no case_id is one of the study's cases"),
    ],
)
def test_codings_that_do_not_fit_are_told_with_their_place(tmp_path, study, content, words):
    path = tmp_path / "given.csv"
    path.write_text(content, encoding="utf-8")
    book = Codebook.load(study.folder / "book.toml")
    with pytest.raises(WorkbenchError, match=words):
        read_codings(path, book, ["C0", "C1"])


def test_codings_of_other_cases_are_counted_and_change_nothing(study, texts, coded):
    file = study.folder / study.codings["people"]
    kept = file.read_text(encoding="utf-8")
    try:
        file.write_text(f"{kept.rstrip()}\nX7,2,A\nX7,1,A\nX8,2,A\n", encoding="utf-8")
        again = code_once(study, texts, embed(texts))["people"]
    finally:
        file.write_text(kept, encoding="utf-8")
    assert (coded["people"].elsewhere, again.elsewhere) == (1, 3)
    pd.testing.assert_frame_equal(again.given, coded["people"].given)


def test_shares_rest_on_people_or_are_called_suggestions(study, coded, themes, log):
    tables = codebook_tables(coded, *themes, log, study)
    people, alone = tables["codebook/people"].set_index("code"), tables["codebook/alone"]
    assert (people["method"] == POWERED).all()
    assert people["labelled"].eq(CODED).all()
    assert people.loc["1.1", "low"] <= 1 / 3 <= people.loc["1.1", "high"]
    assert people.loc["1", "low"] <= 2 / 3 <= people.loc["1", "high"]
    assert (alone["method"] == SUGGESTED).all()
    assert (alone["n"] == alone["suggested"]).all()
    assert alone["note"].str.contains("not a prevalence").all()
    periods = tables["codebook-periods/people"]
    assert list(periods["group"].unique()) == ["2022-23", "2023-24"]
    assert len(periods) == 8


def test_agreement_is_measured_on_what_people_coded(coded):
    measured = measure_codes(coded["people"], seed=1).set_index("code")
    assert list(measured.index) == ["1", "1.1", "1.2", "2"]
    assert (measured["f1_low"] <= measured["f1"]).all()
    assert (measured["f1"] <= measured["f1_high"]).all()
    assert measured["f1"].min() > 0.7
    assert measured["kappa"].between(-1, 1).all()
    assert measure_codes(coded["alone"], seed=1).empty


def test_a_reflexive_study_measures_nobody(study, coded, themes, log):
    reflexive = SimpleNamespace(**{**vars(study), "method": Method(approach="reflexive")})
    tables = codebook_tables(coded, *themes, log, reflexive)
    assert not {"f1", "kappa", "calibration"} & set(tables["codebook/people"].columns)


def test_the_codebook_stands_beside_firm_themes_and_no_case_is_lost(study, coded, themes, log):
    found, shown = themes
    aligned = codebook_tables(coded, *themes, log, study)["codebook-themes/people"]
    assert list(aligned["label"].unique()) == ["T1", "T2", "T3", "In no theme"]
    met = aligned[aligned["relation"] == "same"]
    pairs = {("T2", "Dogs"), ("T3", "Cats"), ("T1", "Gardens")}
    assert set(zip(met["label"], met["name"], strict=True)) == pairs
    loose = shown.assign(firm=[True, True, True, False])
    aligned = codebook_tables(coded, found, loose, log, study)["codebook-themes/people"]
    sizes = dict(zip(aligned["label"], aligned["size"], strict=True))
    assert sizes == {"T0": 60, "T1": 30, "In no theme": 0}
    weak = shown.assign(firm=[False, True, False, False])
    aligned = codebook_tables(coded, found, weak, log, study)["codebook-themes/people"]
    sizes = dict(zip(aligned["label"], aligned["size"], strict=True))
    assert sizes == {"T1": 30, "In no theme": 60}


def test_asks_of_a_theme_and_of_all_others_are_all_suggestions(coded, themes):
    own = coded["people"]
    frame = count_asks(own, *themes)
    assert list(frame["theme"].unique()) == [0, 1]
    assert (frame["base"] + frame["reference_base"] == 90).all()
    for code, part in frame.groupby("code"):
        assert part["n"].sum() == own.applied[code].sum()
        assert (part["n"] + part["reference_n"] == own.applied[code].sum()).all()


def test_small_counts_are_hidden(study, coded, themes, log):
    strict = SimpleNamespace(**{**vars(study), "disclosure": Disclosure()})
    tables = codebook_tables(coded, *themes, log, strict)
    rule = strict.disclosure
    for name in ("codebook/people", "codebook-periods/people", "codebook-asks/people"):
        frame = tables[name]
        for column in {"n", "given", "suggested", "abstained"} & set(frame.columns):
            known = frame[column].dropna().astype(float)
            assert (known > rule.hide_up_to).all(), (name, column)
            assert (known % rule.round_to == 0).all(), (name, column)
