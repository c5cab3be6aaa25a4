"""Reading labels back: how far coders agree, what the heads are worth, what may be published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.coding import (
    by_unit,
    case_groups,
    label_table,
    measure_agreement,
    read_sample,
    settle,
)
from workbench.coding.sample import UNIT, WHOLE_TEXT
from workbench.errors import WorkbenchError
from workbench.files import write_text
from workbench.labelling.cases import (
    AGREEMENT,
    ARBITER,
    EVALUATION,
    HEADS,
    PREVALENCE,
    SAMPLE,
    SUMMARY,
    chances_of,
    default_folder,
    heads_for,
    keep_table,
    read_redacted,
    score_cases,
    units_of,
)
from workbench.labelling.say import say_reading
from workbench.labelling.sheets import check_arbiter, collect_codings, count_changed, hand_out
from workbench.progress import SILENT, Progress
from workbench.study import Study
from workbench.tone.evaluate import EVERYTHING, evaluate_tones, fit_to_publish
from workbench.tone.heads import save_heads
from workbench.tone.prevalence import estimate_prevalence, marker_rates
from workbench.tone.retrain import retrain_heads, scale_to_texts
from workbench.tone.score import tone_by_text

if TYPE_CHECKING:
    import pandas as pd

    from workbench.cases.log import CaseLog


@dataclass(frozen=True)
class Verdict:
    """Whether a tone is fit to publish, and why or why not in words."""

    fit: bool
    why: str


@dataclass(frozen=True)
class Reading:
    """What the labels in ``folder`` say.

    ``units`` were drawn, ``whole`` texts or sentences; ``coders`` labelled them, ``empty`` names
    sheets that are not filled in; ``changed`` units read otherwise now than on the sheets;
    ``arbitrated`` says whether the sheet of ``arbiter`` was read. ``agreement`` is of
    ``measure_agreement``, ``evaluation`` of ``evaluate_tones``; ``talk_over`` holds the codings
    that differ. ``judged`` says whose chances were measured, ``learnt`` which tones have a head of
    their own now. ``prevalence`` (texts alone) has the columns of ``estimate_prevalence`` behind
    ``field``.
    """

    folder: Path
    arbiter: str
    arbitrated: bool
    units: int
    whole: bool
    coders: tuple[str, ...]
    empty: tuple[str, ...]
    changed: int
    agreement: pd.DataFrame
    talk_over: pd.DataFrame
    evaluation: pd.DataFrame
    judged: str
    verdicts: Mapping[str, Verdict]
    learnt: tuple[str, ...] = ()
    prevalence: pd.DataFrame | None = None
    files: tuple[Path, ...] = field(default=())


def read_labels(
    study: Study,
    folder: Path | str | None = None,
    *,
    arbiter: str = ARBITER,
    progress: Progress = SILENT,
) -> Reading:
    """Read the sheets in ``folder`` (default: ``default_folder``) and write what they say there.

    Writes ``summary.txt``, ``agreement.csv``, ``evaluation.csv`` and, where coders differ,
    ``talk-over.csv`` with a sheet for ``arbiter``. Labelled sentences give ``heads.npz``; labelled
    texts give ``prevalence.csv``: estimates for tones fit to publish, marker rates for all others.
    A tone with codings still to talk over is not fit: what is hard to judge would be left out.
    All files are for their owner alone. Raises ``WorkbenchError`` for a folder without a draw,
    sheets that cannot be used, and cases that are not those drawn from.
    """
    target = default_folder(study) if folder is None else Path(folder)
    sample = _read_draw(target)
    codings, empty = collect_codings(target, sample)
    check_arbiter(codings, arbiter)
    independent = codings[codings["coder"] != arbiter]
    agreement = measure_agreement(_compared(independent), seed=study.seed)
    labels, talk_over = settle(codings, arbiter=arbiter)
    whole = bool((sample["sentence"] == WHOLE_TEXT).all())
    log = read_redacted(study, progress)
    units = units_of(log, whole=whole)
    drawn = _find_units(sample, units, target)
    changed = count_changed(target, drawn)
    files = [keep_table(target / AGREEMENT, agreement)] if len(agreement) else []
    if len(talk_over):
        files += hand_out(talk_over, drawn, target, arbiter=arbiter)
    table = label_table(labels)
    shown = _Labelled(study, log, table, by_unit(drawn), talk_over, target)
    found = _judge_texts(shown, units, progress) if whole else _judge_heads(shown, progress)
    files += [keep_table(target / EVALUATION, found.evaluation), *found.files]
    reading = Reading(
        folder=target,
        arbiter=arbiter,
        units=len(sample),
        whole=whole,
        coders=tuple(sorted(independent["coder"].unique())),
        arbitrated=len(independent) < len(codings),
        empty=empty,
        changed=changed,
        agreement=agreement,
        talk_over=talk_over,
        evaluation=found.evaluation,
        judged=found.judged,
        verdicts=found.verdicts,
        learnt=found.learnt,
        prevalence=found.prevalence,
        files=(*files, target / SUMMARY),
    )
    write_text(target / SUMMARY, say_reading(reading) + "\n", private=True)
    return reading


@dataclass(frozen=True)
class _Labelled:
    """Settled labels (``table``, by unit), the drawn units, and where they come from."""

    study: Study
    log: CaseLog
    table: pd.DataFrame
    drawn: pd.DataFrame
    talk_over: pd.DataFrame
    folder: Path

    @property
    def units(self) -> pd.DataFrame:
        """The labelled units alone, in the order of ``table``."""
        return self.drawn.loc[self.table.index]

    def groups(self, units: pd.DataFrame) -> pd.DataFrame:
        """Period and phase of ``units``, which are indexed by unit."""
        flat = units.reset_index()
        return case_groups(self.log, flat).set_index(units.index)


@dataclass(frozen=True)
class _Found:
    evaluation: pd.DataFrame
    judged: str
    verdicts: Mapping[str, Verdict]
    learnt: tuple[str, ...] = ()
    prevalence: pd.DataFrame | None = None
    files: tuple[Path, ...] = ()


def _judge_heads(shown: _Labelled, progress: Progress) -> _Found:
    """Learn heads from labelled sentences, and judge them on chances held out."""
    import pandas as pd

    units, table = shown.units, shown.table
    base, called = heads_for(shown.study)
    texts = units.index.get_level_values("text_id")
    heads, chances = retrain_heads(
        list(units["text"]), table, texts=list(texts), base=base, progress=progress
    )
    learnt = tuple(tone for tone in table.columns if heads.heads[tone] is not base.heads[tone])
    progress.begin("Measuring")
    bands = {tone: heads.heads[tone].band for tone in table.columns}
    evaluation = evaluate_tones(
        table,
        chances,
        groups=shown.groups(units),
        clusters=pd.Series(texts, index=table.index),
        inclusion=units["inclusion"],
        abstained=chances.apply(lambda own: bands[own.name].decide(own.to_numpy()) == "abstain"),
        cuts={tone: heads.heads[tone].cut for tone in table.columns},
        seed=shown.study.seed,
    )
    path = shown.folder / HEADS
    # Heads of an earlier reading must not stay behind labels that have changed.
    saved = (save_heads(heads, path),) if learnt or path.exists() else ()
    return _Found(evaluation, called, _judge(evaluation, shown.talk_over), learnt, files=saved)


def _judge_texts(shown: _Labelled, units: pd.DataFrame, progress: Progress) -> _Found:
    """Judge the chances of labelled texts, and estimate how many texts show what is fit."""
    table = shown.table
    heads, called = heads_for(shown.study, folder=shown.folder)
    scores = score_cases(shown.log, heads, progress)
    progress.begin("Measuring")
    population = units.set_index("text_id")
    greatest = chances_of(scores, units, whole=True).set_index(population.index)
    groups = shown.groups(population)
    evaluation = evaluate_tones(
        table,
        scale_to_texts(greatest, table),
        groups=groups,
        inclusion=shown.units["inclusion"],
        seed=shown.study.seed,
    )
    verdicts = _judge(evaluation, shown.talk_over)
    fit = [tone for tone in table.columns if verdicts[tone].fit]
    fired = tone_by_text(scores).set_index("text_id").reindex(population.index, fill_value=False)
    prevalence = _count_texts(
        greatest[fit],
        table[fit],
        fired[[tone for tone in fired.columns if tone not in fit]],
        groups=groups,
        inclusion=shown.units["inclusion"],
    )
    kept = keep_table(shown.folder / PREVALENCE, prevalence)
    return _Found(evaluation, called, verdicts, prevalence=prevalence, files=(kept,))


def _count_texts(
    chances: pd.DataFrame,
    labels: pd.DataFrame,
    fired: pd.DataFrame,
    *,
    groups: pd.DataFrame,
    inclusion: pd.Series,
) -> pd.DataFrame:
    """Shares of texts by tone, overall and in each group: estimates, and marker rates behind."""
    import pandas as pd

    parts = []
    for name in [None, *groups.columns]:
        own = None if name is None else groups[name]
        rows = [marker_rates(fired, groups=own)]
        if len(labels.columns):
            rows.insert(0, estimate_prevalence(chances, labels, inclusion=inclusion, groups=own))
        parts += [frame.assign(field=name or EVERYTHING) for frame in rows if len(frame)]
    together = pd.concat(parts, ignore_index=True)
    return together[["field", *(column for column in together if column != "field")]]


def _judge(evaluation: pd.DataFrame, talk_over: pd.DataFrame) -> dict[str, Verdict]:
    """A verdict on each tone, from the rows of all units; a tone with open codings is not fit."""
    waiting = talk_over.drop_duplicates([*UNIT, "dimension"])["dimension"].value_counts()
    verdicts = {}
    for _, row in evaluation[evaluation["field"] == EVERYTHING].iterrows():
        tone = str(row["dimension"])
        still = int(waiting.get(tone, 0))
        if still:
            why = (
                f"Not judged yet: coders differ on {still} of its units. Settle them first; what "
                "is left out is what is hard to judge. Only marker rates are printed."
            )
            verdicts[tone] = Verdict(False, why)
        else:
            verdicts[tone] = Verdict(*fit_to_publish(row))
    return verdicts


def _compared(codings: pd.DataFrame) -> pd.DataFrame:
    """The codings of tones on which two coders judged the same unit: agreement needs that."""
    judged = codings.dropna(subset=["value"])
    coders = judged.groupby(["dimension", *UNIT], sort=False)["coder"].nunique()
    shared = set(coders[coders >= 2].index.get_level_values("dimension"))
    return codings[codings["dimension"].isin(shared)]


def _read_draw(folder: Path) -> pd.DataFrame:
    if not (folder / SAMPLE).is_file():
        raise WorkbenchError(
            f"{folder} holds no draw ({SAMPLE} is missing). Give the folder that 'workbench label "
            "draw' wrote, or draw first."
        )
    return read_sample(folder / SAMPLE)


def _find_units(sample: pd.DataFrame, units: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """The drawn units with their text, as the study has them now."""
    found = sample.merge(units, on=list(UNIT), how="left")
    lost = int(found["text"].isna().sum())
    if lost:
        raise WorkbenchError(
            f"{lost} of {len(sample)} units in {folder / SAMPLE} are not in the study (any more). "
            "Give the study that was drawn from, with its files as they were."
        )
    return found
