"""Linked tables protected together: counts hidden and rounded, attacked, and what that came to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.errors import ExportError, suggest
from workbench.privacy.attack_tables import CELL_COLUMNS
from workbench.privacy.disclosure import Interval, derived_columns, protect_table
from workbench.privacy.guard import Release, guard_cells
from workbench.privacy.linked import ANY, Condition, Exact, Links, Where, where
from workbench.study import Disclosure

if TYPE_CHECKING:
    import pandas as pd

WITHHELD = "withheld so that no small count can be worked out"
"""The words in ``note`` on a row of which a count is left out that is not small."""

STATUS_COLUMNS = (
    "table",
    "counts",
    "hidden",
    "withheld",
    "linked",
    "narrowest",
    "outcome",
    "reason",
)
_COUNTS = ("n", "base", "cases")
RELEASED, MENDED, EXEMPT, REFUSED = "released", "mended", "exempt", "refused"


@dataclass(frozen=True)
class Layout:
    """What the rows of a table count: a label of ``field`` in a group of ``by``.

    The columns ``label`` and ``group`` are those of `compare_shares`; ``n`` counts cases with both,
    ``base`` those of the group that have the field recorded (or, where ``of_all``, all of them, as
    ``cases`` does). ``within`` holds for every row.
    """

    field: str
    by: str = ""
    within: tuple[Condition, ...] = ()
    of_all: bool = False

    def counts(self, label: str, group: str) -> dict[str, Where]:
        """What the columns n, base and cases count in the row of ``label`` and ``group``."""
        here = (*self.within, (self.by, group))
        cases = where(*here)
        base = cases if self.of_all else where(*here, (self.field, ANY))
        return {"n": where(*here, (self.field, label)), "base": base, "cases": cases}


@dataclass(frozen=True)
class Guarded:
    """Tables that may leave together, and ``status``: one row a table (``STATUS_COLUMNS``)."""

    frames: Mapping[str, pd.DataFrame]
    status: pd.DataFrame = field(repr=False)


def protect_linked(
    frames: Mapping[str, pd.DataFrame],
    layouts: Mapping[str, Layout],
    *,
    rule: Disclosure,
    links: Links,
    exact: Exact | None = None,
    fixed: Collection[str] = (),
    interval: Interval | None = None,
) -> Guarded:
    """Tables of exact counts protected by ``rule`` one by one, then against being read together.

    Every table of ``frames`` has the columns ``label``, ``n`` and ``base``, perhaps ``group`` and
    ``cases``, and a ``Layout`` under its name. After `protect_table`, further counts are withheld
    where small ones could otherwise be worked out from all tables taken together; see
    `guard_cells`, also for ``exact`` and ``fixed``. Raises ``ExportError`` where that cannot help.
    Tables of an exempt study come back as they are, and the status says so with the reason.
    """
    cells = read_cells(frames, layouts)
    release = guard_cells(cells, rule=rule, links=links, exact=exact, fixed=fixed)
    safe = {}
    for name, frame in frames.items():
        counts = [column for column in _COUNTS if column in frame.columns]
        plain = protect_table(frame, rule=rule, counts=counts, interval=interval)
        own = cells[cells["table"] == name]
        safe[name] = withhold(plain, own, release=release, links=links)
    return Guarded(safe, summarise(cells, release, rule=rule, links=links))


def read_cells(frames: Mapping[str, pd.DataFrame], layouts: Mapping[str, Layout]) -> pd.DataFrame:
    """Every count of the tables as one row of `CELL_COLUMNS`; ``row`` is the row's index.

    Raises ``ExportError`` for a table without a layout.
    """
    import pandas as pd

    rows = []
    for name, frame in frames.items():
        if name not in layouts:
            raise ExportError(
                f"The table '{name}' has no layout, so what it counts is not known."
                f"{suggest(name, list(layouts))}"
            )
        groups = frame["group"] if "group" in frame.columns else pd.Series("", index=frame.index)
        told = [column for column in _COUNTS if column in frame.columns]
        numbers = frame[told].astype("Int64").itertuples(index=False)
        for at, label, group, counts in zip(
            frame.index, frame["label"], groups, numbers, strict=True
        ):
            named = layouts[name].counts(str(label), str(group))
            pairs = zip(told, counts, strict=True)
            rows += [(name, at, column, named[column], n) for column, n in pairs if n is not pd.NA]
    return pd.DataFrame(rows, columns=pd.Index(CELL_COLUMNS))


def withhold(
    frame: pd.DataFrame, cells: pd.DataFrame, *, release: Release, links: Links
) -> pd.DataFrame:
    """A protected table without the counts that ``release`` withholds, and what rests on them.

    ``cells`` are those of this table.
    """
    out = cells[cells["where"].map(lambda one: links.plain(one) in release.withheld)]
    if out.empty:
        return frame
    safe = frame.copy()
    for column, part in out.groupby("column", sort=False):
        safe.loc[part["row"], column] = None
    rows = list(dict.fromkeys(out["row"]))
    safe.loc[rows, derived_columns(frame, list(cells["column"].unique()))] = float("nan")
    if "note" not in safe.columns:
        safe["note"] = ""
    note = safe["note"].fillna("").astype("str")
    added = note.where(note == "", note + "; ") + WITHHELD
    return safe.assign(note=note.mask(safe.index.isin(rows), added))


def summarise(
    cells: pd.DataFrame, release: Release, *, rule: Disclosure, links: Links
) -> pd.DataFrame:
    """What was checked, one row a table in order: how many counts, how they stand, and why.

    ``hidden`` and ``withheld`` count cells; ``linked`` says how many counts stand in another table
    too; ``narrowest`` is the smallest distance between two possible values
    that was proved for a hidden count of the table (missing without one).
    """
    import pandas as pd

    plain = cells.assign(where=cells["where"].map(links.plain))
    tables = plain.groupby("where")["table"].transform("nunique")
    shared = plain.assign(shared=tables > 1)
    rows = []
    for name, own in shared.groupby("table", sort=False):
        small = own["count"] <= rule.hide_up_to
        proved = [release.proved[one] for one in own["where"] if one in release.proved]
        held = sum(one in release.withheld for one in own["where"])
        outcome = EXEMPT if rule.exempt else MENDED if held else RELEASED
        told = list(
            dict.fromkeys(release.withheld[w] for w in own["where"] if w in release.withheld)
        )
        more = [f"and {len(told) - 1} more like it"] if len(told) > 1 else []
        reason = rule.reason if rule.exempt else "; ".join([*told[:1], *more])
        hidden = 0 if rule.exempt else int(small.sum())
        least = min(proved) if proved else pd.NA
        rows.append(
            (name, len(own), hidden, held, int(own["shared"].sum()), least, outcome, reason)
        )
    frame = pd.DataFrame(rows, columns=pd.Index(STATUS_COLUMNS))
    return frame.astype({"narrowest": "Int64"})


def describe_release(status: pd.DataFrame, *, rule: Disclosure) -> str:
    """One sentence for a report on what was checked, from the record that `summarise` makes."""
    refused = int((status["outcome"] == REFUSED).sum())
    tables, held = len(status) - refused, int(status["withheld"].sum())
    if rule.exempt:
        return (
            f"The {tables} tables were not checked for counts that could be worked out, by the "
            f"exception recorded for this study: {rule.reason.strip().rstrip('.')}."
        )
    mended = int((status["outcome"] == MENDED).sum())
    tables_held = f"{mended} {'table' if mended == 1 else 'tables'}"
    whole = (
        f"The {tables} tables were attacked together"
        if tables != 1
        else "The one table was attacked"
    )
    also = (
        f"For that, {held} further {'figure was' if held == 1 else 'figures were'} withheld in "
        f"{tables_held}."
        if held
        else "No further figure had to be withheld for that."
    )
    out = (
        f" {refused} other {'table was' if refused == 1 else 'tables were'} left out of the report "
        "altogether, since withholding single figures did not help."
        if refused
        else ""
    )
    return (
        f"{whole} as somebody could who knows this rule: no "
        f"hidden count can be pinned to an interval narrower than {rule.uncertain}. {also}{out}"
    )
