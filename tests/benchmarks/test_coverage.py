"""The simulation behind the table of coverage: what it draws, and how it counts."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.coverage import DRAWS, LABELS, TEXTS, WAYS, Setting, measure, simulate, summarise


@pytest.mark.parametrize("draw", DRAWS)
def test_a_run_has_the_errors_of_its_setting(draw: str) -> None:
    setting = Setting(0.2, 0.8, 0.1, "graded", draw)
    run = simulate(setting, np.random.default_rng(1))
    assert len(run.truth) == TEXTS
    assert run.labelled.sum() == LABELS
    assert run.truth.mean() == pytest.approx(0.2, abs=0.03)
    said = run.chances >= 0.5
    assert said[run.truth == 0].mean() == pytest.approx(0.1, abs=0.03)
    assert (1 / run.inclusion[run.labelled]).sum() == pytest.approx(TEXTS, rel=0.15)
    assert np.isnan(run.known).sum() == TEXTS - LABELS
    assert bool(np.ptp(run.inclusion) == 0) == (draw == "simple")


def test_every_way_is_measured_and_counting_misses() -> None:
    found = measure(Setting(0.05, 0.8, 0.1, "graded", "simple"), 20, seed=1)
    assert set(found) == set(WAYS)
    assert found["classify and count"]["covers"] == 0
    assert found["workbench"]["covers"] >= 0.8
    for figures in found.values():
        assert figures["covers"] + figures["above"] + figures["below"] == pytest.approx(1)


def test_misses_are_told_by_their_side() -> None:
    found = summarise([(0.1, 0.3), (0.25, 0.3), (0.0, 0.1), (0.19, 0.2)], 0.2)
    assert found == {"covers": 0.5, "above": 0.25, "below": 0.25, "width": pytest.approx(0.09)}
