"""Frames that figures want in a shape of their own, made from the analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.privacy.attack_tables import interval_of
from workbench.report.analysis import Analysis
from workbench.study import Disclosure

if TYPE_CHECKING:
    import pandas as pd


def map_frame(analysis: Analysis) -> pd.DataFrame:
    """One row a case: x, y (to two decimals), main theme (or missing), period, case_id.

    None says which case it is: ``case_id`` is the point's number. Points can be counted. Under
    disclosure control so many of each theme and period are left out that they tell no more than
    its printed count does.
    """
    import pandas as pd

    names = dict(zip(analysis.themes.themes["theme"], analysis.themes.themes["label"], strict=True))
    themes = analysis.themes.at_level(0).map(names)
    frame = pd.DataFrame(
        {
            "x": analysis.places[:, 0].round(2),
            "y": analysis.places[:, 1].round(2),
            "theme": list(themes),
            "period": list(analysis.log.cases["period"]),
            "case_id": list(analysis.log.cases["case_id"]),
        }
    )
    rule = analysis.study.disclosure
    if rule.exempt:
        return _number(frame.sort_values(["x", "y", "theme", "period"], kind="stable"))
    return thin_points(frame, rule=rule, seed=analysis.study.seed)


def thin_points(frame: pd.DataFrame, *, rule: Disclosure, seed: int) -> pd.DataFrame:
    """As many points of each theme and period as their printed count says there are at least.

    Drawn by ``seed``, whatever the order of the cases; ``case_id`` becomes the point's number.
    """
    import numpy as np

    mixed = frame.sort_values("case_id", kind="stable")
    mixed = mixed.iloc[np.random.default_rng(seed).permutation(len(mixed))]
    kinds = mixed.groupby(["theme", "period"], dropna=False, sort=True)["x"]
    sizes = kinds.transform("size").map(lambda n: interval_of(int(n), rule=rule)[0])
    kept = mixed[kinds.cumcount() < sizes].sort_values(["x", "y"], kind="stable")
    return _number(kept)


def _number(points: pd.DataFrame) -> pd.DataFrame:
    numbers = [f"{at}" for at in range(1, len(points) + 1)]
    return points.assign(case_id=numbers).reset_index(drop=True)


def urgency_frame(analysis: Analysis) -> pd.DataFrame:
    """Cases by how urgent they read: bin, period, n, base, share, in order of urgency."""
    return analysis.tables["urgency"]


def tone_course_frame(analysis: Analysis) -> pd.DataFrame:
    """Marker rates month by month: month (datetime64), dimension, n, base, share, low, high."""
    import pandas as pd

    frame = analysis.tables["tone_months"]
    months = pd.to_datetime(frame["group"] + "-01").astype("datetime64[s]")
    course = frame.assign(month=months, dimension=frame["label"])
    order = frame.groupby("label")["n"].sum().sort_values(ascending=False, kind="stable").index
    course["place"] = course["dimension"].map({name: place for place, name in enumerate(order)})
    course = course.sort_values(["place", "month"], kind="stable", ignore_index=True)
    return course[["month", "dimension", "n", "base", "share", "low", "high"]]
