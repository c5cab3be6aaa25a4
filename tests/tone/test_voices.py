import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.tone.voices import fold, is_negated, is_reported, quoted_spans, reported_spans


def voice_of(sentence, words):
    """Whose ``words`` are in ``sentence``: "quoted", "reported" or "own"."""
    copy = fold(sentence)
    at = copy.index(fold(words))
    if any(start <= at < end for start, end in quoted_spans(copy, [(0, len(copy))])):
        return "quoted"
    return "reported" if is_reported(copy[:at], copy[at:]) else "own"


@given(st.text())
def test_folding_keeps_every_place(text):
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    "before",
    [
        "it is not ",
        "we aren't really ",
        "it isnt a ",
        "without any ",
        "never ",
        "far from ",
        "nobody here thinks that you are ",
        "i do not believe that we were ",
        "i would not call it a ",
    ],
)
def test_negation_reaches_what_it_denies(before):
    assert is_negated(before)


@pytest.mark.parametrize(
    "before",
    [
        "we are not only ",
        "not now, but i am ",
        "there is no doubt ",
        "i cannot believe how ",
        "isn't it ",
        "it is nothing short of ",
        "nobody came and it is ",
        "i am ",
    ],
)
def test_negation_stops_at_the_clause(before):
    assert not is_negated(before)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('he wrote "go away" to us', '"go away"'),
        ("a clip named 'bad day' is up", "'bad day'"),
        ("the caption says watch this space", "watch this space"),
        ("the pupil's page isn't ours", ""),
        ("the boys' page and the girls' page", ""),
    ],
)
def test_quoted_words_are_found(text, quoted):
    spans = quoted_spans(text, [(0, len(text))])
    if quoted:
        assert any(text[start:end] == quoted for start, end in spans)
    else:
        assert not spans


def test_a_quote_runs_on_over_sentences():
    text = 'It said "you are slow. go home." on the wall.'
    assert (text.index('"'), text.rindex('"') + 1) in quoted_spans(text, [(0, 22), (23, len(text))])


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The second comment: you clown.", "you clown"),
        ("Text sent at 21:40: we know your car.", "we know"),
        ("Get lost, one of them typed.", "Get lost"),
        ("You are a clown was the reply.", "clown"),
        ("We are clowns, or so the page says.", "clowns"),
        ("Pupils leave comments such as clown and worse.", "clown"),
        ("He was shown with the words mister clown.", "mister"),
        ("The words used were clown and donkey.", "clown"),
        ("A letter began with you clown.", "you clown"),
        ("He got a message, you're a clown.", "clown"),
        ("The clip is captioned what a clown.", "clown"),
        ("The chat has lines such as she's a clown.", "she's"),
        ("A note came which began you clown.", "you clown"),
        ("He held up the phone and there it was, get lost, clown.", "get lost"),
    ],
)
def test_unmarked_speech_is_quoted(sentence, words):
    assert voice_of(sentence, words) == "quoted"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("She was called a clown.", "clown"),
        ("I was told by a boy that I am a clown.", "clown"),
        ("Parents think the head is a clown.", "clown"),
        ("According to the post she is a clown.", "clown"),
        ("Dad was heard to call the teacher a clown.", "clown"),
        ("Caller says a mother is telling everyone that the head is a clown.", "clown"),
        ("What he said was that she is a clown.", "clown"),
        ("A rumour has it that the coach is a clown, and that he drinks.", "he drinks"),
    ],
)
def test_told_speech_is_reported(sentence, words):
    assert voice_of(sentence, words) == "reported"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("I say he is a clown.", "clown"),
        ("I am writing to tell you that he is a clown.", "clown"),
        ("Caller says you are a clown.", "clown"),
        ("Let me tell you that he is a clown.", "clown"),
        ("My email said plainly that he is a clown.", "clown"),
        ("Tell your boss that he is a clown.", "clown"),
        ("How dare you say he is a clown.", "clown"),
        ("Whoever posted this is a clown.", "clown"),
        ("What he posted is silly and he is a clown.", "clown"),
        ("People commenting on this are clowns.", "clowns"),
        ("He was called names and I think the boy is a clown.", "a clown"),
        ("They say it is a joke, but he is a clown.", "clown"),
        ("He denied that he had posted it, the clown.", "clown"),
        ("The site told us it stays, what a clown show.", "clown"),
        ("That so-called expert is a clown.", "clown"),
        ("My last message went unread, shame on you.", "shame"),
        ("The page is mocking him, and whoever runs it is a clown.", "clown"),
        ("Somebody tell that clown to go home.", "clown"),
        ("The post is still up and the boy is a clown.", "clown"),
    ],
)
def test_the_enquirers_words_stay_hers(sentence, words):
    assert voice_of(sentence, words) == "own"


@given(st.lists(st.sampled_from(
    'he i said told that is whoever posted this , : ; " \' a clown was the reply and we'.split()
), max_size=40))  # fmt: skip
def test_spans_lie_in_the_sentence(words):
    sentence = " ".join(words)
    for start, end in quoted_spans(sentence, [(0, len(sentence))]) + reported_spans(sentence):
        assert 0 <= start <= end <= len(sentence)
