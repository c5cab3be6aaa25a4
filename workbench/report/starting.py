"""A starting set for a new study: a study.toml to fill in, and prose that works for any study."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from workbench.errors import WorkbenchError
from workbench.files import write_text

_SETS = "new_study"


def write_new_study(folder: Path | str, *, title: str = "") -> list[Path]:
    """Write study.toml and a folder of prose into ``folder``; the paths that were written.

    ``title`` is that of the report (default: the folder's name). Nothing is overwritten: raises
    ``WorkbenchError`` that names what is there already, and then writes nothing.
    """
    target = Path(folder)
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", target.resolve().name).strip("-_") or "study"
    asset = files("workbench.report").joinpath(_SETS)
    texts = {
        Path("study.toml"): asset.joinpath("study.toml").read_text("utf-8"),
        **{
            Path("prose") / part.name: part.read_text("utf-8")
            for part in sorted(asset.iterdir(), key=lambda one: one.name)
            if part.name.endswith(".md")
        },
    }
    there = [path.as_posix() for path in texts if (target / path).exists()]
    if there:
        raise WorkbenchError(
            f"{target} holds {', '.join(there)} already, and nothing is overwritten. Give a new "
            "folder, or move these away."
        )
    filled = {"{NAME}": name, "{TITLE}": (title or name).replace("\\", "").replace('"', "'")}
    return [write_text(target / path, _fill(text, filled)) for path, text in texts.items()]


def _fill(text: str, words: dict[str, str]) -> str:
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text
