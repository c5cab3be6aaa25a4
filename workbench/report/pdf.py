"""Markdown to an accessible PDF (PDF/UA-1, ISO 14289-1), by pandoc and typst.

The letters are TeX Gyre Heros, as wide as Arial and kept beside this file, so that the same
report gives the same bytes on every machine; figures stay drawings, not pixels.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from workbench.errors import ExportError
from workbench.files import write_bytes
from workbench.report.render import convert

if TYPE_CHECKING:
    from typst import Compiler

_PICTURE = re.compile(r'#picture\("([^"]+\.svg)"')
_TRIAL = '#set document(title: "trial")\n#set text(font: "TeX Gyre Heros")\n'


def render_pdf(
    markdown: str, path: Path, *, footer: str = "", private: bool = False, contents: bool = True
) -> Path:
    """Write ``markdown`` as an A4 PDF that readers of screens can use (PDF/UA-1).

    It has a title, a language, headings as bookmarks, a list of contents with pages, header rows
    that come again on each page, and each figure's alternative text. Pictures are looked for in
    the folder of ``path``; ``footer`` and the page's number stand on each page; ``private`` keeps
    the file to its owner. Without ``contents`` it has no list of them, and no part begins a page.
    Signs that no font at hand has, such as emoji, are written by name.
    Raises ``ExportError`` where a picture or the target of a link is missing, or where the PDF
    would not be accessible, as where headings skip a level.
    """
    source = _to_typst(markdown, footer, contents=contents)
    made = _compile(source, path.parent, form="pdf")
    return write_bytes(path, made[0], private=private)


def count_pages(markdown: str, folder: Path, *, footer: str = "", contents: bool = True) -> int:
    """The pages of the PDF that ``render_pdf`` makes of it in ``folder``; raises as that does."""
    source = _to_typst(markdown, footer, contents=contents)
    return len(_compile(source, folder, form="svg"))


def _to_typst(markdown: str, footer: str, *, contents: bool) -> str:
    """The report as the source of typst."""
    with as_file(files("workbench.report")) as room:
        source = convert(
            markdown,
            "--to=typst",
            "--standalone",
            "--wrap=none",
            f"--template={room / 'pdf.typ'}",
            f"--lua-filter={room / 'pdf.lua'}",
            f"--metadata=running:{footer}",
            *([] if contents else ["--variable=short:true"]),
        )
    return source.decode("utf-8")


def _compile(source: str, folder: Path, *, form: Literal["pdf", "svg"]) -> list[bytes]:
    """A typst source whose pictures lie in ``folder``, as one PDF or as a drawing of each page."""
    import typst

    with as_file(files("workbench.report") / "fonts") as fonts:
        compiler = typst.Compiler(root=folder, font_paths=[fonts], ignore_system_fonts=True)
        drawn = [folder / name for name in _PICTURE.findall(source)]
        words = [path.read_text("utf-8") for path in drawn if path.is_file()]
        named = {sign: _name(sign) for sign in _unknown_signs([source, *words], compiler)}
        try:
            made, warnings = compiler.compile_with_warnings(
                source.encode("utf-8"),
                format=form,
                sys_inputs={"unknown": json.dumps(named)},
                pdf_standards=["ua-1"] if form == "pdf" else None,
                timestamp=0,
            )
        except typst.TypstError as error:
            raise _cannot_make(error.message) from None
    if warnings or not made:
        raise _cannot_make(warnings[0].message if warnings else "nothing came out")
    return made if isinstance(made, list) else [made]


def _unknown_signs(texts: Iterable[str], compiler: Compiler) -> list[str]:
    """Signs that no font at hand has; typst refuses to print them."""
    signs = sorted({sign for text in texts for sign in set(text) if sign > "~"})
    if _prints("".join(signs), compiler):
        return []
    return [sign for sign in signs if not _prints(sign, compiler)]


def _prints(text: str, compiler: Compiler) -> bool:
    import typst

    trial = f"{_TRIAL}#{json.dumps(text, ensure_ascii=False)}".encode()
    try:
        compiler.compile(trial, format="pdf", pdf_standards=["ua-1"], timestamp=0)
    except typst.TypstError:
        return False
    return True


def _name(sign: str) -> str:
    """A sign by its Unicode name: "(grinning face)"."""
    return f"({unicodedata.name(sign, f'U+{ord(sign):04X}').lower()})"


def _cannot_make(reason: str) -> ExportError:
    return ExportError(f"The report could not be turned into an accessible PDF: {reason}.")
