"""Quotes under numbers of their own: what a reader sees of whom, and the key back to the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.files import write_csv
from workbench.privacy.escape import escape_cells
from workbench.report.blocks import Block, Paragraph, Quote, Quotes, Section

if TYPE_CHECKING:
    from workbench.cases.log import CaseLog
    from workbench.study import Release

KEY = "quotes-key.csv"
"""Beside the report, for its author alone: which quote stands in which case."""

ABOUT_QUOTES = (
    "Quotes are numbered through the report; the numbers lead back to the record by a key that is "
    "not published."
)
TAKEN_OUT = (
    "Words in square brackets, such as [SCHOOL 1], stand for a name, a school, an account or a "
    "number that was taken out."
)
NO_RISK = "The workbench chooses none from a text that reads as somebody at risk."

Describe = Callable[[str], str]


@dataclass
class Numbered:
    """The quotes that were given a number, in its order; ``describe`` says who is quoted."""

    describe: Describe
    quotes: list[Quote] = field(default_factory=list)

    def give(self, quote: Quote) -> Quote:
        """The quote with its number and whose words they are; the same words keep theirs."""
        if not quote.approved:
            return quote
        for known in self.quotes:
            if (known.case_id, known.text) == (quote.case_id, quote.text):
                return known
        given = replace(quote, number=len(self.quotes) + 1, who=self.describe(quote.case_id))
        self.quotes.append(given)
        return given


def number_quotes(sections: Iterable[Section], numbered: Numbered) -> list[Section]:
    """The sections with every released quote numbered; a note stands before the first of all."""
    done = []
    for section in sections:
        blocks: list[Block] = []
        for block in section.blocks:
            if isinstance(block, Quotes):
                first = not numbered.quotes
                block = replace(block, items=tuple(map(numbered.give, block.items)))
                if first and numbered.quotes:
                    blocks.append(Paragraph(f"{ABOUT_QUOTES} {NO_RISK} {TAKEN_OUT}", style="note"))
            blocks.append(block)
        done.append(replace(section, blocks=tuple(blocks)))
    return done


def describer(log: CaseLog, rule: Release) -> Describe:
    """Who wrote a case, by the fields of ``described_by``: "Teacher, Secondary".

    Empty where the case lacks one of the fields, has several labels of one, or fewer than
    ``described_from`` cases have the same.
    """
    known = [name for name in rule.described_by if name in log.fields]
    if not known:
        return lambda case_id: ""
    names = log.cases[["case_id"]]
    for name in known:
        held = log.membership(name).drop_duplicates("case_id", keep=False)
        names = names.merge(held.rename(columns={"label": name}), on="case_id")
    joined = names[known].agg(", ".join, axis=1)
    often = joined.map(joined.value_counts()) >= rule.described_from
    told = dict(zip(names.loc[often, "case_id"], joined[often], strict=True))
    return lambda case_id: str(told.get(case_id, ""))


def write_key(quotes: Sequence[Quote], folder: Path) -> None:
    """Write the key to the quotes into ``folder``, open to its owner alone; or take it away.

    It is no part of the report: no manifest names it.
    """
    import pandas as pd

    path = folder / KEY
    if not quotes:
        path.unlink(missing_ok=True)
        return
    rows = [(quote.number or "in a sentence", quote.case_id, quote.text) for quote in quotes]
    frame = pd.DataFrame(rows, columns=pd.Index(["quote", "case_id", "words"]))
    write_csv(path, escape_cells(frame), private=True)
