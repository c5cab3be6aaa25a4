"""Raw and standardised differences and the mix are drawn as they stand in their frames."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.charts.frames import NASTY, words_of
from tests.logs import make_log
from workbench.cases.log import CaseLog, FieldInfo
from workbench.charts.alt import LONGEST
from workbench.charts.alt_composition import alt_mix, alt_standardised
from workbench.charts.composition import AS_IT_IS, EQUAL_MIX, mix, standardised
from workbench.charts.style import look
from workbench.compare.composition import standardise
from workbench.compare.mix import mix_of

DAYS = {"2022-23": "2022-10-01", "2023-24": "2023-10-01"}


def make_cases() -> CaseLog:
    """More primary cases in the second year, and delays said mostly there."""
    rows = []
    for year, primary in (("2022-23", 30), ("2023-24", 90)):
        for number in range(120):
            phase = "Primary" if number < primary else "Secondary"
            delay = number % 3 > 0 if phase == "Primary" else number % 5 == 0
            themes = ["Delay"] * delay + [NASTY] * (number % 4 == 0)
            rows.append({"period": year, "date": DAYS[year], "phase": phase, "theme": themes})
    return make_log(rows, {name: FieldInfo(name, name.capitalize()) for name in ("phase", "theme")})


LOG = make_cases()


@pytest.fixture
def frame() -> pd.DataFrame:
    return standardise(LOG, "theme", by="period", within="phase")


def test_both_differences_stand_as_in_the_frame(frame: pd.DataFrame) -> None:
    figure = standardised(frame, title="Delays")
    rows = frame[frame["reference"].notna()].sort_values("raw_difference", ascending=False)
    raw, equal = figure.data
    assert (raw.name, equal.name) == (AS_IT_IS, f"{EQUAL_MIX} of Phase")
    assert list(raw.x) == pytest.approx(list(rows["raw_difference"]))
    assert list(equal.x) == pytest.approx(list(rows["standardised_difference"]))
    assert list(equal.error_x.array) == pytest.approx(
        list(rows["standardised_high"] - rows["standardised_difference"])
    )
    assert raw.marker.symbol != equal.marker.symbol
    assert all(above < below for above, below in zip(raw.y, equal.y, strict=True))


def test_a_filled_mark_is_a_clear_difference(frame: pd.DataFrame) -> None:
    own = frame["label"] == "Delay"
    frame.loc[own, "raw_p_adjusted"], frame.loc[own, "p_adjusted"] = 0.01, 0.2
    raw, equal = standardised(frame[own]).data
    assert raw.marker.color[0] == look(0).colour
    assert equal.marker.color[0] == "#FFFFFF"


def test_what_was_not_compared_shows_as_a_dash(frame: pd.DataFrame) -> None:
    for name in ("standardised_difference", "standardised_low", "standardised_high", "p_adjusted"):
        frame[name] = np.nan
    figure = standardised(frame)
    assert list(figure.data[1].x) == [None]
    assert [a.text for a in figure.layout.annotations].count("–") == 2


def test_the_largest_in_either_way_are_kept_and_the_cut_is_said(frame: pd.DataFrame) -> None:
    other = (frame["label"] != "Delay") & frame["reference"].notna()
    frame.loc[other, ["raw_difference", "standardised_difference"]] = 0.001, 0.9
    figure = standardised(frame, top=1)
    assert list(figure.data[1].x) == pytest.approx([0.9])
    assert "the 1 largest of 2 are shown" in " ".join(words_of(figure)).replace("<br>", " ")


def test_three_groups_are_refused_and_an_empty_frame_says_so(frame: pd.DataFrame) -> None:
    three = pd.concat([frame, frame.assign(group="2024-25")])
    with pytest.raises(ValueError, match="two groups"):
        standardised(three)
    assert "No cases to show" in words_of(standardised(frame.iloc[:0]))
    assert "No cases to show" in words_of(mix(mix_of(LOG, [], by="period")))


def test_frames_are_left_as_they_were_and_labels_never_run_as_markup(frame: pd.DataFrame) -> None:
    before = frame.copy()
    said = " ".join(words_of(standardised(frame)))
    pd.testing.assert_frame_equal(frame, before)
    said += " ".join(words_of(mix(mix_of(LOG, ["theme"], by="period"))))
    assert "<b>bold" not in said
    assert "%{y}" not in said


def test_a_mix_has_a_dot_a_group_and_its_gaps_last() -> None:
    log = make_log(
        [
            {"period": y, "date": d, "phase": p}
            for y, d in DAYS.items()
            for p in ("B", "A", "A", [])
        ],
        {"phase": FieldInfo("phase", "Phase")},
    )
    frame = mix_of(log, ["phase"], by="period")
    figure = mix(frame)
    rows = [a.text for a in figure.layout.annotations if a.text in ("A", "B", "Not recorded")]
    assert rows == ["A", "B", "Not recorded"]
    assert [trace.name for trace in figure.data] == list(DAYS)
    assert list(figure.data[0].x) == pytest.approx([0.5, 0.25, 0.25])
    assert figure.layout.xaxis.range[0] == 0


def test_fields_stand_below_one_another_under_their_names() -> None:
    frame = mix_of(LOG, ["phase", "theme"], by="period")
    figure = mix(frame, names={"phase": "Institution phase"}, top=2)
    said = [str(a.text) for a in figure.layout.annotations]
    assert (
        said.index("<b>Institution phase</b>") < said.index("Primary") < said.index("<b>theme</b>")
    )
    words = " ".join(words_of(figure)).replace("<br>", " ")
    assert "smaller ones are not shown" in words


def test_a_group_keeps_its_look_where_it_stands_alone() -> None:
    frame = mix_of(LOG, ["phase"], by="period")
    later = frame[frame["group"] == "2023-24"]
    assert mix(later, groups=list(DAYS)).data[0].marker.symbol == look(1).symbol


def test_alternative_texts_say_the_main_numbers(frame: pd.DataFrame) -> None:
    text = alt_standardised(frame, what="themes")
    assert "2023-24 minus 2022-23" in text
    assert "at an equal mix of Phase" in text
    assert "Delay +18.1 to +0.8" in text
    mixed = alt_mix(mix_of(LOG, ["phase"], by="period"), what="phase")
    assert "2022-23: Secondary 75.0%, Primary 25.0%" in mixed
    assert max(len(text), len(mixed)) <= LONGEST
    assert "no cases" in alt_standardised(frame.iloc[:0], what="themes")
    assert "no cases" in alt_mix(mix_of(LOG, [], by="period"), what="phase")
