"""Frames that figures want in a shape of their own, made from the analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.compare.intervals import wilson
from workbench.privacy.disclosure import protect_table
from workbench.report.analysis import Analysis

if TYPE_CHECKING:
    import pandas as pd

URGENCY_BINS = ("no sign", "slight", "some", "strong")
_EDGES = (-0.001, 0.0, 0.34, 0.67, 1.0)


def map_frame(analysis: Analysis) -> pd.DataFrame:
    """One row a case: x, y (to two decimals), main theme (or missing), period, case_id."""
    import pandas as pd

    names = dict(zip(analysis.themes.themes["theme"], analysis.themes.themes["label"], strict=True))
    themes = analysis.themes.at_level(0).map(names)
    return pd.DataFrame(
        {
            "x": analysis.places[:, 0].round(2),
            "y": analysis.places[:, 1].round(2),
            "theme": list(themes),
            "period": list(analysis.log.cases["period"]),
            "case_id": list(analysis.log.cases["case_id"]),
        }
    )


def urgency_frame(analysis: Analysis) -> pd.DataFrame:
    """Cases by how urgent they read: bin, period, n, base, share, in order of urgency.

    "no sign" is a score of 0, "slight" up to a third, "some" up to two thirds, "strong" above.
    """
    import pandas as pd

    bins = pd.cut(analysis.urgency.to_numpy(), bins=list(_EDGES), labels=list(URGENCY_BINS))
    periods = analysis.log.cases["period"].to_numpy()
    counted = pd.crosstab(pd.Series(bins, name="bin"), pd.Series(periods, name="period"))
    counted = counted.reindex(URGENCY_BINS, fill_value=0).rename_axis(index="bin")
    frame = counted.reset_index().melt(id_vars="bin", var_name="period", value_name="n")
    frame["bin"] = frame["bin"].astype("str")
    frame["base"] = frame.groupby("period")["n"].transform("sum")
    frame["share"] = frame["n"] / frame["base"]
    return protect_table(frame, rule=analysis.study.disclosure, interval=wilson)


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
