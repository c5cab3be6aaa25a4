"""Sentences about schemes claim a change only where both measures and the crosswalk allow it."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.compare.crosswalks import YEARS, make_crosswalking, make_years
from workbench.compare.doubled import compare_schemes
from workbench.compare.say_schemes import claimed_change, say_corrected, say_through
from workbench.compare.schemes import compare_through, protect_through
from workbench.study import Disclosure

EXACT = make_crosswalking([("A", "V", "exact"), ("B", "W", "exact")])
GROUP = make_crosswalking([("A", "V", "narrower"), ("A", "Y", "narrower"), ("B", "W", "exact")])
DOUBT = make_crosswalking([("A", "V", "exact", "a catch-all"), ("B", "W", "exact")])


def cases(label: str, n: int, *others: str) -> list[list[str]]:
    """``n`` cases with ``label`` and what else each carries."""
    return [[label, *others]] * n


def say(walk, before, after, label="A") -> str:
    frame = compare_through(make_years(before, after), walk)
    return say_through(frame[(frame["label"] == label) & (frame["group"] == YEARS[1])].iloc[0])


@pytest.mark.parametrize(
    ("walk", "before", "after", "said", "unsaid"),
    [
        (  # the same number of labels a case: a rise is a rise
            EXACT,
            cases("A", 50) + cases("B", 150),
            cases("V", 120) + cases("W", 80),
            "A rise. The label has an exact counterpart, V.",
            "labels a case",
        ),
        (
            EXACT,
            cases("A", 50) + cases("B", 150),
            cases("V", 52) + cases("W", 148),
            "No clear change.",
            "rise",
        ),
        (  # more labels a case: twice the cases, the same part of the labels
            EXACT,
            cases("A", 100) + cases("B", 100),
            cases("V", 200, "W"),
            "Only shares of cases differ clearly, and the schemes give 1.00 and 2.00 labels a case",
            "rise",
        ),
        (
            EXACT,
            cases("A", 100) + cases("B", 100),
            cases("V", 150, "W", "X", "Y") + cases("W", 50, "X"),
            "The two measures point opposite ways",
            "rise",
        ),
        (
            EXACT,
            cases("A", 100) + cases("B", 100),
            cases("V", 100, "W", "X", "Z") + cases("W", 100, "X", "Z"),
            "Only shares of labels differ clearly",
            "fall",
        ),
        (
            EXACT,
            cases("A", 20) + cases("B", 180),
            cases("V", 150, "W") + cases("W", 50),
            "A rise by both measures, though the schemes give 1.00 and 1.75 labels a case.",
            "exact counterpart, A",
        ),
        (
            EXACT,
            cases("A", 100) + cases("B", 100),
            cases("V", 10, "W") + cases("W", 190, "X"),
            "A fall by both measures",
            "rise",
        ),
        (
            EXACT,
            cases("A", 40) + cases("B", 160),
            cases("V", 40) + cases("W", 40, "X") + cases("X", 120, "Y"),
            "Only shares of labels differ",
            "rise",
        ),
        (
            GROUP,
            cases("A", 50) + cases("B", 150),
            cases("V", 90) + cases("Y", 30) + cases("W", 80),
            "Compared as a group: A against any of V and Y.",
            "exact",
        ),
        (
            DOUBT,
            cases("A", 50) + cases("B", 150),
            cases("V", 120) + cases("W", 80),
            "Doubtful, so no change is claimed: V (a catch-all).",
            "rise",
        ),
        (
            EXACT,
            cases("A", 2) + cases("B", 198),
            cases("V", 4) + cases("W", 196),
            "A: too few cases to tell 2023-24 from 2022-23.",
            "rise",
        ),
        (
            EXACT,
            [[]] * 30,
            cases("V", 120) + cases("W", 80),
            "A: too few cases to tell 2023-24 from 2022-23.",
            "rise",
        ),
    ],
)
def test_what_is_claimed(walk, before, after, said, unsaid) -> None:
    sentence = say(walk, before, after)
    assert said in sentence
    assert unsaid not in sentence


def test_both_measures_are_given_with_their_intervals() -> None:
    sentence = say(EXACT, cases("A", 100) + cases("B", 100), cases("V", 200, "W"))
    assert sentence.startswith(
        "A: 50.0% of cases in 2022-23 (100 of 200) and 100.0% in 2023-24 (200 of 200), "
        "+50.0 points (95% interval +42.9 to +56.9); of all labels given, 50.0% and 50.0%, "
        "0.0 points (95% interval "
    )


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("C", "C: 10.0% of cases in 2022-23 (10 of 100), not comparable with 2023-24 "),
        ("Z", "Z: 25.0% of cases in 2023-24 (25 of 100), not comparable with 2022-23 "),
    ],
)
def test_what_has_no_counterpart_is_told_of_its_own_period(label, said) -> None:
    before = cases("A", 90) + cases("C", 10)
    after = cases("V", 75) + cases("Z", 25)
    sentence = say(EXACT, before, after, label)
    assert sentence.startswith(said)
    assert "no counterpart in the scheme of" in sentence


def test_hidden_counts_are_not_told() -> None:
    log = make_years(cases("A", 90) + cases("C", 3), cases("V", 75) + cases("W", 4))
    safe = protect_through(compare_through(log, EXACT), rule=Disclosure())
    rows = safe[safe["group"] == YEARS[1]].set_index("label", drop=False)
    assert say_through(rows.loc["C"]).startswith("C: recorded in 2022-23 only, so not comparable")
    assert "too few cases" in say_through(rows.loc["B"])
    assert "75 of 80" in say_through(rows.loc["A"])


def test_the_reference_has_nothing_to_be_compared_with() -> None:
    frame = compare_through(make_years(cases("A", 9), cases("V", 9)), EXACT)
    with pytest.raises(ValueError, match="reference"):
        say_through(frame.iloc[0])


@pytest.mark.parametrize(
    ("under_old", "said"),
    [
        (0, "a fall of 50.0 points (95% interval "),
        (100, "no clear change (95% interval "),
        (200, "a rise of 50.0 points (95% interval "),
    ],
)
def test_the_corrected_change(under_old, said) -> None:
    log = make_years(cases("A", 100) + cases("B", 100), cases("V", 200))
    rows = [(f"{YEARS[1]}-{n}", ("A",) if n < under_old else ("B",), ("V",)) for n in range(200)]
    coded = pd.DataFrame(rows, columns=["case_id", "earlier", "later"])
    frame = compare_schemes(log, EXACT, coded).set_index("label", drop=False)
    sentence = say_corrected(frame.loc["A"])
    assert sentence.startswith(
        "A: 50.0% of cases in 2022-23 (100 of 200); under the same scheme an estimated "
    )
    assert said in sentence
    assert "from 200 double-coded cases" in sentence
    none = compare_schemes(log, EXACT, coded.head(0)).set_index("label", drop=False)
    assert "no double-coded case" in say_corrected(none.loc["A"])


def coded_twice(agreeing: int, *, under_old: int) -> pd.DataFrame:
    """200 cases coded twice: all V by the later scheme; A by the earlier one in ``under_old``."""
    rows = [
        (f"{YEARS[1]}-{n}", ("A",) if n < under_old else ("B",), ("V",) if n < agreeing else ("W",))
        for n in range(200)
    ]
    return pd.DataFrame(rows, columns=["case_id", "earlier", "later"])


RISEN = make_years(cases("A", 50) + cases("B", 150), cases("V", 120) + cases("W", 80))


def through_and_twice(coded: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    through = compare_through(RISEN, EXACT)
    row = through[(through["label"] == "A") & (through["group"] == YEARS[1])].iloc[0]
    return row, compare_schemes(RISEN, EXACT, coded).set_index("label", drop=False).loc["A"]


def test_what_cases_coded_twice_bear_out_is_claimed() -> None:
    row, twice = through_and_twice(coded_twice(120, under_old=120))
    assert say_through(row, twice) == say_through(row)
    assert "A rise." in say_through(row)
    assert claimed_change(row, twice) == claimed_change(row) == 1
    assert "with a kappa of 1.00 (95% interval " in say_corrected(twice)


@pytest.mark.parametrize(
    ("coded", "why", "not_why"),
    [
        (coded_twice(120, under_old=50), "under the earlier scheme an estimated", None),
        (coded_twice(120, under_old=0), "under the earlier scheme an estimated 0.0%", None),
        (
            # As many by either scheme, but of other cases.
            pd.DataFrame(
                [
                    (
                        f"{YEARS[1]}-{n}",
                        ("A",) if n >= 80 else ("B",),
                        ("V",) if n < 120 else ("W",),
                    )
                    for n in range(200)
                ],
                columns=["case_id", "earlier", "later"],
            ),
            "on the 200 cases the schemes agree about it with a kappa of −",
            "under the earlier scheme",
        ),
    ],
)
def test_what_they_do_not_bear_out_is_withheld_with_the_reason(coded, why, not_why) -> None:
    row, twice = through_and_twice(coded)
    said = say_through(row, twice)
    assert "No rise is claimed: the cases coded twice do not bear it out: " in said
    assert why in said
    assert "A rise" not in said
    assert not_why is None or not_why not in said
    assert claimed_change(row, twice) == 0
    assert claimed_change(row) == 1


def test_without_a_case_coded_twice_nothing_is_withheld() -> None:
    row, twice = through_and_twice(coded_twice(120, under_old=120).head(0))
    assert claimed_change(row, twice) == 1


def test_where_no_change_shows_none_is_withheld() -> None:
    log = make_years(cases("A", 50) + cases("B", 150), cases("V", 52) + cases("W", 148))
    through = compare_through(log, EXACT)
    row = through[(through["label"] == "A") & (through["group"] == YEARS[1])].iloc[0]
    twice = compare_schemes(log, EXACT, coded_twice(52, under_old=0)).set_index("label").loc["A"]
    assert say_through(row, twice) == say_through(row)
    assert claimed_change(row, twice) == 0
