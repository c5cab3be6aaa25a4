"""The alternative text of the chart of codes, as plain words that are not yet escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.charts.alt import alt_text
from workbench.charts.style import in_order
from workbench.compare.say import percent

if TYPE_CHECKING:
    import pandas as pd


def alt_codes(
    frame: pd.DataFrame, *, what: str, top: int = 3, estimated: str = "prediction-powered"
) -> str:
    """For `codes`: how many codes there are, and the largest outermost codes of each period."""
    order = in_order(frame["code"])
    if not order:
        return alt_text(f"Empty chart of {what}: there are no codes to show")
    rates = frame["method"].astype(str) != estimated
    kind = "rates of a model's suggestions" if rates.all() else "estimated shares of cases"
    partly = "; hollow dots are suggested by a model alone" if rates.any() else ""
    said = [f"Dot chart of {what}: {kind} with 95% intervals, {len(order)} codes{partly}"]
    outer = frame[(frame["depth"] == 0) & frame["share"].notna()]
    for group in in_order(outer["group"]):
        own = outer[outer["group"].astype(str) == group]
        own = own.sort_values(["share", "label"], ascending=[False, True], kind="stable").head(top)
        parts = [
            f"{label} {percent(float(share))}"
            for label, share in zip(own["label"], own["share"], strict=True)
        ]
        said.append(f"{group}: {', '.join(parts)}")
    return alt_text(*said)
