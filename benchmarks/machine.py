"""What ran a benchmark: cores, processor features of note, versions. Nothing names the machine."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

PACKAGES = (
    "numpy",
    "pandas",
    "scikit-learn",
    "torch",
    "sentence-transformers",
    "bertopic",
    "umap-learn",
    "hdbscan",
    "graspologic-native",
)
FEATURES = ("avx2", "avx512_bf16", "amx_bf16")


@dataclass(frozen=True)
class Table:
    """A result: its name, its rows so far, what they were measured with, whether to keep it."""

    name: str
    frame: pd.DataFrame
    settings: dict[str, Any] = field(default_factory=dict)
    kept: bool = True


def describe_machine() -> dict[str, str]:
    """Python, system, cores, processor features of note, versions of packages."""
    import torch

    capable = torch.cpu.get_capabilities()
    return {
        "Python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": str(
            len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        ),
        "processor features": ", ".join(name for name in FEATURES if capable.get(name)) or "none",
        **{name: _version(name) for name in PACKAGES},
    }


def data_folder() -> Path:
    """Where public data sets lie: ``WORKBENCH_DATA``, else ``../shared/data`` of the project."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    return Path(os.environ.get("WORKBENCH_DATA", beside))


def need(path: str) -> Path:
    """A data file, or ``FileNotFoundError`` that says which one is absent."""
    file = data_folder() / path
    if not file.is_file():
        raise FileNotFoundError(f"{path} is not in the data folder; set WORKBENCH_DATA")
    return file


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
