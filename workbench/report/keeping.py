"""What reading a study's files gave, kept between runs: the redacted log, returns, lens findings.

Nothing with a name in it is kept. An entry is known by the study, the bytes of its files, and the
code that read them: where any of these changed, or the entry is torn, all is read again.

``keep`` does the same for what later steps find in the redacted texts.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.cache import load_arrays, save_arrays
from workbench.cases.log import CaseLog, FieldInfo
from workbench.cases.read import read_cases
from workbench.lenses.lens import load_lens, read_through
from workbench.lenses.returns import find_returns
from workbench.privacy.keyed import read_key
from workbench.privacy.redact import count_redactions, redact_with_audit
from workbench.progress import SILENT, Progress
from workbench.report.packing import code_of, digest, pack_bytes, pack_frames, unpack_frame
from workbench.study import Study

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_LOG = ("cases", "labels", "messages", "takedowns", "problems", "sources")
_RETURNS, _HIDDEN, _LENS, _FIELDS = "returns", "hidden", "lens/", "fields"
NOT_READ = frozenset(
    {
        *("title", "comparisons", "standardise", "alike", "crosswalks", "codebooks", "codings"),
        *("published", "disclosure", "release", "themes", "tone", "method", "prose"),
        *("lens", "notes"),
    }
)
"""Parts of a study that play no part in reading, redacting and linking its cases."""

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
# Packages whose numbers, or whose ways with text, what is found may depend on.
_PACKAGES = (
    "numpy",
    "pandas",
    "pyarrow",
    "regex",
    "ruptures",
    "scipy",
    "spacy",
    "statsmodels",
    "vaderSentiment",
)

Arrays = Mapping[str, "np.ndarray"]


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


def keep(
    room: str, make: Callable[[], Arrays], *, code: Iterable[str], content: Iterable[bytes]
) -> Arrays:
    """What ``make`` gives, or what it gave in an earlier run of the same code and ``content``.

    ``room`` names what it is, ``code`` the folders and files of the package that make it (see
    ``code_of``) and ``content`` all else that it depends on, settings too.
    """
    places = [*code, "report/keeping.py", "report/packing.py"]
    key = f"{room}/{digest(files=code_of(places), content=[_versions(), *content])}"
    kept: Arrays | None = load_arrays(key)
    if kept is None:
        kept = make()
        save_arrays(key, kept)
    return kept


@cache
def _versions() -> bytes:
    return "\n".join((sys.version, *(version(name) for name in _PACKAGES))).encode()


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


def texts_of(log: CaseLog) -> pd.Series:
    """The enquiries by case: a Series of texts, indexed by ``case_id``."""
    return log.cases.set_index("case_id")["text"]


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
    # Names are turned into pseudonyms by it; it is made here where there is none.
    secret = read_key(study) if study.redaction.pseudonyms == "study" else b""
    described = study.model_dump_json(exclude=set(NOT_READ)).encode()
    return digest(files=files, content=[described, secret])


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
    offered = {period: tuple(labels) for period, labels in info["offered"].items()}
    return FieldInfo(**{**info, "orders": orders, "offered": offered})
