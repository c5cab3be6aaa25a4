import numpy as np
import pytest

from workbench.themes.heads import (
    Material,
    curves_from_lines,
    find_cut,
    fit_curve,
    fit_ridge,
    to_chances,
)


@pytest.fixture
def rows():
    random = np.random.default_rng(1)
    vectors = random.normal(size=(12, 384))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    words = ["camera lens", "rose hedge", "train ticket"]
    texts = [f"The {words[row % 3]} of number {row}." for row in range(12)]
    return Material(texts, vectors), np.eye(3)[np.arange(12) % 3]


def test_a_row_left_out_scores_as_if_it_had_never_counted(rows):
    material, targets = rows
    base, counts = np.full(3, 1 / 3), np.ones(12)
    _, left_out = fit_ridge(material, targets, weights=counts, base=base)
    for row in (0, 5, 11):
        without = counts.copy()
        without[row] = 1e-9
        ridge, _ = fit_ridge(material, targets, weights=without, base=base)
        assert ridge.score(material.take([row]))[0] == pytest.approx(left_out[row], abs=1e-6)


def test_a_row_that_counts_double_is_that_row_twice(rows):
    material, targets = rows
    base = np.full(3, 1 / 3)
    doubled = np.ones(12)
    doubled[4] = 2
    once, _ = fit_ridge(material, targets, weights=doubled, base=base)
    twice, _ = fit_ridge(
        Material([*material.texts, material.texts[4]], material.vectors[[*range(12), 4]]),
        targets[[*range(12), 4]],
        weights=np.ones(13),
        base=base,
    )
    # The words' weights count texts, so the two differ a little there.
    assert np.abs(once.score(material) - twice.score(material)).max() < 0.02


def test_a_curve_gives_back_the_share_of_yes():
    random = np.random.default_rng(2)
    scores = random.normal(size=4000)
    values = (random.random(4000) < 1 / (1 + np.exp(1 - 2 * scores))).astype(float)
    slope, intercept = fit_curve(scores, values, np.ones(4000))
    assert (slope, intercept) == (pytest.approx(2, abs=0.2), pytest.approx(-1, abs=0.2))


def test_scores_that_foretell_the_opposite_are_not_believed():
    scores, values = np.arange(20.0), np.repeat([1.0, 0.0], [5, 15])
    curve = fit_curve(scores, values, np.ones(20))
    assert to_chances(scores, curve) == pytest.approx(np.full(20, 0.25))


def test_the_codebook_alone_starts_even_among_its_codes():
    """A score at its base says nothing: a little above one code in all."""
    base = np.full(20, 1 / 20)
    chances = to_chances(base, curves_from_lines(base))
    assert chances == pytest.approx(np.full(20, 1 / 20), abs=0.01)


def test_the_cut_parts_what_applies_from_what_does_not():
    chances = np.array([0.9, 0.8, 0.7, 0.2, 0.1, 0.05])
    cut = find_cut(chances, np.array([1.0, 1, 1, 0, 0, 0]), np.ones(6))
    assert 0.2 < cut < 0.7
