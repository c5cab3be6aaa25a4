from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.tones import enquirers, politeness, sentiment, speed, urgency, vader
from benchmarks.tones.material import BLOCKS, MAKERS, Material, make_blocks
from benchmarks.tones.options import FEW, Options, read_options
from tests.tone.sentences import NOT_SHOWN, SHOWN
from workbench.tone import TONES
from workbench.tone.heads import DIRECTED, Labelled

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


INVENTED = [
    *[Labelled(text, frozenset(wanted.split())) for text, wanted, _ in SHOWN],
    *[Labelled(text, frozenset()) for text, _ in NOT_SHOWN],
]


def answers_of(shown: np.ndarray) -> enquirers.Answers:
    """Answers that say with certainty what ``shown`` (n × tones) has."""
    return shown.astype(float), shown > 0, shown > 0


def test_blind_sentences_are_read_with_their_kinds() -> None:
    given, kinds = enquirers.read_sentences()
    assert len(given) == len(kinds) == 600
    assert "quoted" in kinds
    truth = enquirers.truth_of(given)
    assert truth.shape == (600, len(TONES))
    assert set(np.unique(truth)) == {0.0, 1.0}
    assert truth.sum(axis=0).min() > 0


def test_right_answers_have_full_marks_and_wrong_ones_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(enquirers, "DRAWS", 10)
    truth = enquirers.truth_of(INVENTED)
    kinds = np.array(["plain"] * len(SHOWN) + ["quoted"] * len(NOT_SHOWN))
    right = enquirers._figures(answers_of(truth), truth, kinds)
    full = ("F1", "AUROC", "average precision", "quoted spared")
    assert [right[name] for name in full] == [1] * 4
    assert right["calibration error"] == 0
    wrong = enquirers._figures(answers_of(1 - truth), truth, kinds)
    assert (wrong["F1"], wrong["AUROC"], wrong["quoted spared"]) == (0, 0, 0)


def test_only_harshness_that_is_not_labelled_is_held_against_a_way() -> None:
    truth = np.zeros((4, len(TONES)))
    said = truth > 0
    blunt = TONES.index("bluntness")
    truth[0, blunt] = 1  # hers, beside what she quotes
    said[:, TONES.index("concern")] = True
    said[[0, 1, 3], blunt] = True
    kinds = np.array(["quoted", "quoted", "quoted", "plain"])
    assert enquirers._spared(said, truth, kinds).tolist() == [True, False, True]


def test_parts_are_of_every_tone_and_kind() -> None:
    truth = enquirers.truth_of(INVENTED)
    kinds = np.array(["quoted", "plain"] * len(truth))[: len(truth)]
    chances, said, _ = answers_of(truth)
    by_tone = enquirers._by_tone(chances, said, truth)
    assert [row["part"] for row in by_tone] == list(TONES)
    assert all(row["precision"] == row["recall"] == row["F1"] == 1 for row in by_tone)
    none = enquirers._by_tone(chances, np.zeros_like(said), truth)
    assert all(np.isnan(row["precision"]) and row["recall"] == 0 for row in none)
    by_kind = enquirers._by_kind(chances, said, truth, kinds)
    assert [row["part"] for row in by_kind] == ["kind: plain", "kind: quoted"]
    assert sum(row["n"] for row in by_kind) == len(truth)
    assert sum(row["shown"] for row in by_kind) == truth.sum()


def test_every_way_is_measured_on_the_same_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    aimed = [
        Labelled(one.text, one.tones, "platform" if one.tones & set(DIRECTED) else "")
        for one in INVENTED
    ]
    kinds = np.array(["plain"] * len(SHOWN) + ["quoted"] * len(NOT_SHOWN))
    monkeypatch.setattr(enquirers, "DRAWS", 10)
    monkeypatch.setattr(enquirers, "shipped_sentences", lambda: aimed)
    monkeypatch.setattr(enquirers, "read_sentences", lambda: (aimed, kinds))
    *_, ways, parts = enquirers.measure(Options((), quick=True))
    assert (ways.name, parts.name) == ("tone_enquirers", "tone_enquirers_parts")
    assert not ways.kept
    assert not parts.kept
    assert list(ways.frame["way"]) == list(enquirers.WAYS)
    assert set(ways.frame["n"]) == {len(aimed)}
    assert (ways.frame["F1 low"] <= ways.frame["F1 high"]).all()
    # They learnt the very sentences they are asked about, all but the heads and the markers.
    found = ways.frame.set_index("way")["F1"]
    assert found["logistic regression on vectors"] > 0.9
    assert found[enquirers.WHOLE] > found["logistic regression on VADER"]
    assert len(parts.frame) == len(TONES) + 2
    assert "of 21 sentences that bear a directed tone" in parts.settings["at whom"]


def test_the_politeness_head_is_asked_as_it_ships(monkeypatch: pytest.MonkeyPatch) -> None:
    polite = np.array(["please" in text for text in TEXTS], dtype=int)
    monkeypatch.setattr(enquirers, "read_requests", lambda: (TEXTS, polite))
    (table,) = enquirers.transfer(Options((), quick=True))
    row = table.frame.iloc[0]
    assert row["requests"] == len(TEXTS)
    assert row["AUROC"] == 1
    assert not table.kept


def test_speed_is_told_against_vader_on_the_same_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "load_demo", lambda: TEXTS)
    (table,) = speed.measure(Options((), quick=True))
    frame = table.frame
    assert not table.kept
    assert set(frame["texts"]) == {2 * len(TEXTS)}
    assert set(frame["sentences"]) == {2 * 9}
    assert (frame["s"] > 0).all()
    assert (frame["s"] <= frame["slowest s"]).all()
    assert frame["what"].iloc[-1] == "VADER on whole texts"
    assert frame["times VADER"].iloc[-1] == 1
