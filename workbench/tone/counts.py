"""Plain counts beside the tones: capitals and marks, pleading, deadlines, ways of being polite.

A count says how often something stands in a text, nothing more: no weight, no threshold, and no
guess whose words they are. The ways of being polite or impolite follow the strategies of
Danescu-Niculescu-Mizil and others (2013). The phrases stand in ``counts.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING, Any

from workbench.text.inputs import Texts, as_texts

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

MARKS = {
    "words": "words, numbers not counted",
    "sentences": "stretches between full stops, question or exclamation marks, or line ends",
    "numbers": "numbers in figures",
    "capitals": "words of two letters or more all in capitals, abbreviations among them",
    "shouted": "such words that stand three or more in a row",
    "exclamations": "exclamation marks, each one",
    "questions": "questions: runs of marks with a question mark in them",
    "repeated_marks": "runs of two or more question or exclamation marks",
    "ellipses": "runs of two or more full stops",
}
"""What is counted of letters and marks."""
MORE = {
    "repeated_pleading": "words that plead, beyond the first",
    "faces": "faces made of marks, such as :-)",
    "links": "web addresses",
}
"""What is counted besides marks and phrases."""

_END, _PAUSE, _TEXT = 1, 2, 3  # ids below those of words
_FIRST_WORD = 4
_FACES = re.compile(r"[:;=8][-']?[)DPp(](?!\w)")
_LINK = re.compile(r"https?://|www\.|<url>")
# Texts are read as one, divided by a sign that none may hold.
_BORDER = "\x00"
_TOKENS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|[.!?…]+|\n|[,;:()\"]|\x00")


@dataclass(frozen=True)
class _Read:
    """All tokens of n texts: which distinct token, which text, what kind of thing."""

    n: int
    distinct: list[str]
    token: np.ndarray
    text: np.ndarray
    kind: np.ndarray

    def total(self, of_distinct: np.ndarray) -> np.ndarray:
        """Sums by text of a number that each distinct token has."""
        return self.sum(of_distinct[self.token])

    def sum(self, of_token: np.ndarray) -> np.ndarray:
        """Sums by text of a number that each token has."""
        import numpy as np

        return np.bincount(self.text, weights=of_token, minlength=self.n)[: self.n]


def count_tone(texts: Texts) -> pd.DataFrame:
    """Counts of each text as given: one row a text, ``text_id`` and a column a count.

    The columns are those of ``meanings``; all hold whole numbers from 0. Give ``clean_texts``
    where banners and signatures must not count.
    """
    import numpy as np
    import pandas as pd

    given, ids = as_texts(texts)
    read = _read(given)
    columns = {**_count_marks(read), **_count_phrases(read)}
    columns["repeated_pleading"] = np.maximum(columns["pleading"] - 1, 0)
    for name, pattern in (("faces", _FACES), ("links", _LINK)):
        columns[name] = np.array([len(pattern.findall(text)) for text in given], dtype=float)
    frame = pd.DataFrame({name: columns[name].astype(np.int64) for name in meanings()})
    frame.insert(0, "text_id", pd.Series(ids, dtype=object).infer_objects())
    return frame


def meanings() -> dict[str, str]:
    """What each count counts, in the order of the columns."""
    return {**MARKS, **{name: entry["meaning"] for name, entry in _load().items()}, **MORE}


def _read(given: list[str]) -> _Read:
    import numpy as np
    import pandas as pd

    whole = _BORDER.join(text.replace(_BORDER, " ") for text in given)
    tokens = np.array([*_TOKENS.findall(whole), _BORDER], dtype=object)
    token, distinct = pd.factorize(tokens)
    words = _words()
    names = [name.lower().replace("’", "'") for name in distinct]
    kind = np.array([_kind(name, words) for name in names])[token]
    borders = kind == _TEXT
    text = np.cumsum(borders) - borders
    return _Read(len(given), list(distinct), token, text, kind)


def _kind(name: str, words: dict[str, int]) -> int:
    if name == _BORDER:
        return _TEXT
    if name[0] in ".!?…\n":
        return _END
    return _PAUSE if name in ',;:()"' else words.get(name, 0)


def _count_marks(read: _Read) -> dict[str, np.ndarray]:
    import numpy as np

    def each(value: Callable[[str], float]) -> np.ndarray:
        return np.array([value(name) for name in read.distinct], dtype=float)

    capital = each(lambda name: len(name) > 1 and name[0].isalpha() and name.isupper())
    loud = capital[read.token] > 0
    wide = np.pad(loud, 2)
    three = wide[:-2] & wide[1:-1] & wide[2:]  # this and the next two
    shouted = three[:-2] | three[1:-1] | three[2:]
    ends = (read.kind == _END) | (read.kind == _TEXT)
    after = np.concatenate([[True], ends[:-1]])
    return {
        "words": read.total(each(lambda name: name[0].isalpha())),
        "sentences": read.sum(ends & ~after),
        "numbers": read.total(each(str.isdigit)),
        "capitals": read.total(capital),
        "shouted": read.sum(shouted),
        "exclamations": read.total(each(lambda name: name.count("!"))),
        "questions": read.total(each(lambda name: "?" in name)),
        "repeated_marks": read.total(each(lambda n: n.count("!") + n.count("?") > 1)),
        "ellipses": read.total(each(lambda n: n == "…" or (n[0] == "." and len(n) > 1))),
    }


def _count_phrases(read: _Read) -> dict[str, np.ndarray]:
    """How often each group of phrases stands in each text; one place counts once."""
    import numpy as np

    known = np.flatnonzero(read.kind >= _FIRST_WORD)
    known = known[np.argsort(read.kind[known], kind="stable")]
    found, starts = np.unique(read.kind[known], return_index=True)
    places = dict(zip(found.tolist(), np.split(known, starts)[1:], strict=True))
    opens = np.concatenate([[True], np.isin(read.kind, (_END, _TEXT))])
    padded = np.concatenate([read.kind, np.zeros(8, dtype=read.kind.dtype)])
    counts = {}
    for name, phrases in _phrases().items():
        hits = [np.zeros(0, dtype=np.int64)]
        for first, *rest, at_start in phrases:
            at = places.get(first, hits[0])
            if at_start:
                at = at[opens[at]]
            for step, word in enumerate(rest, start=1):
                at = at[padded[at + step] == word]
            hits.append(at)
        own = np.unique(np.concatenate(hits))
        counts[name] = np.bincount(read.text[own], minlength=read.n)[: read.n].astype(float)
    return counts


@cache
def _load() -> dict[str, dict[str, Any]]:
    content = files("workbench.tone").joinpath("counts.toml").read_text("utf-8")
    return tomllib.loads(content)


@cache
def _words() -> dict[str, int]:
    """A number for every word that some phrase has."""
    lines = [line for entry in _load().values() for line in entry["phrases"]]
    words = {word for line in lines for word in re.split("[ /]", line.removeprefix("^"))}
    return {word: _FIRST_WORD + number for number, word in enumerate(sorted(words))}


@cache
def _phrases() -> dict[str, list[tuple[int, ...]]]:
    """By count, its phrases: the numbers of their words, and whether they open a sentence."""
    return {
        name: [phrase for line in entry["phrases"] for phrase in _expand(line)]
        for name, entry in _load().items()
    }


def _expand(line: str) -> Iterator[tuple[int, ...]]:
    words = _words()
    for choice in product(*(part.split("/") for part in line.removeprefix("^").split(" "))):
        yield (*(words[word] for word in choice), int(line.startswith("^")))
