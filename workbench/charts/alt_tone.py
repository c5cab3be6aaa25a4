"""Alternative texts of the charts of tone, as plain words that are not yet escaped."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbench.charts.alt import alt_shares, alt_text
from workbench.charts.dialogue import FIRST, call, enough_cases
from workbench.charts.style import floats, in_order, known_rows
from workbench.compare.say import CLEAR, percent
from workbench.tone.explain import join_spans

if TYPE_CHECKING:
    import pandas as pd


def alt_tones_together(frame: pd.DataFrame, *, top: int = 3) -> str:
    """For `tones_together`: how many pairs are clear, and those that differ most from chance."""
    if not len(frame):
        return alt_text("Empty chart of tones that come together: there are no cases to show")
    known = known_rows(frame, "lift")
    clear = known[known["p_adjusted"] < CLEAR]
    sizes = [
        (f"{one} and {other}", lift, n)
        for one, other, lift, n in zip(
            clear["one"], clear["other"], floats(clear["lift"]), floats(clear["n"]), strict=True
        )
    ]
    ranked = sorted(sizes, key=lambda pair: -abs(math.log(max(pair[1], 1e-6))))[:top]
    parts = [f"{pair} {lift:.2f} times ({n:,.0f} texts)" for pair, lift, n in ranked]
    more = sum(lift > 1 for _, lift, _ in sizes)
    return alt_text(
        f"Grid of {len(frame)} pairs of tones, each cell with how many times as often as by chance "
        "both show in one text",
        f"Clearly more often: {more} of them; clearly less often: {len(sizes) - more}",
        f"Farthest from chance: {', '.join(parts)}" if parts else "",
    )


def alt_tone_messages(frame: pd.DataFrame) -> str:
    """For `tone_messages`: each tone's share in the enquiry and in the last message shown."""
    frame, _ = enough_cases(frame)
    names = in_order(frame["dimension"])
    if not names:
        return alt_text("Empty chart of tones by message: there are no cases to show")
    messages = in_order(frame["message"])
    bases = frame.groupby(frame["message"].astype(str), sort=False)["base"].max()
    sizes = zip(messages, floats(bases.reindex(messages)), strict=True)
    said = [
        f"{len(names)} small line charts of the share of cases that show each tone, from the "
        f"{FIRST.lower()} to message {messages[-1]}",
        "Cases: " + ", ".join(f"{call(message).lower()} {n:,.0f}" for message, n in sizes),
    ]
    for name in names:
        part = frame[frame["dimension"].astype(str) == name]
        known = [share for share in floats(part["share"]) if math.isfinite(share)]
        if known:
            said.append(f"{name.capitalize()}: {percent(known[0])} to {percent(known[-1])}")
    return alt_text(*said)


def alt_lens_rates(frame: pd.DataFrame, *, what: str, top: int = 3) -> str:
    """For `lens_rates`: the largest elements of each group; ``what`` is the lens's title."""
    return alt_shares(frame, what=what, top=top)


def alt_highlighted(text: str, spans: pd.DataFrame) -> str:
    """For `highlighted`: the words underlined and their tones. Like the picture, it quotes."""
    places = join_spans(spans)
    parts = [f"{tone.capitalize()}: “{text[start:end].strip()}”" for start, end, tone in places]
    if not parts:
        return alt_text("A text in which no marker of tone fired")
    return alt_text("A text with the words that show a tone underlined and named", *parts)
