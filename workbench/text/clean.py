"""What the enquirer wrote, without what mail programs and other people put around it.

Dropped: banners of mail gateways, signatures and disclaimers, quoted tails of a reply, headers
of a forwarded mail. A mail forwarded under a short note keeps its content where the matter of the
enquiry is wanted (``clean_text``), and loses it where the enquirer's own voice is (``own_spans``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from workbench.text import parts

_LONGEST_NOTE = 60


def clean_text(text: str) -> str:
    """What the enquirer brings, with what was forwarded; spaces folded, paragraphs kept.

    A text that holds nothing else comes back whole rather than empty.
    """
    parts = [text[start:end] for start, end in own_spans(text, forwarded=True)]
    joined = re.sub(r"[^\S\n]+", " ", "\n".join(parts).replace("\r\n", "\n"))
    joined = re.sub(r" ?\n ?", "\n", joined)
    return re.sub(r"\n{3,}", "\n\n", joined).strip()


def clean_texts(texts: Iterable[str]) -> list[str]:
    """``clean_text`` of each."""
    return [clean_text(text) for text in texts]


def own_spans(text: str, *, forwarded: bool = False) -> list[parts.Span]:
    """Where in ``text`` the enquirer's own words stand: (start, end) pairs in order, apart.

    With ``forwarded``, the content of a mail that was forwarded under a note of fewer than 60
    words belongs to them. Where there are no five words of a note, it always does, and quoted
    lines do where next to nothing else stands.
    """
    layout = parts.lay_out(text)
    wanted = {parts.OWN}
    short = parts.FEWEST_WORDS if not forwarded else _LONGEST_NOTE
    if layout.note < short:
        wanted.add(parts.FORWARDED)
    if not layout.note:
        wanted.add(parts.QUOTED)
    if _is_bare(layout, wanted):
        wanted.add(parts.QUOTED_LINE)
    whole = parts.trimmed(layout.copy, 0, len(layout.copy))
    return layout.spans(wanted) or ([whole] if whole else [])


def _is_bare(layout: parts.Layout, wanted: set[int]) -> bool:
    """Whether so little is wanted that the quoted lines must be meant; an answer may be short."""
    spans = layout.spans({*wanted, parts.SIGNATURE})
    words = sum(len(layout.copy[start:end].split()) for start, end in spans)
    return words < (1 if layout.reply else parts.FEWEST_WORDS)
