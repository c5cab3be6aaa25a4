"""Words and runs of words, counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from workbench.text.inputs import Texts, as_texts

if TYPE_CHECKING:
    import pandas as pd

# Letters, with an apostrophe or hyphen inside; a lone letter is no word.
WORD_PATTERN = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))+"
_WORD = re.compile(WORD_PATTERN)
# Addresses, account names, and what redaction leaves in place of a name, such as [PERSON 2].
# An address is looked for where a word begins alone: a word of 40,000 letters took seconds.
_NOT_WORDS = re.compile(
    r"\[[A-Z][A-Z_ ]*\d*\]|\b(?:https?://|www\.)\S+"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+|(?<!\w)@[\w.]+"
)


def tokenize(text: str) -> list[str]:
    """The words of ``text`` in order: lower case, straight apostrophes, no numbers."""
    return [word.lower().replace("’", "'") for word in _WORD.findall(drop_names(text))]


def drop_names(text: str) -> str:
    """``text`` without addresses, account names, and redaction's marks, such as ``[PERSON 2]``."""
    return _NOT_WORDS.sub(" ", text)


def blank_names(text: str) -> str:
    """As ``drop_names``, with a space for each character: places in it are places in ``text``."""
    return _NOT_WORDS.sub(lambda found: " " * len(found[0]), text)


def count_words(
    texts: Texts,
    *,
    stop: Collection[str] | None = None,
    length: int = 1,
    once_a_text: bool = False,
) -> pd.DataFrame:
    """How often each word occurs: columns ``word``, ``n``, most frequent first, ties by name.

    ``stop`` is left out (by default the English function words, ``stop_words()``); give ``()``
    to count every word. ``length`` above 1 counts runs of that many words (n-grams) that neither
    begin nor end with a stop word. ``once_a_text`` counts texts rather than occurrences.
    """
    import pandas as pd

    left_out = stop_words() if stop is None else frozenset(word.lower() for word in stop)
    counts: Counter[str] = Counter()
    for text in as_texts(texts)[0]:
        found = list(ngrams(tokenize(text), length=length, stop=left_out))
        counts.update(set(found) if once_a_text else found)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return pd.DataFrame(
        {
            "word": pd.Series([word for word, _ in ordered], dtype="str"),
            "n": pd.Series([count for _, count in ordered], dtype="int64"),
        }
    )


def usual_forms(texts: Iterable[str]) -> dict[str, str]:
    """For each word, by its lower case, the way it is mostly written: "tiktok" -> "TikTok"."""
    counts: dict[str, Counter[str]] = {}
    for text in texts:
        for form in _WORD.findall(text):
            counts.setdefault(form.lower().replace("’", "'"), Counter())[form] += 1
    return {
        word: min(forms, key=lambda form: (-forms[form], form != form.lower(), form))
        for word, forms in counts.items()
    }


def ngrams(words: list[str], *, length: int, stop: Collection[str] = frozenset()) -> Iterable[str]:
    """Runs of ``length`` words, joined by spaces, that neither begin nor end with a stop word."""
    for start in range(len(words) - length + 1):
        run = words[start : start + length]
        if run[0] not in stop and run[-1] not in stop:
            yield " ".join(run)


@cache
def stop_words() -> frozenset[str]:
    """English words that carry grammar rather than matter (``stop_words.txt`` beside this file)."""
    content = files("workbench.text").joinpath("stop_words.txt").read_text(encoding="utf-8")
    lines = [line for line in content.splitlines() if not line.startswith("#")]
    return frozenset(word for line in lines for word in line.split())
