"""Every chart, drawn from small frames, for tests of what all figures must keep."""

from __future__ import annotations

import numpy as np
import pandas as pd
from plotly.graph_objects import Figure

from tests.charts import (
    test_cloud,
    test_coded,
    test_composition_charts,
    test_families,
    test_panels,
    test_schemes,
    test_slopes,
    test_theme_charts,
    test_tone_charts,
)
from tests.charts.comparisons import GROUPS, awkward
from tests.charts.frames import YEARS, make_study, months_log, two_years
from tests.charts.test_words import EARLIER, LATER, NAMES
from tests.compare.years import CALENDAR, FIRST, HOURS, SECOND, log_of, log_of_days, make_years
from workbench import charts
from workbench.compare.arrivals import arrivals
from workbench.compare.composition import standardise
from workbench.compare.intervals import wilson
from workbench.compare.keyness import keyness
from workbench.compare.mix import mix_of
from workbench.compare.rates import rate_per_day
from workbench.compare.seasons import cases_per_month, term_spans
from workbench.compare.shift import word_shift

_TERMS = term_spans(make_study().calendar)
_STOP = ["a", "at", "in", "of", "the"]


def every_figure() -> dict[str, Figure]:
    """A figure of each chart by its name, and of some with another look ("NAME: which")."""
    return {
        **_of_shares(),
        **_of_comparisons(),
        **_of_time(),
        **_of_themes(),
        **_of_words(),
        **_of_tones(),
    }


def _of_shares() -> dict[str, Figure]:
    shares = two_years(("Small", "Large", "Part of small"))
    within = shares["label"].map({"Part of small": "Small"})
    removed = pd.DataFrame(
        [("2022-23", "Big", 20, 25), ("2023-24", "Big", 15, 30), ("2023-24", "Small", 1, 2)],
        columns=["period", "platform", "n", "base"],
    )
    removed["share"] = removed["n"] / removed["base"]
    removed["low"], removed["high"] = wilson(removed["n"], removed["base"])
    log = test_composition_charts.LOG
    return {
        "shares": charts.shares(shares, title="Kinds of matter: most often small"),
        "tone_rates": charts.tone_rates(shares),
        "lens_rates": charts.lens_rates(shares.assign(within=within), groups=YEARS),
        "takedowns": charts.takedowns(removed),
        "mix": charts.mix(mix_of(log, ["phase"], by="period")),
        "standardised": charts.standardised(standardise(log, "theme", by="period", within="phase")),
    }


def _of_comparisons() -> dict[str, Figure]:
    frames = awkward()
    cells = pd.DataFrame(
        [(row, column, n / 12, n) for n, (row, column) in enumerate(["ax", "ay", "bx", "by"])],
        columns=["row", "column", "share", "n"],
    )
    figures = {
        "dumbbell": charts.dumbbell(frames["plain"], groups=("Nursery", *GROUPS)),
        "slope": charts.slope(test_slopes.four_years()),
        "multiples": charts.multiples(test_panels.phases()),
        "heatmap": charts.heatmap(cells),
        "scheme_change": charts.scheme_change(test_schemes.FRAME, title="Two schemes"),
    }
    for name in ("plain", "long words", "forty rows", "partly hidden"):
        figures[f"differences: {name}"] = charts.differences(frames[name])
        figures[f"contrast: {name}"] = charts.contrast(frames[name])
        figures[f"dumbbell: {name}"] = charts.dumbbell(frames[name], title=name)
    return figures


def _of_time() -> dict[str, Figure]:
    months = cases_per_month(months_log(), make_study())
    times = ["2022-10-05 09:30", "2022-10-05 09:59", "2022-10-05 11:00", "2022-10-09 23:00"]
    grid = arrivals(log_of([*times, "2022-10-06", "2023-10-05 12:00"]))
    daily = rate_per_day(log_of_days(lambda day: 4 * (day.day_of_week < 5)), make_years())
    rows = [
        (group, hours, 10 * hours * rise, 100, hours * rise / 10, 0.1, 0.9)
        for group, rise in ((FIRST, 1.0), (SECOND, 1.5))
        for hours in (0, 3, 6)
    ]
    columns = ["group", "hours", "n", "base", "share", "low", "high"]
    return {
        "months": charts.months(months, _TERMS),
        "months: running": charts.months(months, _TERMS, axis="running"),
        "month_panels": charts.month_panels(test_panels.month_frame(), _TERMS),
        "rates": charts.rates(daily, term_spans(CALENDAR)),
        "arrivals": charts.arrivals(grid, HOURS),
        "replies": charts.replies(pd.DataFrame(rows, columns=columns)),
    }


def _of_themes() -> dict[str, Figure]:
    deep = test_theme_charts.themes_frame()
    trends = test_theme_charts.trends_frame(test_theme_charts.MONTHS)
    return {
        "theme_sizes": charts.theme_sizes(test_families.themes_frame(), unplaced=(20, 0.2)),
        "theme_map": charts.theme_map(test_families.map_frame()),
        "levels": charts.levels(deep, depth=2, unplaced=(20, 0.2)),
        "stability": charts.stability(deep, unplaced=0.087),
        "trends": charts.trends(trends),
        "trends: groups": charts.trends(test_theme_charts.trends_frame(["Primary", "Secondary"])),
        "codes": charts.codes(test_coded.made(), groups=YEARS),
        "codes: suggested": charts.codes(test_coded.made(other="suggestion rate"), groups=YEARS),
        "alignment": charts.alignment(test_theme_charts.alignment_frame()),
        "saturation": charts.saturation(test_theme_charts.saturation_frame()),
    }


def _of_words() -> dict[str, Figure]:
    shift = word_shift(LATER, EARLIER, draws=40)
    cloud = {"marked": "banner", "marked_as": "Of gateways"}
    return {
        "bars": charts.bars(test_families.words_frame(), label="word", group="period", **cloud),
        "word_cloud": charts.word_cloud(test_cloud._frame(), **cloud),
        "keyness": charts.keyness(keyness(LATER, EARLIER, stop=_STOP), names=NAMES),
        "word_shift": charts.word_shift(shift.words, names=NAMES),
    }


def _of_tones() -> dict[str, Figure]:
    course = pd.DataFrame(
        [
            (month, tone, 90, 0.2, 0.1, 0.3)
            for tone in ("concern", "urgency", "thanks")
            for month in pd.date_range("2022-09-01", periods=4, freq="MS")
        ],
        columns=["month", "dimension", "base", "share", "low", "high"],
    )
    course.loc[1, ["share", "low", "high"]] = np.nan
    urgent = pd.DataFrame(
        {"bin": ["low", "high"] * 2, "n": [90, 10, 40, 10], "period": np.repeat(YEARS, 2)}
    )
    return {
        "tone_course": charts.tone_course(course, _TERMS),
        "urgency": charts.urgency(urgent),
        "tone_messages": charts.tone_messages(test_tone_charts.messages_frame()),
        "tones_together": charts.tones_together(test_tone_charts.pairs_frame()),
        "highlighted": charts.highlighted(test_tone_charts.QUOTE, test_tone_charts.SPANS),
    }
