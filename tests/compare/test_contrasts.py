"""Formulas of keyness, against the results of others and against plain random draws."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency

from workbench.compare.contrasts import (
    chi_squared,
    log_likelihood,
    log_ratios,
    permutation_p,
    weigh_odds,
)
from workbench.compare.terms import Terms, count_both, count_terms

TRUMP = 2017


def _marks_and_words(text: str) -> list[str]:
    """Close to how quanteda cuts texts: words as they come, and each mark for itself."""
    return re.findall(r"\w+(?:['’-]\w+)*|[^\w\s]", text.lower())


@pytest.fixture(scope="module")
def speeches(workbench_data: Path) -> pd.DataFrame:
    path = workbench_data / "inaugural_keyness" / "inaugural.csv"
    if not path.exists():
        pytest.skip("inaugural_keyness is not among the data sets")
    frame = pd.read_csv(path)
    return frame[frame["Year"] <= 2021]  # what the published tables were made from


def test_chi_squared_of_the_inaugural_speeches_is_quantedas(speeches: pd.DataFrame) -> None:
    late = speeches["Year"] >= 1945
    one, other = count_both(
        speeches.loc[late, "text"], speeches.loc[~late, "text"], least=1, split=_marks_and_words
    )
    found = chi_squared(one.totals, other.totals, one.lengths.sum(), other.lengths.sum())
    more = {"we": 764.4484, "us": 207.5181, "america": 200.5544, "today": 137.7753}
    less = {"which": -177.10087, "of": -197.08830, "the": -331.99069}
    published = {**more, **less}
    for word, value in published.items():
        assert found[one.words.index(word)] == pytest.approx(value, rel=0.03)


def test_log_likelihood_of_one_speech_is_quantedas(speeches: pd.DataFrame) -> None:
    """One speech against 19, each count of each speech raised by one (quanteda's smoothing)."""
    late = speeches[speeches["Year"] >= 1945]
    own = late["Year"] == TRUMP
    one, other = count_both(
        late.loc[own, "text"], late.loc[~own, "text"], least=1, split=_marks_and_words
    )
    others, words = len(other.lengths), len(one.words)
    a, b = one.totals + 1, other.totals + others
    totals = one.lengths.sum() + words, other.lengths.sum() + words * others
    g2 = log_likelihood(a, b, *totals)
    # Where a count of less than five is due, quanteda moves both counts half a use towards it.
    moved = log_likelihood(a - 0.5, b + 0.5, *totals)
    for word, value in {"will": 22.609878, "america": 12.306921}.items():
        assert g2[one.words.index(word)] == pytest.approx(value, rel=1e-3)
    for word, value in {"your": 10.868622, "while": 9.707425, "protected": 8.909125}.items():
        assert moved[one.words.index(word)] == pytest.approx(value, rel=1e-3)
    plain = chi_squared(one.totals, other.totals, one.lengths.sum(), other.lengths.sum())
    assert plain[one.words.index("protected")] == pytest.approx(81.83024, rel=1e-3)


def test_both_tests_are_scipys() -> None:
    a, b = np.array([30.0, 3.0, 0.0, 7.0]), np.array([10.0, 4.0, 12.0, 14.0])
    found = chi_squared(a, b, 1000, 2000), log_likelihood(a, b, 1000, 2000)
    for place in range(len(a)):
        cells = [[a[place], b[place]], [1000 - a[place], 2000 - b[place]]]
        sign = np.sign(2 * a[place] - b[place])
        corrected = chi2_contingency(cells, correction=True).statistic
        ratio = chi2_contingency(cells, correction=False, lambda_="log-likelihood").statistic
        assert found[0][place] == pytest.approx(sign * corrected)
        assert found[1][place] == pytest.approx(sign * ratio)


def test_z_shrinks_with_the_weight_of_the_prior() -> None:
    a, b = np.array([30.0]), np.array([10.0])
    ratios = [weigh_odds(a, b, 900, 900, np.array([n]), 45 * n)[0][0] for n in (0.1, 10.0, 1000.0)]
    assert ratios[0] > ratios[1] > ratios[2] > 0


def _terms(counts: list[list[int]], lengths: list[int]) -> Terms:
    from scipy.sparse import csr_array

    words = tuple(f"w{place}" for place in range(len(counts[0])))
    return Terms(words, csr_array(np.array(counts, dtype=float)), np.array(lengths, dtype=float))


def test_p_is_that_of_texts_dealt_out_many_times() -> None:
    rng = np.random.default_rng(3)
    lengths = rng.integers(10, 60, size=70)
    counts = rng.negative_binomial(0.4, 0.4 / (0.4 + 0.05 * lengths[:, None]), size=(70, 12))
    counts[:20, :4] += rng.poisson([1, 2, 3, 4], size=(20, 4))
    both = _terms(counts.tolist(), lengths.tolist())
    p = permutation_p(both.part(slice(None, 20)), both.part(slice(20, None)))
    dealt = np.zeros((40_000, 70))
    dealt[:, :20] = 1
    dealt = rng.permuted(dealt, axis=1)
    surplus = counts - lengths[:, None] * (counts.sum(axis=0) / lengths.sum())
    drawn, seen = dealt @ surplus, surplus[:20].sum(axis=0)
    tails = np.minimum((drawn >= seen).mean(axis=0), (drawn <= seen).mean(axis=0))
    plain = np.minimum(2 * tails, 1)
    assert (plain < 0.01).any()
    assert (plain > 0.2).any()
    large = plain > 0.002
    assert np.abs(np.log(p[large] / plain[large])).max() < 0.35
    assert (p[~large] < 0.006).all()


def test_a_word_that_one_text_repeats_is_one_surprise() -> None:
    one = _terms([[40, 1]] + [[0, 1]] * 39, [50] * 40)
    other = _terms([[0, 0]] * 40, [50] * 40)
    repeated, spread = permutation_p(one, other)
    assert repeated > 0.2
    assert spread < 1e-6


def test_p_allows_for_longer_texts() -> None:
    """Every word comes twice as often in texts twice as long: no finding."""
    one = _terms([[2, 4]] * 30, [40] * 30)
    other = _terms([[1, 2]] * 30, [20] * 30)
    assert (permutation_p(one, other) > 0.9).all()


def test_a_few_texts_of_a_small_side_are_not_clear_beyond_what_they_can_show() -> None:
    one = _terms([[1]] * 2 + [[0]] * 18, [30] * 20)
    other = _terms([[0]] * 400, [30] * 400)
    can_show = (20 / 420) * (19 / 419)
    assert permutation_p(one, other)[0] >= 2 * can_show * 0.999


def test_log_ratio_and_its_interval() -> None:
    one = _terms([[1, 0], [3, 0], [0, 0]], [50, 50, 50])
    other = _terms([[1, 2], [0, 3], [0, 0]], [50, 50, 50])
    ratio, low, high = log_ratios(one, other)
    assert ratio[0] == pytest.approx(2)  # 4 uses against 1
    assert ratio[1] == pytest.approx(np.log2(0.5 / 5))
    assert (low < ratio).all()
    assert (ratio < high).all()


def test_a_ratio_over_few_texts_is_less_sure() -> None:
    other = _terms([[1]] * 20 + [[0]] * 20, [50] * 40)
    spread = log_ratios(_terms([[1]] * 40, [50] * 40), other)
    heaped = log_ratios(_terms([[20]] * 2 + [[0]] * 38, [50] * 40), other)
    assert spread[0] == pytest.approx(heaped[0])
    assert (heaped[2] - heaped[1])[0] > 1.5 * (spread[2] - spread[1])[0]


def test_nothing_to_deal_out_shows_nothing() -> None:
    one, other = _terms([[1]], [5]), _terms([[0]], [5])
    assert permutation_p(one, other).tolist() == [1.0]
    assert len(permutation_p(count_terms([]), count_terms([]))) == 0
