"""Quotes for the report: candidates chosen by the analysis, shown only where released."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.privacy.patterns import PLACEHOLDER
from workbench.privacy.redact import kept_terms
from workbench.privacy.release import corpus_words, kinds_in, release_quotes
from workbench.report.analysis import Analysis
from workbench.report.blocks import Quote, Quotes
from workbench.report.candidates import find_candidates
from workbench.report.keeping import keep
from workbench.report.packing import pack_bytes
from workbench.study import Study

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

PER_THEME = 3
PER_KEY = 2
_ALIKE = 0.5  # of the words of two sentences: more, and the second shows nothing new
_WORD = re.compile(r"\w+")


def choose_quotes(analysis: Analysis) -> dict[str, Quotes]:
    """Quotes by the keys of ``find_candidates``, none twice, each from a case of its own.

    Where too few are released, the first of the others stand as placeholders with the reason.
    """
    candidates = find_candidates(analysis)
    if candidates.empty:
        return {}
    words = corpus_words(analysis.log.texts)
    kinds = _kinds_once(list(candidates["text"]), analysis.study)
    released = release_quotes(candidates, analysis.study, corpus_words=words, kinds=kinds)
    return choose(released)


def choose(released: pd.DataFrame) -> dict[str, Quotes]:
    """The quotes of each key, of ``released`` candidates (key, case_id, text, approved, why).

    The first that fit are taken: no case twice, and no sentence like one that is taken already,
    in the whole report. Those that are not approved make up what is left of a key's places.
    """
    chosen: dict[str, Quotes] = {}
    cases: set[str] = set()
    said: list[frozenset[str]] = []
    for key, part in released.groupby("key", sort=False):
        most = PER_THEME if str(key).startswith("theme/") else PER_KEY
        kept: list[Quote] = []
        for row in part[part["approved"]].itertuples(index=False):
            words = _words(str(row.text))
            if len(kept) == most:
                break
            if row.case_id not in cases and not any(_alike(words, other) for other in said):
                kept.append(_quote(row))
                cases.add(str(row.case_id))
                said.append(words)
        waiting = part[~part["approved"]].drop_duplicates("case_id").head(most - len(kept))
        chosen[str(key)] = Quotes((*kept, *map(_quote, waiting.itertuples(index=False))))
    return chosen


def _quote(row: Any) -> Quote:
    return Quote(str(row.case_id), str(row.text), bool(row.approved), str(row.why))


def _words(text: str) -> frozenset[str]:
    """The words of a sentence, whichever pseudonyms stand in it."""
    return frozenset(_WORD.findall(PLACEHOLDER.sub(" ", text).casefold()))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * len(one | other)


def _kinds_once(texts: Sequence[str], study: Study) -> dict[str, tuple[str, ...]]:
    """The kinds of identifiers in each of ``texts``, or what an earlier run found in the same.

    The search loads a language model, which takes seconds.
    """
    distinct = sorted(set(texts))
    searched: dict[str, Any] = {"keep": kept_terms(study), "ways": study.redaction.names}

    def search() -> dict[str, np.ndarray]:
        found = {text: kinds_in(text, **searched) for text in distinct}
        return {"found": pack_bytes(json.dumps(list(found.values())).encode())}

    content = [json.dumps([distinct, searched]).encode()]
    kept = keep("quotes", search, code=("privacy", "text", "report/quoting.py"), content=content)
    found = json.loads(kept["found"].tobytes())
    return dict(zip(distinct, map(tuple, found), strict=True))
