"""Running text read from a file: paragraphs by pandoc, then sentences."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError
from workbench.text.sentences import split_sentences

if TYPE_CHECKING:
    import pandas as pd

SENTENCE_COLUMNS = ("text", "sentence", "report")

_FORMATS = {
    ".md": "markdown-smart",
    ".txt": "markdown-smart",
    ".docx": "docx",
    ".odt": "odt",
    ".html": "html",
}
_TEXT_BLOCKS = ("Para", "Plain")
_LEFT_OUT = ("Table", "CodeBlock", "RawBlock", "Header", "Figure", "BlockQuote")
# Words of somebody else: four or more between quotation marks (fewer may be the name of a label).
_QUOTED = re.compile(r"[“\"](?:[^\s“”\"]+\s+){3,}[^“”\"]*(?:[”\"]|$)")


def read_prose(path: Path | str, *, report: str = "") -> pd.DataFrame:
    """The sentences of a text: columns text (the file's name), sentence and report.

    Reads Markdown, plain text, Word, OpenDocument and HTML; headings, tables, captions, code and
    whatever is quoted are left out. ``report`` is the one that sentences are about which name none.
    Raises ``WorkbenchError`` for a file that cannot be read.
    """
    import pandas as pd

    file = Path(path)
    if not file.is_file():
        raise WorkbenchError(f"{file} is not a file. Mend the path of the text.")
    form = _FORMATS.get(file.suffix.lower())
    if form is None:
        raise WorkbenchError(
            f"{file} ends in '{file.suffix}', which is no text that can be read. Save it as one "
            f"of: {', '.join(_FORMATS)}."
        )
    sentences = [
        (file.name, " ".join(sentence.text.split()), report)
        for paragraph in _paragraphs(_parse(file, form)["blocks"])
        for sentence in split_sentences(paragraph)
    ]
    return pd.DataFrame(sentences, columns=pd.Index(SENTENCE_COLUMNS), dtype="str")


def no_prose() -> pd.DataFrame:
    """A frame of sentences without rows."""
    import pandas as pd

    return pd.DataFrame(columns=pd.Index(SENTENCE_COLUMNS), dtype="str")


def _parse(file: Path, form: str) -> dict[str, Any]:
    """The document as pandoc's syntax tree; pandoc is kept from all other files."""
    import pypandoc

    command = [pypandoc.get_pandoc_path(), "--sandbox", f"--from={form}", "--to=json"]
    done = subprocess.run(command, input=file.read_bytes(), capture_output=True, check=False)
    if done.returncode != 0:
        raise WorkbenchError(
            f"{file} could not be read as {form.partition('-')[0]}. Open it, save it again, and "
            "check that its ending is right."
        )
    tree: dict[str, Any] = json.loads(done.stdout)
    return tree


def _paragraphs(node: Any) -> Iterator[str]:
    """The paragraphs below a node of the tree, in order."""
    if isinstance(node, list):
        for item in node:
            yield from _paragraphs(item)
    elif isinstance(node, dict) and node.get("t") not in _LEFT_OUT:
        if node.get("t") in _TEXT_BLOCKS:
            yield _QUOTED.sub("“”", "".join(_inline(node["c"])))
        else:
            yield from _paragraphs(node.get("c", []))


def _inline(node: Any) -> Iterator[str]:
    """The words of a paragraph, without footnotes, pictures and code."""
    if isinstance(node, list):
        for item in node:
            yield from _inline(item)
    elif isinstance(node, dict):
        kind, content = node.get("t"), node.get("c")
        if kind == "Str":
            yield str(content)
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            yield " "
        elif kind == "Quoted":
            yield from _inline(content[1] if content else [])
        elif kind not in ("Note", "Image", "Code", "Math", "RawInline"):
            yield from _inline(content)
