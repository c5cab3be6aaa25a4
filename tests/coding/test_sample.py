"""Draws: known probabilities, rare tones met, the same whatever the order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.logs import make_log
from workbench.coding import WHOLE_TEXT, case_groups, draw_sample, sentence_units, text_units
from workbench.coding.sample import SPREAD, bands_of, draw_rows, inclusion_probabilities
from workbench.errors import WorkbenchError

strata_of = st.lists(st.integers(0, 5), min_size=1, max_size=80).map(
    lambda values: np.unique(values, return_inverse=True)[1]
)


@given(strata_of, st.integers(1, 100))
def test_probabilities_add_up_and_no_unit_is_slighted(strata: np.ndarray, size: int) -> None:
    chosen = inclusion_probabilities(strata, size)
    assert ((chosen > 0) & (chosen <= 1)).all()
    assert chosen.sum() == pytest.approx(min(size, len(strata)))
    assert (chosen >= min(SPREAD * size / len(strata), 1) - 1e-12).all()
    for stratum in np.unique(strata):
        assert np.ptp(chosen[strata == stratum]) < 1e-12


@given(strata_of, st.integers(1, 100), st.integers(0, 9))
def test_a_draw_has_its_size_and_each_stratum_its_part(
    strata: np.ndarray, size: int, seed: int
) -> None:
    chosen = inclusion_probabilities(strata, size)
    rows = draw_rows(chosen, strata, np.random.default_rng(seed))
    assert len(set(rows)) == len(rows) == min(size, len(strata))
    for stratum in np.unique(strata):
        expected = chosen[strata == stratum].sum()
        assert abs((strata[rows] == stratum).sum() - expected) < 1 + 1e-9


def test_units_are_drawn_as_often_as_their_probability_says() -> None:
    strata = np.repeat([0, 1, 2], [30, 8, 2])
    chosen = inclusion_probabilities(strata, 12)
    random = np.random.default_rng(1)
    drawn = np.zeros(40)
    for _ in range(4000):
        drawn[draw_rows(chosen, strata, random)] += 1
    assert np.abs(drawn / 4000 - chosen).max() < 0.03
    assert np.ptp(chosen) > 0.3


def test_rare_tones_and_small_groups_are_met(
    units: pd.DataFrame, chances: pd.DataFrame, groups: pd.DataFrame
) -> None:
    plain = draw_sample(units, size=60, seed=3)
    drawn = draw_sample(units, size=60, chances=chances, groups=groups, seed=3)
    assert plain["inclusion"].nunique() == 1
    assert plain["inclusion"].iloc[0] == pytest.approx(0.1)
    rare = drawn["stratum"].str.contains("aggression")
    assert rare.sum() >= 4  # 6 of 600, so 0.6 would be met in a simple draw
    assert drawn["stratum"].str.contains("Primary").sum() >= 8
    assert (1 / drawn["inclusion"]).max() <= 10 / SPREAD + 1e-9
    assert drawn["stratum"].tolist() != sorted(drawn["stratum"])  # shuffled: nobody is led


def test_the_weights_give_back_the_whole(
    units: pd.DataFrame, chances: pd.DataFrame, groups: pd.DataFrame
) -> None:
    totals = [
        (
            1 / draw_sample(units, size=60, chances=chances, groups=groups, seed=seed)["inclusion"]
        ).sum()
        for seed in range(60)
    ]
    assert np.mean(totals) == pytest.approx(600, rel=0.03)


def test_the_order_of_units_changes_nothing(
    units: pd.DataFrame, chances: pd.DataFrame, groups: pd.DataFrame
) -> None:
    mixed = np.random.default_rng(0).permutation(600)
    one = draw_sample(units, size=50, chances=chances, groups=groups, seed=5)
    other = draw_sample(
        units.iloc[mixed], size=50, chances=chances.iloc[mixed], groups=groups, seed=5
    )
    pd.testing.assert_frame_equal(one, other)
    third = draw_sample(units, size=50, chances=chances, groups=groups, seed=6)
    assert set(zip(one["text_id"], one["sentence"], strict=True)) != set(
        zip(third["text_id"], third["sentence"], strict=True)
    )


def test_all_are_drawn_where_more_are_asked_for(units: pd.DataFrame) -> None:
    drawn = draw_sample(units.head(7), size=100)
    assert len(drawn) == 7
    assert (drawn["inclusion"] == 1).all()


def test_the_rarest_tone_names_the_band() -> None:
    chances = pd.DataFrame(
        {"common": [0.9, 0.9, 0.9, 0.1], "rare": [0.3, 0.0, 0.7, 0.1]}, dtype=float
    )
    assert list(bands_of(chances)) == ["rare unsure", "common likely", "rare likely", "none likely"]


def test_units_come_from_redacted_logs_only() -> None:
    text = "We are worried. Please take it down."
    log = make_log([{"case_id": "A", "text": text, "phase": "Primary"}, {"case_id": "B"}])
    with pytest.raises(WorkbenchError, match="Redact"):
        sentence_units(log)
    safe = replace(log, redacted=True)
    units = sentence_units(safe)
    assert units["text"].tolist() == ["We are worried.", "Please take it down.", "x"]
    assert units["sentence"].tolist() == [0, 1, 0]
    assert text_units(safe)["sentence"].tolist() == [WHOLE_TEXT] * 2
    groups = case_groups(safe, units)
    assert groups["phase"].tolist() == ["Primary", "Primary", "not recorded"]
    assert list(case_groups(safe, units, fields=("period", "no such field"))) == ["period"]


def test_units_that_do_not_fit_are_refused(units: pd.DataFrame, chances: pd.DataFrame) -> None:
    with pytest.raises(WorkbenchError, match="Several rows are one unit"):
        draw_sample(pd.concat([units, units.head(1)], ignore_index=True), size=5)
    with pytest.raises(WorkbenchError, match="no chances"):
        draw_sample(units, size=5, chances=chances.head(10))
    with pytest.raises(WorkbenchError, match="chances are missing"):
        draw_sample(units, size=5, chances=chances.mask(chances > 0.5))
    with pytest.raises(WorkbenchError, match="at least one"):
        draw_sample(units, size=0)
