"""Words of subject lines, with what mail gateways added told apart from what enquirers wrote."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.study import Study
from workbench.text.words import stop_words, tokenize

if TYPE_CHECKING:
    import pandas as pd

# Words that a gateway sets between or after its warning words: "caution: this email originated
# from outside the trust". A warning's own words are the study's to name.
_BETWEEN = r"(?:this|e-?mail|message|sender|source|was|is|has|been|it|sent|come|from|of|elsewhere)"
_WHOSE = r"(?:of\s+)?(?:the|this|your|our)\s+(?:[^\W\d_]+|\[[^\]]*\])"
_MARK = r"[^\w\s]"
_FRAMED = re.compile(r"\s*(?:[^\w\s]\s*)*\w+\s*[:\])*]+[\s:)*\]-]*")
_NOTHING = re.compile(r"\s*(?:(?:re|fwd?)\b\s*:?\s*)*", re.IGNORECASE)


def subject_words(
    log: CaseLog, study: Study, *, top: int = 20, banners: bool = True
) -> pd.DataFrame:
    """The ``top`` words of the subject lines of each period, by how often they occur.

    With ``banners`` they are ranked by all that a line holds, as a mail program shows it; without,
    by what is left when the warnings of mail gateways are taken off. Columns: period, rank, word,
    n (occurrences), cases (subject lines with it), banner (whether the study lists the word as
    one that gateways add), and the same without warnings: rank_without (missing for a word that
    stands in warnings alone), n_without, cases_without. Stop words are left out.
    """
    import pandas as pd

    stop = stop_words() | {word.casefold() for word in study.words.stop}
    listed = {word.casefold() for word in study.words.banners}
    by, order = ("n", "rank") if banners else ("n_without", "rank_without")
    parts = []
    for period in log.periods:
        inside = log.cases.loc[log.cases["period"] == period, "subject"].dropna()
        own = _count(inside.map(lambda line: drop_banner(line, listed)), stop=stop)
        counted = _count(inside, stop=stop).join(own.add_suffix("_without"))
        counted = counted.fillna(0).astype("int64").rename_axis("word").reset_index()
        counted = counted.assign(period=period, banner=counted["word"].isin(listed))
        for n, rank in (("n", "rank"), ("n_without", "rank_without")):
            counted = counted.sort_values([n, "word"], ascending=[False, True], ignore_index=True)
            places = pd.Series(range(1, len(counted) + 1), dtype="Int64")
            counted[rank] = places.mask(counted[n] == 0)
        shown = counted[counted[by] > 0].sort_values(order).head(top)
        parts.append(shown)
    columns = ["period", "rank", "word", "n", "cases", "banner"]
    columns += ["rank_without", "n_without", "cases_without"]
    if not parts:
        return pd.DataFrame(columns=pd.Index(columns))
    return pd.concat(parts, ignore_index=True)[columns]


def drop_banner(line: str, banners: Collection[str]) -> str:
    """A subject ``line`` without the warnings that mail gateways put into it.

    A warning is a run of words from ``banners`` (lower case), at least two different ones, with
    the small words and marks about them, or brackets that hold two. A single one counts where it
    opens or ends the line by itself, in brackets or before a colon: "[External] Help". Any other
    is the enquirer's: "Fight outside school".
    """
    if not banners:
        return line
    pattern = _pattern(tuple(sorted(re.escape(word) for word in banners)))

    def blank(found: re.Match[str]) -> str:
        words = {word for word in tokenize(found[0]) if word in banners}
        ends = _NOTHING.fullmatch(line[: found.start()]) or not line[found.end() :].strip()
        return " " if len(words) > 1 or (ends and _FRAMED.fullmatch(found[0])) else found[0]

    return pattern.sub(blank, line).strip()


@cache
def _pattern(banners: tuple[str, ...]) -> re.Pattern[str]:
    word = rf"\b(?:{'|'.join(banners)})\b"
    gap = rf"(?:\s|{_MARK}|\b{_BETWEEN}\b)*"
    after = (
        rf"(?:\s+(?:{_WHOSE}|{_BETWEEN}\b))*(?:\s*(?![\[(]){_MARK})*"  # a bracket may open a name
    )
    run = rf"(?:{_MARK}\s*)*{word}(?:{gap}{word})*{after}"
    brackets = rf"\((?=[^()]*{word})[^()]*\)|\[(?=[^\[\]]*{word})[^\[\]]*\]"
    return re.compile(f"{brackets}|{run}", re.IGNORECASE)


def _count(lines: pd.Series, *, stop: Collection[str]) -> pd.DataFrame:
    """Each word of ``lines``, as the index, with n and the number of lines that have it."""
    import pandas as pd

    found = [[word for word in tokenize(line) if word not in stop] for line in lines]
    n = Counter(word for words in found for word in words)
    cases = Counter(word for words in found for word in set(words))
    index = pd.Index(list(n), dtype="str")
    return pd.DataFrame(
        {"n": list(n.values()), "cases": [cases[word] for word in n]}, index=index, dtype="int64"
    )
