"""Comparisons in a notebook: each cell and sentence escaped, none claiming more than its row."""

from __future__ import annotations

import pytest

from tests.compare.crosswalks import make_crosswalking
from tests.compare.crosswalks import make_years as make_schemes
from tests.explore.test_show import rows
from tests.logs import make_log
from workbench.cases.log import CaseLog
from workbench.compare.composition import standardise
from workbench.compare.keyness import keyness
from workbench.compare.mix import mix_change
from workbench.compare.rest import compare_with_rest
from workbench.compare.say import say
from workbench.compare.say_schemes import say_through
from workbench.compare.schemes import compare_through
from workbench.compare.shares import compare_fields, compare_shares
from workbench.explore import compared

Group = tuple[int, dict[str, object]]


def log_of(*groups: Group) -> CaseLog:
    """A log of so many cases with these fields; dates follow the period."""
    days = {"2022-23": "2022-10-05", "2023-24": "2023-10-05"}
    members = [
        {**fields, "date": days[str(fields.get("period", "2022-23"))]}
        for many, fields in groups
        for _ in range(many)
    ]
    return make_log([{**row, "case_id": f"C{number}"} for number, row in enumerate(members)])


@pytest.fixture
def phases() -> CaseLog:
    """40 primary and 400 secondary cases: topic <u>x</u> and tone differ, y hardly does."""
    return log_of(
        (30, {"phase": "Primary", "topic": "<u>x</u>", "tone": "calm"}),
        (10, {"phase": "Primary", "topic": "y", "tone": "calm"}),
        (40, {"phase": "Secondary", "topic": "<u>x</u>", "tone": "calm"}),
        (340, {"phase": "Secondary", "topic": "y", "tone": "calm"}),
        (20, {"phase": "Secondary", "topic": "z", "tone": "calm"}),
    )


def test_each_compared_row_is_said_and_escaped(phases: CaseLog) -> None:
    frame = compare_shares(phases, "topic", by="phase", groups=["Primary", "Secondary"])
    shown = compared.say_rows(frame, say)
    assert len(repr(shown).splitlines()) == 3
    assert "&lt;u&gt;x&lt;/u&gt;: 75.0%" in shown._repr_html_()
    assert repr(compared.say_rows(None, say, none="None asked for.")) == "None asked for."


def test_what_has_no_counterpart_is_passed_over() -> None:
    walk = make_crosswalking([("A", "V", "exact")], earlier=("A", "B"), later=("V", "W"))
    log = make_schemes([["A"]] * 30 + [["B"]] * 30, [["V"]] * 50 + [["W"]] * 10, *"AB VW".split())
    said = repr(compared.say_rows(compare_through(log, walk), say_through))
    assert said.startswith("A: 50.0% of cases in 2022-23")
    assert len(said.splitlines()) == 1


def test_a_mix_that_moved_is_warned_of() -> None:
    before, after = {"role": "Head"}, {"role": "Head", "period": "2023-24"}
    still = log_of((50, before), (50, after))
    assert "hardly moved" in repr(compared.say_mix(mix_change(still, ["role"], by="period")))
    moved = log_of((50, before), (20, after), (30, {"role": "Governor", "period": "2023-24"}))
    said = repr(compared.say_mix(mix_change(moved, ["role"], by="period")))
    assert "'Governor' makes up 0.0%" in said


def test_equal_mix_tells_of_clear_labels_alone() -> None:
    """In each role the share of x stays; that heads became many makes it rise."""
    log = log_of(
        (20, {"role": "Head", "topic": "x"}),
        (180, {"role": "Teacher", "topic": "y"}),
        (120, {"role": "Head", "topic": "x", "period": "2023-24"}),
        (80, {"role": "Teacher", "topic": "y", "period": "2023-24"}),
    )
    frame = standardise(log, "topic", by="period", within="role")
    said = repr(compared.say_equal_mix(frame))
    assert "x: 10.0% in 2022-23 and 60.0% in 2023-24, +50.0 points" in said
    assert "but at an equal mix of Role no clear difference" in said
    same = frame.assign(raw_p_adjusted=1.0)
    assert "No difference is clear" in repr(compared.say_equal_mix(same))


def test_bounds_stand_beside_shares_of_those_recorded() -> None:
    log = log_of(
        (30, {"site": "x"}), (10, {"site": "y"}), (60, {}),
        (40, {"site": "x", "period": "2023-24"}),
    )  # fmt: skip
    frame = compare_shares(log, "site", by="period")
    shown = compared.bounds(frame, heading="Site")
    assert rows(shown)[1] == ["x", "75.0%", "30.0% to 90.0%", "100.0%", "100.0% to 100.0%"]
    assert "40 of 100 in 2022-23; 40 of 40 in 2023-24" in shown._repr_html_()
    assert len(rows(compared.bounds(frame, heading="Site", top=1))) == 2


def test_what_the_smaller_group_could_show(phases: CaseLog) -> None:
    frame = compare_shares(phases, "topic", by="phase", groups=["Secondary", "Primary"])
    shown = compared.could_show(frame)
    assert rows(shown)[0] == [
        "Share in Secondary",
        "Primary: this or less",
        "Primary: or this or more",
    ]
    half = next(row for row in rows(shown) if row[0] == "50.0%")
    low, high = (float(cell.removesuffix("%")) for cell in half[1:])
    assert low + high == pytest.approx(100)
    assert 20 < low < 35
    assert rows(shown)[1][1] == "–"  # nothing lies so far below 1%
    assert "40 cases in Primary, 400 in Secondary" in shown._repr_html_()


def test_none_of_one_group_is_told_with_its_interval(phases: CaseLog) -> None:
    family = compare_fields(phases, ["topic", "tone"], by="phase", groups=["Primary", "Secondary"])
    shown = compared.none_found(family, phases)
    assert rows(shown)[1:] == [["z (topic)", "Primary", "40", "8.8%", "20"]]
    every = compare_fields(phases, ["tone"], by="phase", groups=["Primary", "Secondary"])
    assert "Every label" in repr(compared.none_found(every, phases))


def test_clear_rows_of_two_groups(phases: CaseLog) -> None:
    family = compare_fields(phases, ["topic", "tone"], by="phase", groups=["Primary", "Secondary"])
    shown = compared.clear_rows(family, phases)
    found = rows(shown)
    assert found[0] == ["Carries", "Secondary", "Primary", "Points (95% interval)"]
    assert [row[0] for row in found[1:]] == ["<u>x</u> (topic)", "y (topic)"]
    assert found[1][1:3] == ["10.0%", "75.0%"]
    assert "<u>" not in shown._repr_html_()
    assert "4 comparisons, of which 2 are clear" in shown._repr_html_()


def test_two_groups_that_are_each_others_rest_are_shown_once(phases: CaseLog) -> None:
    frame = compare_with_rest(phases, ["topic"], by=["phase"])
    shown = compared.clear_rows(frame, phases, top=1)
    assert len(frame) == 6
    assert rows(shown)[0][0] == "Group"
    assert rows(shown)[1][0].endswith("(phase)")
    assert len(rows(shown)) == 2
    note = shown._repr_html_()
    assert "6 comparisons, of which 4 are clear" in note
    assert "one is shown" in note
    assert "The first 1 are shown" in note


def test_words_of_both_sides() -> None:
    many = ["the pupils protest"] * 20 + ["a page"] * 20
    frame = keyness(many, ["a page"] * 40).assign(group_a="2023-24", group_b="<b>")
    said = compared.say_words(frame)
    assert "between 2023-24 and <b>" in repr(said)
    assert "<b>" not in said._repr_html_()
    assert "Too few words" in repr(compared.say_words(frame.iloc[:0]))


def test_labels_a_case_stand_for_each_scheme_once() -> None:
    walk = make_crosswalking([("A", "V", "exact")], earlier=("A", "B"), later=("V", "W"))
    log = make_schemes([["A"], ["A", "B"], [], []], [["V", "W"]] * 4, "AB", "VW")
    found = rows(compared.labels_given(log, [walk, walk]))
    assert [row[:4] for row in found[1:]] == [
        ["old", "2022-23", "4", "3"],
        ["new", "2023-24", "4", "8"],
    ]
    assert found[1][4].startswith("0.75 (")
    assert "no crosswalk" in repr(compared.labels_given(log, []))


def test_blocks_with_what_has_no_counterpart_below() -> None:
    links = [("A", "V", "narrower"), ("A", "W", "narrower")]
    shown = compared.blocks(make_crosswalking(links, earlier=("A", "<b>"), later=("V", "W")))
    assert rows(shown)[1:] == [["A", "V; W", "as a group", ""]]
    assert "No counterpart: &lt;b&gt;." in shown._repr_html_()


def test_no_table_shows_a_missing_number(phases: CaseLog) -> None:
    family = compare_fields(phases, ["topic"], by="phase", groups=["Primary", "Secondary"])
    for shown in (compared.clear_rows(family, phases), compared.could_show(family)):
        assert "nan" not in shown._repr_html_().lower()
