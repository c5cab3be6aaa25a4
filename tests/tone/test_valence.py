import pytest
from hypothesis import given
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from workbench.tone import score_valence
from workbench.tone.valence import valence_of

VADER = SentimentIntensityAnalyzer()
WORDS = st.sampled_from(
    ["the", "page", "GOOD", "(awful)", "no", "not", "very", "kind", "of", "but", "help!", "!!!",
     "?", "…", "é", "☺", "😀", ":)", ":", "\x00", "\n", "TikTok's"]
)  # fmt: skip


def test_shares_and_compound_have_their_ranges():
    frame = score_valence(["This is wonderful, thank you.", "A horrible, cruel attack.", ""])
    assert list(frame.columns) == ["text_id", "negative", "neutral", "positive", "compound"]
    assert frame["compound"].iloc[0] > 0 > frame["compound"].iloc[1]
    assert frame["compound"].between(-1, 1).all()
    assert frame.loc[:1, ["negative", "neutral", "positive"]].sum(axis=1).to_list() == (
        pytest.approx([1, 1], abs=0.01)
    )


def test_banners_and_quoted_mail_are_left_out():
    own = "The page shows a member of staff at the gate."
    tail = "\n\nFrom: X\nSent: Monday\nTo: Y\nSubject: Re: Z\n\nHorrible hateful evil words."
    assert (
        score_valence([own + tail])["compound"].iloc[0]
        == (score_valence([own])["compound"].iloc[0])
    )


@given(st.lists(st.lists(WORDS, max_size=9).map(" ".join), max_size=5))
def test_a_sentence_gets_what_vader_gives_it_whether_it_knows_a_word_or_none(sentences):
    plainly = [list(VADER.polarity_scores(sentence).values()) for sentence in sentences]
    assert valence_of(sentences).tolist() == plainly
