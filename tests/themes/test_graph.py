import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbench.themes.graph import find_neighbours, shared_neighbour_graph


def unit_rows(seed, size, dims=6):
    vectors = np.random.default_rng(seed).normal(size=(size, dims)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@given(st.integers(0, 1000), st.integers(2, 40), st.integers(1, 8))
def test_neighbours_are_the_most_similar_other_rows(seed, size, count):
    vectors = unit_rows(seed, size)
    indices, similarities = find_neighbours(vectors, count=count)
    assert indices.shape == (size, min(count, size - 1))
    every = np.round((vectors @ vectors.T).astype(float), 5)
    np.fill_diagonal(every, -np.inf)
    best = -np.sort(-every, axis=1)[:, : indices.shape[1]]
    assert np.allclose(similarities, best, atol=1e-5)
    assert not (indices == np.arange(size)[:, None]).any()


def test_ties_go_to_the_lower_row():
    vectors = np.tile(np.array([[1.0, 0.0]], dtype=np.float32), (5, 1))
    assert find_neighbours(vectors, count=2)[0].tolist() == [[1, 2], [0, 2], [0, 1], [0, 1], [0, 1]]


@given(st.integers(0, 1000), st.integers(2, 40))
def test_the_graph_is_symmetric_without_loops_and_within_one(seed, size):
    indices, _ = find_neighbours(unit_rows(seed, size), count=4)
    graph = shared_neighbour_graph(indices)
    assert (graph != graph.T).nnz == 0
    assert not graph.diagonal().any()
    assert ((graph.data > 0) & (graph.data <= 1)).all()
    assert (graph.toarray()[np.arange(size)[:, None], indices] > 0).all()
