"""Shares that labels and chances give together, and marker rates that promise no more."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from workbench.errors import WorkbenchError
from workbench.learning.powered import Estimate, estimate_share, find_bands
from workbench.tone.prevalence import (
    COLUMNS,
    NOT_PREVALENCE,
    chances_by_text,
    estimate_prevalence,
    marker_rates,
)


def one_band(truth: np.ndarray, chances: np.ndarray, weights: np.ndarray | None = None) -> Estimate:
    return estimate_share(
        truth,
        chances,
        weights=np.ones(len(truth)) if weights is None else weights,
        bands=np.zeros(len(truth), dtype=int),
    )


def study(
    seed: int, *, share: float = 0.2, texts: int = 2_000, labels: int = 300
) -> tuple[np.ndarray, pd.DataFrame, np.ndarray]:
    """Truth, chances of a middling classifier, and the rows drawn for labelling."""
    random = np.random.default_rng(seed)
    truth = (random.random(texts) < share).astype(float)
    said = random.random(texts) < np.where(truth > 0, 0.8, 0.1)
    chances = np.where(said, random.beta(5, 2, texts), random.beta(1, 8, texts))
    return truth, pd.DataFrame({"concern": chances}), random.permutation(texts)[:labels]


def test_it_agrees_with_the_authors_own_package() -> None:
    """ppi-python 0.2.3 on these numbers: 0.27328 (error .05324); labels alone .3 (.05916).

    It takes the unlabelled texts' mean where we take all texts', which is the same estimate but
    for how the best lambda is found, and divides by n where we divide by n - 1.
    """
    i, j = np.arange(60), np.arange(600)
    truth = (i % 7 < 2).astype(float)
    noise = 0.01 + 0.09 * (((i * 37) % 100) / 100) ** 2, 0.01 + 0.09 * (((j * 53) % 100) / 100) ** 2
    labelled = (noise[0] + 0.09 * truth) * 3 + 0.7 * ((i * 29) % 10) / 10
    others = (noise[1] + 0.09 * (j % 11 < 2)) * 3 + 0.7 * ((j * 31) % 10) / 10
    known = np.concatenate([truth, np.full(600, np.nan)])
    found = one_band(known, np.concatenate([labelled, others]))
    assert found.share == pytest.approx(0.27328245, abs=0.002)
    assert found.error == pytest.approx(0.05323512 * np.sqrt(60 / 59), rel=0.005)
    assert 0 < found.tuning < 1
    alone = one_band(known, np.full(660, 0.3))
    assert alone.share == pytest.approx(0.3)
    assert alone.error == pytest.approx(0.0591608 * np.sqrt(60 / 59), rel=1e-6)


def test_useless_chances_leave_the_interval_of_the_labels() -> None:
    known = np.full(5_000, np.nan)
    known[:300] = 0
    known[:27] = 1
    found = one_band(known, np.full(5_000, 0.4))
    low, high = proportion_confint(27, 300, method="jeffreys")
    assert found.share == pytest.approx(0.09)
    assert (found.low, found.high) == (pytest.approx(low, abs=6e-4), pytest.approx(high, abs=6e-4))


def test_good_chances_narrow_the_interval_and_wrong_ones_do_not_shift_it() -> None:
    truth, chances, rows = study(2)
    labels = pd.DataFrame({"concern": truth[rows]}, index=rows)
    sharp = estimate_prevalence(chances, labels).iloc[0]
    upside_down = estimate_prevalence(1 - chances, labels).iloc[0]
    flat = estimate_prevalence(chances * 0 + 0.1, labels).iloc[0]
    assert sharp["high"] - sharp["low"] < 0.9 * (flat["high"] - flat["low"])
    for row in (sharp, upside_down, flat):
        assert row["low"] < truth.mean() < row["high"]


def test_a_rare_tone_is_not_counted_from_the_chances() -> None:
    truth, chances, rows = study(8, share=0.02)
    row = estimate_prevalence(chances, pd.DataFrame({"concern": truth[rows]}, index=rows)).iloc[0]
    assert row["low"] < truth.mean() < row["high"] < (chances["concern"] >= 0.5).mean()


def test_all_labelled_is_plain_counting() -> None:
    truth, chances, _ = study(2, texts=400)
    row = estimate_prevalence(chances, pd.DataFrame({"concern": truth})).iloc[0]
    low, high = proportion_confint(truth.sum(), 400, method="jeffreys")
    assert row["share"] == pytest.approx(truth.mean())
    assert row["n"] == truth.sum()
    assert row["low"] == pytest.approx(low, abs=0.01)
    assert row["high"] == pytest.approx(high, abs=0.01)


def test_weights_undo_a_draw_that_favours_the_likely() -> None:
    truth, chances, _ = study(3, share=0.1, texts=20_000)
    random = np.random.default_rng(30)
    inclusion = np.where(chances["concern"] >= 0.5, 0.2, 0.02)
    rows = np.flatnonzero(random.random(20_000) < inclusion)
    labels = pd.DataFrame({"concern": truth[rows]}, index=rows)
    flat = chances * 0 + 0.1  # without chances to lean on, only weights can mend it
    weighed = estimate_prevalence(flat, labels, inclusion=pd.Series(inclusion[rows], rows)).iloc[0]
    plain = estimate_prevalence(flat, labels).iloc[0]
    assert weighed["low"] < truth.mean() < weighed["high"]
    assert plain["low"] > truth.mean()


def test_intervals_cover_the_truth() -> None:
    """A few hundred runs of two settings; `run.py bench coverage` has the whole table."""
    for share in (0.02, 0.2):
        covered = 0
        for seed in range(300):
            truth, chances, rows = study(seed, share=share)
            known = np.full(len(truth), np.nan)
            known[rows] = truth[rows]
            values = chances["concern"].to_numpy()
            bands = find_bands(values, ~np.isnan(known))
            found = estimate_share(known, values, weights=np.ones(len(truth)), bands=bands)
            covered += found.low <= share <= found.high
        assert 0.92 <= covered / 300 <= 0.98


def test_alike_cases_widen_the_interval() -> None:
    random = np.random.default_rng(4)
    cases = np.repeat(np.arange(300), 8)
    truth = np.repeat(random.random(300) < 0.3, 8).astype(float)
    units = pd.Index([f"u{number}" for number in range(2_400)])
    chances = pd.DataFrame({"concern": random.random(2_400)}, index=units)
    drawn = cases < 40
    labels = pd.DataFrame({"concern": truth[drawn]}, index=units[drawn])
    alone = estimate_prevalence(chances, labels).iloc[0]
    together = estimate_prevalence(chances, labels, clusters=pd.Series(cases, units)).iloc[0]
    assert together["share"] == alone["share"]
    # Eight like sentences are worth one: the interval is some root of eight times as wide.
    ratio = (together["high"] - together["low"]) / (alone["high"] - alone["low"])
    assert 2.2 < ratio < 3.4


def test_each_group_has_its_row_and_one_without_labels_says_so() -> None:
    truth, chances, rows = study(5)
    years = pd.Series(np.where(np.arange(2_000) < 1_200, "2022-23", "2023-24"), dtype="str")
    years[:7] = "2021-22"
    kept = rows[rows >= 7]
    labels = pd.DataFrame({"concern": truth[kept]}, index=kept)
    frame = estimate_prevalence(chances, labels, groups=years).set_index("group")
    assert tuple(frame.reset_index().columns[1:2]) == ("label",)
    assert set(frame.columns) | {"group"} == set(COLUMNS)
    assert frame["base"].to_dict() == {"2021-22": 7, "2022-23": 1_193, "2023-24": 800}
    assert np.isnan(frame.loc["2021-22", "share"])
    assert "none of these is labelled" in frame.loc["2021-22", "note"]
    assert frame["labelled"].sum() == len(kept)
    inside = chances.index >= 1_200
    only = estimate_prevalence(chances[inside], labels[labels.index >= 1_200]).iloc[0]
    assert frame.loc["2023-24", "low"] == pytest.approx(only["low"])


@given(
    st.integers(0, 12),
    st.integers(0, 30),
    st.floats(0.05, 1),
    st.integers(0, 100),
)
def test_limits_hold_the_share_and_stay_between_nought_and_one(
    yes: int, no: int, scale: float, seed: int
) -> None:
    if yes + no == 0:
        return
    random = np.random.default_rng(seed)
    chances = pd.DataFrame({"concern": random.random(60) * scale})
    labels = pd.DataFrame({"concern": random.permutation([1.0] * yes + [0.0] * no)})
    inclusion = pd.Series(random.uniform(0.05, 1, yes + no))
    row = estimate_prevalence(chances, labels, inclusion=inclusion).iloc[0]
    assert 0 <= row["low"] <= row["share"] <= row["high"] <= 1
    assert row["high"] > row["low"]
    order = random.permutation(60)
    mixed = estimate_prevalence(chances.loc[order], labels, inclusion=inclusion).iloc[0]
    for name in ("low", "share", "high"):
        assert mixed[name] == pytest.approx(row[name], abs=1e-12)


def test_none_found_is_not_none_at_all() -> None:
    chances = pd.DataFrame({"concern": np.full(1_000, 0.05)})
    row = estimate_prevalence(chances, pd.DataFrame({"concern": np.zeros(100)})).iloc[0]
    assert row["share"] == row["low"] == 0
    assert 0.01 < row["high"] < 0.04


def test_few_labels_are_noted() -> None:
    truth, chances, rows = study(6)
    labels = pd.DataFrame({"concern": truth[rows[:12]]}, index=rows[:12])
    assert estimate_prevalence(chances, labels)["note"].iloc[0] == "only 12 labelled"


def test_what_does_not_fit_is_refused() -> None:
    _, chances, _ = study(7, texts=50, labels=5)
    good = pd.DataFrame({"concern": [1.0, 0.0]})
    with pytest.raises(WorkbenchError, match=r"no chances of 'concrn'.*Did you mean 'concern'"):
        estimate_prevalence(chances, good.rename(columns={"concern": "concrn"}))
    with pytest.raises(WorkbenchError, match="do not lie between 0 and 1"):
        estimate_prevalence(chances, good * 2)
    with pytest.raises(WorkbenchError, match="have no chances"):
        estimate_prevalence(chances, good.set_axis([0, 99]))
    with pytest.raises(WorkbenchError, match="share one unit"):
        estimate_prevalence(chances, good.set_axis([1, 1]))
    with pytest.raises(WorkbenchError, match="inclusion 0"):
        estimate_prevalence(chances, good, inclusion=pd.Series([0.5, 0.0]))
    with pytest.raises(WorkbenchError, match="inclusion are missing"):
        estimate_prevalence(chances, good, inclusion=pd.Series([0.5]))
    with pytest.raises(WorkbenchError, match="have no cluster"):
        estimate_prevalence(chances, good, clusters=pd.Series([1, 2]))


def test_marker_rates_say_that_they_are_none() -> None:
    fired = pd.DataFrame({"urgency": np.arange(263) < 81, "concern": False})
    frame = marker_rates(fired).set_index("label")
    assert frame.loc["urgency", "n"] == 81
    assert (round(frame.loc["urgency", "low"], 4), round(frame.loc["urgency", "high"], 4)) == (
        0.2553,
        0.3662,
    )
    assert set(frame["method"]) == {"marker rate"}
    assert set(frame["note"]) == {NOT_PREVALENCE}
    assert set(frame["labelled"]) == {0}
    assert list(frame.reset_index().columns) == list(COLUMNS)
    split = marker_rates(fired, groups=pd.Series(np.where(np.arange(263) < 100, "a", "b")))
    assert split["base"].tolist() == [100, 163, 100, 163]


def test_a_text_has_the_greatest_chance_of_its_sentences() -> None:
    scores = pd.DataFrame(
        {
            "text_id": ["b", "b", "a", "b", "b", "a"],
            "sentence": [0, 1, 0, 0, 1, 0],
            "dimension": ["urgency"] * 3 + ["concern"] * 3,
            "probability": [0.2, 0.7, 0.1, 0.0, 0.3, 0.9],
        }
    )
    wide = chances_by_text(scores)
    assert list(wide.columns) == ["urgency", "concern"]
    assert wide.loc["b"].tolist() == [0.7, 0.3]
    assert wide.loc["a"].tolist() == [0.1, 0.9]
