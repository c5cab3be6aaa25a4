"""Words that claim no more than the figures carry."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tests.logs import make_log
from workbench.cases.log import CaseLog, FieldInfo
from workbench.compare.say import is_clear, percent, points, say
from workbench.compare.shares import compare_shares, protect_shares
from workbench.study import Disclosure

PERIODS = {"2022-23": "2022-10-01", "2023-24": "2023-10-01"}


def log_of(n_1: int, base_1: int, n_2: int, base_2: int, missing: int = 0) -> CaseLog:
    """Two periods, which are two sites too; ``missing`` cases of each have no kind."""
    rows = []
    sizes = ((n_1, base_1), (n_2, base_2))
    for (n, base), (period, date), site in zip(sizes, PERIODS.items(), ("one", "two"), strict=True):
        kinds = ["A"] * n + ["B"] * (base - n) + [[]] * missing
        rows += [{"kind": kind, "site": site, "period": period, "date": date} for kind in kinds]
    return make_log([{**row, "case_id": str(i)} for i, row in enumerate(rows)])


def row_of(log: CaseLog, by: str) -> pd.Series:
    frame = compare_shares(log, "kind", by=by)
    return frame[frame["label"] == "A"].iloc[1]


@pytest.mark.parametrize(
    ("counts", "by", "expected"),
    [
        (
            (100, 200, 160, 200),
            "period",
            "A rose from 50.0% (100 of 200) in 2022-23 to 80.0% (160 of 200) in 2023-24, a "
            "difference of +30.0 points (95% interval +20.8 to +38.5).",
        ),
        (
            (160, 200, 100, 200),
            "period",
            "A fell from 80.0% (160 of 200) in 2022-23 to 50.0% (100 of 200) in 2023-24, a "
            "difference of −30.0 points (95% interval −38.5 to −20.8).",
        ),
        (
            (160, 200, 100, 200),
            "site",
            "A: 80.0% (160 of 200) in one and 50.0% (100 of 200) in two, 30.0 points lower in two "
            "(95% interval −38.5 to −20.8).",
        ),
        (
            (10, 200, 12, 200),
            "site",
            "A: 5.0% (10 of 200) in one and 6.0% (12 of 200) in two; no clear difference (95% "
            "interval −3.7 to +5.8). To show against 5.0% in one, two would have needed 0.7% or "
            "less, or 12.8% or more.",
        ),
        (
            (0, 79, 12, 2157),
            "site",
            "A: 0.0% (0 of 79) in one and 0.6% (12 of 2,157) in two; no clear difference (95% "
            "interval −4.1 to +1.0). To show against 0.6% in two, one would have needed 5.4% or "
            "more.",
        ),
        ((1, 200, 0, 200), "site", "A: too few cases to tell two from one."),
        ((4, 9, 4, 2157), "site", "A: too few cases to tell two from one."),
    ],
)
def test_sentences(counts: tuple[int, int, int, int], by: str, expected: str) -> None:
    assert say(row_of(log_of(*counts), by)) == expected


def test_a_field_that_many_lack_is_not_overclaimed() -> None:
    said = say(row_of(log_of(100, 200, 160, 200, missing=300), "period"))
    assert "A rose from 50.0%" in said
    assert said.endswith(
        "That is of the cases with the field: of all, it lies between 20.0% and 80.0% in 2022-23, "
        "and lies between 32.0% and 92.0% in 2023-24."
    )
    assert "of all" not in say(row_of(log_of(100, 200, 160, 200, missing=20), "period"))


def test_a_hidden_count_is_too_few_to_tell() -> None:
    frame = compare_shares(log_of(5, 200, 60, 200), "kind", by="site")
    safe = protect_shares(frame, rule=Disclosure())
    assert "too few cases to tell" in say(safe[safe["label"] == "A"].iloc[1])


def test_a_period_without_the_field_is_said() -> None:
    log = log_of(0, 0, 60, 200, missing=50)
    assert say(row_of(log, "period")) == "A: not recorded in both 2022-23 and 2023-24."


@pytest.mark.parametrize("later_only", [True, False])
def test_a_label_of_one_scheme_alone_is_not_compared(later_only: bool) -> None:
    orders = {"2022-23": ("A", "B"), "2023-24": ("A", "B")}
    orders["2022-23" if later_only else "2023-24"] = ("B",)
    log = log_of(0 if later_only else 9, 200, 9 if later_only else 0, 200)
    log = replace(log, fields={"kind": FieldInfo("kind", "Kind", orders=orders)})
    said = say(row_of(log, "period"))
    assert said == "A: not a label of both schemes, so 2023-24 and 2022-23 do not compare."


def test_a_difference_lost_to_many_comparisons_is_told_apart() -> None:
    row = row_of(log_of(40, 200, 22, 200), "site").copy()
    assert row["p"] < 0.05
    row["p_adjusted"] = 0.2
    assert "no clear difference once the many comparisons are allowed for" in say(row)


def test_the_reference_is_not_compared_with_itself() -> None:
    frame = compare_shares(log_of(100, 200, 160, 200), "kind", by="site")
    assert is_clear(frame).tolist() == [False, True, False, True]
    with pytest.raises(ValueError, match="reference row"):
        say(frame.iloc[0])


def test_printed_numbers() -> None:
    assert percent(687 / 2678) == "25.7%"
    assert percent(float("nan")) == "–"
    assert points(-0.0312) == "−3.1"
    assert points(0.0001) == "0.0"
