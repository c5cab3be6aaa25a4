"""The ledger of a report: every claim with its source, and the hash of every file behind it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError
from workbench.files import write_json
from workbench.report.claims import Claim
from workbench.report.faults import Fault
from workbench.report.inputs import input_files
from workbench.report.packing import digest
from workbench.report.prose import read_prose_files
from workbench.study import Study

if TYPE_CHECKING:
    from workbench.charts.drawing import Drawing

LEDGER = "ledger.json"
_VERSION = 1
_NUMBERS = ("n", "base", "low", "high")


@dataclass(frozen=True)
class Ledger:
    """What a run claimed. ``files`` gives the SHA-256 of each file of the study by its name.

    ``files["all"]`` stands for everything that the analysis reads: description and sources.
    """

    study: str
    files: Mapping[str, str]
    claims: tuple[Claim, ...]


def hash_inputs(study: Study) -> dict[str, str]:
    """A hash of each file that a report rests on, by name; "all" for those the analysis reads."""
    named = input_files(study)
    hashes = {name: _hash(path) for name, path in sorted(named.items())}
    described = study.model_dump_json(exclude={"folder", "tone", "prose"}).encode()
    whole = digest(files=[path for _, path in sorted(named.items())], content=[described])
    prose = {
        file.name: hashlib.sha256(file.text.encode()).hexdigest()
        for file in read_prose_files(study)
    }
    return {"all": whole, "study": hashlib.sha256(described).hexdigest(), **hashes, **prose}


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_ledger(path: Path, ledger: Ledger) -> Path:
    """Write the ledger as JSON; the same claims give the same bytes."""
    content = {
        "version": _VERSION,
        "study": ledger.study,
        "files": dict(ledger.files),
        "claims": [_to_json(claim) for claim in ledger.claims],
    }
    return write_json(path, content)


def _to_json(claim: Claim) -> dict[str, Any]:
    """A claim without what it does not have."""
    numbers = {
        name: _plain(value) for name in _NUMBERS if (value := getattr(claim, name)) is not None
    }
    return {
        "section": claim.section,
        "place": claim.place,
        "kind": claim.kind,
        "what": claim.what,
        "frame": claim.frame,
        "where": dict(claim.where),
        "printed": claim.printed,
        **numbers,
        "inputs": claim.inputs,
        "name": claim.name,
    }


def _plain(value: float) -> float:
    """A count as a whole number, any other with six decimals."""
    return int(value) if value == int(value) else round(value, 6)


def read_ledger(path: Path | str) -> Ledger:
    """The ledger in ``path``, a file or the folder of a report.

    Raises ``WorkbenchError`` where it is not there or no ledger.
    """
    file = Path(path)
    file = file / LEDGER if file.is_dir() else file
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        claims = tuple(_from_json(one) for one in content["claims"])
        return Ledger(str(content["study"]), dict(content["files"]), claims)
    except FileNotFoundError:
        raise WorkbenchError(
            f"{file} is not there. Give the folder of a report, or its {LEDGER}."
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise WorkbenchError(
            f"{file} is no ledger of a report, or torn. Build the report again."
        ) from None


def _from_json(value: Mapping[str, Any]) -> Claim:
    words = {name: str(value[name]) for name in ("kind", "what", "frame", "printed")}
    more = {name: str(value.get(name, "")) for name in ("section", "place", "inputs", "name")}
    numbers = {name: float(value[name]) if name in value else None for name in _NUMBERS}
    where = tuple((str(name), str(held)) for name, held in value["where"].items())
    return Claim(**words, **more, **numbers, where=where)  # type: ignore[arg-type]


def find_stale(ledger: Ledger, study: Study) -> list[Fault]:
    """A fault for every file that is not what it was when the report was made."""
    now = hash_inputs(study)
    found = []
    for name in sorted({*ledger.files, *now} - {"all"}):
        before, after = ledger.files.get(name), now.get(name)
        if before == after:
            continue
        what = "is gone" if after is None else "is new" if before is None else "has changed"
        told = "the study's description" if name == "study" else name
        message = f"{told} {what} since the report was made. Build it again."
        found.append(Fault("stale", name, 0, 0, message))
    return found


def check_strict(
    faults: Iterable[Fault],
    *,
    study: Study,
    ledger: Ledger | None = None,
    drawings: Iterable[Drawing] = (),
    refused: Mapping[str, str] | None = None,
) -> list[Fault]:
    """All that forbids to publish: ``faults`` of the prose, stale input, alt texts, refusals.

    ``ledger`` is that of the document; without one, whether it is stale is not asked. Give the
    list to ``stop_at(..., strict=True)``.
    """
    stale = find_stale(ledger, study) if ledger is not None else []
    bare = [
        Fault("alt text", drawing.name, 0, 0, "this figure does not say what it shows (alt text).")
        for drawing in drawings
        if not drawing.alt.strip()
    ]
    tables = [
        Fault("disclosure", name, 0, 0, f"this table was refused by disclosure control: {why}.")
        for name, why in (refused or {}).items()
    ]
    return [*faults, *stale, *bare, *tables]
