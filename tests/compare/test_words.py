"""Subject words and keyness."""

from __future__ import annotations

import numpy as np
import pytest

from tests.compare.test_seasons import STUDY
from tests.logs import make_log
from workbench.compare.keyness import keyness
from workbench.compare.words import subject_words
from workbench.study import Words


def test_subject_words_are_ranked_and_banners_marked() -> None:
    study = STUDY.model_copy(update={"words": Words(stop=("please",), banners=("Caution",))})
    log = make_log(
        [
            {"subject": "CAUTION: fake account"},
            {"subject": "Please help: account, account"},
            {"subject": None},
        ]
    )
    frame = subject_words(log, study).set_index("word")
    assert frame.loc["account", ["rank", "n", "cases"]].tolist() == [1, 3, 2]
    assert frame.loc["caution", "banner"]
    assert "please" not in frame.index


def test_keyness_turns_with_its_sides_and_counts_words() -> None:
    a, b = ["red red red green"] * 20, ["blue green green"] * 30
    frame = keyness(a, b).set_index("word")
    assert frame.loc["red", ["n_a", "n_b"]].tolist() == [60, 0]
    assert frame.loc["red", "z"] > 2
    assert frame.loc["blue", "z"] < -2
    turned = keyness(b, a).set_index("word")
    assert np.allclose(turned.loc[frame.index, "z"], -frame["z"])


def test_keyness_of_nothing_is_empty() -> None:
    assert keyness([], ["some words"]).empty


def test_inaugural_counts_are_those_published(workbench_data) -> None:  # type: ignore[no-untyped-def]
    import pandas as pd

    path = workbench_data / "inaugural_keyness" / "inaugural.csv"
    if not path.exists():
        pytest.skip("inaugural_keyness is not among the data sets")
    speeches = pd.read_csv(path)
    speeches = speeches[speeches["Year"] <= 2021]  # what the published table was made from
    late = speeches["Year"] >= 1945
    frame = keyness(list(speeches.loc[late, "text"]), list(speeches.loc[~late, "text"]))
    words = frame.set_index("word")
    for word, published in {"we": (1048, 779), "us": (289, 216), "america": (148, 54)}.items():
        found = words.loc[word, ["n_a", "n_b"]].astype(int).tolist()
        assert found == pytest.approx(published, rel=0.03)
    assert words.index[:20].isin(["we", "our", "america", "us", "world"]).sum() >= 3
