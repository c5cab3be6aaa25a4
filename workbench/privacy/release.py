"""Which quotes may be printed: short, without identifiers, without rare words, and cleared.

A quote enters a report only from a list that a person has signed, or by itself where the study is
synthetic. All others are shown as a placeholder, with the reason kept beside them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from workbench.dates import read_date
from workbench.errors import ExportError, place, suggest
from workbench.privacy.patterns import PLACEHOLDER
from workbench.privacy.recognise import WAYS, find_identifiers
from workbench.privacy.redact import kept_terms
from workbench.study import Release, Study

if TYPE_CHECKING:
    import pandas as pd

    from workbench.cases.tables import Table

NOT_RELEASED = "[quote not released]"
"""What is printed in the place of a quote that is not approved."""

APPROVED_COLUMNS = ("case_id", "quote", "approved_by", "approved_on")
"""What the file of approved quotes holds; ``approved_on`` is an ISO date."""

RARE_BELOW = 3
"""A word found in fewer texts than this may point to the one case that has it."""

_WORD = re.compile(r"[^\W\d_]{3,}(?:['\u2019][^\W\d_]+)*")


def release_quotes(
    candidates: pd.DataFrame,
    study: Study,
    *,
    corpus_words: Mapping[str, int] | None = None,
    kinds: Mapping[str, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """``candidates`` (case_id, text: a redacted sentence, ...) with approved, why and quote.

    ``approved`` (bool) says whether the text may be printed and ``why`` gives the reason either
    way; ``quote`` is what to print: the text, or ``NOT_RELEASED``. Rows, their order and other
    columns stay. ``corpus_words`` gives for each word the number of texts that hold it
    (``corpus_words()``); without it rare words are not looked for. ``kinds`` gives for texts that
    were searched already what was found (``kinds_in()``); all others are searched.

    Raises ``ExportError`` where the file of approved quotes lacks a column or gives no usable
    name or date.
    """
    import pandas as pd

    cleared = _clearance(study)
    keep, ways, known = kept_terms(study), study.redaction.names, kinds or {}
    approved, why = [], []
    for case_id, text in zip(candidates["case_id"], candidates["text"], strict=True):
        fault = check_quote(
            text,
            study.release,
            keep=keep,
            corpus_words=corpus_words,
            ways=ways,
            kinds=known.get(text),
        )
        allowed, reason = (False, fault) if fault else cleared(str(case_id), text)
        approved.append(allowed)
        why.append(reason)
    shown = [
        text if allowed else NOT_RELEASED
        for text, allowed in zip(candidates["text"], approved, strict=True)
    ]
    index = candidates.index
    return candidates.assign(
        approved=pd.Series(approved, index=index, dtype="bool"),
        why=pd.Series(why, index=index, dtype="str"),
        quote=pd.Series(shown, index=index, dtype="str"),
    )


def check_quote(
    text: str,
    rule: Release,
    *,
    keep: Iterable[str] = (),
    corpus_words: Mapping[str, int] | None = None,
    ways: Sequence[str] = WAYS,
    kinds: Sequence[str] | None = None,
) -> str:
    """Why ``text`` must not be printed, or "" where nothing speaks against it.

    ``ways`` are those of finding names that no field gives; ``kinds`` is what ``kinds_in`` gave
    for the text, where it was asked already. The reasons never repeat the text.
    """
    if not text.strip():
        return "it is empty"
    words = len(PLACEHOLDER.sub("x", text).split())
    if words > rule.max_words:
        return f"it has {words} words, and the study allows {rule.max_words}"
    found = kinds_in(text, keep=keep, ways=ways) if kinds is None else kinds
    if found:
        return f"it still holds an identifier ({', '.join(found)})"
    if corpus_words is not None:
        rare = sum(corpus_words.get(word, 0) < RARE_BELOW for word in quote_words(text))
        if rare:
            return f"it holds {rare} {'word' if rare == 1 else 'words'} that fewer than " + (
                f"{RARE_BELOW} texts hold, which could point to the case"
            )
    return ""


def kinds_in(text: str, *, keep: Iterable[str] = (), ways: Sequence[str] = WAYS) -> tuple[str, ...]:
    """The kinds of identifiers that ``text`` holds, such as ("person", "school"), by name."""
    found = find_identifiers(text, keep=keep, ways=ways)
    return tuple(sorted({one.kind.lower() for one in found}))


def corpus_words(texts: Iterable[str]) -> dict[str, int]:
    """For each word, small words too, the number of ``texts`` that hold it."""
    from collections import Counter

    return dict(Counter(word for text in texts for word in quote_words(text)))


def quote_words(text: str) -> set[str]:
    """The words of three letters or more, in lower case, outside pseudonyms."""
    plain = PLACEHOLDER.sub(" ", text).replace("\u2019", "'").casefold()
    return {word.removesuffix("'s") for word in _WORD.findall(plain)}


def _clearance(study: Study) -> Callable[[str, str], tuple[bool, str]]:
    """The rule that says whether a quote without faults is cleared, and the reason."""
    if study.synthetic and study.release.approve == "automatic":
        return lambda case_id, text: (True, "approved automatically: the cases are synthetic")
    if study.release.approved is None:
        return lambda case_id, text: (False, "the study names no file of approved quotes")
    path = study.locate(study.release.approved)
    if not path.exists():
        return lambda case_id, text: (False, f"{path.name} with the approved quotes is not there")
    signed = _read_approved(study)

    def look_up(case_id: str, text: str) -> tuple[bool, str]:
        if (case_id, _plain(text)) in signed:
            return True, signed[case_id, _plain(text)]
        if any(known == case_id for known, _ in signed):
            return False, f"{path.name} approves this case's quote in other words; approve it again"
        return False, f"it is not among the approved quotes in {path.name}"

    return look_up


def _read_approved(study: Study) -> dict[tuple[str, str], str]:
    """Who approved which quote of which case, and when."""
    from workbench.cases.tables import read_table

    path = study.locate(study.release.approved or "")
    table = read_table(path)
    _check_columns(table, str(path))
    signed = {}
    columns = (table.frame[name] for name in APPROVED_COLUMNS)
    for row, case_id, quote, by, on in zip(table.frame.index, *columns, strict=True):
        day = read_date(on)
        if not by.strip():
            raise ExportError(
                f"{place(path, row=row, column='approved_by')}: nobody is named. Write who "
                "approved the quote, or take the row out."
            )
        if day is None:
            raise ExportError(
                f"{place(path, row=row, column='approved_on')}: this is no date. Write the day of "
                "approval as in 2024-09-30."
            )
        signed[case_id, _plain(quote)] = f"approved by {by.strip()} on {day:%Y-%m-%d}"
    return signed


def _check_columns(table: Table, path: str) -> None:
    for name in APPROVED_COLUMNS:
        if name not in table.frame.columns:
            raise ExportError(
                f"{path} has no column '{name}'.{suggest(name, list(table.frame.columns))} The "
                f"file of approved quotes needs {', '.join(APPROVED_COLUMNS)}."
            )
    if table.bad_rows:
        bad = table.bad_rows[0]
        raise ExportError(f"{place(path, row=bad.row)}: {bad.reason}. To mend it, {bad.mend}.")


def _plain(text: str) -> str:
    """A text with its white space evened out: spreadsheets change line ends."""
    return " ".join(text.split())
