"""Themes are found once for the same texts, and come back as they were."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from workbench.report import theming
from workbench.report.theming import (
    edit_themes_once,
    find_themes_once,
    printed_themes,
    theme_labels,
)
from workbench.study.parts import ThemeWishes
from workbench.themes.discover import find_themes
from workbench.themes.edits import Rename
from workbench.themes.found import Themes, ThemeSettings
from workbench.themes.layout import layout
from workbench.themes.replay import edit_themes

SETTINGS = ThemeSettings(finest=3, smallest=2)


@pytest.fixture
def texts(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path))
    subjects = ("a fake account of our head", "a fight filmed at the gate", "training for staff")
    return pd.Series({f"C{i}": f"{subjects[i % 3]}, matter {i}" for i in range(60)})


@pytest.fixture
def vectors(texts):
    spread = np.random.default_rng(0).normal(scale=0.05, size=(len(texts), 8))
    spread[np.arange(len(texts)), np.arange(len(texts)) % 3] += 1
    return (spread / np.linalg.norm(spread, axis=1, keepdims=True)).astype(np.float32)


def count_searches(monkeypatch):
    calls = []
    monkeypatch.setattr(
        theming, "find_themes", lambda *a, **k: calls.append(1) or find_themes(*a, **k)
    )
    return calls


def test_what_is_kept_is_what_was_found(texts, vectors, monkeypatch):
    calls = count_searches(monkeypatch)
    find_themes_once(texts, vectors=vectors, settings=SETTINGS)
    themes, places = find_themes_once(texts, vectors=vectors, settings=SETTINGS)
    assert calls == [1]
    plain = find_themes(texts, vectors=vectors, settings=SETTINGS)
    for name in ("assignments", "themes", "levels"):
        pd.testing.assert_frame_equal(getattr(themes, name), getattr(plain, name))
    assert np.array_equal(themes.centres, plain.centres)
    assert np.array_equal(themes.members, plain.members)
    assert themes.settings == SETTINGS
    assert np.array_equal(places, layout(vectors, seed=SETTINGS.seed))


def test_anything_that_matters_makes_it_look_again(texts, vectors, monkeypatch):
    calls = count_searches(monkeypatch)
    find_themes_once(texts, vectors=vectors, settings=SETTINGS)
    find_themes_once(texts.rename({"C0": "D0"}), vectors=vectors, settings=SETTINGS)
    find_themes_once(texts.replace(texts.iloc[0], "another"), vectors=vectors, settings=SETTINGS)
    find_themes_once(texts, vectors=vectors, settings=ThemeSettings(finest=3, smallest=2, seed=2))
    find_themes_once(texts, vectors=-vectors, settings=SETTINGS)
    assert len(calls) == 5


def study(**themes):
    return SimpleNamespace(themes=ThemeWishes(**themes))


def made_themes(rows, paths):
    """Themes of (theme, parent, level, size, stability) and the finest theme of each text."""
    columns = ["theme", "parent", "level", "size", "stability"]
    frame = pd.DataFrame(rows, columns=pd.Index(columns))
    frame = frame.assign(label=[f"T{theme}" for theme in frame["theme"]])
    placed = pd.DataFrame({"text_id": [f"C{i}" for i in range(len(paths))], "theme": paths})
    levels = frame.loc[frame["level"] > 0, ["theme", "parent"]]
    return Themes(placed, frame, levels, np.empty(0), np.empty(0))


NESTED = made_themes(
    [
        (0, -1, 0, 60, 0.9),
        (1, -1, 0, 40, 0.8),
        (2, 0, 1, 31, 0.6),
        (3, 0, 1, 29, 0.9),
        (4, 1, 1, 40, 0.8),
    ],
    [2] * 31 + [3] * 29 + [4] * 40,
)


def test_an_only_sub_theme_is_no_theme_of_its_own():
    shown = printed_themes(NESTED, study())
    assert list(shown["theme"]) == [0, 1, 2, 3]
    assert set(theme_labels(NESTED, shown, 1)["label"]) == {"T2", "T3"}
    assert len(theme_labels(NESTED, shown, 1)) == 60
    assert len(theme_labels(NESTED, shown, 0)) == 100


def test_what_is_small_or_does_not_come_back_is_not_firm():
    def firm(**wishes):
        shown = printed_themes(NESTED, study(**wishes))
        return set(shown.loc[shown["firm"], "theme"])

    assert firm() == {0, 1, 2}
    assert firm(firm_cases=29) == {0, 1, 2, 3}
    assert firm(firm_cases=0, firm_share=0.35) == {0, 1}
    assert firm(firm_cases=0, firm_stability=0.85) == {0, 3}
    assert firm(firm_cases=50) == {0}
    assert firm(firm_cases=0, firm_stability=0.95) == set()


def test_names_come_back_and_lost_ones_are_told(texts, vectors):
    themes, _ = find_themes_once(texts, vectors=vectors, settings=SETTINGS)
    named = Rename(0, "False pages", who="A. Coder", when="2026-01-02")
    decided = edit_themes(themes, named, texts=texts, vectors=vectors).edits
    assert edit_themes_once(themes, decided, texts, vectors)[1]["honoured"].to_list() == ["yes"]
    fewer, kept = texts.iloc[3:], vectors[3:]
    again, _ = find_themes_once(fewer, vectors=kept, settings=SETTINGS)
    edited, told = edit_themes_once(again, decided, fewer, kept)
    assert told[["label", "who", "honoured"]].to_numpy().tolist() == [
        ["False pages", "A. Coder", "yes"]
    ]
    assert "False pages" in set(edited.themes["label"])
    others = fewer.rename(lambda name: f"X{name}")
    strange, _ = find_themes_once(others, vectors=kept, settings=SETTINGS)
    edited, told = edit_themes_once(strange, decided, others, kept)
    assert told["honoured"].to_list() == ["no"]
    assert "False pages" not in set(edited.themes["label"])


def test_the_same_edits_are_made_once(texts, vectors, monkeypatch):
    calls = []
    own = theming.replay_edits
    monkeypatch.setattr(theming, "replay_edits", lambda *a, **k: calls.append(1) or own(*a, **k))
    themes, _ = find_themes_once(texts, vectors=vectors, settings=SETTINGS)
    for label in ("One", "One", "Other"):
        edit_themes_once(themes, [Rename(0, label, when="2026-01-02")], texts, vectors)
    assert len(calls) == 2
