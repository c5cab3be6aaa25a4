"""Alternative texts of the charts of composition, as plain words that are not yet escaped."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING

from workbench.charts.alt import SHORT, alt_text
from workbench.charts.style import floats, in_order, known_rows
from workbench.compare.say import CLEAR, percent, points

if TYPE_CHECKING:
    import pandas as pd


def alt_standardised(frame: pd.DataFrame, *, what: str, top: int = 3) -> str:
    """For `standardised`: how many are clear in each way, and those that the mix moves most."""
    rows = known_rows(known_rows(frame, "raw_difference"), "standardised_difference")
    if not len(rows):
        return alt_text(f"Empty chart of {what} at an equal mix: there are no cases to show")
    names = ("raw_difference", "standardised_difference")
    raw, equal = (floats(rows[name]) for name in names)
    moved = sorted(
        zip(map(str, rows["label"]), raw, equal, strict=True), key=lambda r: -abs(r[1] - r[2])
    )
    parts = [f"{_shorten(label)} {points(a)} to {points(b)}" for label, a, b in moved[:top]]
    clear = [
        sum(p < CLEAR for p in floats(rows[name])) for name in ("raw_p_adjusted", "p_adjusted")
    ]
    group, reference = in_order(rows["group"])[0], in_order(rows["reference"])[0]
    return alt_text(
        f"Dot chart of differences in {what}, {group} minus {reference}, in percentage points with "
        f"95% intervals, as they are and at an equal mix of {in_order(rows['within'])[0]}, "
        f"{len(rows)} rows",
        f"Clear as they are: {clear[0]}; at an equal mix: {clear[1]}",
        f"Moved most by the mix: {', '.join(parts)}",
    )


def alt_mix(frame: pd.DataFrame, *, what: str, top: int = 3) -> str:
    """For `mix`: the largest strata of each group; ``what`` names the field or fields."""
    groups = in_order(frame["group"])
    if not groups:
        return alt_text(f"Empty chart of the mix by {what}: there are no cases to show")
    said = [
        f"Dot chart of the mix of cases by {what} in {' and '.join(groups)}: shares with 95% "
        "intervals"
    ]
    for group in groups:
        own = frame[frame["group"].astype(str) == group]
        pairs = zip(map(str, own["label"]), floats(own["share"]), strict=True)
        largest = sorted((p for p in pairs if math.isfinite(p[1])), key=lambda p: -p[1])[:top]
        said.append(f"{group}: {', '.join(f'{_shorten(n)} {percent(s)}' for n, s in largest)}")
    return alt_text(*said)


def _shorten(label: str) -> str:
    return textwrap.shorten(label, SHORT, placeholder="…")
