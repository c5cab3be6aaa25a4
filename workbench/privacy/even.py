"""A text made even before identifiers are sought: signs that hide them from a reader's search.

Zero-width signs are dropped; full-width letters and digits, odd spaces and hyphens become plain.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_DROPPED = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe00-\ufe0f"
_DROP = re.compile(f"[{_DROPPED}]")
_ODD = re.compile(
    f"[{_DROPPED}\u00a0\u2000-\u200a\u2010-\u2012\u202f\u205f\u2212\u2024\u3000\ufe52\ufe63\ufe6b"
    "\uff01-\uff5e\ue000-\uf8ff\U0001d400-\U0001d7ff]"
)
_HYPHENS = "\u2010\u2011\u2012\u2212\ufe63\uff0d"


def even_out(text: str) -> tuple[str, Sequence[int] | None]:
    """``text`` made plain, and the place in ``text`` of each of its characters and of its end.

    The places are None where they are the same, as nearly always.
    """
    if text.isascii() or not _ODD.search(text):
        return text, None
    plain = _ODD.sub(_even_sign, text)
    if len(plain) == len(text):
        return plain, None
    dropped = {found.start() for found in _DROP.finditer(text)}
    places = [place for place in range(len(text)) if place not in dropped]
    return plain, [*places, len(text)]


def _even_sign(found: re.Match[str]) -> str:
    sign = found[0]
    if _DROP.match(sign):
        return ""
    if sign in _HYPHENS:
        return "-"
    if "\ue000" <= sign <= "\uf8ff":
        return "\ufffd"  # these signs are ours while identifiers are sought
    even = unicodedata.normalize("NFKC", sign)
    return even if len(even) == 1 else sign
