"""The simulation and the verdicts behind the tables on composition."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks.compared.composition import judge
from benchmarks.compared.composition_coverage import (
    DIFFERENCES,
    PEERS,
    SIZES,
    draw_world,
    measure_coverage,
)
from workbench.compare.stratified import LEAST


@pytest.mark.parametrize("sizes", SIZES.values())
def test_a_world_has_the_sizes_and_the_share_of_its_setting(sizes: tuple[int, int, int]) -> None:
    world = draw_world(np.random.default_rng(1), sizes, 0.05, DIFFERENCES["none"])
    assert (world.base.sum(), world.reference_base.sum(), len(world.base)) == sizes
    assert min(world.base.min(), world.reference_base.min()) >= LEAST
    assert world.share == pytest.approx(world.reference_share)
    share = world.reference_share @ world.reference_base / world.reference_base.sum()
    assert share == pytest.approx(0.05)
    if sizes[0] < 100:
        assert world.base.max() <= 20


@pytest.mark.parametrize(
    ("name", "limits"),
    [
        ("Wald", (0.0575, 0.3425)),
        ("stratified Newcombe", (0.0524, 0.3339)),
        ("stratified score", (0.0528, 0.3382)),
    ],
)
def test_peers_of_one_stratum_give_newcombes_example(
    name: str, limits: tuple[float, float]
) -> None:
    cells = (np.array([[56]]), np.array([70]), np.array([[48]]), np.array([80]))
    low, high = PEERS[name](*cells, np.array([1.0]))
    assert (low[0], high[0]) == pytest.approx(limits, abs=6e-5)


def test_the_table_fills_up_and_the_plain_interval_misses() -> None:
    last = None
    for last in measure_coverage(quick=True):
        if len(last.frame) == 1:
            break
    assert last is not None
    row = last.frame.iloc[0]
    assert not last.kept
    assert row["ours covers"] > 0.85
    assert row["Wald covers"] < 0.7
    assert row["ours covers"] + row["ours above"] + row["ours below"] == pytest.approx(1)


@pytest.mark.parametrize(
    ("raw", "raw_p", "equal", "equal_p", "word"),
    [
        (0.1, 0.01, 0.01, 0.6, "vanishes"),
        (0.1, 0.01, -0.01, 0.6, "vanishes, sign turned"),
        (0.1, 0.01, 0.08, 0.06, "no longer clear"),
        (0.1, 0.01, 0.04, 0.01, "shrinks"),
        (0.1, 0.01, 0.12, 0.01, "stands"),
        (0.1, 0.01, -0.05, 0.01, "turns round"),
        (0.01, 0.4, 0.05, 0.01, "appears"),
        (0.01, 0.4, 0.02, 0.4, "never clear"),
    ],
)
def test_verdicts(raw: float, raw_p: float, equal: float, equal_p: float, word: str) -> None:
    row = {"raw_difference": raw, "raw_p_adjusted": raw_p}
    row |= {"standardised_difference": equal, "p_adjusted": equal_p}
    assert judge(pd.Series(row)) == word
