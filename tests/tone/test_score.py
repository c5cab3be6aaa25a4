import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tone.sentences import NOT_SHOWN, SHOWN
from workbench.errors import WorkbenchError
from workbench.text.vectors import embed
from workbench.tone import (
    REASONS,
    TARGETS,
    TONES,
    mark_tone,
    own_words,
    score_tone,
    score_urgency,
    tone_by_text,
    urgency_reasons,
)
from workbench.tone.heads import DIRECTED


def shown_in(text):
    table = tone_by_text(mark_tone([text]))
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
    scores = mark_tone([text, ""])
    assert len(scores) == 3 * len(TONES)
    assert scores[["probability", "decision", "target"]].isna().all(axis=None)
    worried = scores[(scores["dimension"] == "concern") & (scores["evidence"].map(len) > 0)]
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
    assert set(mark_tone(texts)["text_id"]) == {"A1", "A2"}


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
def test_any_text_can_be_read_and_places_lie_in_it(text):
    marked = mark_tone([text])
    assert (marked["start"] < marked["end"]).all()
    assert (marked["end"] <= len(text)).all()
    assert 0 <= score_urgency([text]).iloc[0] <= 1
    for spans in marked["evidence"]:
        assert all(0 <= start < end <= len(text) for start, end in spans)


TEXTS = [
    "We have reported it six times and TikTok has done nothing. Thank you for reading this.",
    "",
    'The caption says "you stupid cow". I am so worried about her.',
]


def test_heads_give_chances_decisions_and_at_whom():
    scores = score_tone(TEXTS)
    assert len(scores) == 4 * len(TONES) == len(own_words(TEXTS)) * len(TONES)
    assert scores["probability"].between(0, 1).all()
    by_tone = scores.set_index(["text_id", "sentence", "dimension"])
    assert by_tone.loc[(0, 0, "frustration"), "decision"] == "yes"
    assert by_tone.loc[(0, 0, "frustration"), "target"] == "platform"
    assert by_tone.loc[(0, 1, "gratitude"), "decision"] == "yes"
    assert by_tone.loc[(2, 0, "aggression"), "decision"] != "yes"
    assert by_tone.loc[(2, 1, "concern"), "decision"] == "yes"


def test_only_directed_tones_that_may_show_have_a_target():
    scores = score_tone(TEXTS)
    aimed = scores["dimension"].isin(DIRECTED) & (scores["decision"] != "no")
    assert (scores["target"].notna() == aimed).all()
    assert set(scores["target"].dropna()) <= set(TARGETS)


def test_a_text_is_scored_alike_whatever_stands_beside_it():
    alone = score_tone([TEXTS[2]])["probability"].to_numpy()
    beside = score_tone(TEXTS).query("text_id == 2")["probability"].to_numpy()
    assert alone == pytest.approx(beside, abs=1e-5)


def test_quoted_words_do_not_reach_the_heads():
    assert own_words(['The caption says "you stupid cow" to her.'])[0].count("stupid") == 0


def test_vectors_must_go_with_the_sentences():
    with pytest.raises(WorkbenchError, match="4 sentences but 3 vectors"):
        score_tone(TEXTS, vectors=np.zeros((3, 384), dtype=np.float32))


def test_urgency_in_unlisted_words_is_heard_by_the_heads():
    texts = ["It has to be gone by the time they get off the bus.", "A pupil has a phone."]
    vectors = embed(own_words(texts))
    assert score_urgency(texts).tolist()[1] == 0
    first, second = score_urgency(texts, vectors=vectors)
    assert first > second


def test_no_texts_give_empty_frames():
    assert score_tone([]).empty
    assert mark_tone([]).empty
    assert tone_by_text(mark_tone([])).empty
    assert score_urgency([]).empty


def test_tones_are_told_by_evidence_or_by_decision():
    scores = score_tone(TEXTS)
    assert tone_by_text(scores, by="decision")["concern"].tolist() == [False, True]
    with pytest.raises(WorkbenchError, match="by 'evidence' or by 'decision'"):
        tone_by_text(scores, by="chance")
