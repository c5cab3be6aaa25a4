import pytest

from workbench.text import embed
from workbench.themes import ThemeSettings, find_themes, theme_sentences

MOCK = "Dear team. Pupils made an account number {} mocking a teacher in the hall. Thank you."
TRAINING = "Hello there. Could you send {} training dates for our governors please. Regards."


@pytest.fixture(scope="module")
def told():
    texts = [MOCK.format(number) for number in range(12)]
    texts += [TRAINING.format(number) for number in range(12)]
    vectors = embed(texts, cache=False)
    settings = ThemeSettings(main=2, neighbours=5)
    return texts, vectors, find_themes(texts, vectors=vectors, settings=settings)


def test_sentences_stand_for_their_theme(told, tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path))
    texts, vectors, themes = told
    frame = theme_sentences(themes, texts, vectors, count=3)
    assert list(frame.columns) == ["theme", "text_id", "start", "end", "similarity"]
    assert set(frame["theme"]) == set(themes.themes["theme"])
    assert frame.groupby("theme").size().max() <= 3
    assert not frame.duplicated(["theme", "text_id"]).any()
    found = themes.at_level(0)
    for row in frame[frame["theme"] < 2].itertuples():
        said = texts[row.text_id][row.start : row.end]
        assert ("mocking" in said) == ("mocking" in texts[row.text_id])
        assert found[row.text_id] == row.theme
        assert 0.5 < row.similarity <= 1
