"""Differences as they are and at an equal mix, and of what the groups are made."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from workbench.charts.row_parts import Column, Dot, Row
from workbench.charts.rows import dots
from workbench.charts.style import (
    canvas,
    floats,
    in_order,
    known_rows,
    nice_step,
    reach,
    say_nothing_to_show,
)
from workbench.compare.say import CLEAR, percent, points
from workbench.compare.strata import NOT_RECORDED

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

AS_IT_IS = "As it is"
EQUAL_MIX = "At an equal mix"
FILLED_SAID = "Filled: clear after correction for many comparisons; hollow: no clear difference"

_KINDS = {
    AS_IT_IS: ("raw_difference", "raw_low", "raw_high", "raw_p_adjusted"),
    EQUAL_MIX: (
        "standardised_difference",
        "standardised_low",
        "standardised_high",
        "p_adjusted",
    ),
}


def standardised(frame: pd.DataFrame, *, title: str = "", top: int | None = 25) -> Figure:
    """Each label's difference as it is and, below it, at an equal mix, about a line at nought.

    ``frame`` is that of ``compare.composition.standardise`` for two groups: differences in
    [-1, 1], printed as percentage points, positive where the group's share is above the
    reference's. The ``top`` are those that lie farthest from nought in either way, the greatest
    rise as it is first. Filled marks are differences whose adjusted p is below
    ``compare.say.CLEAR``. What could not be compared at an equal mix shows as a dash. Raises
    ``ValueError`` for three groups or more: draw one figure for each against the reference.
    """
    rows = known_rows(frame, "raw_difference")
    others = in_order(rows["group"])
    if len(others) > 1:
        raise ValueError("standardised draws one group against the reference; choose two groups")
    if not others:
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    kept = _farthest(rows, top)
    names = {AS_IT_IS: AS_IT_IS, EQUAL_MIX: f"{EQUAL_MIX} of {in_order(rows['within'])[0]}"}
    marks = {kind: _differences(rows, kept, kind, names[kind]) for kind in _KINDS}
    both = [mark for own in marks.values() for mark in own]
    axis = f"Percentage points, {others[0]} minus {in_order(rows['reference'])[0]}, 95% intervals"
    if len(kept) < len(rows):
        axis += f"; the {len(kept)} largest of {len(rows)} are shown"
    return dots(
        [Row(label) for label in kept],
        both,
        title=title,
        groups=list(names.values()),
        span=_about_nought(both),
        axis=axis,
        foot=FILLED_SAID,
        percent=False,
        columns=[Column(kind, {m.row: m.numbers for m in own}) for kind, own in marks.items()],
    )


def mix(
    frame: pd.DataFrame,
    *,
    title: str = "",
    top: int | None = 12,
    groups: Sequence[str] | None = None,
    names: Mapping[str, str] | None = None,
    axis: str = "Share of the group's cases",
) -> Figure:
    """Of what each group is made: the share of each stratum in each group, with intervals.

    ``frame`` is that of ``compare.mix.mix_of``. Several fields stand below one another, each
    under its name (``names`` says how a field is printed). The largest stratum of any group comes
    first and cases without the field last; the ``top`` of each field are shown. ``groups`` gives
    all groups in their order, so that each keeps its colour and symbol.
    """
    known = in_order(frame["group"])
    if not known:
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    everyone = list(groups) if groups is not None else known
    shown = [group for group in everyone if group in known]
    fields = in_order(frame["field"])
    rows: list[Row] = []
    marks: list[Dot] = []
    left_out = 0
    for field in fields:
        own = frame[frame["field"].astype(str) == field]
        if len(fields) > 1:
            rows.append(Row((names or {}).get(field, field), bold=True))
        kept, more = _largest(own, top)
        left_out += more
        marks += [mark for mark in _shares(own, kept, len(rows)) if mark.group in shown]
        rows += [Row(label, indent=14 if len(fields) > 1 else 0) for label in kept]
    ends = (value for mark in marks for value in (mark.value, mark.high))
    more_said = f"; {left_out} smaller ones are not shown" if left_out else ""
    return dots(
        rows,
        marks,
        title=title,
        groups=shown,
        looks=[everyone.index(group) for group in shown],
        span=(0, reach(ends, least=0.02, most=1.0)),
        axis=f"{axis}, with 95% intervals{more_said}",
        column="Share (cases)",
    )


def _farthest(rows: pd.DataFrame, top: int | None) -> list[str]:
    """The labels farthest from nought in either way, the greatest rise as it is first."""
    columns = (floats(rows[names[0]]) for names in _KINDS.values())
    sizes = {
        str(label): (raw, max(abs(raw), abs(equal) if math.isfinite(equal) else 0.0))
        for label, raw, equal in zip(rows["label"], *columns, strict=True)
    }
    kept = sorted(sizes, key=lambda label: -sizes[label][1])[:top]
    return sorted(kept, key=lambda label: -sizes[label][0])


def _differences(rows: pd.DataFrame, labels: list[str], kind: str, group: str) -> list[Dot]:
    row_of = {label: place for place, label in enumerate(labels)}
    marks = []
    for label, value, low, high, p in zip(
        map(str, rows["label"]), *(floats(rows[name]) for name in _KINDS[kind]), strict=True
    ):
        if label in row_of:
            spread = f"95% interval {points(low)} to {points(high)}"
            known = math.isfinite(value)
            said = f"{label}, {group[0].lower()}{group[1:]}: {points(value)} points ({spread})"
            numbers = points(value) if known else "–"
            hollow = not p < CLEAR
            marks.append(Dot(row_of[label], group, value, low, high, numbers, said, hollow=hollow))
    return sorted(marks, key=lambda mark: mark.row)


def _about_nought(marks: Sequence[Dot]) -> tuple[float, float]:
    """From the lowest end to the highest, always with nought and some room at both sides."""
    ends = [value for m in marks for value in (m.value, m.low, m.high) if math.isfinite(value)]
    low, high = min([-0.01, *ends]), max([0.01, *ends])
    room = nice_step(high - low, most=12) / 2
    return max(-1.0, low - room), min(1.0, high + room)


def _largest(own: pd.DataFrame, top: int | None) -> tuple[list[str], int]:
    """The strata by their largest share in any group, and how many are not shown."""
    best: dict[str, float] = {}
    for label, value in zip(map(str, own["label"]), floats(own["share"]), strict=True):
        best[label] = max(best.get(label, -1.0), value if math.isfinite(value) else -1.0)
    ranked = sorted(best, key=lambda label: (label == NOT_RECORDED, -best[label]))
    kept = ranked if top is None or len(ranked) <= top else ranked[:top]
    return kept, len(ranked) - len(kept)


def _shares(own: pd.DataFrame, labels: list[str], first: int) -> list[Dot]:
    row_of = {label: first + place for place, label in enumerate(labels)}
    columns = (floats(own[name]) for name in ("n", "base", "share", "low", "high"))
    marks = []
    for label, group, n, base, value, low, high in zip(
        map(str, own["label"]), map(str, own["group"]), *columns, strict=True
    ):
        if label in row_of:
            counts = [f"{count:,.0f}" if math.isfinite(count) else "–" for count in (n, base)]
            spread = f"95% interval {percent(low)} to {percent(high)}"
            said = f"{label}, {group}: {percent(value)} ({counts[0]} of {counts[1]}; {spread})"
            numbers = f"{percent(value)} ({counts[0]})" if math.isfinite(value) else "–"
            marks.append(Dot(row_of[label], group, value, low, high, numbers, said))
    return sorted(marks, key=lambda mark: mark.row)
