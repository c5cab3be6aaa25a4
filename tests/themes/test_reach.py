import numpy as np
import pytest

from workbench.themes.reach import find_nearest, learn_limits


def test_the_lead_is_over_other_groups():
    centres = np.array([[1.0, 0.0, 0.0], [0.8, 0.6, 0.0], [0.0, 0.0, 1.0]])
    rows = np.array([[1.0, 0.0, 0.0]])
    nearest, nearness, lead = find_nearest(rows, centres, group=np.array([0, 0, 1]))
    assert (nearest[0], nearness[0], lead[0]) == (0, 1, 1)
    assert find_nearest(rows, centres, group=np.array([0, 1, 1]))[2][0] == pytest.approx(0.2)
    assert find_nearest(rows, centres, group=np.zeros(3))[2][0] == 2


def test_limits_are_learnt_from_texts_whose_centre_is_nearest_alone():
    random = np.random.default_rng(1)
    angles = np.concatenate([random.normal(0, 0.2, 300), random.normal(np.pi / 2, 0.1, 300)])
    rows = np.column_stack([np.cos(angles), np.sin(angles)])
    own = np.repeat([0, 1], 300)
    none = np.zeros(600, dtype=bool)
    options = {"group": np.arange(2), "borderline": none, "unplaced": none, "beyond": 0.0}
    found = learn_limits(rows, np.eye(2), own, **options)
    assert found["usual"][0] < found["usual"][1]
    assert found["reach"][0] < found["reach"][1]
    # None was unplaced in the fit, so none of its texts is out of reach.
    nearest, nearness, _ = find_nearest(rows, np.eye(2), group=np.arange(2))
    assert (nearness >= found["reach"][nearest]).all()
    # Texts that were put to the further centre tell nothing.
    astray = np.r_[own, np.repeat(0, 50)]
    more = np.vstack([rows, np.tile([0.1, 0.995], (50, 1))])
    longer = {**options, "borderline": np.zeros(650, bool), "unplaced": np.zeros(650, bool)}
    again = learn_limits(more, np.eye(2), astray, **longer)
    assert again["usual"] == pytest.approx(found["usual"])


def test_a_theme_of_few_texts_reaches_no_less_than_a_share_of_the_others_does():
    random = np.random.default_rng(2)
    rows = random.normal(scale=0.2, size=(100, 3)) + np.eye(3)[0]
    twins = np.tile([0.0, 1.0, 0.0], (2, 1))
    rows = np.vstack([rows, twins])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    own = np.r_[np.zeros(100, dtype=int), 1, 1]
    unplaced = np.arange(102) < 5
    found = learn_limits(
        rows,
        np.eye(3)[:2],
        own,
        group=np.arange(2),
        borderline=~unplaced & False,
        unplaced=unplaced,
        beyond=0.0,
    )
    assert found["usual"][1] == 1
    assert found["reach"][1] < 1
