"""Crosswalks and case logs of two schemes, made in memory for tests."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tests.logs import make_log
from workbench.cases.log import CaseLog, FieldInfo
from workbench.compare.crosswalk import NONE, Crosswalking, SchemeUse

YEARS = ("2022-23", "2023-24")
EARLIER, LATER = ("A", "B", "C", "D"), ("V", "W", "X", "Y", "Z")
Link = tuple[str, str, str] | tuple[str, str, str, str]


def make_crosswalking(
    links: Sequence[Link],
    earlier: Sequence[str] = EARLIER,
    later: Sequence[str] = LATER,
    *,
    whole: bool = True,
) -> Crosswalking:
    """A crosswalk of ``links`` (earlier, later, relation, note); a fourth part marks a doubt.

    With ``whole``, labels that no link mentions get the relation none.
    """
    rows = [
        (one, other, relation, bool(note), "".join(note)) for one, other, relation, *note in links
    ]
    if whole:
        rows += [(x, "", NONE, False, "") for x in earlier if x not in {row[0] for row in rows}]
        rows += [("", x, NONE, False, "") for x in later if x not in {row[1] for row in rows}]
    frame = pd.DataFrame(rows, columns=["earlier", "later", "relation", "doubted", "note"])
    frame.index = pd.RangeIndex(2, 2 + len(frame))
    return Crosswalking(
        field="kind",
        title="Kind",
        earlier=SchemeUse("old", "kind", YEARS[:1], tuple(earlier)),
        later=SchemeUse("new", "kind", YEARS[1:], tuple(later)),
        links=frame,
        file="crosswalk.csv",
    )


def swapped(crosswalking: Crosswalking) -> Crosswalking:
    """The same crosswalk read from the later scheme to the earlier one."""
    turned = {"broader": "narrower", "narrower": "broader"}
    links = crosswalking.links.rename(columns={"earlier": "later", "later": "earlier"})
    links["relation"] = links["relation"].replace(turned)
    return Crosswalking(
        crosswalking.field,
        crosswalking.title,
        crosswalking.later,
        crosswalking.earlier,
        links[["earlier", "later", "relation", "doubted", "note"]],
        crosswalking.file,
    )


def make_years(
    before: Sequence[Sequence[str]],
    after: Sequence[Sequence[str]],
    earlier: Sequence[str] = EARLIER,
    later: Sequence[str] = LATER,
) -> CaseLog:
    """A log of cases with the labels given, of the first year and of the second."""
    rows: list[dict[str, object]] = []
    for year, day, cases in zip(YEARS, ("2022-10-05", "2023-10-05"), (before, after), strict=True):
        rows += [
            {"case_id": f"{year}-{n}", "period": year, "date": day, "kind": list(labels)}
            for n, labels in enumerate(cases)
        ]
    orders = {YEARS[0]: tuple(earlier), YEARS[1]: tuple(later)}
    return make_log(rows, {"kind": FieldInfo("kind", "Kind", several=True, orders=orders)})
