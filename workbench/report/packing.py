"""How results are kept between runs: as bytes, under a name that tells what made them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import workbench

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_CODE = (".py", ".toml", ".txt", ".npz")


def code_of(places: Iterable[str]) -> list[Path]:
    """The files of code in ``places``: folders or files of the package, by their relative paths."""
    home = Path(workbench.__file__).parent
    found = [home / place for place in places]
    inside = (file for place in found if place.is_dir() for file in place.rglob("*"))
    files = [*inside, *(place for place in found if place.is_file())]
    return sorted(file for file in files if file.suffix in _CODE)


def digest(*, files: Iterable[Path], content: Iterable[bytes]) -> str:
    """One name for what a result depends on: the bytes of ``files``, and ``content``."""
    whole = hashlib.sha256()
    for part in content:
        whole.update(hashlib.sha256(part).digest())
    for file in files:
        whole.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def pack_frames(frames: Mapping[str, pd.DataFrame]) -> dict[str, np.ndarray]:
    """Each frame as an array of bytes, in Arrow's format."""
    return {name: pack_bytes(_to_bytes(frame)) for name, frame in frames.items()}


def unpack_frame(kept: np.ndarray) -> pd.DataFrame:
    """The frame that ``pack_frames`` made into ``kept``."""
    import pandas as pd

    return pd.read_feather(io.BytesIO(kept.tobytes()))


def pack_bytes(content: bytes) -> np.ndarray:
    """Bytes as an array, which the cache can keep."""
    import numpy as np

    return np.frombuffer(content, dtype=np.uint8)


def _to_bytes(frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.to_feather(buffer, compression="uncompressed")
    return buffer.getvalue()
