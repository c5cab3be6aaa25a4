"""Lenses: what a text tells of one matter, element by element, with the words that say so.

A lens is a reviewed list of patterns, one TOML file each in ``patterns/``, in the manner of the
tone's markers. It counts what is said, in the enquirer's words or in those quoted; it does not
judge whether it is so.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError, suggest
from workbench.text.inputs import Texts, as_texts
from workbench.text.sentences import Sentence, own_sentences
from workbench.tone.lookup import Lookup
from workbench.tone.markers import Fired, Lexicon, Marker, fire, read_marker, shared_words
from workbench.tone.voices import fold

if TYPE_CHECKING:
    import pandas as pd

FOUND_COLUMNS = ("text_id", "element", "marker", "sentence", "start", "end")
"""The columns of what a lens finds (``read_through``)."""

LENSES = ("bullying", "defamation", "attempts", "risk")
"""The lenses that come with the workbench."""


@dataclass(frozen=True)
class Element:
    """One thing that a lens looks for.

    ``within`` names the element it is counted under, if any; ``implies`` one that a text shows by
    showing this one. A sentence that ``unless`` finds shows nothing of the element: a topic of
    training, a plain denial.
    """

    id: str
    name: str
    definition: str
    within: str = ""
    implies: str = ""
    unless: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Lens:
    """A reading of texts for one matter: its elements, and the markers that show each."""

    name: str
    title: str
    question: str
    elements: tuple[Element, ...]
    lexicon: Lexicon

    @property
    def names(self) -> dict[str, str]:
        """The printed name of each element, by its id."""
        return {element.id: element.name for element in self.elements}

    def showing(self, element: str) -> frozenset[str]:
        """The elements by which a text shows ``element``: itself, and those that imply it."""
        return frozenset((element, *(one.id for one in self.elements if one.implies == element)))


@cache
def load_lens(name: str) -> Lens:
    """One of ``LENSES``. Raises ``WorkbenchError`` for another name or a faulty file."""
    if name not in LENSES:
        raise WorkbenchError(f"There is no lens '{name}'.{suggest(name, list(LENSES))}")
    folder = files("workbench.lenses").joinpath("patterns")
    return read_lens_file(folder.joinpath(f"{name}.toml").read_text("utf-8"), name=name)


def read_lens_file(content: str, *, name: str) -> Lens:
    """Read a lens from its TOML: ``title``, ``question``, ``[[elements]]``, ``[[markers]]``.

    Each marker names its ``element``; patterns may use the words of the file's own ``[words]``
    and those shared by the tone's markers (``{child}``, ``{platform}`` and so on). Raises
    ``WorkbenchError`` that names file and entry.
    """
    table = tomllib.loads(content)
    where = f"{name}.toml"
    words = _fill_words(table.get("words", {}))
    elements = tuple(_read_element(entry, words, file=where) for entry in table["elements"])
    known = {element.id for element in elements}
    for element in elements:
        for key, other in (("within", element.within), ("implies", element.implies)):
            if other and other not in known:
                raise WorkbenchError(
                    f"{where}, element '{element.id}': '{key}' names no element of the lens. "
                    "Mend it."
                )
    markers = []
    for given in table["markers"]:
        entry = dict(given)
        element_id = entry.pop("element", "")
        if element_id not in known:
            raise WorkbenchError(
                f"{where}, marker '{entry.get('id', '?')}': there is no element '{element_id}'."
                f"{suggest(element_id, sorted(known))}"
            )
        markers.append(read_marker(entry, element_id, words, file=where))
    for element in elements:
        if not any(marker.dimension == element.id for marker in markers):
            raise WorkbenchError(f"{where}, element '{element.id}': it has no marker. Add one.")
    lexicon = _one_by_one(markers)
    return Lens(name, table["title"], table["question"], elements, lexicon)


def _fill_words(own: dict[str, str]) -> dict[str, str]:
    """The file's own words beside the shared ones; its words may use any that stand before."""
    words = dict(shared_words())
    for name, pattern in own.items():
        words[name] = _fill(pattern, words)
    return words


def _fill(pattern: str, words: dict[str, str]) -> str:
    for name, meaning in words.items():
        pattern = pattern.replace("{" + name + "}", meaning)
    return pattern


def _read_element(entry: dict[str, Any], words: dict[str, str], *, file: str) -> Element:
    given = dict(entry)
    unless = given.pop("unless", None)
    try:
        pattern = re.compile(_fill(unless, words)) if unless else None
    except re.error as error:
        raise WorkbenchError(
            f"{file}, element '{given.get('id', '?')}': 'unless' cannot be read ({error}). Mend it."
        ) from None
    return Element(**given, unless=pattern)


def _one_by_one(markers: list[Marker]) -> Lexicon:
    """A lexicon in which no marker hides another: each is a group of its own."""
    groups = tuple((marker,) for marker in markers)
    lookup = Lookup([[marker.pattern] for marker in markers])
    return Lexicon(tuple(markers), groups, lookup, own_words=False)


def read_through(texts: Texts, lens: Lens) -> pd.DataFrame:
    """What each text tells of the lens's matter: one row a marker that fires.

    Columns ``text_id``, ``element``, ``marker``, ``sentence`` (from 0), ``start``, ``end`` (places
    in the text as given). Banners, signatures and quoted mails are not read. An element ``within``
    another is given only for texts that show that other one somewhere.
    """
    import pandas as pd

    given, ids = as_texts(texts)
    rows = []
    for row, text in enumerate(given):
        hits = list(_find(text, lens))
        shown = _within(lens, {hit.marker.dimension for hit in hits})
        rows += [
            (ids[row], hit.marker.dimension, hit.marker.id, hit.sentence, hit.start, hit.end)
            for hit in sorted(hits, key=lambda hit: (hit.start, hit.end))
            if hit.marker.dimension in shown
        ]
    found = pd.DataFrame(rows, columns=pd.Index(FOUND_COLUMNS))
    return found.astype({"sentence": "int64", "start": "int64", "end": "int64"})


def _find(text: str, lens: Lens) -> Iterator[Fired]:
    """The markers that fire in ``text``, less those of sentences that show nothing."""
    if next(lens.lexicon.lookup.find(fold(text)), None) is None:
        return  # most texts end here, unsplit: splitting is half of the work
    sentences = own_sentences(text)
    unless = {element.id: element.unless for element in lens.elements if element.unless}
    kept: dict[tuple[str, int], bool] = {}
    for hit in fire(text, sentences, lexicon=lens.lexicon):
        place = (hit.marker.dimension, hit.sentence)
        if place not in kept:
            kept[place] = _shows(sentences[hit.sentence], unless.get(hit.marker.dimension))
        if kept[place]:
            yield hit


def _shows(sentence: Sentence, unless: re.Pattern[str] | None) -> bool:
    return unless is None or unless.search(fold(sentence.text)) is None


def _within(lens: Lens, found: set[str]) -> set[str]:
    """The elements of ``found`` that count: those under another only where that one counts."""
    above = {element.id: element.within for element in lens.elements}

    def counts(element: str) -> bool:
        return element in found and (not above[element] or counts(above[element]))

    return {element for element in found if counts(element)}


def label_texts(found: pd.DataFrame, lens: Lens) -> pd.DataFrame:
    """Which elements each text shows, as labels to add to a log: ``case_id``, ``label``.

    ``found`` comes from ``read_through``; labels are the elements' printed names. A text that
    shows an element has the label of what that one implies, too.
    """
    import pandas as pd

    told = found[["text_id", "element"]]
    implied = {element.id: element.implies for element in lens.elements if element.implies}
    besides = told[told["element"].isin(list(implied))]
    both = pd.concat([told, besides.assign(element=besides["element"].map(implied))])
    shown = both.drop_duplicates()
    labels = shown.assign(label=shown["element"].map(lens.names))
    return labels.rename(columns={"text_id": "case_id"})[["case_id", "label"]].reset_index(
        drop=True
    )
