"""Words that claim no more than the figures carry."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.logs import make_log
from workbench.compare.say import percent, points, say
from workbench.compare.shares import compare_shares


def sentence(n_1: int, base_1: int, n_2: int, base_2: int) -> str:
    rows = [{"kind": ["A"] if i < n_1 else ["B"], "site": "one"} for i in range(base_1)]
    rows += [{"kind": ["A"] if i < n_2 else ["B"], "site": "two"} for i in range(base_2)]
    log = make_log([{**row, "case_id": str(i)} for i, row in enumerate(rows)])
    frame = compare_shares(log, "kind", by="site")
    pair = frame[frame["label"] == "A"]
    return say(pair.iloc[1], reference="one", reference_share=float(pair.iloc[0]["share"]))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((100, 200, 160, 200), "30.0 points higher in two"),
        ((160, 200, 100, 200), "30.0 points lower in two"),
        ((10, 200, 12, 200), "no clear difference (95% interval −3.7 to +5.8)"),
        ((1, 200, 0, 200), "too few cases to tell two from one"),
    ],
)
def test_sentences(counts: tuple[int, int, int, int], expected: str) -> None:
    assert expected in sentence(*counts)


def test_a_difference_lost_to_many_comparisons_is_told_apart() -> None:
    row = pd.Series(
        {"label": "A", "group": "two", "n": 20, "base": 200, "share": 0.1, "difference": -0.06}
        | {"difference_low": -0.11, "difference_high": -0.01, "p_adjusted": 0.2}
    )
    said = say(row, reference="one", reference_share=0.16)
    assert "no clear difference once the many comparisons are allowed for" in said


def test_printed_numbers() -> None:
    assert percent(687 / 2678) == "25.7%"
    assert percent(float("nan")) == "–"
    assert points(-0.0312) == "−3.1"
    assert points(0.0001) == "0.0"
