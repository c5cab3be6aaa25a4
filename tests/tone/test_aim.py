import pytest

from workbench.tone.aim import NAMES, aim_marked, count_targets
from workbench.tone.heads import DIRECTED
from workbench.tone.score import mark_spoken
from workbench.tone.spoken import read_spoken

TEXTS = [
    "We have reported it to TikTok six times and they have not replied. Thank you.",
    "We have reported it to Instagram again and again and nothing has been done.",
    "The page is up. Kind regards.",
    "",
]


@pytest.fixture(scope="module")
def aimed():
    spoken = read_spoken(TEXTS)
    return aim_marked(mark_spoken(spoken, list(range(len(TEXTS)))), spoken)


def test_only_marked_sentences_of_directed_tones_have_a_target(aimed):
    wanted = aimed["dimension"].isin(DIRECTED) & (aimed["evidence"].map(len) > 0)
    assert (aimed["target"].notna() == wanted).all()
    shown = aimed[wanted & (aimed["dimension"] == "frustration")]
    assert shown["target"].tolist() == ["platform", "platform"]


def test_texts_are_counted_once_a_target_with_the_tone_as_base(aimed):
    counted = count_targets(aimed).set_index(["group", "label"])
    row = counted.loc[("Frustration", NAMES["platform"])]
    assert (row["n"], row["base"], row["share"]) == (2, 2, 1.0)
    assert 0.3 < row["low"] < 0.4
    assert counted.loc[("Aggression", NAMES["school"]), "base"] == 0
    assert counted.loc["Aggression", "share"].isna().all()


def test_texts_without_such_tones_need_no_vectors():
    spoken = read_spoken(["Thank you."])
    assert aim_marked(mark_spoken(spoken, [0]), spoken)["target"].isna().all()
