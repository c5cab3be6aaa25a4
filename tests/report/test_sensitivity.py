"""The label says whether data are real, what was protected, and the organisation's marking."""

from __future__ import annotations

import pytest

from tests.charts.frames import make_study
from workbench.report.sensitivity import sensitivity_label
from workbench.study.parts import Disclosure

CASES = [
    (Disclosure(), False, "Counts of 7 or fewer hidden, others rounded to 5"),
    (Disclosure(round_to=1), False, "Counts of 7 or fewer hidden"),
    (Disclosure(hide_up_to=0), False, "Counts rounded to 5"),
    (Disclosure(hide_up_to=0, round_to=1), False, "Exact counts"),
    (
        Disclosure(exempt=True, reason="For the board"),
        False,
        "Exact counts, without disclosure control",
    ),
    (
        Disclosure(marking="OFFICIAL"),
        True,
        "OFFICIAL · Synthetic data · Counts of 7 or fewer hidden, others rounded to 5",
    ),
]


@pytest.mark.parametrize(("rule", "synthetic", "said"), CASES)
def test_what_the_label_says(rule, synthetic, said):
    study = make_study().model_copy(update={"disclosure": rule, "synthetic": synthetic})
    assert sensitivity_label(study) == said


def test_a_marking_is_short():
    with pytest.raises(ValueError, match="60"):
        Disclosure(marking="O" * 61)
