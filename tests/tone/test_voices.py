import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.tone.voices import fold, is_negated, is_reported, quoted_spans


@given(st.text())
def test_folding_keeps_every_place(text):
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("before", ["it is not ", "we aren't really ", "without any ", "never "])
def test_negation_reaches_three_words(before):
    assert is_negated(before)


@pytest.mark.parametrize(
    "before", ["we are not only ", "not now, but i am ", "there is no doubt ", "i am "]
)
def test_negation_stops_at_the_clause(before):
    assert not is_negated(before)


def test_reported_speech_is_someone_elses():
    assert is_reported("she was called ")
    assert not is_reported("i say ")


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('he wrote "go away" to us', '"go away"'),
        ("a clip named 'bad day' is up", "'bad day'"),
        ("the caption says watch this space", "watch this space"),
        ("the pupil's page isn't ours", ""),
    ],
)
def test_quoted_words_are_found(text, quoted):
    spans = quoted_spans(text, [(0, len(text))])
    if quoted:
        assert any(text[start:end] == quoted for start, end in spans)
    else:
        assert not spans
