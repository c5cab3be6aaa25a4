"""Frames as printed tables: counts, shares and their bases, in words a reader expects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbench.compare.say import percent
from workbench.compare.shares import NOT_OFFERED
from workbench.privacy.linked_tables import WITHHELD
from workbench.report.behind import Behind, Sourced, behind_row, behind_rows
from workbench.report.blocks import TableBlock

if TYPE_CHECKING:
    import pandas as pd

HIDDEN = "(few)"
"""Printed where disclosure control hides a small count."""

HELD = "(withheld)"
"""Printed where it withholds another count, so that no small one can be worked out."""

REST = "All other labels"


def shares_table(
    frame: pd.DataFrame, *, title: str, heading: str, note: str = "", source: str = ""
) -> TableBlock:
    """A comparison frame as a table: a row a label, commonest first; a count and share a group.

    ``source`` is the name of the frame among the tables of an analysis.
    """
    import pandas as pd

    groups = list(frame["group"].drop_duplicates())
    totals = frame.groupby("label", sort=False)["n"].sum()
    ranked = totals.sort_values(ascending=False, kind="stable").index
    columns: dict[str, list[str]] = {heading: [str(label) for label in ranked]}
    cells: dict[str, tuple[Behind, ...]] = {}
    for group in groups:
        part = frame[frame["group"] == group].set_index("label").reindex(columns[heading])
        suffix = f" {group}" if len(groups) > 1 else ""
        columns[f"Cases{suffix}"] = [
            _told(n, str(why)) for n, why in zip(part["n"], part["note"], strict=True)
        ]
        columns[f"Share{suffix}"] = [
            percent(share) if NOT_OFFERED not in str(why) else "–"
            for share, why in zip(part["share"], part["note"], strict=True)
        ]
        rows = part.assign(group=group).reset_index(names="label")
        cells[f"Cases{suffix}"] = behind_rows(rows, "n", frame=source)
        cells[f"Share{suffix}"] = behind_rows(rows, "share", frame=source)
    printed = pd.DataFrame(columns)
    return TableBlock(
        title=title,
        frame=printed,
        numeric=tuple(columns)[1:],
        widths=(3.2, *(1.0 for _ in tuple(columns)[1:])),
        note=note,
        source=source,
        cells=cells,
    )


def _told(n: Any, why: str) -> str:
    """A count of a comparison frame by its note."""
    import pandas as pd

    if NOT_OFFERED in why:
        return "–"
    return HELD if pd.isna(n) and WITHHELD in why else count(n)


def count(n: Any) -> str:
    """A count with its thousands marked; ``(few)`` where it is hidden."""
    import pandas as pd

    return HIDDEN if pd.isna(n) else f"{int(n):,}"


def share_with_limits(share: float, low: float, high: float, *, missing: str = "–") -> str:
    """``20.2% (19.1–21.3)``: a share with its interval."""
    import pandas as pd

    return missing if pd.isna(share) else f"{percent(share)} ({100 * low:.1f}–{100 * high:.1f})"


def base_note(
    coverage: pd.DataFrame,
    *,
    several: bool,
    of_all: bool = False,
    every: str = "all cases",
    source: str = "",
) -> Sourced:
    """What the shares are of, and how many cases lack the field, group by group.

    ``every`` is what cases are called where shares are ``of_all`` of them; ``source`` is the name
    of ``coverage`` among the tables of an analysis.
    """
    parts = []
    columns = (coverage[name] for name in ("group", "cases", "recorded", "missing"))
    for group, *counts in zip(*columns, strict=True):
        cases, recorded, missing = map(count, counts)
        if of_all:
            parts.append(f"{group}: {cases} cases")
        elif recorded == "0":
            parts.append(f"{group}: not recorded for any of {cases} cases")
        else:
            lack = "" if missing == "0" else f", {missing} have none"
            lack = ", few or none lack it" if missing == HIDDEN else lack
            parts.append(f"{group}: {recorded} of {cases} cases have it recorded{lack}")
    kind = every if of_all else "the cases that have it recorded"
    more = " A case can carry several, so shares add up to more than 100%." if several else ""
    counted, n = ("base", "") if of_all else ("recorded", "recorded")
    behind = behind_rows(coverage, counted, frame=source, by=("group",), n=n, base="cases")
    return Sourced(f"Shares are of {kind}. {'; '.join(parts)}.{more}", *behind)


def months_table(frame: pd.DataFrame) -> TableBlock:
    """Cases a month: a row a month of the year, a column a period."""
    names = frame.drop_duplicates("place").sort_values("place")["month"].dt.strftime("%B")
    wide = frame.pivot(index="place", columns="period", values="n")
    printed = wide.map(count).reset_index(drop=True)
    printed.insert(0, "Month", list(names))
    numeric = tuple(str(column) for column in printed.columns[1:])
    known = {(row["place"], row["period"]): row for row in frame.to_dict("records")}
    cells = {
        str(period): tuple(
            behind_row(known.get((place, period), {}), "n", frame="months", by=("month", "period"))
            for place in wide.index
        )
        for period in wide.columns
    }
    return TableBlock(
        title="Cases in each month",
        frame=printed,
        numeric=numeric,
        widths=(2.0, *(1.0 for _ in numeric)),
        source="months",
        cells=cells,
    )


def takedown_table(frame: pd.DataFrame) -> TableBlock:
    """Addresses reported and removed, a row a period and platform."""
    import pandas as pd

    printed = pd.DataFrame(
        {
            "Period": frame["period"],
            "Platform": frame["platform"],
            "Reported": frame["base"].map(count),
            "Removed": frame["n"].map(count),
            "Share removed": frame["share"].map(percent),
        }
    )
    return TableBlock(
        title="Addresses reported to platforms and removed by them",
        frame=printed,
        numeric=("Reported", "Removed", "Share removed"),
        widths=(1.2, 2.0, 1.0, 1.0, 1.2),
        source="takedowns",
        cells={
            head: behind_rows(frame, column, frame="takedowns", by=("platform", "period"))
            for head, column in (("Reported", "base"), ("Removed", "n"), ("Share removed", "share"))
        },
    )


def themes_table(themes: pd.DataFrame) -> TableBlock:
    """Main themes with their sub-themes beneath: cases, share, stability, keywords.

    Those that are not ``firm``, where that column says so, are marked.
    """
    import pandas as pd

    shown: list[Mapping[Any, Any]] = []
    records = themes.to_dict("records")
    for main in (row for row in records if row["level"] == 0):
        under = [row for row in records if row["parent"] == main["theme"]]
        shown += [main, *(under if len(under) > 1 else [])]  # a single one says the same again
    rows = [_theme_row(row) for row in shown]
    columns = ["Theme", "Cases", "Share (95% interval)", "Stability (range)", "Words that mark it"]
    behind = {columns[1]: "size", columns[2]: "share", columns[3]: "stability"}
    note = (
        "Stability, from 0 to 1, is how much of a theme comes back when themes are found in half "
        "of the cases: its mean, and the range of 95% of such clusterings."
    )
    if not all(row.get("firm", True) for row in shown):
        note += (
            " A theme marked “not firm” is too small or comes back too seldom to rest anything on "
            "it, and stands in no comparison."
        )
    return TableBlock(
        title="Themes and sub-themes found in the enquiries",
        frame=pd.DataFrame(rows, columns=pd.Index(columns)),
        numeric=("Cases",),
        widths=(2.6, 0.7, 1.5, 1.4, 2.8),
        note=note,
        source="themes",
        cells={
            head: tuple(
                behind_row(row, column, frame="themes", by=("label", "level")) for row in shown
            )
            for head, column in behind.items()
        },
    )


def _theme_row(row: Mapping[Any, Any]) -> tuple[str, ...]:
    prefix = "– " if row["level"] else ""
    weak = "" if row.get("firm", True) else " (not firm)"
    held = [row[name] for name in ("stability", "stability_low", "stability_high")]
    steady = "–" if held[0] != held[0] else f"{held[0]:.2f} ({held[1]:.2f}–{held[2]:.2f})"
    share = share_with_limits(row["share"], row["low"], row["high"])
    words = ", ".join(str(row["keywords"]).split(", ")[:6])
    return (f"{prefix}{row['label']}{weak}", count(row["size"]), share, steady, words)


def problems_table(problems: pd.DataFrame) -> TableBlock:
    """Rows that were set aside, counted by file, column and reason."""
    columns = ["source", "column", "reason", "mend"]
    counted = problems.value_counts(columns, sort=True).reset_index(name="rows")
    counted = counted.sort_values(["rows", *columns], ascending=[False, *(True for _ in columns)])
    printed = counted.assign(
        rows=counted["rows"].map(count), source=counted["source"].map(file_name)
    )
    printed = printed[["source", "column", "reason", "rows", "mend"]].set_axis(
        ["File", "Column", "Reason", "Rows", "What to do"], axis=1
    )
    return TableBlock(
        title="Rows that could not be used",
        frame=printed.reset_index(drop=True),
        numeric=("Rows",),
        widths=(1.6, 1.0, 2.0, 0.6, 2.0),
        source="rows",
        cells={
            "Rows": behind_rows(
                counted.assign(source=counted["source"].map(file_name)),
                "rows",
                frame="rows",
                by=("source", "column", "reason"),
            )
        },
    )


def file_name(path: str) -> str:
    """The last part of a path, whichever way its slashes lean."""
    return path.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
