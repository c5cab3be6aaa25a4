"""Does the demonstration corpus behave like real writing? Vocabulary growth and repetition.

Heaps' law: a corpus of n words has about V = K n^beta different ones (Heaps 1978; Herdan 1960).
Generated text tends to have a small beta, since its words run out. beta is fitted by least squares
on log V against log n, over the same range of n for every corpus, in several random orders of the
texts. Addresses and account names are left out everywhere: each would count as a new word.

    python -m benchmarks.realism
"""

from __future__ import annotations

import csv
import email
import email.policy
import gzip
import io
import os
import random
import re
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("WORKBENCH_DATA", ROOT.parent / "shared" / "data"))
ORDERS = 5
RANGE = (2_000, 100_000)
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S*@\S+|#\w+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def words(text: str) -> list[str]:
    """The words of a text in lower case, without addresses and account names."""
    return [word.lower() for word in _WORD.findall(_ADDRESS.sub(" ", text))]


def fit_heaps(texts: list[list[str]], *, seed: int = 0) -> tuple[float, float]:
    """Fit V = K n^beta -> (K, beta), averaged over random orders of the texts.

    `texts` is a list of texts as words; n runs over RANGE as far as the corpus reaches.
    """
    fits = []
    for order in range(ORDERS):
        shuffled = list(texts)
        random.Random(f"{seed}/{order}").shuffle(shuffled)
        sizes, vocabulary = _growth(shuffled)
        beta, log_k = np.polyfit(np.log(sizes), np.log(vocabulary), 1)
        fits.append((float(np.exp(log_k)), float(beta)))
    return float(np.mean([k for k, _ in fits])), float(np.mean([beta for _, beta in fits]))


def _growth(texts: list[list[str]]) -> tuple[np.ndarray, np.ndarray]:
    """Vocabulary size at evenly spaced points of log n."""
    points = np.unique(np.geomspace(*RANGE, 40).astype(int))
    seen: set[str] = set()
    sizes, vocabulary = [], []
    running = (word for text in texts for word in text)
    for number, word in enumerate(running, start=1):
        seen.add(word)
        if number == points[len(sizes)]:
            sizes.append(number)
            vocabulary.append(len(seen))
            if len(sizes) == len(points):
                break
    return np.array(sizes), np.array(vocabulary)


def near_duplicates(texts: list[str], *, threshold: float = 0.8) -> float:
    """Share of texts that have a near-duplicate: Jaccard of 3-word shingles at `threshold` or more.

    Candidates come from MinHash (datasketch, 128 permutations) and are then compared exactly.
    """
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=threshold, num_perm=128)
    sets, hashes = [], []
    for number, text in enumerate(texts):
        found = words(text)
        sets.append({" ".join(found[n : n + 3]) for n in range(max(1, len(found) - 2))})
        hashed = MinHash(num_perm=128, seed=1)
        hashed.update_batch([shingle.encode() for shingle in sorted(sets[-1])])
        hashes.append(hashed)
        index.insert(number, hashed)
    alike = {
        number
        for number, hashed in enumerate(hashes)
        for other in index.query(hashed)
        if other != number
        and len(sets[number] & sets[other]) >= threshold * len(sets[number] | sets[other])
    }
    return len(alike) / len(texts)


def load_demo() -> list[str]:
    """The enquiries of the demonstration corpus, both years."""
    texts = []
    for path in sorted((ROOT / "corpora" / "demo").glob("cases-*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            texts += [row["Enquiry"] for row in csv.DictReader(file)]
    return texts


def load_nhs() -> list[str]:
    """Real comments of NHS patients (nhs_fft), blanks left out."""
    with gzip.open(DATA / "nhs_fft" / "v6framework_230831.csv.gz", "rt", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        column = "FFT answer"
        return [text for row in rows if len((text := row[column]).split()) > 2]


def load_mail() -> list[str]:
    """Bodies of real, wanted e-mails (spamassassin_raw, the easy-ham groups)."""
    archive = DATA / "spamassassin_raw" / "spamassassin_raw_eml.tar.gz"
    return [body for body in _bodies(archive) if len(body.split()) > 2]


def _bodies(archive: Path) -> Iterator[str]:
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.name.startswith("easy-ham") and (file := tar.extractfile(member)):
                message = email.message_from_binary_file(
                    io.BytesIO(file.read()), policy=email.policy.compat32
                )
                if message.get_content_type() == "text/plain":
                    payload = message.get_payload(decode=True)
                    if isinstance(payload, bytes):
                        yield payload.decode("utf-8", errors="replace")


def measure() -> pd.DataFrame:
    """One row a corpus: its size, vocabulary, Heaps' K and beta, repetition."""
    import pandas as pd

    corpora = {"demonstration": load_demo, "NHS comments": load_nhs, "real e-mail": load_mail}
    rows = []
    for name, load in corpora.items():
        try:
            texts = load()
        except FileNotFoundError:
            continue
        tokens = [words(text) for text in texts]
        k, beta = fit_heaps(tokens)
        counts = Counter(word for text in tokens for word in text)
        rows.append(
            {
                "corpus": name,
                "texts": len(texts),
                "words": sum(counts.values()),
                "words a text (median)": float(np.median([len(text) for text in tokens])),
                "different words": len(counts),
                "K": round(k, 1),
                "beta": round(beta, 3),
                "once only": round(sum(n == 1 for n in counts.values()) / len(counts), 3),
                "near-duplicates": round(near_duplicates(texts), 4),
            }
        )
    return pd.DataFrame(rows)


def main() -> pd.DataFrame:
    """The table for the runner to print and write."""
    return measure()
