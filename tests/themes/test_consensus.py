import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.metrics import adjusted_rand_score

from workbench.themes.consensus import (
    cluster_agreement,
    find_communities,
    make_ensemble,
    weigh_agreement,
)
from workbench.themes.graph import find_neighbours, shared_neighbour_graph

RESOLUTIONS = np.array([0.5, 2.0])


@pytest.fixture(scope="module")
def graph(sample):
    return shared_neighbour_graph(find_neighbours(sample[1], count=15)[0])


@pytest.fixture(scope="module")
def ensemble(sample, graph):
    return make_ensemble([graph], sample[1], resolutions=RESOLUTIONS, splits=3, smallest=5, seed=1)


def test_each_half_of_each_split_is_a_member_of_each_setting(ensemble, sample):
    assert ensemble.labels.shape == (2 * 6, len(sample[0]))
    assert ensemble.cell.tolist() == [0] * 6 + [1] * 6
    assert ensemble.counts.shape == ensemble.quality.shape == (2,)
    assert ((ensemble.quality >= 0) & (ensemble.quality <= 1)).all()


def test_rows_of_the_other_half_join_their_kind(ensemble, sample):
    """The sample has two kinds in each of three subjects."""
    kinds = [f"{subject}{row % 2}" for row, subject in enumerate(sample[2])]
    assert all(adjusted_rand_score(kinds, member) > 0.9 for member in ensemble.labels[:6])


def test_the_number_of_threads_changes_nothing(sample, graph, ensemble, monkeypatch):
    monkeypatch.setattr("workbench.themes.consensus._THREADS", 1)
    again = make_ensemble([graph], sample[1], resolutions=RESOLUTIONS, splits=3, smallest=5, seed=1)
    assert (again.labels == ensemble.labels).all()


def test_pairs_weigh_the_share_of_members_that_keep_them():
    graph = csr_array(np.array([[0, 1.0, 1.0], [1.0, 0, 1.0], [1.0, 1.0, 0]]))
    labels = np.array([[0, 0, 1], [0, 0, 0]])
    agreed = weigh_agreement(graph, labels, np.array([3.0, 1.0])).toarray()
    assert np.allclose(agreed, [[0, 1, 0.25], [1, 0, 0.25], [0.25, 0.25, 0]])


@pytest.mark.parametrize("count", [3, 6])
def test_the_consensus_has_the_number_of_themes_asked_for(graph, ensemble, count):
    agreed = weigh_agreement(graph, ensemble.labels, np.ones(len(ensemble.labels)))
    found = cluster_agreement(agreed, count=count, smallest=5, seed=1)
    assert (np.bincount(found) >= 5).sum() in {count, 6}


def test_a_graph_without_pairs_is_one_community():
    assert find_communities(csr_array((4, 4)), resolution=1, seed=1).tolist() == [0, 0, 0, 0]
