"""Tables of comparisons: fields between periods and groups, each as one family, and the mix."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from workbench.cases.log import CaseLog
from workbench.compare.composition import protect_standardised, standardise
from workbench.compare.intervals import adjust
from workbench.compare.mix import mix_change
from workbench.compare.rest import compare_with_rest, protect_rest
from workbench.compare.say import CLEAR, say
from workbench.compare.say_composition import NOT_AT_EQUAL_MIX
from workbench.compare.shares import (
    Base,
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
    for name, frame in _by_period(log, study, fields, found).items():
        tables[f"{SHARES}/{name}"] = frame
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
            # Protected as one, since what is computed anew is one family still.
            for name, frame in _split(protect_shares(whole, rule=rule)).items():
                tables[f"{GROUPS}/{number}/{period or 'all'}/{name}"] = frame
    return {
        **tables,
        **_at_equal_mix(log, study, fields, found, tables),
        **_against_rest(log, study, fields, found),
    }


def unclear_at_equal_mix(tables: Mapping[str, pd.DataFrame], field: str) -> frozenset[str]:
    """The labels of ``field`` that changed clearly, but not where both periods are made up alike.

    ``tables`` are those of `comparison_tables`. None where the mix of the cases hardly moved, and
    none of those that could not be compared at an equal mix.
    """
    equal = tables.get(f"{EQUAL_MIX}/{field}")
    if equal is None or not mix_moved(tables):
        return frozenset()
    known = equal[equal["raw_difference"].notna() & equal["standardised_difference"].notna()]
    turned = (known["raw_difference"] > 0) != (known["standardised_difference"] > 0)
    lost = (known["raw_p_adjusted"] < CLEAR) & (~(known["p_adjusted"] < CLEAR) | turned)
    return frozenset(known.loc[lost, "label"])


def say_at_mix(row: pd.Series[Any], unclear: Collection[str]) -> str:
    """``compare.say``, and for labels in ``unclear`` that the mix of the cases may be all of it."""
    lost = str(row["label"]) in unclear
    return f"{say(row)} The change is {NOT_AT_EQUAL_MIX} of the cases." if lost else say(row)


def mix_moved(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Whether the make-up of the cases differs between the periods, enough to move shares."""
    mix = tables.get(MIX)
    return mix is not None and bool((mix["warning"] != "").any())


def periods_compared(log: CaseLog, comparison: Comparison) -> list[str | None]:
    """The periods in which both groups have cases."""
    wanted = [comparison.period] if comparison.period else log.periods
    return [
        name
        for name in wanted
        if set(comparison.groups) <= set(log.in_period(name).membership(comparison.by)["label"])
    ]


def _by_period(
    log: CaseLog, study: Study, fields: Sequence[str], found: Collection[str]
) -> dict[str, pd.DataFrame]:
    """The protected shares of each field, those of several periods compared as one family."""
    rule = study.disclosure
    if len(log.periods) > 1:
        whole = compare_fields(log, fields, by="period", of_all=found)
        return _split(protect_shares(whole, rule=rule))
    plain = {name: shares(log, name, base=_base(name, found)) for name in fields}
    return {name: protect_shares(frame, rule=rule) for name, frame in plain.items()}


def _base(name: str, found: Collection[str]) -> Base:
    return "all" if name in found else "recorded"


def _split(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """A frame of several fields as one frame a field."""
    return {
        str(name): part.drop(columns="field").reset_index(drop=True)
        for name, part in frame.groupby("field", sort=False)
    }


def _at_equal_mix(
    log: CaseLog,
    study: Study,
    fields: Sequence[str],
    found: Collection[str],
    tables: Mapping[str, pd.DataFrame],
) -> dict[str, pd.DataFrame]:
    """The last two periods at an equal mix of what the study standardises by, and how it moved.

    All fields are one family, as in ``tables``, from which the p of plain shares are taken: the
    two then differ by the mix, not by how many comparisons were allowed for.
    """
    pair = study.two_periods
    within = [name for name in study.standardise if name in fields]
    if pair is None or not within or not set(pair) <= set(log.periods):
        return {}
    import pandas as pd

    made = {MIX: _protect_mix(mix_change(log, within, by="period", groups=pair), study)}
    names = [name for name in fields if name not in within and not schemes_differ(log, name)]
    asked: dict[str, Any] = {"by": "period", "within": within, "groups": pair}
    frames = [standardise(log, name, base=_base(name, found), **asked) for name in names]
    whole = [frame["p"] for frame in frames] or [pd.Series(dtype="float64")]
    adjusted = adjust(pd.concat(whole))
    ends = list(accumulate(map(len, frames)))
    for name, frame, end in zip(names, frames, ends, strict=True):
        if not frame["raw_difference"].notna().any():
            continue
        family = frame.assign(p_adjusted=adjusted[end - len(frame) : end])
        safe = protect_standardised(family, rule=study.disclosure)
        if set(pair) == set(log.periods):
            safe = _with_raw(safe, tables[f"{SHARES}/{name}"])
        made[f"{EQUAL_MIX}/{name}"] = safe
    return made


def _with_raw(equal: pd.DataFrame, plain: pd.DataFrame) -> pd.DataFrame:
    """A standardised frame with the adjusted p of the plain shares, row by row."""
    known = plain[["label", "group", "p_adjusted"]].rename(columns={"p_adjusted": "raw_p_adjusted"})
    both = equal.drop(columns="raw_p_adjusted").merge(known, on=["label", "group"], how="left")
    return both[list(equal.columns)]


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
    frame = compare_with_rest(part, targets, by=groupings, of_all=found, alike=study.alike)
    if frame.empty:
        return {}
    return {f"{REST}/{period}": protect_rest(frame, rule=study.disclosure)}
