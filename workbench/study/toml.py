"""TOML files read, and what is wrong with them said by key, never by value."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from workbench.errors import StudyError, suggest

_VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*))?\}")


def locate(path: str, *, folder: Path) -> Path:
    """``path`` from ``folder``; ``${NAME:-default}`` is taken from the environment first."""
    filled = _VARIABLE.sub(lambda m: os.environ.get(m[1], m[2] or ""), path)
    return (folder / filled).resolve()


def read_toml(file: Path) -> dict[str, Any]:
    """Read a TOML file, or raise ``StudyError`` saying what is wrong with it and where."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StudyError(
            f"{file} does not exist. Give the path of a study.toml, or make one with "
            "'workbench inspect YOUR_FILE'."
        ) from None
    except UnicodeDecodeError:
        raise StudyError(f"{file} is not UTF-8 text. Save it again as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        detail = str(error)
        raise StudyError(f"{file} is not valid TOML: {detail}. Mend that line.") from None
    except OSError as error:
        raise StudyError(f"{file} cannot be read ({error.strerror}).") from None


def explain_faults(error: ValidationError, file: Path, model: type[BaseModel]) -> str:
    """One paragraph for all that is wrong; keys are named, values are not."""
    lines = []
    faults = error.errors(include_input=False, include_url=False)
    for fault in faults:
        place = fault["loc"]
        if any(other["loc"][: len(place)] == place != other["loc"] for other in faults):
            continue  # what is wrong inside it is said by the inner fault
        key = _key(fault["loc"])
        if fault["type"] == "extra_forbidden":
            known = _known_keys(model, fault["loc"][:-1])
            lines.append(f"'{key}' is not a key that is known there.{suggest(_last(key), known)}")
        elif fault["type"] == "missing":
            lines.append(f"'{key}' is missing; add it.")
        else:
            message = fault["msg"].removeprefix("Value error, ")
            lines.append(f"'{key}': {message}." if key else f"{message}.")
    return f"{file}: " + " ".join(lines)


def _key(location: tuple[int | str, ...]) -> str:
    """``("periods", 0, "start")`` as a researcher would find it: ``periods (no. 1).start``."""
    key = ""
    for part in location:
        if isinstance(part, int):
            key += f" (no. {part + 1})"
        elif not _is_branch(part):
            key += f".{part}" if key else part
    return key


def _is_branch(part: int | str) -> bool:
    return isinstance(part, str) and ("[" in part or part in {"Scheme", "str"})


def _last(key: str) -> str:
    return key.rsplit(".", maxsplit=1)[-1]


def _known_keys(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """The keys known at ``location`` of ``model``, found by walking down its annotations."""
    current: Any = model
    for part in location:
        if not (isinstance(current, type) and issubclass(current, BaseModel)):
            break
        if isinstance(part, str) and part in current.model_fields:
            current = _inner_model(current.model_fields[part].annotation)
    if isinstance(current, type) and issubclass(current, BaseModel):
        return [name for name in current.model_fields if name != "folder"]
    return []


def _inner_model(annotation: Any) -> Any:
    """The model inside ``dict[str, Model]``, ``tuple[Model, ...]`` or ``Model | None``."""
    from typing import get_args

    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        found = _inner_model(argument)
        if found is not None:
            return found
    return None
