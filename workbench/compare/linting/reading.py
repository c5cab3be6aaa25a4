"""What sentences say of figures, where it is beyond doubt.

A sentence is read only where it can be read in one way: which label, of which period, which
number. All others are counted as not matched, and never guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.compare.linting.claims import CLAIM_COLUMNS
from workbench.compare.linting.figures import CASES, GENERAL_LABELS, SUBJECT_WORDS
from workbench.compare.linting.sentences import PROSE
from workbench.compare.linting.tokens import (
    Token,
    Vocabulary,
    clear_asides,
    find_numbers,
    left_over,
)

if TYPE_CHECKING:
    import pandas as pd

_QUOTED_WORDS = 12
_BY_KIND = {"label": "L", "period": "P", "share": "S", "count": "C"}
_FIGURE = "(?:SC?|CS?)"  # a share, a count, or both: "25.7% (687 of 2,678)"

# A part of the cases or of the year, a condition, a bound: not what a table's row says.
_OTHER_CASES = re.compile(
    r"\b(?:of (?:those|these|them|which|whom)|among|would|could|might|if|unless|target|expect\w*|"
    r"estimat\w*|predict\w*|sample|at least|at most|up to|as many as|no more than|no longer|not|"
    r"never|last year|previous\w*|year before|earlier|january|february|march|april|may|june|july|"
    r"august|september|october|november|december|spring|summer|autumn|winter|terms?|"
    r"(?:a|per|each|every) (?:day|week|month|term)|weekly|monthly|half-term)\b",
    re.IGNORECASE,
)
_OF_ALL = re.compile(r"\bof all (?:the )?(?:[\d,]+ )?(?:cases|enquiries)\b", re.IGNORECASE)
_OF_RECORDED = re.compile(
    r"\bof (?:(?:those|these|the) )?(?:cases |enquiries )?(?:that|which|with|where|for which)\b"
    r"[^.;]{0,40}\b(?:record|recorded|name|named|state|stated|known|have it)\b",
    re.IGNORECASE,
)
# "46% of Secondary enquiries", "in Primary settings": the label says of which cases, not how many.
_WITHIN = re.compile(
    r"\b(?:in|among|within|for|from|at|by|across|of|than)\s+(?:the\s+|all\s+)?['\"“‘]?$",
    re.IGNORECASE,
)
_NOT_WITHIN = re.compile(
    r"\b(?:share|proportion|percentage|number|rate|cases?|enquir(?:y|ies)|reports|instances|"
    r"incidents)\s+(?:of|for)\s+(?:the\s+|all\s+)?['\"“‘]?$",
    re.IGNORECASE,
)
_ALL_CASES = re.compile(
    r"\b(?:total of|altogether|all) $|"
    r"^ (?:in total|in all|altogether|were (?:analysed|received))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Said:
    """One statement of a sentence: a label, its report, and the token of its number."""

    label: str
    report: str
    number: Token
    base: str


def claims_in(
    prose: pd.DataFrame, figures: pd.DataFrame
) -> tuple[pd.DataFrame, dict[str, tuple[int, int]]]:
    """The claims that sentences make about printed figures, and how many were not matched.

    ``prose`` is what ``read_prose`` gives, ``figures`` those of a ``Material``. The second is, by
    name of the text, how many sentences with a figure and a label could not be matched, and how
    many there are.
    """
    import pandas as pd

    own = figures[figures["counts"] != SUBJECT_WORDS]
    labels = sorted(set(own.loc[own["counts"] != CASES, "label"]))
    vocabulary = Vocabulary(
        labels=tuple(label for label in labels if label.casefold() not in GENERAL_LABELS),
        reports=tuple(sorted(set(figures["report"]))),
    )
    where_printed = {str(key): set(rows) for key, rows in own.groupby("key")["report"]}
    rows, counted = [], dict.fromkeys(prose["text"], (0, 0))
    for text, sentence, report in prose.itertuples(index=False):
        clear = clear_asides(sentence)
        said = read_sentence(sentence, vocabulary, where_printed, report=report)
        named = any(token.kind == "label" for token in vocabulary.find(clear))
        if not said and not (named and find_numbers(clear)):
            continue
        unmatched, total = counted[text]
        counted[text] = (unmatched + (not said), total + 1)
        rows += [_as_claim(one, where=f"{text}, “{shorten(sentence)}”") for one in said]
    frame = pd.DataFrame(rows, columns=pd.Index([*CLAIM_COLUMNS, "source"]))
    return frame.astype({**CLAIM_COLUMNS, "source": "str"}), counted


def read_sentence(
    sentence: str,
    vocabulary: Vocabulary,
    where_printed: dict[str, set[str]],
    *,
    report: str = "",
) -> list[Said]:
    """What one sentence says of labels; empty where it cannot be read in one way.

    ``where_printed`` has the reports that print each label, in lower case; ``report`` is meant
    where the sentence names none.
    """
    clear = clear_asides(sentence)
    names, numbers = vocabulary.find(clear), find_numbers(clear)
    base = _base(left_over(clear, names))
    if base is None:
        return []
    tokens = sorted([*names, *numbers], key=lambda token: token.start)
    if not numbers or re.search(r"\d", left_over(clear, tokens)):
        return []
    if any(token.kind == "label" and _within(clear, token, numbers) for token in tokens):
        return []
    periods = [token.name for token in tokens if token.kind == "period"]
    pairs = _pair(tokens, clear, vocabulary)
    said = []
    for label, number, period in pairs:
        known = where_printed.get(label.casefold(), set()) if label else set(vocabulary.reports)
        about = period or (periods[0] if len(set(periods)) == 1 else report)
        if not about and len(known) == 1:
            about = next(iter(known))
        if about not in known:
            return []
        said.append(Said(label, about, number, base if number.kind == "share" else ""))
    return said


def shorten(sentence: str) -> str:
    """The first dozen words of a sentence."""
    words = sentence.split()
    return " ".join(words[:_QUOTED_WORDS]) + (" …" if len(words) > _QUOTED_WORDS else "")


def _pair(
    tokens: Sequence[Token], clear: str, vocabulary: Vocabulary
) -> list[tuple[str, Token, str]]:
    """Label, number and period (or "") of each statement; empty unless there is one reading."""
    labels = list(dict.fromkeys(token.name for token in tokens if token.kind == "label"))
    periods = [token.name for token in tokens if token.kind == "period"]
    numbers = [token for token in tokens if token.kind in ("share", "count")]
    if not labels:
        return _all_cases(tokens, numbers, periods, clear)
    if len(labels) > 1:
        return _in_turn(tokens) if len(periods) <= 1 else []
    label, plain = labels[0], [token for token in tokens if token.kind != "label"]
    kinds = sorted(token.kind for token in numbers)
    if len(periods) <= 1 and kinds in (["share"], ["count"], ["count", "share"]):
        return [(label, number, "") for number in numbers]
    if len(kinds) == 2 and not periods and _from_to(clear, numbers):
        both = vocabulary.reports if len(vocabulary.reports) == 2 else ()
        return [(label, *pair) for pair in zip(numbers, both, strict=False)]
    return [(label, number, period) for number, period in _by_period(plain, clear)]


def _by_period(tokens: Sequence[Token], clear: str) -> list[tuple[Token, str]]:
    """Numbers with the period that each belongs to, where two periods have theirs beside them."""
    shape = "".join(_BY_KIND[token.kind] for token in tokens)
    turning = "from" in clear.lower().split()  # "in 2023-24, up from 28% in 2022-23 to 46%"
    if re.fullmatch(rf"(?:{_FIGURE}P){{2}}P", shape) and tokens[-1].name in _names(tokens[:-1]):
        tokens, shape = tokens[:-1], shape[:-1]  # "..., 3.2 points higher in 2023-24"
    if re.fullmatch(rf"(?:{_FIGURE}P){{2}}", shape):
        return _beside(tokens[::-1])[::-1]
    if re.fullmatch(rf"(?:P{_FIGURE}){{2}}", shape) and not turning:
        return _beside(tokens)
    if re.fullmatch("SSPP|CCPP", shape) and turning:
        return [(tokens[0], tokens[2].name), (tokens[1], tokens[3].name)]
    return []


def _beside(tokens: Sequence[Token]) -> list[tuple[Token, str]]:
    """Each number with the period last met before it."""
    period, found = "", []
    for token in tokens:
        if token.kind == "period":
            period = token.name
        else:
            found.append((token, period))
    return found


def _names(tokens: Sequence[Token]) -> set[str]:
    return {token.name for token in tokens if token.name}


def _in_turn(tokens: Sequence[Token]) -> list[tuple[str, Token, str]]:
    """Labels and numbers that alternate: each label has the number on the same side of it."""
    kept = [token for token in tokens if token.kind != "period"]
    shape = "".join(_BY_KIND[token.kind] for token in kept).replace("C", "S")
    halves = list(zip(kept[::2], kept[1::2], strict=False))
    if re.fullmatch("(?:LS)+", shape):
        return [(label.name, number, "") for label, number in halves]
    if re.fullmatch("(?:SL)+", shape):
        return [(label.name, number, "") for number, label in halves]
    return []


def _all_cases(
    tokens: Sequence[Token], numbers: Sequence[Token], periods: Sequence[str], clear: str
) -> list[tuple[str, Token, str]]:
    """How many cases there are: 'all 2,678 cases of 2022-23', '2,678 cases were analysed'."""
    if len(numbers) != 1 or len(periods) > 1 or numbers[0].kind != "count":
        return []
    before, after = clear[: numbers[0].start], clear[numbers[0].end :]
    if _ALL_CASES.search(before) or _ALL_CASES.match(after):
        return [("", numbers[0], "")]
    return []


def _base(clear: str) -> str | None:
    """What shares are said to be of: "cases", "recorded", "" where not said; None for a part."""
    rest = _OF_RECORDED.sub(" ", clear)
    if _OTHER_CASES.search(rest):
        return None
    if rest != clear:
        return "recorded"
    return "cases" if _OF_ALL.search(clear) else ""


def _within(clear: str, label: Token, numbers: Sequence[Token]) -> bool:
    """Whether a label says of which cases a number is, rather than how many carry it."""
    before = clear[: label.start]
    if _NOT_WITHIN.search(before):
        return False
    counted = any(n.kind == "count" and clear[n.end : label.start].strip() == "of" for n in numbers)
    return _WITHIN.search(before) is not None and not counted


def _from_to(clear: str, numbers: Sequence[Token]) -> bool:
    before = clear[: numbers[0].start].lower().split()
    between = clear[numbers[0].end : numbers[1].start].split()
    return before[-1:] == ["from"] and between[-1:] == ["to"] and len(between) <= 4


def _as_claim(said: Said, *, where: str) -> dict[str, object]:
    share = said.number.kind == "share"
    return {
        "report": said.report,
        "where": where,
        "kind": said.number.kind,
        "title": "",
        "label": said.label,
        "against": "",
        "how": said.number.how,
        "n": None if share else int(said.number.value),
        "percent": said.number.value if share else None,
        "base": said.base,
        "decimals": said.number.decimals if share else None,
        "comment": "",
        "source": PROSE,
    }
