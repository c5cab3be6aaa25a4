"""Quotes for the report: candidates chosen by the analysis, shown only where released."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.privacy.redact import kept_terms
from workbench.privacy.release import corpus_words, kinds_in, release_quotes
from workbench.report.analysis import Analysis, texts_of
from workbench.report.blocks import Quote, Quotes
from workbench.report.keeping import keep
from workbench.report.packing import pack_bytes
from workbench.study import Study
from workbench.themes.quotes import theme_sentences

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

PER_THEME = 3
PER_TONE = 2
_CANDIDATES = 6
_FEWEST_WORDS = 6
_SHOWN_TONES = 4


def choose_quotes(analysis: Analysis) -> dict[str, Quotes]:
    """Quotes by ``theme/N`` (each main theme) and ``tone/NAME`` (the commonest tones).

    Where too few are released, the first of the others stand as placeholders with the reason.
    """
    candidates = _candidates(analysis)
    if candidates.empty:
        return {}
    words = corpus_words(analysis.log.texts)
    kinds = _kinds_once(list(candidates["text"]), analysis.study)
    released = release_quotes(candidates, analysis.study, corpus_words=words, kinds=kinds)
    released = released.assign(key=list(candidates["key"]))
    return {
        str(key): _best(part, PER_THEME if str(key).startswith("theme/") else PER_TONE)
        for key, part in released.groupby("key", sort=False)
    }


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


def _best(part: pd.DataFrame, most: int) -> Quotes:
    ranked = part.sort_values("approved", ascending=False, kind="stable")
    chosen = ranked.drop_duplicates("case_id").drop_duplicates("text").head(most)
    return Quotes(
        tuple(
            Quote(str(row.case_id), str(row.text), bool(row.approved), str(row.why))
            for row in chosen.itertuples(index=False)
        )
    )


def _candidates(analysis: Analysis) -> pd.DataFrame:
    """Sentences that could be quoted: key, case_id, text; best first under each key."""
    import pandas as pd

    texts = texts_of(analysis.log)
    found = theme_sentences(analysis.themes, texts, analysis.vectors, count=_CANDIDATES, level=0)
    frames = [found.assign(key="theme/" + found["theme"].astype(str))]
    marked = analysis.tones[analysis.tones["evidence"].map(len) > 0]
    rates = marked["dimension"].value_counts()
    for tone in rates.sort_values(ascending=False, kind="stable").index[:_SHOWN_TONES]:
        fired = marked[marked["dimension"] == tone]
        length = fired["end"] - fired["start"]
        fired = fired[(length > 40) & (length < 160)].drop_duplicates("text_id")
        step = max(1, len(fired) // _CANDIDATES)  # spread over the year, not its first days
        frames.append(fired.iloc[::step].head(_CANDIDATES).assign(key=f"tone/{tone}"))
    rows = pd.concat(frames)[["key", "text_id", "start", "end"]]
    said = [
        " ".join(str(texts[case_id])[start:end].split())
        for case_id, start, end in zip(rows["text_id"], rows["start"], rows["end"], strict=True)
    ]
    frame = pd.DataFrame({"key": rows["key"], "case_id": rows["text_id"], "text": said})
    long_enough = frame["text"].str.count(r"\S+") >= _FEWEST_WORDS
    return frame[long_enough].reset_index(drop=True)
