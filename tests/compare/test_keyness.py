"""Keyness: what it counts, what it turns with, and what it does not claim."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.compare.keyness import (
    BY_USES_ALONE,
    keyness,
    marked_words,
    protect_keyness,
    say_keyness,
)
from workbench.errors import WorkbenchError
from workbench.study import Disclosure

SIGNED = ["log_odds", "z", "log_ratio", "g2", "chi2"]
UNSIGNED = ["p_words", "p", "p_adjusted", "most"]
NAMES = ("2022-23", "2023-24")

texts = st.lists(
    st.lists(st.sampled_from("red green blue grey".split()), max_size=6).map(" ".join),
    min_size=2,
    max_size=8,
)


@settings(max_examples=25)
@given(texts, texts)
def test_turning_the_sides_turns_the_signs(a: list[str], b: list[str]) -> None:
    frame = keyness(a, b, least=1).set_index("word")
    turned = keyness(b, a, least=1).set_index("word").loc[frame.index]
    for name in SIGNED:
        assert np.allclose(turned[name], -frame[name])
    for name in UNSIGNED:
        assert np.allclose(turned[name], frame[name])
    assert np.allclose(turned["log_ratio_low"], -frame["log_ratio_high"])
    assert frame["p"].between(0, 1).all()


@settings(max_examples=25)
@given(texts, texts)
def test_rates_stay_when_everything_is_said_twice(a: list[str], b: list[str]) -> None:
    frame = keyness(a, b, least=1).set_index("word")
    twice = keyness(a * 2, b * 2, least=1).set_index("word").loc[frame.index]
    assert np.allclose(twice[["rate_a", "rate_b"]], frame[["rate_a", "rate_b"]])
    assert (twice["n_a"] == 2 * frame["n_a"]).all()
    assert (twice["texts_b"] == 2 * frame["texts_b"]).all()
    used = frame[["n_a", "n_b"]].min(axis=1) > 0
    assert np.allclose(twice.loc[used, "log_ratio"], frame.loc[used, "log_ratio"])


@settings(max_examples=25)
@given(texts, texts, st.integers(1, 6), st.randoms())
def test_rare_words_are_absent_and_the_order_of_texts_is_nothing(a, b, least, random) -> None:  # type: ignore[no-untyped-def]
    frame = keyness(a, b, least=least)
    assert (frame["n_a"] + frame["n_b"] >= least).all()
    assert frame["z"].is_monotonic_decreasing
    shuffled = random.sample(a, len(a)), random.sample(b, len(b))
    pd.testing.assert_frame_equal(frame, keyness(*shuffled, least=least))


def test_words_are_counted_by_use_and_by_text() -> None:
    a, b = ["red red red green"] * 20, ["blue green green"] * 30
    frame = keyness(a, b).set_index("word")
    assert frame.loc["red", ["n_a", "n_b", "texts_a", "texts_b", "most"]].tolist() == [
        60,
        0,
        20,
        0,
        3,
    ]
    assert frame.loc["red", "rate_a"] == pytest.approx(750)
    assert frame.loc["red", "z"] > 2
    assert frame.loc["blue", "z"] < -2
    assert frame.loc[["red", "blue"], "p_adjusted"].max() < 1e-6


def test_a_small_prior_gives_the_published_example() -> None:
    """The first example of fightin_words' README: .05 for each of eleven words."""
    a = "the quick brown fox jumps over the lazy pig"
    b = "the lazy purple pig jumps over the lazier donkey"
    flat = dict.fromkeys([*a.split(), *b.split()], 0.05)
    z = keyness([a], [b], prior=flat, least=1).set_index("word")["z"]
    assert len(z) == 11
    for word in ("brown", "fox", "quick"):
        assert z[word] == pytest.approx(0.6894227886807968, abs=1e-12)
    for word in ("purple", "lazier", "donkey"):
        assert z[word] == pytest.approx(-0.6894227886807968, abs=1e-12)
    assert z["lazy"] == pytest.approx(0, abs=1e-12)


def test_a_prior_of_ones_own_shrinks_what_is_common_elsewhere() -> None:
    a, b = ["red blue blue"] * 9 + ["red"] * 9, ["grey blue blue"] * 18
    own = keyness(a, b, prior={"red": 1000.0, "elsewhere": 1000.0}).set_index("word")
    assert (
        own.loc["red", "log_odds"]
        < keyness(a, b, prior=1.0).set_index("word").loc["red", "log_odds"]
    )


@pytest.mark.parametrize("prior", [0.0, -1.0, {"red": -1.0}])
def test_a_prior_below_nought_is_refused(prior: float | Mapping[str, float]) -> None:
    with pytest.raises(WorkbenchError, match="prior"):
        keyness(["red"] * 5, ["blue"] * 5, prior=prior)


def test_what_one_enquirer_repeats_is_no_finding() -> None:
    rest = [f"a plain text about school number{'x' * (n % 7)}" for n in range(60)]
    a = ["protest " * 40, *rest]
    frame = keyness(a, rest).set_index("word")
    row = frame.loc["protest"]
    assert (row["n_a"], row["texts_a"], row["most"]) == (40, 1, 40)
    assert row["p_words"] < 1e-6
    assert row["p_adjusted"] > 0.05
    assert row["note"] == BY_USES_ALONE
    assert "none differs clearly" in say_keyness(frame.reset_index(), names=NAMES)


def test_runs_of_two_words_are_compared_too() -> None:
    a, b = ["a fake account of the school"] * 9, ["a fake page of the school"] * 9
    frame = keyness(a, b, length=2, stop=["of", "the", "a"])
    assert set(frame["word"]) == {"fake account", "fake page"}
    assert frame["word"].iloc[0] == "fake account"


@pytest.mark.parametrize(("a", "b"), [([], ["some words"]), ([], []), (["", "42"], ["some"])])
def test_keyness_of_nothing_is_empty(a: list[str], b: list[str]) -> None:
    frame = keyness(a, b, least=1)
    assert frame.empty
    assert list(frame.columns) == list(keyness(["red"], ["red"], least=1).columns)
    assert marked_words(frame).empty
    assert say_keyness(frame, names=NAMES).startswith("Too few words")


def test_marked_words_lead_with_what_is_clear() -> None:
    frame = pd.DataFrame(
        {
            "word": ["loud", "clear", "other", "even"],
            "z": [9.0, 3.0, -4.0, 0.0],
            "log_ratio": [4.0, 1.0, -2.0, 0.0],
            "p_adjusted": [0.4, 0.01, 0.01, 1.0],
        }
    )
    marked = marked_words(frame)
    assert marked["word"].tolist() == ["clear", "loud", "other"]
    assert marked["side"].tolist() == ["a", "a", "b"]
    assert marked["clear"].tolist() == [True, False, True]
    assert marked_words(frame, top=1)["word"].tolist() == ["clear", "other"]


def test_protected_words_tell_no_small_count() -> None:
    a = ["red green green"] * 63 + ["blue"] * 12
    b = ["green green blue"] * 41 + ["red green"] * 23 + ["grey"] * 3
    frame = keyness(a, b, least=1)
    rule = Disclosure(hide_up_to=7, round_to=5)
    safe = protect_keyness(frame, rule=rule)
    assert set(safe["word"]) == {"red", "green", "blue"}
    counts = safe[["n_a", "n_b", "texts_a", "texts_b"]]
    assert (counts % 5 == 0).all(axis=None)
    red = safe.set_index("word").loc["red"]
    assert (red["n_a"], red["texts_b"]) == (65, 25)
    assert red["log_ratio"] == pytest.approx(np.log2(red["rate_a"] / red["rate_b"]))
    assert red["log_ratio_low"] < red["log_ratio"] < red["log_ratio_high"]
    assert safe[["g2", "p", "log_odds", "most"]].isna().all(axis=None)
    assert "“red”" in say_keyness(safe, names=NAMES)
    exempt = Disclosure(exempt=True, reason="Synthetic")
    pd.testing.assert_frame_equal(protect_keyness(frame, rule=exempt), frame)


def test_sentences_give_the_ratio_its_interval_and_the_texts() -> None:
    a = ["red green green"] * 60 + ["green"] * 20
    b = ["green green blue"] * 40 + ["red green"] * 20
    said = say_keyness(keyness(a, b), names=NAMES)
    assert "Of 3 words compared, " in said
    assert "More in 2022-23: “red” (" in said
    assert "in 60 and 20 texts)" in said
    assert "More in 2023-24: “blue” (in 0 and 40 texts)" in said
    assert "inf" not in said
    assert "nan" not in said


def test_inaugural_counts_are_those_published(workbench_data) -> None:  # type: ignore[no-untyped-def]
    path = workbench_data / "inaugural_keyness" / "inaugural.csv"
    if not path.exists():
        pytest.skip("inaugural_keyness is not among the data sets")
    speeches = pd.read_csv(path)
    speeches = speeches[speeches["Year"] <= 2021]  # what the published table was made from
    late = speeches["Year"] >= 1945
    words = keyness(speeches.loc[late, "text"], speeches.loc[~late, "text"]).set_index("word")
    for word, published in {"we": (1048, 779), "us": (289, 216), "america": (148, 54)}.items():
        found = words.loc[word, ["n_a", "n_b"]].astype(int).tolist()
        assert found == pytest.approx(published, rel=0.03)
    assert words.index[:20].isin(["we", "our", "america", "us", "world"]).sum() >= 3
    assert (words.loc[["we", "us", "america"], "p_adjusted"] < 0.01).all()
