"""The vocabulary of defamation by family of words: a reading aid, never legal advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.compare.intervals import share, wilson

if TYPE_CHECKING:
    import pandas as pd

FAMILIES = {
    "defamation": "defamation, defamatory, to defame",
    "libel": "libel, libellous",
    "slander": "slander, slanderous",
    "false-allegation": "false allegations, accusations and claims",
    "falsehood": "lies, malicious falsehood, smear",
}
"""The families of words, by the marker that finds each, as tables print them."""


def count_vocabulary(found: pd.DataFrame, *, base: int) -> pd.DataFrame:
    """How many texts use each family of words: one row a family, in the order of ``FAMILIES``.

    ``found`` comes from ``read_through`` with the lens of defamation, ``base`` is the number of
    texts that were read. Columns ``family``, ``name``, ``n``, ``base``, ``share`` in [0, 1] and
    its Wilson interval ``low`` to ``high``. A text may use several families.
    """
    import pandas as pd

    words = found[found["element"] == "vocabulary"].drop_duplicates(["text_id", "marker"])
    counts = words["marker"].value_counts().reindex(list(FAMILIES), fill_value=0)
    low, high = wilson(counts.to_numpy(), base)
    return pd.DataFrame(
        {
            "family": list(FAMILIES),
            "name": list(FAMILIES.values()),
            "n": counts.to_numpy(dtype="int64"),
            "base": base,
            "share": share(counts.to_numpy(), base),
            "low": low,
            "high": high,
        }
    )
