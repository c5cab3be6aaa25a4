"""The figures of a report, each from one frame of the analysis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench import charts
from workbench.charts import alt, alt_pairs
from workbench.charts.drawing import Drawing
from workbench.charts.marking import mark
from workbench.charts.panel_months import FEW
from workbench.compare.say import percent
from workbench.compare.seasons import term_spans
from workbench.report.analysis import THEME, TONE, Analysis, safe_count, safe_share
from workbench.report.behind import Behind, Sourced
from workbench.report.close import draw_close
from workbench.report.codebook_drawings import draw_codebooks
from workbench.report.comparison import draw_comparisons
from workbench.report.frames import map_frame, tone_course_frame, urgency_frame
from workbench.report.noted import tone_base
from workbench.report.parts import reported_fields, shares_name
from workbench.report.sensitivity import sensitivity_label
from workbench.report.tables import base_note, count
from workbench.report.timing import draw_rates, draw_times
from workbench.report.titles import (
    title_of_months,
    title_of_shares,
    title_of_stability,
    title_of_takedowns,
    title_of_urgency,
)
from workbench.report.wording import draw_words

if TYPE_CHECKING:
    import pandas as pd

_FEW_LEFT_OUT = f"Months with fewer than {FEW} cases are left out."


def draw(analysis: Analysis) -> list[Drawing]:
    """Every figure that the study's records allow, in the order of the report, each labelled."""
    label = sensitivity_label(analysis.study)
    return [mark(drawing, label) for drawing in _draw_all(analysis)]


def _draw_all(analysis: Analysis) -> list[Drawing]:
    return [
        *_months(analysis),
        *draw_rates(analysis),
        *_fields(analysis),
        *draw_words(analysis),
        *_takedowns(analysis),
        *draw_times(analysis),
        *draw_codebooks(analysis),
        *_themes(analysis),
        *_tones(analysis),
        *draw_close(analysis),
        *draw_comparisons(analysis),
    ]


def _months(analysis: Analysis) -> Iterator[Drawing]:
    frame = analysis.tables.get("months")
    if frame is None:  # refused by disclosure control, as others below
        return
    known = frame.dropna(subset=["n"])
    title = "Cases in each month"
    if len(known):
        top = known.sort_values("n", ascending=False, kind="stable")["month"].iloc[0]
        title = f"Cases in each month: most came in {top:%B %Y}"
    calendar = analysis.study.calendar
    figure = charts.months(frame, term_spans(calendar))
    note = "The bands are terms." if calendar.terms else ""
    yield Drawing("cases-per-month", figure, frame, title, alt.alt_months(frame), note)


def _fields(analysis: Analysis) -> Iterator[Drawing]:
    periods = analysis.log.periods
    for field in reported_fields(analysis):
        for place, part in enumerate(field.parts, start=1):
            title = title_of_shares(part, field.label)
            stem = shares_name(field.name, place)
            figure = charts.shares(part, groups=periods)
            said = alt.alt_shares(part, what=field.label)
            source = f"shares/{field.name}"
            yield Drawing(stem, figure, part, title, said, field.note, source=source)


def _takedowns(analysis: Analysis) -> Iterator[Drawing]:
    tables, periods = analysis.tables, analysis.log.periods
    if "takedowns" in tables:
        frame = tables["takedowns"]
        title = title_of_takedowns(frame)
        figure = charts.takedowns(frame, groups=periods)
        note = (
            "Base: addresses reported. Addresses of one case hang together, so the true intervals "
            "are wider than those drawn."
        )
        yield Drawing("takedowns", figure, frame, title, alt.alt_takedowns(frame), note)


def _themes(analysis: Analysis) -> Iterator[Drawing]:
    tables, study = analysis.tables, analysis.study
    frame = tables.get("themes")
    if frame is None:
        yield from _themes_over_time(analysis)
        return
    cases = count(safe_count(len(analysis.log), study))
    out = int((analysis.themes.assignments["theme"] < 0).sum())
    missing, share = safe_count(out, study), safe_share(out, len(analysis.log), study)
    told = "few cases are unplaced" if share is None else f"{percent(share)} of them are unplaced"
    if share is not None and percent(share) == percent(0):
        told = f"all but {count(missing)} fit a theme" if missing else "every case fits a theme"
    unplaced_of_all = Behind(
        "assignments", (), "unplaced", n=missing, base=safe_count(len(analysis.log), study)
    )
    weak = "" if frame["firm"].all() else " Those marked “not firm” are left out of comparisons."
    note = Sourced(f"Base: {cases} cases; {told}.{weak}", unplaced_of_all)
    first = frame[frame["level"] == 0].iloc[0]["label"] if len(frame) else "none"
    title = f"Themes and sub-themes: the largest is “{first}”"
    unplaced = None if missing is None or share is None or not out else (missing, share)
    marked = mark_firm(frame)
    figure = charts.theme_sizes(marked, unplaced=unplaced)
    yield Drawing("theme-sizes", figure, frame, title, alt.alt_themes(frame), note)
    title = title_of_stability(frame)
    figure = charts.stability(marked)
    said = alt.alt_stability(frame)
    what = (
        "Mean Jaccard index of the theme and its match, with the range of 95% of the clusterings."
    )
    yield Drawing("theme-stability", figure, frame, title, said, what)
    if f"shares/{THEME}" not in analysis.refused:  # its points can be counted
        points = map_frame(analysis)
        names = list(frame.loc[frame["level"] == 0, "label"])
        title = "Map of the enquiries: near points are alike in wording"
        figure = charts.theme_map(points, themes=names)
        note = note.then(" The axes have no unit, and distances across the map mean little.")
        if not study.disclosure.exempt:
            note = note.then(" So that counts stay protected, not every case is drawn as a point.")
        said = alt.alt_map(points)
        yield Drawing("theme-map", figure, points, title, said, note, source="assignments")
    yield from _themes_over_time(analysis)


def mark_firm(frame: pd.DataFrame) -> pd.DataFrame:
    """Themes with "(not firm)" behind the names of those that are not."""
    weak = frame["label"].where(frame["firm"], frame["label"] + " (not firm)")
    return frame.assign(label=weak)


def _themes_over_time(analysis: Analysis) -> Iterator[Drawing]:
    tables, study = analysis.tables, analysis.study
    by_period = tables.get(f"shares/{THEME}")
    if by_period is not None:
        title = title_of_shares(by_period, "Main themes")
        figure = charts.shares(by_period, groups=analysis.log.periods)
        said = alt.alt_shares(by_period, what="main themes")
        key = f"coverage/{THEME}"
        note = base_note(tables[key], several=False, of_all=True, source=key)
        yield Drawing("themes-by-period", figure, by_period, title, said, note)
    monthly = tables.get("theme_months")
    if monthly is not None and monthly["share"].notna().any():
        title = title_of_months(monthly, "Main themes month by month")
        spans = term_spans(study.calendar)
        figure = charts.month_panels(monthly, spans, periods=study.periods)
        said = alt_pairs.alt_month_panels(monthly, what="main theme")
        what = f"Share of the month's cases with 95% intervals. {_FEW_LEFT_OUT}"
        yield Drawing("themes-by-month", figure, monthly, title, said, what)


def _tones(analysis: Analysis) -> Iterator[Drawing]:
    tables = analysis.tables
    frame = tables.get(f"shares/{TONE}")
    if frame is None and f"shares/{TONE}" not in analysis.refused:
        return
    if frame is not None:
        yield _tone_rates(analysis, frame)
    if "tone_months" in tables:
        course = tone_course_frame(analysis)
        rates = tables[f"{TONE}_months"]
        title = title_of_months(rates, "Marker rates of the tones, month by month")
        figure = charts.tone_course(course, term_spans(analysis.study.calendar))
        note = (
            f"Base: {tone_base(analysis)} of each month; intervals are 95%. {_FEW_LEFT_OUT} Marker "
            "rates are not prevalences."
        )
        said, source = alt.alt_course(course), f"{TONE}_months"
        yield Drawing("tones-by-month", figure, course, title, said, note, source=source)
    if "urgency" in tables:
        yield _urgency(analysis)


def _tone_rates(analysis: Analysis, frame: pd.DataFrame) -> Drawing:
    key = f"coverage/{TONE}"
    every = tone_base(analysis)
    note = base_note(analysis.tables[key], several=True, of_all=True, every=every, source=key)
    title = title_of_shares(frame, "Tones by their markers")
    figure = charts.tone_rates(frame, groups=analysis.log.periods)
    said = alt.alt_shares(frame, what="tones, as marker rates")
    return Drawing("tones", figure, frame, title, said, note)


def _urgency(analysis: Analysis) -> Drawing:
    bins = urgency_frame(analysis)
    title = title_of_urgency(bins)
    figure = charts.urgency(bins, groups=analysis.log.periods)
    note = (
        f"Base: {tone_base(analysis)} of each period. The score rests on words that ask for action "
        "now, name a deadline, a child at risk or harm that spreads; it sorts a reading list and "
        "no more."
    )
    said = alt.alt_urgency(bins)
    return Drawing("urgency", figure, bins, title, said, note, source="urgency")
