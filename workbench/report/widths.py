"""How wide a printed table's columns are: as asked for, but no word is broken where that can be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from workbench.charts.labels import text_width

if TYPE_CHECKING:
    import pandas as pd

PAGE = 165 / 25.4 * 72
"""Points between the margins of a page."""
LETTERS = 9.0
"""The size of a table's letters in points."""
PADDING = 12.0
"""Points within a column that its words cannot use."""
MOST = 0.4
"""The most of the page that one long word, such as a hash, may claim."""

_BREAKS = re.compile(r"(?<=[-–])|[ \n]+")  # where a line may end: Word and browsers agree on these


def fit_widths(frame: pd.DataFrame, widths: Sequence[float]) -> list[float]:
    """The share of the page, in (0, 1), of each column of ``frame``; together 1.

    They are those of ``widths`` (any unit) where each column's longest word fits into that; else
    narrow columns take what they lack from those that have room to spare, in proportion to it.
    """
    shares = [width / sum(widths) for width in widths]
    least = [_least(frame, place) for place in range(len(shares))]
    lacking = sum(max(0.0, need - share) for share, need in zip(shares, least, strict=True))
    spare = sum(max(0.0, share - need) for share, need in zip(shares, least, strict=True))
    if not lacking:
        return shares
    given = min(1.0, lacking / spare) if spare else 0.0
    got = given * spare / lacking
    return [
        share + got * (need - share) if need > share else share - given * (share - need)
        for share, need in zip(shares, least, strict=True)
    ]


def _least(frame: pd.DataFrame, place: int) -> float:
    """The share of the page that the longest word of a column takes."""
    heading = max(
        text_width(word, LETTERS, bold=True) for word in _words(str(frame.columns[place]))
    )
    cells = frame.iloc[:, place].astype(str).unique()
    body = max((text_width(w, LETTERS) for cell in cells for w in _words(cell)), default=0.0)
    return min(MOST, (max(heading, body) + PADDING) / PAGE)


def _words(text: str) -> Iterator[str]:
    return iter(_BREAKS.split(text))
