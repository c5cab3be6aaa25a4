"""Rules on words: what is said of a figure against what is printed of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.compare.linting.claims import admitted, meet
from workbench.compare.linting.figures import Material, name_table, rows_of
from workbench.compare.linting.findings import Finding, points, whole

if TYPE_CHECKING:
    import pandas as pd

PROSE = "prose"
"""The ``source`` of claims that were found in running text."""

Range = tuple[float, float]


@dataclass(frozen=True)
class ShareSaid:
    """One printing of a share: where, in words, the values that it admits, and its base."""

    report: str
    where: str
    title: str
    label: str
    words: str
    percent: float
    range: Range
    base: str


def shares_said(material: Material) -> dict[tuple[str, str, str], list[ShareSaid]]:
    """Every printing of each share, by report, matter and label: in tables, then in claims."""
    said: dict[tuple[str, str, str], list[ShareSaid]] = {}
    figures = material.figures[material.figures["percent"].notna()]
    for row in rows_of(figures):
        base = "" if _missing(row.base) else str(row.base)
        share = _share_said(row, row.table, "exactly", base)
        said.setdefault((row.report, row.matter, row.key), []).append(share)
    claims = material.claims
    claimed = claims[(claims["kind"] == "share") & (claims["source"] != PROSE)]
    for row in rows_of(claimed):
        share = _share_said(row, row.where, row.how, row.base)
        said.setdefault((row.report, row.matter, row.key), []).append(share)
    return said


def two_ways(material: Material) -> Iterator[Finding]:
    """One share that a report prints in two ways that rounding does not explain."""
    for ways in shares_said(material).values():
        if _clash(ways) and not bases_differ(ways):
            yield _list_ways(ways, "Choose one, and say of which cases it is.")


def two_bases(material: Material) -> Iterator[Finding]:
    """One share that a report prints in two ways, since it is of two bases."""
    for ways in shares_said(material).values():
        if _clash(ways) and bases_differ(ways):
            yield _list_ways(ways, "They are of different bases and do not compare.")


def bases_differ(ways: list[ShareSaid]) -> bool:
    """Whether the printings of a share that disagree each say their base, and say another."""
    pairs = [(one, other) for one in ways for other in ways if not meet(one.range, other.range)]
    return all(one.base and other.base and one.base != other.base for one, other in pairs)


def against_sentence(material: Material) -> Iterator[Finding]:
    """Sentences whose count, share or order the tables do not bear out."""
    for claim in rows_of(material.claims):
        verdict = check_claim(claim, material)
        if isinstance(verdict, Finding):
            yield verdict


def not_checked(material: Material) -> Iterator[Finding]:
    """Claims about figures that are printed nowhere, and sentences that could not be matched."""
    said_again = {place for place, ways in shares_said(material).items() if len(ways) > 1}
    for claim in rows_of(material.claims):
        alone = claim.source == PROSE or (claim.report, claim.matter, claim.key) not in said_again
        if alone and check_claim(claim, material) is None:
            said = f"{claim.where}: no printed figure answers to this with certainty."
            yield Finding(claim.report, claim.title, claim.label, said)
    for name, (unmatched, total) in material.unmatched.items():
        if unmatched:
            said = (
                f"{unmatched} of {total} sentences that give figures of a label could not be "
                "matched to a printed figure with certainty."
            )
            yield Finding("", name, "", said)


def check_claim(claim: Any, material: Material) -> Finding | bool | None:
    """What the tables say of one claim: True if they bear it out, a Finding if not, else None."""
    if claim.kind == "first":
        return _check_first(claim, material)
    if claim.kind not in ("count", "share"):
        return True
    if not claim.label:
        return _check_cases(claim, material)
    about = _figures_about(claim, material)
    if claim.kind == "share":
        known = about[about["percent"].notna()]
        if len(known) and claim.source != PROSE:
            return True  # printed as a share too: ``two_ways`` looks at it
        options = [option for row in rows_of(about) for option in _shares_of(row, claim, material)]
    else:
        known = about[about["n"].notna()]
        options = [
            (f"{name_table(row.table, row.title)} prints {whole(row.n)}", _one(row.n))
            for row in rows_of(known)
        ]
    said = _range_said(claim)
    if any(meet(said, values) for _, values in options):
        return True
    one = about["matter"].nunique() == 1 or len(about[["n", "percent"]].drop_duplicates()) == 1
    if not options or not one:
        return None  # a label of several tables, which say different things of it
    first = about.iloc[0]
    table = name_table(str(first["table"]), str(first["title"]))
    words = "; ".join(words for words, _ in options)
    return _finding(claim, table, f"{words}.", against=options[0][1])


def _check_first(claim: Any, material: Material) -> Finding | bool | None:
    about = _figures_about(claim, material)
    for row in rows_of(about[about["n"].notna()]):
        rows = material.labels
        rows = rows[(rows["report"] == row.report) & (rows["title"] == row.title)]
        most = rows.loc[rows["n"].astype(float).idxmax()]
        if most["n"] > row.n:
            table, numbers = name_table(row.table, row.title), (row.n, most["n"])
            words = (
                f"{claim.where}: {row.label} is said to come first; but {table} prints "
                f"{whole(numbers[0])}, and {whole(numbers[1])} of {most['label']}."
            )
            return Finding(row.report, table, row.label, words, *map(float, numbers))
        return True
    return None


def _check_cases(claim: Any, material: Material) -> Finding | bool | None:
    cases = material.cases.get(claim.report)
    if cases is None:
        return None
    if meet(_range_said(claim), _one(cases)):
        return True
    said = f"the report is about {whole(cases)} cases."
    return _finding(claim, claim.title, said, against=_one(cases))


def _figures_about(claim: Any, material: Material) -> pd.DataFrame:
    """The printed figures of a claim's report and label, and of its title where it names one."""
    figures = material.figures
    about = (figures["report"] == claim.report) & (figures["key"] == claim.key)
    if claim.title:
        about &= figures["matter"] == claim.matter
    found: pd.DataFrame = figures[about]
    return found


def _shares_of(row: Any, claim: Any, material: Material) -> list[tuple[str, Range]]:
    """What share a printed figure comes to: as printed, then of each base that may be meant."""
    found = []
    where = name_table(row.table, row.title)
    if not _missing(row.percent):
        printed = points(row.percent, int(row.decimals))
        range_ = admitted(float(row.percent), "exactly", decimals=int(row.decimals))
        found.append((f"{where} prints {printed}", range_))
    if _missing(row.n):
        return found
    bases: dict[str, float] = {} if _missing(row.base) else {"the stated base": float(row.base)}
    table = material.table_at.get((row.report, row.table, row.title))
    bases.update(table.bases if table else {})
    wanted = {"cases": ("all cases",), "recorded": ("the stated base", "the sum of the rows")}
    for name, size in bases.items():
        if name in wanted.get(claim.base, bases) and size > 0:
            share = 100 * float(row.n) / size
            words = f"{where}: {whole(row.n)} is {points(share)} of {name} ({whole(size)})"
            found.append((words, (share, share)))
    return found


def _share_said(row: Any, where: str, how: str, base: str) -> ShareSaid:
    number = points(row.percent, int(row.decimals))
    return ShareSaid(
        report=row.report,
        where=where,
        title=row.title,
        label=row.label,
        words=number if how == "exactly" else f"{how} {number}",
        percent=float(row.percent),
        range=admitted(float(row.percent), how, decimals=int(row.decimals)),
        base=base,
    )


def _clash(ways: list[ShareSaid]) -> bool:
    return any(not meet(one.range, other.range) for one in ways for other in ways)


def _list_ways(ways: list[ShareSaid], advice: str) -> Finding:
    grouped: dict[str, list[str]] = {}
    for way in ways:
        grouped.setdefault(way.words, []).append(way.where)
    listed = "; ".join(f"{words} ({', '.join(dict.fromkeys(w))})" for words, w in grouped.items())
    percents = [way.percent for way in ways]
    first = ways[0]
    said = f"Printed as {listed}. {advice}"
    return Finding(first.report, first.title, first.label, said, max(percents), min(percents))


def _finding(claim: Any, table: str, printed: str, *, against: Range) -> Finding:
    number = float(claim.n if claim.kind == "count" else claim.percent)
    words = whole(number) if claim.kind == "count" else points(number, int(claim.decimals))
    how = "" if claim.how == "exactly" else f"{claim.how} "
    said = f"{claim.where}: {how}{words}; but {printed}"
    return Finding(claim.report, table, claim.label, said, number, against[0])


def _range_said(claim: Any) -> Range:
    if claim.kind == "share":
        return admitted(float(claim.percent), claim.how, decimals=int(claim.decimals))
    if claim.how == "exactly":
        return _one(claim.n)
    return admitted(float(claim.n), claim.how)


def _one(number: float) -> Range:
    return float(number), float(number)


def _missing(value: object) -> bool:
    import pandas as pd

    return bool(pd.isna(value))  # type: ignore[call-overload]
