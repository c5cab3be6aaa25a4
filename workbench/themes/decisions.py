"""The decisions file: every edit with who, when and why, as TOML that a person can read.

Nothing in it is case text: it holds numbers of themes, ids of texts, labels, and what the
researcher wrote. Ids may point to cases, so it is written for its owner alone.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable
from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import Any, get_args

from workbench.errors import StudyError, WorkbenchError, suggest
from workbench.files import write_text
from workbench.study import read_toml
from workbench.themes.edits import KINDS, Anchor, Edit, Honoured

_HEAD = (
    "# Decisions about themes, the oldest first. Those that an 'undo' took back stay on record.\n"
    "# [[texts]] at the end lists which texts there were when decisions were made ('among').\n"
)
_ANCHOR = {"theme": int, "level": int, "finest": bool, "label": str, "members": list}
# How the fields of edits are written, so that a misspelt or mistaken one is seen.
_TYPES: dict[str, type] = {
    **dict.fromkeys(("who", "why", "when", "honoured", "reason", "label", "text"), str),
    **dict.fromkeys(("theme", "count", "among"), int),
    **dict.fromkeys(("themes", "groups", "labels", "text_ids", "anchors"), list),
}


def write_decisions(path: Path | str, edits: Iterable[Edit]) -> Path:
    """Write ``edits`` to ``path``, in order; ``read_decisions`` gives them back just so.

    Raises ``WorkbenchError`` for a ``text_id`` that is neither text nor a whole number.
    """
    among: list[tuple[Hashable, ...]] = []
    parts = [_HEAD]
    for edit in edits:
        if edit.among and edit.among not in among:
            among.append(edit.among)
        parts.append(_write_edit(edit, among))
    parts += [f"[[texts]]\nids = {_write(ids)}\n" for ids in among]
    text = "\n".join(parts)
    try:
        return write_text(path, text, private=True)
    except UnicodeEncodeError:
        raise WorkbenchError(
            f"{path} cannot be written: a label, remark or text_id holds half a character. Type "
            "it anew."
        ) from None


def append_decision(path: Path | str, *edits: Edit) -> Path:
    """Add ``edits`` after the decisions in ``path``, which is made where it is not there."""
    known = read_decisions(path) if Path(path).exists() else ()
    return write_decisions(path, (*known, *edits))


def read_decisions(path: Path | str) -> tuple[Edit, ...]:
    """The edits in ``path``, in order, undone ones and every ``Undo`` among them.

    Raises ``WorkbenchError`` that names the file, the decision and the mend.
    """
    file = Path(path)
    if not file.is_file():
        raise WorkbenchError(
            f"{file} does not exist. A decisions file is made by the first decision; until then "
            "leave it out."
        )
    content = read_toml(file)
    _check_keys(content, ("decisions", "texts"), str(file))
    lists = _tables(content, "texts", file)
    if not all(isinstance(entry.get("ids"), list) for entry in lists):
        raise StudyError(f"{file}: every [[texts]] needs 'ids', a list. Restore the file.")
    among = [tuple(entry["ids"]) for entry in lists]
    entries = enumerate(_tables(content, "decisions", file), 1)
    return tuple(_read_edit(entry, among, f"{file}, decision {place}") for place, entry in entries)


def _write_edit(edit: Edit, among: list[tuple[Hashable, ...]]) -> str:
    lines = ["[[decisions]]", f'kind = "{edit.kind}"']
    for own in fields(edit):
        value = getattr(edit, own.name)
        if own.name == "anchors" or (value == own.default and own.name != "when"):
            continue
        if own.name == "among":
            value = among.index(value) + 1
        lines.append(f"{own.name} = {_write(value)}")
    for anchor in edit.anchors:
        lines.append("[[decisions.anchors]]")
        for name, kind in _ANCHOR.items():
            value = getattr(anchor, name)
            lines.append(f"{name} = {str(value).lower() if kind is bool else _write(value)}")
    return "\n".join(lines) + "\n"


def _write(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_write, value))}]"
    if isinstance(value, str):
        # JSON's escapes are TOML's, but for the one control character that JSON lets through.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise WorkbenchError(
        f"A text_id of the kind '{type(value).__name__}' cannot be written to a decisions file. "
        "Use text or whole numbers as the ids of texts."
    )


def _read_edit(entry: dict[str, Any], among: list[tuple[Hashable, ...]], where: str) -> Edit:
    kind = KINDS.get(str(entry.get("kind")))
    if kind is None:
        hint = suggest(str(entry.get("kind")), list(KINDS))
        raise StudyError(f"{where}: 'kind' is missing or not known.{hint}")
    values = {name: value for name, value in entry.items() if name != "kind"}
    _check_keys(values, tuple(own.name for own in fields(kind)), where)
    for own in fields(kind):
        if own.name not in values and own.default is MISSING and own.default_factory is MISSING:
            raise StudyError(f"{where}: '{own.name}' is missing; a {kind.__name__} needs it.")
    _check_types(values, _TYPES, where)
    if values.get("honoured", "yes") not in get_args(Honoured):
        raise StudyError(f"{where}: 'honoured' is one of {', '.join(get_args(Honoured))}.")
    if "when" not in values:
        raise StudyError(f"{where}: 'when' is missing; add the day, such as 2026-11-22.")
    anchors = tuple(_read_anchor(anchor, where) for anchor in values.pop("anchors", []))
    number = values.pop("among", 0)
    if not 0 <= number <= len(among):
        raise StudyError(f"{where}: there is no [[texts]] number {number}. Restore the file.")
    try:
        edit = kind(**values)
    except WorkbenchError as error:
        raise StudyError(f"{where}: {error}") from None
    return replace(edit, anchors=anchors, among=among[number - 1] if number else ())


def _read_anchor(entry: Any, where: str) -> Anchor:
    if not isinstance(entry, dict) or set(entry) != set(_ANCHOR):
        raise StudyError(f"{where}: an anchor has {', '.join(_ANCHOR)}. Restore the file.")
    _check_types(entry, _ANCHOR, where)
    return Anchor(**{**entry, "members": tuple(entry["members"])})


def _check_types(values: dict[str, Any], types: dict[str, type], where: str) -> None:
    names = {
        str: "text in quotes",
        int: "a whole number",
        bool: "true or false",
        list: "a list in [ ]",
    }
    for key, value in values.items():
        if type(value) is not types[key]:
            raise StudyError(f"{where}: '{key}' must be {names[types[key]]}.")


def _check_keys(given: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in given:
        if key not in known:
            raise StudyError(f"{where}: '{key}' is not known there.{suggest(key, list(known))}")


def _tables(content: dict[str, Any], name: str, file: Path) -> list[dict[str, Any]]:
    found = content.get(name, [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise StudyError(f"{file}: write each entry of '{name}' under its own [[{name}]].")
    return found
