"""What drawing and reading share: the redacted cases, their chances, and names of files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.cases.notes import find_notes
from workbench.cases.read import read_cases
from workbench.coding import sentence_units, text_units
from workbench.coding.sample import UNIT
from workbench.files import write_text
from workbench.privacy.redact import redact
from workbench.progress import Progress
from workbench.study import Study
from workbench.text.vectors import embed
from workbench.tone.heads import ToneHeads, read_heads, shipped_heads
from workbench.tone.prevalence import chances_by_text
from workbench.tone.score import score_spoken
from workbench.tone.spoken import read_spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

ARBITER = "agreed"
"""The coder under whose name the outcome of talking over is written."""

SAMPLE, HEADS, TALK_OVER = "sample.csv", "heads.npz", "talk-over.csv"
AGREEMENT, EVALUATION, PREVALENCE = "agreement.csv", "evaluation.csv", "prevalence.csv"
SUMMARY = "summary.txt"


def default_folder(study: Study) -> Path:
    """Where labels lie: ``labels`` beside the study, but never in a folder that is shared.

    Sheets hold case text. In a checkout, a study outside ``corpora/private`` (which git ignores)
    has its labels there, under its name.
    """
    private = Path("corpora/private")
    if private.parent.is_dir() and not study.folder.is_relative_to(private.resolve()):
        return private / study.name / "labels"
    return study.folder / "labels"


def read_redacted(study: Study, progress: Progress) -> CaseLog:
    """The study's cases, redacted, without those of which a practitioner wrote the text."""
    log = read_cases(study, progress=progress)
    ids = log.cases["case_id"]
    log = log.only(ids[~ids.isin(find_notes(log, study))]) if study.notes else log
    progress.begin("Redacting")
    return redact(log, study)


def units_of(log: CaseLog, *, whole: bool) -> pd.DataFrame:
    """What can be labelled: texts that have words of the enquirer's own, or their sentences."""
    units = text_units(log) if whole else sentence_units(log)
    return units[units["text"].str.strip() != ""].reset_index(drop=True)


def score_cases(log: CaseLog, heads: ToneHeads, progress: Progress) -> pd.DataFrame:
    """``score_tone`` of every case's own sentences."""
    texts = log.cases.set_index("case_id")["text"].dropna()
    progress.begin("Reading the tone")
    spoken = read_spoken(list(texts))
    vectors = embed(spoken.own, progress=progress)
    progress.begin("Scoring the tone")
    return score_spoken(spoken, list(texts.index), vectors=vectors, heads=heads)


def chances_of(scores: pd.DataFrame, units: pd.DataFrame, *, whole: bool) -> pd.DataFrame:
    """How likely each unit shows each tone, under the index of ``units``.

    A whole text has the greatest chance of its sentences, and 0 without sentences.
    """
    if whole:
        found = chances_by_text(scores).reindex(units["text_id"])
    else:
        wide = scores.pivot(index=list(UNIT), columns="dimension", values="probability")
        found = wide.reindex(list(units[list(UNIT)].itertuples(index=False, name=None)))
    return found.fillna(0.0).set_index(units.index)


def heads_for(study: Study, *, folder: Path | None = None) -> tuple[ToneHeads, str]:
    """The heads of an earlier round in ``folder``, else the study's, else those that ship.

    And what to call them in a sentence.
    """
    earlier = folder / HEADS if folder is not None else None
    for path in (earlier, study.tone.heads):
        if path is not None and path.is_file():
            return read_heads(path), f"the heads of {path}"
    return shipped_heads(), "the heads that ship with the workbench"


def keep_table(path: Path, frame: pd.DataFrame) -> Path:
    """Write a table for its owner alone: counts of single labels are not for others."""
    import csv

    text = frame.to_csv(
        index=False, quoting=csv.QUOTE_ALL, lineterminator="\n", float_format="%.10g"
    )
    return write_text(path, text, private=True)


def say_tones(tones: Sequence[str]) -> str:
    """``concern, urgency and gratitude``."""
    return " and ".join([", ".join(tones[:-1]), tones[-1]]) if len(tones) > 1 else "".join(tones)
