"""A regression of monthly cases: what period, season and known events have to do with the rate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from workbench.cases.log import CaseLog
from workbench.compare.poisson import RateFit, fit_rates
from workbench.compare.rates import term_time
from workbench.compare.seasons import events_between
from workbench.errors import WorkbenchError
from workbench.study import Study

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

Season = Literal["term", "month"]

LEAST_MONTHS = 18
"""Months of term that a model needs: fewer tell too little of how much months vary."""

LEAST_CASES = 10
"""Cases that each period, season and event needs for its ratio to mean anything."""

LEAST_LEFT = 8
"""Degrees of freedom that must be left to tell how much months vary."""

YEAR = re.compile(r"\b(?:19|20)\d\d(?:\s*[-/–]\s*\d{2,4})?\b")

COLUMNS = ("kind", "label", "reference", "months", "n", "days", "ratio", "low", "high", "p")


@dataclass(frozen=True)
class _Effect:
    """One ratio to estimate: ``where`` is 1 in the months that have it, 0 in all others."""

    kind: str
    label: str
    reference: str
    where: NDArray[np.float64]


def model_months(
    log: CaseLog, study: Study, *, season: Season = "term", events: bool = True
) -> pd.DataFrame:
    """How the rate per school day goes with the period, the season and known events.

    A quasi-Poisson regression of the cases of term time, month by month (a month in which two
    terms meet is two), with the logarithm of the school days as exposure; months of holidays
    have no share in it. ``season`` is the term, or the month of the year: that takes up more of
    what recurs each year, at the price of more ratios to estimate. An event takes the month in
    which it fell; ``events=False`` leaves events out.

    One row a ratio: kind ("Period", "Term" or "Month", "Event"), label, reference (what it is
    compared with), months, n and days (of that label), ratio of the rates with its 95% interval
    low and high, and p; then, alike in all rows, dispersion (1 = months vary as chance would have
    it), overdispersed (p of the chi-squared test of that), df and note.

    Raises ``WorkbenchError`` for a short series (``LEAST_MONTHS``), too few cases in a period,
    season or event (``LEAST_CASES``), or parts that cannot be told apart.
    """
    months = _months(log, study, season=season)
    _check_length(months)
    effects = [
        *_effects(months, "Period", "period"),
        *_effects(months, season.capitalize(), "season"),
    ]
    effects += _events(months) if events else []
    _check_cases(effects, months)
    design = np.column_stack([np.ones(len(months)), *(effect.where for effect in effects)])
    _check_design(design)
    return _table(effects, months, fit_rates(months["n"], months["days"], design))


def season_of(term: str) -> str:
    """The name of a term without its year: ``Autumn`` for ``Autumn 2022``."""
    return " ".join(YEAR.sub(" ", term).split()).strip(" ,:-–/") or term


def _months(log: CaseLog, study: Study, *, season: Season) -> pd.DataFrame:
    """period, month, season, n and days of each month of term with a school day; and event."""
    import pandas as pd

    days = term_time(log, study)
    days = days[days["teaching"]]
    named = days["term"].map(season_of) if season == "term" else days["day"].dt.strftime("%B")
    days = days.assign(season=named)
    grouped = days.groupby(["period", "month", "season"], sort=False, as_index=False)
    months = grouped.agg(n=("taught", "sum"), days=("school", "sum"))
    months = months[months["days"] > 0].reset_index(drop=True)
    ends = months["month"] + pd.offsets.MonthEnd(1)
    months["event"] = [
        events_between(study.calendar.events, first.date(), last.date())
        for first, last in zip(months["month"], ends, strict=True)
    ]
    return months


def _effects(months: pd.DataFrame, kind: str, column: str) -> list[_Effect]:
    """Each value of ``column`` but the first, against the first."""
    first, *others = months[column].unique()
    return [_Effect(kind, str(name), str(first), _ones(months[column] == name)) for name in others]


def _events(months: pd.DataFrame) -> list[_Effect]:
    """What happened in each month in which something did, against all other months."""
    happened = months.loc[months["event"] != "", ["month", "event"]].drop_duplicates()
    return [
        _Effect(
            "Event", f"{event} ({month:%B %Y})", "other months", _ones(months["month"] == month)
        )
        for month, event in zip(happened["month"], happened["event"], strict=True)
    ]


def _ones(flags: pd.Series[bool]) -> NDArray[np.float64]:
    return flags.to_numpy().astype(np.float64)


def _check_length(months: pd.DataFrame) -> None:
    found = months["month"].nunique()
    if found < LEAST_MONTHS:
        raise WorkbenchError(
            f"A model of months needs at least {LEAST_MONTHS} months of term; this study has "
            f"{found}. Compare the rates of its periods or terms instead."
        )


def _check_cases(effects: list[_Effect], months: pd.DataFrame) -> None:
    counts = months["n"].to_numpy()
    sums = {(effect.kind, effect.label): int(counts @ effect.where) for effect in effects}
    for kind, column in (("Period", "period"), ("Season", "season")):
        first = months[column].iloc[0]
        sums[kind, first] = int(counts[months[column].eq(first).to_numpy()].sum())
    for (kind, label), n in sums.items():
        if n < LEAST_CASES:
            mend = (
                "Leave events out with events=False."
                if kind == "Event"
                else "Compare the rates of periods or terms instead."
            )
            raise WorkbenchError(
                f"{kind} '{label}' has fewer than {LEAST_CASES} cases in term time, too few for a "
                f"model of months. {mend}"
            )


def _check_design(design: NDArray[np.float64]) -> None:
    months, columns = design.shape
    if np.linalg.matrix_rank(design) < columns:
        raise WorkbenchError(
            "The months do not tell periods, seasons and events apart. Name terms in study.toml "
            "alike in each period, such as 'Autumn 2022' and 'Autumn 2023'; or leave events out "
            "with events=False."
        )
    if months - columns < LEAST_LEFT:
        raise WorkbenchError(
            f"{months} months are too few for the ratios of {columns - 1} periods, seasons and "
            "events. Take terms for seasons, or leave events out with events=False."
        )


def _table(effects: list[_Effect], months: pd.DataFrame, fit: RateFit) -> pd.DataFrame:
    import pandas as pd

    counts, days = months["n"].to_numpy(), months["days"].to_numpy()
    rows = []
    for column, effect in enumerate(effects, start=1):
        found = fit.ratio(column)
        names = (effect.kind, effect.label, effect.reference)
        sizes = (int(total @ effect.where) for total in (np.ones(len(counts)), counts, days))
        rows.append((*names, *sizes, found.ratio, found.low, found.high, found.p))
    return pd.DataFrame(rows, columns=pd.Index(COLUMNS)).assign(
        dispersion=fit.dispersion,
        overdispersed=fit.overdispersed,
        df=fit.df,
        note=_note(fit),
    )


def _note(fit: RateFit) -> str:
    if fit.dispersion <= 1:
        return "months vary no more than chance (Poisson), with intervals by t"
    return (
        f"months vary {fit.dispersion:.1f} times as much as chance, which the intervals allow for "
        "(quasi-Poisson)"
    )
