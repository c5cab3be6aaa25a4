"""What drawing and reading come to, in lines for the terminal and for a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.labelling.cases import AGREEMENT, HEADS, PREVALENCE, TALK_OVER, say_tones
from workbench.tone.evaluate import EVERYTHING
from workbench.tone.markers import TONES
from workbench.tone.prevalence import MARKED, POWERED
from workbench.tone.retrain import FEWEST_NO, FEWEST_YES

if TYPE_CHECKING:
    import pandas as pd

    from workbench.labelling.draw import Drawn
    from workbench.labelling.read import Reading

_AGREEMENT = {"agreement": "agreement", "kappa": "kappa", "alpha": "alpha", "ac1": "AC1"}
_EVALUATION = {
    "f1": "F1",
    "auroc": "AUROC",
    "average_precision": "average precision",
    "calibration_error": "calibration error",
    "coverage": "coverage",
}


def say_drawn(drawn: Drawn, *, study: str) -> str:
    """What was written, how to fill it in, and the command that reads it back."""
    what = "texts" if drawn.whole else "sentences"
    return "\n".join(
        [
            f"Drew {drawn.units:,} of {drawn.of:,} {what}. A sheet a coder, with a .csv beside it:",
            *(f"  {path}" for path in drawn.sheets),
            f"Each coder works alone, in either form. Under {say_tones(drawn.tones)} write 1 where",
            f"the {what[:-1]} shows it, 0 where it does not, nothing where you cannot say. The",
            "workbook's second sheet, Guide, says what counts. Or label in a notebook:",
            '  label_sample(study, coder="…")   from workbench.explore.label',
            "The sheets hold case text, redacted: keep them as you keep the cases.",
            "When they are filled in:",
            f"  workbench label read {study} {drawn.folder}",
        ]
    )


def say_reading(reading: Reading) -> str:
    """How far coders agree, what there is to talk over, how good the chances are, what is fit."""
    parts = [
        _say_agreement(reading),
        _say_talk_over(reading),
        _say_evaluation(reading),
        _say_verdicts(reading),
        _say_prevalence(reading),
        _say_files(reading),
    ]
    return "\n\n".join(part for part in parts if part)


def _say_agreement(reading: Reading) -> str:
    what = "texts" if reading.whole else "sentences"
    lines = [f"{reading.units:,} {what}, labelled by {say_tones(reading.coders)}."]
    if reading.arbitrated:
        lines.append(f"Where they differed, what '{reading.arbiter}' says holds.")
    lines += [f"{name} is not filled in yet, and was left out." for name in reading.empty]
    if reading.changed:
        lines.append(
            f"Beware: {reading.changed} of them read otherwise now than on the sheets. Have the "
            "study's files, or what it redacts, changed since the draw?"
        )
    both = reading.agreement
    if both.empty or not both["n"].any():
        lines.append("Nobody checked anybody: agreement needs two coders on the same units.")
        return "\n".join(lines)
    rows = [
        [row["dimension"], str(row["n"]), *(_interval(row, name) for name in _AGREEMENT)]
        for _, row in both.iterrows()
    ]
    head = ["How far coders agree", "units", *_AGREEMENT.values()]
    return "\n".join([*lines, "", _table(head, rows)])


def _say_talk_over(reading: Reading) -> str:
    units = reading.talk_over.drop_duplicates(["text_id", "sentence", "dimension"])
    if units.empty:
        return ""
    by_tone = units["dimension"].value_counts()
    counts = ", ".join(f"{tone} {by_tone[tone]}" for tone in TONES if tone in by_tone)
    return (
        f"To talk over: {len(units)} codings on which coders differ ({counts}).\n"
        f"{reading.folder / TALK_OVER} shows both sides. Write what you agree on into the sheet "
        f"label-{reading.arbiter} beside it, and run this command again."
    )


def _say_evaluation(reading: Reading) -> str:
    overall = reading.evaluation[reading.evaluation["field"] == EVERYTHING]
    names = [name for name in _EVALUATION if not (reading.whole and name == "coverage")]
    rows = [
        [
            row["dimension"],
            str(row["n"]),
            str(row["positives"]),
            *(_interval(row, name) for name in names),
        ]
        for _, row in overall.iterrows()
    ]
    head = ["How good the chances are", "labels", "yes", *(_EVALUATION[name] for name in names)]
    return "\n".join([_table(head, rows), _say_chances(reading)])


def _say_chances(reading: Reading) -> str:
    """Whose chances were measured."""
    ranges = "In brackets 95% intervals; by period and phase in the file below."
    if reading.whole:
        return (
            f"Chances of texts by {reading.judged}, scaled to texts where labels suffice.\n{ranges}"
        )
    kept = [tone for tone in reading.verdicts if tone not in reading.learnt]
    said = []
    if reading.learnt:
        said.append(
            f"Learnt anew: {say_tones(reading.learnt)}; measured on texts that were held out."
        )
    if kept:
        said.append(
            f"Not learnt anew, for fewer than {FEWEST_YES} labels of yes or {FEWEST_NO} of no: "
            f"{say_tones(kept)}; measured by {reading.judged}."
        )
    return "\n".join([*said, ranges])


def _say_verdicts(reading: Reading) -> str:
    return "\n".join(f"{tone}: {verdict.why}" for tone, verdict in reading.verdicts.items())


def _say_prevalence(reading: Reading) -> str:
    if reading.prevalence is None:
        return ""
    overall = reading.prevalence[reading.prevalence["field"] == EVERYTHING]
    heads = {
        POWERED: ["How many texts show it", "share", "labelled"],
        MARKED: ["In how many a marker fires (no prevalence)", "share", "texts"],
    }
    tables = []
    for method, head in heads.items():
        column = head[-1] if head[-1] in overall else "base"
        rows = [
            [
                row["label"],
                f"{row['share']:.1%} ({row['low']:.1%}–{row['high']:.1%})",
                str(row[column]),
            ]
            for _, row in overall[overall["method"] == method].iterrows()
        ]
        tables += [_table(head, rows)] if rows else []
    return "\n\n".join(tables)


def _say_files(reading: Reading) -> str:
    lines = ["Written, for you alone:", *(f"  {path}" for path in reading.files)]
    for name, key in ((HEADS, "heads"), (PREVALENCE, "prevalence"), (AGREEMENT, "agreement")):
        if reading.folder / name in reading.files:
            path = (reading.folder.resolve() / name).as_posix()
            lines += [
                "To use it in the report, add to study.toml:",
                f'  [tone]\n  {key} = "{path}"',
            ]
    if not reading.whole:
        lines.append(
            "How many texts show a tone needs labelled texts: workbench label draw --texts"
        )
    return "\n".join(lines)


def _interval(row: pd.Series[Any], name: str) -> str:
    value, low, high = row[name], row[f"{name}_low"], row[f"{name}_high"]
    return "–" if value != value else f"{value:.2f} ({low:.2f}–{high:.2f})"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns of text, each as wide as it needs."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
