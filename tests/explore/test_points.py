from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import WorkbenchError
from workbench.explore.points import Filters, labels_of, make_points, passing, word_patterns


@pytest.fixture
def points(log, themes, places):
    return make_points(log, themes, places, fields=("period", "phase"))


def ids(points, **wishes):
    return list(points["case_id"][passing(points, Filters(**wishes))])


def test_points_follow_the_log(points, log):
    assert list(points["case_id"]) == list(log.cases["case_id"])
    assert list(points["theme"]) == ["profiles", "profiles", "training", "Unplaced"]
    assert list(points["subtheme"]) == ["fake", "fights", "training", "Unplaced"]
    assert list(points["main"]) == [0, 0, 1, -1]
    assert points["y"].tolist() == [0, 0.123, 1, 1]
    assert list(labels_of(points, "phase"))[:2] == [("Primary",), ("Primary", "Secondary")]


def test_without_wishes_all_pass(points):
    assert ids(points) == ["A0", "A1", "A2", "A3"]


def test_every_label_must_be_carried(points):
    assert ids(points, labels={"phase": "Secondary"}) == ["A1"]
    assert ids(points, labels={"phase": "Primary", "period": "2023-24"}) == ["A2", "A3"]
    assert ids(points, labels={"phase": "Secondary", "period": "2023-24"}) == []


@pytest.mark.parametrize(
    ("theme", "found"), [(0, ["A0", "A1"]), (3, ["A1"]), (1, ["A2"]), (-1, ["A3"])]
)
def test_themes_at_both_levels(points, theme, found):
    assert ids(points, theme=theme) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tiktok", ["A0"]),
        ("FAKE again", ["A0"]),
        ("fight", ["A1"]),
        ("ight", []),  # words are found from their beginning
        ("fake fight", []),
        ("(", []),
        ("  ", ["A0", "A1", "A2", "A3"]),
    ],
)
def test_search(points, words, found):
    assert ids(points, words=words) == found


@given(st.text(max_size=30))
def test_any_words_can_be_searched(words):
    for pattern in word_patterns(words):
        assert pattern.search("nothing of the kind") is None or words.strip()


def test_a_field_named_like_a_column_keeps_apart(log, themes, places):
    labels = pd.DataFrame({"case_id": ["A0"], "label": ["profiles"]})
    with_theme = log.with_labels("theme", labels, title="Main theme")
    points = make_points(with_theme, themes, places, fields=("theme",))
    assert list(labels_of(points, "theme")) == [("profiles",), (), (), ()]
    assert list(points["theme"])[2] == "training"


def test_only_redacted_cases(log, themes, places):
    with pytest.raises(WorkbenchError, match="redact"):
        make_points(replace(log, redacted=False), themes, places)


def test_places_must_fit(log, themes, places):
    with pytest.raises(WorkbenchError, match=r"4 cases .*\(3, 2\)"):
        make_points(log, themes, places[:3])


def test_themes_must_be_of_these_cases(log, themes, places):
    turned = themes.assignments.iloc[::-1].reset_index(drop=True)
    with pytest.raises(WorkbenchError, match="another order"):
        make_points(log, replace(themes, assignments=turned), places)


def test_themes_of_a_plain_list_fit_by_position(log, themes, places):
    plain = replace(themes, assignments=themes.assignments.assign(text_id=range(4)))
    assert list(make_points(log, plain, places)["main"]) == [0, 0, 1, -1]


def test_nothing_given_is_changed(log, themes, places):
    before = log.cases.copy(), themes.assignments.copy(), places.copy()
    make_points(log, themes, places, fields=("phase",))
    pd.testing.assert_frame_equal(log.cases, before[0])
    pd.testing.assert_frame_equal(themes.assignments, before[1])
    assert (places == before[2]).all()
