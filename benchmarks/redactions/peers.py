"""Presidio and spaCy by themselves, in an environment of their own (``benchmarks/peers``)."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.clusterings.isolation import OFFLINE, ROOT, THREADS, Environments, python_of
from benchmarks.peers.presidio import ALONE, DEFAULT, FOR_UK, NAMES
from benchmarks.redactions.documents import Document, name_words
from benchmarks.redactions.ours import Span
from benchmarks.redactions.people import SCHOOL_WORDS
from workbench.files import write_json

PEER = "presidio"
NO_DATES = f"{FOR_UK}, dates left"
WITH_NAMES = f"{FOR_UK}, names from fields"
ASKED = (ALONE, DEFAULT, FOR_UK, NAMES)
SYSTEMS = (WITH_NAMES, FOR_UK, NO_DATES, DEFAULT, ALONE)
MINUTES = 10
HONORIFICS = frozenset(("mr", "mrs", "miss", "ms", "dr"))


@dataclass(frozen=True)
class Answers:
    """Spans by system and text, seconds by system, versions; or why there are none."""

    spans: dict[str, list[list[Span]]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    problem: str = ""


def ask(
    texts: Sequence[str], names: Sequence[list[str]], systems: Sequence[str] = ASKED
) -> Answers:
    """What the peers hide in each text. Their environment is made first where it is missing.

    From what Presidio finds for the UK follow two more systems: the same less dates, and with the
    names of the fields.
    """
    environments = Environments()
    environments.prepare([PEER])
    if environments.problems:
        return Answers(problem=environments.problems[PEER])
    with TemporaryDirectory() as folder:
        job, out = Path(folder) / "job.json", Path(folder) / "out.json"
        write_json(job, {"texts": list(texts), "names": list(names), "systems": list(systems)})
        command = [python_of(PEER), "-m", "benchmarks.peers.presidio", job, out]
        surroundings = {**os.environ, **OFFLINE, **dict.fromkeys(THREADS, "1")}
        try:
            subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, check=True,
                           timeout=MINUTES * 60)  # fmt: skip
        except subprocess.SubprocessError as error:
            return Answers(problem=f"did not run ({type(error).__name__})")
        answer = json.loads(out.read_text(encoding="utf-8"))
    versions = answer.pop("versions")
    spans = {name: [_spans(found) for found in told["spans"]] for name, told in answer.items()}
    seconds = {name: told["seconds"] for name, told in answer.items() if name != NAMES}
    return Answers(combine(spans), seconds, versions)


def combine(spans: dict[str, list[list[Span]]]) -> dict[str, list[list[Span]]]:
    """The systems that were asked, and two made of them: no dates, and with names of fields."""
    uk, names = spans[FOR_UK], spans.get(NAMES)
    more = {NO_DATES: [[span for span in found if span[2] != "DATE_TIME"] for found in uk]}
    if names is not None:
        more[WITH_NAMES] = [a + b for a, b in zip(uk, names, strict=True)]
    return {name: found for name, found in spans.items() if name != NAMES} | more


def deny_list(document: Document) -> list[str]:
    """Names of the fields as a list for Presidio: whole, and by their telling words."""
    names = []
    for kind, name in document.fields:
        whole = " ".join(w for w in name.split() if w.lower().strip(".") not in HONORIFICS)
        names.append(whole)
        if kind == "PERSON":
            parts = whole.replace(",", " ").split()
            names += [part for part in parts if len(part) > 2]
            names.append(" ".join(parts[1:] + parts[:1]) if "," in whole else whole)
        elif kind == "SCHOOL":
            words = whole.split()
            while words and set(name_words(words[-1])) <= SCHOOL_WORDS:
                words.pop()
            names.append(" ".join(words))
    return sorted({name for name in names if name})


def _spans(found: list[list[int | str]]) -> list[Span]:
    return [(int(start), int(end), str(kind)) for start, end, kind in found]
