"""The one place that reads dates written as text.

ISO dates are recognised by their pattern. Anything else is read only by the format that the
study declares, and never guessed: 03/04/2024 is two different days in two countries.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

ISO = "iso"
_ISO_DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_END_OF_DAY = re.compile(r".{10}[T ]24:")


def read_date(value: object, *, format: str = ISO) -> datetime | None:
    """Read one date, or return None where it cannot be read without guessing.

    ``format`` is ``"iso"`` or a strptime pattern such as ``"%d/%m/%Y"``. An ISO date is accepted
    under every format. Date cells of a spreadsheet arrive as ``date``/``datetime`` and pass
    through. A time zone is dropped after conversion to none: the clock as written is kept. Only
    ASCII digits count, and 24:00, which some take for the day's end and some for its start, is
    no time.
    """
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if _ISO_DATE.fullmatch(text):
        return _parse_iso(text)
    if format == ISO or not text.isascii():
        return None
    try:
        return datetime.strptime(text, format).replace(tzinfo=None)
    except ValueError:
        return None


def read_dates(values: pd.Series, *, format: str = ISO) -> pd.Series:
    """Read a column of dates; what cannot be read becomes NaT (same index, datetime64[s])."""
    import pandas as pd

    unique = {value: read_date(value, format=format) for value in values.dropna().unique()}
    dates = [unique.get(value) for value in values]
    return pd.Series(dates, index=values.index, name=values.name, dtype="datetime64[s]")


def _parse_iso(text: str) -> datetime | None:
    if _END_OF_DAY.match(text):
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
