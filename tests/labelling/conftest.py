"""An invented study with labels that a rule gives, and vectors made of words: quick and offline."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from workbench.study import Study
from workbench.tone.heads import shipped_sentences

STUDY = """
name = "invented"
title = "An invented study"

[columns]
case_id = "Case"
date = "Received"
text = "Enquiry"

[[periods]]
name = "2022-23"
start = 2022-09-01
end = 2023-08-31

[[periods]]
name = "2023-24"
start = 2023-09-01
end = 2024-08-31

[[sources]]
path = "cases.csv"

[fields.phase]
column = "Phase"
label = "Phase"
"""

WORRIED = (
    "I am very worried about where this is heading.",
    "We are frightened for the staff in the video.",
    "My real fear is what they post next.",
    "It makes me anxious every time the phone rings.",
)
PLAIN = (
    "The account has eleven videos.",
    "A boy in Year 9 showed it to the head of year.",
    "It was put up on a Sunday.",
    "The school has two sites and one reception.",
    "Parents follow the page too.",
)
THANKS = ("Thank you for the advice on the phone.", "Many thanks for ringing back.")


def word_vectors(texts: Sequence[str], **_: object) -> np.ndarray:
    """Unit vectors that add up words, each with a place of its own: like texts lie near."""
    rows = np.zeros((len(texts), 384), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in text.lower().split():
            rows[row, int(hashlib.sha256(word.encode()).hexdigest()[:8], 16) % 384] += 1
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(norms > 0, norms, 1)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Vectors of words, and every fourteenth of the shipped sentences."""
    few = shipped_sentences()[::14]
    monkeypatch.setattr("workbench.text.vectors.embed", word_vectors)
    monkeypatch.setattr("workbench.labelling.cases.embed", word_vectors)
    monkeypatch.setattr("workbench.tone.retrain.shipped_sentences", lambda: few)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """120 cases of four sentences; a third of the cases worry, a fifth thank."""
    rows = []
    for number in range(120):
        sentences = [PLAIN[(number + step) % len(PLAIN)] for step in range(3)]
        sentences[number % 3] = f"Account number {number} is the one we mean."
        if number % 3 == 0:
            sentences.append(WORRIED[number // 3 % len(WORRIED)])
        if number % 5 == 0:
            sentences.append(THANKS[number // 5 % len(THANKS)])
        day = f"202{2 + number % 2}-10-{1 + number % 28:02}"
        rows.append(
            (f"C{number:03}", day, " ".join(sentences), ("Primary", "Secondary")[number % 2])
        )
    frame = pd.DataFrame(rows, columns=["Case", "Received", "Enquiry", "Phase"])
    frame.to_csv(tmp_path / "cases.csv", index=False)
    (tmp_path / "study.toml").write_text(STUDY)
    return Study.load(tmp_path)


Rule = Callable[[str, str], object]


def judge(text: str, tone: str) -> int:
    """What is true: a sentence or text worries, or thanks, if it holds such a sentence."""
    shown = {"concern": WORRIED, "gratitude": THANKS}.get(tone, ())
    return int(any(sentence in text for sentence in shown))


def fill_in(path: Path, rule: Rule = judge) -> None:
    """Fill in a coder's CSV sheet by a rule of text and tone; None leaves a cell empty."""
    sheet = pd.read_csv(path, dtype=str, keep_default_na=False)
    for tone in [name for name in sheet if name in ("concern", "gratitude", "urgency")]:
        values = [rule(text, tone) for text in sheet["text"]]
        sheet[tone] = ["" if value is None else str(value) for value in values]
    sheet.to_csv(path, index=False)
