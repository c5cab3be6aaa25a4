"""Tables by name: what is not there says why."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench.errors import WorkbenchError
from workbench.report.tabled import Tables

TABLES = Tables({"shares/tone": pd.DataFrame()}, {"returns": "a small count could be worked out"})


def test_what_is_there_is_given_and_what_is_asked_for_softly_is_none() -> None:
    assert TABLES["shares/tone"].empty
    assert TABLES.get("returns") is None
    assert "returns" not in TABLES
    assert list(TABLES) == ["shares/tone"]


def test_a_refused_table_gives_the_reason() -> None:
    with pytest.raises(WorkbenchError, match=r"'returns' was refused.*could be worked out"):
        TABLES["returns"]


def test_a_name_typed_wrong_gets_a_hint() -> None:
    with pytest.raises(WorkbenchError, match=r"no table 'share/tone'.*'shares/tone'"):
        TABLES["share/tone"]
