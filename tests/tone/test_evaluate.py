"""Measures of chances against labels, and what they allow to be published."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

from workbench.errors import WorkbenchError
from workbench.tone.evaluate import MEASURES, calibration_error, evaluate_tones, fit_to_publish


@pytest.fixture
def chances() -> pd.DataFrame:
    """600 sentences of 200 texts."""
    random = np.random.default_rng(1)
    index = pd.Index([f"u{number:03}" for number in range(600)])
    return pd.DataFrame({"concern": random.beta(1, 2, 600), "urgency": random.random(600)}, index)


@pytest.fixture
def labels(chances: pd.DataFrame) -> pd.DataFrame:
    """Labels that follow the chances of concern to the letter, and those of urgency not at all."""
    random = np.random.default_rng(2)
    drawn = random.random(chances.shape) < np.column_stack([chances["concern"], np.full(600, 0.3)])
    return pd.DataFrame(drawn.astype(float), chances.index, chances.columns)


def fit_row(**changes: float) -> dict[str, float]:
    return {
        "n": 400,
        "auroc": 0.9,
        "calibration_error": 0.03,
        "calibration_by_chance": 0.02,
        **changes,
    }


def test_measures_are_those_of_scikit_learn(labels: pd.DataFrame, chances: pd.DataFrame) -> None:
    frame = evaluate_tones(labels, chances, draws=60)
    assert frame["dimension"].tolist() == ["concern", "urgency"]
    for _, row in frame.iterrows():
        truth, chance = labels[row["dimension"]], chances[row["dimension"]]
        assert row["n"] == 600
        assert row["positives"] == truth.sum()
        assert row["auroc"] == pytest.approx(roc_auc_score(truth, chance))
        assert row["average_precision"] == pytest.approx(average_precision_score(truth, chance))
        assert row["f1"] == pytest.approx(f1_score(truth, chance >= 0.5))
        assert row["coverage"] == 1
        for name in MEASURES[:3]:
            assert row[f"{name}_low"] < row[name] < row[f"{name}_high"]


def test_chances_that_keep_their_word_are_told_from_others(
    labels: pd.DataFrame, chances: pd.DataFrame
) -> None:
    frame = evaluate_tones(labels, chances, draws=20).set_index("dimension")
    kept = frame.loc["concern"]
    assert kept["calibration_error"] < 2 * kept["calibration_by_chance"]
    assert frame.loc["urgency", "calibration_error"] > 0.2


def test_bins_hold_equal_counts_and_like_chances_share_one() -> None:
    chances = np.arange(100) / 100
    truth = (np.arange(100) % 10 < 5).astype(float)
    by_hand = np.mean([abs(chances[k : k + 10].mean() - 0.5) for k in range(0, 100, 10)])
    assert calibration_error(chances, truth, np.ones(100)) == pytest.approx(by_hand)
    # Half of like chances are true: right on the mean, in whatever order they stand.
    assert calibration_error(np.full(100, 0.5), truth, np.ones(100)) == pytest.approx(0)
    assert calibration_error(np.full(100, 0.5), np.sort(truth), np.ones(100)) == pytest.approx(0)


@pytest.mark.parametrize("seed", range(4))
def test_the_error_expected_by_chance_is_what_calibrated_chances_show(seed: int) -> None:
    random = np.random.default_rng(seed)
    chances = pd.DataFrame({"concern": random.beta(1, 3, 300)})
    seen = []
    for _ in range(30):
        drawn = (random.random(300) < chances["concern"]).astype(float).to_frame("concern")
        seen.append(
            calibration_error(
                chances["concern"].to_numpy(), drawn["concern"].to_numpy(), np.ones(300)
            )
        )
    expected = evaluate_tones(drawn, chances, draws=1)["calibration_by_chance"].iloc[0]
    assert expected == pytest.approx(np.mean(seen), rel=0.2)


def test_groups_stand_apart(labels: pd.DataFrame, chances: pd.DataFrame) -> None:
    groups = pd.DataFrame(
        {
            "period": np.where(np.arange(600) < 250, "2022-23", "2023-24"),
            "phase": np.where(np.arange(600) % 2 == 0, "Primary", None),
        },
        index=labels.index,
    )
    frame = evaluate_tones(labels[["concern"]], chances, groups=groups, draws=20)
    assert frame[["field", "group"]].to_numpy().tolist() == [
        ["all", "all"],
        ["period", "2022-23"],
        ["period", "2023-24"],
        ["phase", "Primary"],
    ]
    assert frame["n"].tolist() == [600, 250, 350, 300]
    first = evaluate_tones(labels[["concern"]].head(250), chances, draws=20).iloc[0]
    assert frame.iloc[1]["auroc"] == pytest.approx(first["auroc"])


def test_abstaining_shows_in_coverage_and_leaves_f1_to_the_rest(
    labels: pd.DataFrame, chances: pd.DataFrame
) -> None:
    abstained = (chances - 0.5).abs() < 0.1
    row = evaluate_tones(labels, chances, abstained=abstained, draws=20).iloc[0]
    said = ~abstained["concern"]
    assert row["coverage"] == pytest.approx(said.mean())
    assert row["f1"] == pytest.approx(
        f1_score(labels["concern"][said], chances["concern"][said] >= 0.5)
    )


def test_probabilities_of_inclusion_weigh_the_units(
    labels: pd.DataFrame, chances: pd.DataFrame
) -> None:
    inclusion = pd.Series(np.where(np.arange(600) < 300, 0.5, 0.1), labels.index)
    row = evaluate_tones(labels, chances, inclusion=inclusion, draws=20).iloc[0]
    expected = roc_auc_score(labels["concern"], chances["concern"], sample_weight=1 / inclusion)
    assert row["auroc"] == pytest.approx(expected)
    assert row["n"] == 600


def test_sentences_of_one_text_are_drawn_together(
    labels: pd.DataFrame, chances: pd.DataFrame
) -> None:
    """Each sentence ten times over says no more than once, if it is drawn as one."""
    again = [labels.index[number // 10] for number in range(600)]
    index = pd.Index([f"{number}" for number in range(600)])
    repeated = labels.loc[again, ["concern"]].set_axis(index)
    like = chances.loc[again].set_axis(index)
    alone = evaluate_tones(repeated, like, draws=200).iloc[0]
    together = evaluate_tones(repeated, like, clusters=pd.Series(again, index), draws=200).iloc[0]
    assert together["auroc"] == alone["auroc"]
    widths = [row["auroc_high"] - row["auroc_low"] for row in (alone, together)]
    assert widths[1] > 2 * widths[0]


def test_the_order_of_units_changes_nothing(labels: pd.DataFrame, chances: pd.DataFrame) -> None:
    one = evaluate_tones(labels, chances, draws=30)
    mixed = labels.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(one, evaluate_tones(mixed, chances, draws=30))


def test_what_is_not_labelled_is_left_out_and_one_kind_alone_is_not_defined(
    labels: pd.DataFrame, chances: pd.DataFrame
) -> None:
    labels = labels.assign(concern=np.where(np.arange(600) < 40, 0.0, np.nan), urgency=np.nan)
    frame = evaluate_tones(labels, chances, draws=20)
    assert frame["n"].tolist() == [40, 0]
    assert frame["auroc"].isna().all()
    assert frame["calibration_error"].notna().tolist() == [True, False]
    for _, row in frame.iterrows():
        fit, why = fit_to_publish(row)
        assert not fit
        assert "not known" in why


@pytest.mark.parametrize(
    ("changes", "fit", "words"),
    [
        ({}, True, "AUROC 0.90"),
        ({"auroc": 0.80, "calibration_error": 0.05}, True, "Fit to publish"),
        ({"auroc": 0.799}, False, "under 0.80"),
        ({"calibration_error": 0.051}, False, "over 0.05"),
        ({"auroc": float("nan")}, False, "not known"),
        ({"auroc": 0.5, "calibration_error": 0.2}, False, "AUROC 0.50.*calibration error 0.200"),
        ({"calibration_error": 0.06, "calibration_by_chance": 0.05}, False, "label more"),
    ],
)
def test_what_may_be_published_is_said_plainly(
    changes: dict[str, float], fit: bool, words: str
) -> None:
    verdict, why = fit_to_publish(fit_row(**changes))
    assert verdict is fit
    assert pd.Series([why]).str.contains(words).all()
    assert ("Only marker rates are printed" in why) is not fit


def test_units_and_tones_without_chances_are_refused(
    labels: pd.DataFrame, chances: pd.DataFrame
) -> None:
    with pytest.raises(WorkbenchError, match="Did you mean 'concern'"):
        evaluate_tones(labels.rename(columns={"concern": "concerns"}), chances)
    with pytest.raises(WorkbenchError, match="have no chances"):
        evaluate_tones(labels, chances.head(5))
    with pytest.raises(WorkbenchError, match="probability of inclusion"):
        evaluate_tones(labels, chances, inclusion=pd.Series(0.0, labels.index))
