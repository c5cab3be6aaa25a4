"""What changed between two runs of a report, claim by claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from workbench.report.claims import SENTENCE, VALUE, Claim, name_claim
from workbench.report.ledger import Ledger

if TYPE_CHECKING:
    import pandas as pd

DIFFERENCE_COLUMNS = ("status", "kind", "section", "claim", "old", "new", "place")
CHANGED, NEW, GONE = "changed", "new", "gone"
_TOLD = 30


def compare_ledgers(old: Ledger, new: Ledger) -> pd.DataFrame:
    """Every claim that is not the same in both: one row a claim, in the order of the new report.

    Columns: status ("changed", "new" or "gone"), kind, section, claim (in words, without its
    value), old and new (as printed, empty where there is none), place. Claims are the same where
    section, function, table and row are; those that a report makes several times count apart.
    A sentence that rests on several rows is told once; one that rests on none goes by its words
    without their figures.
    """
    import pandas as pd

    before, after = _by_key(old.claims), _by_key(new.claims)
    rows = [
        _row(CHANGED, claim, before[key].printed, claim.printed)
        for key, claim in after.items()
        if key in before and before[key].printed != claim.printed
    ]
    rows += [_row(NEW, claim, "", claim.printed) for k, claim in after.items() if k not in before]
    rows += [_row(GONE, claim, claim.printed, "") for k, claim in before.items() if k not in after]
    frame = pd.DataFrame(rows, columns=pd.Index(DIFFERENCE_COLUMNS), dtype="str")
    said = frame["kind"] == SENTENCE
    again = frame.duplicated(["status", "section", "old", "new", "place"])
    return frame[~(said & again)].reset_index(drop=True)


def _by_key(claims: Iterable[Claim]) -> dict[tuple[str, ...], Claim]:
    """Claims by their keys, with a number for those that are made again."""
    seen: Counter[tuple[str, ...]] = Counter()
    found = {}
    for claim in claims:
        seen[claim.key] += 1
        found[(*claim.key, str(seen[claim.key]))] = claim
    return found


def _row(status: str, claim: Claim, old: str, new: str) -> tuple[str, ...]:
    return (status, claim.kind, claim.section, name_claim(claim), old, new, claim.place)


def changed_files(old: Ledger, new: Ledger) -> list[str]:
    """The study's files that are not the same in both, by name; "study" is its description."""
    names = {*old.files, *new.files} - {"all"}
    return sorted(name for name in names if old.files.get(name) != new.files.get(name))


def say_differences(frame: pd.DataFrame, *, files: Iterable[str] = (), most: int = _TOLD) -> str:
    """The frame of `compare_ledgers` for the terminal: live values first, then how many others."""
    if frame.empty:
        return "Nothing that the reports print has changed."
    lines = [*_files_line(files)]
    live = frame[frame["kind"] == VALUE]
    for row in live.head(most).itertuples(index=False):
        told = {
            CHANGED: f"{row.old} is now {row.new}",
            NEW: f"new, {row.new}",
            GONE: f"gone, was {row.old}",
        }[str(row.status)]
        lines.append(f"{row.section}: {row.claim}: {told} ({row.place})")
    if len(live) > most:
        lines.append(f"... and {len(live) - most:,} more values of the text.")
    rest = frame[frame["kind"] != VALUE]
    if len(rest):
        counts = Counter(zip(rest["kind"], rest["status"], strict=True))
        parts = (f"{n:,} {kind}{'s' * (n > 1)} {status}" for (kind, status), n in counts.items())
        lines.append(f"Beside the text: {', '.join(parts)}.")
    return "\n".join(lines)


def _files_line(files: Iterable[str]) -> Iterator[str]:
    names = list(files)
    if names:
        yield f"Changed beneath: {', '.join(names)}."
