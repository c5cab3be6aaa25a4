"""What a figure is about, in a reader's words: its column, its row and the table behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from workbench.compare.shares import EVERYONE
from workbench.report.behind import SOURCES, TEXT

if TYPE_CHECKING:
    from workbench.cases.log import CaseLog

Where = Sequence[tuple[str, str]]

_COLUMNS = {
    "ac1": "AC1",
    "busiest": "busiest month",
    "change": "change of the share",
    "corrected": "share, corrected for the change of scheme,",
    "counted": "figure from the cases",
    "difference": "difference of the shares",
    "interval": "interval of the share",
    "n": "count",
    "n_without": "count without warnings",
    "per_case": "labels per case",
    "points": "difference in points",
    "printed": "printed figure",
    "recorded": "cases with a recorded",
    "reference_base": "base",
    "reference_n": "count",
    "reference_share": "share",
    "say": "the difference in the share",
    "size": "count",
    TEXT: "",
    "top": "label",
}
"""Columns and functions of prose that do not say themselves what they are."""

_FRAMES = {
    "answers": "what became of reports",
    "arrivals": "when enquiries arrive",
    "blocks": "labels that stand for one another",
    "cloud": "words of subject lines without warnings",
    "codebook": "the researcher's codebook",
    "codebook-asks": "what enquirers ask, by theme",
    "codebook-periods": "the researcher's codebook",
    "codebook-themes": "the codebook beside the found themes",
    "corrected": "cases coded by both schemes",
    "keyness": "words that mark a side off",
    "labels-per-case": "labels per case",
    "mix": "the mix of the cases",
    "month-model": "model of cases a school day",
    "months": "cases in each month",
    "prevalence": "tones, from labelled cases",
    "printed": "figures printed before",
    "rate-ratios": "cases a day, period against period",
    "rates": "cases a school day",
    "replies": "first replies",
    "reply-curve": "first replies",
    "rest": "each group against all other cases",
    "returns": "signs of a return",
    "shift": "how far words of two periods lie apart",
    "staffed": "staffed hours",
    "takedowns": "addresses reported to platforms",
    "targets": "at whom a tone is directed",
    "theme_months": "main themes month by month",
    "themes": "themes",
    "through": "through the crosswalk",
    "together": "tones in the same enquiry",
    "told_reports": "reports that a text tells of",
    "tone_messages": "tones from message to message",
    "tone_months": "tones month by month",
    "typology": "conduct described and recorded",
    "urgency": "urgency",
    "vocabulary": "words of defamation",
    "words": "words of subject lines",
}
"""Tables of an analysis by the first part of their names."""

_OWN = {
    ("busiest", "months"): "busiest month",
    ("cases", "cases"): "cases",
    ("left out", "codings"): "cases coded that the study does not hold",
    ("cases", "course"): "cases that grow more pressing",
    ("cases", "links"): "cases tied to an earlier one",
    ("cases", "redaction"): "cases with something hidden",
    ("cases", "replies"): "cases",
    ("distance", "shift"): "how far the words lie apart",
    ("kept", "rows"): "rows kept",
    ("median", "replies"): "time within which half had a reply",
    ("n", "months"): "cases",
    ("n", "redaction"): "places hidden",
    ("no_reply", "replies"): "cases without a reply",
    ("rows", "rows"): "rows read",
    ("set_aside", "rows"): "rows set aside",
    ("share", "mix"): "mix of the cases",
    ("share", "months"): "share of the period's cases",
    ("share", "replies"): "share with a reply within the aim",
    ("three_quarters", "replies"): "time within which three in four had a reply",
}
"""Columns that, in such a table, say all without its name."""
_OF_FIELDS = ("shares", "coverage", "equal-mix", "groups", "lens")
"""Tables that are named after a field at their end."""
_NUMBERED = {"blocks": "blocks of labels", "themes": "themes", "months": "months"}
"""What the rows of a table are, where prose counts them."""
_ROWS = {
    ("level", "0"): "main themes",
    ("level", "1"): "sub-themes",
    ("firm", "False"): "themes that are not firm",
}
_SUBJECTS = (
    "label",
    "name",
    "word",
    "platform",
    "measure",
    "verdict",
    "severity",
    "tone",
    "source",
    "kind",
    "dimension",
)
_GROUPS = ("group", "period", "month")
_UNSAID = ("of", "says", "level", "figure")
"""Columns that tell claims apart, and a reader nothing."""
_SELF = ("found_by", "row", "report", "table", "reason", "group_a", "group_b", "by")
"""Columns whose cells need no name."""


def titles_of(log: CaseLog) -> dict[str, str]:
    """The titles of a log's fields by their names, those found by an analysis among them."""
    return {name: field.title for name, field in log.fields.items()}


def name_figure(what: str, frame: str, where: Where, *, titles: Mapping[str, str]) -> str:
    """``share of “School” (Pertaining to) in 2023-24``: what a figure is, and never its value.

    ``what`` is a column or function, ``frame`` the table behind it, ``where`` what picks the row;
    ``titles`` gives the titles of fields by their names.
    """
    held = dict(where)
    if what == "rows" and frame != "rows":
        return _name_rows(frame, held, titles)
    if (what, frame, held.get("group")) == ("cases", "cases", EVERYONE):
        return "all cases"
    head = frame.partition("/")[0]
    within = _within(what, held)
    table = name_frame(frame, titles)
    if "field" in held:
        table = _title(held.pop("field"), titles)
        held.pop("by", None)
    place = f"{_ordinal(held.pop('place'))} " if "place" in held else ""
    subject = _subject(held)
    column = f"{place}{_COLUMNS.get(what, _words(what))}"
    own = _OWN.get((what, head))
    if own is not None:
        said = [own, f"“{subject}”" if subject else table if head == "mix" else ""]
    else:
        said = [column, f"“{subject}” ({table})" if subject else table]
    named = " of ".join(filter(None, said)).replace("with a recorded of", "with a recorded")
    rest = [
        value if name in _SELF else f"{_words(name)} “{value}”"
        for name, value in held.items()
        if name not in _UNSAID
    ]
    return ", ".join([f"{named}{within}", *rest])


def _within(what: str, held: dict[str, str]) -> str:
    """In which groups, taken out of ``held``: `` in 2023-24``; of a reference, the other one."""
    reference = held.pop("reference", "")
    groups = [held.pop(name) for name in _GROUPS if name in held]
    if what.startswith("reference_") and groups:
        groups = [reference or f"all but {groups[0]}"]
    told = ["all cases" if group == EVERYONE else group for group in groups]
    return f" in {', '.join(told)}" if told else ""


def _subject(held: dict[str, str]) -> str:
    """What a row is about, taken out of ``held``; a pair of tones together."""
    if {"one", "other"} <= set(held):
        return f"{held.pop('one')} and {held.pop('other')}"
    return next((held.pop(name) for name in _SUBJECTS if name in held), "")


def name_frame(frame: str, titles: Mapping[str, str]) -> str:
    """A table of the analysis, or another source, in words: the title of its field, if it has."""
    if frame in SOURCES:
        return SOURCES[frame]
    head, _, rest = frame.partition("/")
    if head in _OF_FIELDS:
        *groups, field = rest.split("/")
        title = _title(field, titles)
        mix = [", at an equal mix"] if head == "equal-mix" else []
        return "".join([title, *(f", {part}" for part in groups[1:]), *mix])
    return _FRAMES.get(head, frame.replace("/", " ").replace("_", " "))


def _name_rows(frame: str, held: Mapping[str, str], titles: Mapping[str, str]) -> str:
    head = frame.partition("/")[0]
    kinds = [_ROWS[pair] for pair in held.items() if pair in _ROWS]
    rows = kinds[0] if kinds else _NUMBERED.get(head, f"rows ({name_frame(frame, titles)})")
    rest = [f"{name} “{value}”" for name, value in held.items() if (name, value) not in _ROWS]
    return ", ".join([f"number of {rows}", *rest])


def _title(field: str, titles: Mapping[str, str]) -> str:
    return titles.get(field, _words(field))


def _words(name: str) -> str:
    return name.replace("_", " ")


def _ordinal(place: str) -> str:
    known = {"1": "commonest", "2": "second commonest", "3": "third commonest", "-1": "rarest"}
    return known.get(place, f"{place}th commonest")
