"""Who named the themes: the researcher, by decisions that a report makes again, or their words."""

from __future__ import annotations

from workbench.compare.say import percent
from workbench.report.analysis import Analysis
from workbench.report.behind import Behind, Sourced

_BY_WORDS = (
    "Labels are the words that mark a theme; they are suggestions for the researcher to rename."
)


def say_names(analysis: Analysis) -> Sourced:
    """Where the names of the themes come from, and which decisions could not be honoured."""
    edits = analysis.edits
    if edits is None or edits.empty:
        return Sourced(_BY_WORDS)
    stood = edits[edits["honoured"] != "undone"]
    made = stood[stood["honoured"] != "no"]
    said = []
    if len(made):
        who = " and ".join(sorted({name for name in made["who"] if name})) or "the researcher"
        days = sorted(made["when"])
        when = days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}"
        said.append(
            f"Names and other changes are {len(made)} decisions of {who} ({when}), found again by "
            "the texts of each theme; a theme that nobody named goes by the words that mark it."
        )
    lost = stood[stood["honoured"] == "no"]
    if len(lost):
        names = ", ".join(f"“{label}”" for label in lost["label"] if label)
        told = f" ({names})" if names else ""
        said.append(
            f"{len(lost)} of {len(stood)} decisions could not be honoured{told}: no theme holds "
            "the same texts any more. They stay on record."
        )
    behind = (
        Behind("method", (("decisions", kind),), "rows", n=len(rows), base=len(stood))
        for kind, rows in (("honoured", made), ("not honoured", lost))
        if len(rows)
    )
    return Sourced(" ".join(said) or _BY_WORDS, *behind)


def say_firm(analysis: Analysis) -> str:
    """From what size and stability on a theme is called firm, and what that decides."""
    wishes = analysis.study.themes
    return (
        f"Firm themes: those of {wishes.firm_cases} cases or more, {percent(wishes.firm_share)} of "
        f"all and a mean stability of {wishes.firm_stability:g} ([themes] of study.toml). Others "
        "are shown and marked, and left out of every comparison. A sub-theme that is the only one "
        "of its theme holds the same texts, and is not counted."
    )
