from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.tones import politeness, sentiment, urgency, vader
from benchmarks.tones.material import BLOCKS, MAKERS, Material, make_blocks
from benchmarks.tones.options import FEW, Options, read_options

TEXTS = [
    "Could you help us, please?",
    "Stop it. This is wrong!",
    "Thanks for your help with the page.",
    "Why did you remove it? Stop!",
    "Could you stop it, please? Thanks.",
    "The page is wrong.",
]


@pytest.fixture(autouse=True)
def _public(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "workbench_data" in request.fixturenames:
        folder: Path = request.getfixturevalue("workbench_data")
        monkeypatch.setenv("WORKBENCH_DATA", str(folder))


@pytest.fixture(scope="module")
def material() -> Material:
    random = np.random.default_rng(0)
    vectors = random.normal(size=(6, 5))
    return Material(
        texts=np.array(TEXTS, dtype=object),
        vectors=vectors,
        sentences=vectors[::-1],
        counts=random.integers(0, 4, size=(6, 3)).astype(float),
        valence=random.normal(size=(6, 4)),
    )


def test_requests_are_the_outer_quarters(workbench_data: Path) -> None:
    texts, labels = politeness.read_requests()
    assert len(texts) == len(labels) == 2178
    assert labels.sum() == 1089


def test_posts_have_their_courses(workbench_data: Path) -> None:
    texts, values, courses = urgency.read_posts()
    assert len(texts) == 3503
    assert np.bincount(values.astype(int))[1:].tolist() == [1276, 1220, 334, 373, 250, 48, 2]
    names, sizes = np.unique(courses, return_counts=True)
    assert len(names) == 9
    assert sizes.min() > 300


def test_snippets_are_read_whole(workbench_data: Path) -> None:
    sizes = {name: len(vader.read_snippets(file)[1]) for name, (file, _) in vader.SETS.items()}
    assert list(sizes.values()) == [4200, 3708, 10605, 5190]


def test_halves_share_no_group_and_hold_all_rows() -> None:
    groups = np.random.default_rng(0).integers(0, 40, size=200)
    one, other = sentiment.split(groups, 3)
    assert not set(groups[one]) & set(groups[other])
    assert sorted([*one, *other]) == list(range(200))
    assert list(one) != list(sentiment.split(groups, 4)[0])


def test_every_block_is_of_the_rows_asked_for(material: Material) -> None:
    own, others = make_blocks(material, np.array([0, 1, 2, 3]), np.array([5, 4]))
    assert tuple(own) == tuple(others) == BLOCKS
    assert {block.shape[0] for block in own.values()} == {4}
    assert {block.shape[0] for block in others.values()} == {2}
    assert all(own[name].shape[1] == others[name].shape[1] for name in BLOCKS)


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_nothing_is_learnt_of_the_rows_asked(material: Material, name: str) -> None:
    learnt = np.array([0, 1, 2, 3])
    alone = make_blocks(material, learnt, names=[name])[0][name]
    beside = make_blocks(material, learnt, np.array([4, 5]), names=[name])[0][name]
    assert alone.shape == beside.shape
    assert (_dense(alone) == _dense(beside)).all()


def test_fewer_texts_and_parts_where_the_environment_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("WORKBENCH_BENCH_QUICK", raising=False)
    monkeypatch.delenv("WORKBENCH_BENCH_PARTS", raising=False)
    assert read_options(("a", "b")) == Options(("a", "b"))
    monkeypatch.setenv("WORKBENCH_BENCH_PARTS", "b, c")
    monkeypatch.setenv("WORKBENCH_BENCH_QUICK", "1")
    options = read_options(("a", "b"))
    assert options.parts == ("b",)
    assert len(set(options.some(FEW * 2))) == FEW
    assert len(Options(("a",)).some(FEW * 2)) == FEW * 2


def test_the_better_plain_regression_is_what_others_are_ahead_of() -> None:
    truth = np.tile(np.arange(5), 20)
    random = np.random.default_rng(0)
    said = {}
    for right, way in zip((0.3, 0.6, 0.9), (*list(sentiment.PLAIN)[:2], "ours"), strict=True):
        keep = random.random(100) < right
        said[way] = [np.where(keep, truth, (truth + 1) % 5)]
    for way in sentiment.PLAIN:
        said.setdefault(way, [np.zeros(100, dtype=int)])
    rows = {row["way"]: row for row in sentiment._compare("x", said, [truth])}
    best = rows[list(sentiment.PLAIN)[1]]
    assert (best["ahead"], best["ahead low"], best["ahead high"]) == (0, 0, 0)
    ours = rows["ours"]
    assert ours["low"] < ours["macro-F1"] < ours["high"]
    assert ours["ahead"] == pytest.approx(ours["macro-F1"] - best["macro-F1"])
    assert ours["ahead low"] > 0.1


def _dense(block: object) -> np.ndarray:
    rows = getattr(block, "rows", block)
    return rows.toarray() if hasattr(rows, "toarray") else np.asarray(rows)
