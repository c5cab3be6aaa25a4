from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from tests.explore.conftest import TEXTS
from workbench.errors import WorkbenchError
from workbench.explore.themes import ALL, ThemeExplorer


@pytest.fixture
def explorer(log, themes, places):
    return ThemeExplorer(log, themes, places)


def point(explorer, event, *indexes):
    """Let plotly report an event on points of the map, as the browser would."""
    cases = explorer.map.data[0]
    points = SimpleNamespace(point_inds=list(indexes))
    state = () if event == "deselect" else (None,)
    getattr(cases, f"_dispatch_on_{event}")(points, *state)


def drawn(explorer):
    return list(explorer.map.data[0].x)


def test_refuses_cases_not_redacted(log, themes, places):
    with pytest.raises(WorkbenchError, match="redact"):
        ThemeExplorer(replace(log, redacted=False), themes, places)


def test_fields_that_the_log_lacks_are_left_out(log, themes, places):
    explorer = ThemeExplorer(log, themes, places, fields=("period", "country"))
    assert explorer.fields == ("period",)


def test_the_map_holds_all_cases_and_no_case_text(explorer):
    assert len(drawn(explorer)) == 4
    stored = json.dumps(explorer.map.to_plotly_json(), default=str)
    for text in TEXTS:
        assert text[:12] not in stored
    assert explorer.map.data[0].text[0] == "A0<br>2022-23<br>profiles"
    assert explorer.map.data[0].hovertemplate == "%{text}<extra></extra>"


def test_pointing_shows_the_enquiry(explorer):
    point(explorer, "hover", 1)
    assert "Pupils filmed a fight &amp; shared it" in explorer.under_pointer.value
    assert explorer.selected == []


def test_pointing_at_nothing_keeps_what_is_there(explorer):
    point(explorer, "hover", 1)
    point(explorer, "hover")
    assert "Pupils filmed" in explorer.under_pointer.value


def test_clicking_selects_one(explorer):
    point(explorer, "click", 2)
    assert explorer.selected == ["A2"]
    assert "1 selected" in explorer.listed.value
    assert "training on sextortion" in explorer.listed.value


def test_drawing_round_a_group_selects_it(explorer):
    point(explorer, "selection", 3, 0)
    assert explorer.selected == ["A0", "A3"]
    frame = explorer.selection()
    assert list(frame["case_id"]) == ["A0", "A3"]
    assert list(frame["theme"]) == ["profiles", "Unplaced"]
    assert "text" not in frame


def test_a_selection_can_be_undone(explorer):
    point(explorer, "selection", 3, 0)
    point(explorer, "deselect")
    assert explorer.selected == []
    point(explorer, "selection", 1)
    explorer.clear()
    assert explorer.selected == []


def test_filters_swap_the_map(explorer):
    before = explorer.map
    point(explorer, "selection", 0, 1)
    explorer.filters["period"].value = "2023-24"
    assert explorer.map is not before
    assert explorer.view.children[2].children[0].children[0].children == (explorer.map,)
    assert drawn(explorer) == [0, 1]
    assert "2 of 4" in explorer.count.value
    assert explorer.selected == []


def test_points_of_a_filtered_map_are_the_right_cases(explorer):
    explorer.filters["period"].value = "2023-24"
    point(explorer, "hover", 0)
    assert "A2" in explorer.under_pointer.value
    point(explorer, "click", 1)
    assert explorer.selected == ["A3"]


def test_theme_and_search_filter_together(explorer):
    explorer.theme.value = 0
    assert "2 of 4" in explorer.count.value
    explorer.search.value = "fight"
    assert "1 of 4" in explorer.count.value
    explorer.search.value = "nothing like it"
    assert drawn(explorer) == []


def test_the_map_stands_still_while_it_is_filtered(explorer):
    before = explorer.map.layout.xaxis.range
    explorer.theme.value = -1
    assert explorer.map.layout.xaxis.range == before


def test_themes_of_one_name_can_both_be_chosen(explorer):
    names = [name for name, _ in explorer.theme.options]
    assert len(names) == len(set(names))
    assert [value for _, value in explorer.theme.options] == [ALL, 0, 2, 3, 1, 4, -1]


def test_what_a_notebook_would_store_holds_no_case_text(explorer):
    point(explorer, "selection", 0, 1, 2, 3)
    bundle = explorer._repr_mimebundle_()
    assert set(bundle) == {"application/vnd.jupyter.widget-view+json", "text/plain"}
    assert bundle["text/plain"].startswith("Theme explorer: a map of 4 enquiries.")
    stored = json.dumps(bundle)
    assert not [text for text in TEXTS if text[:12] in stored]


def test_no_button_sends_the_map_away(explorer):
    explorer.theme.value = 0
    assert explorer.map._config["showSendToCloud"] is False
    assert explorer.map._config["plotlyServerURL"] == ""
    assert "sendChartToCloud" not in str(explorer.map._config["modeBarButtons"])


def test_every_filter_stands_on_all_at_first_and_again_after_show_all(explorer):
    controls = [*explorer.filters.values(), explorer.theme]
    assert {control.label for control in controls} == {"All"}
    explorer.theme.value = 1
    explorer.search.value = "training"
    explorer._reset()
    assert {control.label for control in controls} == {"All"}
    assert explorer.search.value == ""
    assert "4 of 4" in explorer.count.value
