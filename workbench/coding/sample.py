"""What to label: a stratified draw of sentences or texts with known probabilities.

Sentences teach and test heads. A share of texts needs labelled texts: whether a text shows a tone
cannot be told from one of its sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.errors import WorkbenchError
from workbench.text.sentences import own_sentences

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

WHOLE_TEXT = -1
"""The number of the sentence where the unit is a whole text."""

UNIT = ("text_id", "sentence")
"""The columns that name a unit."""

UNSURE, LIKELY = 0.2, 0.5
"""From which chance a dimension may apply, and from which it likely does."""

SPREAD = 0.5
"""The part of the draw that all units share alike; the rest goes to all strata alike. So no unit
weighs more than 1 / SPREAD times what it would in a simple draw."""

NONE_LIKELY, NOT_RECORDED = "none likely", "not recorded"


def sentence_units(log: CaseLog) -> pd.DataFrame:
    """The enquirers' own sentences: ``text_id`` (the case), ``sentence`` (from 0), ``text``.

    Raises ``WorkbenchError`` where the log is not redacted, since sheets go to people.
    """
    rows = [
        (case, number, sentence.text)
        for case, text in _redacted(log)
        for number, sentence in enumerate(own_sentences(text))
    ]
    return _units(rows)


def text_units(log: CaseLog) -> pd.DataFrame:
    """Whole texts as units: ``text_id``, ``sentence`` (``WHOLE_TEXT``), ``text``.

    The text is the enquirer's own sentences. Raises as ``sentence_units`` does.
    """
    rows = [
        (case, WHOLE_TEXT, "\n".join(sentence.text for sentence in own_sentences(text)))
        for case, text in _redacted(log)
    ]
    return _units(rows)


def case_groups(
    log: CaseLog, units: pd.DataFrame, *, fields: Sequence[str] = ("period", "phase")
) -> pd.DataFrame:
    """The group of each unit's case in each field that the study has: a column a field.

    A case with several labels stands under all of them joined, one without under "not recorded".
    """
    import pandas as pd

    groups = pd.DataFrame(index=units.index)
    for field in fields:
        if field == "period" or field in log.fields:
            labels = log.membership(field).drop_duplicates().sort_values("label")
            joined = labels.groupby("case_id")["label"].agg(" + ".join)
            groups[field] = units["text_id"].map(joined).fillna(NOT_RECORDED).astype("str")
    return groups


def draw_sample(
    units: pd.DataFrame,
    *,
    size: int,
    chances: pd.DataFrame | None = None,
    groups: pd.DataFrame | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Draw ``size`` units (all, if there are no more), each with a known probability.

    ``units`` has ``text_id``, ``sentence`` and any other columns, which are kept. ``chances`` (a
    column a dimension, from 0 to 1) and ``groups`` (a column a field) have the rows of ``units``
    under the same index. A stratum is the units of one group (period × phase) in one band: the
    rarest dimension that they may show, and whether they likely show it. Half of the draw goes to
    the strata by size, half to all alike, so that rare tones and small groups are met.

    Adds ``stratum`` and ``inclusion``, the probability in (0, 1] with which the unit was drawn:
    keep it, or no share can be estimated from the labels. Rows come shuffled, so that nobody sees
    what was expected. The same units give the same draw in whatever order they come. Raises
    ``WorkbenchError`` for a size under 1, doubled units, or rows that do not fit.

    Source: systematic sampling with unequal probabilities (Madow 1949).
    """
    import numpy as np

    _check(units, size, {"chances": chances, "groups": groups})
    named = units.assign(text_id=units["text_id"].astype("str"))  # as sheets will give it back
    order = named.sort_values(list(UNIT)).index
    placed = named.loc[order].reset_index(drop=True)
    strata = _join(
        None if groups is None else groups.loc[order].reset_index(drop=True),
        None if chances is None else chances.loc[order].reset_index(drop=True),
        len(placed),
    )
    own = np.unique(strata, return_inverse=True)[1]
    random = np.random.default_rng(seed)
    inclusion = inclusion_probabilities(own, size)
    rows = random.permutation(draw_rows(inclusion, own, random))
    drawn = placed.loc[rows].reset_index(drop=True)
    return drawn.assign(stratum=strata[rows], inclusion=inclusion[rows])


def inclusion_probabilities(strata: np.ndarray, size: int) -> np.ndarray:
    """The probability of each unit, from its stratum (from 0): they add up to ``size``."""
    import numpy as np

    counts = np.bincount(strata)
    worth = SPREAD / len(strata) + (1 - SPREAD) / (len(counts) * counts[strata])
    certain = np.zeros(len(strata), dtype=bool)
    while True:
        left = max(size - certain.sum(), 0)
        rest = worth[~certain].sum()
        chosen = np.where(certain, 1.0, worth * (left / rest if rest else 0.0))
        if not (chosen[~certain] > 1).any():
            return np.asarray(np.minimum(chosen, 1.0))
        certain |= chosen >= 1


def bands_of(chances: pd.DataFrame) -> np.ndarray:
    """In words, for each row: the rarest dimension that it may show and how likely it does."""
    import numpy as np

    totals = chances.sum()
    rarest_first = sorted(chances.columns, key=lambda name: (totals[name], str(name)))
    values = chances[rarest_first].to_numpy(dtype=float)
    may = values >= UNSURE
    leading = may.argmax(axis=1)
    likely = values[np.arange(len(values)), leading] >= LIKELY
    words = np.array([[f"{name} unsure", f"{name} likely"] for name in rarest_first], dtype=object)
    return np.where(may.any(axis=1), words[leading, likely.astype(int)], NONE_LIKELY)


def _join(groups: pd.DataFrame | None, chances: pd.DataFrame | None, n: int) -> np.ndarray:
    import numpy as np

    parts = [] if groups is None else [groups[name].astype(str).to_numpy() for name in groups]
    if chances is not None and len(chances.columns):
        parts.append(bands_of(chances))
    if not parts:
        return np.full(n, "all", dtype=object)
    return np.array([" | ".join(row) for row in zip(*parts, strict=True)], dtype=object)


def draw_rows(inclusion: np.ndarray, strata: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Rows met by even steps along the units, laid out by stratum and shuffled within it."""
    import numpy as np

    order = np.lexsort((random.random(len(strata)), strata))
    ends = np.cumsum(inclusion[order])
    ends[-1] = round(ends[-1])  # the sum is whole but for rounding
    steps = np.arange(ends[-1]) + random.random()
    return np.asarray(order[np.searchsorted(ends, steps, side="right")])


def _redacted(log: CaseLog) -> list[tuple[str, str]]:
    if not log.redacted:
        raise WorkbenchError("Sheets are only made of redacted texts. Redact the log first.")
    pairs = zip(log.cases["case_id"], log.cases["text"], strict=True)
    return [(case, text) for case, text in pairs if isinstance(text, str)]


def _units(rows: list[tuple[str, int, str]]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(rows, columns=["text_id", "sentence", "text"])
    return frame.astype({"text_id": "str", "sentence": "int64", "text": "str"})


def _check(units: pd.DataFrame, size: int, beside: dict[str, pd.DataFrame | None]) -> None:
    if size < 1 or not len(units):
        raise WorkbenchError("There is nothing to draw. Ask for at least one of some units.")
    if units.duplicated(list(UNIT)).any() or units.index.has_duplicates:
        raise WorkbenchError("Several rows are one unit. Give each text_id and sentence one row.")
    for name, frame in beside.items():
        if frame is not None and not units.index.isin(frame.index).all():
            raise WorkbenchError(f"Some units have no {name}. Give one row for each, same index.")
        if frame is not None and frame.loc[units.index].isna().to_numpy().any():
            raise WorkbenchError(f"Some {name} are missing. Fill them in for every unit.")
