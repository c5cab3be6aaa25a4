"""What changed between the years, at a glance: one row a field, before any of it is told at length.

It counts and picks from tables that disclosure control has let pass, and reads nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.charts.style import floats
from workbench.compare.say import CLEAR, FEW, is_clear, points
from workbench.compare.shares import schemes_differ
from workbench.report.behind import Behind, Sourced, behind_row
from workbench.report.blocks import Block, Paragraph, TableBlock
from workbench.report.comparing import EQUAL_MIX, SHARES, unclear_at_equal_mix

if TYPE_CHECKING:
    import pandas as pd

    from workbench.report.analysis import Analysis

TITLE = "What changed between the years, at a glance"
NAME = "changes"
"""What a cross-reference calls the table."""

MOST_NAMED = 3
_NOT_SO = "; not clear at an equal mix"

Changed = tuple[str, str, "pd.DataFrame"]
"""A field's name, what one of its labels is called, and its comparison frame of two periods."""


@dataclass(frozen=True)
class Glance:
    """What one field shows: labels compared, clear as they are and at an equal mix, the largest.

    ``equal`` is None where the field was not compared at an equal mix, ``largest`` the row of the
    largest clear change, None where there is none; ``unclear`` says that at an equal mix it is not.
    """

    field: str
    title: str
    compared: int
    clear: int
    equal: int | None
    largest: Any = None
    unclear: bool = False


def glance_blocks(analysis: Analysis, changed: Sequence[Changed]) -> list[Block]:
    """A sentence and a table over all fields that both periods recorded alike; none of none."""
    rows = [_glance(analysis, name, frame) for name, _, frame in changed]
    if not rows:
        return []
    before, after = analysis.study.two_periods or ("", "")
    moved = [row for row in rows if row.largest is not None]
    moved.sort(key=lambda row: -abs(row.largest["difference"]))
    named = "; ".join(
        f"{row.title}, {row.largest['label']} ({points(row.largest['difference'])}"
        f"{_NOT_SO if row.unclear else ''})"
        for row in moved[:MOST_NAMED]
    )
    compared, clear = sum(row.compared for row in rows), sum(row.clear for row in rows)
    text = (
        f"Between {before} and {after}, {compared} labels of {len(rows)} fields were compared; "
        f"{clear or 'none'} of them changed clearly"
    )
    text += f", in {len(moved)} of the fields. Largest, in points: {named}." if moved else "."
    behind = [_behind(row, "difference") for row in moved[:MOST_NAMED]]
    counted = Behind(SHARES, (), "clear changes", n=clear, base=compared)
    return [Paragraph(Sourced(text, counted, *behind)), _table(rows), *_otherwise(analysis)]


def _glance(analysis: Analysis, name: str, frame: pd.DataFrame) -> Glance:
    compared = frame[frame["difference"].notna()]
    clear = compared[is_clear(compared)]
    equal = analysis.tables.get(f"{EQUAL_MIX}/{name}")
    held = None
    if equal is not None:
        held = int((equal["standardised_difference"].notna() & (equal["p_adjusted"] < CLEAR)).sum())
    enough = [max(pair) >= FEW for pair in zip(*map(floats, _counts(clear)), strict=True)]
    sizes = clear.loc[enough, "difference"].abs().sort_values(ascending=False, kind="stable")
    largest = clear.loc[sizes.index[0]] if len(sizes) else None
    title = analysis.log.title_of(name)
    unclear = largest is not None and largest["label"] in unclear_at_equal_mix(
        analysis.tables, name
    )
    return Glance(name, title, len(compared), len(clear), held, largest, unclear)


def _counts(frame: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    return frame["n"], frame["reference_n"]


def _table(rows: Sequence[Glance]) -> TableBlock:
    import pandas as pd

    heads = ("Field", "Labels compared", "Clear", "Clear at an equal mix", "Largest clear change")
    printed = [
        (
            row.title,
            f"{row.compared:,}",
            f"{row.clear:,}",
            "–" if row.equal is None else f"{row.equal:,}",
            _say_largest(row),
        )
        for row in rows
    ]
    cells = {
        heads[1]: tuple(_behind(row, "labels compared", n=row.compared) for row in rows),
        heads[2]: tuple(_behind(row, "clear changes", n=row.clear) for row in rows),
        heads[3]: tuple(
            Behind(f"{EQUAL_MIX}/{row.field}", (), "clear changes", n=row.equal) for row in rows
        ),
        heads[4]: tuple(_behind(row, "difference") for row in rows),
    }
    return TableBlock(
        title=TITLE,
        frame=pd.DataFrame(printed, columns=pd.Index(heads)),
        numeric=heads[1:4],
        widths=(1.6, 0.9, 0.7, 1.0, 2.8),
        note=(
            "Changes in points, with 95% intervals. Clear: beyond chance after correction for all "
            "labels of all fields. A dash stands where there is none, or where a field was not "
            "compared at an equal mix."
        ),
        name=NAME,
        source=SHARES,
        cells=cells,
    )


def _say_largest(row: Glance) -> str:
    if row.largest is None:
        return "–"
    size, low, high = (
        points(row.largest[name]) for name in ("difference", "difference_low", "difference_high")
    )
    return f"{row.largest['label']} {size} ({low} to {high}{_NOT_SO if row.unclear else ''})"


def _behind(row: Glance, column: str, *, n: int | None = None) -> Behind:
    source = f"{SHARES}/{row.field}"
    if n is not None or row.largest is None:
        return Behind(source, (), column, n=n)
    return behind_row(row.largest, column, frame=source)


def _otherwise(analysis: Analysis) -> list[Block]:
    """Which fields the table leaves out, since the two periods used different schemes."""
    fields = analysis.study.fields
    apart = [
        fields[name].label
        for name in fields
        if f"{SHARES}/{name}" in analysis.tables
        and fields[name].report
        and schemes_differ(analysis.log, name)
    ]
    if not apart:
        return []
    verb = "was" if len(apart) == 1 else "were"
    text = (
        f"{' and '.join(apart)} {verb} recorded by schemes that differ, and the table leaves "
        f"{'it' if len(apart) == 1 else 'them'} out: where a crosswalk is given, what can be "
        "compared follows."
    )
    return [Paragraph(text, style="note")]
