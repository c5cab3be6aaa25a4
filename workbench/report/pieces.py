"""What prose may put between its paragraphs: figures, tables, quotes, and what the workbench wrote.

And links to them: a reference is known by what it names, and gets its number when all is in place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbench.errors import suggest
from workbench.privacy.escape import escape
from workbench.privacy.release import corpus_words, release_quotes
from workbench.report.blocks import (
    Block,
    FigureBlock,
    Prose,
    Quote,
    Quotes,
    Section,
    TableBlock,
)
from workbench.report.faults import ProseError
from workbench.report.live import stop_refused
from workbench.report.parts import slug
from workbench.report.refusals import find_refused

if TYPE_CHECKING:
    from workbench.cases.log import CaseLog
    from workbench.charts.drawing import Drawing
    from workbench.study import Study


@dataclass(frozen=True)
class Placed:
    """Blocks to stand where the prose asks for them; ``whole`` is all that was generated."""

    blocks: tuple[Block, ...]
    whole: bool = False


@dataclass(frozen=True)
class Reference:
    """A link to ``name``: a figure, a table or a section, as ``kind`` says ("" for either)."""

    name: str
    kind: str = ""


@dataclass(frozen=True)
class Spoken:
    """A quote, in a line or by itself."""

    quotes: tuple[Quote, ...]

    @property
    def refused(self) -> str:
        """Why its words must not be printed; empty where they may."""
        return next((quote.why for quote in self.quotes if not quote.approved), "")

    def inline(self) -> str:
        """The words as Markdown, for the middle of a sentence."""
        said = [
            f"“{escape(quote.text, form='markdown')}”" if quote.approved else "\\[not released\\]"
            for quote in self.quotes
        ]
        return " ".join(said)


@dataclass(frozen=True)
class Pieces:
    """The functions that place figures, tables and quotes (``names`` lists them).

    ``section`` is the id of the section that is being written, ``generated_sections`` all that the
    workbench writes by itself; ``refused`` are the tables that disclosure control refused.
    """

    study: Study
    log: CaseLog
    drawings: Mapping[str, Drawing]
    chosen: Mapping[str, Quotes]
    generated_sections: Sequence[Section]
    section: str = ""
    words: Mapping[str, int] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)

    def names(self) -> dict[str, Any]:
        """What an expression in the prose may use."""
        functions = (
            self.figure,
            self.table,
            self.quote,
            self.quotes,
            self.ref,
            self.contacts,
            self.generated,
        )
        return {function.__name__: function for function in functions}

    def figure(self, name: str) -> Placed:
        """A figure by its name, or by the field or lens that it shows."""
        try:
            own = find_figure(name, self.drawings)
        except ProseError:
            stop_refused(self.refused, find_refused(name, self.refused))
            raise
        return Placed((FigureBlock(self.drawings[own]),))

    def table(self, name: str) -> Placed:
        """A table that the workbench makes, by its name or title."""
        tables = dict(named_tables(self.generated_sections))
        if name not in tables:
            stop_refused(self.refused, find_refused(name, self.refused))
            raise ProseError(f"there is no table '{name}'.{suggest(name, list(tables))}")
        return Placed((tables[name],))

    def quote(self, case_id: str, saying: str = "") -> Spoken:
        """The words of one case: those cleared for it, or its sentence that holds ``saying``."""
        return Spoken((self._released(case_id, saying),))

    def quotes(self, key: str, most: int = 3) -> Placed:
        """Quotes that the workbench chose, as "tone/concern"; placeholders for unreleased ones."""
        found = self.chosen.get(key)
        if found is None:
            raise ProseError(f"there are no quotes for '{key}'.{suggest(key, list(self.chosen))}")
        return Placed((Quotes(found.items[:most]),))

    def ref(self, name: str, kind: str = "") -> Reference:
        """``Figure 3``, linked; ``kind`` "figure", "table" or "section" if a name has several."""
        if kind not in ("", "figure", "table", "section"):
            raise ProseError(f"'{kind}' is none of figure, table and section.", "reference")
        return Reference(name, kind)

    def contacts(self) -> Placed:
        """Where to refer somebody at risk, as study.toml names it: a line each."""
        if not self.study.contacts:
            raise ProseError("study.toml has no [[contacts]] to name here.")
        lines = (
            f"- **{escape(one.name, form='markdown')}:** {escape(one.details, form='markdown')}"
            for one in self.study.contacts
        )
        return Placed((Prose("\n".join(lines)),))

    def generated(self) -> Placed:
        """What the workbench writes in this section by itself."""
        own = (s.blocks for s in self.generated_sections if s.id == self.section)
        return Placed(next(own, ()), whole=True)

    def _released(self, case_id: str, saying: str) -> Quote:
        import pandas as pd

        text = self._find_words(case_id, saying)
        candidate = pd.DataFrame({"case_id": [case_id], "text": [text]})
        words = self.words or corpus_words(self.log.texts)
        told = release_quotes(candidate, self.study, corpus_words=words).iloc[0]
        return Quote(case_id, text, bool(told["approved"]), str(told["why"]))

    def _find_words(self, case_id: str, saying: str) -> str:
        from workbench.text.sentences import split_sentences

        ids = self.log.cases["case_id"]
        if not (ids == case_id).any():
            raise ProseError(f"there is no case '{case_id}'.", "quote")
        if case_id in self.log.notes:
            raise ProseError(
                f"case {case_id} holds a practitioner's note ([notes] of study.toml), which is "
                "not to be quoted as an enquirer's words.",
                "quote",
            )
        text = str(self.log.cases.loc[ids == case_id, "text"].iloc[0])
        sentences = [" ".join(sentence.text.split()) for sentence in split_sentences(text)]
        if saying:
            held = [one for one in sentences if saying.casefold() in one.casefold()]
            if not held:
                raise ProseError(
                    f"no sentence of case {case_id}, as it is redacted, holds those words.", "quote"
                )
            return held[0]
        known = [
            quote.text
            for found in self.chosen.values()
            for quote in found.items
            if quote.case_id == case_id
        ]
        cleared = [one for one in self._approved(case_id) if one in " ".join(text.split())]
        if not known and not cleared:
            raise ProseError(
                f"case {case_id} has no quote that was cleared or chosen. Say which sentence with "
                "saying='...'.",
                "quote",
            )
        return (cleared or known)[0]

    def _approved(self, case_id: str) -> list[str]:
        """The quotes of a case in the study's file of approved quotes."""
        from workbench.cases.tables import read_table

        listed = self.study.release.approved
        if listed is None or not self.study.locate(listed).is_file():
            return []
        frame = read_table(self.study.locate(listed)).frame
        if not {"case_id", "quote"} <= set(frame.columns):
            return []
        own = frame[frame["case_id"] == case_id]
        return [" ".join(str(quote).split()) for quote in own["quote"]]


def find_figure(name: str, drawings: Mapping[str, Drawing]) -> str:
    """The name of the drawing that ``name`` means: its own, or that of a field, lens or change."""
    stem = slug(name)
    for candidate in (name, stem, f"shares-{stem}", f"lens-{stem}", f"{stem}s"):
        if candidate in drawings:
            return candidate
    raise ProseError(f"there is no figure '{name}'.{suggest(stem, list(drawings))}", "reference")


def named_tables(sections: Sequence[Section]) -> Iterator[tuple[str, TableBlock]]:
    """Every table with its name, or its title as a name; the first of a name stands."""
    seen: set[str] = set()
    for section in sections:
        for block in section.blocks:
            if isinstance(block, TableBlock):
                name = block.name or slug(block.title)
                if name not in seen:
                    seen.add(name)
                    yield name, block
