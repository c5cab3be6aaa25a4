"""Tone beside VADER and plain regression, on sets that people rated or coded.

One table a part: ``tone_vader`` (VADER's own sets, as a check), ``tone_politeness``,
``tone_urgency``, ``tone_sentiment``, ``tone_enquirers`` (sentences written for it),
``tone_transfer`` (the shipped politeness head on other texts), ``tone_speed``.
``tones/options.py`` tells how to run less. Blocks, ridge and the like were chosen on parts of the
data that the settings name; tries stand in tone_tries.csv.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.machine import Table
from benchmarks.tones import enquirers, politeness, sentiment, speed, urgency, vader
from benchmarks.tones.options import Options, read_options

PARTS: dict[str, Callable[[Options], Iterator[Table]]] = {
    "vader": vader.measure,
    "politeness": politeness.measure,
    "urgency": urgency.measure,
    "sentiment": sentiment.measure,
    "enquirers": enquirers.measure,
    "transfer": enquirers.transfer,
    "speed": speed.measure,
}


def main() -> Iterator[Table]:
    """The tables of each part; they are kept where the whole of a part was run."""
    options = read_options(tuple(PARTS))
    for part in options.parts:
        yield from PARTS[part](options)
