"""Sentences are read where they have one reading, and left alone where they have not."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.compare.printed import make_printed
from workbench.compare.lint import lint
from workbench.compare.linting.reading import read_sentence, shorten
from workbench.compare.linting.tokens import Vocabulary, clear_asides, find_numbers

LABELS = ("Cyberbullying", "Online Reputation", "Secondary", "TikTok", "Peer-to-Peer", "Sextortion")
REPORTS = ("2022-23", "2023-24")
VOCABULARY = Vocabulary(labels=LABELS, reports=REPORTS)
BOTH = {label.casefold(): set(REPORTS) for label in LABELS}
EARLY, LATE = REPORTS


def read(sentence: str, *, report: str = LATE) -> list[tuple[str, str, str, float, str, str]]:
    said = read_sentence(sentence, VOCABULARY, BOTH, report=report)
    return [(s.label, s.report, s.number.kind, s.number.value, s.number.how, s.base) for s in said]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("TikTok was named in 76% of cases.", [("TikTok", LATE, "share", 76, "exactly", "")]),
        (
            "TikTok was named in almost 75 per cent of all cases.",
            [("TikTok", LATE, "share", 75, "almost", "cases")],
        ),
        (
            "In 2022–23 cyberbullying stood at 35.9%.",
            [("Cyberbullying", EARLY, "share", 35.9, "exactly", "")],
        ),
        (
            "There were 1,396 enquiries about Online Reputation.",
            [("Online Reputation", LATE, "count", 1396, "exactly", "")],
        ),
        (
            "Over 1,300 enquiries (62.9%) concerned online reputation.",
            [
                ("Online Reputation", LATE, "count", 1300, "over", ""),
                ("Online Reputation", LATE, "share", 62.9, "exactly", ""),
            ],
        ),
        (
            "Online Reputation rose from 28% in 2022-23 to 46% in 2023-24.",
            [
                ("Online Reputation", EARLY, "share", 28, "exactly", ""),
                ("Online Reputation", LATE, "share", 46, "exactly", ""),
            ],
        ),
        (
            "Online Reputation rose from 28% to 46%.",
            [
                ("Online Reputation", EARLY, "share", 28, "exactly", ""),
                ("Online Reputation", LATE, "share", 46, "exactly", ""),
            ],
        ),
        (
            "TikTok: 25.7% in 2022-23 and 76.0% in 2023-24, 50.3 points higher in 2023-24 "
            "(95% interval +47.9 to +52.7).",
            [
                ("TikTok", EARLY, "share", 25.7, "exactly", ""),
                ("TikTok", LATE, "share", 76.0, "exactly", ""),
            ],
        ),
        (
            "TikTok fell from 79.7% (687 of 862) in 2022-23 to 76% (1,686 cases) in 2023-24.",
            [
                ("TikTok", EARLY, "share", 79.7, "exactly", ""),
                ("TikTok", EARLY, "count", 687, "exactly", ""),
                ("TikTok", LATE, "share", 76, "exactly", ""),
                ("TikTok", LATE, "count", 1686, "exactly", ""),
            ],
        ),
        (
            "TikTok: in 2022-23 26%, in 2023-24 76%.",
            [
                ("TikTok", EARLY, "share", 26, "exactly", ""),
                ("TikTok", LATE, "share", 76, "exactly", ""),
            ],
        ),
        (
            "From 2022-23 to 2023-24 TikTok rose from 26% to 76%.",
            [],
        ),
        (
            "TikTok rose from 26% to 76% between 2022-23 and 2023-24.",
            [
                ("TikTok", EARLY, "share", 26, "exactly", ""),
                ("TikTok", LATE, "share", 76, "exactly", ""),
            ],
        ),
        (
            "At 76% in 2023-24, up from 26% in 2022-23, TikTok leads.",
            [
                ("TikTok", LATE, "share", 76, "exactly", ""),
                ("TikTok", EARLY, "share", 26, "exactly", ""),
            ],
        ),
        (
            "Cyberbullying made up 36%, Online Reputation 46% and Sextortion 0.5%.",
            [
                ("Cyberbullying", LATE, "share", 36, "exactly", ""),
                ("Online Reputation", LATE, "share", 46, "exactly", ""),
                ("Sextortion", LATE, "share", 0.5, "exactly", ""),
            ],
        ),
        (
            "There were no cases of sextortion this year.",
            [("Sextortion", LATE, "count", 0, "exactly", "")],
        ),
        (
            "Three quarters of all cases named TikTok.",
            [("TikTok", LATE, "share", 75, "about", "cases")],
        ),
        (
            "More than half of cases concerned Online Reputation.",
            [("Online Reputation", LATE, "share", 50, "over", "")],
        ),
        (
            "Of those cases that name a platform, TikTok has 79.7%.",
            [("TikTok", LATE, "share", 79.7, "exactly", "recorded")],
        ),
        (
            "The share of cyberbullying was 36% (see Table 6).",
            [("Cyberbullying", LATE, "share", 36, "exactly", "")],
        ),
        ("All 2,219 cases were read.", [("", LATE, "count", 2219, "exactly", "")]),
        (
            "14 of 2,678 cases were about sextortion.",
            [("Sextortion", LATE, "count", 14, "exactly", "")],
        ),
    ],
)
def test_plain_sentences_are_read(
    sentence: str, expected: list[tuple[str, str, str, float, str, str]]
) -> None:
    assert read(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Of TikTok cases, 30% concerned Cyberbullying.",
        "46% of Secondary enquiries were about reputation.",
        "In Secondary settings, 46% of enquiries concerned a school's name.",
        "Among those, TikTok has 79.7%.",
        "In March 2023 TikTok was named in 90% of cases.",
        "TikTok rose by 50% within two years.",
        "TikTok was named in 12% more cases.",
        "TikTok has between 25% and 30% of cases.",
        "TikTok has 25–30% of cases.",
        "TikTok and Sextortion together make up 80% of cases.",
        "80% of cases name TikTok or Peer-to-Peer.",
        "TikTok could reach 90% of cases.",
        "At least 70% of cases name TikTok.",
        "Not 76% but fewer name TikTok.",
        "Last year TikTok stood at 26%.",
        "TikTok stood at 26% in 2019-20.",
        "TikTok grew to 76% after 3 platforms left.",
        "In 2023-24, up from 26% in 2022-23 to 76%, TikTok leads.",
        "Facebook was named in 5% of cases.",
        "Shares are given with 95% intervals.",
        "TikTok leads.",
    ],
)
def test_sentences_with_another_reading_are_left_alone(sentence: str) -> None:
    assert read(sentence) == []


def test_a_sentence_without_a_period_needs_one_report_or_a_default() -> None:
    only = {**BOTH, "tiktok": {EARLY}}
    sentence = "TikTok was named in 26% of cases."
    assert read(sentence, report="") == []
    assert [s.report for s in read_sentence(sentence, VOCABULARY, only)] == [EARLY]
    assert read_sentence(sentence, VOCABULARY, only, report=LATE) == []


def test_changes_and_asides_are_no_figures() -> None:
    aside = clear_asides("TikTok is 3.2 points lower (95% interval 1 to 2), see Table 4.")
    assert find_numbers(aside) == []
    assert not any(letter.isdigit() for letter in aside)
    assert find_numbers("It fell by 12% and by a further 3%.") == []


def test_a_quotation_is_short() -> None:
    words = shorten(" ".join(["word"] * 30)).split()
    assert len(words) == 13
    assert words[-1] == "…"


def prose(*sentences: str) -> pd.DataFrame:
    return pd.DataFrame(
        {"text": "draft.md", "sentence": list(sentences), "report": LATE}, dtype="str"
    )


def test_prose_is_held_against_the_tables() -> None:
    printed = make_printed(
        [
            (LATE, "period", "Cases analysed", "year", 2219, None),
            (LATE, "Table 4", "Platform (several)", "TikTok", 1686, None),
            (LATE, "Table 4", "Platform (several)", "Snapchat", 700, None),
            (LATE, "Table 7", "Top words", "School", 9, None),
        ]
    )
    right = prose(
        "TikTok was named in 76% of all cases.",
        "1,686 cases named TikTok and 700 cases Snapchat.",
        "TikTok has 70.7% of labels.",
        "A school is never 100% safe.",
        "Snapchat could reach 90% of cases.",
    )
    fine = lint(printed, prose=right)
    assert fine["rule"].tolist() == ["not checked"]
    assert "1 of 4 sentences" in fine["finding"][0]
    wrong = prose("TikTok was named in 71% of all cases.", "1,700 cases named TikTok.")
    found = lint(printed, prose=wrong)
    assert found["rule"].tolist() == ["table against sentence"] * 2
    assert found["finding"][0].startswith("draft.md, “TikTok was named in 71% of all cases.”: 71%")
    assert "1,686 is 76.0% of all cases (2,219)" in found["finding"][0]
    assert found["against"].tolist() == [pytest.approx(75.98, abs=0.01), 1686]


def test_a_label_of_two_tables_is_not_judged() -> None:
    rows = [(LATE, t, t, "TikTok", n, None) for t, n in (("Platform", 5), ("Account", 9))]
    said = prose("7 cases named TikTok.")
    assert lint(make_printed(rows), prose=said)["rule"].tolist() == ["not checked"]
    agreed = [(*row[:4], 5, None) for row in rows]
    assert lint(make_printed(agreed), prose=said)["rule"].tolist() == ["table against sentence"]
