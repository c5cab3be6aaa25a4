"""The alternative text of the chart of two category schemes, as plain words not yet escaped."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbench.charts.alt import alt_text
from workbench.charts.style import floats, in_order
from workbench.compare.say import percent
from workbench.compare.scheme_blocks import APART

if TYPE_CHECKING:
    import pandas as pd


def alt_scheme_change(frame: pd.DataFrame, *, top: int = 3) -> str:
    """For `scheme_change`: the largest blocks by both measures, each with how comparable it is."""
    known = frame[frame["comparability"] != APART]
    groups = in_order(known["group"])
    if not groups:
        return alt_text("Empty chart of two schemes: they have no label in common")
    sizes: dict[str, float] = {}
    for label, share in zip(map(str, known["label"]), floats(known["share"]), strict=True):
        sizes[label] = max(sizes.get(label, -1.0), share if math.isfinite(share) else -1.0)
    said = [
        f"Two dot charts side by side of {len(sizes)} groups of labels in {' and '.join(groups)}: "
        "shares of cases, and shares of all labels given, with 95% intervals"
    ]
    rates = dict(zip(map(str, frame["group"]), floats(frame["labels_per_case"]), strict=True))
    rated = [f"{rate:.2f} in {group}" for group, rate in rates.items() if math.isfinite(rate)]
    said.append(f"Labels a case: {', '.join(rated)}" if rated else "")
    for label in sorted(sizes, key=lambda name: -sizes[name])[:top]:
        part = known[known["label"] == label]
        cases, labels = (
            " to ".join(percent(value) for value in floats(part[name]))
            for name in ("share", "share_of_labels")
        )
        alike = part["comparability"].iloc[0]
        said.append(f"{label} ({alike}): {cases} of cases, {labels} of labels")
    return alt_text(*said)
