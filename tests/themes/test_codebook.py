import pandas as pd
import pytest

from workbench.errors import StudyError
from workbench.themes import Codebook, apply_codebook

CONTENT = """
title = "Two codes"
[[themes]]
code = "1"
name = "Harm"
description = "People are mocked online."
[[themes.codes]]
code = "1.1"
name = "Mockery"
description = "An account makes fun of teachers."
asks = ["Pupils have made an account that mocks staff."]
[[themes]]
code = "2"
name = "Training"
description = "Requests for training sessions."
"""


@pytest.fixture
def codebook(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "kept"))
    file = tmp_path / "codebook.toml"
    file.write_text(CONTENT, encoding="utf-8")
    return Codebook.load(file)


def test_a_theme_without_codes_is_a_code(codebook):
    assert [code.code for code in codebook.codes] == ["1.1", "2"]
    assert codebook.table()["theme"].to_list() == ["Harm", "Training"]


def test_closeness_is_shared_among_codes(codebook):
    texts = pd.Series(
        ["Some account mocks our teachers.", "Can you run training for us?", ""],
        index=["a", "b", "c"],
    )
    shares = apply_codebook(texts, codebook)
    assert list(shares.index) == ["a", "b", "c"]
    assert shares.loc["a", "1.1"] > 0.6
    assert shares.loc["b", "2"] > 0.6
    assert shares.sum(axis=1).to_list() == pytest.approx([1, 1, 0], abs=1e-5)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('title = "none"', "holds no codes"),
        ('[[themes]]\ncode = "1"', "'name' is missing"),
        ('[[themes]]\ncode = "1"\nname = "a"\ncolour = "b"', "'colour' is not known"),
        ('[[themes]]\ncode = "1"\nname = "a"\n[[themes]]\ncode = "1"\nname = "b"', "'1' twice"),
    ],
)
def test_a_faulty_codebook_is_explained(tmp_path, content, said):
    file = tmp_path / "codebook.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(StudyError, match=said):
        Codebook.load(file)
