"""First replies: by people, after the enquiry, in staffed hours; what is not known is counted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.compare.years import FIRST, HOURS, SECOND, log_of, make_years, messages_of
from workbench.cases.log import CaseLog
from workbench.compare.replies import (
    NO_REPLY,
    NO_TIME,
    REPLIED,
    protect_replies,
    reply_curve,
    reply_summary,
    reply_times,
)
from workbench.errors import WorkbenchError
from workbench.study import Disclosure

STUDY = make_years()


def talk(arrived: list[str], messages: list[tuple[str, str, str, str]]) -> CaseLog:
    return replace(log_of(arrived), messages=messages_of(messages))


def waits(hours: list[float]) -> CaseLog:
    """One case on a Wednesday morning for each wait, in staffed hours under six."""
    opened = pd.Timestamp("2022-10-05 10:00")
    sent = [opened + pd.Timedelta(hours=wait) for wait in hours]
    rows = [(f"C{k}", str(when), "helpline", f"text {k}") for k, when in enumerate(sent)]
    return talk([str(opened)] * len(hours), rows)


def test_the_first_reply_of_the_staff_counts() -> None:
    log = talk(
        ["2022-10-05 15:00", "2022-10-08 12:00"],
        [
            ("C0", "2022-10-05 15:10", "enquirer", "One thing more"),
            ("C0", "2022-10-06 12:00", "helpline", "Later"),
            ("C0", "2022-10-06 10:30", "helpline", "First"),
            ("C1", "2022-10-10 09:00", "helpline", "Early on Monday"),
        ],
    )
    frame = reply_times(log, STUDY)
    assert frame["working_hours"].tolist() == [1.5, 0.0]
    assert frame["clock_hours"].tolist() == [19.5, 45.0]
    assert frame["state"].tolist() == [REPLIED, REPLIED]


def test_messages_before_the_enquiry_are_no_reply() -> None:
    log = talk(["2022-10-05 11:00"], [("C0", "2022-10-05 10:59", "helpline", "Before")])
    frame = reply_times(log, STUDY)
    assert frame["state"].tolist() == [NO_REPLY]
    assert frame[["replied", "working_hours"]].isna().all(axis=None)


def test_dates_without_a_time_give_a_reply_but_no_hours() -> None:
    log = talk(
        ["2022-10-05", "2022-10-05 11:00", "2022-10-05 11:00"],
        [
            ("C0", "2022-10-05 12:00", "helpline", "a"),
            ("C1", "2022-10-05", "helpline", "b"),
            ("C2", "2022-10-04", "helpline", "c"),
        ],
    )
    frame = reply_times(log, STUDY)
    assert frame["state"].tolist() == [NO_TIME, NO_TIME, NO_REPLY]
    assert frame["working_hours"].isna().all()


def automatic(cases: int) -> CaseLog:
    rows = []
    for k in range(cases):
        notice = f"Dear Sam {k},\nWe have your message, number {k}. We will answer when we open."
        rows.append((f"C{k}", "2022-10-05 20:01", "helpline", notice))
        rows.append((f"C{k}", "2022-10-06 11:00", "helpline", f"Dear Sam,\nOwn words {'x' * k}."))
    return talk(["2022-10-05 20:00"] * cases, rows)


def test_automatic_answers_are_passed_over_and_counted() -> None:
    frame = reply_times(automatic(5), STUDY)
    assert frame["working_hours"].tolist() == [1.0] * 5
    assert frame["automatic"].tolist() == [1] * 5
    assert reply_summary(frame, STUDY)["automatic"].tolist() == [5]


def test_a_quick_answer_in_words_of_its_own_is_a_reply() -> None:
    frame = reply_times(automatic(4), STUDY)  # too few to know that a machine wrote it
    assert frame["automatic"].sum() == 0
    assert frame["working_hours"].tolist() == [0.0] * 4


def test_the_same_words_sent_later_are_a_reply() -> None:
    rows = [(f"C{k}", "2022-10-05 12:00", "helpline", "Please see our guide.") for k in range(9)]
    frame = reply_times(talk(["2022-10-05 11:00"] * 9, rows), STUDY)
    assert (frame["working_hours"] == 1).all()


def test_the_order_of_rows_does_not_matter() -> None:
    log = automatic(7)
    turned = replace(log, cases=log.cases[::-1], messages=log.messages[::-1])
    frame = reply_times(log, STUDY)
    other = reply_times(turned, STUDY).sort_values("case_id").reset_index(drop=True)
    pd.testing.assert_frame_equal(frame.sort_values("case_id").reset_index(drop=True), other)


def test_the_summary_gives_quartiles_and_the_share_within_the_aim() -> None:
    log = waits([0.5, 1, 1, 2, 2.5, 3, 3.5, 4, 5, 5.5])
    extra = pd.concat([log.cases, log.cases.assign(case_id=[f"N{k}" for k in range(10)])])
    row = reply_summary(reply_times(replace(log, cases=extra), STUDY), STUDY).iloc[0]
    assert (row["cases"], row["base"], row["no_reply"]) == (20, 10, 10)
    assert (row["quarter"], row["median"], row["three_quarters"]) == (1, 2.5, 4)
    assert (row["median_low"], row["median_high"]) == (1, 5)  # 2nd and 9th of 10 (Conover)
    assert (row["n"], row["share"]) == (6, 0.6)
    assert row["low"] == pytest.approx(0.3127, abs=1e-4)
    assert (row["least"], row["most"]) == (0.3, 0.8)


def test_a_wait_of_just_the_aim_is_within_it() -> None:
    arrived = [f"2022-10-0{day} 15:{minute:02}" for day in (3, 4, 5) for minute in range(60)]
    sent = [f"2022-10-0{day} 12:{minute:02}" for day in (4, 5, 6) for minute in range(60)]
    rows = [(f"C{k}", when, "helpline", f"t {'y' * k}") for k, when in enumerate(sent)]
    assert reply_summary(reply_times(talk(arrived, rows), STUDY), STUDY)["share"].tolist() == [1]


def test_groups_come_from_any_field() -> None:
    frame = reply_times(waits([1, 2, 4]), STUDY)
    routes = pd.DataFrame({"case_id": ["C0", "C1", "C2", "C2"], "label": ["a", "a", "a", "b"]})
    found = reply_summary(frame, STUDY, by=routes).set_index("group")
    assert found["base"].to_dict() == {"a": 3, "b": 1}
    assert found["n"].to_dict() == {"a": 2, "b": 0}
    assert np.isnan(found.loc["b", "median_low"])


def test_without_an_aim_there_is_no_share() -> None:
    study = make_years(hours=HOURS.model_copy(update={"reply_within": None}))
    row = reply_summary(reply_times(waits([1, 2]), study), study).iloc[0]
    assert row["median"] == 1
    assert row[["n", "share", "least", "most"]].isna().all()


def test_the_curve_rises_to_one_and_meets_the_summary_at_the_aim() -> None:
    log = waits([0.1, 1, 2.9, 3, 3.1, 5.9])
    frame = reply_times(log, STUDY)
    curve = reply_curve(frame, STUDY)
    assert curve["n"].is_monotonic_increasing
    assert curve["share"].iloc[-1] == 1
    at_aim = curve.loc[curve["hours"] == 3, "n"].item()
    assert at_aim == reply_summary(frame, STUDY)["n"].item() == 4
    odd = make_years(hours=HOURS.model_copy(update={"reply_within": 3.1}))
    assert (reply_curve(frame, odd)["hours"] == 3.1).sum() == 1


def test_protection_hides_the_hours_of_a_few() -> None:
    summary = reply_summary(reply_times(waits([1, 2, 4]), STUDY), STUDY)
    safe = protect_replies(summary, rule=Disclosure()).iloc[0]
    assert safe[["n", "base", "median", "quarter_low", "share", "least"]].isna().all()
    many = reply_summary(reply_times(waits([1.0] * 21 + [5.0] * 21), STUDY), STUDY)
    kept = protect_replies(many, rule=Disclosure()).iloc[0]
    assert (kept["n"], kept["base"], kept["share"]) == (20, 40, 0.5)
    assert (kept["median"], kept["median_low"]) == (1, 1)


def test_a_log_without_replies_of_staff_is_refused_without_names() -> None:
    log = talk(["2022-10-05 11:00"], [("C0", "2022-10-05 12:00", "Anna Example", "Hello")])
    with pytest.raises(WorkbenchError, match=r"None of the 1 messages is by helpline") as caught:
        reply_times(log, STUDY)
    assert "Anna" not in str(caught.value)
    with pytest.raises(WorkbenchError, match=r"\[hours\]"):
        reply_times(log, make_years(hours=None))


def test_periods_stand_in_order() -> None:
    log = talk(
        ["2022-10-05 11:00", "2023-10-04 11:00"],
        [
            ("C0", "2022-10-05 12:00", "helpline", "a"),
            ("C1", "2023-10-04 12:00", "helpline", "b"),
        ],
    )
    frame = reply_times(log, STUDY)
    for rows in (frame, frame[::-1]):
        assert reply_summary(rows, STUDY)["group"].tolist() == [FIRST, SECOND]
