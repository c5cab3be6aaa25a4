"""A text with its tones underlined and named, and what each block of evidence adds beside it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from workbench.charts.style import BAND, INK, PALETTE, PAPER, SOFT, look
from workbench.explore.show import OnScreen
from workbench.privacy.escape import escape
from workbench.tone.explain import Explanation, explain, join_spans
from workbench.tone.markers import TONES

if TYPE_CHECKING:
    import pandas as pd

    from workbench.tone.heads import ToneHeads

_BORDERS = ("solid", "dashed", "dotted", "double")
_HALF = 90  # pixels on either side of nought
_SMALL = f"font-size:11px;color:{INK}"
_NOTE = f"font-size:12px;color:{SOFT};margin-top:6px"
_READING = (
    "In log odds: the start is that of an average sentence, each bar is added to it, and a sum of "
    "0 is a probability of .50. What a block adds is what the head went by, not why somebody "
    "wrote so."
)
# Paper under everything, since the tones' colours are chosen to be read on it.
_SHEET = f"background:{PAPER};color:{INK};padding:8px 12px;max-width:760px"


def highlight(text: str, *, heads: ToneHeads | None = None) -> OnScreen:
    """The markers that fired in a redacted ``text``, and why a chosen sentence has its tones.

    Words are underlined, each tone in a line and colour of its own and with its name after them.
    Choosing a sentence shows, for each tone that its head does not deny or that a marker shows,
    what every block of evidence adds for (right) or against (left) it. ``heads`` are as in
    ``explain``. It is a widget: the text is on the screen alone and no notebook stores it.
    """
    from ipywidgets import HTML, Dropdown, VBox

    found = explain(text, heads=heads)
    numbers = [int(number) for number in found.tones["sentence"].unique()]
    words = f"One text with {len(found.spans)} marked places, shown in JupyterLab alone"
    if not numbers:
        return OnScreen(VBox([HTML(_sheet("There is no sentence of the enquirer's own."))]), words)
    choice = Dropdown(
        options=[(f"Sentence {number + 1}", number) for number in numbers],
        value=numbers[0],
        description="Explain",
    )
    bars = HTML(explain_sentence(found, numbers[0]))

    def show(change: dict[str, int]) -> None:
        bars.value = explain_sentence(found, change["new"])

    choice.observe(show, names="value")
    return OnScreen(VBox([HTML(underline(found)), choice, bars]), words)


def underline(found: Explanation) -> str:
    """The text as HTML: sentences numbered, the words that fired underlined and named."""
    starts = {
        int(start): int(number) + 1
        for number, start in zip(found.tones["sentence"], found.tones["start"], strict=True)
    }
    marks = _marks(found.spans)
    cuts = {0, len(found.text), *starts}
    cuts.update(end for mark in marks for end in (mark.start, mark.end))
    pieces = []
    edges = sorted(cuts)
    for start, end in pairwise(edges):
        if start in starts:
            pieces.append(f'<sup style="{_SMALL}">{starts[start]}</sup> ')
        inside = [mark for mark in marks if mark.start <= start and end <= mark.end]
        piece = escape(found.text[start:end])
        for mark in inside:
            piece = f'<span style="{_line(mark)}">{piece}</span>'
        pieces.append(piece)
        ended = [mark.tone for mark in inside if mark.end == end]
        pieces += [_name(tone) for tone in ended]
    return _sheet(
        f'<div style="white-space:pre-wrap;overflow-wrap:anywhere;line-height:2.2">'
        f"{''.join(pieces)}</div>"
    )


def explain_sentence(found: Explanation, sentence: int) -> str:
    """Bars as HTML: for each tone worth a word, what every block adds to its log odds."""
    tones = found.tones[found.tones["sentence"] == sentence]
    fired = set(found.spans.loc[found.spans["sentence"] == sentence, "dimension"])
    worth = tones[(tones["decision"] != "no") | tones["dimension"].isin(fired)]
    head = f"<b>Sentence {sentence + 1}</b>"
    if worth.empty:
        return _sheet(f"{head}: it shows none of the ten tones.")
    parts = found.contributions[found.contributions["sentence"] == sentence]
    parts = parts[parts["dimension"].isin(worth["dimension"])]
    largest = max(float(parts["log_odds"].abs().max()), 1e-9)
    drawn = []
    for _, row in worth.sort_values("probability", ascending=False, kind="stable").iterrows():
        own = parts[parts["dimension"] == row["dimension"]]
        bars = [
            _bar(str(block), float(added), largest)
            for block, added in zip(own["block"], own["log_odds"], strict=True)
        ]
        table = f'<table style="border-collapse:collapse">{"".join(bars)}</table>'
        drawn.append(f'<div style="margin-top:8px">{_verdict(row)}</div>{table}')
    return _sheet(f'{head}{"".join(drawn)}<div style="{_NOTE}">{_READING}</div>')


def _verdict(row: pd.Series[Any]) -> str:
    aimed = f", aimed at: {row['target']}" if isinstance(row["target"], str) else ""
    chance = row["probability"]
    likely = "over .99" if chance > 0.99 else "under .01" if chance < 0.01 else f"{chance:.2f}"
    said = f"{row['decision']}{aimed}; probability {likely}; start {_signed(row['intercept'])}"
    return f'<b>{escape(row["dimension"])}</b> <span style="color:{SOFT}">{escape(said)}</span>'


@dataclass(frozen=True)
class _Mark:
    """A stretch of one tone; ``lane`` is how far below the words its line runs (0 = nearest)."""

    start: int
    end: int
    tone: str
    lane: int = 0


def _marks(spans: pd.DataFrame) -> list[_Mark]:
    """Each stretch of a tone once, overlapping ones joined, each line in a lane of its own."""
    placed: list[_Mark] = []
    for start, end, tone in sorted(join_spans(spans), key=lambda span: span[1] - span[0]):
        taken = {mark.lane for mark in placed if mark.start < end and start < mark.end}
        lane = next(lane for lane in range(len(taken) + 1) if lane not in taken)
        placed.append(_Mark(start, end, tone, lane))
    return sorted(placed, key=lambda mark: mark.lane)


def _line(mark: _Mark) -> str:
    place = TONES.index(mark.tone)
    border = _BORDERS[(place + place // len(PALETTE)) % len(_BORDERS)]
    width = 3 if border == "double" else 2
    return f"border-bottom:{width}px {border} {look(place).edge};padding-bottom:{4 * mark.lane}px"


def _name(tone: str) -> str:
    edge = look(TONES.index(tone)).edge
    return (
        f'<span style="{_SMALL};background:{BAND};border-left:3px solid {edge};'
        f'padding:0 3px;margin:0 3px;white-space:nowrap">{escape(tone)}</span>'
    )


def _bar(block: str, added: float, largest: float) -> str:
    """One block's row: its name, a bar from the middle outwards, and the number."""
    width = round(abs(added) / largest * _HALF)
    left = _HALF if added >= 0 else _HALF - width
    colour = look(0 if added >= 0 else 3).edge
    bar = (
        f'<div style="position:relative;width:{2 * _HALF}px;height:12px;background:{BAND}">'
        f'<div style="position:absolute;left:{left}px;width:{width}px;height:12px;'
        f'background:{colour}"></div>'
        f'<div style="position:absolute;left:{_HALF}px;width:1px;height:12px;'
        f'background:{INK}"></div></div>'
    )
    return (
        f'<tr><td style="padding-right:10px">{escape(block)}</td><td>{bar}</td>'
        f'<td style="text-align:right;padding-left:10px">{_signed(added)}</td></tr>'
    )


def _signed(value: float) -> str:
    text = f"{abs(value):.2f}"
    return text if float(text) == 0 else ("+" if value > 0 else "−") + text


def _sheet(markup: str) -> str:
    return f'<div style="{_SHEET}">{markup}</div>'
