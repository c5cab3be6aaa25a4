"""HTML mail as text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.cases.mail_html import html_to_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Dear&nbsp;Sam,</p><p>One<br>two &amp; 3</p>", "Dear\u00a0Sam,\n\nOne\ntwo & 3"),
        ("<div>One</div><div>two</div>", "One\ntwo"),
        ("Hi<blockquote><div>old</div><blockquote>older</blockquote></blockquote>new",
         "Hi\n\n> old\n>\n> > older\n\nnew"),
        ("<ul><li>one<li>two</ul>", "- one\n- two"),
        ("<table><tr><td>Name<td>Jo<tr><td>Age<td>9</table>", "Name\tJo\nAge\t9"),
        ("<head><title>x</title><style>p{}</style></head><script>f('</p>')</script>a", "a"),
        ("a<!-- <p>gone</p> -->b", "ab"),
        ('<a href="https://a.example/p">see</a>', "see <https://a.example/p>"),
        ('<a href="https://a.example/">https://a.example</a>', "https://a.example"),
        ('<a href="mailto:jo@a.example">Jo</a>', "Jo <jo@a.example>"),
        ('<a href="javascript:x()">see</a>', "see"),
        ('<img alt="A photo" src="cid:1">', "A photo"),
        ("<pre>  a\n    b</pre>", "  a\n    b"),
        ("3 < 4 and 5 > 4 <3 you", "3 < 4 and 5 > 4 <3 you"),
        ("kept <a href=", "kept <a href="),
        ('<p title="a > b">text</p>', "text"),
        ("one <!-- never closed", "one never closed"),
        ("&#128512; &euro; &unknown; &#0;", "\U0001f600 € &unknown; \ufffd"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_a_reader_sees(source: str, text: str) -> None:
    assert html_to_text(source) == text


@given(st.text(alphabet=st.characters(exclude_characters="<&\r\f\x00", exclude_categories=["Cs"])))
def test_text_without_markup_loses_nothing_but_space(text: str) -> None:
    assert "".join(html_to_text(text).split()) == "".join(text.split())


PIECES = st.sampled_from(
    ["<", ">", "</", "<!--", "-->", '"', "'", "=", "<a href=", "<p>", "<blockquote>", "<li>",
     "<td>", "</blockquote>", "<pre>", "</pre>", "<script>", "</script>", "&", "&#x", "word", " ",
     "\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60))
def test_any_markup_is_read(pieces: list[str]) -> None:
    assert isinstance(html_to_text("".join(pieces)), str)


@pytest.mark.parametrize(
    "piece",
    ["<!--", "<a ", '<a ">" ', '<a b=">"', "<", "<script>", "&#x", '<img alt="', "<blockquote>"],
)
def test_markup_made_to_stall_takes_time_in_proportion(piece: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        html_to_text(piece * count)
        return time.process_time() - start

    # Ten times as much may take some tens of times as long, and not a hundred.
    assert seconds(60_000) < 50 * max(seconds(6_000), 0.01)
