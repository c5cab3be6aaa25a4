"""Rules on a share and its count: does the one follow from the other, and of what?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from workbench.compare.linting.claims import admitted, meet
from workbench.compare.linting.figures import Material, Table, rows_of
from workbench.compare.linting.findings import Finding, points, whole

if TYPE_CHECKING:
    import pandas as pd

_FEW_NAMES = 3  # where more bases than this would fit, the share is too coarse to tell
_LARGEST = 10**9


def share_from_count(material: Material) -> Iterator[Finding]:
    """Percentages that do not follow from their counts and base; names the base that fits."""
    for table in material.tables:
        rows = table.rows[table.rows["n"].ge(0) & table.rows["percent"].notna()]
        stated = rows["base"].notna()
        for row in rows_of(rows[stated]):
            if not follows(row.n, row.percent, row.decimals, row.base):
                yield _row(row, table, material, f"the stated base of {whole(row.base)}", row.base)
        if not stated.all():
            yield from _against_likeliest(rows[~stated], table, material)


def follows(count: float, percent: float, decimals: int, base: float) -> bool:
    """Whether ``count`` of ``base`` is ``percent`` as far as it was printed."""
    if base <= 0:
        return count == 0 and percent == 0
    share = 100 * count / base
    return meet((share, share), admitted(float(percent), "exactly", decimals=int(decimals)))


def fitting_bases(rows: pd.DataFrame, bases: Mapping[str, int]) -> list[str]:
    """The names of those bases from which every row's percentage follows."""
    return [name for name, size in bases.items() if _fits(rows, size).all()]


def _against_likeliest(rows: pd.DataFrame, table: Table, material: Material) -> Iterator[Finding]:
    """A table's shares against the base that most of them follow from."""
    bases = table.bases
    if not bases:
        return
    fits = {name: _fits(rows, size) for name, size in bases.items()}
    best = max(bases, key=lambda name: int(fits[name].sum()))
    odd = rows[~fits[best]]
    if len(odd) > 1 and 2 * len(odd) > len(rows):
        yield Finding(
            table.report,
            table.name,
            "",
            f"{len(odd)} of {len(rows)} percentages do not follow from {best} "
            f"({whole(bases[best])}), nor from any other base of the table. "
            f"{_say_fitting(rows, table, material)}",
            against=bases[best],
        )
        return
    for row in rows_of(odd):
        yield _row(row, table, material, f"{best} ({whole(bases[best])})", bases[best])


def _row(row: pd.Series, table: Table, material: Material, base: str, size: float) -> Finding:
    share = 100 * row.n / size if size > 0 else float("nan")
    alone = table.rows[table.rows["key"] == row.key]
    said = (
        f"{whole(row.n)} is {points(share, int(row.decimals))} of {base}, not the printed "
        f"{points(row.percent, int(row.decimals))}. {_say_fitting(alone, table, material)}"
    )
    return Finding(row.report, table.name, row.label, said, float(row.percent), share)


def _say_fitting(rows: pd.DataFrame, table: Table, material: Material) -> str:
    """The base that reproduces the shares, or how large it would have to be."""
    names = fitting_bases(rows, _known_bases(table, material))
    if 0 < len(names) <= _FEW_NAMES:
        return f"It would follow from {' or '.join(names)}."
    if names:
        return ""
    low, high = 0.0, float("inf")
    for row in rows_of(rows):
        least, most = admitted(float(row.percent), "exactly", decimals=int(row.decimals))
        low = max(low, 100 * row.n / most) if most > 0 else low
        high = min(high, 100 * row.n / least) if least > 0 else high
    if 0 < low <= high < _LARGEST:
        return f"It would need a base of {whole(low)} to {whole(high)}, which is printed nowhere."
    return "No one base reproduces it."


def _known_bases(table: Table, material: Material) -> dict[str, int]:
    """Every size printed that a share may have been taken of, named for a sentence."""
    found = {f"{name} ({whole(size)})": size for name, size in table.bases.items()}
    for other in material.tables:
        if other.report == table.report and other.name != table.name and other.whole:
            found[f"the rows of {other.name} ({whole(other.sum)})"] = other.sum
    for report, cases in material.cases.items():
        if report != table.report:
            found[f"the {whole(cases)} cases of {report}"] = cases
    return {name: size for name, size in found.items() if size > 0}


def _fits(rows: pd.DataFrame, size: float) -> pd.Series:
    import pandas as pd

    columns = zip(rows["n"], rows["percent"], rows["decimals"], strict=True)
    fits = [follows(n, percent, decimals, size) for n, percent, decimals in columns]
    return pd.Series(fits, index=rows.index, dtype=bool)
