"""JSON lines: one object a line, its numbers kept digit for digit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workbench.cases.cells import Cell, to_cell
from workbench.cases.encodings import decode, load_bytes
from workbench.cases.found import BadRow, Found, Table
from workbench.cases.grid import to_records
from workbench.errors import SourceError
from workbench.study import Source

_MEND = "write one object a line, each name once"


class _RefusedError(ValueError):
    """Valid for Python's reader, but no JSON, or ambiguous."""


def read_json_lines(path: Path, source: Source, columns: Sequence[str]) -> Table:
    """A file of JSON objects; a line that is none is set aside."""
    text, encoding = decode(load_bytes(path), path=path, encoding=source.encoding)
    records: list[tuple[int, dict[str, Cell]]] = []
    bad: list[BadRow] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        record = _read(line)
        if isinstance(record, str):
            bad.append(BadRow(number, record, _MEND))
        else:
            records.append((number, record))
    if not records:
        raise SourceError(f"{path} holds no JSON object. Write one object a line.")
    names = list(dict.fromkeys(name for _, record in records for name in record))
    rows = ((number, [record.get(name, "") for name in names]) for number, record in records)
    found = Found("JSON lines", encoding)
    return to_records(names, rows, found=found, columns=columns, bad=bad)


def _read(line: str) -> dict[str, Cell] | str:
    """The line's object, or what is wrong with it."""
    try:
        value = json.loads(
            line,
            parse_float=str,
            parse_int=str,
            parse_constant=_refuse_constant,
            object_pairs_hook=_each_once,
        )
    except _RefusedError as error:
        return str(error)
    except RecursionError:
        return "the line nests values too deeply"
    except ValueError:
        return "the line is not a JSON object"
    if not isinstance(value, dict):
        return "the line is not a JSON object"
    return {_name(name): to_cell(item) for name, item in value.items()}


def _name(name: str) -> str:
    return name.encode("utf-8", "replace").decode()


def _refuse_constant(name: str) -> Any:
    raise _RefusedError(f"the line holds {name}, which is no JSON")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        raise _RefusedError("the line names a value twice")
    return record
