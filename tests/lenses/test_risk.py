"""Texts that read as somebody at risk, and the concern sheet."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pytest

from tests.logs import make_log
from workbench.cases.columns import MESSAGE_COLUMNS
from workbench.cases.log import CaseLog
from workbench.errors import WorkbenchError
from workbench.lenses.lens import load_lens, read_through
from workbench.lenses.risk import GRAVITY, _score, concern_sheet, list_at_risk, rank_at_risk

GRAVE = "She has said that she wants to die."
LESS = "He is too scared to come to school."


def small_log() -> CaseLog:
    log = make_log(
        [
            {
                "case_id": "C1",
                "date": "2022-10-05 10:31",
                "text": f"A Year 8 girl on TikTok. {GRAVE} Every day. We reported it twice.",
                "platform": ["TikTok", "Telegram"],
            },
            {"case_id": "C2", "text": "Thank you for the poster."},
        ]
    )
    rows = [
        ("C1", "2022-10-05 11:00", "helpline", "If a child is in immediate danger, call 999."),
        ("C1", "2022-10-06 09:15", "enquirer", "He threatened to stab her. I told her parents."),
        ("C1", "2022-10-07 09:15", "enquirer", "The police came."),
    ]
    frame = pd.DataFrame(rows, columns=[column.name for column in MESSAGE_COLUMNS])
    typed = frame.astype({column.name: column.dtype for column in MESSAGE_COLUMNS})
    return replace(log, messages=typed, redacted=True)


def test_gravity_holds_all_elements_in_their_order() -> None:
    assert tuple(load_lens("risk").names) == GRAVITY


def test_the_gravest_come_first_and_others_are_not_listed() -> None:
    listed = list_at_risk(pd.Series([LESS, "Thanks.", GRAVE], index=["a", "b", "c"]))
    assert list(listed["text_id"]) == ["c", "a"]
    assert list(listed["elements"]) == [("self_harm",), ("afraid",)]
    assert listed["score"].between(0, 1, inclusive="neither").all()


def test_words_are_places_in_the_text() -> None:
    text = f"Hello. {GRAVE}"
    listed = list_at_risk([text])
    (place,) = listed["words"].iloc[0]
    assert "wants to die" in text[slice(*place)]
    assert listed["sentence"].iloc[0] == 1


def test_no_number_of_lesser_signs_outweighs_a_graver_one() -> None:
    subsets = chain.from_iterable(combinations(GRAVITY, size) for size in range(1, 10))
    by_gravity = sorted(subsets, key=lambda chosen: [GRAVITY.index(one) for one in chosen])
    for first, second in combinations(by_gravity, 2):
        if GRAVITY.index(first[0]) < GRAVITY.index(second[0]):
            assert _score(first) > _score(second)


def test_order_of_rows_does_not_matter() -> None:
    texts = pd.Series([LESS, GRAVE, LESS], index=["a", "b", "c"])
    assert list_at_risk(texts).equals(list_at_risk(texts.iloc[::-1]))
    assert list_at_risk(texts).equals(rank_at_risk(read_through(texts, load_lens("risk"))))


def test_a_log_is_read_by_its_enquiries_and_stays_whole() -> None:
    log = small_log()
    assert list(list_at_risk(log)["text_id"]) == ["C1"]
    assert len(log) == 2


def test_the_sheet_says_what_the_case_tells() -> None:
    study = SimpleNamespace(contacts=(SimpleNamespace(name="Police", details="999"),))
    returns = pd.DataFrame(
        [("C1", "C0", "C0", 12, "account")],
        columns=["case_id", "earlier", "matter", "days", "signs"],
    )
    sheet = concern_sheet("C1", small_log(), study=cast(Any, study), returns=returns)
    assert sheet.times[0] == ("Enquiry received", "Wednesday 5 October 2022, 10:31")
    assert sheet.times[2] == ("Message 2, enquirer", "Thursday 6 October 2022, 09:15")
    assert sheet.platforms == ("TikTok", "Telegram")
    assert ("Suicide or self-harm", "wants to die") in sheet.key_words
    assert any("stab" in words for _, words in sheet.key_words)
    assert "A pupil or pupils" in sheet.affected
    assert sheet.refer_to == (("Police", "999"),)
    assert sheet.patterns == (
        "Returns to case C0, 12 days on (account)",
        "Earlier reports told of: 2",
        'The words say that it goes on: "every day"',
        "Messages from the enquirer's side: 2",
    )


def test_only_what_the_case_leaves_open_is_asked() -> None:
    asked = " ".join(concern_sheet("C1", small_log()).to_find_out)
    assert "safe now" in asked
    assert "still online" in asked
    assert "year group" not in asked  # "Year 8"
    assert "police" not in asked  # "The police came."
    assert "parents know" not in asked


def test_the_helplines_own_words_are_no_sign() -> None:
    names = {name for name, _ in concern_sheet("C1", small_log()).key_words}
    assert "Immediate danger" not in names
    everyone = concern_sheet("C1", small_log(), answered_by=())
    assert "Immediate danger" in {name for name, _ in everyone.key_words}


def test_a_calm_case_still_has_a_sheet() -> None:
    sheet = concern_sheet("C2", small_log())
    assert sheet.key_words == ()
    assert sheet.patterns == ("Nothing in the record says that it is repeated",)
    assert len(sheet.to_find_out) == 7


def test_names_and_unknown_cases_are_refused() -> None:
    with pytest.raises(WorkbenchError, match=r"redact\(\)"):
        concern_sheet("C1", replace(small_log(), redacted=False))
    with pytest.raises(WorkbenchError, match="no case 'C9'"):
        concern_sheet("C9", small_log())
