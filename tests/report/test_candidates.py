"""Sentences to quote from: of the commonest rows, none of a text that reads as at risk."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from tests.report.test_reading import make_records, study_of
from workbench.report import candidates
from workbench.report.candidates import ROWS, common_elements, find_candidates
from workbench.report.reading import read_closely
from workbench.themes.codebook import Code, Codebook
from workbench.tone import mark_tone

TEXTS = (
    "We have reported the whole page to TikTok twice and they refused to remove it. Thank you all. "
    "Summary: it was taken down, and the account came back a day later under a new name.",
    "She has said that she wants to die. We have reported the page to TikTok three times already.",
    "Thank you very much indeed for the poster of the quokka in the hall.",
)


@pytest.fixture
def analysis(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    monkeypatch.setattr(
        candidates,
        "theme_sentences",
        lambda themes, texts, vectors, **_: pd.DataFrame(
            [(theme, text_id, 0, 60) for theme in (1, 2, 3) for text_id in texts.index[theme::5]],
            columns=["theme", "text_id", "start", "end"],
        ),
    )
    study = study_of("attempts", "risk")
    records = make_records(study, texts=TEXTS, n=48, messages=False)
    reading = read_closely(records, study)
    tones = mark_tone(records.log.cases.set_index("case_id")["text"])
    read = {"study": study, "log": records.log, "reading": reading, "tones": tones}
    names = ["theme", "level", "parent", "firm"]
    shown = pd.DataFrame([(1, 0, -1, True), (2, 1, 1, True), (3, 1, 1, False)], columns=names)
    tables = {"themes": shown}
    return SimpleNamespace(**read, themes=None, vectors=None, coded={}, tables=tables)


def test_themes_tones_rows_and_returns_are_offered_in_their_order(analysis):
    found = find_candidates(analysis)
    keys = list(dict.fromkeys(found["key"]))
    assert keys[0] == "theme/1"
    assert "tone/gratitude" in keys
    assert {"attempts/reported", "attempts/several", "attempts/no_breach", "returns"} <= set(keys)
    kinds = [key.partition("/")[0] for key in keys]
    assert kinds == sorted(kinds, key=["theme", "tone", "attempts", "returns"].index)
    assert not [key for key in keys if key.startswith("risk")]


def test_a_theme_is_told_by_its_firm_sub_themes_too(analysis):
    found = find_candidates(analysis)
    own = found.loc[found["key"] == "theme/1", "case_id"]
    number = own.str[1:].astype(int)
    assert set(number % 5) == {1, 2}
    assert set(number[:2] % 5) == {1, 2}
    assert not [key for key in found["key"] if key in ("theme/2", "theme/3")]


def test_no_text_that_reads_as_somebody_at_risk_is_offered(analysis):
    found = find_candidates(analysis)
    grave = {f"C{number:02}" for number in range(1, 48, 3)}
    assert len(found) > 20
    assert not grave & set(found["case_id"])
    unasked = {name: own for name, own in analysis.reading.found.items() if name != "risk"}
    analysis.reading = SimpleNamespace(
        found=unasked, returns=analysis.reading.returns, lenses=analysis.reading.lenses[:1]
    )
    assert not grave & set(find_candidates(analysis)["case_id"])  # also where it is not reported


def test_returns_are_told_by_cases_that_return(analysis):
    found = find_candidates(analysis).query("key == 'returns'")
    assert len(found)
    assert set(found["case_id"]) <= set(analysis.reading.returns["case_id"])


def test_sentences_of_a_code_are_those_of_codes_under_it_and_of_people_first(analysis):
    book = Codebook(
        "Pets", (Code("1", "Animals"), Code("1.1", "Dogs", "1"), Code("1.2", "Cats", "1"))
    )
    safe = find_candidates(analysis)["case_id"].drop_duplicates().to_list()[:3]
    rows = [("1.1", safe[0], False), ("1.1", safe[1], True), ("1.2", safe[2], True)]
    evidence = pd.DataFrame(rows, columns=pd.Index(["code", "text_id", "by_people"]))
    evidence = evidence.assign(start=0, end=60)
    coded = SimpleNamespace(book=book, evidence=evidence, judged=["1.1", "1.2"])
    unchecked = SimpleNamespace(book=book, evidence=evidence, judged=[])
    analysis.coded = {"pets": coded, "nobody coded": unchecked}
    found = find_candidates(analysis)
    own = found[found["key"].str.startswith("codebook/")]
    assert set(own["key"]) == {"codebook/pets/1"}
    assert list(own["case_id"])[-1] == safe[0]
    assert set(own["case_id"]) == set(safe)


def test_the_commonest_elements_come_first():
    shown = [("a", 3), ("b", 5), ("c", 1), ("d", 2), ("e", 2), ("f", 4)]
    rows = [(f"{name}{n}", name) for name, size in shown for n in range(size)]
    found = pd.DataFrame([*rows, rows[0]], columns=["text_id", "element"])
    assert common_elements(found) == ["b", "f", "a", "d", "e"]
    assert len(common_elements(found)) == ROWS
