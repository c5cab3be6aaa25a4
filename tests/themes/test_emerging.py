import numpy as np
import pandas as pd
import pytest

from tests.themes.drawn import draw_themes
from workbench.errors import WorkbenchError
from workbench.themes import ThemeSettings
from workbench.themes.emerging import find_company, find_emerging, usual_company
from workbench.themes.place import learn_reach, place_texts

NEW = {"vapes": ["vape", "pods", "nicotine"], "drones": ["drone", "rotor", "airspace"]}


def spread(random, centre, count):
    rows = centre + random.normal(scale=0.08, size=(count, len(centre)))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def years():
    """Two themes of old; a later year with both of them, two new ones, and texts that lie alone."""
    random = np.random.default_rng(21)
    axes = np.eye(24)
    old = np.vstack([spread(random, axes[theme], 60) for theme in (0, 1)])
    themes = draw_themes(np.repeat([0, 1], 60), parents=[0, 1], vectors=old)
    texts = [f"The old matter number {number}." for number in range(40)]
    rows = [spread(random, axes[number % 2], 1) for number in range(40)]
    for axis, (subject, words) in enumerate(NEW.items(), start=2):
        texts += [
            f"The {subject} with {' and '.join(random.permutation(words)[:2])}, note {number}."
            for number in range(25)
        ]
        rows.append(spread(random, axes[axis], 25))
    texts += [f"A thing of its own kind number {number}." for number in range(15)]
    rows.append(spread(random, np.zeros(24), 15))
    ids = [f"N{number}" for number in range(len(texts))]
    return themes, pd.Series(texts, index=ids), np.vstack(rows), learn_reach(themes, old)


def test_new_themes_come_out_of_what_the_old_ones_do_not_reach(years):
    themes, texts, vectors, reach = years
    placed = place_texts(themes, texts, vectors=vectors, reach=reach)
    settings = ThemeSettings(main=2, sub=2, finest=2)
    found = find_emerging(themes, texts, vectors=vectors, reach=reach, settings=settings)
    assert list(found.assignments["text_id"]) == list(placed.loc[placed["theme"] == -1, "text_id"])
    number = found.assignments["text_id"].str[1:].astype(int)
    own = found.at_level(0)
    # Each of the new themes is one, and what lies alone is in none.
    vapes, drones = own[(number >= 40) & (number < 65)], own[(number >= 65) & (number < 90)]
    assert vapes.mode()[0] != drones.mode()[0]
    for part in (vapes, drones):
        assert (part == part.mode()[0]).mean() > 0.75
        assert set(part) <= {part.mode()[0], -1}
    assert (own[number >= 90] == -1).all()
    labels = " ".join(found.themes["label"]).lower()
    assert "vape" in labels
    assert "drone" in labels
    assert (found.themes["low"] <= found.themes["share"]).all()


def test_what_was_placed_need_not_be_placed_again(years):
    themes, texts, vectors, reach = years
    placed = place_texts(themes, texts, vectors=vectors, reach=reach)
    again = find_emerging(themes, texts, vectors=vectors, placed=placed, reach=reach)
    once = find_emerging(themes, texts, vectors=vectors, reach=reach)
    pd.testing.assert_frame_equal(again.assignments, once.assignments)


def test_too_few_or_scattered_texts_make_no_theme(years):
    themes, texts, vectors, reach = years
    assert find_emerging(themes, texts[:40], vectors=vectors[:40], reach=reach) is None
    few = np.r_[0:44, 90:105]
    assert find_emerging(themes, texts.iloc[few], vectors=vectors[few], reach=reach) is None


def test_company_is_nearness_to_the_nearest_others():
    rows = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]], dtype=np.float32)
    assert find_company(rows, count=1).tolist() == [1, 1, 0]
    assert find_company(rows[:1], count=4).tolist() == [0]
    assert find_company(rows[:0], count=4).tolist() == []


def test_a_few_of_a_theme_are_further_from_one_of_them_than_its_centre_is():
    assert usual_company(0.8, count=10**9) == pytest.approx(0.8)
    assert usual_company(0.8, count=4) < usual_company(0.8, count=9) < 0.8
    # Drawn: a text of a theme, and the centre of four others.
    random = np.random.default_rng(5)
    rows = spread(random, np.eye(24)[0], 5000)
    own, others = rows[:1000], rows[1000:].reshape(4, 1000, 24).sum(axis=0)
    found = (own * others).sum(axis=1) / np.linalg.norm(others, axis=1)
    assert found.mean() == pytest.approx(usual_company(rows[:, 0].mean(), count=4), abs=0.01)


def test_what_does_not_fit_is_said(years):
    themes, texts, vectors, reach = years
    with pytest.raises(WorkbenchError, match="as many rows of vectors"):
        find_emerging(themes, texts, vectors=vectors[:3], reach=reach)
    placed = place_texts(themes, texts[:3], vectors=vectors[:3], reach=reach)
    with pytest.raises(WorkbenchError, match="not of these texts"):
        find_emerging(themes, texts, vectors=vectors, placed=placed, reach=reach)
