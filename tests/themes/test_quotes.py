import numpy as np
import pandas as pd
import pytest

from tests.themes.drawn import draw_themes
from workbench.errors import WorkbenchError
from workbench.text import embed
from workbench.themes.quotes import near_misses, theme_neighbours, theme_sentences

MOCK = "Dear team. Pupils made an account number {} mocking a teacher in the hall. Thank you."
TRAINING = "Hello there. Could you send {} training dates for our governors please. Regards."
WEBSITE = "Good day. The {} website of our school shows a page of strangers. Many thanks."
# A training text that nearly asks for what the first theme is about.
BORDER = "Hello there. Could you train our governors when pupils mock a teacher in an account?"


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Three themes, two under one main theme; one text of the second nearly fits the first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_CACHE", str(tmp_path_factory.mktemp("cache")))
        texts = [line.format(n) for line in (MOCK, TRAINING, WEBSITE) for n in range(8)]
        texts.append(BORDER)
        vectors = embed(texts, cache=False)
        finest = [*np.repeat([0, 1, 2], 8), 1]
        themes = draw_themes(finest, parents=[0, 1, 1], vectors=vectors)
        yield texts, vectors, themes


def test_sentences_stand_for_their_theme(told):
    texts, vectors, themes = told
    frame = theme_sentences(themes, texts, vectors, count=3)
    assert list(frame.columns) == ["theme", "text_id", "start", "end", "similarity"]
    assert set(frame["theme"]) == set(themes.themes["theme"])
    assert frame.groupby("theme").size().max() <= 3
    assert not frame.duplicated(["theme", "text_id"]).any()
    sub = themes.at_level(1)
    words = {2: "mocking", 3: "governors", 4: "strangers"}
    for row in frame[frame["theme"] > 1].itertuples():
        assert words[row.theme] in texts[row.text_id][row.start : row.end]
        assert sub[row.text_id] == row.theme
        assert 0.4 < row.similarity <= 1


def test_what_is_said_in_many_ways_is_shown_in_several(told):
    _, _, themes = told
    sayings = [
        "a lens",
        "the garden of roses",
        "a late train",
        "our ferry",
        "cold soup",
        "old maps",
    ]
    texts = [f"We would like to hear more about {saying}." for saying in sayings] + sayings
    vectors = embed(texts, cache=False)
    one = draw_themes([0] * len(texts), parents=[0], vectors=vectors)
    shown = theme_sentences(one, texts, vectors, count=20)
    shown = shown[shown["theme"] == 0]
    read = embed([texts[row.text_id][row.start : row.end] for row in shown.itertuples()])
    assert 3 <= len(shown) <= len(texts)
    assert (read @ read.T - np.eye(len(read))).max() <= 0.8 + 1e-6
    assert len(theme_sentences(themes, *told[:2], count=20)) >= len(themes.themes)


def test_what_any_theme_may_say_stands_for_none(told):
    anyone = "Thank you very much for all of your help with this matter."
    texts = [f"{text} {anyone}" for text in told[0][:24]]
    finest = [*np.repeat([0, 1, 2], 8)]
    vectors = embed(texts, cache=False)
    own = draw_themes(finest, parents=[0, 1, 1], vectors=vectors)
    shown = theme_sentences(own, texts, vectors, count=3)
    first = shown.drop_duplicates("theme")
    assert len(first) == len(own.themes)
    assert not [r for r in first.itertuples() if texts[r.text_id][r.start : r.end] == anyone]


def test_texts_that_are_left_out_are_not_read(told):
    texts, vectors, themes = told
    every = theme_sentences(themes, texts, vectors, count=20)
    out = set(every["text_id"].iloc[:5])
    rest = theme_sentences(themes, texts, vectors, count=20, leave_out=out)
    assert not out & set(rest["text_id"])
    assert len(rest)


@pytest.mark.parametrize("count", [0, 2, 21])
def test_three_to_twenty_sentences_can_be_asked_for(told, count):
    texts, vectors, themes = told
    with pytest.raises(WorkbenchError, match="3 to 20"):
        theme_sentences(themes, texts, vectors, count=count)


def test_near_misses_belong_elsewhere_and_nearly_fit(told):
    texts, vectors, themes = told
    frame = near_misses(themes, texts, vectors, count=2)
    columns = ["theme", "belongs", "text_id", "start", "end", "similarity"]
    assert list(frame.columns) == columns
    assert (frame["theme"] != frame["belongs"]).all()
    assert frame.groupby("theme").size().max() <= 2
    for level in (0, 1):
        own = themes.at_level(level)
        part = frame[frame["theme"].map(themes.themes["level"]) == level]
        assert (part["belongs"].to_numpy() == own[part["text_id"]].to_numpy()).all()
    nearest = next(frame[frame["theme"] == 2].itertuples())
    assert texts[nearest.text_id] == BORDER
    assert "pupils mock" in BORDER[nearest.start : nearest.end]


def test_a_sentence_that_fits_its_own_theme_better_is_preferred():
    texts = ["The train was late.", "The rose in the garden. The train by the garden."] * 4
    themes = draw_themes([0, 1] * 4, parents=[0, 1], vectors=embed(texts, cache=False))
    frame = near_misses(themes, texts, embed(texts, cache=False), count=1)
    row = next(frame[frame["theme"] == 2].itertuples())
    said = texts[row.text_id][row.start : row.end]
    own, other = embed([said], cache=False)[0] @ themes.centres[[3, 2]].T
    assert row.belongs == 3
    assert own > other


def test_themes_without_others_have_no_near_misses_and_no_neighbours():
    texts = ["The train was late.", "The train was early.", "The train was slow."]
    vectors = embed(texts, cache=False)
    themes = draw_themes([0, 0, -1], parents=[0], vectors=vectors)
    assert near_misses(themes, texts, vectors).empty
    assert theme_neighbours(themes).empty
    assert list(theme_neighbours(themes).columns) == ["theme", "neighbour", "similarity"]


def test_neighbours_are_of_the_same_level_nearest_first():
    axes = np.eye(8)
    rows = np.vstack([axes[0], axes[0] + 0.5 * axes[1], axes[1], axes[2] + 0.1 * axes[1]])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    themes = draw_themes(np.arange(4), parents=[0, 0, 1, 1], vectors=rows)
    frame = theme_neighbours(themes, count=2)
    levels = themes.themes["level"]
    assert (frame["theme"].map(levels) == frame["neighbour"].map(levels)).all()
    assert frame.groupby("theme").size().to_dict() == {0: 1, 1: 1, 2: 2, 3: 2, 4: 2, 5: 2}
    assert frame.loc[frame["theme"] == 3, "neighbour"].to_list() == [2, 4]
    expected = (rows[1] @ rows[[0, 2]].T).tolist()
    assert frame.loc[frame["theme"] == 3, "similarity"].to_list() == pytest.approx(expected)


def test_what_does_not_fit_is_said(told):
    texts, vectors, themes = told
    with pytest.raises(WorkbenchError, match="as many rows of vectors"):
        near_misses(themes, texts, vectors[:3])
    with pytest.raises(WorkbenchError, match="out of range"):
        near_misses(themes, texts, vectors, count=0)
    with pytest.raises(WorkbenchError, match="1 or more"):
        theme_neighbours(themes, count=0)
    with pytest.raises(WorkbenchError, match="as many rows of vectors"):
        theme_sentences(themes, pd.Series(texts[:2]), vectors)
