"""Alternative texts of the charts of comparisons, as plain words that are not yet escaped."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING

from workbench.charts.alt import SHORT, alt_text
from workbench.charts.compared import Cell, Pair, Pairs, read_cells, read_pairs
from workbench.charts.panel_months import drawn
from workbench.charts.style import in_order
from workbench.compare.say import percent, points

if TYPE_CHECKING:
    import pandas as pd


def alt_dumbbell(frame: pd.DataFrame, *, what: str, top: int = 3) -> str:
    """For `dumbbell`: the groups with their bases, and the largest of the clear differences."""
    pairs = read_pairs(frame)
    if pairs is None or not pairs.rows:
        return _nothing(what, pairs)
    return alt_text(
        f"Dumbbell chart of {what}: shares in {pairs.base(0)} and {pairs.base(1)} with 95% "
        f"intervals, {_rows(pairs)}",
        _clear(pairs, top),
    )


def alt_slope(frame: pd.DataFrame, *, what: str, top: int = 3) -> str:
    """For `slope`: the periods, and the largest of the clear changes from first to last."""
    groups = in_order(frame["group"])
    ends = frame[frame["group"].astype(str).isin([*groups[:1], *groups[-1:]])]
    pairs = read_pairs(ends)
    if pairs is None or not pairs.rows:
        return _nothing(what, pairs)
    between = f", {len(groups)} in all" if len(groups) > 2 else ""
    return alt_text(
        f"Slope chart of {what} from {pairs.base(0)} to {pairs.base(1)}{between}: a line a label, "
        f"with 95% intervals, chosen from {_rows(pairs)}",
        _clear(pairs, top),
    )


def alt_contrast(frame: pd.DataFrame, *, what: str, top: int = 3) -> str:
    """For `contrast`: both bases, the clear differences, and what the bases could have missed."""
    pairs = read_pairs(frame)
    if pairs is None or not pairs.rows:
        return _nothing(what, pairs)
    ends = [abs(end) for row in pairs.rows for end in (row.missed_low, row.missed_high)]
    missed = [end for end in ends if math.isfinite(end)]
    return alt_text(
        f"Two panels on {what}: shares in {pairs.base(0)} and {pairs.base(1)}, and their "
        f"differences in points, with 95% intervals, {_rows(pairs)}",
        _clear(pairs, top),
        f"Shaded: differences that these bases would often miss, the widest up to "
        f"{100 * max(missed):.0f} points"
        if missed
        else "",
    )


def alt_multiples(frame: pd.DataFrame, *, what: str, panel: str = "group") -> str:
    """For `multiples`: how many panels there are, and the largest label of each."""
    if not len(frame):
        return _nothing(what, None)
    cells = read_cells(frame.assign(group=frame[panel].astype(str)))
    panels = in_order(frame[panel])
    said = [f"Small multiples of {what}, {len(panels)} panels: shares with 95% intervals"]
    for name in panels:
        own = {
            label: cell.share for (label, at), cell in cells.items() if at == name and cell.known
        }
        if own:
            label = min(own, key=lambda label: (-own[label], label))
            said.append(f"{_shorten(name)}: most often {_shorten(label)}, {percent(own[label])}")
    return alt_text(*said) if len(said) > 1 else _nothing(what, Pairs("", "", (), 1, False))


def alt_month_panels(frame: pd.DataFrame, *, what: str) -> str:
    """For `month_panels`: the lowest and the highest month of each label, most cases first."""
    if not len(frame):
        return _nothing(what, None)
    months: dict[str, list[tuple[str, Cell]]] = {}
    for (label, month), cell in read_cells(frame).items():
        if drawn(cell):
            months.setdefault(label, []).append((month, cell))
    if not months:
        return _nothing(what, Pairs("", "", (), 1, False))
    sizes = {label: sum(cell.n for _, cell in own) for label, own in months.items()}
    said = [f"Small line charts of {what} by month, one a label: shares with 95% intervals"]
    for label in sorted(months, key=lambda label: (-sizes[label], label)):
        ranked = sorted(months[label], key=lambda pair: (pair[1].share, pair[0]))
        low, high = (f"{percent(c.share)} in {month}" for month, c in (ranked[0], ranked[-1]))
        said.append(f"{_shorten(label)}: {low} to {high}")
    return alt_text(*said)


def _clear(pairs: Pairs, top: int) -> str:
    """The clear differences, largest first; or that there are none."""
    clear = sorted((r for r in pairs.rows if r.clear), key=lambda r: (-abs(r.difference), r.label))
    if not clear:
        return "No difference is clear after correction for many comparisons"
    rest = f" and {len(clear) - top} more" if len(clear) > top else ""
    return f"Clear after correction: {', '.join(map(_change, clear[:top]))}{rest}"


def _change(row: Pair) -> str:
    shares = f"{percent(row.first.share)} to {percent(row.second.share)}"
    return f"{_shorten(row.label)} {points(row.difference)} points ({shares})"


def _rows(pairs: Pairs) -> str:
    return "1 row" if len(pairs.rows) == 1 else f"{len(pairs.rows)} rows"


def _shorten(label: str) -> str:
    return textwrap.shorten(label, SHORT, placeholder="…")


def _nothing(what: str, pairs: Pairs | None) -> str:
    why = "there are no cases to show" if pairs is None else "the counts are hidden or not known"
    return alt_text(f"Empty chart of {what}: {why}")
