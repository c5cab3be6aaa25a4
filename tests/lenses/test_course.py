"""Messages in order, tones from first to last, and cases that grow more pressing."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.charts.frames import make_study
from tests.logs import make_log
from workbench.cases.columns import MESSAGE_COLUMNS
from workbench.compare.intervals import wilson
from workbench.errors import WorkbenchError
from workbench.lenses.course import (
    COURSE_COLUMNS,
    RISE,
    course_of_tone,
    message_course,
    rising_cases,
)
from workbench.tone import TONES, score_urgency

CALM = "There is a page about our caretaker."
ASKS = "Please help us as soon as possible."
RISKY = "A girl in year 8 has talked of self-harm."
STAFF = ("helpline",)


def log_of(*messages: tuple[str, str, str | None, str]):
    """Cases A, B and C, each with a calm enquiry, and messages: case, when, author, text."""
    log = make_log(
        [{"case_id": name, "date": pd.Timestamp("2022-10-05"), "text": CALM} for name in "ABC"]
    )
    frame = pd.DataFrame(messages, columns=["case_id", "sent", "author", "text"])
    return replace(
        log, messages=frame.astype({column.name: column.dtype for column in MESSAGE_COLUMNS})
    )


def test_a_study_says_who_answers():
    assert make_study().messages.staff == STAFF
    assert type(make_study().messages)(staff=["team"]).staff == ("team",)


def test_messages_stand_in_order_of_time_without_those_of_staff():
    log = log_of(
        ("B", "2022-10-09", "enquirer", ASKS),
        ("B", "2022-10-06", None, "Thank you for your help."),
        ("B", "2022-10-05", "helpline", RISKY),
        ("Z", "2022-10-05", "enquirer", RISKY),
    )
    course = message_course(log, staff=STAFF)
    assert tuple(course) == COURSE_COLUMNS
    assert list(course["case_id"]) == ["A", "B", "B", "B", "C"]
    assert list(course["message"]) == [0, 0, 1, 2, 0]
    assert list(course["gratitude"]) == [False, False, True, False, False]
    assert course["reasons"].iloc[3] == ("action",)
    assert course["urgency_score"].iloc[3] == score_urgency([ASKS]).iloc[0]
    everyone = message_course(log, staff=())
    assert ("risk",) in list(everyone["reasons"])


def test_the_enquiry_comes_first_whatever_the_clocks_say():
    log = log_of(("A", "2022-10-01", "enquirer", ASKS))
    course = message_course(log, staff=STAFF)
    own = course[course["case_id"] == "A"]
    assert list(own["message"]) == [0, 1]
    assert list(own["reasons"]) == [(), ("action",)]


def test_a_log_without_messages_has_its_enquiries():
    course = message_course(log_of(), staff=STAFF)
    assert list(course["message"]) == [0, 0, 0]
    assert not course[list(TONES)].any(axis=None)
    assert course_of_tone(course).empty
    assert rising_cases(course).empty


def course(*cases: list[tuple[float, tuple[str, ...]]]) -> pd.DataFrame:
    """A course with the given scores and reasons; every message with a reason is urgent."""
    rows = [
        {
            "case_id": f"C{number}",
            "message": place,
            "urgency_score": score,
            **dict.fromkeys(TONES, False),
            "urgency": bool(reasons),
            "reasons": reasons,
        }
        for number, messages in enumerate(cases)
        for place, (score, reasons) in enumerate(messages)
    ]
    return pd.DataFrame(rows, columns=[name for name in COURSE_COLUMNS if name != "sent"])


YES, NO = (0.5, ("action",)), (0.0, ())


def test_shares_by_message_count_each_case_once():
    frame = course_of_tone(
        course([NO, YES], [YES, YES, NO, NO, NO, NO, YES], [NO, NO, NO, NO, YES], [YES])
    )
    urgency = frame[frame["dimension"] == "urgency"].set_index("message")
    assert list(urgency.index) == ["0", "1", "2", "3", "4+"]
    assert list(urgency["base"]) == [3, 3, 2, 2, 2]
    assert list(urgency["n"]) == [1, 2, 0, 0, 2]
    low, high = wilson([2], [3])
    assert (urgency.loc["1", "low"], urgency.loc["1", "high"]) == (low[0], high[0])
    assert set(frame["dimension"]) == set(TONES)


def test_cases_that_rise_or_show_risk_later_are_listed():
    listed = rising_cases(
        course(
            [NO, (0.25, ("spreading",)), YES],  # rises at message 1 already
            [(0.5, ("risk",)), (0.5, ("risk",))],  # was so from the start
            [(0.675, ("action", "deadline")), (0.5, ("risk",))],  # calmer, but risk is new
            [YES, NO],  # calms down
            [(0.5, ("action",)), (0.74, ("action", "x"))],  # too little
        )
    )
    assert listed.to_dict("list") == {
        "case_id": ["C0", "C2"],
        "first": [0.0, 0.675],
        "highest": [0.5, 0.5],
        "message": [1, 1],
        "added": [("action", "spreading"), ("risk",)],
    }


@given(st.lists(st.lists(st.floats(0, 1).map(lambda v: round(v, 6)), min_size=1), max_size=6))
def test_exactly_the_cases_that_rise_enough_are_listed(scores):
    frame = course(*[[(score, ()) for score in messages] for messages in scores])
    listed = set(rising_cases(frame)["case_id"])
    for number, messages in enumerate(scores):
        rise = max(messages[1:], default=-1.0) - messages[0]
        if abs(rise - RISE) > 1e-6:
            assert (f"C{number}" in listed) == (rise > RISE)


def test_a_frame_of_another_kind_is_refused():
    with pytest.raises(WorkbenchError, match="'urgency_score'"):
        rising_cases(pd.DataFrame({"case_id": [], "message": []}))
