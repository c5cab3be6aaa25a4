"""Through a crosswalk nothing is counted twice, and labels are set beside cases."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.compare.crosswalks import (
    EARLIER,
    LATER,
    YEARS,
    make_crosswalking,
    make_years,
    swapped,
)
from workbench.cases import CaseLog, read_cases
from workbench.compare.crosswalk import Crosswalking, read_crosswalk
from workbench.compare.measure import COMPARISON_COLUMNS, NOT_OFFERED
from workbench.compare.schemes import (
    PER_CASE,
    THROUGH_COLUMNS,
    compare_through,
    labels_per_case,
    protect_through,
)
from workbench.compare.shares import compare_shares
from workbench.errors import WorkbenchError
from workbench.study import Disclosure, Study

GROUPED = make_crosswalking(
    [
        ("A", "V", "narrower"),
        ("A", "W", "narrower"),
        ("B", "X", "broader"),
        ("C", "X", "broader"),
        ("D", "Y", "exact"),
    ]
)
SINGLE = make_crosswalking([("A", "V", "exact")])
BEFORE = st.lists(st.sets(st.sampled_from(EARLIER)), min_size=1, max_size=12)
AFTER = st.lists(st.sets(st.sampled_from(LATER)), min_size=1, max_size=12)
LOG = make_years(
    [["A"]] * 30 + [["B", "C"]] * 6 + [["D"]] * 4 + [[]] * 10,
    [["V", "W"]] * 20 + [["V", "X", "Z"]] * 10 + [["Y"]] * 5 + [[]] * 5,
)


@pytest.fixture(scope="module")
def demo(root: Path) -> tuple[CaseLog, Crosswalking, Crosswalking]:
    """The demonstration's cases, with its crosswalks to the later categories and issues."""
    study = Study.load(root / "corpora" / "demo")
    entries = [
        {"field": "category", "earlier": "categories-2022-23", "later": later, "path": path}
        for later, path in (
            ("categories-2023-24", "crosswalk.csv"),
            ("issues-2023-24", "crosswalk-issues.csv"),
        )
    ]
    given = {**study.model_dump(exclude={"crosswalks"}), "crosswalks": entries}
    study = Study.model_validate(given)
    walks = [read_crosswalk(study, "category", later=str(entry["later"])) for entry in entries]
    return read_cases(study), *walks


def test_labels_per_case_are_of_all_cases() -> None:
    frame = labels_per_case(LOG, "kind").set_index("group")
    assert frame.loc[YEARS[0], ["cases", "recorded", "labels"]].tolist() == [50, 40, 46]
    assert frame.loc[YEARS[1], "per_case"] == pytest.approx(75 / 40)
    numbers = np.array([2] * 20 + [3] * 10 + [1] * 5 + [0] * 5)
    reach = 2.0226909 * numbers.std(ddof=1) / np.sqrt(40)  # Student's t at 39 degrees of freedom
    assert frame.loc[YEARS[1], "high"] == pytest.approx(75 / 40 + reach)
    assert frame.loc[YEARS[1], "low"] == pytest.approx(75 / 40 - reach)


def test_labels_per_case_of_a_grouping_with_gaps() -> None:
    frame = labels_per_case(LOG, "period", by="kind")
    assert frame["group"].tolist() == [*EARLIER, "V", "W", "X", "Y", "Z"]
    assert frame["per_case"].eq(1).all()


def test_a_case_counts_once_for_a_block() -> None:
    frame = compare_through(LOG, GROUPED).set_index(["label", "group"])
    assert list(frame.reset_index().columns) == [
        "label", "group", *(name for name in THROUGH_COLUMNS if name not in ("label", "group")),
    ]  # fmt: skip
    later = frame.loc[("A", YEARS[1])]
    assert (later["n"], later["base"], later["cases"]) == (30, 35, 40)
    assert (later["labels"], later["all_labels"]) == (50, 75)
    assert later["difference"] == pytest.approx(30 / 35 - 30 / 40)
    assert later["difference_of_labels"] == pytest.approx(50 / 75 - 30 / 46)
    assert later["reference_share_of_labels"] == pytest.approx(30 / 46)
    assert (later["earlier_labels"], later["later_labels"]) == ("A", "V; W")
    assert frame.loc[("X", YEARS[0]), "n"] == 6
    every = compare_through(LOG, GROUPED, base="all").set_index(["label", "group"])
    assert every.loc[("A", YEARS[1]), "share"] == 30 / 40
    assert every.loc[("A", YEARS[1]), "share_of_labels"] == later["share_of_labels"]


def test_what_has_no_counterpart_is_not_compared() -> None:
    frame = compare_through(LOG, GROUPED).set_index(["label", "group"])
    row = frame.loc[("Z", YEARS[1])]
    assert row["comparability"] == "not comparable"
    assert row[["difference", "p", "difference_of_labels"]].isna().all()
    assert row["share_of_labels"] == pytest.approx(10 / 75)
    assert NOT_OFFERED in frame.loc[("Z", YEARS[0]), "note"]
    assert np.isnan(frame.loc[("Z", YEARS[0]), "share_of_labels"])


def test_shares_of_cases_carry_a_warning_where_labels_per_case_differ() -> None:
    frame = compare_through(LOG, GROUPED).set_index(["label", "group"])
    compared = frame["difference"].notna()
    assert frame.loc[compared, "note"].str.contains(PER_CASE, regex=False).all()
    assert not frame.loc[~compared, "note"].str.contains(PER_CASE, regex=False).any()
    alike = make_years([["A"]] * 40, [["V"]] * 35 + [["V", "X"]] * 5)
    assert not compare_through(alike, GROUPED)["note"].str.contains(PER_CASE, regex=False).any()


def test_holes_are_refused_unless_allowed() -> None:
    holed = make_crosswalking([("A", "V", "exact")], whole=False)
    with pytest.raises(WorkbenchError, match="has holes: no row mentions B, C, D"):
        compare_through(LOG, holed)
    frame = compare_through(LOG, holed, allow_holes=True)
    assert set(frame.loc[frame["label"] != "A", "comparability"]) == {"not comparable"}


def test_labels_of_neither_scheme_are_refused() -> None:
    log = make_years([["A"], ["V"]], [["V"]])
    with pytest.raises(WorkbenchError, match=r"1 cases of 2022-23 carry a label.*scheme 'old'"):
        compare_through(log, GROUPED)


@settings(max_examples=20)
@given(BEFORE, AFTER)
def test_totals_agree(before, after) -> None:
    log = make_years(before, after)
    frame = compare_through(log, GROUPED)
    given_labels = labels_per_case(log, "kind").set_index("group")
    for group, part in frame.groupby("group"):
        assert part["labels"].sum() == given_labels.loc[group, "labels"]
        assert part["all_labels"].eq(given_labels.loc[group, "labels"]).all()
        assert (part["n"] <= part["labels"]).all()
        recorded = given_labels.loc[group, "recorded"]
        assert part["base"].eq(recorded).all()
        offered = part["share_of_labels"].dropna()
        assert offered.sum() == pytest.approx(1.0 if recorded else 0.0)
        inside = part.dropna(subset=["share_of_labels"])
        assert (inside["share_of_labels_low"] <= inside["share_of_labels"] + 1e-9).all()
        assert (inside["share_of_labels_high"] >= inside["share_of_labels"] - 1e-9).all()


@settings(max_examples=20)
@given(BEFORE, AFTER)
def test_swapping_the_schemes_swaps_the_shares(before, after) -> None:
    log = make_years(before, after)
    there = compare_through(log, GROUPED).set_index(["label", "group"])
    back = compare_through(log, swapped(GROUPED)).set_index(["label", "group"])
    assert set(back.index) == {("Y" if x == "D" else x, g) for x, g in there.index}
    for label in ("A", "X", "D"):
        turned = "Y" if label == "D" else label
        for group in YEARS:
            assert there.loc[(label, group), "n"] == back.loc[(turned, group), "n"]
        one, other = there.loc[(label, YEARS[1])], back.loc[(turned, YEARS[0])]
        for name in ("difference", "difference_of_labels"):
            assert one[name] == pytest.approx(-other[name], nan_ok=True)
            low, high = other[f"{name}_low"], other[f"{name}_high"]
            assert one[f"{name}_low"] == pytest.approx(-high, nan_ok=True)
            assert one[f"{name}_high"] == pytest.approx(-low, nan_ok=True)


@settings(max_examples=20)
@given(BEFORE, st.lists(st.sets(st.sampled_from(EARLIER)), min_size=1, max_size=12))
def test_exact_links_change_nothing(before, after) -> None:
    log = make_years(before, after, EARLIER, EARLIER)
    walk = make_crosswalking([(x, x, "exact") for x in EARLIER], EARLIER, EARLIER)
    through = compare_through(log, walk)[list(COMPARISON_COLUMNS)]
    plain = compare_shares(log, "kind", by="period")
    numbers = [name for name in COMPARISON_COLUMNS if name != "note"]
    pd.testing.assert_frame_equal(through[numbers], plain[numbers])


@settings(max_examples=20)
@given(BEFORE, AFTER, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(before, after, random) -> None:
    log = make_years(before, after)
    order = list(range(len(log.labels)))
    random.shuffle(order)
    mixed = CaseLog(**{**vars(log), "labels": log.labels.iloc[order].reset_index(drop=True)})
    pd.testing.assert_frame_equal(compare_through(mixed, GROUPED), compare_through(log, GROUPED))


def test_the_printed_figures_of_the_trap(demo) -> None:
    """45.9% to 77.4% of cases, but 46.3% to 48.5% of labels: the printed issue of that name."""
    log, _, issues = demo
    frame = compare_through(log, issues, base="all").set_index(["label", "group"])
    row = frame.loc[("Online Reputation", YEARS[1])]
    assert (row["reference_n"], row["n"]) == (1230, 1717)
    assert round(row["reference_n"] / row["reference_base"], 3) == 0.459
    assert round(row["share"], 3) == 0.774
    assert round(row["reference_share_of_labels"], 3) == 0.463
    assert round(row["share_of_labels"], 3) == 0.485
    assert (row["labels"], row["all_labels"]) == (1717, 3543)


def test_the_demonstration_by_its_finer_categories(demo) -> None:
    log, categories, _ = demo
    rates = labels_per_case(log, "category").set_index("group")["per_case"]
    assert rates.round(2).tolist() == [0.99, 2.46]
    frame = compare_through(log, categories, base="all").set_index(["label", "group"])
    assert frame.loc[("Online Reputation", YEARS[1]), ["n", "labels"]].tolist() == [1687, 3295]
    grades = frame["comparability"].groupby(level="label").first()
    assert grades["Online Reputation"] == grades["Cyberbullying"] == "doubtful"
    assert grades["Sexual Harassment"] == "exact"
    assert grades["Hate Speech"] == grades["Child Sexual Exploitation"] == "as a group"
    assert grades["Students Under 13"] == "not comparable"


def test_intervals_of_labels_are_those_of_a_bootstrap_over_cases(demo) -> None:
    """Where labels are not rare: cases drawn anew, with all the labels they carry."""
    log, categories, _ = demo
    frame = compare_through(log, categories).set_index(["label", "group"])
    member = log.membership("category").merge(log.cases[["case_id", "period"]])
    random = np.random.default_rng(7)
    for name in ("Online Reputation", "Cyberbullying"):
        row = frame.loc[(name, YEARS[1])]
        own = member[member["period"] == YEARS[1]]
        inside = own["label"].isin(row["later_labels"].split("; "))
        pairs = pd.DataFrame({"case": own["case_id"], "own": inside}).groupby("case")["own"]
        counts = pairs.agg(["sum", "size"]).value_counts()
        drawn = random.multinomial(counts.sum(), counts / counts.sum(), size=4_000)
        part, whole = (np.array(counts.index.get_level_values(n), float) for n in ("sum", "size"))
        low, high = np.quantile(drawn @ part / (drawn @ whole), [0.025, 0.975])
        width = high - low
        assert row["share_of_labels_low"] == pytest.approx(low, abs=0.06 * width)
        assert row["share_of_labels_high"] == pytest.approx(high, abs=0.06 * width)


def test_intervals_of_rare_labels_hold_where_a_bootstrap_does_not() -> None:
    """A label of 1 in 100, and cases of three labels: 95 of 100 intervals should hold it."""
    random = np.random.default_rng(5)
    held, runs = 0, 40
    for _ in range(runs):
        after = [["W" if random.random() < 0.03 else "V", "X", "Z"] for _ in range(100)]
        frame = compare_through(make_years([["A"]], after), SINGLE).set_index(["label", "group"])
        row = frame.loc[("W", YEARS[1])]
        held += row["share_of_labels_low"] <= 0.01 <= row["share_of_labels_high"]
    assert held / runs >= 0.9


def test_under_disclosure_control_nothing_exact_is_left() -> None:
    rule = Disclosure(hide_up_to=7, round_to=5)
    frame = compare_through(LOG, GROUPED)
    safe = protect_through(frame, rule=rule).set_index(["label", "group"])
    assert list(safe.reset_index().columns) != []
    assert safe.loc[("X", YEARS[0]), ["n", "labels"]].isna().all()
    hidden = safe.loc[("D", YEARS[1])]
    assert hidden[["share", "share_of_labels", "difference_of_labels", "design"]].isna().all()
    shown = safe.loc[("A", YEARS[1])]
    assert shown["labels"] % 5 == shown["all_labels"] % 5 == shown["n"] % 5 == 0
    assert shown["share_of_labels"] == pytest.approx(shown["labels"] / shown["all_labels"])
    assert shown["note"].count(PER_CASE) == 1
    assert protect_through(frame, rule=Disclosure(exempt=True, reason="x")).equals(frame)
