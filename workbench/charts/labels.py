"""Words in figures: measured, wrapped and escaped, so that none is cut off or runs as markup."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.privacy.escape import escape

# Advance widths of Arial and of Liberation Sans, which is made to the same measures, in
# thousandths of the font size.
_WIDTHS = {
    222: "'ijl",
    278: " !,./:;I[]\\ft|",
    333: "()-`r",
    350: '"*^{}',
    500: "cksvxyzJ",
    556: "#$0123456789?L_abdeghnopqu",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    944: "W",
    1000: "%@",
}
_WIDTH_OF = {character: width for width, group in _WIDTHS.items() for character in group}
_BOLD = 1.08
"""How much wider the bold face runs, at most of its letters."""


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line of ``text`` in pixels at ``size`` pixels, to within a few percent.

    Letters that are not in the table count as wide ones: an estimate too large cuts nothing off.
    """
    thousandths = sum(_WIDTH_OF.get(c, 600 if ord(c) < 0x2E80 else 1000) for c in text)
    return thousandths / 1000 * size * (_BOLD if bold else 1)


def wrap(
    text: str, width: float, size: float, *, bold: bool = False, most: int | None = None
) -> list[str]:
    """``text`` in lines no wider than ``width`` pixels; a word that is too long is broken.

    ``most`` lines at most: what does not fit ends in an ellipsis. At least one line.
    """
    lines = [""]
    for word in _pieces(text.split(), width, size, bold=bold):
        joined = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(joined, size, bold=bold) > width:
            lines.append(word)
        else:
            lines[-1] = joined
    if most is not None and len(lines) > most:
        lines = lines[:most]
        while lines[-1] and text_width(lines[-1] + "…", size, bold=bold) > width:
            lines[-1] = lines[-1][:-1]
        lines[-1] = lines[-1].rstrip(" ,;:") + "…"
    return lines


def _pieces(words: list[str], width: float, size: float, *, bold: bool) -> Iterator[str]:
    for word in words:
        while len(word) > 1 and text_width(word, size, bold=bold) > width:
            end = _fitting(word, width, size, bold=bold)
            broken, word = word[:end], word[end:]
            yield broken if not broken[-1].isalnum() else f"{broken}-"
        yield word


def _fitting(word: str, width: float, size: float, *, bold: bool) -> int:
    """How many letters of a word that is too long fit before a hyphen: at least one."""
    end = 1
    # Letter by letter from the left: somebody may write a word of 40,000 letters.
    while end + 1 < len(word) and text_width(word[: end + 1] + "-", size, bold=bold) <= width:
        end += 1
    return end


def markup(lines: list[str], *, bold: bool = False) -> str:
    """Lines of plain words as plotly shows them: each escaped, then joined by breaks."""
    text = "<br>".join(escape(line, form="hover") for line in lines)
    return f"<b>{text}</b>" if bold and text else text


def plain(value: object) -> str:
    """One value as escaped words for a hover label."""
    return escape(str(value), form="hover")
