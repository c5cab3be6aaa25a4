"""Part C of a report: what differs between years, between groups, and anywhere else."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from workbench import charts
from workbench.charts import alt_composition, alt_pairs
from workbench.charts.drawing import Drawing
from workbench.charts.titles import NAMED, title_of_change, title_of_contrast
from workbench.compare.say import CLEAR, FEW, is_clear
from workbench.compare.say_composition import say_standardised
from workbench.compare.shares import schemes_differ
from workbench.report.anywhere import anywhere_sections
from workbench.report.behind import (
    Behind,
    Sourced,
    behind_bases,
    behind_row,
    behind_said,
)
from workbench.report.blocks import Block, Bullets, FigureBlock, Paragraph, Section
from workbench.report.comparing import (
    EQUAL_MIX,
    GROUPS,
    MIX,
    SHARES,
    mix_moved,
    say_at_mix,
    unclear_at_equal_mix,
)
from workbench.report.glance import glance_blocks
from workbench.report.parts import one_of, slug
from workbench.report.schemes import draw_schemes, scheme_blocks
from workbench.report.wording import word_blocks

if TYPE_CHECKING:
    import pandas as pd

    from workbench.report.analysis import Analysis

MOST_CLEAR, MOST_UNCLEAR = 8, 3
"""The sentences of one comparison: of its clear differences, and of those that come nearest."""

FEW_LABELS = 10
"""A slope of so many labels or fewer is read at a glance; more stand as a dumbbell."""

_CAREFUL = (
    "A difference is called higher or lower only where chance alone would rarely make it, after "
    "allowing for all comparisons made between the same groups; the interval says how large it may "
    "be. Where no difference is clear, the sentence says how large one would have had to be for "
    "these cases to show it, four times in five. A difference in what was recorded is not always "
    "a difference in what happened."
)


def draw_comparisons(analysis: Analysis) -> Iterator[Drawing]:
    """The figures of Part C: crosswalks, changes, changes at an equal mix, groups."""
    yield from draw_schemes(analysis)
    yield from _draw_changes(analysis)
    yield from _draw_groups(analysis)


def comparison_sections(analysis: Analysis, drawings: Mapping[str, Drawing]) -> list[Section]:
    """The sections of Part C, as far as the records allow."""
    sections = [
        *_years(analysis, drawings),
        *_groups(analysis, drawings),
        *anywhere_sections(analysis),
    ]
    if not sections:
        return []
    return [Section("Part C. Comparisons", 1, (Paragraph(_CAREFUL),)), *sections]


def changed_fields(analysis: Analysis) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Fields that both of the last two periods recorded alike: name, what one is, their frame."""
    pair = analysis.study.two_periods
    if pair is None or not set(pair) <= set(analysis.log.periods):
        return
    for key, frame in analysis.tables.items():
        name = key.removeprefix(f"{SHARES}/")
        hidden = name in analysis.study.fields and not analysis.study.fields[name].report
        if key == name or hidden or schemes_differ(analysis.log, name):
            continue
        both = frame[frame["group"].isin(pair)]
        if both["difference"].notna().any() and both["reference"].dropna().eq(pair[0]).all():
            yield name, one_of(analysis, name), both.reset_index(drop=True)


def _draw_changes(analysis: Analysis) -> Iterator[Drawing]:
    periods = analysis.log.periods
    for name, one, frame in changed_fields(analysis):
        title = title_of_change(
            frame, what=one, unclear=unclear_at_equal_mix(analysis.tables, name)
        )
        source = f"{SHARES}/{name}"
        note = _note(frame, source)
        if frame["label"].nunique() <= FEW_LABELS:
            figure, said = charts.slope(frame), alt_pairs.alt_slope(frame, what=one)
        else:
            figure = charts.dumbbell(frame, groups=periods, order="change")
            said = alt_pairs.alt_dumbbell(frame, what=one)
        yield Drawing(slug("change", name), figure, frame, title, said, note, source=source)
        equal = analysis.tables.get(f"{EQUAL_MIX}/{name}")
        if equal is not None and mix_moved(analysis.tables) and name in _asked(analysis):
            title = f"{analysis.log.title_of(name)}: {_at_equal_mix(equal)}"
            said = alt_composition.alt_standardised(equal, what=one)
            figure = charts.standardised(equal)
            own = _note(frame, f"{EQUAL_MIX}/{name}")
            yield Drawing(slug("equal-mix", name), figure, equal, title, said, own)


def _draw_groups(analysis: Analysis) -> Iterator[Drawing]:
    for number, period, name, frame in _compared(analysis):
        one = one_of(analysis, name)
        groups = analysis.study.comparisons[number - 1].groups
        title = f"{period}: {title_of_contrast(frame, what=one)}"
        stem = slug("groups", str(number), period, name)
        said = alt_pairs.alt_contrast(frame, what=one)
        figure = charts.contrast(frame, groups=groups)
        source = f"{GROUPS}/{number}/{period}/{name}"
        yield Drawing(stem, figure, frame, title, said, _note(frame, source))


def _compared(analysis: Analysis) -> Iterator[tuple[int, str, str, pd.DataFrame]]:
    for key, frame in analysis.tables.items():
        if key.startswith(f"{GROUPS}/") and frame["difference"].notna().any():
            _, number, period, name = key.split("/", maxsplit=3)
            yield int(number), period, name, frame


def _note(frame: pd.DataFrame, source: str) -> Sourced:
    bases = frame.groupby("group", sort=False)["base"].max()
    known = "; ".join(f"{group} {int(n):,}" for group, n in bases.items() if n == n)
    text = f"Base: cases with the field, {known}. Intervals are 95%."
    return Sourced(text, *behind_bases(frame, frame=source))


def _asked(analysis: Analysis) -> set[str]:
    """The fields that the study's comparisons ask of, or all."""
    asked = {name for c in analysis.study.comparisons for name in c.fields}
    return asked or {key.removeprefix(f"{SHARES}/") for key in analysis.tables}


def _years(analysis: Analysis, drawings: Mapping[str, Drawing]) -> list[Section]:
    changed = list(changed_fields(analysis))
    blocks: list[Block] = [
        *glance_blocks(analysis, changed),
        *scheme_blocks(analysis, drawings),
        *_mix(analysis),
    ]
    for name, _, frame in changed:
        blocks += _figure(drawings, slug("change", name))
        unclear = unclear_at_equal_mix(analysis.tables, name)
        said = sentences(frame, source=f"{SHARES}/{name}", unclear=unclear)
        blocks.append(Bullets(said))
        equal = analysis.tables.get(f"{EQUAL_MIX}/{name}")
        if equal is not None and mix_moved(analysis.tables):
            blocks += _figure(drawings, slug("equal-mix", name))
            blocks += _turned(equal, f"{EQUAL_MIX}/{name}")
    for key in ("keyness/subjects", "keyness/enquiries"):
        blocks += word_blocks(analysis, drawings, key)
    return [Section("Year on year", 2, tuple(blocks))] if blocks else []


def _mix(analysis: Analysis) -> list[Block]:
    """How the make-up of the cases moved between the periods, before any of it is compared."""
    mix = analysis.tables.get(MIX)
    if mix is None:
        return []
    warned = [
        Sourced(row["warning"], behind_row(row, "share", frame=MIX, by=("field", "group")))
        for row in mix.to_dict("records")
        if row["warning"]
    ]
    titles = ", ".join(analysis.log.title_of(str(name)).lower() for name in mix["field"])
    if not warned:
        text = f"The mix of the cases ({titles}) hardly moved between the periods."
        return [Paragraph(text)]
    text = (
        "The mix of the cases moved between the periods, so that a change in a share may be one of "
        "who came rather than of what they wrote. Shares are therefore also set side by side at an "
        f"equal mix ({titles})."
    )
    return [Paragraph(text), Bullets(tuple(warned))]


def _read_otherwise(equal: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """The labels of which an equal mix says otherwise, and whether any changed clearly as it is."""
    known = equal[equal["raw_difference"].notna() & equal["standardised_difference"].notna()]
    plain, held = known["raw_p_adjusted"] < CLEAR, known["p_adjusted"] < CLEAR
    turned = (known["raw_difference"] > 0) != (known["standardised_difference"] > 0)
    return known[(plain != held) | (plain & held & turned)], bool(plain.any())


def _at_equal_mix(equal: pd.DataFrame) -> str:
    """What an equal mix changes in a field's differences, for a title."""
    otherwise, any_clear = _read_otherwise(equal)
    labels = list(otherwise["label"].astype(str))
    if not labels:
        return f"at an equal mix {'the same changes are' if any_clear else 'no change is'} clear"
    if len(labels) <= NAMED:
        return f"at an equal mix {' and '.join(labels)} read{'s' * (len(labels) == 1)} otherwise"
    return f"at an equal mix {len(labels)} labels read otherwise"


def _turned(equal: pd.DataFrame, source: str) -> list[Block]:
    """Sentences for the labels of which an equal mix says otherwise than the plain shares do."""
    otherwise, any_clear = _read_otherwise(equal)
    if otherwise.empty:
        same = "the same differences are" if any_clear else "no difference is"
        return [Paragraph(f"At an equal mix {same} clear.", style="note")]
    limits = {"low": "standardised_low", "high": "standardised_high"}
    said = (
        Sourced(say_standardised(row), behind_row(row, "difference", frame=source, n="n", **limits))
        for _, row in otherwise.iterrows()
    )
    return [Bullets(tuple(said))]


def _groups(analysis: Analysis, drawings: Mapping[str, Drawing]) -> list[Section]:
    sections = []
    for number, comparison in enumerate(analysis.study.comparisons, start=1):
        blocks: list[Block] = []
        for own, period, name, frame in _compared(analysis):
            if own == number:
                blocks += _figure(drawings, slug("groups", str(number), period, name))
                blocks.append(
                    Bullets(sentences(frame, source=f"{GROUPS}/{number}/{period}/{name}"))
                )
        for key in analysis.tables:
            if key.startswith(f"keyness/{number}/"):
                blocks += word_blocks(analysis, drawings, key)
        if blocks:
            sections.append(Section(comparison.title, 2, tuple(blocks)))
    return sections


def _figure(drawings: Mapping[str, Drawing], name: str) -> tuple[Block, ...]:
    return (FigureBlock(drawings[name]),) if name in drawings else ()


def sentences(
    frame: pd.DataFrame, *, source: str = "", unclear: Collection[str] = ()
) -> tuple[str, ...]:
    """The rows of a comparison that say most, in words: the clear ones, then the nearest to it.

    ``source`` is the name of the frame among the tables of an analysis; of the labels in
    ``unclear`` it is said that they are not clear at an equal mix.
    """
    rows = frame[frame["difference"].notna()].sort_values("p_adjusted", kind="stable")
    clear = is_clear(rows)
    enough = rows[["n", "reference_n"]].max(axis=1) >= FEW
    near = rows[~clear & enough].head(MOST_UNCLEAR)
    shown = [*rows[clear].head(MOST_CLEAR).iterrows(), *near.iterrows()]
    said = [Sourced(say_at_mix(row, unclear), behind_said(row, frame=source)) for _, row in shown]
    left, more = len(rows) - len(said), max(int(clear.sum()) - MOST_CLEAR, 0)
    rest = Behind(source, (), "labels compared", n=left, base=len(rows))
    if left == 1:
        clearly = ", and differs clearly" if more else ", not clear"
        said.append(Sourced(f"1 more was compared{clearly}.", rest))
    elif left:
        also = f"{more} of them with a clear difference" if more else "none of them clear"
        said.append(Sourced(f"{left} more were compared, {also}.", rest))
    return tuple(said) or ("Too few cases to compare.",)
