"""What the reading panel shows, as HTML: every word of a case passes ``escape``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.charts.style import SOFT
from workbench.explore.points import UNPLACED, word_patterns
from workbench.privacy.escape import escape

if TYPE_CHECKING:
    import pandas as pd

MOST_LISTED = 20

# JupyterLab's own colours, so that the panel reads well on its dark theme too.
_INK = "color:var(--jp-content-font-color1,#262626)"
_QUIET = "color:var(--jp-content-font-color2,#595959);font-size:12px"
_MARK = "background:#FFE08A;color:#262626;padding:0 1px"


def reading(row: pd.Series[Any], *, words: str = "", colour: str = SOFT) -> str:
    """One enquiry to read: id, period and day, theme, subject and text, ``words`` marked."""
    day = f"{row['date']:%A} {row['date'].day} {row['date']:%B %Y}"
    head = " · ".join(escape(str(part)) for part in (row["case_id"], row["period"], day))
    subject = row["subject"]
    about = f"<b>{_marked(subject, words)}</b><br>" if isinstance(subject, str) else ""
    return (
        f'<div style="border-left:4px solid {colour};padding:2px 0 4px 12px;margin:0 0 14px;'
        f'line-height:1.5;{_INK}">'
        f'<div style="{_QUIET}">{head}<br>{escape(_theme(row))}</div>'
        f'<div style="white-space:pre-wrap;overflow-wrap:anywhere;margin-top:4px">'
        f"{about}{_marked(row['text'], words)}</div></div>"
    )


def listing(
    chosen: pd.DataFrame, *, words: str = "", colours: Sequence[str] = (), most: int = MOST_LISTED
) -> str:
    """The enquiries chosen, one after another: how many there are, and the first ``most``.

    ``colours`` has one colour a row, or none at all.
    """
    if chosen.empty:
        return hint(
            "Click a point to keep its enquiry here, or draw round a group of points to list them."
        )
    said = f"{len(chosen):,} selected" + (
        f"; the first {most} are shown" if len(chosen) > most else ""
    )
    shown = chosen.head(most)
    drawn = list(colours)[:most] or [SOFT] * len(shown)
    read = [
        reading(row, words=words, colour=colour)
        for (_, row), colour in zip(shown.iterrows(), drawn, strict=True)
    ]
    return f'<div style="{_INK};margin-bottom:8px"><b>{said}</b></div>' + "".join(read)


def hint(text: str) -> str:
    """Words of the workbench's own in place of something not there yet."""
    return f'<div style="{_QUIET};margin:4px 0">{escape(text)}</div>'


def key(names: Sequence[tuple[str, str, str]]) -> str:
    """What the marks of the map mean: ``names`` holds (mark, colour, label), a line each."""
    lines = [
        f'<div style="display:flex;gap:8px;line-height:1.45">'
        f'<span style="color:{colour};width:14px;text-align:center" aria-hidden="true">'
        f"{escape(mark)}</span><span>{escape(label)}</span></div>"
        for mark, colour, label in names
    ]
    return f'<div style="{_INK};font-size:12px">{"".join(lines)}</div>'


def _theme(row: pd.Series[Any]) -> str:
    if row["theme"] == UNPLACED:
        return "Fits no theme well enough"
    return f"{row['theme']} › {row['subtheme']}"


def _marked(text: str, words: str) -> str:
    """``text`` as HTML with the places marked where one of ``words`` begins."""
    spans = sorted(m.span() for p in word_patterns(words) for m in p.finditer(text))
    pieces, done = [], 0
    for start, end in spans:
        if start < done:
            continue  # two words searched begin alike
        pieces += [
            escape(text[done:start]),
            f'<mark style="{_MARK}">{escape(text[start:end])}</mark>',
        ]
        done = end
    return "".join((*pieces, escape(text[done:])))
