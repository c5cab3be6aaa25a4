"""Words of subject lines, with what mail gateways added marked as such."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.study import Study
from workbench.text.words import stop_words, tokenize

if TYPE_CHECKING:
    import pandas as pd


def subject_words(log: CaseLog, study: Study, *, top: int = 20) -> pd.DataFrame:
    """The ``top`` words of the subject lines of each period, by how often they occur.

    Columns: period, rank, word, n (occurrences), cases (subject lines with it), banner (whether
    the study lists the word as one that mail gateways add). Stop words are left out.
    """
    import pandas as pd

    stop = stop_words() | {word.casefold() for word in study.words.stop}
    banners = {word.casefold() for word in study.words.banners}
    rows = []
    for period in log.periods:
        inside = log.cases[log.cases["period"] == period]
        lines = [tokenize(line) for line in inside["subject"].dropna()]
        counts = Counter(word for line in lines for word in line if word not in stop)
        within = Counter(word for line in lines for word in set(line))
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:top]
        rows += [
            (period, rank, word, n, within[word], word in banners)
            for rank, (word, n) in enumerate(ranked, start=1)
        ]
    columns = ["period", "rank", "word", "n", "cases", "banner"]
    return pd.DataFrame(rows, columns=pd.Index(columns))
