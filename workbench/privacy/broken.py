"""Telephone and NHS numbers with the same odd sign between all their groups: "999*123*4567"."""

from __future__ import annotations

import re

from workbench.privacy.patterns import Pattern, shape, squeezed

_ODD = r"\s?(?:[^\w\s,]|_|,(?!\d{3},\d{3}\b))\s?"
_CLUE = re.compile(r"\d\s?(?:[^\w\s]|_)\s?\d+\s?(?:[^\w\s]|_)\s?\d")

BROKEN = (
    Pattern(
        "NHS NUMBER",  # nine digits and the one that checks, in threes or one by one
        shape(
            rf"(?<!\w)(?:\d{{3}}(?P<sign>{_ODD})\d{{3}}(?P=sign)\d{{4}}"
            rf"|\d(?P<each>{_ODD})\d(?:(?P=each)\d){{8}}|\[\d{{3}}\]\s?\[\d{{3}}\]\s?\[\d{{4}}\])(?!\w)"
        ),
        clue=_CLUE,
    ),
    Pattern(
        "PHONE",
        shape(
            rf"(?<!\w)0(?:\d{{2,4}}(?P<sign>{_ODD})\d{{3,4}}(?P=sign)\d{{3,4}}"
            rf"|\d{{4}}(?P<once>{_ODD})\d{{6}}|(?P<each>{_ODD})\d(?:(?P=each)\d){{8,9}})(?!\w)"
        ),
        squeezed,
        clue=re.compile(r"0\d*\s?(?:[^\w\s]|_)\s?\d"),
    ),
)
