import pytest

from workbench.themes.keywords import choose_keywords, make_labels, singular


def test_plurals_and_parts_of_pairs_say_nothing_new():
    ranked = ["account", "accounts", "fake account", "fake", "story", "stories", "bus"]
    assert choose_keywords(ranked) == ["account", "fake", "story", "bus"]
    assert choose_keywords(["sixth form", "form", "head"]) == ["sixth form", "head"]
    assert choose_keywords(ranked, count=2) == ["account", "fake"]


@pytest.mark.parametrize(
    ("one", "many"),
    [("post", "posts"), ("story", "stories"), ("match", "matches"), ("class", "classes")],
)
def test_one_and_many_are_one_word(one, many):
    assert singular(one) == singular(many)


def test_unlike_words_stay_apart():
    assert singular("news") != singular("newt")
    assert singular("bus") == "bus"


def test_labels_differ_even_where_keywords_begin_alike():
    labels = make_labels([["a", "b", "c", "d"], ["a", "b", "c", "e"], [], []])
    assert labels == ["A, b, c", "A, b, c, e", "No keywords", "No keywords (2)"]
