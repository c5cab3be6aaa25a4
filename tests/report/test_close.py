"""Sections and figures of close reading: tables as printed, small counts hidden, no words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.report.test_reading import EXACT, MATTERS, make_records, study_of, tables_of
from workbench.charts.drawing import Drawing
from workbench.compare.say import say
from workbench.lenses.lens import LENSES, load_lens
from workbench.report.analysis import Analysis
from workbench.report.blocks import (
    Bullets,
    FigureBlock,
    Paragraph,
    Quote,
    Quotes,
    Section,
    TableBlock,
)
from workbench.report.close import TELLS, close_sections, draw_close
from workbench.report.keeping import SafeRecords
from workbench.report.reading import SIGN_NAMES, read_closely, with_readings
from workbench.report.tables import HIDDEN
from workbench.study import Contact, Release, Study

RETURNING = "Returning matters, and cases that grow more pressing"
CONTACTS = (Contact(name="Police", details="999"),)


@dataclass(frozen=True)
class Told:
    """What is told of an analysis, made once: figures by name, sections by title."""

    analysis: Analysis
    drawings: dict[str, Drawing]
    sections: dict[str, Section]


def tell(
    study: Study,
    records: SafeRecords | None = None,
    quotes: dict[str, Quotes] | None = None,
) -> Told:
    """Figures and sections of an analysis that has neither themes nor vectors."""
    given = records or make_records(study)
    reading = read_closely(given, study)
    parts = SimpleNamespace(
        study=study,
        log=with_readings(given.log, reading),
        reading=reading,
        tables=tables_of(study, given),
        refused={},
    )
    analysis = cast(Analysis, parts)
    drawn = list(draw_close(analysis))
    drawings = {drawing.name: drawing for drawing in drawn}
    assert len(drawings) == len(drawn)
    sections = close_sections(analysis, drawings, quotes or {})
    return Told(analysis, drawings, {section.title: section for section in sections})


def words_of(section: Section) -> str:
    """All that a section says."""
    said: list[Any] = [section.title]
    for block in section.blocks:
        if isinstance(block, Paragraph):
            said.append(block.text)
        elif isinstance(block, Bullets):
            said += block.items
        elif isinstance(block, TableBlock):
            said += [block.title, block.note, block.frame.to_csv(index=False)]
        elif isinstance(block, FigureBlock):
            said += [block.drawing.title, block.drawing.alt, block.drawing.note]
    return "\n".join(said)


def tables_in(section: Section) -> dict[str, TableBlock]:
    return {block.title: block for block in section.blocks if isinstance(block, TableBlock)}


@pytest.fixture(scope="module")
def exact() -> Told:
    study = study_of(*LENSES, rule=EXACT)
    return tell(study.model_copy(update={"contacts": CONTACTS}))


@pytest.fixture(scope="module")
def safe() -> Told:
    return tell(study_of(*LENSES))


def test_there_is_a_section_a_lens_in_the_studys_order_then_the_returns(exact):
    study = study_of("risk", "attempts", rule=EXACT)
    assert len(exact.sections) == len(LENSES) + 1
    turned = list(tell(study).sections)
    assert len(turned) == 3
    assert turned[0] == "Texts that read as somebody at risk"
    assert turned[-1] == RETURNING
    first, *others = [exact.sections[title] for title in exact.sections if title != RETURNING]
    assert first.blocks[0] == Paragraph(TELLS, style="note")  # in full once; others refer to it
    for section in others:
        assert first.title in section.blocks[0].text
        assert TELLS not in words_of(section)
    assert {section.level for section in exact.sections.values()} == {2}


def test_each_figure_stands_in_its_section_once(exact):
    names = set(exact.drawings)
    assert {f"lens-{name}" for name in LENSES} | {"returns", "tones-together"} <= names
    placed = [
        block.drawing.name
        for section in exact.sections.values()
        for block in section.blocks
        if isinstance(block, FigureBlock)
    ]
    # The two of tone stand in the section on tone.
    assert sorted(placed) == sorted(names - {"tones-together", "tone-targets"})


def test_figures_without_a_picture_leave_their_tables(exact):
    sections = close_sections(exact.analysis, {}, {})
    assert not [one for part in sections for one in part.blocks if isinstance(one, FigureBlock)]
    assert all(tables_in(section) for section in sections)


def test_lenses_have_tables_of_their_own_with_their_base(exact):
    sections = exact.sections
    tried = tables_in(sections["What was tried before"])
    assert load_lens("attempts").question in tried
    answers = tried["What became of reports: answers that stand beside a report"]
    assert "of the 12 cases that tell of a report" in answers.note
    told = tried["How many reports a text tells of"]
    assert "of the 12 cases that tell of a report" in told.note
    assert "several" not in told.note  # a case stands in one row
    assert told.frame["Cases"].tolist().count("12") == 1
    words = tables_in(sections["The vocabulary of defamation"])["By family of words"]
    assert "of all 48 cases" in words.note
    libel = words.frame.set_index("Words")["Share (95% interval)"]
    assert [one for one in libel if one.startswith("25.0% (")]
    assert "never legal advice" in words_of(sections["The vocabulary of defamation"])


def test_where_to_refer_stands_where_the_study_names_it(exact, safe):
    title = "Texts that read as somebody at risk"
    assert Bullets(("Police: 999",)) in exact.sections[title].blocks
    assert not [one for one in safe.sections[title].blocks if isinstance(one, Bullets)]


def test_returns_and_rising_cases_are_counted(exact):
    said = words_of(exact.sections[RETURNING])
    assert "12 cases are tied to an earlier one of 12 matters" in said
    assert "count 12 that return to a case of their own period; none go back" in said
    assert f"In {len(exact.analysis.reading.rising)} of 16 cases with several messages" in said
    assert "not a proof" in said


def test_small_counts_are_hidden_in_words_and_tables(safe):
    sections = safe.sections
    said = words_of(sections[RETURNING])
    assert "10 cases are tied to an earlier one of 10 matters" in said
    assert "of 15 cases with several messages" in said
    few = tables_in(sections["What was tried before"])[load_lens("attempts").question]
    assert set(few.frame.iloc[0, [1, 3]]) == {HIDDEN}  # six in each period


def test_few_returns_are_not_counted_out():
    study = study_of()
    records = make_records(study)
    few = replace(records, returns=records.returns.head(3))
    said = words_of(tell(study, few).sections[RETURNING])
    assert "Few cases are tied to an earlier one of few matters" in said


def test_figures_whose_shares_are_all_hidden_are_not_drawn():
    study = study_of("attempts")
    names = set(tell(study, make_records(study, n=24)).drawings)
    assert "lens-attempts" not in names
    assert "returns" not in names


def test_a_lens_that_finds_nothing_says_so_and_nothing_returns():
    study = study_of("attempts", "risk")
    records = make_records(study, texts=MATTERS[3:], messages=False)
    calm = tell(study, replace(records, returns=records.returns.iloc[:0]))
    sections = calm.sections
    assert list(sections) == ["What was tried before", "Texts that read as somebody at risk"]
    for section in sections.values():
        assert Paragraph("No case shows any of its signs.") in section.blocks
        assert not tables_in(section)
    assert not [one for one in calm.drawings if one.startswith(("lens-", "returns"))]


def test_titles_say_what_comes_most_and_the_base_of_each_period(exact):
    lens = exact.drawings["lens-attempts"]
    assert "most often " in lens.title
    assert "2022-23 24; 2023-24 24" in lens.note
    assert "not a prevalence" in lens.note


def test_what_no_case_shows_stands_with_a_zero(exact):
    tried = tables_in(exact.sections["What was tried before"])[load_lens("attempts").question].frame
    assert set(tried.iloc[:, 0]) == set(load_lens("attempts").names.values())
    assert tried.set_index(tried.columns[0]).loc["Union"].tolist() == ["0", "0.0%", "0", "0.0%"]
    signs = tables_in(exact.sections[RETURNING])
    [frame] = [table.frame for table in signs.values()]
    assert len(frame) == len(SIGN_NAMES)
    zero = frame[frame["Sign"] == "Same link"].iloc[0]
    assert zero.iloc[1:].tolist() == ["0", "0.0%", "0", "0.0%"]


def test_under_one_element_the_commonest_below_it_leads(exact):
    title = exact.drawings["lens-defamation"].title
    assert title.startswith("The vocabulary of defamation: where it is used, most often ")
    assert not title.endswith("vocabulary of defamation")


def voice(key: str, *, approved: bool = True) -> Quotes:
    return Quotes((Quote(f"C-{key}", f"Words on {key}.", approved, "nobody has cleared it"),))


def test_the_commonest_rows_have_voices_under_their_names():
    study = study_of("attempts", rule=EXACT)
    study = study.model_copy(update={"release": Release(approved="approved.csv")})
    given = {"attempts/reported": voice("a"), "attempts/several": voice("b", approved=False)}
    blocks = tell(study, quotes=given).sections["What was tried before"].blocks
    at = blocks.index(given["attempts/reported"])
    assert blocks[at - 1] == Paragraph("In the enquirers' words: Reported to a platform")
    assert sum(isinstance(block, Quotes) for block in blocks) == 1
    held = {"attempts/several": voice("b", approved=False), "returns": voice("c")}
    told = tell(study, quotes=held)
    [waiting] = [b for b in told.sections["What was tried before"].blocks if isinstance(b, Quotes)]
    assert not waiting.items[0].approved
    assert held["returns"] in told.sections[RETURNING].blocks


def test_periods_of_other_lengths_are_not_compared():
    study = study_of("attempts", rule=EXACT)
    short = study.periods[1].model_copy(update={"end": date(2024, 2, 29)})
    told = tell(study.model_copy(update={"periods": (study.periods[0], short)}))
    frame = told.analysis.tables["returns"]
    assert frame["difference"].isna().all()
    assert "do not compare" in words_of(told.sections[RETURNING])
    later = frame[frame["reference"].notna()].iloc[0]
    assert "the periods are not equally long" in say(later)


@pytest.mark.parametrize("kind", ["exact", "safe"])
def test_no_words_of_a_case_are_told(kind, request):
    told = request.getfixturevalue(kind)
    texts = [words_of(section) for section in told.sections.values()]
    texts += [drawing.data.to_csv() for drawing in told.drawings.values()]
    texts += [drawing.figure.to_json() for drawing in told.drawings.values()]
    for text in texts:
        assert "quokka" not in text
        assert "wants to die" not in text
        assert "C01" not in text
