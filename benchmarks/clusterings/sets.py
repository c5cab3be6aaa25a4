"""Sets of texts with a human or planted theme each, and their vectors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.machine import need

DEMO = Path(__file__).resolve().parents[2] / "corpora" / "demo"
SEED = 1
FEWEST_WORDS = 3
# What nhs_fft writes where nothing was said, and the flags that say that a text has no theme.
_NO_ANSWER = "Did not answer"
_NO_THEME = ["Not assigned", "Labelling not possible"]


@dataclass(frozen=True)
class LabelledSet:
    """Texts with one theme each: ``truth`` holds its name, "" where there is not exactly one.

    ``truth`` has shape ``(n,)`` and ``vectors``, unit rows of ``embed``, ``(n, 384)``.
    """

    name: str
    texts: list[str]
    truth: np.ndarray
    vectors: np.ndarray
    note: str = ""

    @property
    def labelled(self) -> np.ndarray:
        """Which texts have a theme, shape ``(n,)``."""
        return self.truth != ""

    @property
    def number(self) -> int:
        """The true number of themes."""
        return len(np.unique(self.truth[self.labelled]))

    def sample(self, count: int) -> LabelledSet:
        """At most ``count`` texts, drawn with a fixed seed."""
        order = np.random.default_rng(SEED).permutation(len(self.texts))
        rows = np.sort(order[:count])
        texts = [self.texts[row] for row in rows]
        return replace(self, texts=texts, truth=self.truth[rows], vectors=self.vectors[rows])

    def describe(self) -> str:
        """Numbers of texts and themes, in a line."""
        said = f"{len(self.texts):,} texts, {self.number} themes"
        if not self.labelled.all():
            said += (
                f", agreement measured on {int(self.labelled.sum()):,} texts with exactly one theme"
            )
        return said + (f"; {self.note}" if self.note else "")


def load_sets(names: list[str] | None = None) -> list[LabelledSet]:
    """The sets by name, or all; raises ``FileNotFoundError`` where the data are absent."""
    from workbench.text import embed

    found = []
    for name in names or SETS:
        texts, truth, note = SETS[name]()
        found.append(LabelledSet(name, texts, truth, embed(texts), note))
    return found


def load_mixture(count: int) -> tuple[list[str], np.ndarray]:
    """Up to ``count`` different texts of all public sets, shuffled, and their vectors."""
    from workbench.text import embed

    train = pd.read_csv(need("banking77/train.csv"), dtype=str)
    texts = [*train["text"], *_read_banking()[0], *_read_nhs()[0], *_read_bbc()[0]]
    different = list(dict.fromkeys(texts))
    order = np.random.default_rng(SEED).permutation(len(different))[:count]
    chosen = [different[row] for row in order]
    return chosen, embed(chosen)


Source = tuple[list[str], np.ndarray, str]


def _read_banking() -> Source:
    table = pd.read_csv(need("banking77/test.csv"), dtype=str)
    return list(table["text"]), table["category"].to_numpy(dtype=str), "intents of enquiries"


def _read_bbc() -> Source:
    names = ["text", "split", "label"]
    table = pd.read_csv(need("octis_bbc/corpus.tsv"), sep="\t", header=None, names=names, dtype=str)
    return list(table["text"]), table["label"].to_numpy(dtype=str), "sections of news; lemmas only"


def _read_nhs() -> Source:
    file = need("nhs_fft/v6framework_230831.csv.gz")
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    long_enough = table["FFT answer"].str.split().str.len() >= FEWEST_WORDS
    table = table[long_enough & (table["FFT answer"] != _NO_ANSWER)]
    flags = table.loc[:, "Not assigned":"Positive experience & gratitude"] == "1.0"
    flags = flags.drop(columns=_NO_THEME)
    truth = flags.idxmax(axis=1).where(flags.sum(axis=1) == 1, "")
    note = f"themes coded by people; texts of {FEWEST_WORDS} words or more, without '{_NO_ANSWER}'"
    return list(table["FFT answer"]), truth.to_numpy(dtype=str), note


def _read_demo() -> Source:
    from workbench import Study, read_cases

    cases = read_cases(Study.load(DEMO / "study.toml")).cases
    planted = pd.read_csv(DEMO / "truth" / "themes.csv", dtype=str, keep_default_na=False)
    codes = planted.set_index("case_id")["code"]
    truth = cases["case_id"].map(codes).fillna("").to_numpy(dtype=str)
    note = "demonstration, development: planted codes of invented texts"
    return list(cases["text"]), truth, note


SETS: dict[str, Callable[[], Source]] = {
    "banking77": _read_banking,
    "octis_bbc": _read_bbc,
    "nhs_fft": _read_nhs,
    "demo": _read_demo,
}
