"""Markdown to Word and to one self-contained page of HTML, by pandoc, the same bytes each time."""

from __future__ import annotations

import subprocess
import tempfile
from importlib.resources import as_file, files
from pathlib import Path

from workbench.errors import ExportError
from workbench.files import write_bytes
from workbench.privacy.escape import escape
from workbench.report.footer import with_footer
from workbench.report.reference import reference_docx
from workbench.report.word import finish_word

_FORMAT = (
    "markdown-smart-citations-tex_math_dollars-raw_tex-raw_html-raw_attribute-latex_macros-emoji"
    "+implicit_figures"
)


def render_docx(
    markdown: str,
    path: Path,
    *,
    reference: Path | None = None,
    footer: str = "",
    private: bool = False,
    contents: bool = True,
) -> Path:
    """Write ``markdown`` as a Word document in the styles of ``reference`` (default: ours).

    Pictures are looked for in the folder of ``path``; ``footer`` stands on each page; ``private``
    keeps the file to its owner. Without ``contents`` it is a short one, and set closer. Raises
    ``ExportError`` where pandoc fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        styles = Path(folder) / "reference.docx"
        plain = reference.read_bytes() if reference else reference_docx(short=not contents)
        styles.write_bytes(with_footer(plain, footer))
        options = ("--to=docx", f"--reference-doc={styles}", f"--resource-path={path.parent}")
        made = convert(markdown, *options)
    return write_bytes(path, finish_word(made), private=private)


def render_html(markdown: str, path: Path, *, footer: str = "", contents: bool = True) -> Path:
    """Write ``markdown`` as one page of HTML that holds its styles and pictures itself.

    ``footer`` stands at the foot of each page when it is printed. Without ``contents`` it is a
    short page with no list of them, whose only heading of level 1 is the title.
    """
    shape = ("--toc", "--toc-depth=2") if contents else ("--shift-heading-level-by=1",)
    with as_file(files("workbench.report")) as room:
        made = convert(
            markdown,
            "--to=html5",
            "--standalone",
            *shape,
            "--embed-resources",
            f"--template={room / 'page.html'}",
            f"--css={room / 'page.css'}",
            f"--lua-filter={room / 'page.lua'}",
            "--section-divs",
            f"--variable=running:{escape(footer)}",
            f"--resource-path={path.parent}",
        )
    return write_bytes(path, made)


def convert(markdown: str, form: str, *options: str) -> bytes:
    """What pandoc makes of ``markdown``; ``form`` is its option for that, such as ``--to=docx``.

    It comes through a pipe: no words of a case lie in a temporary file that a kill would leave.
    Raises ``ExportError`` where pandoc fails.
    """
    import pypandoc

    command = [pypandoc.get_pandoc_path(), f"--from={_FORMAT}", "--output=-", form, *options]
    home = tempfile.gettempdir()
    fixed = {"SOURCE_DATE_EPOCH": "0", "LC_ALL": "C.UTF-8", "PATH": "", "HOME": home}
    done = subprocess.run(
        command, input=markdown.encode("utf-8"), capture_output=True, env=fixed, check=False
    )
    if done.returncode != 0 or not done.stdout:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ExportError(
            f"The report could not be turned into {form.removeprefix('--to=')}: pandoc stopped "
            f"with code {done.returncode} ({reason[-1] if reason else 'no message'})."
        )
    return done.stdout
