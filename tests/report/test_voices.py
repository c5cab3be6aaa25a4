"""Themes and tone as the report tells of them: words said once, no heading over nothing."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from tests.report.method_study import study_with, words_of
from tests.report.two_years import make_years
from workbench.report.blocks import Quote, Quotes, TableBlock
from workbench.report.voices import theme_sections, tone_sections

SIGNED = "[release]\napproved = 'approved.csv'\n"
HELD = Quotes((Quote("C1", "They took it down.", False, "nobody has cleared it"),))


def themes_frame():
    rows = [
        (1, -1, 0, "Page, staff", "page, staff, school", 500),
        (2, -1, 0, "Better", "better", 200),
        (3, 1, 1, "Staff, crest", "staff, crest, motto", 300),
        (4, 1, 1, "No keywords", "", 200),
        (5, 2, 1, "Better", "better", 200),
    ]
    columns = ["theme", "parent", "level", "label", "keywords", "size"]
    frame = pd.DataFrame(rows, columns=pd.Index(columns)).assign(share=0.5, low=0.4, high=0.6)
    steady = {"stability": 0.8, "stability_low": 0.7, "stability_high": 0.9}
    return frame.assign(**steady, firm=frame["theme"] != 4)


def analysis(study):
    assigned = pd.DataFrame({"theme": [1] * 799 + [-1]})
    tables = {"themes": themes_frame()}
    themes = SimpleNamespace(assignments=assigned)
    plain = {"refused": {}, "coded": {}, "edits": None, "continued": None}
    return SimpleNamespace(study=study, log=make_years(), tables=tables, themes=themes, **plain)


def told(study, quotes):
    return {s.id: s for s in theme_sections(analysis(study), {}, quotes)}


def test_words_that_the_label_holds_are_not_said_again(tmp_path):
    found = told(study_with(tmp_path), {})
    main = words_of(found["b1-theme-1"])
    assert "Marked by: page, staff, school." in main
    assert "Staff, crest: 300 cases; staff, crest, motto" in main
    assert "Without words that mark it: 200 cases (not firm)" in main.splitlines()
    assert "1 of them is too small, or comes back too seldom" in words_of(found["b1"])
    assert "Marked by" not in words_of(found["b1-theme-2"])
    assert "; \n" not in main + "\n"


def test_without_a_list_of_approved_quotes_that_is_said_once(tmp_path):
    quotes = {"theme/1": HELD, "tone/concern": HELD}
    study = study_with(tmp_path)
    found = told(study, quotes)
    assert "not released" in words_of(found["b1"])
    assert not any(isinstance(b, Quotes) for s in found.values() for b in s.blocks)
    assert [s.id for s in tone_sections(analysis(study), {}, quotes)] == ["b4"]


def test_with_a_list_the_places_of_quotes_stand(tmp_path):
    quotes = {"theme/1": HELD, "tone/concern": HELD}
    study = study_with(tmp_path, SIGNED)
    found = told(study, quotes)
    assert "not released" not in words_of(found["b1"])
    assert HELD in found["b1-theme-1"].blocks
    assert [s.id for s in tone_sections(analysis(study), {}, quotes)] == ["b4", "b4-concern"]


@pytest.mark.parametrize("drawn", [True, False])
def test_the_note_on_tones_stands_once(tmp_path, drawn):
    frame = pd.DataFrame(
        {"label": ["Concern"], "group": ["2023-24"], "n": [10], "share": [0.1], "note": [""]}
    )
    coverage = pd.DataFrame(
        {"group": ["2023-24"], "cases": [100], "recorded": [100], "missing": [0]}
    )
    given = analysis(study_with(tmp_path))
    given.tables |= {"shares/tone": frame, "coverage/tone": coverage}
    drawings = {"tones": object()} if drawn else {}
    [section] = tone_sections(given, drawings, {})
    [table] = [block for block in section.blocks if isinstance(block, TableBlock)]
    assert (table.note == "") == drawn
