"""What holds of every claim that tells its count and base: the printed figure comes out of them."""

from __future__ import annotations

from collections.abc import Collection

from workbench.compare.say import percent
from workbench.report.behind import SOURCES
from workbench.report.claims import Claim

ROUNDED = 1e-6
"""A ledger keeps six decimals."""
COUNTS = ("n", "size", "cases", "no_reply", "rows", "kept", "set_aside", "labelled", "n_without")


def contradictions(claims: Collection[Claim], tables: Collection[str]) -> list[str]:
    """What is wrong with the cells among ``claims``, and every source that nobody knows."""
    found = [f"{claim.frame}: no table" for claim in claims if not _known(claim.frame, tables)]
    for claim in (claim for claim in claims if claim.kind == "cell"):
        if claim.what in COUNTS and claim.printed != f"{claim.n or 0:,.0f}":
            found.append(f"{claim.name}: {claim.printed} is not {claim.n}")
        if claim.what == "base" and claim.printed != f"{claim.base or 0:,.0f}":
            found.append(f"{claim.name}: {claim.printed} is not {claim.base}")
        if claim.what.endswith("share") and claim.n is not None and claim.base:
            found += _of_share(claim, claim.n / claim.base)
    return found


def _known(frame: str, tables: Collection[str]) -> bool:
    return frame in tables or frame in SOURCES


def _of_share(claim: Claim, share: float) -> list[str]:
    found = []
    if not claim.printed.startswith(percent(share)):
        found.append(f"{claim.name}: {claim.printed} is not {percent(share)}")
    low = share if claim.low is None else claim.low
    high = share if claim.high is None else claim.high
    if not low - ROUNDED <= share <= high + ROUNDED:
        found.append(f"{claim.name}: {share} lies outside {low} to {high}")
    return found


def share_with_base(claims: Collection[Claim], kind: str) -> float:
    """The part of the findings of a kind that tell what their figure is of."""
    own = [claim for claim in claims if claim.kind == kind and claim.frame != "method"]
    return sum(claim.base is not None for claim in own) / len(own)
