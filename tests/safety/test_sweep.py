"""No planted identifier stands in anything that leaves, and one that did would be found."""

from __future__ import annotations

import base64
import io
import json
import zipfile
import zlib
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.safe.exports import files_in, texts_of, words_of
from benchmarks.safe.planted import Planted, read_planted
from benchmarks.safe.poisoned import MARKS
from benchmarks.safe.sweep import sweep
from tests.safety.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
NAME = "Zebedee O'Quill"
LOOKED_FOR = Planted({("zebedee", "oquill"): "person"}, {})


def png_with(text: str) -> bytes:
    chunk = b"zTXt" + b"Comment\0\0" + zlib.compress(text.encode())
    crc = zlib.crc32(chunk).to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + (len(chunk) - 4).to_bytes(4, "big") + chunk + crc


def zip_with(member: str, content: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, content)
    return buffer.getvalue()


def notebook_with(*lines: str) -> bytes:
    return json.dumps({"cells": [{"outputs": [{"data": {"text/plain": lines}}]}]}).encode()


INLINE = base64.b64encode(b"<svg><text>zebedee o&#39;quill</text></svg>").decode()

PLACES = {
    "plain.csv": b'"1","ZEBEDEE O\'QUILL"\n',
    "log.txt": "read zebedee o\u2019quill".encode(),
    "broken.html": b"<p>Zebedee <b>O'Qu</b>ill</p>",
    "entity.html": b"<p>Zebedee O&#x27;Quill</p>",
    "figure.html": b'{"text":"Zebedee O\\u0027Quill"}',
    "inline.html": f'<img src="data:image/svg+xml;base64,{INLINE}">'.encode(),
    "drawn.svg": b"<svg><text><tspan>Zebedee</tspan><tspan>O'Quill</tspan></text></svg>",
    "picture.png": png_with(NAME),
    "report.docx": zip_with("word/footnotes.xml", f"<w:t>{NAME}</w:t>"),
    "tables.xlsx": zip_with("xl/sharedStrings.xml", "<t>Zebedee O&apos;Quill</t>"),
    "shown.ipynb": notebook_with("Zebedee", " O'Quill"),
}


@pytest.mark.parametrize("name", list(PLACES))
def test_a_name_is_found_wherever_it_hides(name: str, tmp_path: Path):
    (tmp_path / name).write_bytes(PLACES[name])
    [hit] = sweep(files_in(tmp_path), LOOKED_FOR)
    assert hit.file.name == name


def test_other_words_are_no_hit(tmp_path: Path):
    (tmp_path / "a.csv").write_text('"Zebedee","O\'Quillon","quill zebedee"', encoding="utf-8")
    assert not list(sweep(files_in(tmp_path), LOOKED_FOR))


def test_a_report_names_nobody_who_was_planted(poisoned: Run):
    """Every word of theirs, in any casing; they are in the cases' own columns."""
    for path in files_in(poisoned.out):
        found = {word for text in texts_of(path) for word in words_of(text)}
        assert not [w for w in found if any(mark in w for mark in MARKS)], path.name


def test_what_is_looked_for_is_planted_in_the_demonstration():
    planted = read_planted(ROOT / "corpora" / "demo")
    kinds = pd.Series(planted.runs.values()).value_counts()
    assert kinds["person"] > 8000
    assert kinds["school"] > 4000
    assert kinds["url"] > 1000
    assert sum(planted.left_out.values()) < 0.03 * len(planted.runs)


def test_no_stored_notebook_names_anybody_of_the_demonstration():
    from workbench.cases.read import read_cases
    from workbench.study import Study

    log = read_cases(Study.load(ROOT / "corpora" / "demo"))
    printed = [label for name in log.fields for label in log.order_of(name)]
    planted = read_planted(ROOT / "corpora" / "demo", printed=printed)
    hits = list(sweep(sorted((ROOT / "notebooks").glob("*.ipynb")), planted))
    assert [(hit.file.name, " ".join(hit.run)) for hit in hits] == []
