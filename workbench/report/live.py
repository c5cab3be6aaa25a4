"""Live values: words to print that carry their claim, and how a row becomes such words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from workbench.compare.say import is_clear, percent, points
from workbench.report.behind import numbers_of
from workbench.report.claims import VALUE, Claim
from workbench.report.faults import ProseError
from workbench.report.tables import count as printed_count

if TYPE_CHECKING:
    import pandas as pd

_COUNTS = {"n", "base", "cases", "size", "recorded", "missing", "labels", "days", "no_reply"}


class Live(str):
    """Words to print that come from a table; ``claim`` says from where."""

    claim: Claim

    def __new__(cls, text: str, claim: Claim) -> Self:
        """The words, with the claim that has them as ``printed``."""
        from dataclasses import replace

        made = super().__new__(cls, text)
        made.claim = replace(claim, printed=text)
        return made


class Known(str):
    """Words of the study's own description, such as the name of a period; no claim."""


HIDDEN = (
    "{} is hidden by disclosure control. Write the sentence without it, or give the words to print "
    "with hidden='...'."
)
REFUSED = "the table '{}' was refused by disclosure control ({})."


def stop_refused(refused: Mapping[str, str], *names: str) -> None:
    """Raise ``ProseError`` where one of ``names`` is a table that disclosure control refused."""
    for name in names:
        if name in refused:
            raise ProseError(REFUSED.format(name, refused[name]), "disclosure")


def is_missing(value: Any) -> bool:
    """Whether a number is not there, or hidden."""
    import pandas as pd

    return bool(pd.isna(value))


def in_place_of(row: pd.Series, hidden: str, column: str = "share") -> str:
    """Nothing where the number is there; else the words for one that is hidden, or a fault."""
    if not is_missing(row[column]):
        return ""
    if hidden:
        return hidden
    what = "share" if column == "share" else "difference"
    raise ProseError(HIDDEN.format(f"The {what} of '{row['label']}'"), "disclosure")


def say_change(row: pd.Series) -> str:
    """A change in a few words; that there is none to be seen where it is not clear."""
    before, after = (percent(row[f"{w}n"] / row[f"{w}base"]) for w in ("reference_", ""))
    if bool(is_clear(row.to_frame().T.infer_objects()).iloc[0]):
        return f"{'rose' if row['difference'] > 0 else 'fell'} from {before} to {after}"
    return f"did not change clearly ({before}, then {after})"


def claim_of(
    what: str,
    key: str,
    row: pd.Series,
    *,
    limits: str = "",
) -> Claim:
    """The claim of a row, by its label and group."""
    where = tuple((name, str(row[name])) for name in ("label", "group"))
    return Claim(VALUE, what, key, where, "", **numbers_of(row, limits=limits))


def pairs_of(where: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What picks a row, as a claim holds it."""
    return tuple((name, str(value)) for name, value in where.items())


def _is_share(row: pd.Series, column: str) -> bool:
    """Whether a column holds shares in [0, 1]; limits do where a share stands beside them."""
    return (
        "share" in column
        or column.startswith(("stability", "corrected", "agreement"))
        or (column in ("low", "high", "least", "most") and "share" in row.index)
    )


def printed_cell(row: pd.Series, column: str, digits: int | None) -> str:
    """One cell as it is printed; ``digits`` decimals for what is no share, count or difference."""
    value = row[column]
    if isinstance(value, str):
        return value
    if "difference" in column:
        return points(float(value))
    if _is_share(row, column):
        return percent(float(value))
    if digits is None and (column in _COUNTS or column.endswith("base")):
        return printed_count(value)
    if not isinstance(value, (int, float)) and hasattr(value, "strftime"):
        return f"{value:%B %Y}"
    return f"{float(value):,.{1 if digits is None else digits}f}"
