"""The values that prose may name: each a string to print that carries its claim.

Everything is read from the analysis' tables, after disclosure control. What cannot be given raises
``ProseError``, which says what is unknown and what comes nearest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from workbench.compare.say import percent, points
from workbench.compare.say_composition import NOT_AT_EQUAL_MIX
from workbench.compare.shares import EVERYONE
from workbench.errors import suggest
from workbench.privacy.disclosure import protect_counts
from workbench.report.behind import numbers_behind, numbers_of
from workbench.report.claims import VALUE, Claim, name_claim
from workbench.report.comparing import SHARES, say_at_mix, unclear_at_equal_mix
from workbench.report.faults import ProseError
from workbench.report.live import (
    HIDDEN,
    Known,
    Live,
    claim_of,
    in_place_of,
    is_missing,
    pairs_of,
    printed_cell,
    say_change,
    stop_refused,
)
from workbench.report.lookup import (
    find_contrast,
    find_label,
    find_period,
    find_shares,
    find_table,
    select_row,
    select_rows,
)
from workbench.report.naming import titles_of
from workbench.report.tables import count as printed_count

if TYPE_CHECKING:
    import pandas as pd

    from workbench.cases.log import CaseLog
    from workbench.study import Study

FEW, HELD = "few", "withheld"
"""Printed in the place of a count that is hidden, or withheld so that no hidden one is told."""

_WORDS = "no one two three four five six seven eight nine ten eleven twelve".split()


@dataclass(frozen=True)
class Values:
    """The functions of live values over one study's tables (``names`` lists them).

    ``refused`` says of tables that disclosure control refused, why. A ``period`` that is left out
    is the last one.
    """

    study: Study
    log: CaseLog
    tables: Mapping[str, pd.DataFrame]
    refused: Mapping[str, str] = field(default_factory=dict)

    def names(self) -> dict[str, Any]:
        """What an expression in the prose may use."""
        functions = (
            self.share,
            self.count,
            self.base,
            self.interval,
            self.change,
            self.points,
            self.say,
            self.cases,
            self.top,
            self.rows,
            self.value,
            self.busiest,
        )
        pair = self.study.two_periods
        last = self.log.periods[-1] if self.log.periods else ""
        return {
            **{function.__name__: function for function in functions},
            "period": Known(last),
            "earlier": Known(pair[0] if pair and pair[1] == last else ""),
            "title": Known(self.study.title),
            "organisation": Known(self.study.organisation or self.study.title),
        }

    def share(
        self,
        field: str,
        label: str,
        period: str | None = None,
        *,
        counts: bool = False,
        hidden: str = "",
        **within: str,
    ) -> Live:
        """``77.2%``, or with ``counts`` ``77.2% (1,712 of 2,219)``.

        ``within`` names one group of the study's comparisons, such as ``phase="Primary"``.
        ``hidden`` is what to print should the share be hidden; without it that is a fault.
        """
        key, row = self._row(field, label, period, within)
        text = in_place_of(row, hidden) or percent(row["share"])
        if counts and row["share"] == row["share"]:
            text = f"{text} ({printed_count(row['n'])} of {printed_count(row['base'])})"
        return self._live(text, claim_of("share", key, row))

    def count(
        self, field: str, label: str, period: str | None = None, *, hidden: str = "", **within: str
    ) -> Live:
        """``1,712``: the cases that carry the label; ``few`` or ``withheld`` where it is hidden."""
        key, row = self._row(field, label, period, within)
        why = HELD if HELD in str(row.get("note", "")) else FEW
        text = (hidden or why) if is_missing(row["n"]) else printed_count(row["n"])
        return self._live(text, claim_of("count", key, row))

    def base(
        self, field: str, period: str | None = None, *, hidden: str = "", **within: str
    ) -> Live:
        """``2,219``: the cases that the field's shares are of."""
        key, frame, group = self._frame(field, period, within)
        own = frame[frame["group"] == group]
        row = own.sort_values("base", ascending=False, kind="stable").iloc[0]
        if is_missing(row["base"]) and not hidden:
            raise ProseError(HIDDEN.format("The base"), "disclosure")
        text = hidden if is_missing(row["base"]) else printed_count(row["base"])
        where = (("group", group),)
        size = numbers_of(row)["base"]
        return self._live(text, Claim(VALUE, "base", key, where, text, base=size))

    def interval(
        self, field: str, label: str, period: str | None = None, *, hidden: str = "", **within: str
    ) -> Live:
        """``75.4% to 78.9%``: the 95% interval of a share."""
        key, row = self._row(field, label, period, within)
        text = in_place_of(row, hidden) or f"{percent(row['low'])} to {percent(row['high'])}"
        return self._live(text, claim_of("interval", key, row))

    def change(
        self, field: str, label: str, *, hidden: str = "", mix: bool = True, **within: str
    ) -> Live:
        """``rose from 70.1% to 77.2%``, or ``did not change clearly (70.1%, then 77.2%)``.

        A clear change that is not clear once both years are made up alike has ``(not clear at an
        equal mix)`` behind it; ``mix=False`` leaves that to the prose.
        """
        key, row = self._compared(field, label, within)
        lost = mix and row["label"] in self._unclear(key)
        more = f" ({NOT_AT_EQUAL_MIX})" if lost else ""
        text = in_place_of(row, hidden, "difference") or f"{say_change(row)}{more}"
        return self._live(text, claim_of("change", key, row, limits="difference_"))

    def points(self, field: str, label: str, *, hidden: str = "", **within: str) -> Live:
        """``+3.1``: the change or difference in percentage points."""
        key, row = self._compared(field, label, within)
        text = in_place_of(row, hidden, "difference") or points(row["difference"])
        return self._live(text, claim_of("points", key, row, limits="difference_"))

    def say(self, field: str, label: str, period: str | None = None, **within: str) -> Live:
        """A whole sentence on a change or difference that claims no more than it may.

        A second one follows where a change is not clear once both years are made up alike.
        """
        key, row = self._compared(field, label, within, period)
        said = say_at_mix(row, self._unclear(key))
        return self._live(said, claim_of("say", key, row, limits="difference_"))

    def cases(self, period: str | None = None) -> Live:
        """``2,219``: the cases of a period, or of all."""
        import pandas as pd

        known_periods = self.log.periods
        if period is not None and period not in known_periods:
            raise ProseError(f"there is no period '{period}'.{suggest(period, known_periods)}")
        own = self.log.cases["period"]
        n = len(own) if period is None else int((own == period).sum())
        rule = self.study.disclosure
        safe = n if rule.exempt else protect_counts(pd.Series([n]), rule=rule).iloc[0]
        where = (("group", period or EVERYONE),)
        size = None if is_missing(safe) else float(safe)
        return self._live(printed_count(safe), Claim(VALUE, "cases", "cases", where, "", n=size))

    def top(self, field: str, place: int = 1, period: str | None = None, **within: str) -> Live:
        """The label that is commonest, or stands at ``place`` (1 is the first, -1 the last)."""
        key, frame, group = self._frame(field, period, within)
        own = frame[(frame["group"] == group) & frame["n"].notna()]
        ranked = own.sort_values("n", ascending=False, kind="stable")
        if place == 0 or abs(place) > len(ranked):
            raise ProseError(f"'{field}' has {len(ranked)} labels to be ranked, not {place}.")
        row = ranked.iloc[place - 1 if place > 0 else place]
        where = (("place", str(place)), ("group", group))
        return self._live(str(row["label"]), Claim(VALUE, "top", key, where, "", **numbers_of(row)))

    def rows(self, table: str, *, words: bool = False, **where: Any) -> Live:
        """How many rows a table has, or such of its rows; with ``words`` up to twelve in words."""
        n = len(select_rows(self._table(table), where))
        text = _WORDS[n] if words and n < len(_WORDS) else f"{n:,}"
        return self._live(text, Claim(VALUE, "rows", table, pairs_of(where), text, n=n))

    def value(self, table: str, column: str, *, digits: int | None = None, **where: Any) -> Live:
        """One cell of any table, from the one row that ``where`` picks.

        A share is printed in per cent, a count with its thousands marked, a difference in points,
        any other number with ``digits`` decimals (default 1).
        """
        row = select_row(self._table(table), where, column=column)
        if is_missing(row[column]):
            raise ProseError(HIDDEN.format(f"'{column}' of that row"), "disclosure")
        text = printed_cell(row, column, digits)
        numbers = numbers_behind(row, column, table=table)
        pairs = pairs_of(where)
        for name in ("group", "reference"):
            own = row.get(name)
            if isinstance(own, str) and name not in where and name != column:
                pairs += ((name, own),)
        return self._live(text, Claim(VALUE, column, table, pairs, "", **numbers))

    def busiest(self, period: str | None = None) -> Live:
        """The month of most cases, as ``March 2023``."""
        frame = self._table("months")
        group = find_period(self.study, frame.rename(columns={"period": "group"}), period)
        own = frame if group == EVERYONE else frame[frame["period"] == group]
        if not own["n"].notna().any():
            raise ProseError(HIDDEN.format("Every month's count"), "disclosure")
        row = own.sort_values("n", ascending=False, kind="stable").iloc[0]
        where = (("group", group),)
        claim = Claim(VALUE, "busiest", "months", where, "", **numbers_of(row))
        return self._live(f"{row['month']:%B %Y}", claim)

    def _unclear(self, key: str) -> frozenset[str]:
        """The labels of a table ``shares/FIELD`` whose change an equal mix does not bear out."""
        kind, _, field = key.partition("/")
        return unclear_at_equal_mix(self.tables, field) if kind == SHARES else frozenset()

    def _live(self, text: str, claim: Claim) -> Live:
        """The words with their claim, which says in a reader's words what it is about."""
        return Live(text, replace(claim, name=name_claim(claim, self._titles)))

    @cached_property
    def _titles(self) -> dict[str, str]:
        return titles_of(self.log)

    def _table(self, name: str) -> pd.DataFrame:
        stop_refused(self.refused, name)
        return find_table(self.tables, name)

    def _frame(
        self, field: str, period: str | None, within: Mapping[str, str]
    ) -> tuple[str, pd.DataFrame, str]:
        """The table of a field with its name, and the group of it that is asked for."""
        stop_refused(self.refused, field, f"shares/{field}", f"lens/{field}")
        key, frame = find_shares(self.tables, field)
        group = find_period(self.study, frame, period)
        if not within:
            return key, frame, group
        if len(within) > 1:
            raise ProseError(f"give one grouping, not {len(within)}: {', '.join(within)}")
        (by, wanted), *_ = within.items()
        when = self.log.periods[-1] if period is None else period
        for number, comparison in enumerate(self.study.comparisons, start=1):
            if comparison.by == by and wanted in comparison.groups:
                stop_refused(self.refused, f"groups/{number}/{when}/{field}")
        key, frame = find_contrast(
            self.tables, self.study, field=field, by=by, group=wanted, period=when
        )
        return key, frame, wanted

    def _row(
        self, field: str, label: str, period: str | None, within: Mapping[str, str]
    ) -> tuple[str, pd.Series]:
        key, frame, group = self._frame(field, period, within)
        return key, find_label(frame, str(label), group=group)

    def _compared(
        self, field: str, label: str, within: Mapping[str, str], period: str | None = None
    ) -> tuple[str, pd.Series]:
        key, row = self._row(field, label, period, within)
        if not isinstance(row.get("reference"), str):
            raise ProseError(
                f"'{field}' of {row['group']} is compared with nothing: it is the first group."
            )
        return key, row
