import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tone.sentences import NOT_SHOWN, SHOWN
from workbench.tone import (
    REASONS,
    TONES,
    score_tone,
    score_urgency,
    tone_by_text,
    urgency_reasons,
)


def shown_in(text):
    table = tone_by_text(score_tone([text]))
    return {tone for tone in TONES if table[tone].any()}


@pytest.mark.parametrize(("text", "wanted", "unwanted"), SHOWN)
def test_a_sentence_shows_its_tones(text, wanted, unwanted):
    found = shown_in(text)
    assert set(wanted.split()) <= found
    assert not set(unwanted.split()) & found


@pytest.mark.parametrize(("text", "unwanted"), NOT_SHOWN)
def test_negated_quoted_or_other_words_show_nothing(text, unwanted):
    assert not set(unwanted.split()) & shown_in(text)


def test_rows_are_sentences_by_dimensions_with_evidence_in_place():
    text = "Dear team,\n\nI am worried. Please help!\n\nKind regards\nA. Person\nDeputy Head"
    scores = score_tone([text, ""])
    assert len(scores) == 3 * len(TONES)
    assert set(scores["probability"]) == {0.0, 1.0}
    worried = scores[(scores["dimension"] == "concern") & (scores["probability"] == 1)]
    (start, end), *others = worried["evidence"].iloc[0]
    assert text[start:end] == "worried"
    assert not others
    assert text[worried["start"].iloc[0] : worried["end"].iloc[0]] == "I am worried."


def test_quoted_mail_and_signature_are_not_scored():
    text = (
        "We have had a look at the page you sent and will reply on Monday.\n\n"
        "From: Someone <a@example.com>\nSent: 1 May 2024\nTo: Us\nSubject: Re\n\n"
        "You people are useless and I will sue."
    )
    assert "aggression" not in shown_in(text)


def test_texts_keep_their_case_ids():
    texts = pd.Series(["Thank you.", "No."], index=["A1", "A2"])
    assert list(score_urgency(texts).index) == ["A1", "A2"]
    assert set(score_tone(texts)["text_id"]) == {"A1", "A2"}


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("The page mocks a caretaker.", set()),
        ("Please reply as soon as possible.", {"action"}),
        ("We open again on Monday and want it gone before Monday.", {"deadline"}),
        ("A girl in year 8 has talked of self-harm.", {"risk"}),
        ("The clip has 12,000 views and is spreading.", {"spreading"}),
        ("A pupil is being blackmailed, please help us urgently.", {"action", "risk"}),
        ("There is no deadline.", set()),
    ],
)
def test_urgency_is_made_of_its_reasons(text, reasons):
    assert set(urgency_reasons([text])["reason"]) == reasons
    calm = 1.0
    for reason in reasons:
        calm *= 1 - REASONS[reason]
    assert score_urgency([text]).iloc[0] == pytest.approx(1 - calm, abs=1e-6)


def test_risk_is_a_reason_but_not_a_tone():
    assert "urgency" not in shown_in("There was a death threat against a colleague.")


@given(st.text(max_size=300))
def test_any_text_can_be_scored_and_places_lie_in_it(text):
    scores = score_tone([text])
    assert (scores["start"] < scores["end"]).all()
    assert (scores["end"] <= len(text)).all()
    urgency = score_urgency([text])
    assert 0 <= urgency.iloc[0] <= 1
    for spans, probability in zip(scores["evidence"], scores["probability"], strict=True):
        assert bool(spans) == (probability == 1)
        assert all(0 <= start < end <= len(text) for start, end in spans)


def test_no_texts_give_empty_frames():
    assert score_tone([]).empty
    assert tone_by_text(score_tone([])).empty
    assert score_urgency([]).empty
