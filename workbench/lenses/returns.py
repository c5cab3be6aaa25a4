"""Returning matters: cases that go on from an earlier one, found before names are hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.errors import WorkbenchError
from workbench.privacy.identifier import Identifier
from workbench.privacy.recognise import Keep, make_keep, make_recogniser

if TYPE_CHECKING:
    import pandas as pd

SIGNS = ("copy", "wording", "enquirer", "address", "account", "link", "number")
"""Why two cases are taken as one matter: the same words but for case and white space; words that
are nearly the same; the same person of the same place; the same e-mail address, handle, link or
telephone number in the words. A copy is no wording too."""

ALIKE = 0.8
"""The share of three-word stretches that two texts have in common (Jaccard) to count as alike."""

_OF_KIND = {"EMAIL": "address", "HANDLE": "account", "LINK": "link", "PHONE": "number"}
# What many cases hold is no one's own: a platform's page, an authority's address.
_MOST_CASES = 12
_FEWEST_WORDS = 15
_FEWEST_COPIED = 7  # spaces between words

Pairs = dict[tuple[int, int], set[str]]


def find_returns(log: CaseLog, *, keep: Iterable[str] = ()) -> pd.DataFrame:
    """Cases that return to an earlier matter: one row a later case.

    ``log`` is as read, before redaction: names and addresses are compared, and none is given
    back. Columns ``case_id``, ``earlier`` (the nearest earlier case it is tied to), ``matter``
    (the first case of all that hang together), ``days`` between the two, ``signs`` (of ``SIGNS``,
    separated by "; "). ``keep`` are terms that tie nothing, such as the helpline's own address.
    A sign is a reason to look, not a proof. Raises ``WorkbenchError`` for a redacted log.
    """
    import pandas as pd

    if log.redacted:
        raise WorkbenchError(
            "Returning matters are found by names and addresses, which this log no longer has. "
            "Give the log as read_cases() gives it."
        )
    cases = log.cases.sort_values(["date", "case_id"], kind="stable").reset_index(drop=True)
    pairs: Pairs = {}
    _tie_copies(list(cases["text"]), pairs)
    _tie_people(cases, log, pairs)
    _tie_addresses(list(cases["text"]), make_keep(keep), pairs)
    _tie_wording(list(cases["text"]), pairs)
    first = _first_of_each(len(cases), pairs)
    nearest = _nearest_earlier(pairs)
    later = sorted(nearest)
    back = [nearest[row] for row in later]
    names, dates = cases["case_id"], cases["date"]
    apart = dates.iloc[later].to_numpy() - dates.iloc[back].to_numpy()
    signs = [pairs[earlier, row] for earlier, row in zip(back, later, strict=True)]
    return pd.DataFrame(
        {
            "case_id": names.iloc[later].to_numpy(),
            "earlier": names.iloc[back].to_numpy(),
            "matter": names.iloc[[first[row] for row in later]].to_numpy(),
            "days": pd.Series(apart).dt.days.to_numpy(),
            "signs": ["; ".join(sign for sign in SIGNS if sign in own) for own in signs],
        }
    )


def within_period(found: pd.DataFrame, log: CaseLog) -> pd.DataFrame:
    """The rows of ``found`` whose earlier case lies in the same period as the later one.

    A case of the first period can go on from one of that period alone, a case of a later one from
    any before: only so do all look back equally far, if the periods are equally long. Nothing is
    lost by taking nearest cases: one outside the period means that there is none within.
    """
    periods = log.cases.set_index("case_id")["period"]
    own = periods.reindex(found["case_id"]).to_numpy()
    same = own == periods.reindex(found["earlier"]).to_numpy()
    kept: pd.DataFrame = found[same].reset_index(drop=True)
    return kept


def count_links(found: pd.DataFrame, log: CaseLog) -> pd.DataFrame:
    """How many cases go on from an earlier one of their period: a row a period and sign.

    ``found`` comes from ``find_returns(log)``; see ``within_period``. Columns ``period``, ``sign``
    (each of ``SIGNS``, then "any sign"), ``n`` (cases), ``base`` (all cases of the period). Exact
    counts: protect the table before it leaves. A case with several signs counts under each.
    """
    import numpy as np
    import pandas as pd

    found = within_period(found, log)
    periods = log.cases.set_index("case_id")["period"]
    own = periods.reindex(found["case_id"]).to_numpy()
    bases = periods.value_counts()
    held = [frozenset(signs.split("; ")) for signs in found["signs"]]
    shows = {sign: np.array([sign in signs for signs in held], dtype=bool) for sign in SIGNS}
    shows["any sign"] = np.ones(len(held), dtype=bool)
    rows = [
        (period, sign, int((mask & (own == period)).sum()), int(bases[period]))
        for period in log.periods
        for sign, mask in shows.items()
    ]
    return pd.DataFrame(rows, columns=pd.Index(["period", "sign", "n", "base"]))


def _tie_copies(texts: Sequence[str], pairs: Pairs) -> None:
    """The same words but for case and white space; each copy is tied to the one before it."""
    seen: dict[str, int] = {}
    for row, text in enumerate(texts):
        words = _folded(text)
        if words.count(" ") < _FEWEST_COPIED:
            continue  # "Please call me" is no copy of another such note
        if words in seen:
            pairs.setdefault((seen[words], row), set()).add("copy")
        seen[words] = row


def _is_own(found: Identifier, text: str) -> bool:
    """Whether an identifier is one account's alone: a bare word may be anyone's first name."""
    return (
        found.kind != "HANDLE"
        or text[found.start] in "@\uff20"
        or not found.entity.replace(" ", "").isalpha()
    )


def _folded(text: str) -> str:
    """A text without case and with single spaces."""
    return " ".join(text.casefold().split())


def _tie_people(cases: pd.DataFrame, log: CaseLog, pairs: Pairs) -> None:
    """The same values in at least two private fields, such as a person and a school."""
    if len(log.private) < 2:
        return
    row_of = {case_id: row for row, case_id in enumerate(cases["case_id"])}
    seen: dict[tuple[str, ...], list[int]] = {}
    held: dict[int, list[str]] = {}
    for name, frame in log.private.items():
        for case_id, label in zip(frame["case_id"], frame["label"], strict=True):
            if isinstance(label, str) and label.strip() and case_id in row_of:
                value = " ".join(label.casefold().split())
                held.setdefault(row_of[case_id], []).append(f"{name}\x00{value}")
    for row, values in held.items():
        for one, other in combinations(sorted(set(values)), 2):
            if one.split("\x00")[0] != other.split("\x00")[0]:
                seen.setdefault((one, other), []).append(row)
    _add(pairs, seen.values(), "enquirer")


def _tie_addresses(texts: Sequence[str], keep: Keep, pairs: Pairs) -> None:
    """The same e-mail address, handle, link or number in the enquiries of two cases."""
    recogniser = make_recogniser((), keep=keep)
    seen: dict[tuple[str, str], set[int]] = {}
    # Messages are left out: whoever answers gives the same addresses to many.
    for row, text in enumerate(texts):
        for found in recogniser.find(text):
            if found.kind in _OF_KIND and _is_own(found, text):
                seen.setdefault((found.kind, found.entity), set()).add(row)
    for (kind, _), rows in seen.items():
        _add(pairs, [sorted(rows)], _OF_KIND[kind])


def _tie_wording(texts: Sequence[str], pairs: Pairs) -> None:
    """Texts of some length whose three-word stretches are nearly the same, compared exactly."""
    import numpy as np
    from sklearn.feature_extraction.text import CountVectorizer

    rows = [row for row, text in enumerate(texts) if len(text.split()) >= _FEWEST_WORDS]
    if len(rows) < 2:
        return
    counter = CountVectorizer(
        ngram_range=(3, 3), token_pattern=r"(?u)\b\w+\b", binary=True, dtype=np.int32
    )
    table = counter.fit_transform([texts[row] for row in rows])
    # Stretches that one text alone has tie nothing, and are most of them.
    sizes = np.asarray(table.sum(axis=1)).ravel()
    shared = table[:, np.asarray(table.sum(axis=0)).ravel() > 1]
    common = (shared @ shared.T).tocoo()
    union = sizes[common.row] + sizes[common.col] - common.data
    alike = (common.row < common.col) & (common.data >= ALIKE * union)
    for one, other in zip(common.row[alike], common.col[alike], strict=True):
        pair = (rows[one], rows[other])
        if _folded(texts[pair[0]]) != _folded(texts[pair[1]]):
            _add(pairs, [pair], "wording")


def _add(pairs: Pairs, groups: Iterable[Sequence[int]], sign: str) -> None:
    for rows in groups:
        if 2 <= len(rows) <= _MOST_CASES:
            for one, other in combinations(sorted(rows), 2):
                pairs.setdefault((one, other), set()).add(sign)


def _nearest_earlier(pairs: Pairs) -> dict[int, int]:
    nearest: dict[int, int] = {}
    for earlier, later in pairs:
        nearest[later] = max(earlier, nearest.get(later, -1))
    return nearest


def _first_of_each(count: int, pairs: Pairs) -> list[int]:
    """For each row the first row that hangs together with it."""
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    ends = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    graph = coo_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(count, count))
    _, parts = connected_components(graph, directed=False)
    first: dict[int, int] = {}
    return [first.setdefault(int(part), row) for row, part in enumerate(parts)]


def chains(found: pd.DataFrame) -> Iterator[tuple[str, list[str]]]:
    """Each matter with all its cases in order of time; ``found`` comes from ``find_returns``."""
    for matter, part in found.groupby("matter", sort=False):
        yield str(matter), [str(matter), *part["case_id"]]
