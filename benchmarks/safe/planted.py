"""The identifiers that the demonstration planted in its enquiries, as runs of words to look for."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from benchmarks.safe.exports import words_of

LEAST = 5
"""Letters and digits that an identifier needs: "Lee" stands in too much by chance."""

COMMON = 25
"""A word that stands in the names of so many different schools names none of them."""

_PACKAGE = Path(__file__).resolve().parents[2] / "workbench"
_SPEAKING = ("charts", "compare", "explore", "report")  # rooms that write sentences

_PRIVATE = {"Enquirer name": "person", "People named": "person", "Institution": "school"}
_NAMES = ("person", "school", "place")

Run = tuple[str, ...]


@dataclass(frozen=True)
class Planted:
    """Runs of words by kind, and how many were left out, by reason.

    A run stands for an identifier written in any casing and with any marks between its words.
    """

    runs: Mapping[Run, str]
    left_out: Mapping[str, int]


def read_planted(corpus: Path, *, printed: Iterable[str] = ()) -> Planted:
    """What to look for of the corpus in ``corpus``; ``printed`` are words the study prints itself.

    Whole identifiers, and the single words of persons, schools and places. Left out are those too
    short; and of single words those that the enquiries also say, in lower case, outside every
    planted place, those in the names of ``COMMON`` schools, those that the workbench's own
    sentences hold, and those of ``printed``, such as a label.
    """
    cases = pd.concat(
        [_read(path) for path in sorted(corpus.glob("cases-*.csv"))], ignore_index=True
    )
    texts = dict(zip(cases["Case ID"], cases["Enquiry"], strict=True))
    truth = _read(corpus / "truth" / "identifiers.csv")
    truth = truth[truth["case_id"].isin(texts)]
    places = [(c, int(s), int(e)) for c, s, e in zip(*_columns(truth), strict=True)]
    found = [
        (texts[case_id][start:end], kind)
        for (case_id, start, end), kind in zip(places, truth["kind"], strict=True)
    ]
    for column, kind in _PRIVATE.items():
        cells = cases[column].str.split(";").explode().str.strip()
        found += [(cell, kind) for cell in cells if cell]
    schools = {text for text, kind in found if kind == "school"}
    telling_nothing = {
        "a word of the study's own labels": set(_words(printed)),
        "an ordinary word of the enquiries": _ordinary(texts, places),
        f"a word of {COMMON} schools' names": _shared(schools),
        "a word of the workbench's own sentences": own_words(),
    }
    return _choose(found, telling_nothing)


def own_words() -> set[str]:
    """The words that the workbench itself writes, in lower case, under figures and in sentences."""
    files = (path for room in _SPEAKING for path in (_PACKAGE / room).rglob("*.py"))
    nodes = (node for path in files for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    said = (n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str))
    return {word for text in said for word in words_of(text) if word in text}


def _choose(found: list[tuple[str, str]], telling_nothing: Mapping[str, set[str]]) -> Planted:
    runs: dict[Run, str] = {}
    left: dict[Run, str] = {}
    for text, kind in found:
        words = tuple(words_of(text))
        parts = [(word,) for word in words] if kind in _NAMES and len(words) > 1 else []
        for run in [words, *parts]:
            why = _why_not(run, telling_nothing)
            if why:
                left[run] = why
            else:
                runs.setdefault(run, kind)
    return Planted(runs, Counter(left.values()))


def _why_not(run: Run, telling_nothing: Mapping[str, set[str]]) -> str:
    """Why a run is not looked for, or "" where it is."""
    if sum(map(len, run)) < LEAST:
        return f"fewer than {LEAST} letters"
    if len(run) > 1:
        return ""
    return next((why for why, words in telling_nothing.items() if run[0] in words), "")


def _shared(schools: Iterable[str]) -> set[str]:
    """The words that the names of many schools have in common."""
    times = Counter(word for name in schools for word in set(words_of(name)))
    return {word for word, count in times.items() if count >= COMMON}


def _ordinary(texts: Mapping[str, str], places: Iterable[tuple[str, int, int]]) -> set[str]:
    """The words that enquiries hold in lower case outside every planted identifier."""
    rest = {case_id: list(text) for case_id, text in texts.items()}
    for case_id, start, end in places:
        rest[case_id][start:end] = " " * (end - start)
    found: set[str] = set()
    for letters in rest.values():
        shown = "".join(letters).replace("\u2019", "'").replace("'", "")
        found.update(word for word in words_of(shown) if word in shown)
    return found


def _words(printed: Iterable[str]) -> Iterable[str]:
    return (word for text in printed for word in words_of(text))


def _columns(truth: pd.DataFrame) -> list[pd.Series]:
    return [truth[name] for name in ("case_id", "start", "end")]


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)
