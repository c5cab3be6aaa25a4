"""Case text in documents: shown as written, never read as markup, formula or template."""

from __future__ import annotations

import html
import re
import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.privacy.escape import drop_controls, escape, escape_cells, wrap_hover

NASTY = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "# Heading",
    "- item",
    "* item",
    "+ item",
    "1. first",
    "1) first",
    "(@) example",
    "#. list",
    "a. list",
    "iv) list",
    "> quoted",
    "| line block",
    "| a | b |",
    "---",
    "===",
    "```python",
    "~~~",
    ": definition",
    "% title",
    "    indented code",
    "\tindented code",
    "line one\n===\nline two",
    "one  \ntwo",
    "back\\slash \\emph{x} \\begin{x}",
    "$x^2$ and $$y$$ and \\(z\\)",
    "as @smith said [@jones, p. 3] -@doe",
    ":smile: :+1:",
    "note[^1] and ^[inline]",
    "[text](https://evil.example) ![alt](x.png) <https://evil.example>",
    "[ref]: https://evil.example",
    "*stress* _stress_ **strong** ~~struck~~ H~2~O x^2^ `code`{=html}",
    "&amp; &lt; &#60; &copy;",
    "::: {.warning}",
    "[span]{.smallcaps}",
    "{{ jinja }} {% raw %} ${x} %{customdata[0]} <extra></extra>",
    'it\'s "quoted" -- and --- so ...',
    "Mr. Smith e.g. here",
    '=HYPERLINK("https://evil.example")',
    "Table: caption",
    "https://evil.example/?a=1&b=2",
    "*[HTML]: abbreviation",
]


def visible(text: str) -> str:
    """The text with its white space evened out."""
    return " ".join(text.split())


@pytest.mark.parametrize("text", NASTY)
def test_html_shows_the_text(text: str) -> None:
    assert html.unescape(escape(text)) == text
    assert not re.search("[<>\"']", escape(text))


@given(st.text())
def test_html_gives_the_text_back(text: str) -> None:
    assert html.unescape(escape(text)) == drop_controls(text)


@given(st.text(), st.sampled_from(["html", "markdown", "cell", "hover"]))
def test_no_control_character_comes_through(text: str, form: str) -> None:
    safe = escape(text, form=form)  # type: ignore[arg-type]
    assert all(unicodedata.category(c) not in {"Cc", "Cs"} or c in "\n\t" for c in safe)
    assert "\u202e" not in escape("a\u202eb", form=form)  # type: ignore[arg-type]


def to_plain(paragraphs: list[str], source: str = "markdown") -> list[str]:
    """What pandoc makes of each paragraph, as the text of its own HTML paragraph."""
    import pypandoc

    page = pypandoc.convert_text(
        "\n\n".join(paragraphs), "html", format=source, extra_args=["--wrap=none"]
    )
    assert re.sub(r"</?p>", "", page).count("<") == 0, "markup came through"
    return [visible(html.unescape(part)) for part in re.findall(r"(?s)<p>(.*?)</p>", page)]


@pytest.mark.parametrize("source", ["markdown", "commonmark_x", "gfm"])
def test_markdown_is_literal_for_what_is_nasty(source: str) -> None:
    assert to_plain([escape(text, form="markdown") for text in NASTY], source) == [
        visible(text) for text in NASTY
    ]


def test_markdown_is_literal_in_a_table_and_a_list() -> None:
    import pypandoc

    rows = "\n".join(f"| {escape(text, form='markdown')} | end |" for text in NASTY)
    page = pypandoc.convert_text(f"| a | b |\n|---|---|\n{rows}\n", "html", format="markdown")
    cells = [visible(html.unescape(cell)) for cell in re.findall(r"(?s)<td>(.*?)</td>", page)]
    assert cells == [cell for text in NASTY for cell in (visible(text), "end")]


def test_markdown_is_literal_for_generated_texts() -> None:
    """Some 600 strings of the most meaningful marks, in one call of pandoc."""
    import random

    random.seed(7)
    marks = list("ab1 .-_*#>|<&@$^~`'\"\\[](){}:!+=%/;,?\n\u00e9\u2013\U0001f600")
    texts = ["".join(random.choices(marks, k=random.randint(1, 60))) for _ in range(600)]
    texts = [text for text in texts if visible(text)]
    assert to_plain([escape(text, form="markdown") for text in texts]) == [
        visible(text) for text in texts
    ]


@given(st.text())
def test_markdown_is_one_line_without_bare_marks(text: str) -> None:
    safe = escape(text, form="markdown")
    assert "\n" not in safe
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", safe)
    assert not re.search(r"[!-/:-@\[-`{-~]", bare)
    wanted = re.sub(r"[!-/:-@\[-`{-~]", "", drop_controls(text))
    assert bare.split() == wanted.split()


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+44 20", "-5", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n\n=1", "\uff1dcmd"),
        *("\x00=1", "\u200b=1", "\ufeff+1", "\u00ad\u2060@x", "\u202e=1", "\u00a0-1"),
    ],
)
def test_no_cell_is_a_formula(text: str) -> None:
    assert escape(text, form="cell").startswith("'")


@pytest.mark.parametrize("text", ["plain", "'=1+1", "a=b", "", "1 - 2", "two\nlines"])
def test_other_cells_stay(text: str) -> None:
    assert escape(text, form="cell") == text


@given(st.text())
def test_a_cell_never_begins_like_a_formula(text: str) -> None:
    safe = escape(text, form="cell")
    assert not safe.lstrip().startswith(tuple("=+-@\uff1d\uff0b\uff0d\uff20"))
    assert "\t" not in safe
    assert "\r" not in safe


def test_a_cell_reads_as_text_in_a_workbook() -> None:
    """Written with formulas allowed, which is the worst case, and read back as text."""
    import io

    import xlsxwriter
    from python_calamine import CalamineWorkbook

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    formulas = ["=1+1", '=HYPERLINK("https://evil.example")', "@SUM(1)", "+1", "-1"]
    for row, text in enumerate(formulas):
        sheet.write(row, 0, escape(text, form="cell"))
    book.close()
    read = CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue())).get_sheet_by_index(0)
    assert [row[0] for row in read.to_python()] == [f"'{text}" for text in formulas]


def test_a_frame_is_made_safe_with_its_headings() -> None:
    frame = pd.DataFrame(
        {
            "=label": pd.Categorical(["=1", "x"]),
            "n": pd.array([-1, None], dtype="Int64"),
            "difference": [-0.5, 0.5],
            "why": ["@a", None],
            "day": pd.to_datetime(["2024-01-01", None]),
            "clear": [True, False],
        },
        index=[7, 3],
    )
    safe = escape_cells(frame)
    assert list(safe) == ["'=label", "n", "difference", "why", "day", "clear"]
    assert safe["'=label"].tolist() == ["'=1", "x"]
    assert safe["why"].iloc[0] == "'@a"
    assert safe["why"].isna().tolist() == [False, True]
    for name in ("n", "difference", "day", "clear"):
        pd.testing.assert_series_equal(safe[name], frame[name])
    assert safe.index.tolist() == [7, 3]
    assert frame["why"].iloc[0] == "@a"


@pytest.mark.parametrize("frame", [pd.DataFrame(), pd.DataFrame({"a": []})])
def test_a_frame_without_rows_or_columns_stays(frame: pd.DataFrame) -> None:
    assert escape_cells(frame).shape == frame.shape


def plotly_shows(label: str) -> str:
    """What plotly draws of a label: its own few entities and numeric ones, nothing else."""
    named = {"amp": "&", "lt": "<", "gt": ">"}
    return re.sub(
        r"&(#(\d+)|[a-z]+);", lambda m: chr(int(m[2])) if m[2] else named.get(m[1], m[0]), label
    )


@given(st.text())
def test_a_hover_label_shows_the_text(text: str) -> None:
    safe = escape(text, form="hover")
    assert not re.search("[<>{}$\n]", safe)
    assert plotly_shows(safe) == visible(drop_controls(text))


@given(st.text(st.sampled_from("abc <b>&{%$-\n"), max_size=300), st.integers(5, 80))
def test_a_wrapped_label_keeps_words_and_width(text: str, width: int) -> None:
    lines = [plotly_shows(line) for line in wrap_hover(text, width).split("<br>")]
    assert all(len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_an_unknown_form_is_refused_without_the_text() -> None:
    with pytest.raises(ValueError, match="no form 'latex'") as caught:
        escape("secret", form="latex")  # type: ignore[arg-type]
    assert "secret" not in str(caught.value)
