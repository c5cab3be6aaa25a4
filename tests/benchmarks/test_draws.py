from __future__ import annotations

import numpy as np
import pytest

from benchmarks.clusterings.draws import AS_GIVEN, NOISE, Draw

VECTORS = np.random.default_rng(0).standard_normal((50, 8)).astype(np.float32)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)
VECTORS[3] = 0


def test_as_given_changes_nothing() -> None:
    rows, vectors = AS_GIVEN.apply(VECTORS)
    assert rows.tolist() == list(range(50))
    assert np.array_equal(vectors, VECTORS)


def test_a_shuffle_moves_rows_with_their_vectors() -> None:
    rows, vectors = Draw("shuffle", 1).apply(VECTORS)
    assert sorted(rows) == list(range(50))
    assert rows.tolist() != list(range(50))
    assert np.array_equal(vectors, VECTORS[rows])


def test_dropping_keeps_the_rest_in_order() -> None:
    rows, _ = Draw("drop", 1, 0.2).apply(VECTORS)
    assert len(rows) == 40
    assert (np.diff(rows) > 0).all()
    other, _ = Draw("drop", 2, 0.2).apply(VECTORS)
    assert rows.tolist() != other.tolist()


def test_noise_is_small_leaves_unit_rows_and_rows_of_zeros() -> None:
    _, vectors = Draw("noise", 1).apply(VECTORS)
    moved = np.abs(vectors - VECTORS)
    assert 0 < moved.max() < 10 * NOISE
    assert not vectors[3].any()
    assert np.linalg.norm(np.delete(vectors, 3, axis=0), axis=1) == pytest.approx(1, abs=1e-6)
    assert vectors.dtype == VECTORS.dtype


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        Draw("bend").apply(VECTORS)
