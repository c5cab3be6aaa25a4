import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.text import own_sentences, split_sentences


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It is up. We saw it!", ["It is up.", "We saw it!"]),
        ("it is up. we saw it", ["it is up.", "we saw it"]),
        ("Mrs. Vane and Dr. Orme saw it.", ["Mrs. Vane and Dr. Orme saw it."]),
        ("We met at 3.15 p.m. on site.", ["We met at 3.15 p.m. on site."]),
        ("J. Doe wrote, e.g. on Monday.", ["J. Doe wrote, e.g. on Monday."]),
        ("Why? No one knows...  Sad", ["Why?", "No one knows...", "Sad"]),
        ("Dear team,\nwe saw it\nin school.", ["Dear team,\nwe saw it\nin school."]),
        ("Dear team,\nWe saw it.", ["Dear team,", "We saw it."]),
        ("Two things:\n- one\n- two", ["Two things:", "- one", "- two"]),
        ('He said "stop." Then he left.', ['He said "stop."', "Then he left."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_readers_end_them(text, wanted):
    assert [sentence.text for sentence in split_sentences(text)] == wanted


def test_a_hard_wrapped_line_runs_on():
    text = "This line was wrapped by a mail program that counts to sixty\nand Goes on. Next."
    assert len(split_sentences(text)) == 2


@given(st.text(alphabet=st.sampled_from("aB .!?\n,'\"-1"), max_size=200))
def test_places_hold_and_no_word_is_lost(text):
    sentences = split_sentences(text)
    assert all(text[s.start : s.end] == s.text for s in sentences)
    assert "".join("".join(s.text.split()) for s in sentences) == "".join(text.split())


def test_own_sentences_are_placed_in_the_text_as_given():
    text = "[EXTERNAL] Hello there. We need help with it.\n\nRegards\nSam"
    sentences = own_sentences(text)
    assert [s.text for s in sentences] == ["Hello there.", "We need help with it."]
    assert all(text[s.start : s.end] == s.text for s in sentences)
