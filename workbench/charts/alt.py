"""Alternative texts written from the frames: the form, what is compared, the main numbers.

They are plain words, not yet escaped: whoever places one in a page or a document does that.
"""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING

from workbench.charts.panel_months import FEW
from workbench.charts.style import floats, in_order, known_rows, leave_few_open
from workbench.charts.theme_rows import DOUBTFUL, STABLE
from workbench.compare.say import percent, points
from workbench.themes.alignment import MET

if TYPE_CHECKING:
    import pandas as pd

LONGEST = 400
"""Longer texts tire those who listen; the CSV holds the rest."""

SHORT = 36
"""Longer labels are shortened, so that no group goes unsaid."""


def alt_text(*sentences: str, longest: int = LONGEST) -> str:
    """As many of ``sentences``, in order, as fit in ``longest`` characters; the first cut to fit.

    Leave out empty ones; each ends in a full stop.
    """
    text = ""
    for sentence in filter(None, (" ".join(s.split()) for s in sentences)):
        whole = sentence if sentence[-1] in ".?!" else f"{sentence}."
        joined = f"{text} {whole}".strip()
        if len(joined) > longest:
            return text or f"{whole[: longest - 1].rstrip(' ,;.')}…"
        text = joined
    return text


def alt_shares(frame: pd.DataFrame, *, what: str, top: int = 3) -> str:
    """For `shares` and `tone_rates`: the largest labels of each group; ``what`` is the field."""
    groups, labels = in_order(frame["group"]), in_order(frame["label"])
    if not labels:
        return _nothing(what)
    across = f" in {_listed(groups)}" if len(groups) > 1 else ""
    first = f"Dot chart of {what}{across}: shares of cases with 95% intervals, {len(labels)} rows"
    said = [first]
    for group in groups:
        part = frame[frame["group"].astype(str) == group]
        parts = [
            f"{label} {percent(share)}" for label, share in _largest(part, "label", "share", top)
        ]
        bases = [base for base in floats(part["base"]) if math.isfinite(base)]
        base = f" of {max(bases):,.0f} cases" if bases else ""
        if parts:
            name = f"{group}{base}" if len(groups) > 1 else f"Largest{base}"
            said.append(f"{name}: {', '.join(parts)}")
    return alt_text(*said)


def alt_takedowns(frame: pd.DataFrame, *, top: int = 3) -> str:
    """For `takedowns`: removed of reported for the platforms with most reports."""
    if not len(frame):
        return _nothing("addresses reported to platforms")
    said = ["Dot chart of the share of reported addresses that was removed, by platform"]
    for period in sorted(in_order(frame["period"])):
        part = frame[frame["period"].astype(str) == period]
        ranked = part.assign(base=floats(part["base"])).nlargest(top, "base")
        numbers = zip(ranked["platform"], floats(ranked["n"]), ranked["base"], strict=True)
        parts = [f"{name} {_count(n)} of {_count(base)}" for name, n, base in numbers]
        said.append(f"{period}: {', '.join(parts)}")
    return alt_text(*said)


def alt_bars(
    frame: pd.DataFrame,
    *,
    what: str,
    label: str = "label",
    n: str = "n",
    group: str | None = None,
    top: int = 3,
) -> str:
    """For `bars`: the first labels of each group with their counts."""
    if not len(frame):
        return _nothing(what)
    said = [f"Bar chart of {what}"]
    for name in in_order(frame[group]) if group is not None else [""]:
        part = frame if group is None else frame[frame[group].astype(str) == name]
        rows = list(zip(part[label], floats(part[n]), strict=True))
        parts = [f"{word} {_count(count)}" for word, count in rows[:top]]
        said.append(f"{name or 'First'}, {len(rows)} rows: {', '.join(parts)}")
    return alt_text(*said)


def alt_months(frame: pd.DataFrame) -> str:
    """For `months`: each period's highest and lowest month, and the events."""
    if not len(frame):
        return _nothing("cases a month")
    said = ["Line chart of cases a month"]
    for period in in_order(frame["period"]):
        part = frame[frame["period"].astype(str) == period]
        known = [
            (n, f"{month:%B %Y}")
            for n, month in zip(floats(part["n"]), part["month"], strict=True)
            if math.isfinite(n)
        ]
        if known:
            most, least = max(known, key=lambda k: k[0]), min(known, key=lambda k: k[0])
            said.append(
                f"{period}: most in {most[1]} ({_count(most[0])}), fewest in {least[1]} "
                f"({_count(least[0])})"
            )
    events = frame[frame["event"].fillna("") != ""] if "event" in frame else frame.head(0)
    marked = [f"{m:%B %Y}, {event}" for m, event in zip(events["month"], events["event"])]  # noqa: B905
    return alt_text(*said, f"Marked: {'; '.join(marked)}" if marked else "")


def alt_differences(frame: pd.DataFrame, *, what: str, reference: str, top: int = 3) -> str:
    """For `differences`: the rows farthest from nought, in percentage points."""
    rows = known_rows(frame, "difference")
    if not len(rows):
        return _nothing(what)
    group = in_order(rows["group"])[0]
    sizes = dict(zip(map(str, rows["label"]), floats(rows["difference"]), strict=True))
    farthest = sorted(sizes, key=lambda label: -abs(sizes[label]))[:top]
    return alt_text(
        f"Dot chart of differences in {what}, {group} minus {reference}, in percentage points "
        f"with 95% intervals, {len(sizes)} rows",
        f"Largest: {', '.join(f'{label} {points(sizes[label])}' for label in farthest)}",
    )


def alt_themes(themes: pd.DataFrame, *, top: int = 5) -> str:
    """For `theme_sizes`: how many themes there are, and the shares of the main ones."""
    placed = themes[themes["theme"] != -1]
    main = placed[placed["level"] == 0]
    if not len(main):
        return _nothing("themes")
    parts = [f"{label} {percent(share)}" for label, share in _largest(main, "label", "share", top)]
    return alt_text(
        f"Dot chart of the share of texts in each of {_times(len(main), 'main theme')} and "
        f"{_times(int((placed['level'] == 1).sum()), 'sub-theme')}, with 95% intervals",
        f"Largest: {', '.join(parts)}",
    )


def alt_levels(themes: pd.DataFrame, *, depth: int = 1) -> str:
    """For `levels`: as for `theme_sizes`, with the number of finer themes where they are shown."""
    said = alt_themes(themes).replace("Dot chart", "Bar chart", 1)
    finer = int((themes["level"] > 1).sum()) if depth > 1 else 0
    return alt_text(said, f"Below them {_times(finer, 'finer theme')}" if finer else "")


def alt_stability(themes: pd.DataFrame, *, depth: int = 1, top: int = 3) -> str:
    """For `stability`: how many themes are stable or doubtful, and the least steady ones."""
    shown = known_rows(themes[(themes["theme"] != -1) & (themes["level"] <= depth)], "stability")
    if not len(shown):
        return _nothing("the stability of themes")
    least = shown.sort_values("stability", kind="stable").head(top)
    pairs = zip(map(str, least["label"]), floats(least["stability"]), strict=True)
    stable = int((shown["stability"] >= STABLE).sum())
    doubtful = int((shown["stability"] < DOUBTFUL).sum())
    return alt_text(
        f"Dot chart of the stability of {_times(len(shown), 'theme')}, from 0 to 1, with "
        f"intervals: {stable} from {STABLE:.2f} up, {doubtful} under {DOUBTFUL:.2f}",
        f"Least stable: {', '.join(f'{_shorten(name)} {value:.2f}' for name, value in pairs)}",
    )


def alt_trends(frame: pd.DataFrame) -> str:
    """For `trends`: each theme's lowest and highest share, in the frame's order."""
    if not len(frame):
        return _nothing("themes by month")
    said = ["Small charts, one a theme, of its share of texts by month or group, with intervals"]
    for theme, part in frame.groupby("theme", sort=False):
        known = [share for share in floats(part["share"]) if math.isfinite(share)]
        label = part["label"].iloc[0] if "label" in part else f"Theme {theme}"
        name = "In no theme" if theme == -1 else _shorten(str(label))
        if known:
            said.append(f"{name}: {percent(min(known))} to {percent(max(known))}")
    return alt_text(*said)


def alt_saturation(frame: pd.DataFrame) -> str:
    """For `saturation`: how many themes were met after the fewest and the most texts, and half."""
    if not len(frame):
        return _nothing("themes met")
    rows = frame.sort_values("n", kind="stable")
    places = sorted({0, len(rows) // 2, len(rows) - 1})
    read, met = floats(rows["n"]), floats(rows["met"])
    parts = [f"{met[place]:,.1f} after {read[place]:,.0f} texts" for place in places]
    every = _times(int(max(floats(rows["themes"]))), "theme")
    return alt_text(
        f"Line chart of how many of {every} a reader has met by the number of texts read",
        f"On average {', '.join(parts)}",
    )


def alt_alignment(frame: pd.DataFrame, *, top: int = 3) -> str:
    """For `alignment`: its size, how many pairs meet, and those with the largest shares."""
    if not len(frame):
        return _nothing("themes against codes")
    placed = frame[frame["theme"] != -1]
    met = placed[placed["relation"].isin(MET)]
    ranked = met.sort_values("share_of_theme", ascending=False, kind="stable").head(top)
    columns = (ranked["label"], ranked["name"], floats(ranked["share_of_theme"]))
    parts = [f"{label} and {name} {percent(s)}" for label, name, s in zip(*columns, strict=True)]
    themes, codes = placed["theme"].nunique(), placed["code"].nunique()
    return alt_text(
        f"Grid of {_times(themes, 'theme')} by {_times(codes, 'code')}, each cell with the share "
        f"of the theme's texts that bear the code; {_times(len(met), 'pair')} meet",
        f"Largest: {'; '.join(parts)}" if parts else "",
    )


def alt_map(frame: pd.DataFrame) -> str:
    """For `theme_map`: how many cases it shows and how many themes."""
    if not len(frame):
        return _nothing("a map of cases")
    themes = in_order(frame["theme"].dropna())
    none = int(frame["theme"].isna().sum())
    return alt_text(
        f"Map of {len(frame):,} cases in which cases with alike texts lie close together",
        f"{_times(len(themes), 'main theme')} named at the centre; "
        f"{_times(none, 'case')} in no theme",
        f"Themes: {'; '.join(themes)}" if themes else "",
    )


def alt_heatmap(frame: pd.DataFrame, *, what: str, top: int = 3) -> str:
    """For `heatmap`: its size and its largest cells."""
    if not len(frame):
        return _nothing(what)
    named = frame.assign(cell=frame["row"].astype(str) + " in " + frame["column"].astype(str))
    parts = [f"{cell} {percent(share)}" for cell, share in _largest(named, "cell", "share", top)]
    rows, columns = len(in_order(frame["row"])), len(in_order(frame["column"]))
    return alt_text(
        f"Grid of {what}, {rows} rows by {columns} columns, each cell with its share and count",
        f"Largest: {', '.join(parts)}" if parts else "",
    )


def alt_course(frame: pd.DataFrame) -> str:
    """For `tone_course`: each tone's range through the months of ``FEW`` cases or more."""
    frame = leave_few_open(frame, least=FEW)
    names = in_order(frame["dimension"])
    if not names:
        return _nothing("tones by month")
    said = [
        f"{len(names)} small line charts of the share of enquiries that show each tone by month"
    ]
    for name in names:
        part = frame[frame["dimension"].astype(str) == name]
        known = [share for share in floats(part["share"]) if math.isfinite(share)]
        if known:
            said.append(f"{name.capitalize()}: {percent(min(known))} to {percent(max(known))}")
    return alt_text(*said)


def alt_urgency(frame: pd.DataFrame) -> str:
    """For `urgency`: the fullest and the most urgent bin of each period."""
    if not len(frame):
        return _nothing("urgency scores")
    said = ["Bar chart of enquiries by urgency score, from 0 (no sign) to 1"]
    bins = in_order(frame["bin"])
    for period in in_order(frame["period"]):
        part = frame[frame["period"].astype(str) == period]
        counts = dict(zip(map(str, part["bin"]), floats(part["n"]), strict=True))
        fullest = max(counts, key=lambda b: (math.isfinite(counts[b]), counts[b]))
        said.append(
            f"{period}: most in {fullest} ({_count(counts[fullest])}); in the last bin, "
            f"{bins[-1]}, {_count(counts.get(bins[-1], math.nan))}"
        )
    return alt_text(*said)


def _largest(frame: pd.DataFrame, name: str, value: str, top: int) -> list[tuple[str, float]]:
    pairs = zip(map(str, frame[name]), floats(frame[value]), strict=True)
    known = [pair for pair in pairs if math.isfinite(pair[1])]
    largest = sorted(known, key=lambda pair: -pair[1])[:top]
    return [(_shorten(label), size) for label, size in largest]


def _shorten(label: str) -> str:
    return textwrap.shorten(label, SHORT, placeholder="…")


def _count(n: float) -> str:
    return "an unknown number" if math.isnan(n) else f"{n:,.0f}"


def _times(n: int, what: str) -> str:
    return f"{n:,} {what}" if n == 1 else f"{n:,} {what}s"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _nothing(what: str) -> str:
    return alt_text(f"Empty chart of {what}: there are no cases to show")
