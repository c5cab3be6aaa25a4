"""Tables of words: which stand in subject lines, and which mark periods or groups off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.compare.keyness import keyness, protect_keyness
from workbench.compare.shares import SMALL_BASE
from workbench.compare.shift import word_shift
from workbench.compare.terms import Split
from workbench.compare.words import drop_banner, subject_words
from workbench.privacy.disclosure import protect_counts, protect_table
from workbench.study import Study
from workbench.text.clean import clean_texts
from workbench.text.words import stop_words, tokenize

if TYPE_CHECKING:
    import pandas as pd

WORDS, CLOUD = "words", "cloud"
KEYNESS, SHIFT = "keyness", "shift"
SUBJECTS, ENQUIRIES = "subjects", "enquiries"

TOP = 20
"""So many words of the subject lines are ranked."""

_IN_CLOUD = 60


@dataclass(frozen=True)
class _Sides:
    """Two sets of texts by case, A set against B, with the name of each in ``names``."""

    names: tuple[str, str]
    a: pd.Series
    b: pd.Series


def word_tables(log: CaseLog, study: Study) -> dict[str, pd.DataFrame]:
    """Tables of words under the study's disclosure rule, by name; ``log`` is redacted.

    - ``words``: the 20 words that subject lines hold most, period by period, and ``cloud``: the
      60 that they hold most without the warnings of mail gateways (see ``subject_words``).
    - ``keyness/subjects`` and ``keyness/enquiries``: the last period (A) against the one before
      (B). ``keyness/N/PERIOD``: the enquiries of the second group of the study's Nth comparison
      (A) against those of the first (B); cases in both are left out.
    - ``shift/enquiries``: how far the enquiries of the two periods lie apart in all (one row).

    The last three carry the names of the sides (``group_a``, ``group_b``); those of keyness their
    texts too (``base_a``, ``base_b``). Left out are tables with fewer than ``SMALL_BASE`` texts on
    a side, and every word that stands in fewer texts than the rule allows to be told.
    """
    lines = _own_lines(log, study)
    texts = _own_texts(log)
    cut = {text: tokenize(text) for text in {*lines, *texts}}
    tables: dict[str, pd.DataFrame] = {}
    if len(lines):
        tables[WORDS] = _protected(subject_words(log, study, top=TOP), study)
        own = subject_words(log, study, top=_IN_CLOUD, banners=False)
        tables[CLOUD] = _protected(own, study, suffix="_without")
    least = max(SMALL_BASE, study.disclosure.hide_up_to + 1)
    for name, sides in _contrasts(log, study, lines, texts):
        if min(len(sides.a), len(sides.b)) >= least:
            tables[f"{KEYNESS}/{name}"] = _keyness(sides, study, split=cut.__getitem__)
            if name == ENQUIRIES:
                tables[f"{SHIFT}/{name}"] = _shift(sides, study, split=cut.__getitem__)
    return tables


def _own_lines(log: CaseLog, study: Study) -> pd.Series:
    """Subject lines by case, without the warnings of mail gateways; cases without one left out."""
    banners = {word.casefold() for word in study.words.banners}
    lines = log.cases.set_index("case_id")["subject"].dropna()
    return lines.map(lambda line: drop_banner(line, banners))


def _own_texts(log: CaseLog) -> pd.Series:
    """What the enquirers brought, by case, without signatures and what mail programs add."""
    import pandas as pd

    texts = log.cases.set_index("case_id")["text"]
    return pd.Series(clean_texts(texts), index=texts.index, dtype="str")


def _contrasts(
    log: CaseLog, study: Study, lines: pd.Series, texts: pd.Series
) -> Iterator[tuple[str, _Sides]]:
    periods = log.cases.set_index("case_id")["period"]
    if study.two_periods is not None:
        earlier, later = study.two_periods
        for name, given in ((SUBJECTS, lines), (ENQUIRIES, texts)):
            of = periods[given.index]
            yield name, _Sides((later, earlier), given[of == later], given[of == earlier])
    for number, comparison in enumerate(study.comparisons, start=1):
        reference, other = comparison.groups
        found = log.membership(comparison.by)
        b, a = (set(found.loc[found["label"] == name, "case_id"]) for name in (reference, other))
        for period in [comparison.period] if comparison.period else log.periods:
            given = texts[periods == period]
            sides = given[given.index.isin(a - b)], given[given.index.isin(b - a)]
            yield f"{number}/{period}", _Sides((other, reference), *sides)


def _keyness(sides: _Sides, study: Study, *, split: Split) -> pd.DataFrame:
    found = keyness(sides.a, sides.b, stop=_stop(study), split=split)
    safe = protect_keyness(found, rule=study.disclosure)
    base_a, base_b = _safe_counts((len(sides.a), len(sides.b)), study)
    return _named(safe, sides).assign(base_a=base_a, base_b=base_b)


def _shift(sides: _Sides, study: Study, *, split: Split) -> pd.DataFrame:
    total = word_shift(sides.a, sides.b, stop=_stop(study), seed=study.seed, split=split).total
    texts_a, texts_b = _safe_counts((len(sides.a), len(sides.b)), study)
    return _named(total, sides).assign(texts_a=texts_a, texts_b=texts_b)


def _named(frame: pd.DataFrame, sides: _Sides) -> pd.DataFrame:
    return frame.assign(group_a=sides.names[0], group_b=sides.names[1])


def _stop(study: Study) -> frozenset[str]:
    return stop_words() | set(study.words.stop)


def _safe_counts(counts: Sequence[int], study: Study) -> list[int]:
    """Counts of texts, all above what the disclosure rule hides, as it rounds them."""
    import pandas as pd

    if study.disclosure.exempt:
        return list(counts)
    return [int(n) for n in protect_counts(pd.Series(counts), rule=study.disclosure)]


def _protected(frame: pd.DataFrame, study: Study, *, suffix: str = "") -> pd.DataFrame:
    """A frame of subject words by the disclosure rule; words in too few lines are left out.

    ``suffix`` says whether lines with warnings count or, ``_without``, those without. Where the
    other count is hidden its rank is too.
    """
    counts = ("n", "cases", "n_without", "cases_without")
    safe = protect_table(frame, rule=study.disclosure, counts=counts)
    hidden = safe[["n_without", "cases_without"]].isna().any(axis=1)
    columns = ["rank_without", "n_without", "cases_without"]
    safe = safe.assign(**{name: safe[name].mask(hidden) for name in columns})
    return safe.dropna(subset=[f"n{suffix}", f"cases{suffix}"]).reset_index(drop=True)
