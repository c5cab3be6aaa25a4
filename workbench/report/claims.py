"""Claims: every value that the report prints, with where it comes from.

A claim is a live value of the prose, a cell of a table, or a generated sentence or caption with a
figure in it. The same claim has the same ``key`` in every run, whatever its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypedDict

from workbench.compare.say import percent, say
from workbench.report.blocks import (
    Bullets,
    FigureBlock,
    Paragraph,
    Section,
    TableBlock,
)
from workbench.report.parts import slug

if TYPE_CHECKING:
    import pandas as pd

VALUE, CELL, SENTENCE = "value", "cell", "sentence"
_SHOWN = 60
_SAMPLED = ("corrected", "agreement", "kappa", "ac1")
"""Columns that rest on the cases coded twice, not on all of the row's base."""
_PLAIN = ("odds_ratio", "median", "quarter", "three_quarters", "kappa", "ac1", "ratio")
"""Columns whose limits are numbers as they stand, and no shares."""
_INTERVALS = {"together": "odds_ratio"}
"""Tables in which ``low`` and ``high`` are the limits of another column than the share."""
_NUMBER = re.compile(r"\d")
_NUMBERS = re.compile(r"[+−-]?\d[\d,.]*")
_SUBJECT = re.compile(r"(.+?)(?:: | rose | fell )")


FRAMES = {
    "about": "cases",
    "a": "months, rates, rate-ratios, month-model",
    "a-words": "words, cloud",
    "a-replies": "staffed, replies",
    "a-printed": "printed/cells",
    "a-printed-words": "printed/findings",
    "b1": "themes",
    "b4": "shares/tone, targets, together",
    "b2": "lens/bullying",
    "b3": "lens/defamation, vocabulary",
    "b5": "lens/attempts, answers, told_reports",
    "risk": "lens/risk",
    "b6": "returns, tone_messages",
    "c1": "through, corrected, mix, keyness, shift",
    "c2": "groups, keyness",
    "c3": "rest",
    "data": "problems",
    "method": "themes",
}
"""The tables behind the sentences of a section, where no one row of a table says a sentence."""


@dataclass(frozen=True)
class Claim:
    """One printed value.

    ``kind`` is "value" (live, in the prose), "cell" or "sentence". ``what`` is the function or
    column that gave it, ``frame`` the name of the table behind it, ``where`` the row's columns and
    what they hold. ``n`` of ``base``, ``low`` and ``high`` as far as there are such. ``section``
    is the section's id, ``place`` the file with line and column, or the table's title.
    ``inputs`` is the hash of the study's files that it was computed from.
    """

    kind: str
    what: str
    frame: str
    where: tuple[tuple[str, str], ...]
    printed: str
    n: float | None = None
    base: float | None = None
    low: float | None = None
    high: float | None = None
    section: str = ""
    place: str = ""
    inputs: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What tells this claim from others, and is the same in another run."""
        pairs = (f"{name}={value}" for name, value in self.where)
        return (self.section, self.kind, self.what, self.frame, *pairs)


def describe_claim(claim: Claim) -> str:
    """Where a value comes from, in one line: for what shows on hover, and the claims table."""
    said = [name_claim(claim)]
    if claim.n is not None and claim.base is not None:
        said.append(f"{claim.n:,.0f} of {claim.base:,.0f}")
    elif claim.base is not None:
        said.append(f"base {claim.base:,.0f}")
    if claim.low is not None and claim.high is not None:
        said.append(f"95% interval {_limits(claim)}")
    return "; ".join(said)


def name_claim(claim: Claim) -> str:
    """What a claim is about: ``share of “TikTok”, 2023-24 (shares/platform)``, not its value."""
    if claim.kind == SENTENCE and claim.what == "text":
        return f"a sentence from {claim.frame or claim.place}"
    where = dict(claim.where)
    label, group = where.pop("label", ""), where.pop("group", "")
    rest = [group, *(f"{name} {value}" for name, value in where.items())]
    first = f"{claim.what} of “{label}”" if label else claim.what
    return f"{', '.join(part for part in (first, *rest) if part)} ({claim.frame})"


def _limits(claim: Claim) -> str:
    low, high = claim.low or 0.0, claim.high or 0.0
    if claim.kind == VALUE and claim.what in _PLAIN:
        return f"{low:.2f} to {high:.2f}"
    if claim.what in ("change", "points", "say") or "difference" in claim.what:
        return f"{100 * low:+.1f} to {100 * high:+.1f} points".replace("-", "−")
    return f"{percent(low)} to {percent(high)}"


def claims_table(claims: Iterable[Claim]) -> TableBlock:
    """The live values of the prose as a table of an appendix: number, value, source, place."""
    import pandas as pd

    live = [claim for claim in claims if claim.kind == VALUE]
    rows = [
        (str(number), _short(claim.printed), describe_claim(claim), _short_place(claim.place))
        for number, claim in enumerate(live, start=1)
    ]
    heads = ["No.", "Value", "From", "Where it stands"]
    inputs = live[0].inputs if live else ""
    return TableBlock(
        title="Every live value of the prose, and what it rests on",
        frame=pd.DataFrame(rows, columns=pd.Index(heads)),
        numeric=("No.",),
        widths=(0.5, 1.4, 4.0, 1.4),
        note=f"Computed from input with the hash {inputs}." if inputs else "",
        name="claims",
    )


def claims_of(
    sections: Iterable[Section], tables: Mapping[str, pd.DataFrame], *, inputs: str
) -> tuple[Claim, ...]:
    """The cells, sentences and captions with figures that ``sections`` hold, in their order."""
    sources = _Sources(tables)
    return tuple(
        replace(
            claim,
            section=section.id,
            inputs=inputs,
            frame=claim.frame or _frames_of(section.id, tables),
        )
        for section in sections
        for block in section.blocks
        for claim in _claims_in(block, sources)
    )


def _frames_of(section: str, tables: Mapping[str, pd.DataFrame]) -> str:
    """The tables behind a section, by its id: a field's own, or as ``FRAMES`` has it."""
    for key in tables:
        if key.startswith("shares/") and section == slug("a", key.removeprefix("shares/")):
            return key
    parents = [name for name in FRAMES if section == name or section.startswith(f"{name}-")]
    return FRAMES[max(parents, key=len)] if parents else ""


def _claims_in(block: object, sources: _Sources) -> Iterator[Claim]:
    if isinstance(block, TableBlock):
        yield from _cells(block)
        yield from _sentences([block.note], sources, place=block.title)
    elif isinstance(block, Paragraph):
        yield from _sentences([block.text], sources)
    elif isinstance(block, Bullets):
        yield from _sentences(block.items, sources)
    elif isinstance(block, FigureBlock):
        drawing = block.drawing
        yield from _sentences(
            [drawing.title, drawing.note], sources, place=drawing.name, frame=drawing.name
        )


def _cells(table: TableBlock) -> Iterator[Claim]:
    """Each cell with a figure in a numeric column, named by the row's first cell and its column."""
    frame = table.name or slug(table.title)
    first = str(table.frame.columns[0])
    seen: dict[str, int] = {}
    for row in table.frame.astype("str").itertuples(index=False):
        label = str(row[0])
        seen[label] = seen.get(label, 0) + 1
        again = (("row", str(seen[label])),) if seen[label] > 1 else ()
        for column, cell in zip(table.frame.columns[1:], row[1:], strict=True):
            if _NUMBER.search(cell) and (column in table.numeric or "(95% interval)" in column):
                where = ((first, label), ("column", str(column)), *again)
                yield Claim(CELL, str(column), frame, where, cell, place=table.title)


def _sentences(
    texts: Iterable[str], sources: _Sources, *, place: str = "", frame: str = ""
) -> Iterator[Claim]:
    for text in texts:
        if not _NUMBER.search(text):
            continue
        row = sources.row_of(text)
        if row is not None:
            yield replace(row, printed=text, place=place or "generated text")
        else:
            where = (("says", _NUMBERS.sub("#", text)[:120]),)
            yield Claim(SENTENCE, "text", frame, where, text, place=place or "generated text")


class _Sources:
    """Finds the row of a table that a generated sentence says, by saying the rows it may be of."""

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self._by_label: dict[str, list[tuple[str, Any]]] = {}
        for key, frame in tables.items():
            if {"label", "reference", "difference", "p_adjusted", "detectable"} <= set(frame):
                told = frame[frame["reference"].notna() & frame["difference"].notna()]
                for place, label in enumerate(told["label"]):
                    self._by_label.setdefault(str(label), []).append((key, told.iloc[[place]]))

    def row_of(self, sentence: str) -> Claim | None:
        """A claim for the sentence without its words, or None where no table says it."""
        subject = _SUBJECT.match(sentence)
        for key, row in self._by_label.get(subject[1], ()) if subject else ():
            found = row.iloc[0]
            if say(found) == sentence:
                where = (("label", str(found["label"])), ("group", str(found["group"])))
                counts = numbers_of(found, limits="difference_")
                return Claim(SENTENCE, "say", key, where, sentence, **counts)
        return None


def _short(printed: str) -> str:
    """A value as a table can show it: of a whole sentence, how it begins."""
    return printed if len(printed) <= _SHOWN else f"{printed[:_SHOWN].rsplit(' ', 1)[0]} …"


def _short_place(place: str) -> str:
    """File and line, as words that no line break parts: ``b4.md, line 12``."""
    file, line, _ = place.rsplit(":", 2)
    return f"{file.rpartition('/')[2]}, line {line}".replace(" ", "\u00a0")


class Numbers(TypedDict):
    """The numbers of a claim, as far as there are such."""

    n: float | None
    base: float | None
    low: float | None
    high: float | None


def numbers_behind(row: Any, column: str, *, table: str) -> Numbers:
    """Of one column of a row: its own count, base and limits, and none that are another's.

    ``reference_share`` goes with ``reference_n`` of ``reference_base``; ``median`` with
    ``median_low`` and ``median_high``; ``low`` and ``high`` belong to the share, unless the table
    gives them to another column.
    """
    whole = _INTERVALS.get(table, "share")
    shared = column in ("share", "n", "base")
    own = {name: f"{column}_{name}" for name in ("low", "high")}
    if column == whole:
        own = {"low": "low", "high": "high"}
    counts = {"n": "n", "base": "base"} if shared else {"n": "", "base": "base"}
    if not shared and column.endswith("share"):
        side = column.removesuffix("share")
        counts = {"n": f"{side}n", "base": f"{side}base"}
    if column.startswith(_SAMPLED):
        counts = {"n": "", "base": "coded"}
    return Numbers(
        n=_number(row, counts["n"]),
        base=_number(row, counts["base"]),
        low=_number(row, own["low"]),
        high=_number(row, own["high"]),
    )


def numbers_of(row: Any, *, limits: str = "") -> Numbers:
    """Of a row of a table; None for what is missing, hidden or no column.

    ``limits`` is what stands before "low" and "high" in the names of its interval's columns.
    """
    return Numbers(
        n=_number(row, "n"),
        base=_number(row, "base"),
        low=_number(row, f"{limits}low"),
        high=_number(row, f"{limits}high"),
    )


def _number(row: Any, name: str) -> float | None:
    import pandas as pd

    value = row.get(name)
    return None if value is None or pd.isna(value) else float(value)
