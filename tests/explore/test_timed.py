"""Stretches of time and replies as tables; a short series is refused in words, not by error."""

from __future__ import annotations

import pandas as pd

from tests.compare.years import log_of_days, make_years
from tests.explore.test_show import rows
from workbench.compare.turns import LEAST_WEEKS
from workbench.explore.timed import replies, turns
from workbench.study import Calendar, Span


def drop(day: pd.Timestamp) -> int:
    return 0 if day.day_of_week > 4 else 6 if day < pd.Timestamp("2023-05-01") else 2


def test_stretches_lose_no_case_and_say_that_they_are_no_finding():
    log = log_of_days(drop)
    shown = turns(log, make_years())
    first, second = rows(shown)[1:]
    assert first[3:] == ["6.0", "–"]
    assert second[0] == "01/05/2023"
    assert second[3:] == ["2.0", "0.33"]
    assert "Exploration only" in shown._repr_html_()


def test_a_short_series_is_refused_in_words():
    days = make_years().periods
    terms = tuple(
        Span(name=f"Term {at}", start=p.start.replace(day=5), end=p.start.replace(day=30))
        for at, p in enumerate(days)
    )
    log = log_of_days(lambda day: 1)
    said = repr(turns(log, make_years(Calendar(terms=terms))))
    assert f"{LEAST_WEEKS} school weeks" in said


def summary(aim: float) -> pd.DataFrame:
    waits = {"median": [1.25], "three_quarters": [3.0], "aim": [aim]}
    shares = {"share": [0.5], "low": [0.4], "high": [0.6]}
    return pd.DataFrame({"group": ["<b>"], "cases": [1200], "no_reply": [7], **waits, **shares})


def test_replies_with_and_without_an_aim():
    shown = replies(summary(3.0))
    assert rows(shown)[0][-1] == "Within 3 hours"
    assert rows(shown)[1] == ["<b>", "1,200", "7", "1.2", "3.0", "50.0% (40.0% to 60.0%)"]
    assert "<b></td>" not in shown._repr_html_()
    assert rows(replies(summary(float("nan"))))[0][-1] == "Three in four after"
