import numpy as np
import pytest

from workbench.themes import layout


def test_near_texts_lie_near_on_the_map_and_every_time_there(sample):
    _, vectors, subjects = sample
    places = layout(vectors, seed=4)
    assert places.shape == (len(vectors), 2)
    assert places.dtype == np.float32
    assert np.isfinite(places).all()
    assert (places == layout(vectors, seed=4)).all()
    gaps = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(gaps, np.inf)
    assert (subjects[gaps.argmin(axis=1)] == subjects).mean() > 0.95


def test_equal_texts_share_a_place(sample):
    vectors = np.vstack([sample[1], np.tile(sample[1][:1], (30, 1))])
    places = layout(vectors)
    assert np.linalg.norm(places[-30:] - places[0], axis=1).max() < 0.3


@pytest.mark.parametrize("size", [0, 1, 2, 3, 5])
def test_few_texts_have_places_too(size):
    vectors = np.eye(8, dtype=np.float32)[:size]
    places = layout(vectors)
    assert places.shape == (size, 2)
    assert np.isfinite(places).all()
