"""Frames behind figures, made with the compare room where it makes them."""

from __future__ import annotations

import pandas as pd
from plotly.graph_objects import Figure

from tests.logs import make_log
from workbench.compare.shares import compare_shares
from workbench.study import Event, Study

YEARS = ("2022-23", "2023-24")
NASTY = "A <b>bold</b> label & $x$ with %{y} and {braces}"


def two_years(labels: tuple[str, ...] = ("TikTok", "Instagram", NASTY)) -> pd.DataFrame:
    """A comparison frame of the years: each label is carried by fewer cases than the last."""
    rows = []
    for year, day in zip(YEARS, ("2022-10-05", "2023-10-05"), strict=True):
        for number in range(40):
            carried = [label for place, label in enumerate(labels) if number % (place + 2) == 0]
            case = {"case_id": f"{year}-{number}", "period": year, "date": day}
            rows.append({**case, "platform": carried or [labels[0]]})
    return compare_shares(make_log(rows), "platform", by="period")


def months_log() -> object:
    """A log with cases in four months of two years."""
    days = ["2022-09-05"] * 3 + ["2023-03-10"] * 9 + ["2023-09-05"] * 4 + ["2024-03-10"] * 2
    return make_log(
        [
            {
                "case_id": f"C{number}",
                "date": day,
                "period": YEARS[0] if day < "2023-09-01" else YEARS[1],
            }
            for number, day in enumerate(days)
        ]
    )


def make_study(event: str = "Press coverage") -> Study:
    """A study of two school years with terms and one event."""
    return Study.model_validate(
        {
            "name": "small",
            "title": "Small",
            "columns": {"case_id": "id", "date": "date", "text": "text"},
            "periods": [
                {"name": YEARS[0], "start": "2022-09-01", "end": "2023-08-31"},
                {"name": YEARS[1], "start": "2023-09-01", "end": "2024-08-31"},
            ],
            "sources": [{"path": "cases.csv"}],
            "calendar": {
                "terms": [
                    {"name": "Autumn", "start": "2022-09-01", "end": "2022-12-16"},
                    {"name": "Autumn", "start": "2023-09-04", "end": "2023-12-20"},
                    {"name": "Spring", "start": "2024-01-03", "end": "2024-03-28"},
                ],
                "events": [Event(date="2023-03-01", label=event)],
            },
        }
    )


def words_of(figure: Figure) -> list[str]:
    """Everything that a figure says: annotations, names, ticks, texts and hover labels."""
    said = [str(a.text) for a in figure.layout.annotations]
    for trace in figure.data:
        said += [str(trace.name or ""), str(trace.hovertemplate or "")]
        said += [str(t) for t in (trace.text if "text" in trace and trace.text is not None else ())]
        said += [
            str(part)
            for row in (trace.customdata if trace.customdata is not None else ())
            for part in row
        ]
    for axis in figure.select_xaxes():
        said += [str(axis.title.text or ""), *map(str, axis.ticktext or ())]
    return said
