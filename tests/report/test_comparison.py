"""Part C in figures and words, from its tables alone."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.report.two_years import analysis_of, load_study, make_years
from workbench.report.blocks import Bullets, FigureBlock, Paragraph, TableBlock
from workbench.report.comparing import comparison_tables
from workbench.report.comparison import comparison_sections, draw_comparisons, sentences
from workbench.report.schemes import scheme_tables


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    study, log = load_study(tmp_path_factory.mktemp("study")), make_years()
    tables = comparison_tables(log, study, fields=["role", "platform", "kind"], found=[])
    return analysis_of(study, log, {**tables, **scheme_tables(log, study)})


@pytest.fixture(scope="module")
def drawings(analysis):
    return {drawing.name: drawing for drawing in draw_comparisons(analysis)}


@pytest.fixture(scope="module")
def sections(analysis, drawings):
    return {section.title: section for section in comparison_sections(analysis, drawings)}


def words(section):
    found = []
    for block in section.blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
        elif isinstance(block, Bullets):
            found += block.items
    return found


def test_every_figure_says_what_it_shows(drawings):
    assert set(drawings) == {
        "crosswalk-1",
        "change-role",
        "change-platform",
        "equal-mix-platform",
        "groups-1-2022-23-platform",
        "groups-1-2022-23-kind",
        "groups-1-2023-24-platform",
        "groups-1-2023-24-kind",
    }
    assert "B rose by 8 points" in drawings["change-platform"].title
    assert drawings["groups-1-2022-23-platform"].title.startswith("2022-23: ")


def test_a_field_whose_scheme_changed_goes_through_the_crosswalk_alone(sections, drawings):
    assert "change-kind" not in drawings
    said = words(sections["Year on year"])
    rates = "labels a case: 1.00 in 2022-23 (Kinds of 2022-23); 1.50 in 2023-24 (Kinds of 2023-24)"
    assert any(rates in line for line in said)
    title = drawings["crosswalk-1"].title
    assert title.startswith("Bullying rose from 2022-23 to 2023-24 through the crosswalk to “Kinds")
    assert title.endswith("no other change can be claimed")


def test_a_change_says_that_an_equal_mix_does_not_bear_it_out(sections, drawings):
    assert "B rose by 8 points (not clear at an equal mix)" in drawings["change-platform"].title
    said = words(sections["Year on year"])
    told = [line for line in said if line.startswith("B rose from")]
    assert len(told) == 1
    assert told[0].endswith("The change is not clear at an equal mix of the cases.")
    tables = {b.name: b for b in sections["Year on year"].blocks if isinstance(b, TableBlock)}
    assert "Kind of matter" not in list(tables.pop("changes").frame["Field"])
    [table] = tables.values()
    assert table.frame["Comparable"].tolist() == ["as a group", "not comparable"]
    assert any(line.startswith("Bullying: any of Of staff") for line in said) or any(
        line.startswith("Bullying") for line in said
    )


def test_a_change_of_the_mix_is_told_beside_the_change(sections):
    said = words(sections["Year on year"])
    assert any("The mix of the cases moved" in line for line in said)
    assert any("B rose from 50.0% (200 of 400)" in line for line in said)
    assert any("B: " in line and "equal mix of Role" in line for line in said)


def test_groups_and_the_rest_have_their_sections(sections, drawings):
    groups = sections["Heads and teachers"]
    assert sum(isinstance(block, FigureBlock) for block in groups.blocks) == 4
    rest = sections["Any other grouping"]
    [table] = [block for block in rest.blocks if isinstance(block, TableBlock)]
    assert table.frame["Group"].str.contains("Teacher").any()
    assert table.frame["Carries"].str.contains("(platform)", regex=False).any()


@pytest.mark.parametrize(
    ("rows", "p", "last"),
    [
        (3, 0.9, None),
        (4, 0.9, "1 more was compared, not clear."),
        (5, 0.9, "2 more were compared, none of them clear."),
        (9, 0.0, "1 more was compared, and differs clearly."),
        (10, 0.0, "2 more were compared, 2 of them with a clear difference."),
    ],
)
def test_what_is_not_said_is_counted(analysis, rows, p, last):
    frame = analysis.tables["groups/1/2022-23/platform"]
    one = frame[frame["difference"].notna()].head(1).assign(p_adjusted=p, n=40, reference_n=40)
    said = sentences(pd.concat([one] * rows, ignore_index=True))
    assert (said[-1] == last) if last else len(said) == rows


def test_sentences_are_the_clearest_first(analysis):
    said = sentences(analysis.tables["groups/1/2022-23/platform"])
    assert said[0].startswith(("A: ", "B: "))
    assert "points" in said[0]
    assert sentences(analysis.tables["shares/kind"]) == ("Too few cases to compare.",)
