"""Finding the row of a table that a sentence speaks of; what is not there is told with its like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbench.compare.shares import EVERYONE, NOT_OFFERED
from workbench.errors import suggest
from workbench.report.faults import ProseError

if TYPE_CHECKING:
    import pandas as pd

    from workbench.study import Study

_PREFIXES = ("shares/", "lens/", "")


def find_shares(tables: Mapping[str, pd.DataFrame], field: str) -> tuple[str, pd.DataFrame]:
    """The table of a field's shares with its name; lenses and other tables by label and group too.

    Raises ``ProseError`` that names the nearest field.
    """
    for prefix in _PREFIXES:
        frame = tables.get(f"{prefix}{field}")
        if frame is not None and {"label", "group", "n", "base", "share"} <= set(frame.columns):
            return f"{prefix}{field}", frame
    shown = [key.partition("/")[2] for key in tables if key.startswith(_PREFIXES[:2])]
    raise ProseError(f"there is no field '{field}' with shares.{suggest(field, shown)}")


def find_contrast(
    tables: Mapping[str, pd.DataFrame],
    study: Study,
    *,
    field: str,
    by: str,
    group: str,
    period: str,
) -> tuple[str, pd.DataFrame]:
    """The table of ``field`` in the study's comparison by ``by`` that holds ``group``."""
    asked = [comparison.by for comparison in study.comparisons]
    if by not in asked:
        raise ProseError(f"the study compares no groups by '{by}'.{suggest(by, asked)}")
    groups: list[str] = []
    for number, comparison in enumerate(study.comparisons, start=1):
        frame = tables.get(f"groups/{number}/{period}/{field}")
        if comparison.by == by:
            groups += comparison.groups
            if frame is not None and group in comparison.groups:
                return f"groups/{number}/{period}/{field}", frame
    if group in groups:
        raise ProseError(f"'{field}' is not compared by '{by}' in {period}.")
    raise ProseError(f"the study compares no group '{group}'.{suggest(group, groups)}")


def find_period(study: Study, frame: pd.DataFrame, period: str | None) -> str:
    """The group of ``frame`` for ``period``; without one, the last that it has."""
    groups = [str(group) for group in dict.fromkeys(frame["group"])]
    if groups == [EVERYONE]:
        names = [one.name for one in study.periods]
        if period is not None and period not in names:
            raise ProseError(f"there is no period '{period}'.{suggest(period, names)}")
        if period is not None and len(names) > 1:
            raise ProseError(f"there are cases of one period only, not of '{period}' alone.")
        return EVERYONE
    if period is None:
        return groups[-1]
    if period not in groups:
        raise ProseError(f"there is no period '{period}' here.{suggest(period, groups)}")
    return period


def find_label(frame: pd.DataFrame, label: str, *, group: str) -> pd.Series:
    """The row of ``label`` in ``group``, capitals aside.

    Raises ``ProseError`` for a label that is not there, or not in that period's scheme.
    """
    own = frame[frame["group"] == group]
    rows = own[own["label"] == label]
    if rows.empty:
        rows = own[own["label"].str.casefold() == label.casefold()]
    if rows.empty:
        known = [str(one) for one in dict.fromkeys(frame["label"])]
        raise ProseError(f"there is no label '{label}'.{suggest(label, known)}")
    row = rows.iloc[0]
    if NOT_OFFERED in str(row.get("note", "")):
        raise ProseError(f"'{row['label']}' is {NOT_OFFERED} ({group}).")
    return row


def find_table(tables: Mapping[str, pd.DataFrame], name: str) -> pd.DataFrame:
    """A table of the analysis by its name; raises ``ProseError`` that names the nearest."""
    if name not in tables:
        raise ProseError(f"there is no table '{name}'.{suggest(name, list(tables))}")
    return tables[name]


def select_rows(frame: pd.DataFrame, where: Mapping[str, Any]) -> pd.DataFrame:
    """The rows whose columns read like ``where``; months read like "March 2023"."""
    for column, wanted in where.items():
        if column not in frame.columns:
            raise ProseError(
                f"that table has no column '{column}'.{suggest(column, _names(frame))}"
            )
        texts = as_texts(frame[column])
        chosen = frame[(texts == str(wanted)).to_numpy()]
        if chosen.empty:
            known = list(dict.fromkeys(texts))
            raise ProseError(
                f"no row has '{wanted}' in the column '{column}'.{suggest(str(wanted), known)}"
            )
        frame = chosen
    return frame


def select_row(frame: pd.DataFrame, where: Mapping[str, Any], *, column: str) -> pd.Series:
    """The one row that ``where`` picks, which must have ``column``."""
    if column not in frame.columns:
        raise ProseError(f"that table has no column '{column}'.{suggest(column, _names(frame))}")
    rows = select_rows(frame, where)
    if len(rows) > 1:
        differ = [
            str(name)
            for name in rows.columns
            if name not in where and rows[name].nunique() > 1 and not _is_number(rows[name])
        ]
        raise ProseError(
            f"{len(rows)} rows fit; say which, by one more of: {', '.join(differ) or 'its columns'}"
        )
    return rows.iloc[0]


def as_texts(column: pd.Series) -> pd.Series:
    """A column as it is read: months by name and year, numbers without a tail of zeros."""
    from pandas.api.types import is_datetime64_any_dtype, is_float_dtype

    if is_datetime64_any_dtype(column):
        texts: pd.Series = column.dt.strftime("%B %Y").astype("str")
        return texts
    if is_float_dtype(column):
        return column.map("{:g}".format).astype("str")
    return column.astype("str")


def _is_number(column: pd.Series) -> bool:
    from pandas.api.types import is_numeric_dtype

    return bool(is_numeric_dtype(column))


def _names(frame: pd.DataFrame) -> list[str]:
    return [str(name) for name in frame.columns]
