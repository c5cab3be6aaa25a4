"""How long enquirers waited for a first reply, in staffed hours and by the clock."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from workbench.cases.log import CaseLog
from workbench.compare.arrivals import has_time
from workbench.compare.hours import staffed_hours, working_hours
from workbench.compare.intervals import LEVEL, share, wilson
from workbench.errors import WorkbenchError
from workbench.privacy.disclosure import protect_table
from workbench.study import Disclosure, Study

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

REPLIED, NO_REPLY, NO_TIME = "replied", "no reply recorded", "time not recorded"
"""What is known of a case's first reply."""

AT_ONCE = 5
"""Minutes within which an automatic answer goes out."""

SENT_OFTEN = 5
"""A wording that went out at once to so many cases was not written by a person each time."""

LONGEST = 12
"""Staffed hours that a curve of replies shows at least."""

MOST_GREETING = 6
"""Words that a greeting in a line of its own has at most."""

_NAMES = {"quarter": 0.25, "median": 0.5, "three_quarters": 0.75}


def reply_times(log: CaseLog, study: Study) -> pd.DataFrame:
    """When each case was first answered, and how long that took: one row a case, in their order.

    Columns: case_id, period, arrived, replied (the first message by ``study.messages.staff``
    after the enquiry), working_hours (staffed hours between the two; for what came outside of
    them they begin at the next opening), clock_hours, automatic (how many automatic answers were
    passed over: those of ``find_automatic``), state: "replied", "no reply recorded", or "time not
    recorded" where the record of enquiry or reply has a date and no time. Hours are missing
    unless replied. Raises ``WorkbenchError`` where the study gives no hours or no message is by
    its staff.
    """
    import pandas as pd

    hours = staffed_hours(study)
    sent = _staff_messages(log, study)
    passed = find_automatic(sent, log.messages["text"])
    first = sent[~passed].drop_duplicates("case").set_index("case")["sent"]
    automatic = sent.loc[passed, "case"].value_counts()
    cases = log.cases[["case_id", "period"]].reset_index(drop=True)
    arrived = log.cases["date"].reset_index(drop=True)
    replied = first.reindex(cases.index)
    known = has_time(arrived) & has_time(replied)
    waited = pd.Series(working_hours(arrived, replied, hours), index=cases.index)
    state = np.where(known, REPLIED, np.where(replied.isna(), NO_REPLY, NO_TIME))
    return cases.assign(
        arrived=arrived,
        replied=replied,
        working_hours=waited.where(known),
        clock_hours=((replied - arrived).dt.total_seconds() / 3600).where(known),
        automatic=automatic.reindex(cases.index, fill_value=0),
        state=pd.Series(state, index=cases.index, dtype="str"),
    )


def find_automatic(sent: pd.DataFrame, texts: pd.Series[str]) -> pd.Series[bool]:
    """Which messages a machine sent: those at once, in a wording that went so to many cases.

    ``sent`` has case, arrived and sent; ``texts`` shares its index and may hold more. At once
    is within ``AT_ONCE`` minutes of the enquiry, many is ``SENT_OFTEN``; a greeting in a line of
    its own and numbers are left out of account.
    """
    import pandas as pd

    minutes = (sent["sent"] - sent["arrived"]).dt.total_seconds() / 60
    quick = sent.index[minutes.between(0, AT_ONCE)]
    wording = texts.loc[quick].dropna().map(_wording)
    cases = sent["case"].loc[wording.index].groupby(wording).transform("nunique")
    return pd.Series(sent.index.isin(cases.index[cases >= SENT_OFTEN]), index=sent.index)


def reply_summary(
    frame: pd.DataFrame, study: Study, *, by: pd.DataFrame | None = None
) -> pd.DataFrame:
    """How long a first reply took in each period, or in each group of ``by``.

    ``frame`` is that of ``reply_times``; ``by`` says who is in which group, as
    ``log.membership("route")`` gives it. Columns: group; cases = base (replied, with times) +
    no_reply + no_time; automatic (cases that had an automatic answer, which does not count);
    quarter, median and three_quarters (staffed hours within which so many had their reply), each
    with the ends of its 95% interval (median_low, median_high, ...); aim (hours); n (replied
    within it), share (n / base) with its Wilson interval low and high; least and most (the share
    of all cases if of those without a known time none or all were within it). What needs an aim
    is missing without one. Raises ``WorkbenchError`` where the study gives no hours.
    """
    import pandas as pd

    aim = staffed_hours(study).reply_within
    groups = _grouped(frame, by)
    rows = []
    for group, part in groups.groupby("group", sort=False):
        waited = np.sort(part["working_hours"].dropna().to_numpy())
        states = part["state"].value_counts()
        within = int((waited <= aim).sum()) if aim is not None else pd.NA
        rows.append(
            {
                "group": group,
                "cases": len(part),
                "base": len(waited),
                "no_reply": int(states.get(NO_REPLY, 0)),
                "no_time": int(states.get(NO_TIME, 0)),
                "automatic": int((part["automatic"] > 0).sum()),
                **_quartiles(waited),
                "aim": aim if aim is not None else np.nan,
                "n": within,
            }
        )
    return _with_shares(pd.DataFrame(rows).astype({"n": "Int64"}))


def reply_curve(
    frame: pd.DataFrame, study: Study, *, by: pd.DataFrame | None = None, step: float = 0.25
) -> pd.DataFrame:
    """The share replied to within each number of staffed hours, in each period or group of ``by``.

    ``frame`` is that of ``reply_times``. Columns: group, hours (0, ``step``, ... up to
    ``LONGEST`` or twice the aim, with the aim itself), n, base (replied, with times), share
    (n / base) with its Wilson interval low and high. Raises ``WorkbenchError`` where the study
    gives no hours.
    """
    import pandas as pd

    aim = staffed_hours(study).reply_within or 0.0
    until = max(LONGEST, 2 * aim)
    at = np.unique([aim, *np.arange(0, until + step / 2, step)])
    parts = []
    for group, part in _grouped(frame, by).groupby("group", sort=False):
        waited = np.sort(part["working_hours"].dropna().to_numpy())
        n = np.searchsorted(waited, at, side="right")
        parts.append(pd.DataFrame({"group": group, "hours": at, "n": n, "base": len(waited)}))
    curve = pd.concat(parts, ignore_index=True)
    low, high = wilson(curve["n"], curve["base"])
    return curve.assign(share=share(curve["n"], curve["base"]), low=low, high=high)


def protect_replies(frame: pd.DataFrame, *, rule: Disclosure) -> pd.DataFrame:
    """A frame of ``reply_summary`` under disclosure control, shares anew from what is left.

    The hours of a group of which ``base`` is hidden are missing too.
    """
    if rule.exempt:
        return frame.copy()
    counts = ("n", "base", "cases", "no_reply", "no_time", "automatic")
    safe = protect_table(frame, rule=rule, counts=counts)
    waits = [f"{name}{end}" for name in _NAMES for end in ("", "_low", "_high")]
    safe[waits] = frame[waits].where(safe["base"].notna())
    return _with_shares(safe)


def _staff_messages(log: CaseLog, study: Study) -> pd.DataFrame:
    """The staff's messages after the enquiry, first one first, with their index in the log.

    Columns: case (its row in the log's cases), sent, arrived. Where either has no time of day,
    messages of the same day count as after.
    """
    import pandas as pd

    staff = study.messages.staff
    theirs = log.messages.loc[log.messages["author"].isin(staff), ["case_id", "sent"]]
    if not len(theirs):
        raise WorkbenchError(
            f"None of the {len(log.messages):,} messages is by {' or '.join(staff)}, so no reply "
            "can be timed. Name those who answer in [messages] staff of study.toml, as the column "
            "of authors does."
        )
    case = pd.Index(log.cases["case_id"]).get_indexer(pd.Index(theirs["case_id"]))
    sent = theirs[["sent"]].assign(case=case)[case >= 0]
    sent = sent.assign(arrived=log.cases["date"].to_numpy()[sent["case"]])
    day = sent["sent"].dt.normalize() >= sent["arrived"].dt.normalize()
    exact = has_time(sent["sent"]) & has_time(sent["arrived"])
    after = day & (~exact | (sent["sent"] >= sent["arrived"]))
    ordered: pd.DataFrame = sent[after].sort_values("sent", kind="stable")
    return ordered


def _wording(text: str) -> str:
    """A text as it would stand in every message made of one template."""
    first, _, rest = text.strip().partition("\n")
    body = rest if rest.strip() and len(first.split()) <= MOST_GREETING else text
    return " ".join(re.sub(r"\d+", "0", body).casefold().split())


def _grouped(frame: pd.DataFrame, by: pd.DataFrame | None) -> pd.DataFrame:
    """``frame`` with the column group; a case of several groups stands in each."""
    if by is None:
        return frame.assign(group=frame["period"]).sort_values("arrived", kind="stable")
    members = by[["case_id", "label"]].drop_duplicates().rename(columns={"label": "group"})
    return frame.merge(members, on="case_id").sort_values("group", kind="stable")


def _quartiles(waited: Floats) -> dict[str, float]:
    """Quartiles of waits in order, with intervals from order statistics.

    Source: Conover (1999), Practical Nonparametric Statistics, section 3.2, as in scipy.
    """
    from scipy.stats import quantile_test

    found: dict[str, float] = {}
    for name, part in _NAMES.items():
        low = high = middle = float("nan")
        if len(waited):
            middle = float(np.quantile(waited, part, method="inverted_cdf"))
            ends = quantile_test(waited, q=middle, p=part).confidence_interval(LEVEL)
            low, high = float(ends.low), float(ends.high)
        found |= {name: middle, f"{name}_low": low, f"{name}_high": high}
    return found


def _with_shares(frame: pd.DataFrame) -> pd.DataFrame:
    """share, low, high, least and most from n, base and cases, which may be missing."""
    n, base, cases = (
        frame[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in ("n", "base", "cases")
    )
    n, base = np.minimum(n, base), np.minimum(base, cases)
    low, high = wilson(n, base)
    bounds = {"least": share(n, cases), "most": share(n + cases - base, cases)}
    return frame.assign(share=share(n, base), low=low, high=high, **bounds)
