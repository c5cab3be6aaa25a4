from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.clusterings.sets import SETS, LabelledSet


@pytest.mark.parametrize(
    ("name", "texts", "labelled", "themes"),
    [("banking77", 3080, 3080, 77), ("octis_bbc", 2225, 2225, 5), ("nhs_fft", 5233, 3335, 41)],
)
def test_public_sets_are_read_whole(
    workbench_data: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    texts: int,
    labelled: int,
    themes: int,
) -> None:
    monkeypatch.setenv("WORKBENCH_DATA", str(workbench_data))
    given, truth, note = SETS[name]()
    data = LabelledSet(name, given, truth, np.zeros((len(given), 1)), note)
    assert len(given) == len(truth) == texts
    assert (int(data.labelled.sum()), data.number) == (labelled, themes)
    assert f"{texts:,} texts, {themes} themes" in data.describe()
    assert ("exactly one" in data.describe()) == (labelled < texts)


def test_a_sample_keeps_texts_themes_and_vectors_together() -> None:
    names = np.array(["tea", "rail", "sea"] * 20)
    numbers = np.arange(60)
    data = LabelledSet("small", [f"{n} {i}" for i, n in enumerate(names)], names, numbers[:, None])
    part = data.sample(30)
    assert len(part.texts) == 30
    for text, name, (number,) in zip(part.texts, part.truth, part.vectors, strict=True):
        assert text == f"{name} {number}"
    assert part.texts == data.sample(30).texts
