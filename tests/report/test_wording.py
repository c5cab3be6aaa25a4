"""Words in a report: what is compared with what, what is hidden, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import cast

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tests.charts.frames import make_study
from tests.charts.frames import words_of as words_in
from tests.logs import make_log
from tests.report.test_close import tables_in, words_of
from workbench.cases.log import CaseLog
from workbench.charts.drawing import Drawing
from workbench.compare.keyness import keyness
from workbench.report.analysis import Analysis
from workbench.report.blocks import FigureBlock, Paragraph, Section
from workbench.report.wording import draw_words, word_blocks, word_sections
from workbench.report.wording_tables import word_tables
from workbench.study import Comparison, Disclosure, Study, Words
from workbench.text.words import stop_words

EXACT = Disclosure(exempt=True, reason="invented")
LATER = {"period": "2023-24", "date": "2023-10-01"}
SIGNED = "Kind regards,\nJo Quokka\nHead of Year"
SETTINGS = Comparison(title="Settings", by="phase", groups=("Primary", "Secondary"))
WARNING = "Caution: email from outside - "
IN_2022, IN_2023 = "2022-23", "2023-24"
KEYS = ("keyness/subjects", "keyness/enquiries", "keyness/1/2022-23", "keyness/1/2023-24")


def make_cases(n: int = 40) -> list[dict[str, object]]:
    """``n`` cases a period: protests in the first, fake pages in the second; a third is primary.

    Each text speaks of [PERSON 1] and is signed; half of the first period's subjects carry a
    warning, and two cases speak of a wombat.
    """
    rows: list[dict[str, object]] = []
    for place in range(2 * n):
        later = place >= n
        phase = "Primary" if place % 3 == 0 else "Secondary"
        matter = "a fake page" if later else "a protest march"
        where = "nursery pupils" if phase == "Primary" else "older students"
        rare = " A wombat was there." if place in (3, n + 3) else ""
        subject = f"{'Fake' if later else 'Protest'} video of a {place % 3} school"
        rows.append(
            {
                "case_id": f"C{place:03}",
                "text": f"We saw {matter} by [PERSON 1] about our {where}.{rare}\n\n{SIGNED}",
                "subject": f"{WARNING if place % 2 and not later else ''}{subject}",
                "phase": phase,
                **(LATER if later else {}),
            }
        )
    return rows


def study_of(
    rule: Disclosure = EXACT, *, banners: tuple[str, ...] = ("caution", "outside")
) -> Study:
    words = Words(stop=("video",), banners=banners)
    update = {"disclosure": rule, "words": words, "comparisons": (SETTINGS,)}
    return make_study().model_copy(update=update)


def log_of(rows: list[dict[str, object]]) -> CaseLog:
    return replace(make_log(rows), redacted=True)


@dataclass(frozen=True)
class Told:
    """What is told of a study: its tables, figures by name, and the section."""

    analysis: Analysis
    tables: dict[str, pd.DataFrame]
    drawings: dict[str, Drawing]
    sections: list[Section]

    @property
    def section(self) -> Section:
        return self.sections[0]

    def blocks(self, key: str) -> Section:
        """The blocks of a table of keyness, as a section."""
        return Section(key, 2, tuple(word_blocks(self.analysis, self.drawings, key)))


def tell(study: Study, rows: list[dict[str, object]]) -> Told:
    log = log_of(rows)
    tables = word_tables(log, study)
    analysis = cast(Analysis, SimpleNamespace(study=study, log=log, tables=tables))
    drawn = list(draw_words(analysis))
    drawings = {drawing.name: drawing for drawing in drawn}
    assert len(drawings) == len(drawn)
    return Told(analysis, tables, drawings, word_sections(analysis, drawings))


@pytest.fixture(scope="module")
def exact() -> Told:
    return tell(study_of(), make_cases(120))


@pytest.fixture(scope="module")
def safe() -> Told:
    return tell(study_of(Disclosure()), make_cases(120))


def test_there_is_a_table_for_each_matter(exact: Told) -> None:
    assert set(exact.tables) == {
        "words",
        "cloud",
        "keyness/subjects",
        "keyness/enquiries",
        "shift/enquiries",
        "keyness/1/2022-23",
        "keyness/1/2023-24",
    }


def test_periods_are_set_later_against_earlier_by_cleaned_texts(exact: Told) -> None:
    texts = {name: f"We saw {name} by about our" for name in ("a fake page", "a protest march")}
    both = ["nursery pupils", "older students", "older students"] * 40
    sides = [
        [f"{texts[name]} {who}." for who in both] for name in ("a fake page", "a protest march")
    ]
    for side in sides:
        side[3] += " A wombat was there."
    expected = keyness(*sides, stop=stop_words() | {"video"})
    found = exact.tables["keyness/enquiries"]
    assert_frame_equal(found[expected.columns], expected)
    assert found.loc[found["word"] == "fake", "log_ratio"].item() > 0
    assert found[
        ["group_a", "group_b", "base_a", "base_b"]
    ].drop_duplicates().to_numpy().tolist() == [[IN_2023, IN_2022, 120, 120]]


def test_the_first_group_of_a_comparison_is_what_the_second_is_set_against(exact: Told) -> None:
    for period in (IN_2022, IN_2023):
        frame = exact.tables[f"keyness/1/{period}"].set_index("word")
        assert frame.loc["older", "log_ratio"] > 0 > frame.loc["nursery", "log_ratio"]
        assert set(frame["group_a"]) == {"Secondary"}
        assert frame.loc["older", ["base_a", "base_b"]].tolist() == [80, 40]


def test_cases_of_both_groups_are_on_neither_side() -> None:
    rows = make_cases(120)
    for row in rows[:30]:
        row["phase"] = ["Primary", "Secondary"]
    frame = tell(study_of(), rows).tables["keyness/1/2022-23"]
    assert frame[["base_a", "base_b"]].iloc[0].tolist() == [60, 30]


@pytest.mark.parametrize("told", ["exact", "safe"])
def test_pseudonyms_signatures_and_stop_words_are_no_words(
    told: str, request: pytest.FixtureRequest
) -> None:
    for key, frame in request.getfixturevalue(told).tables.items():
        if "word" in frame:
            assert len(frame), key
            assert not set(frame["word"]) & {"person", "quokka", "regards", "video", "about"}, key


def test_subjects_are_compared_without_warnings(exact: Told) -> None:
    words = set(exact.tables["keyness/subjects"]["word"])
    assert {"protest", "fake", "school"} <= words
    assert not words & {"caution", "outside", "email"}
    assert {"caution", "outside", "email"} <= set(exact.tables["words"]["word"])
    assert not {"caution", "outside", "email"} & set(exact.tables["cloud"]["word"])


def test_too_few_texts_are_not_compared() -> None:
    found = tell(study_of(), make_cases(29))
    assert set(found.tables) == {"words", "cloud"}
    assert set(tell(study_of(), make_cases(45)).tables) >= {"keyness/enquiries"}
    assert "keyness/1/2022-23" not in tell(study_of(), make_cases(45)).tables
    assert found.blocks("keyness/enquiries").blocks == ()


def test_a_single_period_has_its_words_and_groups_alone() -> None:
    study = make_study()
    study = study_of().model_copy(update={"periods": study.periods[:1]})
    found = tell(study, make_cases(120)[:120])
    assert set(found.tables) == {"words", "cloud", "keyness/1/2022-23"}
    assert len(tables_in(found.section)) == 1


def test_without_subject_lines_there_is_no_section() -> None:
    found = tell(study_of(), [{**row, "subject": None} for row in make_cases()])
    assert not {"words", "cloud", "keyness/subjects"} & set(found.tables)
    assert found.sections == []
    assert not [name for name in found.drawings if "subject" in name or "cloud" in name]


def test_the_order_of_the_cases_changes_nothing(exact: Told) -> None:
    turned = word_tables(log_of(make_cases(120)[::-1]), study_of())
    for key, frame in exact.tables.items():
        other = turned[key]
        if "period" in frame:
            frame, other = (
                one.sort_values(["period", "rank"], ignore_index=True) for one in (frame, other)
            )
        assert_frame_equal(frame, other)


def test_words_in_few_texts_are_hidden(exact: Told, safe: Told) -> None:
    assert "wombat" not in set(safe.tables["keyness/enquiries"]["word"])
    for frame in safe.tables.values():
        counts = [name for name in ("texts_a", "texts_b", "base_a", "base_b", "n") if name in frame]
        assert (frame[counts] % 5 == 0).all(axis=None)
    # A word that one side never uses would tell of each of its cases that it does not.
    assert set(safe.tables["keyness/1/2022-23"]["word"]) == {"march", "protest", "saw"}
    assert "few or none without" in words_of(safe.section)
    assert "few" not in words_of(exact.section)
    assert "Words in 7 or fewer enquiries of either" in words_of(safe.blocks("keyness/enquiries"))
    assert "or fewer" not in words_of(exact.blocks("keyness/enquiries"))


VOCABULARY = ("caution", "outside", "account", "school", "wombat", "quokka", "platypus")


@settings(max_examples=12)
@given(
    texts=st.lists(
        st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=3), min_size=70, max_size=90
    ),
    hide=st.integers(0, 12),
)
def test_no_word_is_told_of_fewer_texts_than_the_rule_allows(
    texts: list[list[str]], hide: int
) -> None:
    rows = [
        {"case_id": f"C{place}", "text": " ".join(text), "subject": " ".join(text)}
        | (LATER if place % 2 else {})
        for place, text in enumerate(texts)
    ]
    rule = Disclosure(hide_up_to=hide, round_to=1)
    study = study_of(rule, banners=()).model_copy(update={"comparisons": ()})
    tables = word_tables(log_of(rows), study)
    having = [
        {word: sum(word in text for text in texts[start::2]) for word in VOCABULARY}
        for start in (0, 1)
    ]
    for key in ("words", "cloud"):
        for row in tables[key].itertuples():
            assert having[row.period == IN_2023][row.word] > hide
    for key in ("keyness/subjects", "keyness/enquiries"):
        told = set(tables[key]["word"])
        assert told <= {w for w in VOCABULARY if min(side[w] for side in having) > hide}
        # Others than those of fewer than five uses in all are told.
        assert told >= {w for w in VOCABULARY if min(side[w] for side in having) > max(hide, 2)}


def test_figures_name_the_clear_words_and_their_bases(exact: Told) -> None:
    assert set(exact.drawings) == {
        "subject-words",
        "subject-words-without",
        "word-cloud-2022-23",
        "word-cloud-2023-24",
        "keyness-subjects",
        "keyness-enquiries",
        "keyness-1-2022-23",
        "keyness-1-2023-24",
    }
    title = exact.drawings["keyness-enquiries"].title
    assert (
        title
        == "Words of enquiries: “fake” and “page” mark 2023-24; “march” and “protest” mark 2022-23"
    )
    title = exact.drawings["keyness-1-2022-23"].title
    assert title.startswith("Words of enquiries, Primary and Secondary in 2022-23: “older” and")
    assert "“nursery” and “pupils” mark Primary" in title
    note = exact.drawings["keyness-1-2022-23"].note
    assert "80 enquiries of Secondary and 40 of Primary" in note
    note = exact.drawings["subject-words"].note
    assert "120 of 120 cases of 2022-23 and 120 of 120 cases of 2023-24" in note
    assert "come from mail gateways" in exact.drawings["subject-words"].title
    for drawing in exact.drawings.values():
        assert drawing.alt
        assert drawing.note.startswith("Base: ")


def test_a_title_says_that_nothing_is_clear() -> None:
    rows = [{**row, "text": "We saw a page."} for row in make_cases()]
    title = tell(study_of(), rows).drawings.get("keyness-enquiries")
    assert title is None  # all words are used alike, so there is nothing to draw
    for row in rows[:3]:
        row["text"] = "We saw a page page."
    found = tell(study_of(), rows).drawings["keyness-enquiries"]
    assert found.title.endswith("none differs clearly between 2023-24 and 2022-23")


def test_nothing_that_people_wrote_is_shown_beyond_words(exact: Told) -> None:
    said = [words_of(exact.section), *(words_of(exact.blocks(key)) for key in KEYS)]
    said += [text for drawing in exact.drawings.values() for text in words_in(drawing.figure)]
    said += [drawing.data.to_csv() for drawing in exact.drawings.values()]
    for text in said:
        assert "fake page" not in text
        assert "we saw" not in text.lower()
        assert "Quokka" not in text


def test_both_rankings_stand_side_by_side(exact: Told) -> None:
    earlier, later = tables_in(exact.section).values()
    assert list(earlier.frame)[1:] == ["Word", "Uses", "Without warnings", "Uses without"]
    row = earlier.frame.set_index("Word").loc["caution *"]
    assert row["Uses"] == "60"
    assert "caution" not in set(earlier.frame["Without warnings"])
    assert "* Mostly in warnings" in earlier.note
    assert list(later.frame) == ["Rank", "Word", "Uses"]
    said = words_of(exact.section)
    assert "“caution” (60 uses, none without)" in said
    assert "used most in 2022-23" in said
    assert "words used most in 2023-24 are the same" in said


def test_words_that_take_the_free_places_are_named() -> None:
    rows = make_cases()
    kinds = [f"kind{chr(97 + place)}" for place in range(24)]
    for row in rows:
        row["subject"] = f"{row['subject']} {' '.join(kinds[:15])}"
    for row in rows[:10]:
        row["subject"] = f"{row['subject']} {kinds[20]}"
    said = words_of(tell(study_of(), rows).section)
    assert "Without warnings the list takes in “kindu” instead" in said


def test_a_study_without_listed_warnings_is_told_so() -> None:
    found = tell(study_of(banners=()), make_cases())
    assert "banners" in words_of(found.section)
    assert "subject-words-without" not in found.drawings
    assert all(
        list(one.frame) == ["Rank", "Word", "Uses"] for one in tables_in(found.section).values()
    )


def test_words_of_a_table_come_with_figure_and_sentences(exact: Told) -> None:
    figure, said, apart = exact.blocks("keyness/enquiries").blocks
    assert isinstance(figure, FigureBlock)
    assert isinstance(said, Paragraph)
    assert "More in 2023-24: “fake”" in said.text
    assert isinstance(apart, Paragraph)
    assert "apart on a scale" in apart.text
    assert len(exact.blocks("keyness/subjects").blocks) == 2
    assert exact.blocks("keyness/2/2022-23").blocks == ()


def test_where_every_word_is_hidden_the_report_says_so() -> None:
    rule = Disclosure(hide_up_to=200, round_to=5)
    found = tell(study_of(rule), make_cases(210))
    assert found.tables["keyness/enquiries"]["word"].tolist() == ["saw"]
    rows = [{**row, "text": f"{'Fake' if 'period' in row else 'Protest'}."} for row in make_cases()]
    found = tell(study_of(Disclosure()), rows)
    assert not len(found.tables["keyness/enquiries"])
    assert "keyness-enquiries" not in found.drawings
    assert "none can be compared. Words in 7 or fewer" in words_of(
        found.blocks("keyness/enquiries")
    )
