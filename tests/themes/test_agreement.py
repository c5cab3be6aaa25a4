import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from workbench.themes.agreement import centres_of, compare_partitions, count_pairs, silhouette

labels = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=40)


@given(labels)
def test_the_index_is_the_one_that_scikit_learn_gives(pairs):
    one, other = np.array(pairs).T
    expected = adjusted_rand_score(one, other)
    assert np.isclose(compare_partitions(one, other), expected)


@given(labels)
def test_a_contingency_table_counts_every_row_once(pairs):
    one, other = np.array(pairs).T
    table = count_pairs(one, other)
    assert table.sum() == len(pairs)
    assert (table.sum(axis=1) == np.bincount(one)).all()
    assert (table.sum(axis=0) == np.bincount(other)).all()


def test_centres_are_unit_means():
    rows = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]])
    centres = centres_of(rows, np.array([0, 0, 1]))
    assert np.allclose(centres, [[np.sqrt(0.5), np.sqrt(0.5)], [0.6, 0.8]])


def test_clusters_far_apart_have_a_wider_silhouette_than_mixed_ones():
    random = np.random.default_rng(1)
    rows = np.repeat(np.eye(4), 20, axis=0) + random.normal(scale=0.1, size=(80, 4))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    own = np.repeat(np.arange(4), 20)
    assert silhouette(rows, own) > 0.9
    assert silhouette(rows, random.permutation(own)) < 0.1


def test_a_row_alone_counts_nothing():
    rows = np.eye(3, dtype=np.float32)
    assert silhouette(rows, np.arange(3)) == 0


def test_a_row_does_not_draw_its_own_centre():
    # Two rows of one cluster at a right angle lie as near to each other as to anything else.
    rows = np.eye(4, dtype=np.float32)
    assert silhouette(rows, np.array([0, 0, 1, 1])) == 0
