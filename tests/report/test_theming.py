"""Themes are found once for the same texts, and come back as they were."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from workbench.report import theming
from workbench.report.theming import find_themes_once
from workbench.themes.discover import find_themes
from workbench.themes.found import ThemeSettings
from workbench.themes.layout import layout

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
