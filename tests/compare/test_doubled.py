"""With cases coded by both schemes, a change of scheme is no longer read as a change."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.compare.crosswalks import YEARS, make_crosswalking, make_years
from workbench.cases.log import CaseLog
from workbench.coding.agreement import cohen_kappa, gwet_ac1
from workbench.compare.doubled import (
    SCHEME_COLUMNS,
    compare_schemes,
    correct_share,
    protect_corrected,
)
from workbench.compare.intervals import wilson
from workbench.errors import WorkbenchError
from workbench.study import Disclosure

WALK = make_crosswalking(
    [("A", "V", "narrower"), ("A", "W", "narrower"), ("B", "X", "exact"), ("C", "Y", "exact")]
)
"""D stands in the earlier scheme alone, Z in the later."""


def code(log: CaseLog, answers: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    """A double-coded sample: case -> labels by the earlier scheme; the later ones as recorded."""
    given = log.membership("kind").groupby("case_id")["label"].agg(tuple)
    rows = [(case, earlier, given.get(case, ())) for case, earlier in answers.items()]
    frame = pd.DataFrame(rows, columns=["case_id", "earlier", "later"])
    frame.index = pd.RangeIndex(2, 2 + len(frame))
    return frame


LOG = make_years([["A"]] * 50 + [["B"]] * 40 + [["D"]] * 10, [["V", "X"]] * 60 + [["X"]] * 40)
# Ten of each kind; by the earlier scheme a case with V and X is A as often as B.
SAMPLE = code(
    LOG,
    {
        **{f"{YEARS[1]}-{n}": ("A",) if n % 2 else ("B",) for n in range(10)},
        **{f"{YEARS[1]}-{n}": ("B",) if n < 98 else ("D",) for n in range(90, 100)},
    },
)


def test_the_change_is_corrected_by_what_the_sample_says() -> None:
    frame = compare_schemes(LOG, WALK, SAMPLE).set_index("label")
    assert list(frame.reset_index().columns) == list(SCHEME_COLUMNS)
    row = frame.loc["A"]
    assert (row["n"], row["base"], row["reference_n"], row["reference_base"]) == (60, 100, 50, 100)
    assert row["difference"] == pytest.approx(0.1)
    assert row["corrected"] == pytest.approx(0.6 * 0.5)
    assert row["corrected_difference"] == pytest.approx(-0.2)
    assert row["corrected_low"] < 0.3 < row["corrected_high"]
    assert frame.loc["B", "corrected"] == pytest.approx((5 + 8) / 20)


def test_a_label_without_counterpart_is_estimated_from_the_sample() -> None:
    row = compare_schemes(LOG, WALK, SAMPLE).set_index("label").loc["D"]
    assert row["corrected"] == pytest.approx(2 / 20)
    assert row[["n", "share", "difference", "kappa"]].isna().all()
    assert row["comparability"] == "not comparable"
    assert "Z" not in set(compare_schemes(LOG, WALK, SAMPLE)["label"])


def test_agreement_is_that_of_the_coding_room() -> None:
    row = compare_schemes(LOG, WALK, SAMPLE).set_index("label").loc["A"]
    by_earlier = ["A" in cell for cell in SAMPLE["earlier"]]
    by_later = [bool({"V", "W"} & set(cell)) for cell in SAMPLE["later"]]
    assert row["coded"] == 20
    assert (row["coded_earlier"], row["coded_later"]) == (5 / 20, 10 / 20)
    assert row["agreement"] == pytest.approx(np.mean(np.equal(by_earlier, by_later)))
    assert row["kappa"] == pytest.approx(cohen_kappa(by_earlier, by_later))
    pairs = list(zip(by_earlier, by_later, strict=True))
    assert row["ac1"] == pytest.approx(gwet_ac1(pairs))
    assert row["kappa_low"] < row["kappa"] < row["kappa_high"]
    assert "only 20 double-coded cases" in row["note"]


def test_where_schemes_agree_on_all_nothing_is_corrected() -> None:
    log = make_years([["A"]] * 30 + [["B"]] * 70, [["V"]] * 30 + [["X"]] * 70)
    answers = {f"{YEARS[1]}-{n}": ("A",) if n < 30 else ("B",) for n in range(100)}
    frame = compare_schemes(log, WALK, code(log, answers)).set_index("label")
    for label in ("A", "B"):
        row = frame.loc[label]
        assert row["agreement"] == row["kappa"] == row["ac1"] == 1
        assert row["corrected"] == pytest.approx(row["share"])
        assert row["corrected_difference"] == pytest.approx(0)


def test_cases_without_a_record_count_only_in_the_base_of_all() -> None:
    log = make_years([["A"]] * 20, [["V"]] * 20 + [[]] * 20)
    answers = {f"{YEARS[1]}-{n}": ("A",) for n in range(40)}
    coded = code(log, answers)
    recorded = compare_schemes(log, WALK, coded).set_index("label").loc["A"]
    assert (recorded["coded"], recorded["base"]) == (20, 20)
    assert "20 double-coded cases have nothing recorded" in recorded["note"]
    every = compare_schemes(log, WALK, coded, base="all").set_index("label").loc["A"]
    assert (every["coded"], every["base"], every["share"]) == (40, 40, 0.5)
    assert every["corrected"] == pytest.approx(1)


def test_without_coded_cases_there_is_nothing_to_correct() -> None:
    frame = compare_schemes(LOG, WALK, SAMPLE.head(0)).set_index("label")
    assert frame["corrected"].isna().all()
    assert frame.loc["A", "difference"] == pytest.approx(0.1)


def test_cases_of_the_earlier_period_are_refused() -> None:
    astray = SAMPLE.assign(case_id=["2022-23-1", *SAMPLE["case_id"].iloc[1:]])
    with pytest.raises(WorkbenchError, match=r"row 2: this is no case of 2023-24 \(1 such"):
        compare_schemes(LOG, WALK, astray)
    with pytest.raises(WorkbenchError, match="has holes"):
        compare_schemes(LOG, make_crosswalking([("A", "V", "exact")], whole=False), SAMPLE)


def test_cases_that_were_set_aside_are_not_counted_and_said() -> None:
    astray = SAMPLE.assign(case_id=["gone", *SAMPLE["case_id"].iloc[1:]])
    frame = compare_schemes(LOG, WALK, astray)
    assert (frame["coded"] == len(SAMPLE) - 1).all()
    assert frame["note"].str.contains("1 double-coded cases have nothing recorded, or are").all()


def test_the_order_of_rows_does_not_matter() -> None:
    turned = SAMPLE.iloc[::-1]
    pd.testing.assert_frame_equal(
        compare_schemes(LOG, WALK, turned), compare_schemes(LOG, WALK, SAMPLE)
    )


@pytest.mark.parametrize(("share", "agrees"), [(0.05, 0.95), (0.4, 0.8)])
def test_intervals_of_the_corrected_change_hold_the_truth(share: float, agrees: float) -> None:
    """Of 200 coded among 2,219; by the later scheme a case bears the block more often."""
    random = np.random.default_rng(11)
    held, widths, runs = np.zeros(2), [], 200
    for _ in range(runs):
        truth = (random.random(2_219) < share).astype(float)
        over = random.random(2_219) < (1 - agrees) / (1 - share)
        before = int(random.binomial(2_678, share))
        coded = np.full(2_219, np.nan)
        drawn = random.choice(2_219, size=200, replace=False)
        coded[drawn] = truth[drawn]
        found = correct_share(
            coded, np.maximum(truth, over), reference_n=before, reference_base=2_678
        )
        low, high = found["corrected_low"], found["corrected_high"]
        held += (
            low <= share <= high,
            found["corrected_difference_low"] <= 0 <= found["corrected_difference_high"],
        )
        widths.append(high - low)
    assert (held / runs >= 0.92).all()
    assert (held / runs <= 0.99).all()
    low, high = wilson([200 * share], [200])
    assert np.mean(widths) < (high - low)[0]


def test_what_leaves_the_workbench_rests_on_rounded_counts() -> None:
    frame = compare_schemes(LOG, WALK, SAMPLE)
    safe = protect_corrected(frame, rule=Disclosure(hide_up_to=10, round_to=20)).set_index("label")
    assert set(safe.index) == {"A", "B"}
    row, plain = safe.loc["A"], frame.set_index("label").loc["A"]
    assert (row["n"], row["base"], row["reference_n"]) == (60, 100, 60)
    assert row["reference_share"] == pytest.approx(0.6)
    assert row["difference"] == pytest.approx(0.0)
    assert row["corrected_difference"] == pytest.approx(row["corrected"] - 0.6)
    wide = plain["corrected_difference_high"] - plain["corrected_difference_low"]
    moved = row["corrected_difference_high"] - row["corrected_difference_low"]
    assert moved == pytest.approx(wide)
    assert "coded_later" not in safe.columns
    exempt = protect_corrected(frame, rule=Disclosure(exempt=True, reason="x"))
    pd.testing.assert_frame_equal(exempt, frame)
