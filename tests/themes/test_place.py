import numpy as np
import pandas as pd
import pytest

from tests.themes.drawn import draw_themes
from workbench.errors import WorkbenchError
from workbench.text import embed
from workbench.themes.place import (
    learn_reach,
    learn_sentences,
    place_cases,
    place_sentences,
    place_texts,
)

SIZE = 16
SUBJECTS = np.array(["camera", "garden", "train", "harbour"])
PARENTS = [0, 0, 1, 1]
PLEA = "Please could somebody help me with this."


def towards(subject, random, *, noise=0.1, pull=1.0):
    """A unit vector near the direction of a subject (-1: near none)."""
    row = random.normal(scale=noise, size=SIZE)
    if subject >= 0:
        row[subject] += pull
    row[-1] += 0.8  # what all texts share
    return row / np.linalg.norm(row)


def make_study(random, count=120):
    """Texts of a plea and two sentences of one subject, with vectors of sentences and of texts."""
    subjects = np.arange(count) % 4
    texts = [f"{PLEA} The {SUBJECTS[s]} is one thing. The {SUBJECTS[s]} again." for s in subjects]
    kinds = np.column_stack([np.full(count, -1), subjects, subjects])
    sentences = np.array([towards(kind, random) for kind in kinds.ravel()], dtype=np.float32)
    vectors = sentences.reshape(count, 3, SIZE).sum(axis=1)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return texts, subjects, sentences, vectors


@pytest.fixture(scope="module")
def study():
    texts, subjects, sentences, vectors = make_study(np.random.default_rng(4))
    return texts, sentences, vectors, draw_themes(subjects, parents=PARENTS, vectors=vectors)


def test_sentences_carry_the_theme_of_their_subject_and_pleas_carry_none(study):
    texts, sentences, _, themes = study
    frame = place_sentences(themes, texts, vectors=sentences, level=1)
    assert list(frame.columns) == ["text_id", "sentence", "start", "end", "theme", "strength"]
    pleas = frame["sentence"] == 0
    assert pleas.sum() <= 0.05 * len(texts)
    assert (frame["theme"] == 2 + frame["text_id"] % 4)[~pleas].mean() > 0.97
    assert len(frame) > 0.8 * 2 * len(texts)
    assert frame["strength"].between(0, 1).all()
    main = place_sentences(themes, texts, vectors=sentences, level=0)
    assert set(main["theme"]) == {0, 1}


def test_a_case_carries_all_its_themes_each_once_its_own_first(study):
    texts, sentences, _, themes = study
    rule = learn_sentences(themes, texts, vectors=sentences)
    random = np.random.default_rng(6)
    case = f"{PLEA} The garden is a plain matter. The train came late. The train came later."
    vectors = np.array([towards(kind, random) for kind in (-1, 1, 2, 2)])
    placed = pd.DataFrame({"text_id": ["N"], "theme": [3], "state": ["core"]})
    new = pd.Series([case], index=["N"])
    found = place_sentences(themes, new, vectors=vectors, placed=placed, rule=rule)
    frame = place_cases(themes, new, placed=placed, sentences=found)
    assert list(frame["theme"]) == [3, 4]
    assert list(frame["own"]) == [True, False]
    said = [case[start:end] for start, end in zip(frame["start"], frame["end"], strict=True)]
    assert said[0] == "The garden is a plain matter."
    assert said[1].startswith("The train came late")
    assert not frame.duplicated(["text_id", "theme"]).any()


def test_no_placing_is_without_evidence_and_no_text_is_forced(study):
    texts, sentences, _, themes = study
    rule = learn_sentences(themes, texts, vectors=sentences)
    plea = np.array([towards(-1, np.random.default_rng(7))])
    for theme, rows in ((4, 1), (-1, 0)):
        placed = pd.DataFrame({"text_id": [0], "theme": [theme], "state": ["core"]})
        found = place_sentences(themes, [PLEA], vectors=plea, placed=placed, rule=rule)
        frame = place_cases(themes, [PLEA], placed=placed, sentences=found)
        assert list(frame["theme"]) == [theme] * rows
        assert (frame["strength"] < rule.least).all()


def test_order_of_texts_changes_no_row(study):
    texts, sentences, _, themes = study
    ids = themes.assignments["text_id"].to_numpy()
    order = np.random.default_rng(2).permutation(len(texts))
    shuffled = pd.Series([texts[row] for row in order], index=ids[order])
    moved = sentences.reshape(len(texts), 3, SIZE)[order].reshape(-1, SIZE)
    frame = place_cases(themes, texts, vectors=sentences)
    again = place_cases(themes, shuffled, vectors=moved)
    assert list(again["text_id"].unique()) == [int(row) for row in order]
    keys = ["text_id", "theme"]
    pd.testing.assert_frame_equal(
        frame.sort_values(keys, ignore_index=True), again.sort_values(keys, ignore_index=True)
    )


def test_sentences_are_read_by_the_packaged_model_unless_given():
    texts = ["The train was late again today.", "My garden has roses and a hedge."] * 6
    themes = draw_themes([0, 1] * 6, parents=[0, 1], vectors=embed(texts, cache=False))
    frame = place_cases(themes, texts)
    assert list(frame["theme"]) == [2, 3] * 6
    assert (frame["end"] - frame["start"] == [len(text) for text in texts]).all()


def test_one_theme_alone_still_has_its_evidence(study):
    texts, sentences, vectors, _ = study
    themes = draw_themes([0] * len(texts), parents=[0], vectors=vectors)
    frame = place_cases(themes, texts, vectors=sentences, level=1)
    assert len(frame) == len(texts)
    assert (frame["strength"] == 0).all()


def test_next_years_texts_are_placed_by_the_measure_of_the_fitted_ones(study):
    texts, _, vectors, themes = study
    reach = learn_reach(themes, vectors, beyond=0)
    assert list(reach.columns) == ["theme", "usual", "reach", "lead"]
    assert (reach["reach"] < reach["usual"]).all()
    again = place_texts(themes, texts, vectors=vectors, reach=reach)
    assert list(again["theme"]) == list(themes.assignments["theme"])
    assert set(again["state"]) == {"core"}
    later, subjects, _, near = make_study(np.random.default_rng(11))
    new = place_texts(themes, later, vectors=near, reach=reach)
    assert (new["theme"] == subjects + 2)[new["theme"] >= 0].all()
    assert (new["state"] == "unplaced").mean() < 0.1


@pytest.mark.parametrize("beyond", [0.0, 0.05, 0.2])
def test_the_set_share_of_texts_like_the_fitted_ones_is_out_of_reach(beyond):
    _, subjects, _, vectors = make_study(np.random.default_rng(14), count=400)
    themes = draw_themes(subjects, parents=PARENTS, vectors=vectors)
    reach = learn_reach(themes, vectors, beyond=beyond)
    again = place_texts(themes, [""] * 400, vectors=vectors, reach=reach)
    assert abs((again["theme"] == -1).mean() - beyond) < 0.005
    _, _, _, later = make_study(np.random.default_rng(15), count=400)
    new = place_texts(themes, [""] * 400, vectors=later, reach=reach)
    assert abs((new["theme"] == -1).mean() - beyond) < 0.05


def test_texts_that_no_theme_reaches_stay_unplaced(study):
    _, _, vectors, themes = study
    reach = learn_reach(themes, vectors)
    random = np.random.default_rng(12)
    strange = np.array([towards(6, random) for _ in range(20)] + [np.zeros(SIZE)])
    found = place_texts(themes, ["About something new."] * 20 + [""], vectors=strange, reach=reach)
    assert (found["theme"] == -1).all()
    assert (found["state"] == "unplaced").all()
    assert found["strength"].iloc[-1] == 0


def test_as_many_are_borderline_and_unplaced_as_in_the_fit():
    random = np.random.default_rng(13)
    _, subjects, _, vectors = make_study(random, count=400)
    state = np.where(random.random(400) < 0.2, "borderline", "core")
    subjects = np.where(random.random(400) < 0.05, -1, subjects)
    state[subjects == -1] = "unplaced"
    themes = draw_themes(subjects, parents=PARENTS, vectors=vectors, state=state)
    again = place_texts(
        themes, [""] * 400, vectors=vectors, reach=learn_reach(themes, vectors, beyond=0)
    )
    shares = again["state"].value_counts(normalize=True)
    wanted = themes.assignments["state"].value_counts(normalize=True)
    assert abs(shares["unplaced"] - wanted["unplaced"]) < 0.01
    assert abs(shares["borderline"] - wanted["borderline"]) < 0.04


def test_each_text_is_placed_by_itself(study):
    texts, _, vectors, themes = study
    reach = learn_reach(themes, vectors)
    every = place_texts(themes, texts, vectors=vectors, reach=reach)
    for row in (0, 57, 119):
        alone = place_texts(
            themes, pd.Series([texts[row]], index=[row]), vectors=vectors[[row]], reach=reach
        )
        assert alone.iloc[0].to_list() == every.iloc[row].to_list()


def test_what_does_not_fit_is_said(study):
    texts, sentences, vectors, themes = study
    with pytest.raises(WorkbenchError, match="as many rows of vectors"):
        place_sentences(themes, texts, vectors=sentences[:5])
    with pytest.raises(WorkbenchError, match="place_texts"):
        place_sentences(themes, pd.Series(["The train."], index=["new"]), vectors=sentences[:1])
    rule = learn_sentences(themes, texts, vectors=sentences, level=0)
    with pytest.raises(WorkbenchError, match="learn one for this level"):
        place_sentences(themes, texts, vectors=sentences, level=1, rule=rule)
    with pytest.raises(WorkbenchError, match="'beyond' is a share"):
        learn_reach(themes, vectors, beyond=5)
    with pytest.raises(WorkbenchError, match="learn_reach"):
        place_texts(themes, texts, vectors=vectors)
    with pytest.raises(WorkbenchError, match="no themes at level 3"):
        place_sentences(themes, texts, vectors=sentences, level=3)
