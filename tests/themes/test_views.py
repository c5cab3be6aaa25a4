import numpy as np

from workbench.themes.views import join_views


def test_rows_are_of_unit_length_and_as_many_as_texts(sample):
    texts, vectors, _ = sample
    rows = join_views(texts, vectors)
    assert rows.shape[0] == len(texts)
    assert rows.shape[1] <= 256
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_words_of_like_company_bring_texts_nearer(sample):
    """Two texts with vectors as apart, one of which shares the words of the other's subject."""
    texts, vectors, subjects = sample
    apart = np.zeros((2, vectors.shape[1]), dtype=np.float32)
    apart[0, 14], apart[1, 15] = 1, 1
    given = [
        *texts,
        "The lens and the tripod by the camera.",
        "The soil and the hedge by the rose.",
    ]
    rows = join_views(given, np.vstack([vectors, apart]))
    camera = rows[: len(texts)][subjects == "camera"].mean(axis=0)
    assert rows[-2] @ camera > rows[-1] @ camera + 0.1


def test_texts_without_a_shared_word_are_told_by_their_vectors_alone():
    vectors = np.eye(6, dtype=np.float32)
    rows = join_views(["aa", "bb", "cc", "dd", "ee", "ff"], vectors)
    assert np.isfinite(rows).all()
