"""A drawing: a figure with everything that must go with it wherever it is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Drawing:
    """A figure, the frame behind it, and its words.

    ``name`` is the stem of its files (kebab-case); ``title`` says what the figure shows and
    serves as its caption; ``alt`` describes it to those who cannot see it; ``note`` gives its
    base and gaps ("Base: 862 cases with a platform; 1,816 have none"); ``label`` says how
    sensitive it is, and stands in the picture too (``marking.mark``). ``source`` names the table of
    an analysis that ``data`` was taken from, if ``data`` is not one itself. Raises ``ValueError``
    for a name that is not kebab-case or an empty alternative text.
    """

    name: str
    figure: Figure = field(repr=False)
    data: pd.DataFrame = field(repr=False)
    title: str
    alt: str
    note: str = ""
    label: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError("name must be kebab-case, such as 'platforms-by-year'")
        if not self.alt.strip():
            raise ValueError("a drawing needs its alternative text")


@dataclass(frozen=True)
class SavedDrawing:
    """Where a drawing's files lie; ``svg`` and ``png`` are None where no browser could draw."""

    drawing: Drawing
    html: Path
    svg: Path | None
    png: Path | None
    csv: Path
