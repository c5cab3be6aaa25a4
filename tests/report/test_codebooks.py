"""Where codebooks stand in a report, and what their sections say."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from workbench.report.asked import FEWEST_ASKS, asks_of, say_recorded
from workbench.report.blocks import Paragraph, Quote, Quotes, Section, TableBlock
from workbench.report.codebook_drawings import title_of_alignment, title_of_codes
from workbench.report.codebooks import name_sections, place_codebooks
from workbench.report.coded_tables import SUGGESTED
from workbench.report.theme_names import say_names
from workbench.study.parts import Disclosure
from workbench.themes.codebook import Code, Codebook
from workbench.tone.prevalence import POWERED

CODES = (Code("1", "Animals"), Code("1.1", "Dogs", "1"), Code("2", "Gardens"))
OPEN = Disclosure(exempt=True, reason="made up")


def frame_of(method, *, measured=True):
    rows = [
        ("1", "Animals", "", 0, 50, 100, 0.5, 0.4, 0.6, 20, 10, 48, 5),
        ("1.1", "Dogs", "1", 1, 40, 100, 0.4, 0.3, 0.5, 20, 8, 39, 6),
        ("2", "Gardens", "", 0, 10, 100, 0.1, 0.05, 0.2, 20, 2, 9, 7),
    ]
    names = ["code", "label", "parent", "depth", "n", "base", "share", "low", "high"]
    names += ["labelled", "given", "suggested", "abstained"]
    frame = pd.DataFrame(rows, columns=pd.Index(names)).assign(method=method, group="All cases")
    told = {"f1": 0.8, "f1_low": 0.7, "f1_high": 0.9, "kappa": 0.75, "calibration": 0.02}
    return frame.assign(**told) if measured else frame


def make(sections=("b1",), method=POWERED, **more):
    books = {
        f"book{at}": Codebook("Pets", CODES, "What?", name) for at, name in enumerate(sections)
    }
    coded = {
        name: SimpleNamespace(
            name=name, book=book, judged=["1"] if method == POWERED else [], elsewhere=0
        )
        for name, book in books.items()
    }
    tables = {f"codebook/{name}": frame_of(method, **more) for name in books}
    study = SimpleNamespace(
        release=SimpleNamespace(approve="automatic", approved=None), disclosure=OPEN, notes={}
    )
    return SimpleNamespace(coded=coded, tables=tables, study=study, edits=None)


REPORT = [
    Section("Part B", 1, id="b"),
    Section("Themes", 2, id="b1"),
    Section("Theme: one", 3, id="b1-theme-0"),
    Section("Bullying", 2, id="b2"),
    Section("Part C", 1, id="c"),
]


def words_of(section):
    return "\n".join(block.text for block in section.blocks if isinstance(block, Paragraph))


def test_a_codebook_stands_before_the_found_themes_or_in_the_section_that_it_names():
    placed = place_codebooks(REPORT, make(["b1", "b2", "b9"]), {}, {})
    ids = [section.id for section in placed]
    assert ids == [
        *("b", "b1-codebook", "b1", "b1-theme-0", "b2", "b2-codebook", "b9-codebook", "c"),
    ]
    levels = {section.id: section.level for section in placed}
    assert levels["b1-codebook"] == 2
    assert levels["b2-codebook"] == 3


def test_two_codebooks_of_one_section_are_told_apart():
    assert name_sections(make(["b1", "b1"])) == {
        "b1-codebook": "book0",
        "b1-codebook-book1": "book1",
    }


def test_a_study_without_codebooks_has_no_such_section():
    assert place_codebooks(REPORT, make([]), {}, {}) == REPORT
    refused = make()
    refused.tables.clear()
    assert place_codebooks(REPORT, refused, {}, {}) == REPORT


def test_estimates_and_suggestions_are_told_apart():
    [people] = [s for s in place_codebooks(REPORT, make(), {}, {}) if s.id == "b1-codebook"]
    assert "People coded 20 of the 100 cases" in words_of(people)
    codes, told = (block for block in people.blocks if isinstance(block, TableBlock))
    assert codes.frame["Share of cases (95% interval)"].iloc[0] == "50.0% (40.0–60.0)"
    assert codes.frame["Code"].iloc[1] == "– Dogs"
    assert told.frame["F1 (95% interval)"].iloc[0] == "0.80 (0.70–0.90)"
    alone = make(method=SUGGESTED, measured=False)
    [section] = [s for s in place_codebooks(REPORT, alone, {}, {}) if s.id == "b1-codebook"]
    assert "no prevalence" in words_of(section)
    [table] = (block for block in section.blocks if isinstance(block, TableBlock))
    assert list(table.frame.columns) == ["Code", "Suggested for", "Abstained on"]


def test_cases_coded_but_not_held_are_told():
    analysis = make()
    analysis.coded["book0"].elsewhere = 12
    section = next(s for s in place_codebooks(REPORT, analysis, {}, {}) if s.id == "b1-codebook")
    assert "12 cases were coded that this study does not hold" in words_of(section)
    analysis.study.disclosure = Disclosure(hide_up_to=20)
    section = next(s for s in place_codebooks(REPORT, analysis, {}, {}) if s.id == "b1-codebook")
    assert "A few cases were coded" in words_of(section)


def test_without_measures_nothing_is_said_of_agreement():
    found = place_codebooks(REPORT, make(measured=False), {}, {})
    section = next(s for s in found if s.id == "b1-codebook")
    names = [block.name for block in section.blocks if isinstance(block, TableBlock)]
    assert names == ["codebook-book0"]


def test_quotes_stand_under_their_outermost_code():
    quotes = {"codebook/book0/2": Quotes((Quote("C1", "The roses died.", True, ""),))}
    found = place_codebooks(REPORT, make(), {}, quotes)
    blocks = next(s for s in found if s.id == "b1-codebook").blocks
    assert blocks[-1] is quotes["codebook/book0/2"]
    assert blocks[-2] == Paragraph("In the enquirers' words: Gardens")


def asked(rows):
    names = ["theme", "label", "name", "n", "base", "share", "low", "high", "reference_share"]
    analysis = make()
    analysis.tables["codebook-asks/book0"] = pd.DataFrame(rows, columns=pd.Index(names))
    return asks_of(analysis, 0, "One")


def test_only_codes_that_stand_out_are_told_of_a_theme():
    clear = (0, "One", "Dogs", 50, 100, 0.5, 0.4, 0.6, 0.2)
    [table] = asked(
        [
            clear,
            (0, "One", "Gardens", 30, 100, 0.3, 0.2, 0.4, 0.25),
            (0, "One", "Few", FEWEST_ASKS - 1, 100, 0.09, 0.05, 0.16, 0.01),
            (1, "Two", "Other", 50, 100, 0.5, 0.4, 0.6, 0.2),
        ]
    )
    assert table.frame["Pets"].to_list() == ["Dogs"]
    assert "no prevalence" in table.note
    assert asked([(0, "One", "Gardens", 30, 100, 0.3, 0.2, 0.4, 0.25)]) == []


def recorded(calls_in_theme):
    """100 cases, 40 of them in theme 0; 20 are calls, so many of them in the theme."""
    ids = [f"C{at}" for at in range(100)]
    placed = pd.Series([0] * 40 + [1] * 60)
    calls = ids[:calls_in_theme] + ids[60 : 80 - calls_in_theme]
    analysis = make()
    analysis.study.notes = {"route": ("Phone",)}
    analysis.themes = SimpleNamespace(
        assignments=pd.DataFrame({"text_id": ids}), at_level=lambda _: placed
    )

    class Log:
        def __len__(self):
            return len(ids)

        def membership(self, _):
            return pd.DataFrame({"case_id": calls, "label": "Phone"})

        def title_of(self, _):
            return "Route"

    analysis.log = Log()
    return say_recorded(analysis, 0)


def test_a_theme_that_holds_most_notes_gathers_by_recording():
    said = recorded(16)
    assert "80.0% of the texts that practitioners wrote down (Route: Phone; 16 of 20)" in said
    assert "make up 40.0% of it" in said
    assert recorded(15) is None


@pytest.mark.parametrize(
    ("honoured", "words"),
    [
        (["yes", "partly"], "2 decisions of A. Coder (2026-01-02)"),
        (["yes", "no"], "1 of 2 decisions could not be honoured (“Second”)"),
        (["undone", "undone"], "suggestions for the researcher"),
    ],
)
def test_decisions_are_told_and_those_that_were_lost(honoured, words):
    edits = pd.DataFrame({"honoured": honoured, "label": ["First", "Second"]})
    analysis = SimpleNamespace(edits=edits.assign(who="A. Coder", when="2026-01-02"))
    assert words in say_names(analysis)


def test_titles_say_what_leads_and_what_only_is_suggested():
    assert title_of_codes(frame_of(POWERED), "Pets").startswith("Pets: Animals leads with 50.0%")
    said = title_of_codes(frame_of(SUGGESTED), "Pets")
    assert "most often suggested" in said
    assert "“Animals”" in said
    rows = [(0, "same"), (1, "apart"), (-1, "in no theme")]
    aligned = pd.DataFrame(rows, columns=pd.Index(["theme", "relation"]))
    assert title_of_alignment(aligned, "Pets") == "Pets: 1 of 2 firm themes clearly meet a code"
