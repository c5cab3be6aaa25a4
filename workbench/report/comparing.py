"""Tables of comparisons: fields between periods and groups, each as one family, and the mix."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.compare.composition import protect_standardised, standardise
from workbench.compare.mix import mix_change
from workbench.compare.rest import compare_with_rest, protect_rest
from workbench.compare.shares import (
    compare_fields,
    coverage,
    protect_shares,
    schemes_differ,
    shares,
)
from workbench.privacy.disclosure import protect_counts, protect_table
from workbench.study import Comparison, Study

if TYPE_CHECKING:
    import pandas as pd

SHARES, GROUPS, MIX, EQUAL_MIX, REST = "shares", "groups", "mix", "equal-mix", "rest"

MOST_GROUPS = 25
"""A field of more labels than this, such as a county, is no grouping to look through."""


def comparison_tables(
    log: CaseLog, study: Study, *, fields: Sequence[str], found: Collection[str]
) -> dict[str, pd.DataFrame]:
    """Tables of ``fields`` under the study's disclosure rule; ``found`` are those of all cases.

    ``shares/FIELD`` by period and ``coverage/FIELD``; ``groups/N/PERIOD/FIELD`` for each
    comparison of the study; ``equal-mix/FIELD`` and ``mix``, where the study names fields to
    standardise by; ``rest/PERIOD``, every grouping against all other cases of the last period.
    All fields of one comparison are one family, for which p is corrected.
    """
    rule = study.disclosure
    tables: dict[str, pd.DataFrame] = {}
    for name, frame in _by_period(log, fields, found).items():
        tables[f"{SHARES}/{name}"] = protect_shares(frame, rule=rule)
        gaps = coverage(log, name, by="period")
        counts = ("cases", "recorded", "missing")
        tables[f"coverage/{name}"] = protect_table(gaps, rule=rule, counts=counts)
    for number, comparison in enumerate(study.comparisons, start=1):
        for period in periods_compared(log, comparison):
            part = log.in_period(period) if period else log
            asked = comparison.fields or tuple(fields)
            names = [name for name in asked if name in fields and name != comparison.by]
            whole = compare_fields(
                part, names, by=comparison.by, groups=comparison.groups, of_all=found
            )
            for name, frame in _split(whole).items():
                key = f"{GROUPS}/{number}/{period or 'all'}/{name}"
                tables[key] = protect_shares(frame, rule=rule)
    return {
        **tables,
        **_at_equal_mix(log, study, fields, found),
        **_against_rest(log, study, fields, found),
    }


def periods_compared(log: CaseLog, comparison: Comparison) -> list[str | None]:
    """The periods in which both groups have cases."""
    wanted = [comparison.period] if comparison.period else log.periods
    return [
        name
        for name in wanted
        if set(comparison.groups) <= set(log.in_period(name).membership(comparison.by)["label"])
    ]


def _by_period(
    log: CaseLog, fields: Sequence[str], found: Collection[str]
) -> dict[str, pd.DataFrame]:
    if len(log.periods) > 1:
        return _split(compare_fields(log, fields, by="period", of_all=found))
    return {name: shares(log, name, base="all" if name in found else "recorded") for name in fields}


def _split(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """A frame of several fields as one frame a field."""
    return {
        str(name): part.drop(columns="field").reset_index(drop=True)
        for name, part in frame.groupby("field", sort=False)
    }


def _at_equal_mix(
    log: CaseLog, study: Study, fields: Sequence[str], found: Collection[str]
) -> dict[str, pd.DataFrame]:
    """The last two periods at an equal mix of what the study standardises by, and how it moved."""
    pair = study.two_periods
    within = [name for name in study.standardise if name in fields]
    if pair is None or not within or not set(pair) <= set(log.periods):
        return {}
    tables = {MIX: _protect_mix(mix_change(log, within, by="period", groups=pair), study)}
    for name in fields:
        if name in within or schemes_differ(log, name):
            continue
        frame = standardise(
            log,
            name,
            by="period",
            within=within,
            groups=pair,
            base="all" if name in found else "recorded",
        )
        if frame["raw_difference"].notna().any():
            tables[f"{EQUAL_MIX}/{name}"] = protect_standardised(frame, rule=study.disclosure)
    return tables


def _protect_mix(frame: pd.DataFrame, study: Study) -> pd.DataFrame:
    """The bases rounded, warnings without their figures, distances too coarse to count from."""
    if study.disclosure.exempt:
        return frame
    names = [study.fields[name].label for name in frame["field"]]
    warned = frame["warning"] != ""
    plain = [
        f"The mix by {name} differs." if w else "" for name, w in zip(names, warned, strict=True)
    ]
    counts = ("base", "reference_base")
    safe = {name: protect_counts(frame[name], rule=study.disclosure) for name in counts}
    coarse = {"distance": 2, "p": 3, "p_adjusted": 3}
    coarse |= dict.fromkeys(("cramers_v", "cramers_low", "cramers_high"), 2)
    rounded = {name: frame[name].round(digits) for name, digits in coarse.items()}
    return frame.assign(warning=plain, **safe, **rounded)


def _against_rest(
    log: CaseLog, study: Study, fields: Sequence[str], found: Collection[str]
) -> dict[str, pd.DataFrame]:
    """Every group of every grouping against all others, for what the comparisons ask of."""
    asked = {name for comparison in study.comparisons for name in comparison.fields}
    targets = [name for name in fields if name in (asked or found)]
    period = log.periods[-1]
    part = log.in_period(period)
    # Categories are given for what is written: to group by them would only say it twice.
    plain = [name for name in fields if name not in found and study.fields[name].scheme is None]
    groupings = [
        name for name in plain if 1 < part.membership(name)["label"].nunique() <= MOST_GROUPS
    ]
    frame = compare_with_rest(part, targets, by=groupings, of_all=found)
    if frame.empty:
        return {}
    return {f"{REST}/{period}": protect_rest(frame, rule=study.disclosure)}
