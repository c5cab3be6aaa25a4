"""What reports say in words, as facts: one row a claim."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbench.compare.linting.cells import COUNT, PERCENT, check_word, read_cells, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

KINDS: Mapping[str, tuple[str, ...]] = {
    "count": ("label", "n"),
    "share": ("label", "percent"),
    "several": (),
    "first": ("label",),
    "contrast": ("label", "against"),
    "selection": ("label",),
}
"""What a claim can say, and the columns that it needs beside report, where and title.

``count``: label has n; ``share``: label has percent (of base); ``several``: a case may carry
several labels of the table; ``first``: label is its commonest; ``contrast``: the groups label and
against are set against each other; ``selection``: cases of label reach the record more readily than
others.
"""

HOW = ("exactly", "about", "over", "under", "almost")
"""How closely a claim holds to its number; empty means exactly."""

BASES = ("cases", "recorded", "labels")
"""What a claimed share is of: all cases, those with the field recorded, all labels given; empty
where it is not said.
"""

_REQUIRED = ("report", "where", "kind", "title", "label", "against", "how", "n", "percent", "base")
_NEEDED = ("label", "against", "n", "percent")
_ABOUT = 0.05
_ALMOST = 0.9
_OPEN = 1e-6  # "over 4,000" is not 4,000 itself

CLAIM_COLUMNS = {
    **dict.fromkeys(_REQUIRED, "str"),
    "n": "Int64",
    "percent": "Float64",
    "decimals": "Int64",
    "comment": "str",
}
"""The columns of a frame of claims; ``comment`` is for people, no rule reads it."""


def read_claims(path: Path | str) -> pd.DataFrame:
    """A file of claims as a frame with CLAIM_COLUMNS.

    Raises ``WorkbenchError`` that names file, row, column and mend.
    """
    file = Path(path)
    cells = read_cells(file, required=_REQUIRED, optional=("comment",), what="claims")
    for column, known in (("kind", tuple(KINDS)), ("how", HOW), ("base", BASES)):
        check_word(cells, column, known, file=file, empty=column != "kind")
    for column in ("report", "where", "title", *_NEEDED):
        for row, kind, cell in zip(cells.index, cells["kind"], cells[column], strict=True):
            if not cell and (column not in _NEEDED or column in KINDS[kind]):
                refuse(file, row, column, f"a claim of the kind '{kind}' needs it; fill it in")
    claims = cells.assign(
        n=COUNT.read(cells["n"], file=file),
        percent=PERCENT.read(cells["percent"], file=file),
        decimals=PERCENT.decimals(cells["percent"]),
        how=cells["how"].where(cells["how"] != "", "exactly"),
    )
    return claims[list(CLAIM_COLUMNS)].astype(CLAIM_COLUMNS).reset_index(drop=True)


def no_claims() -> pd.DataFrame:
    """A frame of claims without rows."""
    import pandas as pd

    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in CLAIM_COLUMNS.items()})


def admitted(value: float, how: str, *, decimals: int = 0) -> tuple[float, float]:
    """The values that a statement admits, as (low, high): ``almost 75`` is 67.5 to just under 75.

    A number given exactly admits all that round to it; ``about`` a twentieth either way.
    """
    rounding = 0.5 * 10.0**-decimals
    if how == "over":
        return value * (1 + _OPEN), float("inf")
    if how == "under":
        return 0.0, value * (1 - _OPEN)
    if how == "almost":
        return _ALMOST * value, value * (1 - _OPEN)
    reach = max(rounding, _ABOUT * value) if how == "about" else rounding
    return value - reach, value + reach


def meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two ranges have a value in common, but for rounding of the arithmetic."""
    slack = 1e-12 * max(1.0, abs(one[0]), abs(other[0]))
    return one[0] <= other[1] + slack and other[0] <= one[1] + slack
