"""What a figure is about, in a reader's words."""

from __future__ import annotations

import pytest

from workbench.report.behind import SOURCES
from workbench.report.naming import name_figure, name_frame

TITLES = {"pertains_to": "Pertaining to", "theme": "Main theme", "risk": "Somebody at risk"}
NAMED = [
    (
        ("share", "shares/pertains_to", (("label", "School"), ("group", "2023-24"))),
        "share of “School” (Pertaining to) in 2023-24",
    ),
    (
        (
            "reference_share",
            "corrected/1",
            (("label", "Hate"), ("group", "2023-24"), ("reference", "2022-23")),
        ),
        "share of “Hate” (cases coded by both schemes) in 2022-23",
    ),
    (("rows", "themes", (("level", "0"),)), "number of main themes"),
    (("rows", "themes", ()), "number of themes"),
    (
        ("rows", "blocks/1", (("comparability", "exact"),)),
        "number of blocks of labels, comparability “exact”",
    ),
    (
        ("top", "shares/theme", (("place", "2"), ("group", "2023-24"))),
        "second commonest label of Main theme in 2023-24",
    ),
    (
        ("base", "shares/pertains_to", (("group", "All cases"),)),
        "base of Pertaining to in all cases",
    ),
    (
        ("share", "groups/1/2022-23/pertains_to", (("label", "School"), ("group", "Primary"))),
        "share of “School” (Pertaining to, 2022-23) in Primary",
    ),
    (
        (
            "reference_share",
            "rest/2023-24",
            (("label", "School"), ("field", "pertains_to"), ("group", "Phone"), ("by", "route")),
        ),
        "share of “School” (Pertaining to) in all but Phone",
    ),
    (
        ("lift", "together", (("one", "anger"), ("other", "fear"), ("group", "All cases"))),
        "lift of “anger and fear” (tones in the same enquiry) in all cases",
    ),
    (("kept", "rows", (("source", "a.csv"),)), "rows kept of “a.csv”"),
    (("share", "replies", (("group", "2023-24"),)), "share with a reply within the aim in 2023-24"),
    (
        ("recorded", "coverage/pertains_to", (("group", "2023-24"),)),
        "cases with a recorded Pertaining to in 2023-24",
    ),
    (("text", "method", (("says", "Of # cases"),)), "how it was done"),
    (("cases", "cases", (("group", "All cases"),)), "all cases"),
    (("cases", "cases", (("group", "2023-24"),)), "cases in 2023-24"),
    (("n", "months", (("month", "March 2023"),)), "cases in March 2023"),
]


@pytest.mark.parametrize(("given", "named"), NAMED)
def test_a_figure_is_named_by_its_column_its_row_and_its_field(given, named):
    what, frame, where = given
    assert name_figure(what, frame, where, titles=TITLES) == named


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        ("lens/risk", "Somebody at risk"),
        ("equal-mix/theme", "Main theme, at an equal mix"),
        ("cases", SOURCES["cases"]),
        ("some_other/table", "some other table"),
    ],
)
def test_a_table_is_called_by_the_title_of_its_field(frame, words):
    assert name_frame(frame, TITLES) == words
