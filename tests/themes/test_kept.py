"""Kept themes hold still: what was there stays, what is new or changed is placed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import WorkbenchError
from workbench.themes.discover import find_themes
from workbench.themes.edits import Rename
from workbench.themes.found import ThemeSettings
from workbench.themes.kept import CHANGED, NEW, STAYED, continue_themes, keep_themes
from workbench.themes.place import place_texts
from workbench.themes.replay import edit_themes

SUBJECTS = ("a fake account of our head", "a fight filmed at the gate", "training for our staff")
COUNT, SIZE = 90, 12
SETTINGS = ThemeSettings(finest=3, smallest=2)
FRAMES = ("assignments", "themes", "levels")


def towards(subjects, random):
    """Unit vectors near the axis of each subject."""
    spread = random.normal(scale=0.05, size=(len(subjects), SIZE))
    spread[np.arange(len(subjects)), subjects] += 1
    return (spread / np.linalg.norm(spread, axis=1, keepdims=True)).astype(np.float32)


def fit_texts():
    subjects = np.arange(COUNT) % 3
    texts = pd.Series({f"C{i}": f"{SUBJECTS[s]}, matter {i}" for i, s in enumerate(subjects)})
    return texts, towards(subjects, np.random.default_rng(0))


TEXTS, VECTORS = fit_texts()
THEMES = find_themes(TEXTS, vectors=VECTORS, settings=SETTINGS)
KEPT = keep_themes(THEMES, TEXTS, VECTORS)


def with_more(texts, vectors, more, subjects, *, seed=1):
    """``texts`` and ``vectors`` with further ones near the axes of ``subjects``."""
    added = towards(subjects, np.random.default_rng(seed))
    return pd.concat([texts, more]), np.vstack([vectors, added])


def test_the_same_texts_give_just_the_same_themes():
    done = continue_themes(KEPT, TEXTS, VECTORS)
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(done.themes, name), getattr(THEMES, name))
    assert np.array_equal(done.themes.centres, THEMES.centres)
    assert np.array_equal(done.themes.members, THEMES.members)
    assert (set(done.how), done.gone, done.emerging) == ({STAYED}, 0, None)


@given(st.permutations(range(COUNT)), st.integers(4, COUNT))
def test_whatever_is_left_in_whatever_order_stays_where_it_was(order, count):
    rows = list(order[:count])
    done = continue_themes(KEPT, TEXTS.iloc[rows], VECTORS[rows])
    now = done.themes.assignments
    before = THEMES.assignments.iloc[rows].reset_index(drop=True)
    pd.testing.assert_frame_equal(now, before)
    assert done.gone == COUNT - count
    left = done.themes.themes.set_index("theme")
    assert set(left.index) <= set(THEMES.themes["theme"])
    known = THEMES.themes.set_index("theme").loc[left.index]
    assert (left["label"] == known["label"]).all()
    for level in range(done.themes.depth):
        placed = done.themes.at_level(level)
        own = left[left["level"] == level]
        assert own["size"].sum() == (placed >= 0).sum()
        assert np.allclose(own["share"], own["size"] / count)


def test_new_texts_are_placed_and_move_no_other():
    more = pd.Series({f"N{i}": f"{SUBJECTS[i % 3]}, later matter {i}" for i in range(12)})
    texts, vectors = with_more(TEXTS, VECTORS, more, np.arange(12) % 3)
    done = continue_themes(KEPT, texts, vectors)
    assert (done.how[more.index] == NEW).all()
    frame = done.themes.assignments
    pd.testing.assert_frame_equal(frame[:COUNT], THEMES.assignments)
    later = place_texts(THEMES, more, vectors=vectors[COUNT:], reach=KEPT.reach)
    assert list(frame["theme"][COUNT:]) == list(later["theme"])
    assert (later["theme"] >= 0).sum() >= 10
    assert done.themes.members.shape[1] == COUNT + 12
    assert done.themes.themes["size"].max() > THEMES.themes["size"].max()


def test_a_changed_text_stays_while_its_theme_reaches_it():
    texts, vectors = TEXTS.copy(), VECTORS.copy()
    texts["C0"] += ", with a word put right"
    texts["C3"], vectors[3] = "Something of its own kind", np.eye(SIZE)[7]
    texts["C6"], vectors[6] = f"{SUBJECTS[1]}, after all", vectors[1]
    done = continue_themes(KEPT, texts, vectors)
    assert list(done.how[done.how == CHANGED].index) == ["C0", "C3", "C6"]
    old = THEMES.assignments.set_index("text_id")["theme"]
    now = done.themes.assignments.set_index("text_id")["theme"]
    assert now["C0"] == old["C0"]
    assert now["C3"] == -1
    assert now["C6"] == old["C1"] != old["C6"]
    same = now.index.difference(["C3", "C6"])
    assert (now[same] == old[same]).all()


def test_the_summary_counts_each_text_once_in_an_order_of_its_own():
    more = pd.Series({"N0": f"{SUBJECTS[0]}, later matter", "N1": "Something of its own kind"})
    texts, vectors = with_more(TEXTS, VECTORS, more, [0, 8])
    texts["C4"] += ", with a word put right"
    told = continue_themes(KEPT, texts, vectors).summary()
    assert list(told["texts"]) == [STAYED, CHANGED, NEW]
    assert list(told["n"]) == [COUNT - 1, 1, 2]
    before = THEMES.assignments.set_index("text_id")["theme"].drop("C4") >= 0
    assert list(told["placed"]) == [before.mean(), 1.0, 0.5]


def test_a_theme_that_lost_its_texts_is_dropped_and_keeps_its_number_free():
    gone = THEMES.assignments["theme"] == THEMES.assignments["theme"].iloc[0]
    done = continue_themes(KEPT, TEXTS[~gone.to_numpy()], VECTORS[~gone.to_numpy()])
    assert THEMES.assignments["theme"].iloc[0] not in set(done.themes.themes["theme"])
    assert len(done.themes.centres) == len(done.themes.themes)


def test_what_no_theme_reaches_and_lies_together_emerges():
    words = ("vape", "pods", "nicotine", "drone", "rotor", "airspace")
    said = [f"A {words[i % 3 + i // 30 * 3]} again, note {i}" for i in range(60)]
    more = pd.Series(said, index=[f"N{i}" for i in range(60)])
    texts, vectors = with_more(TEXTS, VECTORS, more, 4 + np.arange(60) // 30)
    done = continue_themes(KEPT, texts, vectors)
    assert done.emerging is not None
    assert done.emerging.themes.query("level == 0")["size"].sum() >= 50
    assert (done.themes.assignments["theme"][COUNT:] == -1).mean() > 0.9


def test_other_texts_are_refused():
    with pytest.raises(WorkbenchError, match="of other texts"):
        keep_themes(THEMES, TEXTS[::-1], VECTORS[::-1])
    far = towards(np.full(3, 9), np.random.default_rng(3))
    with pytest.raises(WorkbenchError, match="None of the texts"):
        continue_themes(KEPT, ["One thing", "Another", "A third"], far)
    with pytest.raises(WorkbenchError, match="rows of vectors"):
        continue_themes(KEPT, TEXTS, VECTORS[:3])


def test_edits_are_made_again_on_what_is_kept():
    rename = Rename(theme=0, label="Fake accounts")
    edited = edit_themes(THEMES, rename, texts=TEXTS, vectors=VECTORS)
    kept = keep_themes(edited, TEXTS, VECTORS)
    done = continue_themes(kept, TEXTS[:60], VECTORS[:60])
    assert "Fake accounts" not in set(done.themes.themes["label"])
    again = edit_themes(done.themes, edited.edits, texts=TEXTS[:60], vectors=VECTORS[:60])
    assert "Fake accounts" in set(again.themes["label"])
