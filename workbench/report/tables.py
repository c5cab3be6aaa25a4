"""Frames as printed tables: counts, shares and their bases, in words a reader expects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.compare.say import percent
from workbench.compare.shares import NOT_OFFERED
from workbench.privacy.linked_tables import WITHHELD
from workbench.report.blocks import TableBlock

if TYPE_CHECKING:
    import pandas as pd

HIDDEN = "(few)"
"""Printed where disclosure control hides a small count."""

HELD = "(withheld)"
"""Printed where it withholds another count, so that no small one can be worked out."""

REST = "All other labels"


def shares_table(frame: pd.DataFrame, *, title: str, heading: str, note: str = "") -> TableBlock:
    """A comparison frame as a table: a row a label, commonest first; a count and share a group."""
    import pandas as pd

    groups = list(frame["group"].drop_duplicates())
    totals = frame.groupby("label", sort=False)["n"].sum()
    ranked = totals.sort_values(ascending=False, kind="stable").index
    columns: dict[str, list[str]] = {heading: [str(label) for label in ranked]}
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
    printed = pd.DataFrame(columns)
    return TableBlock(
        title=title,
        frame=printed,
        numeric=tuple(columns)[1:],
        widths=(3.2, *(1.0 for _ in tuple(columns)[1:])),
        note=note,
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


def base_note(coverage: pd.DataFrame, *, several: bool, of_all: bool = False) -> str:
    """What the shares are of, and how many cases lack the field, group by group."""
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
    kind = "all cases" if of_all else "the cases that have it recorded"
    more = " A case can carry several, so shares add up to more than 100%." if several else ""
    return f"Shares are of {kind}. {'; '.join(parts)}.{more}"


def months_table(frame: pd.DataFrame) -> TableBlock:
    """Cases a month: a row a month of the year, a column a period."""
    names = frame.drop_duplicates("place").sort_values("place")["month"].dt.strftime("%B")
    wide = frame.pivot(index="place", columns="period", values="n")
    printed = wide.map(count).reset_index(drop=True)
    printed.insert(0, "Month", list(names))
    numeric = tuple(str(column) for column in printed.columns[1:])
    return TableBlock(
        title="Cases in each month",
        frame=printed,
        numeric=numeric,
        widths=(2.0, *(1.0 for _ in numeric)),
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
    )


def themes_table(themes: pd.DataFrame) -> TableBlock:
    """Main themes with their sub-themes beneath: cases, share with interval, keywords."""
    import pandas as pd

    rows = []
    for main in themes[themes["level"] == 0].itertuples(index=False):
        under = themes[themes["parent"] == main.theme]
        rows.append(_theme_row(main, prefix=""))
        if len(under) > 1:  # a single one would only say the same again
            rows += [_theme_row(sub, prefix="– ") for sub in under.itertuples(index=False)]
    columns = ["Theme", "Cases", "Share (95% interval)", "Words that mark it"]
    return TableBlock(
        title="Themes and sub-themes found in the enquiries",
        frame=pd.DataFrame(rows, columns=pd.Index(columns)),
        numeric=("Cases",),
        widths=(2.6, 0.7, 1.6, 3.4),
    )


def _theme_row(row: Any, *, prefix: str) -> tuple[str, str, str, str]:
    interval = f"{percent(row.share)} ({100 * row.low:.1f}–{100 * row.high:.1f})"
    words = ", ".join(str(row.keywords).split(", ")[:6])
    return (f"{prefix}{row.label}", count(row.size), interval, words)


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
    )


def file_name(path: str) -> str:
    """The last part of a path, whichever way its slashes lean."""
    return path.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
