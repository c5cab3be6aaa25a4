"""A table of cases: what is said of a change as it is, at an equal mix, and of the mix."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from tests.compare.test_composition import SIMPSON, log_of, row_of
from workbench.compare.composition import protect_standardised, standardise
from workbench.compare.say_composition import say_standardised
from workbench.study import Disclosure


def made(
    raw: tuple[float, float, float, float], equal: tuple[float, float, float, float], **more: Any
) -> pd.Series:  # type: ignore[type-arg]
    """A row from difference, low, high and adjusted p, as they are and at an equal mix."""
    row: dict[str, Any] = {
        "label": "Delay",
        "group": "2023-24",
        "reference": "2022-23",
        "n": 300,
        "base": 1000,
        "share": 0.3,
        "reference_n": 200,
        "reference_base": 1000,
        "within": "Phase",
        "mix_difference": raw[0] - equal[0],
        "support_difference": 0.0,
        "left_out": 0,
        "reference_left_out": 0,
        "raw_p_adjusted": raw[3],
        "p_adjusted": equal[3],
        "note": "",
    }
    for which, values in (("raw", raw), ("standardised", equal)):
        row |= {f"{which}_{name}": v for name, v in zip(NAMES, values[:3], strict=True)}
    return pd.Series({**row, **more})


NAMES = ("difference", "low", "high")
UP = (0.1, 0.06, 0.14, 0.001)
UNSURE = (0.01, -0.03, 0.05, 0.6)
HEAD = "Delay: 20.0% in 2022-23 and 30.0% in 2023-24, "
UP_SAID = "+10.0 points (95% interval +6.0 to +14.0) as they are, "

UNSURE_SAID = "no clear difference (+1.0, 95% interval −3.0 to +5.0) as they are, "


@pytest.mark.parametrize(
    ("raw", "equal", "said"),
    [
        (
            UP,
            UNSURE,
            UP_SAID + "but at an equal mix of Phase no clear difference (+1.0, 95% interval −3.0 "
            "to +5.0); the different mix makes +9.0 of the +10.0 points.",
        ),
        (
            UP,
            (0.04, 0.01, 0.07, 0.01),
            UP_SAID
            + "and at an equal mix of Phase +4.0 (95% interval +1.0 to +7.0); the different "
            "mix makes +6.0 of the +10.0 points.",
        ),
        (
            UP,
            (-0.05, -0.08, -0.02, 0.01),
            UP_SAID + "but at an equal mix of Phase the difference turns round to −5.0 (95% "
            "interval −8.0 to −2.0); the different mix alone makes +15.0.",
        ),
        (
            UP,
            (0.13, 0.09, 0.17, 0.001),
            UP_SAID + "and at an equal mix of Phase +13.0 (95% interval +9.0 to +17.0); the "
            "different mix works the other way, by −3.0.",
        ),
        (
            UP,
            UP,
            UP_SAID + "and at an equal mix of Phase +10.0 (95% interval +6.0 to +14.0); the "
            "different mix makes none of it.",
        ),
        (
            UP,
            (0.04, 0.001, 0.079, 0.2),
            UP_SAID + "but at an equal mix of Phase no clear difference once the many comparisons "
            "are allowed for (+4.0, 95% interval +0.1 to +7.9); the different mix makes +6.0 of "
            "the +10.0 points.",
        ),
        (
            UNSURE,
            UP,
            UNSURE_SAID + "but at an equal mix "
            "of Phase +10.0 (95% interval +6.0 to +14.0); the different mix works the other way, "
            "by −9.0.",
        ),
        (
            UNSURE,
            (0.0, -0.04, 0.04, 0.9),
            UNSURE_SAID + "nor at an equal mix of Phase (0.0, 95% interval −4.0 to +4.0).",
        ),
    ],
)
def test_sentences(raw, equal, said) -> None:  # type: ignore[no-untyped-def]
    assert say_standardised(made(raw, equal)) == HEAD + said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"n": 3, "reference_n": 4}, "Delay: too few cases to tell 2023-24 from 2022-23."),
        ({"raw_difference": math.nan, "n": pd.NA}, "Delay: too few cases to tell"),
        ({"raw_difference": math.nan, "reference_n": 0}, "Delay: not a label of both schemes"),
        ({"base": 0}, "Delay: not recorded in both 2022-23 and 2023-24."),
        (
            {"standardised_difference": math.nan, "p_adjusted": math.nan},
            "as they are; not compared at an equal mix of Phase: no stratum holds enough cases",
        ),
        (
            {"left_out": 100, "reference_left_out": 0, "support_difference": 0.02},
            " 10.0% of the cases of 2023-24 had too few like them in the other group and are left "
            "out of the equal mix, which makes +2.0.",
        ),
        ({"left_out": 5, "reference_left_out": 3}, "makes +9.0 of the +10.0 points."),
        ({"left_out": pd.NA, "reference_left_out": pd.NA}, "makes +9.0 of the +10.0 points."),
    ],
)
def test_what_limits_a_row_is_said(more: dict[str, Any], said: str) -> None:
    sentence = say_standardised(made(UP, UNSURE, **more))
    assert said in sentence
    assert "left out" in sentence or "left_out" not in more or "makes +9.0" in sentence


def test_the_reference_has_nothing_to_say() -> None:
    frame = standardise(log_of(SIMPSON), "theme", by="period", within="phase")
    with pytest.raises(ValueError, match="nothing to be compared"):
        say_standardised(frame.iloc[0])


def test_a_row_of_a_frame_says_that_it_turns_round_protected_or_not() -> None:
    frame = standardise(log_of(SIMPSON), "theme", by="period", within="phase")
    for own in (frame, protect_standardised(frame, rule=Disclosure())):
        sentence = say_standardised(row_of(own))
        assert "42.0% in 2022-23 and 66.0% in 2023-24, +24.0 points" in sentence
        assert "the difference turns round to −15.0" in sentence
        assert "the different mix alone makes +39.0." in sentence
