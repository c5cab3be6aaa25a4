"""Claims: every value that the report prints, with where it comes from.

A claim is a live value of the prose, a cell of a table, or a generated sentence or caption with a
figure in it. The same claim has the same ``key`` in every run, whatever its value. What is behind a
cell or sentence it carries itself (`workbench.report.behind`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.compare.say import percent
from workbench.report.behind import TEXT, Behind, Sourced, behind_bases
from workbench.report.blocks import (
    Bullets,
    FigureBlock,
    Paragraph,
    Section,
    TableBlock,
)
from workbench.report.naming import name_figure

if TYPE_CHECKING:
    import pandas as pd

    from workbench.charts.drawing import Drawing

VALUE, CELL, SENTENCE = "value", "cell", "sentence"
_SHOWN = 60
_PLAIN = (
    "odds_ratio",
    "median",
    "quarter",
    "three_quarters",
    "kappa",
    "alpha",
    "ac1",
    "ratio",
    "rate",
    "per_case",
    "distance",
)
"""Columns whose limits are numbers as they stand, and no shares."""
_NUMBER = re.compile(r"\d")
_NUMBERS = re.compile(r"[+−-]?\d[\d,.]*")


@dataclass(frozen=True)
class Claim:
    """One printed value.

    ``kind`` is "value" (live, in the prose), "cell" or "sentence". ``what`` is the function or
    column that gave it, ``frame`` the name of the table behind it (or of ``behind.SOURCES``),
    ``where`` the row's columns and what they hold, and ``name`` all of these in a reader's words.
    ``n`` of ``base``, ``low`` and ``high`` as far as there are such. ``section`` is the section's
    id, ``place`` the file with line and column, or the table's title. ``inputs`` is the hash of
    the study's files that it was computed from. A sentence that rests on several rows makes a
    claim of each.
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
    name: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What tells this claim from others, and is the same in another run."""
        pairs = (f"{name}={value}" for name, value in self.where)
        return (self.section, self.kind, self.what, self.frame, *pairs)


def name_claim(claim: Claim, titles: Mapping[str, str] | None = None) -> str:
    """What a claim is about: ``share of “TikTok” (Platform) in 2023-24``, not its value.

    ``titles`` gives the titles of a study's fields by their names; without them it is the name
    that the claim was given before.
    """
    if titles is None and claim.name:
        return claim.name
    named = name_figure(claim.what, claim.frame, claim.where, titles=titles or {})
    return f"a sentence on {named}" if claim.kind == SENTENCE else named


def describe_claim(claim: Claim) -> str:
    """Where a value comes from, in one line: for what shows on hover, and the claims table."""
    return "; ".join([name_claim(claim), *_describe_numbers(claim)])


def describe_behind(behind: Behind, titles: Mapping[str, str]) -> str:
    """Where a cell of a table comes from, in one line for what shows on hover."""
    named = name_figure(behind.what, behind.frame, behind.where, titles=titles)
    return "; ".join([named, *_describe_numbers(behind)])


def _describe_numbers(claim: Claim | Behind) -> Iterator[str]:
    if claim.n is not None and claim.base is not None:
        yield f"{claim.n:,.0f} of {claim.base:,.0f}"
    elif claim.base is not None:
        yield f"base {claim.base:,.0f}"
    if claim.low is not None and claim.high is not None:
        yield f"95% interval {_limits(claim.what, claim.low, claim.high)}"


def _limits(what: str, low: float, high: float) -> str:
    if what in _PLAIN:
        return f"{low:.2f} to {high:.2f}"
    if what in ("change", "points", "say") or "difference" in what:
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
        source="values",
    )


def claims_of(
    sections: Iterable[Section],
    tables: Mapping[str, pd.DataFrame],
    *,
    inputs: str,
    titles: Mapping[str, str] | None = None,
) -> tuple[Claim, ...]:
    """The cells, sentences and captions with figures that ``sections`` hold, in their order.

    ``tables`` are those of the analysis, ``titles`` those of the study's fields.
    """
    found = (
        replace(claim, section=section.id, inputs=inputs)
        for section in sections
        for block in section.blocks
        for claim in _claims_in(block, tables)
    )
    return tuple(replace(claim, name=name_claim(claim, titles or {})) for claim in found)


def _claims_in(block: object, tables: Mapping[str, pd.DataFrame]) -> Iterator[Claim]:
    if isinstance(block, TableBlock):
        yield from _cells(block)
        yield from _sentences([block.note], frame=block.source, place=block.title)
    elif isinstance(block, Paragraph):
        yield from _sentences([block.text])
    elif isinstance(block, Bullets):
        yield from _sentences(block.items)
    elif isinstance(block, FigureBlock):
        yield from _captions(block.drawing, tables)


def _cells(table: TableBlock) -> Iterator[Claim]:
    """Each cell with a figure in a numeric column, by the row behind it.

    Where the table does not say that row, a cell goes by its row's first cell and its column.
    """
    first = str(table.frame.columns[0])
    seen: dict[str, int] = {}
    for number, row in enumerate(table.frame.astype("str").itertuples(index=False)):
        label = str(row[0])
        seen[label] = seen.get(label, 0) + 1
        again = (("row", str(seen[label])),) if seen[label] > 1 else ()
        for column, cell in zip(map(str, table.frame.columns[1:]), row[1:], strict=True):
            if not holds_claim(table, column, cell):
                continue
            if column in table.cells:
                yield _claim(CELL, table.cells[column][number], cell, place=table.title)
            else:
                where = ((first, label), ("column", column), *again)
                yield Claim(CELL, column, table.source, where, cell, place=table.title)


def holds_claim(table: TableBlock, column: str, cell: str) -> bool:
    """Whether a printed cell is a figure to be traced."""
    numeric = column in table.numeric or column in table.cells
    return numeric and _NUMBER.search(cell) is not None


def _captions(drawing: Drawing, tables: Mapping[str, pd.DataFrame]) -> Iterator[Claim]:
    """The title and note of a figure; what they do not say themselves rests on its frame."""
    keys = (key for key, frame in tables.items() if frame is drawing.data)
    frame = drawing.source or next(keys, "method")
    bases = behind_bases(drawing.data, frame=frame)
    for what, text in (("title", drawing.title), ("note", drawing.note)):
        own = text if isinstance(text, Sourced) else Sourced(text, *bases)
        for claim in _sentences([own], place=drawing.name):
            yield replace(claim, where=(*claim.where, ("of", f"{what} of {drawing.name}")))


def _sentences(texts: Iterable[str], *, frame: str = "method", place: str = "") -> Iterator[Claim]:
    """A claim of each row behind a text; one that carries no row tells how it was done."""
    for text in texts:
        if _NUMBER.search(text):
            for behind in _behind(text, frame):
                yield _claim(SENTENCE, behind, str(text), place=place or "generated text")


def _behind(text: str, frame: str) -> Sequence[Behind]:
    if isinstance(text, Sourced) and text.behind:
        return text.behind
    return (Behind(frame, (("says", _NUMBERS.sub("#", text)[:120]),), TEXT),)


def _claim(kind: str, behind: Behind, printed: str, *, place: str) -> Claim:
    return Claim(
        kind,
        behind.what,
        behind.frame,
        behind.where,
        printed,
        n=behind.n,
        base=behind.base,
        low=behind.low,
        high=behind.high,
        place=place,
    )


def _short(printed: str) -> str:
    """A value as a table can show it: of a whole sentence, how it begins."""
    return printed if len(printed) <= _SHOWN else f"{printed[:_SHOWN].rsplit(' ', 1)[0]} …"


def _short_place(place: str) -> str:
    """File and line, as words that no line break parts: ``b4.md, line 12``."""
    file, line, _ = place.rsplit(":", 2)
    return f"{file.rpartition('/')[2]}, line {line}".replace(" ", "\u00a0")
