"""Which words mark one set of texts off from another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.compare.contrasts import (
    chi_squared,
    log_likelihood,
    log_ratios,
    permutation_p,
    weigh_odds,
)
from workbench.compare.intervals import adjust
from workbench.compare.say import CLEAR
from workbench.compare.terms import Split, Terms, count_both
from workbench.errors import WorkbenchError
from workbench.privacy.disclosure import protect_counts
from workbench.text.inputs import Texts
from workbench.text.words import tokenize

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from workbench.study import Disclosure

    Floats = NDArray[np.float64]

BY_USES_ALONE = "clear by uses of the word, not by texts"
"""The note on a word whose uses stand in too few texts, or too unevenly, to be a finding."""

PRIOR, LEAST = 500.0, 5
"""The weight of the prior in words, and how often a word must be used to be compared."""

_FLOOR = 0.01
_COLUMNS = (
    ("word", "str"),
    ("n_a", "int64"),
    ("n_b", "int64"),
    ("rate_a", "float64"),
    ("rate_b", "float64"),
    ("texts_a", "int64"),
    ("texts_b", "int64"),
    ("most", "int64"),
    ("log_odds", "float64"),
    ("z", "float64"),
    ("log_ratio", "float64"),
    ("log_ratio_low", "float64"),
    ("log_ratio_high", "float64"),
    ("g2", "float64"),
    ("chi2", "float64"),
    ("p_words", "float64"),
    ("p", "float64"),
    ("p_adjusted", "float64"),
    ("note", "str"),
)


def keyness(
    texts_a: Texts,
    texts_b: Texts,
    *,
    stop: Collection[str] = (),
    prior: float | Mapping[str, float] = PRIOR,
    least: int = LEAST,
    length: int = 1,
    split: Split = tokenize,
) -> pd.DataFrame:
    """Each word of A against B, largest z first; what is signed is positive where A uses it more.

    Give cleaned texts, one a case: signatures and gateway banners are words too. Columns:

    - ``word``; ``n_a``, ``n_b`` (uses); ``rate_a``, ``rate_b`` (per 1,000 words); ``texts_a``,
      ``texts_b`` (texts with the word); ``most`` (uses in the one text that uses it most).
    - ``log_odds`` (natural), ``z``: with an informative prior, so that rare words do not lead.
    - ``log_ratio``, ``log_ratio_low``, ``log_ratio_high``: the effect size, to base 2 (1 is twice
      as often), with a 95% interval over texts.
    - ``g2`` (log-likelihood), ``chi2`` (with Yates), both signed; ``p_words`` is the p of ``g2``
      and takes every use of a word as independent of all others, which they are not.
    - ``p``: two-sided, over texts: a word that one enquirer repeats is one surprise.
      ``p_adjusted``: after Benjamini and Hochberg, over all words of the frame. Judge by this one.
    - ``note``: ``BY_USES_ALONE`` where a word is clear by ``p_words`` alone, both adjusted.

    ``prior`` is the weight, in words, of a prior spread as the words are in A and B together, or
    a prior count for each word (others have .01). Words seen fewer than ``least`` times in all or
    in ``stop`` are left out, though they count in the rates. ``length`` 2 compares runs of two
    words. ``split`` says how a text is cut into words. Formulas: ``workbench.compare.contrasts``.
    Raises ``WorkbenchError`` for a prior that is not above nought.
    """
    import pandas as pd

    if not (all(n >= 0 for n in prior.values()) if isinstance(prior, Mapping) else prior > 0):
        raise WorkbenchError("The prior of keyness must be above 0: give words, such as 500.")
    one, other = count_both(texts_a, texts_b, least=least, length=length, stop=stop, split=split)
    total_a, total_b = float(one.lengths.sum()), float(other.lengths.sum())
    if not one.words or not total_a or not total_b:
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in _COLUMNS})
    a, b = one.totals, other.totals
    log_odds, z = weigh_odds(a, b, total_a, total_b, *_prior(prior, one, other))
    log_ratio, low, high = log_ratios(one, other)
    g2 = log_likelihood(a, b, total_a, total_b)
    p_words, p = _p_of_g2(g2), permutation_p(one, other)
    p_adjusted = adjust(p)
    by_uses_alone = (adjust(p_words) < CLEAR) & ~(p_adjusted < CLEAR)
    values = (
        one.words,
        a,
        b,
        1000 * a / total_a,
        1000 * b / total_b,
        one.spread,
        other.spread,
        np.maximum(_most(one), _most(other)),
        log_odds,
        z,
        log_ratio,
        low,
        high,
        g2,
        chi_squared(a, b, total_a, total_b),
        p_words,
        p,
        p_adjusted,
        np.where(by_uses_alone, BY_USES_ALONE, ""),
    )
    columns = zip(_COLUMNS, values, strict=True)
    frame = pd.DataFrame({name: pd.Series(found, dtype=kind) for (name, kind), found in columns})
    return frame.sort_values(["z", "word"], ascending=[False, True], ignore_index=True)


def marked_words(frame: pd.DataFrame, *, top: int | None = 10) -> pd.DataFrame:
    """The words that most mark either side: ``top`` of A's, then ``top`` of B's.

    Columns are those of ``keyness`` and ``side`` ("a" or "b", by the sign of log_ratio), ``clear``
    (p_adjusted below ``CLEAR``). On each side clear words come first, then the largest z.
    """
    import pandas as pd

    told = frame[frame["log_ratio"] != 0]
    told = told.assign(
        side=np.where(told["log_ratio"] > 0, "a", "b"), clear=told["p_adjusted"] < CLEAR
    )
    order = pd.DataFrame({"unclear": ~told["clear"], "z": -told["z"].abs(), "word": told["word"]})
    ranked = told.loc[order.sort_values(["unclear", "z", "word"]).index]
    sides = [ranked[ranked["side"] == side] for side in "ab"]
    return pd.concat([own.head(top or len(own)) for own in sides], ignore_index=True)


def say_keyness(frame: pd.DataFrame, *, names: tuple[str, str], top: int = 5) -> str:
    """A few sentences on which words are clear, and by how much; ``names`` are A's and B's."""
    if not len(frame):
        return f"Too few words to tell {names[0]} from {names[1]}."
    marked = marked_words(frame, top=None)
    clear = marked[marked["clear"]]
    differ = {0: "none differs", 1: "1 differs"}.get(len(clear), f"{len(clear):,} differ")
    said = [
        f"Of {len(frame):,} words compared, {differ} clearly between {names[0]} and {names[1]} "
        "when texts are counted and the many comparisons allowed for."
    ]
    for side, name in zip("ab", names, strict=True):
        own = clear[clear["side"] == side]
        if len(own):
            words = "; ".join(_say_word(row) for _, row in own.head(top).iterrows())
            rest = f"; and {len(own) - top:,} more" if len(own) > top else ""
            said.append(f"More in {name}: {words}{rest}.")
    return " ".join([*said, *["What a word means here, its contexts show."][: len(clear)]])


def protect_keyness(frame: pd.DataFrame, *, rule: Disclosure) -> pd.DataFrame:
    """A copy of a keyness frame that may leave the workbench under ``rule``.

    A word in ``rule.hide_up_to`` texts or fewer on either side is left out: its ratio would tell
    the count. Counts of the others are rounded, and rates and log ratios follow the rounded uses;
    z is rounded to a whole number and p_adjusted up to three decimals. What else is computed from
    exact counts is emptied.
    """
    if rule.exempt:
        return frame.copy()
    enough = (frame[["texts_a", "texts_b"]] > rule.hide_up_to).all(axis=1)
    kept = frame[enough].reset_index(drop=True)
    safe = kept.assign(z=kept["z"].round(), p_adjusted=np.ceil(1000 * kept["p_adjusted"]) / 1000)
    for side, sign in (("a", 1), ("b", -1)):
        for name in (f"n_{side}", f"texts_{side}"):
            safe[name] = protect_counts(kept[name], rule=rule).astype("int64")
        grown = safe[f"n_{side}"] / kept[f"n_{side}"]
        safe[f"rate_{side}"] *= grown
        for name in ("log_ratio", "log_ratio_low", "log_ratio_high"):
            safe[name] += sign * np.log2(grown)
    emptied = ("most", "log_odds", "g2", "chi2", "p_words", "p")
    return safe.assign(**dict.fromkeys(emptied, np.nan))


def _say_word(row: pd.Series[Any]) -> str:
    texts = f"in {row['texts_a']:,} and {row['texts_b']:,} texts"
    if not min(row["n_a"], row["n_b"]):
        return f"“{row['word']}” ({texts})"
    sign = 1 if row["side"] == "a" else -1
    names = ("log_ratio_low", "log_ratio", "log_ratio_high")
    low, times, high = sorted(2 ** (sign * row[name]) for name in names)
    interval = f"95% interval {low:.1f} to {high:.1f}"
    return f"“{row['word']}” ({times:.1f} times as often, {interval}; {texts})"


def _prior(prior: float | Mapping[str, float], one: Terms, other: Terms) -> tuple[Floats, float]:
    """Each word's prior count, and that of all words together."""
    if isinstance(prior, Mapping):
        own = np.array([max(prior.get(word, 0.0), _FLOOR) for word in one.words])
        elsewhere = sum(prior[word] for word in prior.keys() - set(one.words))
        return own, float(own.sum() + elsewhere)
    size = one.lengths.sum() + other.lengths.sum()
    return prior * (one.totals + other.totals) / size, prior


def _p_of_g2(g2: Floats) -> Floats:
    from scipy.stats import chi2

    return np.asarray(chi2.sf(np.abs(g2), 1))


def _most(terms: Terms) -> Floats:
    if not len(terms.lengths):
        return np.zeros(len(terms.words))
    return np.asarray(terms.counts.max(axis=0).todense(), dtype=np.float64).ravel()
