"""Addresses reported and removed, by period and platform."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tests.logs import make_log
from workbench.compare.takedowns import takedown_summary


def test_requests_add_up_by_period_and_platform() -> None:
    log = make_log([{"case_id": "A"}, {"case_id": "B", "period": "2023-24", "date": "2023-10-01"}])
    requests = pd.DataFrame(
        {
            "case_id": ["A", "A", "B"],
            "date": pd.to_datetime(["2022-10-06"] * 3).astype("datetime64[s]"),
            "platform": ["V", "V", None],
            "reported": [4, 6, 2],
            "removed": [4, 1, 2],
        }
    )
    frame = takedown_summary(replace(log, takedowns=requests))
    assert frame[["period", "platform", "cases", "n", "base"]].to_numpy().tolist() == [
        ["2022-23", "V", 1, 5, 10],
        ["2023-24", "Not named", 1, 2, 2],
    ]
    assert frame["share"].tolist() == pytest.approx([0.5, 1.0])
    assert (frame["low"] < frame["share"]).all()
