"""What a lens finds: how many enquiries tell of each of its elements."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.charts.rows import Dot, Row, dots
from workbench.charts.style import canvas, floats, in_order, reach, say_nothing_to_show
from workbench.compare.say import percent

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

INDENT = 22


def lens_rates(
    frame: pd.DataFrame,
    *,
    title: str = "",
    groups: Sequence[str] | None = None,
    axis: str = "Share of enquiries that tell of it",
) -> Figure:
    """The share of enquiries that show each element of a lens, with intervals, a dot a group.

    ``frame`` is a comparison frame (label, group, n, base, share, low, high; shares in [0, 1]) of
    the elements' printed names. It may have ``within``: the name of the element that a row is
    counted under, or missing; such rows stand indented beneath it. Otherwise the largest share of
    any group comes first. ``groups`` gives all groups in their order, so that each keeps its
    colour and symbol. What is missing shows as a dash.
    """
    labels = in_order(frame["label"])
    if not labels:
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    known = in_order(frame["group"])
    everyone = list(groups) if groups is not None else known
    shown = [group for group in everyone if group in known]
    above = _above(frame, labels)
    placed = _arrange(_largest(frame, labels), above)
    marks = [mark for mark in _marks(frame, placed) if mark.group in shown]
    limit = reach((m for mark in marks for m in (mark.value, mark.high)), least=0.02, most=1.0)
    return dots(
        [Row(label, indent=INDENT * _depth(label, above)) for label in placed],
        marks,
        title=title,
        groups=shown,
        looks=[everyone.index(group) for group in shown],
        span=(0, limit),
        axis=f"{axis}, with 95% intervals",
        column="Share (cases)",
    )


def _above(frame: pd.DataFrame, labels: list[str]) -> dict[str, str]:
    """The element that each row's own stands under, where that is shown too."""
    if "within" not in frame:
        return {}
    pairs = zip(map(str, frame["label"]), frame["within"], strict=True)
    return {label: within for label, within in pairs if within in labels and within != label}


def _depth(label: str, above: dict[str, str]) -> int:
    depth, seen = 0, {label}
    while label in above and above[label] not in seen:
        label = above[label]
        seen.add(label)
        depth += 1
    return depth


def _largest(frame: pd.DataFrame, labels: list[str]) -> dict[str, float]:
    best = dict.fromkeys(labels, -1.0)
    for label, value in zip(map(str, frame["label"]), floats(frame["share"]), strict=True):
        if math.isfinite(value):
            best[label] = max(best[label], value)
    return best


def _arrange(best: dict[str, float], above: dict[str, str]) -> list[str]:
    """The labels by size, each followed by those that stand under it."""
    ranked = sorted(best, key=lambda label: -best[label])

    def beneath(parent: str | None) -> list[str]:
        own = [label for label in ranked if above.get(label) == parent]
        return [name for label in own for name in (label, *beneath(label))]

    placed = beneath(None)
    return placed + [label for label in ranked if label not in placed]


def _marks(frame: pd.DataFrame, labels: list[str]) -> list[Dot]:
    columns = [floats(frame[name]) for name in ("n", "base", "share", "low", "high")]
    marks = []
    for label, group, n, base, value, low, high in zip(
        map(str, frame["label"]), map(str, frame["group"]), *columns, strict=True
    ):
        counts = [f"{count:,.0f}" if math.isfinite(count) else "–" for count in (n, base)]
        said = (
            f"{label}, {group}: {percent(value)} ({counts[0]} of {counts[1]}; "
            f"95% interval {percent(low)} to {percent(high)})"
        )
        numbers = f"{percent(value)} ({counts[0]})" if math.isfinite(value) else "–"
        marks.append(Dot(labels.index(label), group, value, low, high, numbers, said))
    return marks
