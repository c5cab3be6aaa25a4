"""The enquiries as points of a map, and which of them a reader asks for: frames, no widgets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.errors import WorkbenchError
from workbench.themes.found import NO_THEME, Themes

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

UNPLACED = "Unplaced"


@dataclass(frozen=True)
class Filters:
    """What a reader asks for; every wish must be met.

    ``labels``: the label wanted of a field, by the field's name. ``theme``: a main theme or a
    sub-theme by number, -1 for the unplaced, None for all. ``words``: words that the text must
    hold, each from its beginning, in any order.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    theme: int | None = None
    words: str = ""


def make_points(
    log: CaseLog, themes: Themes, places: np.ndarray, *, fields: Sequence[str] = ()
) -> pd.DataFrame:
    """One row a case, in the log's order: what the map draws and the reading panel shows.

    Columns: case_id, period, date, subject, text, main and sub (numbers of themes, -1 unplaced),
    theme and subtheme (their labels), x, y, and for each of ``fields`` a tuple of the case's
    labels. ``places`` has shape ``(n_cases, 2)``. Raises ``WorkbenchError`` for a log that is not
    redacted, or where log, themes and places are not of the same cases.
    """
    import numpy as np

    _check(log, themes, places)
    names = {
        **dict(zip(themes.themes["theme"], themes.themes["label"], strict=True)),
        NO_THEME: UNPLACED,
    }
    points = log.cases[["case_id", "period", "date", "subject", "text"]].reset_index(drop=True)
    for column, label, level in (("main", "theme", 0), ("sub", "subtheme", 1)):
        points[column] = themes.at_level(level).to_numpy()
        points[label] = points[column].map(names)
    points[["x", "y"]] = np.round(places.astype(float), 3)
    for name in fields:
        carried = log.membership(name).groupby("case_id")["label"].agg(tuple).to_dict()
        points[_column(name)] = [carried.get(case_id, ()) for case_id in points["case_id"]]
    return points


def labels_of(points: pd.DataFrame, name: str) -> pd.Series:
    """The labels of field ``name``: a tuple a case."""
    return points[_column(name)]


def passing(points: pd.DataFrame, filters: Filters) -> np.ndarray:
    """Which rows of ``points`` pass ``filters``: bool, shape ``(n,)``."""
    import numpy as np

    found = np.ones(len(points), dtype=bool)
    for name, label in filters.labels.items():
        found &= np.array([label in labels for labels in labels_of(points, name)], dtype=bool)
    if filters.theme is not None:
        main, sub = points["main"].to_numpy(), points["sub"].to_numpy()
        found &= (main == filters.theme) | (sub == filters.theme)
    for pattern in word_patterns(filters.words):
        found &= np.array([bool(pattern.search(text)) for text in points["text"]], dtype=bool)
    return found


def word_patterns(words: str) -> list[re.Pattern[str]]:
    """One pattern for each of the ``words``: it matches where a word begins so, in any case."""
    return [re.compile(rf"(?<!\w){re.escape(word)}", re.IGNORECASE) for word in words.split()]


def _column(name: str) -> str:
    # Fields carry the study's own names, which may be those of the columns above.
    return f"field:{name}"


def _check(log: CaseLog, themes: Themes, places: np.ndarray) -> None:
    if not log.redacted:
        raise WorkbenchError(
            "The map shows what people wrote, so it takes redacted cases only. Redact them first: "
            "log = redact(log, study)."
        )
    if places.shape != (len(log), 2):
        raise WorkbenchError(
            f"{len(log)} cases need as many places of two coordinates; the shape given is "
            f"{places.shape}. Make them with layout(vectors) from the same cases."
        )
    ids = list(themes.assignments["text_id"])
    if ids != list(log.cases["case_id"]) and ids != list(range(len(log))):
        raise WorkbenchError(
            "The themes were found in other cases than these, or in another order. Find them with "
            "find_themes(texts_of(log)) from this log."
        )
