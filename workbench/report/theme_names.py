"""What a report says of its themes as such: who named them, since when they are kept, how firm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.compare.say import percent
from workbench.report.analysis import Analysis, safe_count
from workbench.report.behind import Behind, Sourced
from workbench.report.tables import count
from workbench.study import Study
from workbench.themes.found import Themes
from workbench.themes.kept import STAYED

if TYPE_CHECKING:
    import pandas as pd

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


def say_kept(analysis: Analysis) -> Sourced:
    """Since when the themes are kept, what came or changed since, and what none of them reaches.

    Nothing where the study keeps no themes.
    """
    done, study = analysis.continued, analysis.study
    if done is None:
        return Sourced("")
    later = done.how[done.how != STAYED]
    out = done.themes.assignments.set_index("text_id")["theme"].loc[later.index] < 0
    base = safe_count(len(analysis.log), study)
    new, unplaced = safe_count(len(later), study), safe_count(int(out.sum()), study)
    said = ["The themes were found once and are kept: a case stays where it was."]
    if len(later):
        said.append(
            f"{count(new)} cases are new or changed since; {count(unplaced)} of them fit none of "
            "the themes, and the others were placed on the nearest."
        )
    if done.gone:
        said.append(f"{count(safe_count(done.gone, study))} cases are no longer there.")
    if len(groups := _emerging(done.emerging, study)):
        named = "; ".join(
            f"“{label}” ({count(safe_count(int(size), study))} cases)"
            for label, size in zip(groups["label"], groups["size"], strict=True)
        )
        said.append(f"Some that fit none lie together and may be new themes: {named}.")
    behind = (
        Behind("assignments", (("since the themes were kept", what),), "cases", n=n, base=base)
        for what, n in (("new or changed", new), ("new or changed and unplaced", unplaced))
        if len(later)
    )
    return Sourced(" ".join(said), *behind)


def _emerging(found: Themes | None, study: Study) -> pd.DataFrame:
    """The emerging main themes that are firm by the study's rule: label and size."""
    import pandas as pd

    if found is None:
        return pd.DataFrame(columns=pd.Index(["label", "size"]))
    frame, wishes = found.themes, study.themes
    firm = (frame["size"] >= wishes.firm_cases) & (frame["stability"] >= wishes.firm_stability)
    return frame.loc[firm & (frame["level"] == 0), ["label", "size"]]


def say_firm(analysis: Analysis) -> str:
    """From what size and stability on a theme is called firm, and what that decides."""
    wishes = analysis.study.themes
    return (
        f"Firm themes: those of {wishes.firm_cases} cases or more, {percent(wishes.firm_share)} of "
        f"all and a mean stability of {wishes.firm_stability:g} ([themes] of study.toml). Others "
        "are shown and marked, and left out of every comparison. A sub-theme that is the only one "
        "of its theme holds the same texts, and is not counted."
    )
