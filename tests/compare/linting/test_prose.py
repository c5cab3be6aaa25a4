"""Running text out of files: paragraphs only, nothing quoted."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.compare.linting.prose import SENTENCE_COLUMNS, read_prose
from workbench.errors import WorkbenchError

MARKDOWN = """
# Heading with 12%

The share was **76%** of cases. It fell, cf. Table 4, to [half](https://x.example).[^1]

> A quoted case of 99 lines.

She wrote “my whole class of 30 saw it on Friday” and no more. The label “Other” has 5%.

| a | b |
|---|---|
| 1 | 88% |

- One in a list, 3%.

![Alt text of 44%](x.png)

[^1]: A note of 77%.
"""

SENTENCES = [
    "The share was 76% of cases.",
    "It fell, cf. Table 4, to half.",
    "She wrote “” and no more.",
    "The label “Other” has 5%.",
    "One in a list, 3%.",
]


def test_markdown_gives_its_sentences(tmp_path: Path) -> None:
    file = tmp_path / "draft.md"
    file.write_text(MARKDOWN, encoding="utf-8")
    frame = read_prose(file, report="2023-24")
    assert tuple(frame.columns) == SENTENCE_COLUMNS
    assert [s for s in frame["sentence"] if s] == SENTENCES
    assert set(frame["report"]) == {"2023-24"}
    assert set(frame["text"]) == {"draft.md"}


def test_word_gives_the_same(tmp_path: Path) -> None:
    import pypandoc

    file = tmp_path / "draft.docx"
    pypandoc.convert_text(MARKDOWN, "docx", format="markdown-smart", outputfile=str(file))
    assert [s for s in read_prose(file)["sentence"] if s] == SENTENCES


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("gone.md", None, r"gone\.md is not a file"),
        ("draft.pdf", b"x", r"ends in '\.pdf'.*\.docx"),
        ("draft.docx", b"no zip", r"could not be read as docx"),
    ],
)
def test_what_cannot_be_read(
    tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(WorkbenchError, match=message):
        read_prose(tmp_path / name)
