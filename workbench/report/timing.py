"""When enquiries come and how soon they are answered: A5 by school day, and A12."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from workbench import charts
from workbench.cases.log import CaseLog
from workbench.charts import alt_seasons
from workbench.charts.drawing import Drawing
from workbench.compare.arrivals import arrivals, staffed
from workbench.compare.intervals import wilson
from workbench.compare.month_model import model_months
from workbench.compare.rate_ratios import SCHOOL_DAY, compare_rates, protect_ratios, say_rate
from workbench.compare.rates import protect_rates, rate_per_day
from workbench.compare.replies import protect_replies, reply_curve, reply_summary, reply_times
from workbench.compare.say import CLEAR, percent, say
from workbench.compare.seasons import term_spans
from workbench.compare.shares import protect_shares
from workbench.errors import WorkbenchError
from workbench.privacy.disclosure import protect_table
from workbench.report.behind import (
    Behind,
    Sourced,
    behind_bases,
    behind_row,
    behind_rows,
    behind_said,
)
from workbench.report.blocks import Block, Bullets, FigureBlock, Paragraph, Section, TableBlock
from workbench.report.tables import count
from workbench.report.titles import title_of_arrivals, title_of_replies
from workbench.study import Study

if TYPE_CHECKING:
    import pandas as pd

    from workbench.report.analysis import Analysis

RATES, RATIOS, MODEL = "rates", "rate-ratios", "month-model"
ARRIVALS, STAFFED, REPLIES, CURVE = "arrivals", "staffed", "replies", "reply-curve"


def time_tables(log: CaseLog, study: Study) -> dict[str, pd.DataFrame]:
    """Tables of time under the study's disclosure rule, as far as it gives terms and hours.

    ``rates`` (cases a school day, by month), ``rate-ratios`` between periods, ``month-model``
    where the months suffice; ``arrivals`` by weekday and hour, and with staffed hours ``staffed``,
    ``replies`` and ``reply-curve``.
    """
    rule = study.disclosure
    tables: dict[str, pd.DataFrame] = {}
    if study.calendar.terms:
        tables[RATES] = protect_rates(rate_per_day(log, study), rule=rule)
        if len(log.periods) > 1:
            tables[RATIOS] = protect_ratios(compare_rates(log, study), rule=rule)
            tables |= _model(log, study)
    if log.cases["date"].dt.normalize().ne(log.cases["date"]).any():
        tables[ARRIVALS] = protect_table(arrivals(log), rule=rule)
        if study.hours is not None:
            tables[STAFFED] = protect_shares(staffed(log, study), rule=rule)
            tables |= _replies(log, study)
    return tables


def _model(log: CaseLog, study: Study) -> dict[str, pd.DataFrame]:
    """The model of months; none where the series is too short for one, or counts are protected."""
    if not study.disclosure.exempt and study.disclosure.hide_up_to:
        return {}  # its counts a month cannot be rounded without changing what it says
    try:
        return {MODEL: model_months(log, study)}
    except WorkbenchError:
        return {}


def _replies(log: CaseLog, study: Study) -> dict[str, pd.DataFrame]:
    if log.messages.empty:
        return {}
    times = reply_times(log, study)
    summary = protect_replies(reply_summary(times, study), rule=study.disclosure)
    curve = protect_table(reply_curve(times, study), rule=study.disclosure, interval=wilson)
    return {REPLIES: summary, CURVE: curve}


def draw_rates(analysis: Analysis) -> Iterator[Drawing]:
    """Cases a school day, month by month."""
    frame = analysis.tables.get(RATES)
    if frame is not None and frame["rate"].notna().any():
        figure = charts.rates(
            frame, term_spans(analysis.study.calendar), groups=analysis.log.periods
        )
        top = frame.sort_values("rate", ascending=False, kind="stable")["month"].iloc[0]
        title = f"Cases a school day: most in {top:%B %Y}"
        note = (
            "Cases of term time by the month's school days (Monday to Friday in term, less days "
            "closed), with exact 95% intervals. Months without a school day have no rate."
        )
        yield Drawing(
            "cases-per-school-day", figure, frame, title, alt_seasons.alt_rates(frame), note
        )


def draw_times(analysis: Analysis) -> Iterator[Drawing]:
    """When enquiries come, and how soon they are answered."""
    tables, study, periods = analysis.tables, analysis.study, analysis.log.periods
    if ARRIVALS in tables and tables[ARRIVALS]["share"].notna().any():
        frame = tables[ARRIVALS]
        figure = charts.arrivals(frame, study.hours, groups=periods)
        title = title_of_arrivals(tables.get(STAFFED))
        note = "Share of the period's cases in per cent; the outline marks staffed hours."
        yield Drawing("arrivals", figure, frame, title, alt_seasons.alt_arrivals(frame), note)
    if CURVE in tables and tables[CURVE]["share"].notna().any():
        frame, aim = tables[CURVE], study.hours.reply_within if study.hours else None
        figure = charts.replies(frame, aim=aim, groups=periods)
        title = title_of_replies(tables.get(REPLIES))
        said = alt_seasons.alt_replies(frame)
        note = "Staffed hours between the enquiry and the first reply that is no automatic notice."
        yield Drawing("first-replies", figure, frame, title, said, note)


def rate_blocks(analysis: Analysis, drawings: Mapping[str, Drawing]) -> list[Block]:
    """What is said of cases a school day: the figure, and the periods against one another."""
    blocks = _figure(drawings, "cases-per-school-day")
    ratios = analysis.tables.get(RATIOS)
    if ratios is not None:
        compared = ratios[ratios["reference"].notna()]
        blocks.append(Bullets(tuple(_say_rate(row) for _, row in compared.iterrows())))
    if MODEL in analysis.tables:
        model = analysis.tables[MODEL]
        blocks += [Paragraph(_say_both(model, ratios)), _model_table(model)]
    return blocks


def _say_rate(row: pd.Series) -> Sourced:
    """The sentence of ``say_rate``, on the cases of both periods together and the ratio's row."""
    allowed = row["wide_low"] == row["wide_low"]
    limits = {name: f"wide_{name}" if allowed else f"ratio_{name}" for name in ("low", "high")}
    by = ("measure", "group", "reference")
    return Sourced(say_rate(row), behind_row(row, "ratio", frame=RATIOS, by=by, n="n", **limits))


def _say_both(model: pd.DataFrame, ratios: pd.DataFrame | None) -> str:
    """Why a period's ratio in the model and that of all its school days can both stand."""
    events = list(model.loc[model["kind"] == "Event", "label"].astype(str))
    held = " and ".join(["terms", *events])
    text = (
        f"The table that follows asks another question: how the periods would compare if {held} "
        "had weighed alike in each."
    )
    plain = None if ratios is None else ratios[ratios["measure"] == SCHOOL_DAY]
    if plain is None or plain.empty:
        return text
    both = plain.merge(model[model["kind"] == "Period"], on=["reference"], suffixes=("_plain", ""))
    both = both[(both["group"] == both["label"]) & both["wide_p"].notna()]
    if both.empty:
        return text
    row = both.iloc[-1]
    behind = behind_row(row, "ratio", frame=MODEL, by=("label", "reference"), n="n")
    clear, even = bool(row["wide_p"] < CLEAR), bool(row["p"] < CLEAR)
    why = _why_both(row, clear, even)
    return Sourced(
        f"{text} As they came, the school days of {row['group']} brought {row['ratio_plain']:.2f} "
        f"times as many cases as those of {row['reference']} ({_CLEARLY[clear]}); with the rest "
        f"held equal it is {row['ratio']:.2f} times ({_CLEARLY[even]}). {why}",
        behind,
    )


def _why_both(row: Any, clear: bool, even: bool) -> str:
    if clear == even:
        return "The two agree."
    if even:
        return "Both stand: what the rest hid shows once it is held equal."
    fewer = "fewer" if row["ratio_plain"] < 1 else "more"
    return (
        f"Both stand: {fewer} cases did come, month set against the same month; but once what "
        "marked single months is allowed for, the rest is no more than months differ among "
        "themselves."
    )


_CLEARLY = {True: "a clear change", False: "no clear change"}


def time_sections(analysis: Analysis, drawings: Mapping[str, Drawing]) -> list[Section]:
    """A12: when enquiries arrive, and the time to a first reply."""
    blocks = _figure(drawings, "arrivals")
    if STAFFED in analysis.tables:
        blocks += _staffed(analysis.tables[STAFFED])
    if REPLIES in analysis.tables:
        blocks += [*_figure(drawings, "first-replies"), *_reply_blocks(analysis.tables[REPLIES])]
    return (
        [Section("When enquiries arrive, and the first reply", 2, tuple(blocks))] if blocks else []
    )


def _staffed(frame: pd.DataFrame) -> list[Block]:
    first = str(frame["label"].iloc[0])
    own = frame[frame["label"] == first]
    shares = ", ".join(
        f"{percent(row.share)} ({count(row.n)} of {count(row.base)}) in {row.group}"
        for row in _rows(own)
    )
    said = tuple(
        Sourced(say(row), behind_said(row, frame=STAFFED))
        for _, row in own[own["reference"].notna()].iterrows()
    )
    text = Sourced(f"{first}: {shares}.", *behind_rows(own, "share", frame=STAFFED))
    return [Paragraph(text), *([Bullets(said)] if said else [])]


def _reply_blocks(frame: pd.DataFrame) -> list[Block]:
    import pandas as pd

    rows = [
        (
            str(row.group),
            count(row.cases),
            count(row.no_reply),
            _spread(row.median, row.median_low, row.median_high),
            _spread(row.three_quarters, row.three_quarters_low, row.three_quarters_high),
            f"{percent(row.share)} ({percent(row.low)} to {percent(row.high)})",
        )
        for row in _rows(frame)
    ]
    aim = frame["aim"].dropna()
    within = f"Within {aim.iloc[0]:g} hours" if len(aim) else "Within the aim"
    heads = ("Period", "Cases", "No reply recorded", "Half had one after", "Three in four", within)
    table = TableBlock(
        "Time to the first reply, in staffed hours",
        pd.DataFrame(rows, columns=pd.Index(heads)),
        numeric=heads[1:],
        widths=(1.0, 0.8, 1.0, 1.6, 1.6, 1.8),
        note=Sourced(
            "In brackets: 95% intervals. Automatic notices do not count as a reply; a call that "
            "was answered at once and not logged as a message looks like no reply.",
            *behind_bases(frame, frame=REPLIES),
        ),
        source=REPLIES,
        cells={
            head: behind_rows(frame, column, frame=REPLIES, by=("group",))
            for head, column in zip(heads[1:], _REPLY_COLUMNS, strict=True)
        },
    )
    return [*_say_aim(frame), table]


def _say_aim(frame: pd.DataFrame) -> list[Block]:
    """How often the aim that the study states was met, period by period."""
    known = frame[frame["aim"].notna() & frame["share"].notna()]
    if known.empty:
        return []
    parts = [
        f"{percent(row.share)} ({count(row.n)} of {count(row.base)}) in {row.group}"
        for row in _rows(known)
    ]
    told = f"{', '.join(parts[:-1])} and {parts[-1]}" if parts[1:] else parts[0]
    return [
        Paragraph(
            f"The aim that the study states is a first reply within "
            f"{known['aim'].iloc[0]:g} staffed hours. Of the enquiries with a reply recorded, it "
            f"was met for {told}."
        )
    ]


_REPLY_COLUMNS = ("cases", "no_reply", "median", "three_quarters", "share")


def _model_table(frame: pd.DataFrame) -> TableBlock:
    import pandas as pd

    rows = [
        (
            f"{row.label} against {row.reference}",
            f"{row.ratio:.2f} ({row.low:.2f} to {row.high:.2f})",
            "clear" if row.p < CLEAR else "not clear",
        )
        for row in _rows(frame)
    ]
    dispersion = frame["dispersion"].iloc[0]
    heads = ("Compared", "Times as many cases a school day", "By itself")
    return TableBlock(
        "Cases a school day by period, term and event, each with the others held equal",
        pd.DataFrame(rows, columns=pd.Index(heads)),
        numeric=heads[1:2],
        widths=(3.0, 2.2, 1.0),
        note=Sourced(
            f"Quasi-Poisson regression of the months with t intervals of 95%; months vary "
            f"{dispersion:.1f} times as much as chance alone would have them, which widens them.",
            Behind(MODEL, (), "dispersion"),
        ),
        source=MODEL,
        cells={
            heads[1]: behind_rows(frame, "ratio", frame=MODEL, by=("label", "reference"), n="n")
        },
    )


def _spread(value: float, low: float, high: float) -> str:
    return "–" if value != value else f"{value:.1f} ({low:.1f} to {high:.1f})"


def _rows(frame: pd.DataFrame) -> Iterator[Any]:
    yield from frame.itertuples(index=False)


def _figure(drawings: Mapping[str, Drawing], name: str) -> list[Block]:
    return [FigureBlock(drawings[name])] if name in drawings else []
