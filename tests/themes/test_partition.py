import numpy as np
import pytest

from workbench.themes.partition import RESOLUTIONS, count_splits, spread_resolutions


@pytest.mark.parametrize(("texts", "splits"), [(0, 4), (5_000, 4), (10_000, 2), (20_000, 1)])
def test_many_texts_are_split_less_often(texts, splits):
    assert count_splits(texts) == splits


def test_very_many_texts_are_clustered_at_fewer_resolutions_over_the_same_range():
    usual, fewer = spread_resolutions(10_000), spread_resolutions(20_000)
    assert len(fewer) < len(usual) == RESOLUTIONS[2]
    for found in (usual, fewer):
        assert np.allclose(found[[0, -1]], RESOLUTIONS[:2])
        assert np.allclose(np.diff(np.log(found)), np.log(found[1] / found[0]))
