from __future__ import annotations

import re
from importlib import import_module

import numpy as np
import pytest

from benchmarks.clusterings import plain
from benchmarks.clusterings.isolation import PINS, version_of
from benchmarks.clusterings.memory import forget, remember
from benchmarks.clusterings.ways import BERTOPIC_UNSEEDED, OURS, WAYS, Way, families, peers
from benchmarks.mails import peer as mails
from benchmarks.redactions import peers as redactions


@pytest.mark.parametrize("way", [*WAYS, BERTOPIC_UNSEEDED], ids=lambda way: way.name)
def test_every_way_names_a_function_that_there_is(way: Way) -> None:
    assert callable(getattr(import_module(way.module), way.function))


def test_names_are_different_and_families_hold_every_way_once() -> None:
    assert len({way.name for way in WAYS}) == len(WAYS)
    assert [way for family in families(WAYS) for way in family] == list(WAYS)
    assert OURS in WAYS


def test_every_peer_is_pinned_to_exact_versions() -> None:
    everyone = sorted([*peers(WAYS), mails.PEER, redactions.PEER])
    assert sorted(file.stem for file in PINS.glob("*.txt")) == everyone
    assert all(version_of(peer) != "unknown" for peer in peers(WAYS))
    for peer in everyone:
        lines = (PINS / f"{peer}.txt").read_text(encoding="utf-8").splitlines()
        assert lines
        assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines), peer
        assert not any(line.startswith(("nvidia", "triton=", "cuda")) for line in lines), peer


def clouds(count: int, each: int = 40, spread: float = 0.05) -> tuple[np.ndarray, np.ndarray]:
    """Well-parted clouds on the unit sphere: vectors, and the cloud of each."""
    random = np.random.default_rng(0)
    centres = np.eye(count, 12)
    truth = np.repeat(np.arange(count), each)
    vectors = centres[truth] + spread * random.standard_normal((len(truth), 12))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32), truth


@pytest.mark.parametrize("find", [plain.find_kmeans, plain.find_ward, plain.find_leiden])
def test_plain_ways_find_parted_clouds_with_and_without_their_number(find) -> None:
    from sklearn.metrics import adjusted_rand_score

    vectors, truth = clouds(8)
    texts = [""] * len(truth)
    assert adjusted_rand_score(truth, find(texts, vectors, number=8)) == 1
    assert adjusted_rand_score(truth, find(texts, vectors)) == 1


def test_a_number_that_was_asked_for_is_kept() -> None:
    vectors, truth = clouds(8, spread=0.3)
    texts = [""] * len(truth)
    for find in (plain.find_kmeans, plain.find_ward):
        assert len(np.unique(find(texts, vectors, number=13))) == 13
    assert abs(len(np.unique(plain.find_leiden(texts, vectors, number=13))) - 13) <= 1


def test_an_answer_is_remembered_for_the_same_vectors_and_options_alone() -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    one, other = np.zeros((2, 2)), np.ones((2, 2))
    assert [remember("x", one, 1, make), remember("x", one, 1, make)] == [1, 1]
    assert remember("x", other, 1, make) == 2
    assert remember("x", other, 2, make) == 3
    forget()
    assert remember("x", other, 2, make) == 4
