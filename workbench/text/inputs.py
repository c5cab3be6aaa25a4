"""How texts come in: a plain list, or a column that is indexed by case."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import pandas as pd

Texts: TypeAlias = "Sequence[str] | pd.Series"


def as_texts(texts: Texts) -> tuple[list[str], list[Hashable]]:
    """The texts as strings, and the ``text_id`` of each.

    A plain list is identified by position (0 to n - 1), a Series by its index, so that
    ``cases.set_index("case_id")["text"]`` keeps the case ids. Missing values become empty texts.
    """
    import pandas as pd

    if isinstance(texts, pd.Series):
        return [_as_text(text) for text in texts], list(texts.index)
    return [_as_text(text) for text in texts], list(range(len(texts)))


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else ""
