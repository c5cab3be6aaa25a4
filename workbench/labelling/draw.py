"""Drawing what to label, and writing the sheets that coders fill in."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.coding import case_groups, draw_sample, write_sample, write_sheets
from workbench.errors import ExportError, WorkbenchError, suggest
from workbench.labelling.cases import (
    ARBITER,
    SAMPLE,
    chances_of,
    default_folder,
    heads_for,
    read_redacted,
    score_cases,
    units_of,
)
from workbench.progress import SILENT, Progress
from workbench.study import Study
from workbench.tone.markers import TONES

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Drawn:
    """What was drawn and written: ``units`` of ``of`` texts or sentences, one sheet a coder.

    ``sheets`` are the workbooks; a CSV of the same name lies beside each.
    """

    folder: Path
    sheets: tuple[Path, ...]
    units: int
    of: int
    whole: bool
    tones: tuple[str, ...]


def draw_labels(
    study: Study,
    *,
    tones: Sequence[str] = TONES,
    sentences: int | None = None,
    texts: int | None = None,
    coders: Sequence[str],
    folder: Path | str | None = None,
    progress: Progress = SILENT,
) -> Drawn:
    """Draw ``sentences`` or ``texts`` of a study for ``coders`` to label on ``tones``.

    The draw is stratified by period, phase and what the heads expect, and comes from the study's
    seed. Sheets and ``sample.csv`` go into ``folder`` (default: ``default_folder``), for their
    owner alone. Raises ``WorkbenchError`` for what cannot be drawn, and where the folder holds a
    draw already.
    """
    _check(tones, sentences, texts, coders)
    whole = texts is not None
    target = default_folder(study) if folder is None else Path(folder)
    if (target / SAMPLE).exists():
        raise ExportError(
            f"{target} holds a draw already ({SAMPLE}), and its sheets may be filled in. Choose "
            "another folder with --out, or move that one away."
        )
    log = read_redacted(study, progress)
    units = units_of(log, whole=whole)
    heads, _ = heads_for(study)
    chances = chances_of(score_cases(log, heads, progress), units, whole=whole)
    sample = draw_sample(
        units,
        size=texts or sentences or 0,
        chances=chances[list(tones)],
        groups=case_groups(log, units),
        seed=study.seed,
    )
    written = write_sheets(sample, target, coders=coders, dimensions=tones, guide=guide(tones))
    write_sample(sample, target / SAMPLE)
    sheets = tuple(path for path in written if path.suffix == ".xlsx")
    return Drawn(target, sheets, len(sample), len(units), whole, tuple(tones))


def guide(tones: Sequence[str] = TONES) -> pd.DataFrame:
    """What each tone means, for those who label: definition and examples."""
    import pandas as pd

    content = files("workbench.tone").joinpath("dimensions.toml").read_text("utf-8")
    known = {entry["id"]: entry for entry in tomllib.loads(content)["dimensions"]}
    rows = [
        (
            tone,
            known[tone]["definition"],
            "\n".join(f"• {line}" for line in known[tone]["include"]),
            "\n".join(f"• {line}" for line in known[tone]["exclude"]),
        )
        for tone in tones
    ]
    return pd.DataFrame(
        rows, columns=pd.Index(["tone", "definition", "write 1 for", "write 0 for"])
    )


def _check(
    tones: Sequence[str], sentences: int | None, texts: int | None, coders: Sequence[str]
) -> None:
    if not tones or len(set(tones)) < len(tones):
        raise WorkbenchError("Name at least one tone to label, and each tone once.")
    for tone in tones:
        if tone not in TONES:
            raise WorkbenchError(f"There is no tone '{tone}'.{suggest(tone, list(TONES))}")
    if (sentences is None) == (texts is None):
        raise WorkbenchError(
            "Say what to draw: --sentences 200 (they teach and test the heads) or --texts 300 "
            "(they say how many texts show a tone)."
        )
    if (texts or sentences or 0) < 1:
        raise WorkbenchError("Draw at least one sentence or text.")
    if ARBITER in [coder.casefold() for coder in coders]:
        raise WorkbenchError(
            f"No coder can be called '{ARBITER}': under that name the outcome is written where "
            "coders differ. Choose another name."
        )
