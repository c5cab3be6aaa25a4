"""Words that nobody knows, and accounts that are known from elsewhere in a case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.privacy.account_again import other_forms
from workbench.privacy.account_rare import is_unknown, rare_accounts, speaks_of_accounts
from workbench.privacy.lists import words_of
from workbench.privacy.recognise import find_identifiers
from workbench.privacy.redact import redact_texts


def hidden(text: str, **options: object) -> list[str]:
    found = find_identifiers(text, ways=("lists",), **options)  # type: ignore[arg-type]
    return [text[one.start : one.end] for one in found]


@pytest.mark.parametrize("word", ["grumbix", "velkora", "quietriver", "tofuzilla", "mooncheez"])
def test_words_that_nobody_knows(word: str) -> None:
    assert is_unknown(word)


@pytest.mark.parametrize(
    "word",
    ["vlogger", "reposted", "voicenote", "sextortion", "deepfakes", "lanyards", "puipls"],
)
def test_words_with_an_affix_of_two_words_and_slips_are_known(word: str) -> None:
    assert not is_unknown(word)


@given(st.sampled_from(sorted(words_of("english") | words_of("talk") | words_of("vocabulary"))))
def test_no_listed_word_is_unknown(word: str) -> None:
    assert not is_unknown(word)


def test_only_where_a_case_speaks_of_what_happens_online() -> None:
    assert hidden("We met grumbix at noon.") == []
    assert hidden("We met grumbix at noon. Then came a message.") == ["grumbix"]
    assert speaks_of_accounts("on TikTok")
    assert not speaks_of_accounts("in the garden")


def test_after_an_article_only_beside_an_account() -> None:
    assert [*rare_accounts("They passed the grumbix round.")] == []
    assert len([*rare_accounts("They shared the grumbix page.")]) == 1


def test_the_allow_list_wins() -> None:
    text = "Then grumbix uploaded the video."
    assert hidden(text) == ["grumbix"]
    assert hidden(text, keep=["Grumbix"]) == []


def test_an_account_has_one_pseudonym_however_it_is_written() -> None:
    text = "The user quietriver sent it. Later Quiet River and QUIETRIVER wrote a comment."
    assert redact_texts([text], ways=("lists",)) == [
        "The user [HANDLE 1] sent it. Later [HANDLE 1] and [HANDLE 1] wrote a comment."
    ]


def test_accounts_before_an_at_and_at_the_end_of_a_link() -> None:
    finds = [("EMAIL", "zibbo@oakmere.example"), ("LINK", "https://www.tiktok.com/@lumikat")]
    assert [form.text for form in other_forms(finds)] == ["zibbo", "lumikat"]
    assert other_forms([("EMAIL", "office@oakmere.example"), ("HANDLE", "school")]) == []


def test_a_second_redaction_changes_nothing() -> None:
    text = "The user quietriver sent it to grumbix 99. Quiet River and zibbo.07 posted a video."
    once = redact_texts([text], ways=("lists",))
    assert "grumbix" not in once[0]
    assert redact_texts(once, ways=("lists",)) == once
