import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.text import clean_text
from workbench.text.clean import own_spans

OWN = "A pupil has made an account that mocks two of our teachers."
TAIL = (
    "From: Pat <pat@example.org>\nSent: 3 May 2024 10:01\nTo: Help\nSubject: Re: page\n\n"
    "Earlier words."
)


@pytest.mark.parametrize(
    "clutter",
    [
        "CAUTION: This email originated from outside of the organisation. Do not click links or "
        "open attachments unless you recognise the sender and know the content is safe.\n\n{}",
        "[EXTERNAL] {}",
        "*** External email - be careful ***\n\n{}",
        "WARNING: This message is from an external source. Please do not open attachments.\n{}",
        "{}\n\nKind regards\n\nJ. Doe\nDeputy Head\nExample School\n01632 960 001",
        "{}\n\nBest wishes,\nSam",
        "{}\n-- \nSam Doe\nIT",
        "{}\n\nSent from my iPhone",
        "{}\n\nThis email and any attachments are confidential and intended solely for the person\n"
        "named above.",
        "{}\n\n" + TAIL,
        "{}\n\n-----Original Message-----\nEarlier words.",
        "{}\n\nOn Monday, 3 May 2024 at 10:01, Pat <pat@example.org> wrote:\n> Earlier words.",
        "{}\n> Earlier words.\n> And more of them.",
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_clutter_goes_and_the_enquiry_stays(clutter, ending):
    assert clean_text(clutter.format(OWN).replace("\n", ending)) == OWN


@pytest.mark.parametrize(
    "text",
    [
        OWN,
        "Thanks for your reply. " + OWN,
        "We had a warning from parents about outside groups. " + OWN,
        "Best,\nthat is the word he used of it, and many more people have seen it since then, so "
        "we would like to know what can be done about the page.",
    ],
)
def test_the_enquirers_words_are_left_alone(text):
    assert clean_text(text) == text


def test_thanks_before_the_signature_stay():
    assert clean_text(f"{OWN}\n\nMany thanks\nJ. Doe\nHead") == f"{OWN}\n\nMany thanks"


def test_a_forwarded_mail_loses_its_headers_only():
    text = f"FYI\n\nFrom: Pat <p@example.org>\nSent: Monday\nTo: Sam\nSubject: Page\n\n{OWN}"
    assert OWN in clean_text(text)
    assert "Subject" not in clean_text(text)


def test_a_mail_passed_on_is_matter_but_not_the_enquirers_voice():
    note = "Forwarding this on from a colleague, can you advise?"
    text = f"{note}\n\nRegards\nSam\n\nFrom: Pat\nSent: Monday\nTo: Sam\nSubject: Page\n\n{OWN}"
    assert clean_text(text) == f"{note}\n{OWN}"
    assert [text[start:end] for start, end in own_spans(text)] == [note]


@pytest.mark.parametrize("answer", ["Yes please.", "Thank you!"])
def test_a_short_answer_does_not_bring_back_what_it_answers(answer):
    for tail in (
        TAIL,
        "On Monday, 3 May 2024, Pat wrote:\n> Earlier words, more than five of them.",
    ):
        assert clean_text(f"{answer}\n\n{tail}") == answer
        text = f"{answer}\n\n{tail}"
        assert [text[start:end] for start, end in own_spans(text)] == [answer]


def test_answers_between_quoted_lines_are_kept():
    text = f"On Monday, 3 May 2024, Pat wrote:\n> Who made it?\n\n{OWN}\n\n> When?\n\nToday."
    assert clean_text(text) == f"{OWN}\nToday."


def test_the_rule_above_a_forwarded_mail_goes_with_its_headers():
    rule = "_" * 32
    text = f"FYI\n\n{rule}\nFrom: Pat\nSent: Monday\nTo: Sam\nSubject: Page\n\n{OWN}"
    assert clean_text(text) == f"FYI\n{OWN}"


def test_a_postscript_after_the_signature_stays():
    assert "P.S. It has gone now." in clean_text(f"{OWN}\n\nRegards\nSam\n\nP.S. It has gone now.")


def test_a_text_of_clutter_alone_comes_back_whole():
    text = "CAUTION: This email originated from outside of the organisation."
    assert clean_text(text) == text


@given(st.text(max_size=400))
def test_spans_are_in_order_apart_and_filled(text):
    spans = own_spans(text)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert text[start:end].strip()
        at = end
    assert bool(clean_text(text)) == bool(text.strip())
