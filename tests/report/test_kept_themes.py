"""The file of kept themes, and what a report says of cases that came since."""

from __future__ import annotations

import stat
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from tests.small import HEADING, STUDY
from tests.themes.test_kept import KEPT, TEXTS, THEMES, VECTORS, with_more
from workbench.errors import StudyError
from workbench.report.kept_themes import (
    USUAL_NAME,
    continue_once,
    find_or_continue,
    keep_study_themes,
    read_kept,
    save_kept,
    say_saved,
)
from workbench.report.theme_names import say_kept
from workbench.report.theming import theme_settings
from workbench.study import Study
from workbench.themes.kept import Continued

SUBJECTS = ("A fake account of our head", "A fight was filmed at the gate", "Training for staff")


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A study of 24 cases of three matters."""
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "cache"))
    write_cases(tmp_path, 24)
    (tmp_path / "study.toml").write_text(STUDY, "utf-8")
    return Study.load(tmp_path)


def write_cases(folder: Path, count: int) -> None:
    rows = [
        f'A{i},2022-{9 + i % 4:02}-05,"{SUBJECTS[i % 3]}, matter {i}",Help,Bullying,Primary,'
        for i in range(count)
    ]
    (folder / "cases.csv").write_text("\n".join([HEADING, *rows]) + "\n", "utf-8")


def keeping(study: Study, **wishes: object) -> Study:
    """The study with its file of kept themes named, and further wishes."""
    changed = study.themes.model_copy(update={"kept": USUAL_NAME, **wishes})
    return study.model_copy(update={"themes": changed})


def as_kept(study: Study, path: Path) -> Study:
    """The study with wishes as the themes of the tests were found."""
    return keeping(study, kept=path.name, finest=3)


def test_what_is_read_is_what_was_saved_and_for_its_owner_alone(study: Study) -> None:
    path = save_kept(study.folder / "kept.npz", KEPT)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    first = path.read_bytes()
    assert save_kept(path, KEPT).read_bytes() == first
    found = read_kept(as_kept(study, path))
    assert found is not None
    for name in ("assignments", "themes", "levels"):
        pd.testing.assert_frame_equal(getattr(found.themes, name), getattr(THEMES, name))
    assert found.themes.settings == THEMES.settings
    pd.testing.assert_frame_equal(found.reach, KEPT.reach)
    assert np.array_equal(found.wordings, KEPT.wordings)
    assert b"matter" not in first


@pytest.mark.parametrize("damage", ["short", "other", "no archive"])
def test_a_file_that_is_not_whole_is_told_with_its_mend(study: Study, damage: str) -> None:
    path = save_kept(study.folder / "kept.npz", KEPT)
    whole = path.read_bytes()
    if damage == "other":
        np.savez(path, numbers=np.arange(3))
    else:
        path.write_bytes(whole[: len(whole) // 2] if damage == "short" else b"kept\n")
    with pytest.raises(StudyError, match=r"kept\.npz is not a whole file.*--anew"):
        read_kept(as_kept(study, path))


def test_wishes_that_the_kept_themes_do_not_meet_are_told(study: Study) -> None:
    path = save_kept(study.folder / "kept.npz", KEPT)
    other = as_kept(study, path)
    other = other.model_copy(update={"themes": other.themes.model_copy(update={"main": (4, 6)})})
    with pytest.raises(StudyError, match=r"main is \(4, 6\), but the themes .* with not set"):
        read_kept(other)
    assert read_kept(study) is None


def test_a_model_of_other_vectors_is_told(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save_kept(study.folder / "kept.npz", KEPT)
    monkeypatch.setattr("workbench.report.kept_themes.WEIGHTS_SHA256", "another")
    with pytest.raises(StudyError, match="another model of sentence vectors"):
        read_kept(as_kept(study, path))


def test_a_study_keeps_its_themes_and_cases_that_come_move_none(study: Study) -> None:
    path, themes = keep_study_themes(study)
    assert path == study.folder / USUAL_NAME
    assert f'kept = "{USUAL_NAME}"' in say_saved(path, themes, study)
    with pytest.raises(StudyError, match=r"already.*--anew"):
        keep_study_themes(study)
    mine = keeping(study)
    assert 'kept = "' not in say_saved(path, themes, mine)
    assert keep_study_themes(mine, anew=True)[0] == path

    write_cases(study.folder, 30)
    texts = pd.Series({f"A{i}": f"{SUBJECTS[i % 3]}, matter {i}" for i in range(30)})
    from workbench.text.vectors import embed

    now, places, done = find_or_continue(
        mine, texts, vectors=embed(texts), settings=theme_settings(mine)
    )
    assert done is not None
    assert (done.how == "new").sum() == 6
    assert len(places) == 30
    pd.testing.assert_frame_equal(now.assignments[:24], themes.assignments)


def test_what_is_continued_comes_back_from_the_cache(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = pd.Series({f"N{i}": f"A drone {i} over the yard, note {i % 7}" for i in range(60)})
    texts, vectors = with_more(TEXTS, VECTORS, more, 4 + np.arange(60) // 30)
    first, places = continue_once(KEPT, texts, vectors)
    monkeypatch.setattr("workbench.report.kept_themes.continue_themes", None)
    again, same = continue_once(KEPT, texts, vectors)
    assert np.array_equal(places, same)
    pd.testing.assert_series_equal(first.how, again.how)
    assert first.gone == again.gone == 0
    assert first.emerging is not None
    assert again.emerging is not None
    pd.testing.assert_frame_equal(first.emerging.themes, again.emerging.themes)
    pd.testing.assert_frame_equal(first.themes.assignments, again.themes.assignments)


def told(study: Study, done: Continued | None, *, exempt: bool) -> str:
    rule = study.disclosure.model_copy(update={"exempt": exempt, "reason": "a test"})
    wishes = study.themes.model_copy(update={"firm_cases": 20})
    own = study.model_copy(update={"disclosure": rule, "themes": wishes})
    log = range(0 if done is None else len(done.how))
    return str(say_kept(SimpleNamespace(study=own, continued=done, log=log)))  # type: ignore[arg-type]


def test_the_report_says_what_came_since(study: Study) -> None:
    assert told(study, None, exempt=True) == ""
    more = pd.Series({f"N{i}": f"A drone {i} over the yard, note {i % 7}" for i in range(60)})
    texts, vectors = with_more(TEXTS[3:], VECTORS[3:], more, 4 + np.arange(60) // 30)
    done, _ = continue_once(KEPT, texts, vectors)
    said = told(study, done, exempt=True)
    out = int((done.themes.assignments["theme"][87:] < 0).sum())
    assert f"60 cases are new or changed since; {out} of them fit none of the themes" in said
    assert "3 cases are no longer there" in said
    assert "may be new themes: “" in said
    assert "(few) cases are no longer there" in told(study, done, exempt=False)
    still, _ = continue_once(KEPT, TEXTS, VECTORS)
    assert told(study, still, exempt=True).endswith("a case stays where it was.")


def test_the_demonstration_keeps_themes_of_its_own_cases(root: Path) -> None:
    demo = Study.load(root / "corpora" / "demo")
    kept = read_kept(demo)
    assert kept is not None
    ids = [
        name
        for source in demo.sources
        if source.holds == "cases"
        for name in pd.read_csv(demo.locate(source.path), dtype=str)["Case ID"]
    ]
    assert sorted(kept.themes.assignments["text_id"]) == sorted(ids)
