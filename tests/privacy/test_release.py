"""Quotes: only what is short, clean, common in its words and signed for is printed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.small import STUDY
from workbench.errors import ExportError
from workbench.privacy.release import (
    NOT_RELEASED,
    check_quote,
    corpus_words,
    kinds_in,
    quote_words,
    release_quotes,
)
from workbench.study import Release, Study

QUOTE = "We reported it and nothing was done by the platform."
OTHER = "The account keeps coming back every week."
LISTED = '\n[release]\napprove = "listed"\napproved = "approved.csv"\nmax_words = 12\n'
HEADING = "case_id,quote,approved_by,approved_on"
SIGNED = f'A,"{QUOTE}",A. Reader,2024-09-30'


def make(folder: Path, toml: str, approved: str | None = None) -> Study:
    (folder / "study.toml").write_text(toml, encoding="utf-8")
    if approved is not None:
        (folder / "approved.csv").write_text(approved + "\n", encoding="utf-8")
    return Study.load(folder)


def candidates(*pairs: tuple[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(pairs, columns=["case_id", "text"], index=range(7, 7 + len(pairs)))
    return frame.assign(theme=3)


def test_only_signed_quotes_are_printed(tmp_path: Path) -> None:
    study = make(tmp_path, STUDY + LISTED, f"{HEADING}\n{SIGNED}")
    given = candidates(("A", QUOTE), ("A", OTHER), ("B", QUOTE))
    shown = release_quotes(given, study)
    assert shown["approved"].tolist() == [True, False, False]
    assert shown["quote"].tolist() == [QUOTE, NOT_RELEASED, NOT_RELEASED]
    assert shown["why"].tolist() == [
        "approved by A. Reader on 2024-09-30",
        "approved.csv approves this case's quote in other words; approve it again",
        "it is not among the approved quotes in approved.csv",
    ]
    pd.testing.assert_frame_equal(shown[list(given.columns)], given)
    assert "approved" not in given


def test_white_space_may_differ_but_words_may_not(tmp_path: Path) -> None:
    study = make(tmp_path, STUDY + LISTED, f"{HEADING}\n{SIGNED}")
    spaced = QUOTE.replace(" and ", "\n  and ")
    shown = release_quotes(candidates(("A", spaced), ("A", QUOTE.lower())), study)
    assert shown["approved"].tolist() == [True, False]


def test_a_signature_does_not_lift_the_other_rules(tmp_path: Path) -> None:
    leak = "Ring me on 07700 900123 please."
    long = "word " * 13
    rows = f'{HEADING}\nA,"{leak}",A. Reader,2024-09-30\nB,"{long}",A. Reader,2024-09-30'
    study = make(tmp_path, STUDY + LISTED, rows)
    shown = release_quotes(candidates(("A", leak), ("B", long)), study)
    assert not shown["approved"].any()
    assert shown["why"].tolist() == [
        "it still holds an identifier (phone)",
        "it has 13 words, and the study allows 12",
    ]


@pytest.mark.parametrize(
    ("toml", "why"),
    [
        ("", "the study names no file of approved quotes"),
        (LISTED, "approved.csv with the approved quotes is not there"),
    ],
)
def test_without_a_list_nothing_is_printed(tmp_path: Path, toml: str, why: str) -> None:
    shown = release_quotes(candidates(("A", QUOTE)), make(tmp_path, STUDY + toml))
    assert shown["quote"].tolist() == [NOT_RELEASED]
    assert shown["why"].tolist() == [why]


def test_a_synthetic_study_approves_by_itself_and_says_so(tmp_path: Path) -> None:
    toml = "synthetic = true\n" + STUDY + '\n[release]\napprove = "automatic"\n'
    shown = release_quotes(candidates(("A", QUOTE), ("B", "Ask @oak_memes")), make(tmp_path, toml))
    assert shown["approved"].tolist() == [True, False]
    assert shown["why"].tolist()[0] == "approved automatically: the cases are synthetic"


def test_automatic_is_refused_where_the_study_is_not_synthetic(tmp_path: Path) -> None:
    study = make(tmp_path, STUDY)
    forged = study.model_copy(update={"release": Release(approve="automatic")})
    assert not release_quotes(candidates(("A", QUOTE)), forged)["approved"].any()


@pytest.mark.parametrize(
    ("approved", "message"),
    [
        ("case_id,quote,approved_by\nA,secret,B", "no column 'approved_on'"),
        (f"{HEADING}\nA,secret,,2024-09-30", "row 2, column 'approved_by'"),
        (f"{HEADING}\nA,secret,B,30/09/2024", "row 2, column 'approved_on'"),
        (f"{HEADING}\nA,secret,B,2024-09-30,more", "row 2"),
    ],
)
def test_a_faulty_list_is_refused_in_words_that_mend(
    tmp_path: Path, approved: str, message: str
) -> None:
    study = make(tmp_path, STUDY + LISTED, approved)
    with pytest.raises(ExportError, match=message) as caught:
        release_quotes(candidates(("A", QUOTE)), study)
    assert "secret" not in str(caught.value)


def test_no_candidates(tmp_path: Path) -> None:
    shown = release_quotes(candidates(), make(tmp_path, STUDY))
    assert list(shown.columns) == ["case_id", "text", "theme", "approved", "why", "quote"]
    assert shown["approved"].dtype == bool


def test_rare_words_keep_a_quote_back() -> None:
    words = corpus_words(["The school's account", "the SCHOOL account", "our school", "the zither"])
    assert words["school"] == 3
    rule = Release()
    assert check_quote("[SCHOOL 1] the school", rule, corpus_words=words) == ""
    assert check_quote("the school zither", rule, corpus_words=words) == (
        "it holds 1 word that fewer than 3 texts hold, which could point to the case"
    )
    assert "2 words" in check_quote("zither account", rule, corpus_words=words)


def test_words_counted_are_those_checked() -> None:
    assert quote_words("[PERSON 1] The child\u2019s mother can't ring 07700") == {
        "the",
        "child",
        "mother",
        "can't",
        "ring",
    }


@pytest.mark.parametrize(("count", "fine"), [(40, True), (41, False)])
def test_the_limit_of_words(count: int, fine: bool) -> None:
    text = " ".join(["[PERSON 1]"] + ["word"] * (count - 1))
    assert (check_quote(text, Release()) == "") is fine


def test_an_empty_quote_is_none() -> None:
    assert check_quote("  ", Release()) == "it is empty"


def test_names_that_no_field_gave_are_found_in_quotes_too() -> None:
    rule = Release(max_words=40)
    assert (
        check_quote("Then Kelly Whitlock filmed it.", rule)
        == "it still holds an identifier (person)"
    )
    assert "school" in check_quote("We are at Hartley Primary School now.", rule)
    assert "person" in check_quote(
        "The pupils said that Zorbel Quimsby had filmed the lesson.", rule
    )
    assert check_quote("Then [PERSON 1] filmed it at [SCHOOL 2].", rule) == ""


def test_what_was_found_before_counts_for_that_text_alone(tmp_path: Path) -> None:
    rule = Release(max_words=40)
    named, plain = "Then Kelly Whitlock filmed it.", "Then nobody filmed it."
    assert kinds_in(named) == ("person",)
    assert kinds_in(plain) == ()
    assert "(school)" in check_quote(plain, rule, kinds=["school"])
    assert check_quote(plain, rule, kinds=kinds_in(plain)) == ""
    shown = release_quotes(
        candidates(("A", named), ("A", plain)), make(tmp_path, STUDY), kinds={plain: ("email",)}
    )
    assert shown["why"].tolist() == [
        "it still holds an identifier (person)",
        "it still holds an identifier (email)",
    ]
