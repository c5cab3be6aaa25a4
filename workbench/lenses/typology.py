"""What texts describe, set against what was recorded: one broad label, and the kinds beneath it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.compare.intervals import share, wilson

if TYPE_CHECKING:
    import pandas as pd

SO, OTHERWISE = "recorded so", "recorded otherwise"
"""How a case was recorded: under one of the labels in question, or under others alone."""

KIND, ANY_KIND, NO_KIND = "kind", "any", "none"
NOT_DESCRIBED, NOT_RECORDED = "not described", "not recorded"
"""The rows of the table, in the order of ``typology_table``."""


def recorded_as(log: CaseLog, recorded: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Whether each case was recorded under one of the labels of ``recorded`` (field: labels).

    Columns ``case_id``, ``label`` (``SO`` or ``OTHERWISE``): a row a case that has one of those
    fields recorded at all. Raises ``WorkbenchError`` for a field that the log does not have.
    """
    import numpy as np
    import pandas as pd

    parts = []
    for field, labels in recorded.items():
        held = log.membership(field)
        parts.append(held.assign(so=held["label"].isin(list(labels))))
    carried = pd.concat(parts, ignore_index=True)
    so = carried.groupby("case_id", sort=True)["so"].any()
    return pd.DataFrame({"case_id": so.index, "label": np.where(so, SO, OTHERWISE)})


def typology_table(
    described: pd.DataFrame, recorded: pd.DataFrame, *, kinds: Sequence[str]
) -> pd.DataFrame:
    """How often cases that describe each of ``kinds`` were recorded under the broad label.

    ``described`` has case_id and label (a kind), ``recorded`` comes from ``recorded_as``; cases
    that are not in it are left out of every row. Columns ``row``, ``name``, ``n`` of ``base``,
    ``share`` in [0, 1] with its Wilson interval ``low`` to ``high``:

    - ``KIND``, a row a kind: of the cases that describe it, those recorded so; the same for
      ``ANY_KIND`` and ``NO_KIND``, cases that describe one of them or none;
    - ``NOT_DESCRIBED``: of the cases recorded so, those that describe no kind;
    - ``NOT_RECORDED``: of the cases that describe one, those recorded otherwise.
    """
    import pandas as pd

    so = recorded.set_index("case_id")["label"] == SO
    held = described[described["case_id"].isin(so.index)].drop_duplicates(["case_id", "label"])
    own = held.assign(so=so.reindex(held["case_id"]).to_numpy(dtype=bool))
    by_kind = own.groupby("label")["so"].agg(["sum", "size"]).reindex(list(kinds), fill_value=0)
    any_kind = so[so.index.isin(held["case_id"])]
    no_kind = so[~so.index.isin(held["case_id"])]
    rows = [(KIND, name, n, base) for name, n, base in by_kind.itertuples()]
    rows += [
        (ANY_KIND, "Any of these", any_kind.sum(), len(any_kind)),
        (NO_KIND, "None of these", no_kind.sum(), len(no_kind)),
        (NOT_DESCRIBED, "Recorded so, none described", no_kind.sum(), so.sum()),
        (NOT_RECORDED, "Described, not recorded so", (~any_kind).sum(), len(any_kind)),
    ]
    frame = pd.DataFrame(rows, columns=pd.Index(["row", "name", "n", "base"]))
    frame = frame.astype({"n": "int64", "base": "int64"})
    low, high = wilson(frame["n"], frame["base"])
    return frame.assign(share=share(frame["n"], frame["base"]), low=low, high=high)
