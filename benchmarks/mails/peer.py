"""mail-parser-reply in an environment of its own (``benchmarks/peers``)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.clusterings.isolation import ROOT, Environments, python_of
from workbench.files import write_json

PEER = "mail_reply"
LANGUAGES = ["en", "de", "fr"]
MINUTES = 3


def ask(texts: Sequence[str]) -> dict[str, Any]:
    """Its answer for all texts; only ``problem`` where it cannot be had."""
    environments = Environments()
    environments.prepare([PEER])
    if environments.problems:
        return {"problem": environments.problems[PEER]}
    with TemporaryDirectory() as folder:
        job, out = Path(folder) / "job.json", Path(folder) / "out.json"
        write_json(job, {"texts": list(texts), "languages": LANGUAGES})
        command = [python_of(PEER), "-m", "benchmarks.peers.mail_reply", job, out]
        try:
            subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=MINUTES * 60)
        except subprocess.SubprocessError as error:
            return {"problem": f"did not run ({type(error).__name__})"}
        answer: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return answer
