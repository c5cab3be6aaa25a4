"""A study's cases without names, to read or to pass on, and the list of what was hidden where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.cases.read import read_cases
from workbench.errors import ExportError
from workbench.files import write_csv
from workbench.privacy.escape import escape_cells
from workbench.privacy.redact import count_redactions, redact_with_audit, write_pseudonym_map
from workbench.progress import SILENT, Progress
from workbench.study import Study

if TYPE_CHECKING:
    import pandas as pd

_CELL_OF_SEVERAL = "; "


@dataclass(frozen=True)
class RedactedCases:
    """What ``write_redacted`` wrote: its files, cases, and what was hidden by kind and way."""

    files: tuple[Path, ...]
    cases: int
    hidden: pd.DataFrame


def write_redacted(
    study: Study, folder: Path | str, *, map_to: Path | None = None, progress: Progress = SILENT
) -> RedactedCases:
    """Write cases.csv, messages.csv and hidden.csv into ``folder``, each for the owner alone.

    cases.csv has one row a case with a column for each field of the study; hidden.csv one row a
    span that was hidden (case, place, kind, how it was found, pseudonym), never what stood there.
    ``map_to`` is a further file that tells what each pseudonym stands for; the study must ask for
    pseudonyms that hold in all of it. Redaction misses some names: somebody must read the texts
    before they go to anyone. Raises ``WorkbenchError`` for input that cannot be used, and
    ``ExportError`` where the map would lie beside the redacted texts.
    """
    target = Path(folder).resolve()
    if map_to is not None and map_to.resolve().is_relative_to(target):
        raise ExportError(
            f"{map_to} lies in the folder of the redacted texts, whose names it would give away. "
            "Choose another place, such as the study's own folder."
        )
    log = read_cases(study, progress=progress)
    progress.begin("Redacting")
    safe, audit = redact_with_audit(log, study)
    files = [
        write_csv(target / "cases.csv", escape_cells(_wide(safe)), private=True),
        write_csv(target / "hidden.csv", escape_cells(audit), private=True),
    ]
    if len(safe.messages):
        files.append(write_csv(target / "messages.csv", escape_cells(safe.messages), private=True))
    if map_to is not None:
        files.append(write_pseudonym_map(log, study, map_to))
    return RedactedCases(tuple(files), len(safe), count_redactions(audit))


def _wide(log: CaseLog) -> pd.DataFrame:
    """The cases with one column a field; labels of a case that has several are joined."""
    joined = (
        log.labels.groupby(["case_id", "field"], sort=False)["label"]
        .agg(_CELL_OF_SEVERAL.join)
        .unstack("field")
        .reindex(columns=list(log.fields))
    )
    return log.cases.join(joined, on="case_id")
