"""Keywords chosen from ranked words, and labels made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

SEPARATOR = ", "
_IN_A_LABEL = 3


def choose_keywords(ranked: Iterable[str], *, count: int = 10) -> list[str]:
    """The first ``count`` of ``ranked`` that say something new.

    Left out is what repeats a word already there, also as a plural ("account", "accounts") or
    within a pair ("fake account" after "fake"; "fake" after "fake account").
    """
    chosen: list[str] = []
    said: set[str] = set()
    for entry in ranked:
        parts = {singular(part) for part in entry.split()}
        if parts & said:
            continue
        chosen.append(entry)
        said |= parts
        if len(chosen) == count:
            break
    return chosen


def as_written(entry: str, forms: Mapping[str, str]) -> str:
    """A word or pair as texts mostly write it; ``forms`` maps lower case to the usual form."""
    return " ".join(forms.get(part, part) for part in entry.split())


def singular(word: str) -> str:
    """A rough singular, to see that two words are one: "stories" and "story", "posts" and "post".

    It is for comparing only and need not be a word.
    """
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def make_labels(keywords: list[list[str]]) -> list[str]:
    """A label for each theme: its first keywords, with more of them where two would be alike."""
    labels: list[str] = []
    for words in keywords:
        length = _IN_A_LABEL
        label = _label(words, length)
        while label in labels and length < len(words):
            length += 1
            label = _label(words, length)
        if label in labels:
            label = f"{label} ({labels.count(label) + 1})"
        labels.append(label)
    return labels


def _label(words: list[str], length: int) -> str:
    text = SEPARATOR.join(words[:length]) or "no keywords"
    return text[0].upper() + text[1:]
