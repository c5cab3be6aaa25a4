import numpy as np
import pandas as pd
import pytest
from bertopic import BERTopic
from sklearn.metrics import adjusted_rand_score

from workbench.errors import WorkbenchError
from workbench.themes import Rename, ThemeSettings, find_themes
from workbench.themes.bertopic import save_bertopic
from workbench.themes.replay import edit_themes

SETTINGS = ThemeSettings(main=3, smallest=5)


@pytest.fixture(scope="module")
def themes(sample):
    texts, vectors, _ = sample
    return find_themes(texts, vectors=vectors, settings=SETTINGS)


def test_plain_subjects_are_found_again(themes, sample):
    placed = themes.at_level(0) >= 0
    assert adjusted_rand_score(sample[2][placed], themes.at_level(0)[placed]) == 1
    assert (themes.themes["level"] == 0).sum() == 3


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_changes_nothing(themes, sample, seed):
    texts, vectors, _ = sample
    order = np.random.default_rng(seed).permutation(len(texts))
    shuffled = find_themes([texts[i] for i in order], vectors=vectors[order], settings=SETTINGS)
    pd.testing.assert_frame_equal(shuffled.themes, themes.themes)
    wanted = themes.assignments.drop(columns="text_id").iloc[order].reset_index(drop=True)
    pd.testing.assert_frame_equal(shuffled.assignments.drop(columns="text_id"), wanted)


def test_repeated_texts_move_no_other_text(themes, sample):
    texts, vectors, _ = sample
    again = find_themes(
        [*texts, texts[0].upper(), *[texts[0]] * 20],
        vectors=np.vstack([vectors, *[vectors[:1]] * 21]),
        settings=SETTINGS,
    )
    found = again.assignments["theme"]
    assert found[len(texts) :].nunique() == 1
    assert adjusted_rand_score(found[: len(texts)], themes.assignments["theme"]) > 0.95


@pytest.mark.parametrize("level", [0, 1, 2])
def test_every_member_says_a_theme_of_the_level_or_none(themes, level):
    members = themes.members_at(level)
    own = themes.at_level(level).to_numpy()
    assert members.shape[1] == len(own)
    assert ((members == -1) == (own == -1)).all()
    assert set(np.unique(members)) <= {-1, *own}
    assert (members == own).mean() > 0.9


def test_clear_themes_are_stable_and_their_centres_are_their_own(themes, sample):
    frame = themes.themes
    assert (frame["stability"] > 0.9).all()
    assert (frame["stability_low"] <= frame["stability"]).all()
    assert (frame["stability"] <= frame["stability_high"]).all()
    found = themes.at_level(0)
    nearest = (sample[1] @ themes.centres[frame["level"] == 0].T).argmax(axis=1)
    assert (nearest == found)[found >= 0].all()


def test_sizes_are_counts_with_intervals_and_levels_nest(themes):
    frame = themes.themes
    placed = (themes.assignments["state"] != "unplaced").sum()
    for level in (0, 1):
        assert frame.loc[frame["level"] == level, "size"].sum() == placed
    assert ((frame["low"] <= frame["share"]) & (frame["share"] <= frame["high"])).all()
    totals = frame[frame["level"] == 1].groupby("parent")["size"].sum()
    mains = frame[frame["level"] == 0].set_index("theme")["size"]
    assert totals.to_dict() == mains.to_dict()
    assert list(frame["theme"]) == list(range(len(frame)))
    assert set(themes.levels["theme"]) == set(frame.loc[frame["level"] == 1, "theme"])


def test_keywords_name_the_subject_once(themes, sample):
    for main in range(3):
        words = themes.themes["keywords"][main].split(", ")
        subject = sample[2][themes.at_level(0) == main][0]
        assert subject in words or f"{subject}s" in words
        assert not {"camera", "cameras"} <= set(words)
    assert themes.themes["label"].is_unique


@pytest.mark.parametrize("share", [0.0, 0.02, 0.1])
def test_no_more_than_the_set_share_is_unplaced(sample, share):
    texts, vectors, _ = sample
    noisy = vectors.copy()
    noisy[::9] = np.roll(noisy[::9], 7, axis=1)[::-1]
    settings = ThemeSettings(main=3, smallest=5, unplaced=share)
    found = find_themes(texts, vectors=noisy, settings=settings)
    assert found.unplaced <= share
    assert ((found.assignments["theme"] == -1) == (found.assignments["state"] == "unplaced")).all()


def test_texts_without_words_are_unplaced(sample):
    texts, vectors, _ = sample
    zero = np.zeros((1, vectors.shape[1]), dtype=np.float32)
    found = find_themes(["", *texts], vectors=np.vstack([zero, vectors]), settings=SETTINGS)
    assert found.assignments.loc[0, ["theme", "state", "strength"]].to_list() == [-1, "unplaced", 0]


def test_case_ids_are_kept(sample):
    texts, vectors, _ = sample
    names = [f"C{number}" for number in range(len(texts))]
    found = find_themes(pd.Series(texts, index=names), vectors=vectors, settings=SETTINGS)
    assert list(found.assignments["text_id"]) == names
    labels = found.labels_at(0)
    assert set(labels["label"]) <= set(found.themes["label"])


def test_a_name_of_the_researchers_own_is_kept_with_the_edit(themes, sample):
    edit = Rename(0, "Our own name", who="A", why="clearer")
    renamed = find_themes(sample[0], vectors=sample[1], settings=SETTINGS, edits=[edit])
    assert renamed.themes["label"][0] == "Our own name"
    assert [(kept.theme, kept.label, kept.who) for kept in renamed.edits] == [
        (0, "Our own name", "A")
    ]
    assert themes.themes["label"][0] != "Our own name"
    with pytest.raises(WorkbenchError, match="99"):
        edit_themes(themes, Rename(99, "Nothing"), texts=sample[0], vectors=sample[1])


@pytest.mark.parametrize("count", [1, 2, 3, 6])
def test_a_handful_of_texts_is_enough(sample, count):
    found = find_themes(sample[0][:count], vectors=sample[1][:count])
    assert len(found.assignments) == count
    assert found.themes.loc[found.themes["level"] == 0, "size"].sum() == count


def test_what_cannot_be_divided_is_said(sample):
    with pytest.raises(WorkbenchError, match="as many rows of vectors"):
        find_themes(sample[0], vectors=sample[1][:3])
    with pytest.raises(WorkbenchError, match="No text has any words"):
        find_themes(["", " "])
    with pytest.raises(WorkbenchError, match="is a share"):
        ThemeSettings(unplaced=10)


def test_a_saved_bertopic_holds_no_pickle_and_opens_again(themes, sample, tmp_path):
    texts, vectors, _ = sample
    folder = save_bertopic(themes.bertopic(texts, vectors), tmp_path / "model")
    kinds = {file.suffix for file in folder.iterdir()}
    assert kinds == {".json", ".safetensors"}
    again = BERTopic.load(str(folder))
    assert set(again.get_topics()) == set(themes.bertopic(texts, vectors).get_topics())


def test_bertopic_carries_the_same_themes(themes, sample):
    texts, vectors, _ = sample
    model = themes.bertopic(texts, vectors, level=2)
    assert adjusted_rand_score(model.topics_, themes.assignments["theme"]) == 1
    assert set(model.custom_labels_) - {"Unplaced"} <= set(themes.themes["label"])
    topics, _ = model.transform(texts[:10], vectors[:10])
    assert list(topics) == list(model.topics_[:10])


@pytest.mark.parametrize("texts", [["only one of these"], ["12345", "!!"], ["the", "and so on"]])
def test_texts_without_words_to_tell_are_refused_clearly(texts):
    with pytest.raises(WorkbenchError, match="no themes to find"):
        find_themes(texts)
