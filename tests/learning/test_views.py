from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from workbench.learning import fit_columns, fit_pieces, fit_words, mean_vectors

TEXTS = [
    "Could you help? Could you?",
    "could you look at it",
    "Stop it! Stop it now!",
    "stop it!",
]


def test_words_of_two_texts_are_kept_marks_among_them():
    words = fit_words(TEXTS)
    assert {"could", "could you", "stop it !", "!"} <= set(words.terms)
    assert not {"help", "now", "?"} & set(words.terms)  # of one text each
    assert words.table(TEXTS).shape == (4, len(words.terms))


def test_rows_have_length_one_or_hold_nothing():
    for view in (fit_words(TEXTS), fit_pieces(TEXTS)):
        table = view.table([*TEXTS, "", "zzzz qqqq"])
        lengths = np.sqrt(table.multiply(table).sum(axis=1)).A1
        assert lengths[:4] == pytest.approx(1)
        assert lengths[4] == 0


def test_a_text_alone_gets_the_row_it_gets_among_others():
    for view in (fit_words(TEXTS), fit_pieces(TEXTS)):
        together = view.table(TEXTS).toarray()
        for row, text in enumerate(TEXTS):
            assert (view.table([text]).toarray()[0] == together[row]).all()


def test_terms_do_not_depend_on_the_order_of_texts():
    one, other = fit_pieces(TEXTS), fit_pieces(TEXTS[::-1])
    assert one.terms == other.terms
    assert (one.rarity == other.rarity).all()


WRITTEN = st.lists(
    st.sampled_from(
        ["Could", "could", "you", "you?", "it's", "it’s", "now!", "ΝΟΣ", "\x00", "..."]
    ),
    max_size=8,
).map(" ".join)


@given(st.lists(WRITTEN, min_size=1, max_size=5), st.sampled_from([" ", "\n", ", "]))
def test_words_are_weighed_as_scikit_learn_weighs_them(texts, between):
    learnt = [
        "could you? you could",
        f"it's{between}now! it's now",
        "could you now!",
        "it's νος",
    ] * 2
    words = fit_words(learnt)
    reference = TfidfVectorizer(
        ngram_range=(1, 3), token_pattern=r"\w+(?:['’]\w+)*|[?!.]+", sublinear_tf=True, min_df=2
    ).fit(learnt)
    assert list(words.terms) == reference.get_feature_names_out().tolist()
    asked = [*learnt, *texts]
    expected = reference.transform(asked).toarray()
    assert words.table(asked).toarray() == pytest.approx(expected, abs=1e-12)


COUNTS = st.lists(
    st.tuples(st.integers(0, 90), st.integers(0, 3), st.just(2)), min_size=2, max_size=30
)


@given(COUNTS, st.booleans())
def test_columns_come_to_like_spread(rows, counted):
    given_table = np.array(rows)
    table = fit_columns(given_table, counted=counted).table(given_table)
    assert (np.abs(table) <= 4 / np.sqrt(3) + 1e-12).all()
    assert table[:, 2] == pytest.approx(0, abs=1e-12)  # a column that never varies
    # Larger counts never come out smaller.
    order = np.argsort(given_table[:, 0])
    assert (np.diff(table[order, 0]) >= 0).all()


def test_columns_keep_the_spread_they_were_made_with():
    columns = fit_columns(np.array([[0.0], [2.0]]))
    assert columns.table(np.array([[1.0], [3.0], [100.0]])).ravel() == pytest.approx([0, 2, 4])


def test_mean_vectors_are_of_length_one_or_nothing():
    vectors = np.array([[1.0, 0], [0, 1], [0, 2]])
    found = mean_vectors(vectors, [0, 0, 2], 3)
    assert found == pytest.approx(np.array([[0.5**0.5, 0.5**0.5], [0, 0], [0, 1]]))
