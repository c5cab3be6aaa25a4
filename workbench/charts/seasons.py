"""Cases a month: a line a period, with the terms as bands and events where they fell."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.charts.style import floats
from workbench.charts.timeline import Axis, timeline

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure


def months(
    frame: pd.DataFrame,
    terms: pd.DataFrame | None = None,
    *,
    title: str = "",
    axis: Axis = "common",
    groups: Sequence[str] | None = None,
    counted: str = "Cases a month",
) -> Figure:
    """Cases in each month of each period.

    ``frame`` is that of ``compare.seasons.cases_per_month`` (period, month, place, n, event) and
    ``terms`` that of ``term_spans`` (name, start, end). ``axis="common"`` lays the periods over
    one another from their first month on, with the terms of the last period; ``"running"`` sets
    them one after another. Months without a known count leave a gap in the line.
    """
    counts = floats(frame["n"])
    said = [
        f"{month:%B %Y}: {'not known' if math.isnan(n) else f'{n:,.0f}'}"
        for month, n in zip(frame["month"], counts, strict=True)
    ]
    drawn = frame.assign(value=counts, low=math.nan, high=math.nan, said=said)
    return timeline(drawn, terms, title=title, axis=axis, groups=groups, counted=counted, least=5)
