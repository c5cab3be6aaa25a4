"""Rules on one table alone: sums that miss their total, and figures that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.compare.linting.figures import (
    CASES,
    SUBJECT_WORDS,
    Material,
    Table,
    name_table,
    rows_of,
)
from workbench.compare.linting.findings import Finding, points, whole


def miss_total(material: Material) -> Iterator[Finding]:
    """Tables of one label a case whose rows sum to less than the cases, with no total row."""
    for table in material.tables:
        wanted = table.expected
        if not table.whole or table.several or wanted is None or table.total is not None:
            continue
        if table.sum < wanted:
            yield _of(
                table,
                f"The rows sum to {whole(table.sum)}, not to the {whole(wanted)} cases: "
                f"{whole(wanted - table.sum)} are not accounted for.",
                table.sum,
                wanted,
            )


def several_yet_few(material: Material) -> Iterator[Finding]:
    """Tables of several labels a case whose rows nonetheless sum to fewer than the cases."""
    for table in material.tables:
        wanted = table.expected
        if table.whole and table.several and wanted is not None and table.sum < wanted:
            yield _of(
                table,
                f"A case may carry several labels, yet the rows sum to {whole(table.sum)}, fewer "
                f"than the {whole(wanted)} cases: at least {whole(wanted - table.sum)} have none, "
                "more wherever a case has two.",
                table.sum,
                wanted,
            )


def exceed_total(material: Material) -> Iterator[Finding]:
    """Tables whose rows sum to more than the cases, though nothing says that several may apply."""
    for table in material.tables:
        wanted = table.expected
        counted = len(table.rows) > 1 and table.rows["n"].notna().all()
        shown = counted and not table.several and table.rows["base"].isna().all()
        if shown and wanted is not None and table.sum > wanted:
            yield _of(
                table,
                f"The rows sum to {whole(table.sum)}, {whole(table.sum - wanted)} more than the "
                f"{whole(wanted)} cases, and nothing says that a case may carry several labels.",
                table.sum,
                wanted,
            )


def exceed_whole(material: Material) -> Iterator[Finding]:
    """Single labels with more cases than there are."""
    for row in rows_of(material.labels):
        stated, count = _number(row.base), _number(row.n)
        base = material.cases.get(row.report) if stated is None else stated
        if count is not None and base is not None and count > base:
            yield Finding(
                row.report,
                name_table(row.table, row.title),
                row.label,
                f"{whole(count)} cases carry the label, more than the {whole(base)} there are.",
                count,
                base,
            )


def miss_hundred(material: Material) -> Iterator[Finding]:
    """Tables of percentages alone that do not sum to 100 as far as rounding allows."""
    for table in material.tables:
        percents = table.rows["percent"]
        plain = len(percents) > 1 and percents.notna().all() and table.rows["n"].isna().all()
        if not plain or table.several or not table.rows["whole"].all():
            continue
        total = float(percents.sum())
        slack = float((0.5 * 10.0 ** -table.rows["decimals"].astype(float)).sum())
        if abs(total - 100) > slack + 1e-9:
            yield _of(
                table,
                f"The percentages sum to {points(total)}; rounding allows 100% ± {slack:.2g}. "
                "Say what they are of, or that a case may carry several labels.",
                total,
                100,
            )


def miss_own_total(material: Material) -> Iterator[Finding]:
    """Tables whose rows do not sum to the total that they print."""
    for table in material.tables:
        shown = table.total is not None and table.whole and not table.several
        if shown and table.total is not None and table.sum != table.total:
            yield _of(
                table,
                f"The rows sum to {whole(table.sum)}, the table's own total says "
                f"{whole(table.total)}.",
                table.sum,
                table.total,
            )


def twice_named(material: Material) -> Iterator[Finding]:
    """Labels that stand twice in one table, or differ from another by capitals or spaces only."""
    figures = material.figures[material.figures["counts"] != CASES]
    plain = figures.assign(plain=[" ".join(key.split()) for key in figures["key"]])
    places = ["report", "table", "title", "plain"]
    for _, rows in plain.groupby(places, sort=False):
        if len(rows) > 1:
            first = rows.iloc[0]
            names = " and ".join(f"'{label}'" for label in dict.fromkeys(rows["label"]))
            yield Finding(
                str(first["report"]),
                name_table(str(first["table"]), str(first["title"])),
                str(first["label"]),
                f"{names}: one label on {len(rows)} rows. Join them, or tell them apart.",
            )


def impossible(material: Material) -> Iterator[Finding]:
    """Counts below 0, and percentages outside 0 to 100."""
    for row in rows_of(material.figures):
        count, percent = _number(row.n), _number(row.percent)
        where = (row.report, name_table(row.table, row.title), row.label)
        if count is not None and count < 0:
            yield Finding(*where, f"A count of {count:.0f} cannot be.", count, 0)
        if percent is not None and not 0 <= percent <= 100:
            limit = 0 if percent < 0 else 100
            said = f"A share of {points(percent)} cannot be."
            yield Finding(*where, said, percent, limit)


# Words that stand in subject lines only because a gateway put them there ...
_GATEWAY = frozenset("caution external ext originated untrusted unverified".split())
# ... and words that it adds beside them, which people also write themselves.
_BESIDE = frozenset(
    "outside organisation organization sender warning click attachments links recognise".split()
)
_AS_OFTEN = 0.1


def banner_words(material: Material) -> Iterator[Finding]:
    """Word counts with words that mail gateways add to subject lines."""
    words = material.figures[material.figures["counts"] == SUBJECT_WORDS]
    for _, rows in words.groupby(["report", "table", "title"], sort=False):
        counts = dict(zip(rows["key"], rows["n"].astype(float), strict=True))
        sure = [key for key in counts if key in _GATEWAY | material.banners]
        beside = [
            key
            for key in counts
            if key in _BESIDE - material.banners
            and any(abs(counts[key] - counts[other]) <= _AS_OFTEN * counts[key] for other in sure)
        ]
        found = rows[rows["key"].isin([*sure, *beside])]
        if len(found):
            first = rows.iloc[0]
            listed = ", ".join(f"{row.label} ({whole(row.n)})" for row in rows_of(found))
            yield Finding(
                str(first["report"]),
                name_table(str(first["table"]), str(first["title"])),
                ", ".join(found["label"]),
                f"{listed}: mail gateways add such words to subject lines. Without them "
                f"{len(found)} other words would stand among the {len(rows)}.",
            )


def _of(table: Table, said: str, printed: float, against: float) -> Finding:
    return Finding(table.report, table.name, "", said, printed, against)


def _number(value: object) -> float | None:
    """A cell as a number, or None where it is missing."""
    import pandas as pd

    return None if pd.isna(value) else float(value)  # type: ignore[call-overload, arg-type]
