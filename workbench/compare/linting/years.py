"""Rules on two reports: what may not be compared between them, and what did not change at all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import erf, exp, lgamma, log, pi, sqrt
from typing import TYPE_CHECKING, Any

from workbench.compare.linting.figures import GENERAL_LABELS, Material, Table, rows_of
from workbench.compare.linting.findings import Finding, points, whole
from workbench.compare.linting.sentences import ShareSaid, shares_said

if TYPE_CHECKING:
    import pandas as pd

UNLIKELY = 0.05
"""A coincidence likelier than this, among all figures as large, is not worth a word."""

MATERIAL_GAP = 0.2
"""A base that leaves out a smaller part of the cases than this changes little."""

MORE_LABELS = 1.25
"""Two schemes are taken for different where one gives this many times as many labels a case."""

_TABLE_UNLIKELY = 0.01


def repeated(material: Material) -> Iterator[Finding]:
    """Figures that are the same in two reports, where chance would seldom make them so."""
    figures = material.figures[~material.figures["total"] & (material.figures["counts"] != "cases")]
    for first, second in combinations(sorted(material.cases), 2):
        joined = _namesakes(figures, first, second)
        for _, rows in joined.groupby(["table_1", "title_1"], sort=False):
            yield from _repeated_in(rows, first, second, material)


def repeat_chance(
    count: float | None, percent: float | None, decimals: int, bases: tuple[float, float] | None
) -> float:
    """The largest chance, in [0, 1], that two years print this figure by coincidence.

    Largest means that the true rate is taken to be the same in both. A count is Poisson, so two
    equal ones of n have the chance of n heads in 2n tosses. A percentage is normal about its share
    with the two ``bases``, and rounded: the chance that both fall into one step of rounding.
    Without bases nothing is known, and the chance is 1.
    """
    if count is not None:
        return exp(lgamma(2 * count + 1) - 2 * lgamma(count + 1) - 2 * count * log(2))
    if percent is None or bases is None or not 0 < percent < 100:
        return 1.0
    share = percent / 100
    error = 100 * sqrt(share * (1 - share) * (1 / bases[0] + 1 / bases[1]))
    step = 10.0**-decimals / error
    inside = erf(step / sqrt(2))
    return inside - sqrt(2 / pi) / step * (1 - exp(-(step**2) / 2))


def labels_per_case(material: Material) -> Iterator[Finding]:
    """Tables of two reports that share labels, though one gives more labels to a case."""
    for one, other in _table_pairs(material):
        rates = [table.sum / table.cases for table in (one, other) if table.cases]
        if len(rates) < 2 or max(rates) <= 1 or max(rates) < MORE_LABELS * min(rates):
            continue
        names = _common(one, other, material)
        if not names or set(one.rows["key"]) == set(other.rows["key"]):
            continue  # nothing to compare, or one scheme in both
        row_1, row_2 = max(names, key=lambda pair: float(pair[0].n + pair[1].n))
        per_case = [100 * row.n / t.cases for row, t in ((row_1, one), (row_2, other))]
        per_label = [100 * row.n / t.sum for row, t in ((row_1, one), (row_2, other))]
        listed = ", ".join(dict.fromkeys(row.label for row, _ in names))
        said = (
            f"{one.report} gives {rates[0]:.2f} labels a case, {other.report} ({other.name}) "
            f"{rates[1]:.2f}, so shares of cases do not compare. {row_1.label} goes from "
            f"{points(per_case[0])} to {points(per_case[1])} of cases, but from "
            f"{points(per_label[0])} to {points(per_label[1])} of labels. Labels in both: {listed}."
        )
        yield Finding(
            f"{one.report} and {other.report}", one.name, row_1.label, said, *sorted(rates)
        )


def unlike_bases(material: Material) -> Iterator[Finding]:
    """A share whose base leaves out many cases, beside the same share in another report."""
    said = shares_said(material)
    tables = {(t.report, t.matter): t for t in material.tables}
    for (report, matter), table in tables.items():
        if table.several or not table.whole or table.cases is None or not table.sum:
            continue
        missing = table.cases - table.sum
        if missing < MATERIAL_GAP * table.cases:
            continue
        for row in rows_of(table.rows):
            most = 100 * (row.n + missing) / table.cases
            for other, ways in _namesake_shares(report, matter, row.key, said, material):
                if 100 * row.n / table.cases < ways[0].percent < most:
                    yield _unlike(row, table, missing, other, ways)


def _unlike(row: Any, table: Table, missing: int, other: str, ways: list[ShareSaid]) -> Finding:
    cases = table.cases or 0
    least, most = 100 * row.n / cases, 100 * (row.n + missing) / cases
    of_known = 100 * row.n / table.sum
    said = (
        f"{table.report}: {whole(row.n)} is {points(least)} of all {whole(cases)} cases, but "
        f"{points(of_known)} of the {whole(table.sum)} that the table accounts for; of all cases "
        f"it lies between {points(least)} and {points(most)}, if none or all of the rest belong "
        f"to it. {other} prints {ways[0].words}: whether it rose or fell rests on the base."
    )
    where = f"{table.report} and {other}"
    return Finding(where, table.name, row.label, said, ways[0].percent, of_known)


def _namesake_shares(
    report: str,
    matter: str,
    key: str,
    said: dict[tuple[str, str, str], list[ShareSaid]],
    material: Material,
) -> Iterator[tuple[str, list[ShareSaid]]]:
    """The same label's share in other reports: of the same matter, or of the only one there."""
    for (other, about, label), ways in said.items():
        if other != report and label == key:
            alike = about == matter or _only_matters(key, report, other, material) == (
                matter,
                about,
            )
            if alike:
                yield other, ways


def _only_matters(key: str, first: str, second: str, material: Material) -> tuple[str, str] | None:
    """What a label is about in two reports, where each uses it for one thing only."""
    if key in GENERAL_LABELS:
        return None
    figures = material.figures
    plain = (figures["counts"] == "labels") & figures["base"].isna()
    named = figures[(figures["key"] == key) & plain]
    found = [set(named.loc[named["report"] == report, "matter"]) for report in (first, second)]
    if len(found[0]) == 1 and len(found[1]) == 1:
        return found[0].pop(), found[1].pop()
    return None


def _table_pairs(material: Material) -> Iterator[tuple[Table, Table]]:
    """Tables with counts of two different reports, the earlier report first."""
    counted = [table for table in material.tables if table.rows["n"].notna().all()]
    counted = [table for table in counted if table.base is None]
    for one, other in combinations(counted, 2):
        if one.report != other.report:
            yield (one, other) if one.report < other.report else (other, one)


def _common(one: Table, other: Table, material: Material) -> list[tuple[Any, Any]]:
    """The rows of two tables that are about the same thing."""
    later = {row.key: row for row in rows_of(other.rows)}
    pairs = []
    for row in rows_of(one.rows):
        if row.key in later and row.key not in GENERAL_LABELS:
            alike = _only_matters(row.key, one.report, other.report, material)
            if one.matter == other.matter or alike == (one.matter, other.matter):
                pairs.append((row, later[row.key]))
    return pairs


def _namesakes(figures: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """Rows of two reports joined by matter and label; a label that stands twice is left out."""
    keys = ["matter", "counts", "key"]
    sides = [figures[figures["report"] == report] for report in (first, second)]
    one, other = (side[~side.duplicated(keys, keep=False)] for side in sides)
    return one.merge(other, on=keys, suffixes=("_1", "_2"))


def _repeated_in(
    rows: pd.DataFrame, first: str, second: str, material: Material
) -> Iterator[Finding]:
    """Repeated figures of one table, the least likely first, till coincidence explains them."""
    bases = (material.cases.get(first), material.cases.get(second))
    known = (float(bases[0]), float(bases[1])) if bases[0] and bases[1] else None
    pairs = [found for row in rows.itertuples(index=False) if (found := _pair(row, known))]
    pairs.sort(key=lambda pair: pair[0])
    same = [row for _, alike, row in pairs if alike]
    expected = sum(chance for chance, _, _ in pairs)
    if len(same) > 1 and _at_least(len(same), expected) < _TABLE_UNLIKELY:
        said = (
            f"{len(same)} of {len(pairs)} figures are the same in {first} and {second}; chance "
            f"would make {expected:.1f} so. Was a column copied?"
        )
        name = rows.iloc[0]["title_1"]
        yield Finding(f"{first} and {second}", name, "", said, len(same), expected)
        return
    running = 0.0
    for chance, alike, row in pairs:
        running += chance
        if running > UNLIKELY:
            return
        if alike:
            yield _repeated(row, running, first, second)


def _pair(row: Any, bases: tuple[float, float] | None) -> tuple[float, bool, Any] | None:
    """The chance that a figure repeats, and whether it does; None where it cannot be told."""
    import pandas as pd

    if pd.notna(row.n_1) and pd.notna(row.n_2):
        larger = max(float(row.n_1), float(row.n_2), 0.0)
        return repeat_chance(larger, None, 0, None), bool(row.n_1 == row.n_2), row
    if pd.isna(row.percent_1) or pd.isna(row.percent_2) or row.decimals_1 != row.decimals_2:
        return None
    if bases is None:
        return None
    chance = repeat_chance(None, float(row.percent_1), int(row.decimals_1), bases)
    return chance, bool(row.percent_1 == row.percent_2), row


def _repeated(row: Any, chance: float, first: str, second: str) -> Finding:
    import pandas as pd

    counted = pd.notna(row.n_1) and pd.notna(row.n_2)
    number = float(row.n_1 if counted else row.percent_1)
    words = whole(number) if counted else points(number, int(row.decimals_1))
    said = (
        f"{words} in {first} and again in {second}. Had nothing changed, two years would still "
        f"print the same figure in about {max(1, round(100 * chance))} of 100 cases at most: was "
        "it carried over?"
    )
    return Finding(f"{first} and {second}", row.title_1, row.label_1, said, number, number)


def _at_least(count: int, expected: float) -> float:
    from scipy.stats import poisson

    return float(poisson.sf(count - 1, expected))
