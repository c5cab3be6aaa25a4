import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from workbench.text import count_words, stop_words, tokenize


def test_words_are_lower_case_without_numbers_or_marks_of_redaction():
    text = "Year 9's Wi-Fi: it’s DOWN, says [PERSON 2] of [SCHOOL]! "
    text += "https://a.example/x @name_1 a@b.example"
    assert tokenize(text) == ["year", "wi-fi", "it's", "down", "says", "of"]


def test_counts_come_most_frequent_first_and_ties_by_name():
    frame = count_words(["Video of a fight", "a video", "an account"])
    assert frame.to_dict("list") == {"word": ["video", "account", "fight"], "n": [2, 1, 1]}


def test_stop_words_can_be_chosen_and_texts_counted_once():
    frame = count_words(["the the cat"], stop=["CAT"], once_a_text=True)
    assert frame.to_dict("list") == {"word": ["the"], "n": [1]}


def test_runs_neither_begin_nor_end_with_a_stop_word():
    frame = count_words(["removal of the fake account"], length=2)
    assert list(frame["word"]) == ["fake account"]


def test_a_column_with_gaps_can_be_counted():
    assert count_words(pd.Series(["help", None])).to_dict("list") == {"word": ["help"], "n": [1]}


def test_words_that_matter_here_are_not_stop_words():
    assert not {"help", "please", "report", "outside", "fake", "account"} & stop_words()


@given(st.lists(st.text(max_size=40), max_size=6))
def test_counts_add_up_to_the_words(texts):
    assert count_words(texts, stop=()).n.sum() == sum(len(tokenize(text)) for text in texts)
