"""A difference that the mix makes goes at an equal mix; one that it hides shows there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.logs import make_log
from workbench.cases.log import CaseLog, FieldInfo
from workbench.cases.read import read_cases
from workbench.compare.composition import (
    NO_SUPPORT,
    STANDARDISED_COLUMNS,
    protect_standardised,
    standardise,
)
from workbench.compare.mix import mix_change
from workbench.compare.say import CLEAR
from workbench.compare.say_composition import say_standardised
from workbench.compare.shares import compare_shares
from workbench.errors import WorkbenchError
from workbench.study import Disclosure, Study

DAYS = {"2022-23": "2022-10-01", "2023-24": "2023-10-01"}
FIELDS = {name: FieldInfo(name, name.capitalize()) for name in ("theme", "phase")}

Cell = tuple[str, str, int, int]
SIMPSON: list[Cell] = [
    ("2022-23", "Primary", 180, 200),
    ("2022-23", "Secondary", 240, 800),
    ("2023-24", "Primary", 640, 800),
    ("2023-24", "Secondary", 20, 200),
]
"""Year, phase, cases with the theme, cases: fewer within both phases, more altogether."""


def log_of(cells: list[Cell]) -> CaseLog:
    rows = [
        {"period": year, "date": DAYS[year], "phase": [phase] if phase else [], "theme": theme}
        for year, phase, n, base in cells
        for theme, count in ((["Delay"], n), (["Other"], base - n))
        for _ in range(count)
    ]
    return make_log(rows, FIELDS)


def row_of(frame: pd.DataFrame, label: str = "Delay") -> pd.Series:  # type: ignore[type-arg]
    return frame[(frame["label"] == label) & frame["reference"].notna()].iloc[0]


def test_a_change_that_turns_round() -> None:
    frame = standardise(log_of(SIMPSON), "theme", by="period", within="phase")
    assert list(frame.columns) == list(STANDARDISED_COLUMNS)
    row = row_of(frame)
    assert row["raw_difference"] == pytest.approx(0.66 - 0.42)
    assert row["standardised_share"] == pytest.approx(0.5 * 0.8 + 0.5 * 0.1)
    assert row["reference_standardised_share"] == pytest.approx(0.5 * 0.9 + 0.5 * 0.3)
    assert row["standardised_difference"] == pytest.approx(-0.15)
    assert row["standardised_high"] < 0
    assert row["mix_difference"] == pytest.approx(0.39)
    assert row["support_difference"] == 0
    assert (row["strata"], row["left_out"], row["within"]) == (2, 0, "Phase")


def test_what_is_raw_is_the_comparison_itself() -> None:
    log = log_of(SIMPSON)
    plain = row_of(compare_shares(log, "theme", by="period"))
    row = row_of(standardise(log, "theme", by="period", within="phase"))
    for ours, theirs in (("raw_low", "difference_low"), ("raw_p_adjusted", "p_adjusted")):
        assert row[ours] == plain[theirs]
    assert (row["n"], row["reference_n"], row["share"]) == (660, 420, 0.66)


def test_a_comparison_at_hand_is_not_made_again() -> None:
    log = log_of(SIMPSON)
    plain = compare_shares(log, "theme", by="period")
    frame = standardise(log, "theme", by="period", within="phase", raw=plain.assign(p_adjusted=0.5))
    assert (frame["raw_p_adjusted"].dropna() == 0.5).all()
    assert row_of(frame)["standardised_difference"] == pytest.approx(-0.15)
    turned = compare_shares(log, "theme", by="period", groups=["2023-24", "2022-23"])
    with pytest.raises(WorkbenchError, match="same field, groups and base"):
        standardise(log, "theme", by="period", within="phase", raw=turned)


def test_an_equal_mix_changes_nothing_where_the_mix_is_equal() -> None:
    cells = [("2022-23", "Primary", 30, 100), ("2022-23", "Secondary", 20, 100)]
    cells += [("2023-24", "Primary", 50, 100), ("2023-24", "Secondary", 35, 100)]
    row = row_of(standardise(log_of(cells), "theme", by="period", within="phase"))
    assert row["standardised_difference"] == pytest.approx(row["raw_difference"])
    assert row["mix_difference"] == pytest.approx(0)


def test_strata_that_one_group_lacks_are_left_out_and_counted() -> None:
    cells = [*SIMPSON, ("2023-24", "Nursery", 30, 40)]
    row = row_of(standardise(log_of(cells), "theme", by="period", within="phase"))
    assert (row["left_out"], row["reference_left_out"], row["strata"]) == (40, 0, 2)
    assert row["standardised_difference"] == pytest.approx(-0.15)
    assert row["support_difference"] == pytest.approx(690 / 1040 - 0.66)
    assert "left out" in row["note"]


def test_a_missing_field_is_a_stratum_of_its_own() -> None:
    cells = [
        (year, "" if phase == "Primary" else phase, n, base) for year, phase, n, base in SIMPSON
    ]
    row = row_of(standardise(log_of(cells), "theme", by="period", within="phase"))
    assert row["standardised_difference"] == pytest.approx(-0.15)


def test_sparse_strata_are_joined_and_said() -> None:
    cells = [*SIMPSON]
    for phase in ("Nursery", "College"):
        cells += [("2022-23", phase, 1, 3), ("2023-24", phase, 2, 3)]
    row = row_of(standardise(log_of(cells), "theme", by="period", within="phase"))
    assert row["strata"] == 3
    assert row["left_out"] == 0
    assert "sparse strata were joined" in row["note"]


def test_no_common_stratum_is_refused_in_words() -> None:
    cells = [("2022-23", "Primary", 30, 100), ("2023-24", "Secondary", 20, 100)]
    row = row_of(standardise(log_of(cells), "theme", by="period", within="phase"))
    assert np.isnan(row["standardised_difference"])
    assert np.isnan(row["p_adjusted"])
    assert row["strata"] == 0
    assert NO_SUPPORT in row["note"]
    assert row["raw_difference"] == pytest.approx(-0.1)


def test_fields_are_crossed_and_any_grouping_goes() -> None:
    rng = np.random.default_rng(2)
    rows = [
        {
            "period": str(rng.choice(list(DAYS))),
            "phase": str(rng.choice(["Primary", "Secondary"])),
            "platform": [str(p) for p in rng.choice(["A", "B", "C"], rng.integers(0, 3))],
            "theme": str(rng.choice(["Delay", "Other"])),
        }
        for _ in range(400)
    ]
    rows = [{**row, "date": DAYS[str(row["period"])]} for row in rows]
    log = make_log(rows)
    crossed = standardise(log, "theme", by="phase", within=["period", "platform"])
    assert row_of(crossed)["within"] == "Period and Platform"
    assert row_of(crossed)["strata"] > 6
    several = standardise(log, "theme", by="platform", within="phase", groups=["C", "A", "B"])
    assert several["reference"].dropna().unique().tolist() == ["C"]
    assert several["group"].tolist() == ["C", "A", "B"] * 2
    assert several.groupby("label")["standardised_difference"].count().tolist() == [2, 2]


def test_the_base_may_be_all_cases() -> None:
    rows = [{"period": y, "date": d, "phase": "P", "theme": []} for y, d in DAYS.items()] * 10
    rows += [
        {"period": y, "date": d, "phase": "P", "theme": ["Delay"]} for y, d in DAYS.items()
    ] * 10
    log = make_log(rows, FIELDS)
    recorded, whole = (
        row_of(standardise(log, "theme", by="period", within="phase", base=base))
        for base in ("recorded", "all")
    )
    assert (recorded["standardised_share"], whole["standardised_share"]) == (1.0, 0.5)


def test_labels_that_a_scheme_lacks_are_not_compared() -> None:
    orders = {"2022-23": ("A", "C"), "2023-24": ("A", "B")}
    rows = [{"kind": "A", "phase": "P"}] * 9
    rows += [{"kind": "B", "phase": "P", "period": "2023-24", "date": "2023-10-01"}] * 9
    log = make_log(rows, {"kind": FieldInfo("kind", "Kind", orders=orders)})
    row = row_of(standardise(log, "kind", by="period", within="phase"), "B")
    assert row[["raw_difference", "standardised_difference", "strata", "p"]].isna().all()
    assert say_standardised(row).startswith("B: not a label of both schemes")


def test_what_cannot_be_asked_is_refused() -> None:
    log = log_of(SIMPSON)
    for within, said in (([], "one field or more"), ("theme", "compared"), ("period", "grouping")):
        with pytest.raises(WorkbenchError, match=said):
            standardise(log, "theme", by="period", within=within)
    with pytest.raises(WorkbenchError, match="Did you mean 'phase'"):
        standardise(log, "theme", by="period", within="fase")


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(DAYS)),
            st.sampled_from(["Primary", "Secondary", ""]),
            st.sets(st.sampled_from(["Delay", "Other", "Third"])),
        ),
        min_size=2,
        max_size=60,
    ).filter(lambda rows: len({year for year, _, _ in rows}) == 2)
)
def test_the_parts_add_up_whatever_the_order_of_rows(rows) -> None:  # type: ignore[no-untyped-def]
    def made(order: list[int]) -> pd.DataFrame:
        chosen = [rows[place] for place in order]
        log = make_log(
            [
                {"period": y, "date": DAYS[y], "phase": [p] if p else [], "theme": sorted(t)}
                for y, p, t in chosen
            ],
            FIELDS,
        )
        return standardise(log, "theme", by="period", within="phase")

    frame = made(list(range(len(rows))))
    parts = frame[["standardised_difference", "mix_difference", "support_difference"]]
    known = frame["standardised_difference"].notna()
    assert parts[known].sum(axis=1).to_numpy() == pytest.approx(
        frame.loc[known, "raw_difference"].to_numpy()
    )
    inside = frame[known]
    assert (inside["standardised_low"] <= inside["standardised_difference"] + 1e-9).all()
    assert (inside["standardised_difference"] <= inside["standardised_high"] + 1e-9).all()
    pd.testing.assert_frame_equal(frame, made(list(range(len(rows)))[::-1]))


def test_disclosure_control_hides_small_counts_and_keeps_the_parts_adding_up() -> None:
    cells = [*SIMPSON, ("2023-24", "Nursery", 2, 3)]
    log = log_of(cells)
    log = log.with_labels(
        "theme",
        pd.concat(
            [log.membership("theme"), pd.DataFrame({"case_id": ["C2", "C3"], "label": "Rare"})]
        ),
        title="Theme",
        several=True,
    )
    frame = standardise(log, "theme", by="period", within="phase")
    safe = protect_standardised(frame, rule=Disclosure())
    assert list(safe.columns) == list(frame.columns)
    assert safe[["label", "group"]].equals(frame[["label", "group"]])
    row, exact = row_of(safe), row_of(frame)
    assert pd.isna(row["left_out"])
    assert row["raw_difference"] == pytest.approx(660 / 1005 - 420 / 1000)
    assert row["standardised_difference"] == pytest.approx(
        exact["standardised_difference"], abs=0.0026
    )
    assert row["standardised_low"] <= exact["standardised_low"]
    assert row["standardised_high"] >= exact["standardised_high"]
    parts = row[["standardised_difference", "mix_difference", "support_difference"]].sum()
    assert parts == pytest.approx(row["raw_difference"])
    rare = row_of(safe, "Rare")
    hidden = [name for name in frame.columns if "difference" in name or "standardised" in name]
    assert rare[hidden].isna().all()
    assert "suppressed" in rare["note"]
    exempt = Disclosure(exempt=True, reason="made up")
    pd.testing.assert_frame_equal(protect_standardised(frame, rule=exempt), frame)


def test_real_comments_change_through_the_mix_of_trusts(
    workbench_data: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not (workbench_data / "nhs_fft").is_dir():
        pytest.skip("The comments of nhs_fft are not among the public data sets here.")
    monkeypatch.setenv("WORKBENCH_DATA", str(workbench_data))
    log = read_cases(Study.load(root / "benchmarks" / "nhs_fft"))
    assert mix_change(log, ["trust"], by="period")["warning"].iloc[0]
    frame = standardise(log, "coded_theme", by="period", within="trust")
    compared = frame[frame["reference"].notna()].set_index("label")
    clear = compared[compared["raw_p_adjusted"] < CLEAR]
    assert (clear["p_adjusted"] >= CLEAR).sum() >= 5
    waits = compared.loc["Timeliness of care"]
    assert waits["raw_difference"] == pytest.approx(0.068, abs=0.001)
    assert waits["standardised_low"] < 0 < waits["standardised_high"]
    assert waits["mix_difference"] > waits["raw_difference"]
