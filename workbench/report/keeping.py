"""What reading a study's files gave, kept between runs: the redacted log, returns, lens findings.

Nothing with a name in it is kept. An entry is known by the study, the bytes of its files, and the
code that read them: where any of these changed, or the entry is torn, all is read again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.cache import load_arrays, save_arrays
from workbench.cases.log import CaseLog, FieldInfo
from workbench.cases.read import read_cases
from workbench.lenses.lens import load_lens, read_through
from workbench.lenses.returns import find_returns
from workbench.privacy.redact import count_redactions, redact_with_audit
from workbench.progress import SILENT, Progress
from workbench.report.packing import code_of, digest, pack_bytes, pack_frames, unpack_frame
from workbench.study import Study

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_LOG = ("cases", "labels", "messages", "takedowns", "problems", "sources")
_RETURNS, _HIDDEN, _LENS, _FIELDS = "returns", "hidden", "lens/", "fields"
# Folders and files of the package on which what is kept depends.
_READERS = (
    "cases",
    "privacy",
    "text",
    "tone",
    "lenses",
    "dates.py",
    "study",
    "report/keeping.py",
    "report/packing.py",
)


@dataclass(frozen=True)
class SafeRecords:
    """A redacted log, and what was read before and after its redaction.

    ``returns`` are of ``find_returns``, ``hidden`` of ``count_redactions``; ``found`` has the frame
    of ``read_through`` for each lens of the study.
    """

    log: CaseLog
    returns: pd.DataFrame
    found: Mapping[str, pd.DataFrame]
    hidden: pd.DataFrame


def read_safely(study: Study, *, progress: Progress = SILENT) -> SafeRecords:
    """Read, link, redact and look through the lenses, or take it from the cache.

    Raises ``WorkbenchError`` for input that cannot be used.
    """
    key = f"records/{_digest(study)}"
    kept = load_arrays(key)
    if kept is not None:
        return _unpack(kept)
    records = _read(study, progress)
    save_arrays(key, _pack(records))
    # Also on a first run, so that it cannot differ from a second.
    return _unpack(_pack(records))


def _read(study: Study, progress: Progress) -> SafeRecords:
    log = read_cases(study, progress=progress)
    progress.begin("Looking for returning matters")
    contacts = (contact.details for contact in study.contacts)
    returns = find_returns(log, keep=[*study.redaction.keep, *contacts])
    progress.begin("Redacting")
    safe, audit = redact_with_audit(log, study)
    progress.begin("Looking through lenses")
    texts = safe.cases.set_index("case_id")["text"]
    found = {name: read_through(texts, load_lens(name)) for name in study.lenses}
    return SafeRecords(safe, returns, found, count_redactions(audit))


def _digest(study: Study) -> str:
    """What all that is kept depends on, as one name."""
    files = [*_files_of(study), *code_of(_READERS)]
    return digest(files=files, content=[study.model_dump_json().encode()])


def _files_of(study: Study) -> Iterable[Path]:
    """The study's sources as far as they are there; a missing one is told of when it is read."""
    for located in (study.locate(source.path) for source in study.sources):
        inside = sorted(located.rglob("*")) if located.is_dir() else [located]
        yield from (path for path in inside if path.is_file())


def _pack(records: SafeRecords) -> dict[str, np.ndarray]:
    """Everything as bytes: frames in Arrow's format, the fields as JSON."""
    frames = {name: getattr(records.log, name) for name in _LOG}
    frames |= {_RETURNS: records.returns, _HIDDEN: records.hidden}
    frames |= {f"{_LENS}{name}": frame for name, frame in records.found.items()}
    fields = {name: asdict(info) for name, info in records.log.fields.items()}
    return {**pack_frames(frames), _FIELDS: pack_bytes(json.dumps(fields).encode())}


def _unpack(kept: Mapping[str, np.ndarray]) -> SafeRecords:
    described = json.loads(kept[_FIELDS].tobytes())
    fields = {name: _field(info) for name, info in described.items()}
    frames = {name: unpack_frame(array) for name, array in kept.items() if name != _FIELDS}
    parts: dict[str, Any] = {name: frames[name] for name in _LOG}
    log = CaseLog(**parts, fields=fields, redacted=True)
    lenses = [name for name in frames if name.startswith(_LENS)]
    found = {name.removeprefix(_LENS): frames[name] for name in lenses}
    return SafeRecords(log, frames[_RETURNS], found, frames[_HIDDEN])


def _field(info: dict[str, Any]) -> FieldInfo:
    orders = {period: tuple(labels) for period, labels in info["orders"].items()}
    return FieldInfo(**{**info, "orders": orders})
