"""Accepted codings: which codes people gave to which texts, as one table."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.themes.codebook import Codebook

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

SUGGESTER = "workbench suggestion"
"""The coder to whom suggestions belong; what it says is never learnt from."""


def tabulate_codings(
    codings: pd.DataFrame, codebook: Codebook, ids: Sequence[Hashable]
) -> tuple[np.ndarray, pd.DataFrame]:
    """The rows of ``ids`` that were coded, and how they were: one row a text, one column a code.

    ``codings`` has ``text_id``, ``code`` and, where given, ``value`` (1 applies, 0 does not; 1 by
    default) and ``coder``. A text listed once is fully coded for every code that stands anywhere
    in ``codings``: what is not given to it does not apply. Cells are the share of the text's
    coders who gave the code, from 0 to 1. Raises ``WorkbenchError`` for a column that is missing,
    a code or text that there is not, a value other than 0 and 1, or rows of ``SUGGESTER``.
    """
    import numpy as np
    import pandas as pd

    for column in ("text_id", "code"):
        if column not in codings.columns:
            raise WorkbenchError(f"The codings have no column '{column}'. Add it.")
    table = pd.DataFrame(
        {
            "text_id": codings["text_id"].to_numpy(),
            "code": codings["code"].astype(str).to_numpy(),
            "value": _values(codings),
            "coder": codings["coder"].to_numpy() if "coder" in codings else "",
        }
    )
    if len(set(ids)) < len(ids):
        raise WorkbenchError("Several texts share one text_id. Give each text its own.")
    row_of = {own: row for row, own in enumerate(ids)}
    known = [code.code for code in codebook.codes]
    _check_rows(~table["code"].isin(known), "code", "is not in the codebook")
    _check_rows(~table["text_id"].isin(row_of.keys()), "text_id", "is not among the texts")
    _check_rows(
        table["coder"] == SUGGESTER,
        "coder",
        "is a suggestion that nobody accepted; leave such rows out, or give them under the name "
        "of the person who accepts them",
    )
    by_coder = table.pivot_table(
        index=["text_id", "coder"], columns="code", values="value", aggfunc="max", fill_value=0.0
    )
    by_text = by_coder.groupby(level="text_id", sort=False).mean()
    by_text = by_text.reindex(columns=[code for code in known if code in by_text.columns])
    return np.array([row_of[own] for own in by_text.index], dtype=np.int64), by_text


def _values(codings: pd.DataFrame) -> np.ndarray:
    import numpy as np
    import pandas as pd

    if "value" not in codings:
        return np.ones(len(codings))
    values = pd.to_numeric(codings["value"], errors="coerce")
    _check_rows(~values.isin([0, 1]), "value", "is neither 0 nor 1")
    return values.to_numpy(dtype=float)


def _check_rows(wrong: pd.Series, column: str, fault: str) -> None:
    rows = wrong.to_numpy().nonzero()[0]
    if len(rows):
        more = f" (and {len(rows) - 1} more)" if len(rows) > 1 else ""
        raise WorkbenchError(
            f"The codings, row {rows[0] + 1} of {len(wrong)}{more}: '{column}' {fault}."
        )
