"""The figures of a report, each from one frame of the analysis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench import charts
from workbench.charts import alt, alt_pairs
from workbench.charts.drawing import Drawing
from workbench.charts.marking import mark
from workbench.compare.seasons import term_spans
from workbench.report.analysis import THEME, TONE, Analysis, safe_count, safe_share
from workbench.report.close import draw_close
from workbench.report.comparison import draw_comparisons
from workbench.report.frames import map_frame, tone_course_frame, urgency_frame
from workbench.report.parts import of_groups, reported_fields, shares_name
from workbench.report.sensitivity import sensitivity_label
from workbench.report.tables import base_note, count
from workbench.report.timing import draw_rates, draw_times
from workbench.report.wording import draw_words

if TYPE_CHECKING:
    import pandas as pd


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
        *_themes(analysis),
        *_tones(analysis),
        *draw_close(analysis),
        *draw_comparisons(analysis),
    ]


def headline(frame: pd.DataFrame, label: str) -> str:
    """What a figure of shares shows first: the label that leads, where it leads in every group."""
    leaders = set()
    for _, part in frame.groupby("group", sort=False):
        known = part[part["share"].notna()]
        if len(known):
            ranked = known.sort_values("share", ascending=False, kind="stable")
            leaders.add(str(ranked["label"].iloc[0]))
    return f"{label}: most often {leaders.pop()}" if len(leaders) == 1 else label


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
            title = of_groups(headline(part, field.label), part, field.whole)
            stem = shares_name(field.name, place)
            figure = charts.shares(part, groups=periods)
            said = alt.alt_shares(part, what=field.label)
            yield Drawing(stem, figure, part, title, said, field.note)


def _takedowns(analysis: Analysis) -> Iterator[Drawing]:
    tables, periods = analysis.tables, analysis.log.periods
    if "takedowns" in tables:
        frame, title = tables["takedowns"], "Share of reported addresses that platforms removed"
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
    told = "few" if share is None else f"{share:.1%}"
    note = f"Base: {cases} cases. Unplaced: {told} of them."
    first = frame[frame["level"] == 0].iloc[0]["label"] if len(frame) else "none"
    title = f"Themes and sub-themes: the largest is {first}"
    unplaced = None if missing is None or share is None else (missing, share)
    figure = charts.theme_sizes(frame, unplaced=unplaced)
    yield Drawing("theme-sizes", figure, frame, title, alt.alt_themes(frame), note)
    title = "How much of each theme comes back when themes are found in half of the cases"
    figure = charts.stability(frame)
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
        note = f"{note} The axes have no unit, and distances across the map mean little."
        if not study.disclosure.exempt:
            note += " So that counts stay protected, not every case is drawn as a point."
        yield Drawing("theme-map", figure, points, title, alt.alt_map(points), note)
    yield from _themes_over_time(analysis)


def _themes_over_time(analysis: Analysis) -> Iterator[Drawing]:
    tables, study = analysis.tables, analysis.study
    by_period = tables.get(f"shares/{THEME}")
    if by_period is not None:
        title = headline(by_period, "Main themes in each period")
        figure = charts.shares(by_period, groups=analysis.log.periods)
        said = alt.alt_shares(by_period, what="main themes")
        note = base_note(tables[f"coverage/{THEME}"], several=False, of_all=True)
        yield Drawing("themes-by-period", figure, by_period, title, said, note)
    monthly = tables.get("theme_months")
    if monthly is not None and monthly["share"].notna().any():
        title = "Main themes month by month"
        spans = term_spans(study.calendar)
        figure = charts.month_panels(monthly, spans, periods=study.periods)
        said = alt_pairs.alt_month_panels(monthly, what="main theme")
        note = "Share of the month's cases with 95% intervals; months of few cases are left out."
        yield Drawing("themes-by-month", figure, monthly, title, said, note)


def _tones(analysis: Analysis) -> Iterator[Drawing]:
    tables = analysis.tables
    frame = tables.get(f"shares/{TONE}")
    if frame is None and f"shares/{TONE}" not in analysis.refused:
        return
    if frame is not None:
        yield _tone_rates(analysis, frame)
    if "tone_months" in tables:
        course = tone_course_frame(analysis)
        title = "Marker rates of the tones, month by month"
        figure = charts.tone_course(course, term_spans(analysis.study.calendar))
        note = "Share of the month's cases with 95% intervals; marker rates are not prevalences."
        yield Drawing("tones-by-month", figure, course, title, alt.alt_course(course), note)
    if "urgency" in tables:
        yield _urgency(analysis)


def _tone_rates(analysis: Analysis, frame: pd.DataFrame) -> Drawing:
    note = base_note(analysis.tables[f"coverage/{TONE}"], several=True, of_all=True)
    title = headline(frame, "Marker rates of ten tones").replace("most often", "highest for")
    figure = charts.tone_rates(frame, groups=analysis.log.periods)
    said = alt.alt_shares(frame, what="tones, as marker rates")
    return Drawing("tones", figure, frame, title, said, note)


def _urgency(analysis: Analysis) -> Drawing:
    bins = urgency_frame(analysis)
    title = "How urgent the enquiries read"
    figure = charts.urgency(bins, groups=analysis.log.periods)
    note = (
        "Share of the period's cases. The score rests on words that ask for action now, name a "
        "deadline, a child at risk or harm that spreads; it sorts a reading list and no more."
    )
    return Drawing("urgency", figure, bins, title, alt.alt_urgency(bins), note)
