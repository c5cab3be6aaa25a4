"""Themes as fields of the log, and their sizes under the rule of disclosure."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from workbench.report.fielded import protect_sizes
from workbench.study import Disclosure

SHOWN = pd.DataFrame(
    {
        "theme": [0, 1],
        "size": [124, 3],
        "share": [0.12, 0.003],
        "low": [0.1, 0.001],
        "high": [0.14, 0.01],
        "stability": [0.8, 0.7],
        "stability_low": [0.6, 0.5],
        "stability_high": [0.9, 0.9],
    }
)


def test_sizes_are_rounded_or_hidden_and_stability_keeps_its_range_where_a_size_is_shown():
    study = SimpleNamespace(disclosure=Disclosure(hide_up_to=7, round_to=5))
    safe = protect_sizes(SHOWN, 1001, study)
    assert safe.loc[0, "size"] == 125
    assert (safe.loc[0, "stability_low"], safe.loc[0, "stability_high"]) == (0.6, 0.9)
    assert safe.loc[1, ["size", "low", "stability_low", "stability_high"]].isna().all()


def test_an_exempt_study_shows_all_as_it_is():
    study = SimpleNamespace(disclosure=Disclosure(exempt=True, reason="Invented."))
    assert protect_sizes(SHOWN, 1001, study)[list(SHOWN.columns)].equals(SHOWN)
