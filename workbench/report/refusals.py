"""Tables that disclosure control refused: what goes with them, and what the report says of it.

Neither a sentence nor the record names a label, period or count: which one could be worked out is
itself a hint at its size.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.privacy.linked_tables import REFUSED
from workbench.report.blocks import Paragraph, Section

if TYPE_CHECKING:
    import pandas as pd

    from workbench.report.analysis import Analysis

GIVEN_AWAY = (
    "small counts could be worked out from its sums and others of the report, and leaving out "
    "single counts did not help"
)
RESTS = "it rests on a refused table, or counts the same cases in a way that is not checked"


_UNCHECKED = {
    ("shares", "coverage", "groups", "equal-mix", "rest", "themes"): (
        *("mix", "printed", "blocks", "through", "corrected", "labels-per-case"),
        *("targets", "tone_messages", "codebook-asks", "codebook-themes"),
    ),
    ("tone_months", "together", "urgency"): ("printed", "targets", "tone_messages"),
    ("lens",): ("printed", "answers", "told_reports", "vocabulary"),
    ("months", "rates", "theme_months", "tone_months"): ("printed", "rate-ratios", "month-model"),
}
"""Tables that `read_report` ties to no other, but that count the same cases as the refused ones."""

_FIGURES = {
    "months": ("cases-per-month",),
    "rates": ("cases-per-school-day",),
    "themes": ("theme-sizes", "theme-stability", "theme-map"),
    "shares/theme": ("themes-by-period", "theme-map"),
    "theme_months": ("themes-by-month",),
    "shares/tone": ("tones",),
    "tone_months": ("tones-by-month",),
    "together": ("tones-together",),
}
"""Figures that go by other names than their tables."""

_SECTIONS = {
    "months": ("a", "Cases in each month"),
    "rates": ("a", "Cases a school day"),
    "arrivals": ("a-replies", "When enquiries arrive"),
    "staffed": ("a-replies", "Enquiries within staffed hours"),
    "themes": ("b1", "Sizes of the themes"),
    "theme_months": ("b1", "Themes month by month"),
    "tone_months": ("b4", "Tones month by month"),
    "together": ("b4", "Tones in the same enquiry"),
    "urgency": ("b4", "How urgent the enquiries read"),
    "returns": ("b6", "Signs of a return"),
    "typology": ("b2", "Kinds of conduct against the recorded labels"),
    "rest": ("c3", "Every group against all others"),
}
_LENSES = {"bullying": "b2", "defamation": "b3", "attempts": "b5"}
_OF_ALL = {"theme": "b1", "subtheme": "b1", "tone": "b4"}


def with_resting(refused: Iterable[str], tables: Collection[str]) -> dict[str, str]:
    """Why each table of ``tables`` has to go: ``refused`` ones, and those that rest on them."""
    reasons = dict.fromkeys(refused, GIVEN_AWAY)
    for name in list(reasons):
        kind, _, field = name.partition("/")
        resting = [own for kinds, own in _UNCHECKED.items() if kind in kinds]
        gone = {prefix for own in resting for prefix in own}
        also = [table for table in tables if table.split("/")[0] in gone]
        also += [f"shares/{field}"] if kind == "coverage" else []  # it prints the coverage too
        for table in also:
            if table in tables:
                reasons.setdefault(table, RESTS)
    return reasons


def record_refused(status: pd.DataFrame, refused: Mapping[str, str]) -> pd.DataFrame:
    """The record of `summarise` with the refused tables: of their counts none, as none leaves."""
    import pandas as pd

    if not refused:
        return status
    counts = dict.fromkeys(("counts", "hidden", "withheld", "linked"), 0)
    rows = pd.DataFrame({"table": list(refused), "reason": list(refused.values())})
    rows = rows.assign(**counts, outcome=REFUSED).reindex(columns=status.columns)
    return pd.concat([status, rows.astype(status.dtypes.to_dict())], ignore_index=True)


def read_refused(status: pd.DataFrame) -> dict[str, str]:
    """The refused tables of a record, each with the reason."""
    if "table" not in status.columns:
        return {}
    own = status[status["outcome"] == REFUSED]
    return dict(zip(own["table"], own["reason"], strict=True))


def find_refused(name: str, refused: Mapping[str, str]) -> str:
    """The refused table that ``name`` means, a table or figure as prose calls it; else empty."""
    mix = "mix" if "mix" in refused and name.startswith("equal-mix") else ""
    return next((key for key in refused if name in _names_of(key)), mix)


def _names_of(key: str) -> Iterator[str]:
    from workbench.report.parts import slug  # which rests on the analysis, and so on this

    kind, *rest = key.split("/")
    yield from (key, slug(key), slug(kind), f"{slug(key)}-2", *_FIGURES.get(key, ()))
    if kind in ("shares", "lens"):
        yield from (rest[0], slug(rest[0]), f"{rest[0]}-2", slug("change", rest[0]))
    if kind == "through":
        yield f"crosswalk-{rest[0]}"
    if kind == "targets":
        yield "tone-targets"


def say_refused(analysis: Analysis) -> tuple[str, ...]:
    """One sentence for each section that lacks a table, as a gap of the report."""
    return tuple(sentence for _, sentence in _told(analysis))


def tell_refused(sections: Sequence[Section], analysis: Analysis) -> list[Section]:
    """The sections, each with what was withheld in it; what has no section stands in its part."""
    known = {section.id for section in sections}
    notes: dict[str, list[Paragraph]] = defaultdict(list)
    for ids, sentence in _told(analysis):
        place = next((one for one in (*ids, "limits") if one in known), "")
        notes[place].append(Paragraph(sentence, style="note"))
    return [
        replace(section, blocks=(*section.blocks, *notes[section.id])) if section.id else section
        for section in sections
    ]


def _told(analysis: Analysis) -> Iterator[tuple[tuple[str, ...], str]]:
    """Where to say it, the first that the report has, and what; one sentence a place."""
    named: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, reason in analysis.refused.items():
        if reason == GIVEN_AWAY:
            ids, words = _place(key, analysis)
            named[ids].append(words)
    for ids, several in named.items():
        what = "; ".join(dict.fromkeys(several))
        yield (
            ids,
            f"{what}: withheld by disclosure control, with the figures. Small counts could be "
            "worked out from the sums that would be printed, and leaving out single counts did "
            "not help.",
        )


def _place(key: str, analysis: Analysis) -> tuple[tuple[str, ...], str]:
    from workbench.report.parts import slug

    kind, *rest = key.split("/")
    if kind == "lens":
        titles = {lens.name: lens.title for lens in analysis.reading.lenses}
        return (_LENSES.get(rest[0], rest[0]), "b"), titles.get(rest[0], rest[0])
    if kind == "groups":
        number, period, field = rest
        title = analysis.study.comparisons[int(number) - 1].title
        section = "c2" if number == "1" else f"c2-{number}"
        return (section, "c"), f"{title}, {analysis.log.title_of(field)} in {period}"
    if kind == "equal-mix":
        return ("c1", "c"), f"{analysis.log.title_of(rest[0])} at an equal mix"
    if kind in ("shares", "coverage"):
        own = _OF_ALL.get(rest[0], slug("a", rest[0]))
        return (own, own[0]), analysis.log.title_of(rest[0])
    section, words = _SECTIONS.get(kind, ("limits", key))
    return (section, section[0]), words
