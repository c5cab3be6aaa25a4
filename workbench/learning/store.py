"""Heads, scales, classes and their views in one ``.npz`` file: numbers and JSON, no pickle."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError
from workbench.files import write_bytes
from workbench.learning.calibration import Band, Curve
from workbench.learning.classes import Classes
from workbench.learning.heads import Head
from workbench.learning.ridge import Part, Ridge
from workbench.learning.scales import Scale
from workbench.learning.views import Columns, Terms

if TYPE_CHECKING:
    import numpy as np

_FORMAT = "workbench-learning-1"
_KINDS = {
    kind.__name__: kind for kind in (Band, Classes, Columns, Curve, Head, Part, Ridge, Scale, Terms)
}
_NOT_KEPT = "held_out"  # it speaks of single labelled texts


def save_parts(path: Path | str, parts: Mapping[str, Any], *, private: bool = True) -> Path:
    """Write named heads, scales, classes, terms and columns to one file.

    ``private`` keeps it to its owner: terms are words of texts, and a ``Gaussian`` holds vectors.
    """
    import numpy as np

    arrays: dict[str, np.ndarray] = {}
    plan = {name: _fold(part, name, arrays) for name, part in parts.items()}
    head = json.dumps({"format": _FORMAT, "parts": plan}, ensure_ascii=False)
    arrays["plan"] = np.frombuffer(head.encode("utf-8"), dtype=np.uint8)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return write_bytes(path, buffer.getvalue(), private=private)


def read_parts(path: Path | str) -> dict[str, Any]:
    """What ``save_parts`` wrote, by name.

    Raises ``WorkbenchError`` that names the file where it is missing, torn or of another kind.
    """
    import numpy as np

    try:
        with np.load(Path(path), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        plan = json.loads(arrays["plan"].tobytes().decode("utf-8"))
        if plan["format"] != _FORMAT:
            raise ValueError("another format")
        return {name: _unfold(part, arrays) for name, part in plan["parts"].items()}
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        raise WorkbenchError(
            f"{path} is not a whole file of learnt heads. Learn them again, or fetch it again."
        ) from None


def _fold(value: Any, where: str, arrays: dict[str, np.ndarray]) -> Any:
    """``value`` as JSON, its arrays put aside under the place they stand at."""
    import numpy as np

    if isinstance(value, np.ndarray):
        arrays[where] = value
        return {"array": where}
    if is_dataclass(value):
        kept = [field.name for field in fields(value) if field.name != _NOT_KEPT]
        own = {name: _fold(getattr(value, name), f"{where}/{name}", arrays) for name in kept}
        return {"kind": type(value).__name__, "fields": own}
    if isinstance(value, Mapping):
        return {"map": {key: _fold(one, f"{where}/{key}", arrays) for key, one in value.items()}}
    return {"value": value}


def _unfold(plan: Any, arrays: Mapping[str, np.ndarray]) -> Any:
    if "array" in plan:
        return arrays[plan["array"]]
    if "kind" in plan:
        own = {name: _unfold(one, arrays) for name, one in plan["fields"].items()}
        return _KINDS[plan["kind"]](**own)
    if "map" in plan:
        return {key: _unfold(one, arrays) for key, one in plan["map"].items()}
    value = plan["value"]
    return tuple(value) if isinstance(value, list) else value
