"""Rules on what figures cannot carry though they are right: small groups, and selection."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.compare.intervals import detectable_effect, wilson
from workbench.compare.linting.figures import Material, name_table, rows_of
from workbench.compare.linting.findings import Finding, whole

if TYPE_CHECKING:
    import pandas as pd

SMALL_EFFECT = 0.2
"""Cohen's h that is called small; groups that could not show it are too small to compare."""


def small_groups(material: Material) -> Iterator[Finding]:
    """Groups that a report compares, where one is too small to show a small difference."""
    claims = material.claims
    for claim in rows_of(claims[claims["kind"] == "contrast"]):
        figures = material.figures
        about = figures[(figures["report"] == claim.report) & (figures["matter"] == claim.matter)]
        sizes = [_count(about, name) for name in (claim.key, claim.against.casefold())]
        if sizes[0] is None or sizes[1] is None or min(sizes[0], sizes[1]) <= 0:
            continue
        effect = float(detectable_effect(sizes[0], sizes[1]))
        if effect > SMALL_EFFECT:
            small = min(sizes[0], sizes[1])
            name = claim.label if sizes[0] == small else claim.against
            said = _too_small(name, small, max(sizes[0], sizes[1]))
            yield Finding(claim.report, claim.title, name, said, small, effect)
    yield from _own_groups(material)


def _own_groups(material: Material) -> Iterator[Finding]:
    """Pairs of groups in comparisons: one finding a pair, for the table in which it fares best."""
    figures = material.figures[material.figures["base"].notna() & ~material.figures["whole"]]
    best: dict[tuple[str, str], tuple[float, str, dict[str, int]]] = {}
    for (_, title), rows in figures.groupby(["table", "title"], sort=False):
        sizes = {
            str(group): int(base) for group, base in rows.groupby("report")["base"].max().items()
        }
        if len(sizes) != 2 or min(sizes.values()) <= 0:
            continue
        pair = (min(sizes), max(sizes))
        effect = float(detectable_effect(*sizes.values()))
        if pair not in best or effect < best[pair][0]:
            best[pair] = (effect, str(title), sizes)
    for pair, (effect, title, sizes) in best.items():
        if effect > SMALL_EFFECT:
            name = min(sizes, key=lambda group: sizes[group])
            said = _too_small(name, min(sizes.values()), max(sizes.values()))
            yield Finding(" and ".join(pair), title, name, said, sizes[name], effect)


def selection(material: Material) -> Iterator[Finding]:
    """Figures of a label that is recorded more readily than the others."""
    claims = material.claims
    for claim in rows_of(claims[claims["kind"] == "selection"]):
        figures = material.figures
        about = figures[
            (figures["report"] == claim.report)
            & (figures["key"] == claim.key)
            & (figures["matter"] == claim.matter)
        ]
        if len(about):
            row = about.iloc[0]
            said = (
                f"{claim.where}: cases of {claim.label} reach the record more readily than "
                "others. Its share says whom the service reached, not how common it is, and a "
                "change may be one of reach."
            )
            table = name_table(str(row["table"]), str(row["title"]))
            yield Finding(claim.report, table, claim.label, said)


def _too_small(name: str, small: int, large: int) -> str:
    effect, above = float(detectable_effect(small, large)), 100 * float(wilson(0, small)[1])
    return (
        f"{name} has {whole(small)} cases against {whole(large)}. With 80% power such groups show "
        f"no difference smaller than Cohen's h {effect:.2f}; and a label that none of the "
        f"{whole(small)} carries may still be that of up to {above:.1f}%."
    )


def _count(about: pd.DataFrame, key: str) -> int | None:
    counts = about.loc[(about["key"] == key) & about["n"].notna(), "n"]
    return int(counts.iloc[0]) if len(counts) == 1 else None
