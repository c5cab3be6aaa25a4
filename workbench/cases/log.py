"""The case log: what was read of a study, as frames joined on ``case_id``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workbench.cases.columns import (
    CASE_COLUMNS,
    LABEL_COLUMNS,
    MESSAGE_COLUMNS,
    PROBLEM_COLUMNS,
    SOURCE_COLUMNS,
    TAKEDOWN_COLUMNS,
    Column,
)
from workbench.errors import WorkbenchError, suggest

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class FieldInfo:
    """How a field is called and shown: ``orders`` gives its labels in order, one list a period.

    ``several`` says whether one case can carry several labels. ``offered`` gives for periods
    whose list of labels was shorter, though each meant the same, what could be recorded then.
    ``own_words`` says that it is read from what enquirers write themselves: the log's ``notes``
    are in no base of it.
    """

    name: str
    title: str
    several: bool = False
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    offered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own_words: bool = False


@dataclass(frozen=True)
class CaseLog:
    """Frames joined on ``case_id``: cases, labels, messages, takedowns, and rows set aside.

    ``labels`` is long (one row a case, field and label) and holds every field, also those with
    one label a case. ``sources`` tells how each file was read; rows in = rows kept + rows in
    ``problems``. ``notes`` are the cases whose text a practitioner wrote, such as of a call. A log
    is never changed: methods return a new one.
    """

    cases: pd.DataFrame
    labels: pd.DataFrame
    messages: pd.DataFrame
    takedowns: pd.DataFrame
    problems: pd.DataFrame
    fields: Mapping[str, FieldInfo]
    private: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    redacted: bool = False
    sources: pd.DataFrame = field(default_factory=lambda: empty_frame(SOURCE_COLUMNS))
    notes: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.cases)

    @property
    def texts(self) -> list[str]:
        """The enquiries in the order of ``cases``."""
        return list(self.cases["text"])

    @property
    def periods(self) -> list[str]:
        """The periods that have cases, in order of time."""
        first = self.cases.groupby("period", observed=True)["date"].min().sort_values()
        return list(first.index)

    def membership(self, name: str) -> pd.DataFrame:
        """Who carries what: one row a case and label of field ``name`` (case_id, label).

        ``"period"`` and ``"month"`` (as 2023-03) work like fields. Raises ``WorkbenchError`` for
        a field that the study does not give.
        """
        if name == "period":
            frame = self.cases[["case_id", "period"]]
            return frame.set_axis(["case_id", "label"], axis=1).reset_index(drop=True)
        if name == "month":
            months = self.cases["date"].dt.strftime("%Y-%m").astype("str")
            return self.cases[["case_id"]].assign(label=months).reset_index(drop=True)
        if name not in self.fields:
            known = ["period", "month", *self.fields]
            raise WorkbenchError(f"There is no field '{name}' in this study.{suggest(name, known)}")
        found = self.labels.loc[self.labels["field"] == name, ["case_id", "label"]]
        return found.reset_index(drop=True)

    def left_out(self, name: str) -> frozenset[str]:
        """The cases that are in no base of field ``name``: notes, of a field of own words."""
        info = self.fields.get(name)
        return self.notes if info is not None and info.own_words else frozenset()

    def title_of(self, name: str) -> str:
        """How field ``name`` is called in tables and figures."""
        plain = {"period": "Period", "month": "Month"}
        return plain[name] if name in plain else self.fields[name].title

    def order_of(self, name: str, period: str | None = None) -> list[str]:
        """The labels of field ``name`` in the scheme's order, then any others by name."""
        if name == "period":
            return self.periods
        present = set(self.membership(name)["label"].unique())
        info = self.fields.get(name)
        orders = info.orders if info else {}
        own = orders.get(period) if period else None
        lists = [own] if own else list(orders.values())
        ordered = list(dict.fromkeys(label for labels in lists for label in labels))
        return ordered + sorted(present - set(ordered))

    def only(self, case_ids: pd.Series) -> CaseLog:
        """The log of those cases alone, in their order; ``problems`` and ``sources`` stay whole."""
        wanted = set(case_ids)
        return replace(
            self,
            cases=_rows_of(self.cases, wanted),
            labels=_rows_of(self.labels, wanted),
            messages=_rows_of(self.messages, wanted),
            takedowns=_rows_of(self.takedowns, wanted),
            private={name: _rows_of(frame, wanted) for name, frame in self.private.items()},
        )

    def in_period(self, period: str) -> CaseLog:
        """The log of one period's cases."""
        return self.only(self.cases.loc[self.cases["period"] == period, "case_id"])

    def with_labels(
        self,
        name: str,
        labels: pd.DataFrame,
        *,
        title: str,
        several: bool = False,
        order: Sequence[str] = (),
        own_words: bool = False,
    ) -> CaseLog:
        """The log with a further field, such as themes found: ``labels`` has case_id and label.

        ``order`` gives all labels that a case of any period could carry, where they are known:
        such as none carries are then counted as 0. ``own_words`` is that of `FieldInfo`.
        """
        import pandas as pd

        others = self.labels[self.labels["field"] != name]
        new = labels[["case_id", "label"]].assign(field=name)[["case_id", "field", "label"]]
        orders = {period: tuple(order) for period in self.periods} if order else {}
        info = FieldInfo(name, title, several=several, orders=orders, own_words=own_words)
        return replace(
            self,
            labels=pd.concat([others, new.astype("str")], ignore_index=True),
            fields={**self.fields, name: info},
        )


def empty_frame(columns: tuple[Column, ...]) -> pd.DataFrame:
    """A frame without rows that has the given columns and their dtypes."""
    import pandas as pd

    return pd.DataFrame({column.name: pd.Series(dtype=column.dtype) for column in columns})


def empty_log() -> CaseLog:
    """A log without cases, to build on."""
    return CaseLog(
        cases=empty_frame(CASE_COLUMNS),
        labels=empty_frame(LABEL_COLUMNS),
        messages=empty_frame(MESSAGE_COLUMNS),
        takedowns=empty_frame(TAKEDOWN_COLUMNS),
        problems=empty_frame(PROBLEM_COLUMNS),
        fields={},
    )


def _rows_of(frame: pd.DataFrame, case_ids: set[str]) -> pd.DataFrame:
    return frame[frame["case_id"].isin(case_ids)].reset_index(drop=True)
