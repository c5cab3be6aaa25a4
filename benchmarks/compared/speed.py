"""How long a comparison of two large years takes, beside the same from plain statsmodels."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    test_proportions_2indep,
)

from benchmarks.machine import Table
from workbench.cases.columns import CASE_COLUMNS
from workbench.cases.log import CaseLog, FieldInfo, empty_log
from workbench.compare.shares import compare_shares

CASES, LABELS = 100_000, 40
ROUNDS = 5
WITHIN = 5.0


def measure(*, quick: bool) -> Iterator[Table]:
    """One row a way: seconds (median and slowest of the rounds), and its ratio to ours."""
    log = make_years(2_000 if quick else CASES)
    ways: dict[str, Callable[[CaseLog], object]] = {
        "workbench": lambda log: compare_shares(log, "category", by="period"),
        "pandas and statsmodels, label by label": plain,
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            start = time.perf_counter()
            way(log)
            times[name].append(time.perf_counter() - start)
    ours = float(np.median(times["workbench"]))
    rows = [
        {
            "way": name,
            "cases": f"2 × {len(log) // 2}",
            "labels": LABELS,
            "median s": float(np.median(own)),
            "slowest s": max(own),
            "of ours": float(np.median(own)) / ours,
            f"under {WITHIN:.0f} s": max(own) < WITHIN,
        }
        for name, own in times.items()
    ]
    settings = {
        "rounds": f"{ROUNDS}, the ways in turn",
        "ours gives more": "ratio, effect, bounds, exact tests and odds ratios; the plain way "
        "gives shares, their difference, intervals, p and its correction",
    }
    yield Table("compare_speed", pd.DataFrame(rows), settings, kept=not quick)


def make_years(cases: int) -> CaseLog:
    """Two periods of ``cases`` each; a case has none to three of 40 labels, common and rare."""
    rng = np.random.default_rng(0)
    ids = np.array([f"C{number:06d}" for number in range(2 * cases)])
    frame = pd.DataFrame({"case_id": ids, "period": np.repeat(["2030-31", "2031-32"], cases)})
    frame = frame.assign(date=pd.Timestamp("2031-01-01"), subject="", text="x", source="s", row=1)
    frame = frame.astype({column.name: column.dtype for column in CASE_COLUMNS})
    owner = np.repeat(np.arange(2 * cases), rng.integers(0, 4, 2 * cases))
    weights = 1 / np.arange(1, LABELS + 1) ** 1.5
    names = np.array([f"Label {number:02d}" for number in range(LABELS)])
    label = names[rng.choice(LABELS, len(owner), p=weights / weights.sum())]
    labels = pd.DataFrame({"case_id": ids[owner], "field": "category", "label": label})
    empty = empty_log()
    return CaseLog(
        cases=frame,
        labels=labels.drop_duplicates().astype("str"),
        messages=empty.messages,
        takedowns=empty.takedowns,
        problems=empty.problems,
        fields={"category": FieldInfo("category", "Category", several=True)},
    )


def plain(log: CaseLog) -> pd.DataFrame:
    """Shares, difference, intervals and tests of every label, as one would write them by hand."""
    labels = log.labels.merge(log.cases[["case_id", "period"]], on="case_id")
    base = labels.groupby("period")["case_id"].nunique()
    counts = pd.crosstab(labels["label"], labels["period"])
    rows = []
    for label, (one, other) in zip(counts.index, counts.to_numpy(), strict=True):
        pair = (other, base.iloc[1], one, base.iloc[0])
        low, high = confint_proportions_2indep(*pair, method="newcomb")
        test = test_proportions_2indep(*pair, method="score")
        shares = [proportion_confint(n, b, method="wilson") for n, b in (pair[:2], pair[2:])]
        rows.append((label, *shares, low, high, test.pvalue))
    frame = pd.DataFrame(rows, columns=["label", "later", "earlier", "low", "high", "p"])
    return frame.assign(p_adjusted=multipletests(frame["p"], method="fdr_bh")[1])
