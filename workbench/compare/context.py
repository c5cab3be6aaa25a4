"""Every place where a word stands, with the words around it (keyword in context)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from workbench.cases.log import CaseLog
from workbench.errors import WorkbenchError
from workbench.text.inputs import Texts, as_texts
from workbench.text.words import blank_names

if TYPE_CHECKING:
    import pandas as pd

Sort = Literal["text", "left", "right"]

_SORTS = ("text", "left", "right")
_LETTER = r"[^\W\d_]"
_PIECE = re.compile(r"(?:[^\W_]|['’-](?=[^\W_]))+\*?")
_COLUMNS = ("text_id", "start", "end", "left", "match", "right")


def in_context(
    texts: Texts | CaseLog,
    word: str,
    *,
    width: int = 40,
    sort: Sort = "text",
    most: int | None = None,
) -> pd.DataFrame:
    """Where ``word`` stands in ``texts``, one row a place: read before a word is called a finding.

    Columns: text_id, start, end (characters of that text), left, match, right; up to ``width``
    characters each side, in whole words. Upper and lower case are alike. ``word`` may be a phrase,
    whose words stand side by side whatever mark or line end lies between; a ``*`` at the end of a
    word stands for any ending, as in "report* account*". A word is found as often as ``keyness``
    counts it: "fake" is not found in "fake-looking", in an address or in an account's name.

    A log must be redacted; its enquiries are searched, and text_id is the case's id. ``sort``
    orders by the texts, or by the words to the ``left`` (nearest first) or ``right``. ``most``
    keeps so many places, spread evenly over the texts. The frame holds what people wrote: show it
    with ``workbench.explore.context.show_context``, which no notebook stores, and write it to no
    file. Raises ``WorkbenchError`` for a log that is not redacted, a ``word`` without a letter or
    digit, and another ``sort``.
    """
    import pandas as pd

    if sort not in _SORTS:
        raise WorkbenchError(f"Places are sorted by {', '.join(_SORTS)}, not by '{sort}'.")
    pattern, hint = _pattern(word), _hint(word)
    strings, ids = as_texts(_redacted(texts) if isinstance(texts, CaseLog) else texts)
    found = [
        (name, text, *match.span())
        for name, text in zip(ids, strings, strict=True)
        if hint in text.lower()
        for match in pattern.finditer(blank_names(text))
    ]
    if most is not None and len(found) > most:
        found = [found[place * len(found) // most] for place in range(most)]
    rows = [
        (name, start, end, _before(text[:start], width), text[start:end], _after(text[end:], width))
        for name, text, start, end in found
    ]
    frame = pd.DataFrame(rows, columns=pd.Index(_COLUMNS))
    if sort == "text":
        return frame
    keys = [_nearest(side, backwards=sort == "left") for side in frame[sort]]
    order = sorted(range(len(keys)), key=lambda place: (keys[place], place))
    return frame.iloc[order].reset_index(drop=True)


def _redacted(log: CaseLog) -> pd.Series:
    if not log.redacted:
        raise WorkbenchError(
            "Words in context show what people wrote, so they are taken from a redacted log. "
            "Redact it first: log = redact(log, study)."
        )
    return log.cases.set_index("case_id")["text"]


def _pattern(word: str) -> re.Pattern[str]:
    """What finds ``word``: its pieces side by side, each a whole word as ``tokenize`` cuts them."""
    pieces = _PIECE.findall(word)
    if not pieces:
        raise WorkbenchError("Give a word or phrase to look for, such as 'fake account*'.")
    return re.compile(r"[\W_]+".join(map(_whole, pieces)), re.IGNORECASE)


def _hint(word: str) -> str:
    """What a text must hold in lower case to be worth a closer look: the first piece's start."""
    return re.split(r"['’*-]", _PIECE.findall(word)[0])[0].lower()


def _whole(piece: str) -> str:
    """One word, with nothing that belongs to it left outside."""
    stem = re.sub(r"['’]", "['’]", re.escape(piece.removesuffix("*")))
    ending = rf"(?:{_LETTER}|['’-](?={_LETTER}))*" if piece.endswith("*") else ""
    start = rf"(?<!{_LETTER})(?<!{_LETTER}['’-])" if piece[0].isalpha() else r"(?<!\d)"
    last = piece.removesuffix("*")[-1]
    end = rf"(?!{_LETTER})(?!['’-]{_LETTER})" if last.isalpha() or ending else r"(?!\d)"
    return f"{start}{stem}{ending}{end}"


def _before(text: str, width: int) -> str:
    """The last ``width`` characters of ``text`` or fewer, from the start of a word."""
    line = " ".join(text.split()) + (" " if text[-1:].isspace() else "")
    if len(line) <= width:
        return line
    cut = line[-width:]
    whole = line[-width - 1].isspace() or cut[0].isspace()
    return cut.lstrip() if whole else cut.partition(" ")[2]


def _after(text: str, width: int) -> str:
    """The first ``width`` characters of ``text`` or fewer, to the end of a word."""
    line = (" " if text[:1].isspace() else "") + " ".join(text.split())
    if len(line) <= width:
        return line
    cut = line[:width]
    whole = line[width].isspace() or cut[-1].isspace()
    return cut.rstrip() if whole else cut.rpartition(" ")[0]


def _nearest(side: str, *, backwards: bool) -> list[str]:
    """The words of one side in lower case, nearest to the match first: what to sort by."""
    words = [word.strip(".,;:!?\"'’()[]").casefold() for word in side.split()]
    return words[::-1] if backwards else words
