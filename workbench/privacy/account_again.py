"""Accounts that are known from one place of a case, sought in all of it, however written.

"kez_rose" is sought as "Kez Rose" and "kezrose" too; what stands before the @ of an address and at
the end of a profile's link is an account as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbench.privacy.account_cues import NET
from workbench.privacy.account_signs import account_entity
from workbench.privacy.folding import GENERIC, fold_words
from workbench.privacy.lists import is_frequent, is_word, kept_words, words_of
from workbench.privacy.names import Name
from workbench.privacy.patterns import shape

_SHORTEST = 4
_PROFILE = shape(
    rf"\b{NET}\.(?:com|tv|gg)/(?:add/|u/|user/|c/|@)?(?P<id>[\w.-]{{{_SHORTEST},}})/?(?:[?#]|$)"
)
_OFFICES = frozenset(
    """office admin head info enquiries enquiry contact hello mail email reply noreply support help
    helpdesk safeguarding dsl reception finance staff team""".split()
)


def other_forms(finds: Iterable[tuple[str, str]]) -> list[Name]:
    """The accounts among finds (kind, and as written) as names to look for, each form once."""
    forms: dict[str, str] = {}
    for kind, value in finds:
        for account in _accounts(kind, value):
            for form in _forms(account):
                forms.setdefault(form, account_entity(account))
    return [
        Name(form, "HANDLE", parts=False, entity=entity, found_by="pattern")
        for form, entity in forms.items()
    ]


def _accounts(kind: str, value: str) -> Iterator[str]:
    if kind == "HANDLE":
        yield value
    elif kind == "EMAIL" and "@" in value:
        local = value.split("@")[0].strip()
        if not _OFFICES.intersection(fold_words(local)):
            yield local
    elif kind == "LINK" and (found := _PROFILE.search(value)):
        yield found["id"]


def _forms(account: str) -> Iterator[str]:
    """An account as written, run together, and parted where two words meet."""
    words = fold_words(account)
    glued = "".join(words)
    if len(glued) < _SHORTEST or glued.isdigit() or all(map(_is_common, words)):
        return
    yield " ".join(words)
    if len(words) > 1 and not is_word(glued):
        yield glued
    if len(words) == 1 and not is_word(glued):
        for at in range(3, len(glued) - 2):
            if is_word(glued[:at]) and is_word(glued[at:]):
                yield f"{glued[:at]} {glued[at:]}"


def _is_common(word: str) -> bool:
    """What a text says so often that it cannot be hidden throughout."""
    said = words_of("heads") | words_of("predicates") | kept_words() | GENERIC
    return len(word) < 3 or word.isdigit() or is_frequent(word) or word in said
