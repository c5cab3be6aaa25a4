"""What an analysis found, as further fields of the log: themes, sub-themes and tones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.compare.intervals import wilson
from workbench.privacy.disclosure import protect_table
from workbench.report.theming import theme_labels
from workbench.study import Study
from workbench.themes.found import Themes
from workbench.tone.score import tone_by_text

if TYPE_CHECKING:
    import pandas as pd

THEME, SUBTHEME, TONE = "theme", "subtheme", "tone"
"""The fields that the analysis adds to a log."""


def with_findings(
    log: CaseLog, themes: Themes, tones: pd.DataFrame, shown: pd.DataFrame
) -> CaseLog:
    """The log with main themes and sub-themes as far as ``shown``, and tones, as fields."""
    ids = {"text_id": "case_id"}
    main = theme_labels(themes, shown, 0).rename(columns=ids)
    sub = theme_labels(themes, shown, 1).rename(columns=ids)
    wide = tone_by_text(tones).melt(id_vars="text_id", var_name="label", value_name="shown")
    shown = wide[wide["shown"].astype(bool)].rename(columns=ids)
    shown = shown.assign(label=shown["label"].str.capitalize())
    log = log.with_labels(THEME, main, title="Main theme")
    log = log.with_labels(SUBTHEME, sub, title="Sub-theme")
    return log.with_labels(TONE, shown, title="Tone", several=True, own_words=True)


def with_firm_themes(log: CaseLog, shown: pd.DataFrame) -> CaseLog:
    """The log without themes and sub-themes that are not firm, which are not to be compared."""
    labels, weak = log.labels, shown[~shown["firm"]]
    for level, name in enumerate((THEME, SUBTHEME)):
        gone = weak.loc[weak["level"] == level, "label"]
        labels = labels[~((labels["field"] == name) & labels["label"].isin(gone))]
    return replace(log, labels=labels.reset_index(drop=True))


def own_words(frame: pd.DataFrame, log: CaseLog, *, name: str = "text_id") -> pd.DataFrame:
    """The rows of cases in the enquirers' own words, by the column ``name``: not of ``notes``."""
    return frame[~frame[name].isin(log.notes)].reset_index(drop=True) if log.notes else frame


def protect_sizes(shown: pd.DataFrame, cases: int, study: Study) -> pd.DataFrame:
    """The themes of `printed_themes` with their sizes under the study's disclosure rule.

    The range of a theme's stability comes of clusterings and of no count, and stays where the size
    is shown.
    """
    sized = shown.assign(base=cases)
    safe = protect_table(sized, rule=study.disclosure, counts=("size", "base"), interval=wilson)
    ranges = [name for name in ("stability_low", "stability_high") if name in shown]
    safe[ranges] = shown[ranges].where(safe["size"].notna(), float("nan"), axis=0)
    return safe
