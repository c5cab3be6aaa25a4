"""The model of months finds what was planted and refuses what it cannot carry."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.compare.years import CALENDAR, SECOND, log_of_days, make_years
from workbench.cases.log import CaseLog
from workbench.compare.month_model import model_months, season_of
from workbench.errors import WorkbenchError
from workbench.study import Calendar


def planted(day: pd.Timestamp) -> int:
    """Eight cases a weekday, in the second year twelve; in spring half as many again."""
    cases = 8 if day < pd.Timestamp("2023-09-01") else 12
    return 0 if day.day_of_week > 4 else cases * (3 if day.month in (1, 2, 3) else 2) // 2


@pytest.fixture(scope="module")
def steady() -> CaseLog:
    return log_of_days(planted)


def test_the_planted_ratios_are_found(steady: CaseLog) -> None:
    frame = model_months(steady, make_years(), events=False).set_index("label")
    assert frame.loc[SECOND, "ratio"] == pytest.approx(1.5)
    assert frame.loc["Spring", "ratio"] == pytest.approx(1.5)
    assert frame.loc["Summer", "ratio"] == pytest.approx(1)
    assert frame.loc["Summer", "low"] < 1 < frame.loc["Summer", "high"]
    assert frame["kind"].tolist() == ["Period", "Term", "Term"]
    assert (frame["reference"] == ["2022-23", "Autumn", "Autumn"]).all()
    assert (frame["dispersion"] < 0.1).all()
    assert frame.loc["Spring", "months"] == 6


def test_an_event_takes_up_its_month(steady: CaseLog) -> None:
    frame = model_months(steady, make_years()).set_index("kind")
    event = frame.loc["Event"]
    assert event["label"] == "Press coverage (March 2023)"
    assert event["months"] == 1
    assert event["low"] < 1 < event["high"]
    assert len(frame) == 4


def test_months_of_the_year_can_stand_for_the_season(steady: CaseLog) -> None:
    frame = model_months(steady, make_years(), season="month", events=False)
    assert frame["kind"].tolist() == ["Period", *["Month"] * 10]
    assert frame["label"].tolist()[1:3] == ["October", "November"]
    assert frame.set_index("label").loc["March", "ratio"] == pytest.approx(1.5)


def test_holidays_have_no_share_in_it(steady: CaseLog) -> None:
    busy = pd.concat([steady.cases] * 2, ignore_index=True)
    busy["case_id"] = [f"B{number}" for number in range(len(busy))]
    summer = busy["date"].dt.month.eq(8) | busy.index.to_series().lt(len(steady))
    log = CaseLog(busy[summer], steady.labels, *[steady.messages] * 2, steady.problems, {})
    same = model_months(log, make_years(), events=False)
    assert same["ratio"].tolist() == pytest.approx(
        model_months(steady, make_years(), events=False)["ratio"].tolist()
    )


def test_intervals_widen_where_months_vary() -> None:
    dice = np.random.default_rng(5)
    burst = dice.gamma(4, 1 / 4, 12)

    def bursting(day: pd.Timestamp) -> int:
        factor = burst[day.month - 1] if day < pd.Timestamp("2023-09-01") else 1
        return round(planted(day) * factor)

    frame = model_months(log_of_days(bursting), make_years(), events=False)
    calm = model_months(log_of_days(planted), make_years(), events=False)
    assert frame["dispersion"].iloc[0] > 2
    assert frame["overdispersed"].iloc[0] < 0.001
    assert "times as much as chance" in frame["note"].iloc[0]
    wide, narrow = (np.log(f["high"] / f["low"]).iloc[0] for f in (frame, calm))
    assert wide > 1.3 * narrow


def test_a_short_series_is_refused_with_what_to_do_instead() -> None:
    one_year = log_of_days(lambda day: planted(day) * (day < pd.Timestamp("2023-09-01")))
    with pytest.raises(WorkbenchError, match=r"18 months.*Compare the rates"):
        model_months(one_year, make_years())


def test_too_few_cases_are_refused() -> None:
    def seldom_later(day: pd.Timestamp) -> int:
        later = day >= pd.Timestamp("2023-09-01")
        return int(day.day == 5 and day.month < 8) if later else planted(day)

    with pytest.raises(WorkbenchError, match=f"'{SECOND}' has fewer than 10 cases"):
        model_months(log_of_days(seldom_later), make_years())


def test_terms_that_do_not_recur_are_refused(steady: CaseLog) -> None:
    terms = tuple(
        term.model_copy(update={"name": f"Block {place}"})
        for place, term in enumerate(CALENDAR.terms)
    )
    with pytest.raises(WorkbenchError, match="alike in each period"):
        model_months(steady, make_years(Calendar(terms=terms)), events=False)


@pytest.mark.parametrize(
    ("term", "season"),
    [
        ("Autumn 2022", "Autumn"),
        ("2022/23 Autumn", "Autumn"),
        ("Spring, 2023-24", "Spring"),
        ("Autumn 1", "Autumn 1"),
        ("2022-23", "2022-23"),
    ],
)
def test_a_term_is_known_without_its_year(term: str, season: str) -> None:
    assert season_of(term) == season
