"""Alternative texts of the charts of words, as plain words that are not yet escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.charts.alt import alt_text
from workbench.charts.style import floats
from workbench.compare.keyness import marked_words

if TYPE_CHECKING:
    import pandas as pd


def alt_keyness(frame: pd.DataFrame, *, names: tuple[str, str], top: int = 4) -> str:
    """For `keyness`: how many words are clear, and each side's first with how much more."""
    marked = marked_words(frame, top=None)
    if not len(marked):
        return alt_text("Empty chart of words: there are none to compare")
    clear = marked[marked["clear"]]
    said = [
        f"Dot chart of how many times as often words are used in {names[0]} and in {names[1]}, "
        f"with 95% intervals: {len(clear):,} of {len(frame):,} words differ clearly"
    ]
    for side, name in zip("ab", names, strict=True):
        own = clear[clear["side"] == side].head(top)
        parts = [f"{row['word']} {_times(row)}" for _, row in own.iterrows()]
        said.append(f"More in {name}: {', '.join(parts)}" if parts else f"None more in {name}")
    return alt_text(*said)


def _times(row: pd.Series[Any]) -> str:
    if not min(row["n_a"], row["n_b"]):
        return "there alone"
    return f"{2 ** abs(row['log_ratio']):.1f} times"


def alt_word_shift(frame: pd.DataFrame, *, names: tuple[str, str], top: int = 4) -> str:
    """For `word_shift`: the words that make up most of the distance, side by side."""
    if not len(frame):
        return alt_text("Empty chart of words: there are none to compare")
    said = [
        f"Bar chart of the words that make up the distance between {names[0]} and {names[1]}, "
        "with each word's part of it"
    ]
    for side, name in zip("ab", names, strict=True):
        own = frame[frame["more_in"] == side].head(top)
        pairs = zip(own["word"], floats(own["part"]), strict=True)
        parts = [f"{word} {part:.1%}" for word, part in pairs]
        if parts:
            said.append(f"More in {name}: {', '.join(parts)}")
    return alt_text(*said)


def alt_word_cloud(
    frame: pd.DataFrame,
    *,
    what: str,
    label: str = "word",
    n: str = "n",
    marked: str | None = None,
    top: int = 8,
) -> str:
    """For `word_cloud`: the largest words with their counts, and which ones stand in brackets."""
    known = frame.assign(count=floats(frame[n]))
    known = known[known["count"] > 0].sort_values(["count", label], ascending=[False, True])
    if not len(known):
        return alt_text(f"Empty word cloud of {what}: there are no words to show")
    first = known.head(top)
    parts = [
        f"{word} {count:,.0f}" for word, count in zip(first[label], first["count"], strict=True)
    ]
    added = list(known.loc[known[marked].astype(bool), label]) if marked is not None else []
    return alt_text(
        f"Word cloud of {what}, larger for more frequent words. Largest: {', '.join(parts)}",
        f"Not the enquirers' own: {', '.join(map(str, added))}" if added else "",
    )
