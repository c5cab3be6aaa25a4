"""HTML mail as the text that a reader sees: lines, quotes as "> ", links with their address.

It reads each character once or a fixed number of times, whatever the markup, so that a mail made
to stall a parser does not; the standard library's parser takes hours over some.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_BLOCKS = frozenset(
    """address article aside body center dd details div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody tfoot
    thead tr ul""".split()
)
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 ul ol table blockquote".split())
_UNSEEN = frozenset("script style head title template noframes".split())
_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:_-]*)")
_STOP = re.compile(r"[>\"']")
_ATTRIBUTE = re.compile(
    r"""([a-zA-Z-]+)\s*=\s*(?:"([^"]{0,5000})"|'([^']{0,5000})'|([^\s>"']{1,5000}))"""
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LINK = re.compile(r"(?i)(?:https?|mailto):")
_OPEN_LINKS = 5  # links do not stand in links: more are a fault of the page

Token = tuple[str, str, str]
"""What it is ("text", "open", "close"), the tag's name or "", the text or the tag as written."""


def html_to_text(source: str) -> str:
    """What ``source`` shows as text. Scripts, styles and comments are left out, entities decoded.

    Quotes start with "> ", items of lists with "- "; the address of a link follows its words in
    angle brackets where it says something else; an image gives its alternative text.
    """
    page = _Page()
    unseen = ""
    for kind, name, written in _tokens(source):
        if unseen:
            unseen = "" if kind == "close" and name == unseen else unseen
        elif kind == "open" and name in _UNSEEN:
            unseen = name
        elif kind == "text":
            page.write(html.unescape(written))
        elif kind == "open":
            page.open(name, written)
        else:
            page.close(name)
    return page.text()


def _tokens(source: str) -> Iterator[Token]:
    """Texts and tags in order; what only looks like a tag is text."""
    at, size = 0, len(source)
    # Once a search has failed it would fail again: then it is not made a second time.
    comments = quotes = True
    while at < size:
        mark = source.find("<", at)
        if mark < 0:
            yield "text", "", source[at:]
            return
        if mark > at:
            yield "text", "", source[at:mark]
        if source.startswith("<!--", mark):
            end = source.find("-->", mark + 4) if comments else -1
            comments = end >= 0
            at = end + 3 if comments else mark + 4
            continue
        name = _NAME.match(source, mark)
        if name is None and source[mark + 1 : mark + 2] not in ("!", "?"):
            yield "text", "", "<"
            at = mark + 1
            continue
        end = _tag_end(source, mark) if quotes else -1
        if end < 0:
            quotes = False
            end = source.find(">", mark)
        if end < 0:
            yield "text", "", source[mark:]
            return
        if name is not None:
            yield "close" if name[1] else "open", name[2].lower(), source[mark : end + 1]
        at = end + 1


def _tag_end(source: str, start: int) -> int:
    """Where the tag ends, quoted values apart; -1 where it does not."""
    at = start
    while stop := _STOP.search(source, at):
        if stop[0] == ">":
            return stop.start()
        closing = source.find(stop[0], stop.end())
        if closing < 0:
            return -1
        at = closing + 1
    return -1


class _Page:
    """Lines as they fill up."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._verbatim = 0
        self._links: list[tuple[str, int]] = []

    def write(self, text: str) -> None:
        if self._verbatim:
            first, *rest = text.split("\n")
            self._line.append(first)
            for line in rest:
                self._end_line()
                self._line.append(line)
            return
        folded = _BLANKS.sub(" ", text)
        if folded.startswith(" ") and (not self._line or self._line[-1].endswith((" ", "\t"))):
            folded = folded[1:]
        if folded:
            self._line.append(folded)

    def open(self, name: str, written: str) -> None:
        if name == "br":
            self._end_line()
        elif name in ("td", "th") and self._line:
            self._line.append("\t")
        elif name == "img":
            self.write(_attributes(written).get("alt", ""))
        elif name == "a":
            self._links.append((_attributes(written).get("href", ""), len(self._line)))
            del self._links[:-_OPEN_LINKS]
        elif name == "blockquote":
            self._break(paragraph=True)
            self._quotes += 1
        elif name in _BLOCKS:
            self._break(paragraph=name in _PARAGRAPHS)
            self._verbatim += name == "pre"
            if name == "li":
                self._line.append("- ")

    def close(self, name: str) -> None:
        if name == "a" and self._links:
            self._end_link(*self._links.pop())
        elif name == "blockquote":
            self._break(paragraph=False)
            self._quotes = max(0, self._quotes - 1)
            self._break(paragraph=True)
        elif name in _BLOCKS:
            self._break(paragraph=name in _PARAGRAPHS)
            self._verbatim = max(0, self._verbatim - (name == "pre"))

    def text(self) -> str:
        self._break(paragraph=False)
        joined = "\n".join(self._lines)
        return re.sub(r"\n{3,}", "\n\n", joined).strip("\n")

    def _end_link(self, address: str, start: int) -> None:
        words = "".join(self._line[start:]).strip()
        if not _LINK.match(address):
            return
        shown = address.removeprefix("mailto:")
        if shown.rstrip("/") not in words:
            self._line.append(f" <{shown}>" if words else f"<{shown}>")

    def _break(self, *, paragraph: bool) -> None:
        if "".join(self._line).strip():
            self._end_line()
        self._line.clear()
        if paragraph and self._lines:
            if not self._lines[-1].strip("> "):
                self._lines.pop()  # an empty line of a quote that has ended
            self._end_line()

    def _end_line(self) -> None:
        line = "".join(self._line)
        line = line if self._verbatim else line.strip(" ")
        self._lines.append(("> " * min(self._quotes, 20) + line).rstrip(" "))
        self._line.clear()
        self._links = [(address, 0) for address, _ in self._links]


def _attributes(written: str) -> dict[str, str]:
    """The attributes of a tag, by lower-case name, the first of each."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written[:20_000]):
        value = next(group for group in match.groups()[1:] if group is not None)
        found.setdefault(match[1].lower(), html.unescape(value).strip())
    return found
