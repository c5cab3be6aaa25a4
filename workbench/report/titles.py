"""Titles of the report's figures: the first thing that a figure shows, with its number.

Each is read off the frame behind the figure, so that it says no more than the records do. They are
plain words, not yet escaped: a chart does that.
"""

from __future__ import annotations

from calendar import month_name
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.charts.dialogue import enough_cases
from workbench.charts.panel_months import FEW as FEWEST_A_MONTH
from workbench.charts.style import floats, in_order
from workbench.compare.say import CLEAR, FEW, percent
from workbench.compare.shares import EVERYONE, SMALL_BASE
from workbench.themes.found import STABLE

if TYPE_CHECKING:
    import pandas as pd

UNRECORDED = 0.1
"""From this share of cases without the field on, a title says that it leaves them out."""

_ANSWERS = {"yes", "no", "unknown", "not known"}
"""Labels that answer a question: to say which of them leads would say little."""


@dataclass(frozen=True)
class _Known:
    """A label with its share in one group."""

    label: str
    n: float
    share: float
    low: float
    high: float

    @property
    def named(self) -> str:
        """The label, in quotation marks where a comma in it would split the sentence."""
        return f"“{self.label}”" if "," in self.label else self.label


def title_of_shares(frame: pd.DataFrame, label: str) -> str:
    """Which label leads, with its share in the last group and in the one before it.

    "Platform: TikTok leads with 82.9% in 2023-24, after 79.7% in 2022-23". ``frame`` is a
    comparison frame of one field. A label leads where its interval lies above that of every other;
    where none does, the title says so. Of a field whose labels are yes and no, it tells the share
    of yes.
    """
    groups = [group for group in in_order(frame["group"]) if _ranked(frame, group)]
    if not groups:
        return label
    last = groups[-1]
    some = any(_left_out(frame, group) for group in groups[-2:])
    of = " of cases with it recorded" if some else ""
    if {name.casefold() for name in in_order(frame["label"])} <= _ANSWERS:
        shares = _through(frame, groups, "yes")
        return f"{label}: yes for {shares}{of}" if shares else label
    first, *others = _ranked(frame, last)
    if first.n < FEW or any(other.high >= first.low for other in others):
        close = ", ".join(f"{one.named} {percent(one.share)}" for one in (first, *others[:1]))
        return f"{label}: no clear lead{_in(last)} ({close}){of}"
    led = f"{label}: {first.named} leads with {percent(first.share)}{of}{_in(last)}"
    if len(groups) == 1:
        return led
    before = _ranked(frame, groups[-2])
    if before[0].label != first.label:
        return f"{led}; most{_in(groups[-2])} was {before[0].named} ({percent(before[0].share)})"
    return f"{led}, after {percent(before[0].share)}{_in(groups[-2])}"


def title_of_targets(frame: pd.DataFrame) -> str:
    """At whom each tone is most often directed: one row a tone (``group``) and target."""
    aims: dict[str, list[str]] = {}
    for tone in in_order(frame["group"]):
        ranked = _ranked(frame, tone)
        if ranked:
            first = ranked[0]
            aims.setdefault(first.label, []).append(f"{_small(tone)} ({percent(first.share)})")
    if not aims:
        return "At whom tones are directed"
    (target, tones), *others = aims.items()
    verb = "is" if len(tones) == 1 else "are"
    said = f"{_listed(tones)} {verb} most often directed at {_small(target)}"
    rest = [f"{_listed(own)} at {_small(at)}" for at, own in others]
    return "; ".join([f"{said[:1].upper()}{said[1:]}", *rest])


def title_of_takedowns(frame: pd.DataFrame) -> str:
    """What the platform with most addresses removed, and who removed the smallest share of many."""
    plain = "Share of reported addresses that platforms removed"
    known = frame[frame["share"].notna()]
    if known.empty:
        return plain
    period = sorted(in_order(known["period"]))[-1]
    own = known[known["period"].astype(str) == period]
    own = own.assign(base=floats(own["base"]), share=floats(own["share"]))
    most = own.sort_values("base", ascending=False, kind="stable").iloc[0]
    said = (
        f"{most['platform']} removed {percent(most['share'])} of {most['base']:,.0f} addresses "
        f"reported in {period}"
    )
    many = own[own["base"] >= SMALL_BASE].sort_values("share", kind="stable")
    if len(many) < 2 or many.iloc[0]["share"] >= most["share"]:
        return said
    least = many.iloc[0]
    return f"{said}, {least['platform']} {percent(least['share'])} of {least['base']:,.0f}"


def title_of_replies(summary: pd.DataFrame | None) -> str:
    """How soon half of the first replies came, and how many came within the aim."""
    plain = "How soon enquiries had a first reply"
    if summary is None:  # refused by disclosure control
        return plain
    known = summary[summary["median"].notna()]
    if known.empty:
        return plain
    last = known.iloc[-1]
    said = f"Half of first replies came within {last['median']:.1f} staffed hours"
    if last["aim"] == last["aim"] and last["share"] == last["share"]:
        said += f", {percent(last['share'])} within the aim of {last['aim']:g}"
    return f"{said}{_in(str(last['group']))}"


def title_of_arrivals(staffed: pd.DataFrame | None) -> str:
    """When enquiries come, with the share of them in staffed hours where that is known."""
    plain = "Enquiries by weekday and hour"
    if staffed is None or staffed.empty:
        return plain
    groups = [group for group in in_order(staffed["group"]) if _ranked(staffed, group)]
    first = str(staffed["label"].iloc[0])
    shares = _through(staffed, groups, first, of=" arrived in staffed hours") if groups else ""
    return f"{plain}: {shares}" if shares else plain


def title_of_urgency(bins: pd.DataFrame) -> str:
    """How many enquiries show no sign of urgency, and how many a strong one."""
    known = bins[bins["share"].notna()]
    if known.empty:
        return "How urgent the enquiries read"
    period = in_order(known["period"])[-1]
    own = known[known["period"].astype(str) == period].set_index("bin")["share"].astype(float)
    names = list(dict.fromkeys(bins["bin"]))
    said = [
        f"{percent(own[name])} {what}"
        for name, what in ((names[0], "show no sign of urgency"), (names[-1], "a strong one"))
        if name in own.index
    ]
    return f"Of the enquiries of {period}, {' and '.join(said)}" if said else ""


def title_of_together(frame: pd.DataFrame) -> str:
    """The two tones that show together most above chance, where that is clear."""
    known = frame[frame["lift"].notna() & (frame["p_adjusted"] < CLEAR) & (frame["lift"] > 1)]
    many = known[[n >= FEW for n in floats(known["n"])]]
    if many.empty:
        return "No two tones show together clearly more often than by chance"
    order = many.sort_values(["lift", "one", "other"], ascending=[False, True, True], kind="stable")
    top = order.iloc[0]
    return (
        f"{str(top['one']).capitalize()} and {top['other']} show together {top['lift']:.1f} times "
        "as often as by chance"
    )


def title_of_months(frame: pd.DataFrame, label: str) -> str:
    """The label and month that differ most surely from the first month, where one does clearly.

    ``frame`` is a comparison frame with a row a label and month ("2023-03"), each month set against
    the first. Months of few cases, which the figure leaves out, are left out here too.
    """
    known = frame[frame["share"].notna() & frame["p_adjusted"].notna()]
    known = known[[base >= FEWEST_A_MONTH for base in floats(known["base"])]]
    if known.empty:
        return label
    order = known.sort_values(["p_adjusted", "label", "group"], kind="stable")
    top = order.iloc[0]
    since = _month(str(top["reference"]))
    if top["p_adjusted"] >= CLEAR:
        return f"{label}: no month differs clearly from {since}"
    before = percent(top["share"] - top["difference"])
    name = _Known(str(top["label"]), top["n"], top["share"], top["low"], top["high"]).named
    return (
        f"{label}: {name} {'rose' if top['difference'] > 0 else 'fell'} clearly from {before} in "
        f"{since} to {percent(top['share'])} in {_month(str(top['group']))}"
    )


def title_of_messages(frame: pd.DataFrame) -> str:
    """How many tones show clearly less often, or more, in the last message than in the enquiry.

    Clear is a change whose two 95% intervals do not meet.
    """
    shown, _ = enough_cases(frame)
    shown = shown[shown["share"].notna()]
    messages = in_order(shown["message"])
    if len(messages) < 2:
        return "Tones from message to message"
    ends = [shown[shown["message"].astype(str) == name] for name in (messages[0], messages[-1])]
    first, last = (end.set_index("dimension") for end in ends)
    both = first.index.intersection(last.index)
    less = int((last["high"].reindex(both) < first["low"].reindex(both)).sum())
    more = int((last["low"].reindex(both) > first["high"].reindex(both)).sum())
    tones = f"of {len(both)} tones"
    said = f"{less or 'none'} {tones} {'shows' if less == 1 else 'show'} clearly less often"
    also = f"{more or 'none'} more often"
    return f"From the enquiry to message {messages[-1]}, {said}, {also}"


def title_of_stability(themes: pd.DataFrame) -> str:
    """How many main themes come back firmly when themes are sought in half of the cases."""
    main = themes[(themes["level"] == 0) & (themes["theme"] != -1) & themes["stability"].notna()]
    if main.empty:
        return "How much of each theme comes back in half of the cases"
    held = int((main["stability"] >= STABLE).sum())
    which = "main theme" if len(main) == 1 else "main themes"
    verb = "comes" if held == 1 else "come"
    return (
        f"{held or 'None'} of {len(main)} {which} {verb} back firmly when themes are found in half "
        "of the cases"
    )


def _ranked(frame: pd.DataFrame, group: str) -> list[_Known]:
    """The labels of a group whose shares are known, the largest first."""
    own = frame[(frame["group"].astype(str) == group) & frame["share"].notna()]
    columns = (floats(own[name]) for name in ("n", "share", "low", "high"))
    known = [_Known(str(label), *row) for label, *row in zip(own["label"], *columns, strict=True)]
    return sorted(known, key=lambda one: (-one.share, one.label))


def _through(frame: pd.DataFrame, groups: list[str], label: str, *, of: str = "") -> str:
    """The share of one label in the last group, and in the one before: "2% in B, after 3% in A"."""
    found = []
    for group in groups[-2:]:
        own = [one for one in _ranked(frame, group) if one.label.casefold() == label.casefold()]
        found += [(group, own[0].share)] if own else []
    if not found or found[-1][0] != groups[-1]:
        return ""
    said = f"{percent(found[-1][1])}{of}{_in(groups[-1])}"
    return f"{said}, after {percent(found[0][1])}{_in(found[0][0])}" if len(found) > 1 else said


def _left_out(frame: pd.DataFrame, group: str) -> bool:
    """Whether many cases of a group do not have the field recorded."""
    if "cases" not in frame:
        return False
    own = frame[frame["group"].astype(str) == group]
    pairs = zip(floats(own["base"]), floats(own["cases"]), strict=True)
    return any(base < (1 - UNRECORDED) * cases for base, cases in pairs)


def _month(group: str) -> str:
    """The month of a group such as 2023-03, as "March 2023"."""
    year, _, month = group.partition("-")
    return f"{month_name[int(month)]} {year}" if month.isdigit() else group


def _in(group: str) -> str:
    return "" if group == EVERYONE else f" in {group}"


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
