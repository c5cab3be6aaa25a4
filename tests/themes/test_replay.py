from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tests.themes.nested import PER_SUBJECT, an_edit, make_texts
from workbench.errors import WorkbenchError
from workbench.themes import ThemeSettings, find_themes
from workbench.themes.edits import Lock, Merge, Move, Note, Pin, Rename, Split, Unlock
from workbench.themes.found import NO_THEME
from workbench.themes.replay import edit_themes, replay_edits, undo

TEXTS, VECTORS = make_texts()
DATA = {"texts": TEXTS, "vectors": VECTORS}
SETTINGS = ThemeSettings(main=2, sub=4, smallest=4)
# Texts that the first fit does not know, two a subject.
NEW, NEW_VECTORS = make_texts(seed=9, per_subject=2)
NEW.index = [f"N{number}" for number in range(len(NEW))]


@pytest.fixture(scope="module")
def themes():
    return find_themes(TEXTS, vectors=VECTORS, settings=SETTINGS)


@pytest.fixture(scope="module")
def later():
    """A fit of the same texts less some, with new ones before them, in another order."""
    kept = np.flatnonzero(np.arange(len(TEXTS)) % 9 != 4)[::-1]
    return Fit(pd.concat([NEW, TEXTS.iloc[kept]]), np.vstack([NEW_VECTORS, VECTORS[kept]]))


class Fit:
    """Texts, vectors and the themes found in them."""

    def __init__(self, texts, vectors, config=SETTINGS):
        self.data = {"texts": texts, "vectors": vectors}
        self.themes = find_themes(texts, vectors=vectors, settings=config)

    def replay(self, edits):
        return replay_edits(self.themes, edits, **self.data)


def made_of(themes, labels):
    """A fit in which the finest themes are just ``labels``, each its own main and sub-theme."""
    names, finest = np.unique(labels, return_inverse=True)
    count = len(names)
    frame = pd.DataFrame(
        {
            "theme": np.arange(2 * count),
            "parent": [NO_THEME] * count + list(range(count)),
            "level": [0] * count + [1] * count,
            "label": [f"Fit {own}" for own in range(2 * count)],
        }
    )
    rest = themes.themes.iloc[np.arange(2 * count) % len(themes.themes)].reset_index(drop=True)
    centres = np.stack([VECTORS[finest == own].mean(axis=0) for own in range(count)] * 2)
    return replace(
        themes,
        assignments=themes.assignments.assign(theme=finest + count, state="core"),
        themes=rest.assign(**frame),
        levels=frame.loc[frame["level"] == 1, ["theme", "parent"]].reset_index(drop=True),
        centres=centres,
        members=np.tile(finest + count, (3, 1)).astype(np.int32),
    )


def at(themes, level):
    return themes.themes.loc[themes.themes["level"] == level, "theme"].tolist()


def ids_of(themes, theme):
    level = int(themes.themes.set_index("theme")["level"][theme])
    inside = (themes.at_level(level) == theme).to_numpy()
    return set(themes.assignments["text_id"][inside])


def level_of(themes, ids, level):
    """The themes at ``level`` of those of ``ids`` that are here."""
    here = themes.assignments["text_id"].isin(ids)
    return themes.at_level(level)[here.to_numpy()]


@settings(max_examples=25)
@given(data=st.data())
def test_edits_replayed_on_the_same_fit_give_the_same_themes(themes, data):
    edited = themes
    for _ in range(data.draw(st.integers(1, 6))):
        try:
            edited = edit_themes(edited, data.draw(an_edit(edited)), **DATA)
        except WorkbenchError:
            continue
    again, report = replay_edits(themes, edited.edits, **DATA)
    for name in ("assignments", "themes", "levels"):
        assert_frame_equal(getattr(again, name), getattr(edited, name))
    assert again.edits == edited.edits
    assert (report["honoured"] == "yes").all()
    assert (report["reason"] == "").all()
    assert report["absent"].sum() == 0


@settings(max_examples=25)
@given(data=st.data())
def test_no_edit_is_lost_in_a_refit_and_all_can_be_undone(themes, later, data):
    edited = themes
    for _ in range(data.draw(st.integers(1, 6))):
        try:
            edited = edit_themes(edited, data.draw(an_edit(edited)), **DATA)
        except WorkbenchError:
            continue
    refit, report = later.replay(edited.edits)
    assert len(report) == len(refit.edits) == len(edited.edits)
    for old, new, said in zip(edited.edits, refit.edits, report.itertuples(), strict=True):
        assert replace(new, honoured="yes", reason="") == old
        assert (new.honoured, new.reason) == (said.honoured, said.reason)
        assert said.reason or said.honoured == "yes"
        assert bool(said.now) == (said.honoured != "no")
    placed = refit.assignments["theme"] != NO_THEME
    assert refit.themes.loc[refit.themes["level"] == 2, "size"].sum() == placed.sum()
    if edited.edits:
        back = undo(refit, **later.data, count=len(refit.edits))
        assert_frame_equal(back.themes, later.themes.themes)
        assert_frame_equal(back.assignments, later.themes.assignments)


def test_a_name_follows_its_texts(themes, later):
    theme = at(themes, 2)[3]
    edited = edit_themes(themes, Rename(theme, "Ours"), **DATA)
    refit, report = later.replay(edited.edits)
    now = int(report["now"][0])
    assert refit.themes.set_index("theme")["label"][now] == "Ours"
    known = ids_of(refit, now) & set(TEXTS.index)
    before = ids_of(themes, theme) & set(later.data["texts"].index)
    assert len(known & before) / len(known | before) > 0.5
    assert report["absent"][0] == len(ids_of(themes, theme)) - len(before)


def test_find_themes_replays_the_edits_it_is_given(themes, later):
    edited = edit_themes(themes, Rename(0, "Ours"), **DATA)
    refit = find_themes(**later.data, settings=SETTINGS, edits=edited.edits)
    assert "Ours" in set(refit.themes["label"])
    assert_frame_equal(refit.found.themes, later.themes.themes)


def test_merged_texts_stay_together_whatever_the_fit_says(themes, later):
    one, other = at(themes, 2)[0], at(themes, 2)[-1]
    edited = edit_themes(themes, Merge([one, other], label="Both"), **DATA)
    refit, report = later.replay(edited.edits)
    together = level_of(refit, ids_of(themes, one) | ids_of(themes, other), 2)
    assert together.nunique() == 1
    assert refit.themes.set_index("theme")["label"][together.iloc[0]] == "Both"
    assert report["now"][0] == str(together.iloc[0])
    # The new texts that the fit has with either come along, and no others.
    fitted = [level_of(later.themes, ids_of(themes, own), 2).mode()[0] for own in (one, other)]
    new = set().union(*(ids_of(later.themes, own) for own in fitted)) & set(NEW.index)
    assert len(new) == 4
    assert ids_of(refit, together.iloc[0]) & set(NEW.index) == new


def test_a_split_holds_and_new_texts_join_the_nearer_part(themes, later):
    theme = at(themes, 1)[0]
    parts = [
        own for own in at(themes, 2) if themes.levels.set_index("theme")["parent"][own] == theme
    ]
    groups = [sorted(ids_of(themes, own)) for own in parts]
    edited = edit_themes(themes, Split(theme, groups, labels=["One", "Two"]), **DATA)
    refit, report = later.replay(edited.edits)
    now = [int(own) for own in report["now"][0].split(", ")]
    for number, group in zip(now, groups, strict=True):
        assert set(level_of(refit, group, 1)) == {number}
    labels = refit.themes.set_index("theme")["label"]
    assert [labels[number] for number in now] == ["One", "Two"]
    centres = [VECTORS[TEXTS.index.isin(group)].mean(axis=0) for group in groups]
    new = [own for number in now for own in ids_of(refit, number) if own in NEW.index]
    assert len(new) == 4
    for own in new:
        vector = NEW_VECTORS[NEW.index.get_loc(own)]
        nearest = int(np.argmax([vector @ c / np.linalg.norm(c) for c in centres]))
        assert own in ids_of(refit, now[nearest])


def test_moved_and_pinned_texts_go_with_their_theme(themes, later):
    source, target = at(themes, 2)[0], at(themes, 2)[-1]
    chosen = sorted(ids_of(themes, source) & set(later.data["texts"].index))[:3]
    kept = sorted(ids_of(themes, target) & set(later.data["texts"].index))[:2]
    edited = edit_themes(themes, [Move(chosen, target), Pin(kept, target)], **DATA)
    refit, report = later.replay(edited.edits)
    assert (report["honoured"] == "yes").all()
    assert set(level_of(refit, [*chosen, *kept], 2)) == {int(report["now"][0])}
    certain = refit.assignments.set_index("text_id").loc[[*chosen, *kept]]
    assert (certain["strength"] == 1).all()


def test_a_text_out_of_all_themes_stays_out(themes, later):
    edited = edit_themes(themes, Move(["C0"], NO_THEME), **DATA)
    refit, _ = later.replay(edited.edits)
    assert refit.assignments.set_index("text_id")["theme"]["C0"] == NO_THEME
    assert later.themes.assignments.set_index("text_id")["theme"]["C0"] != NO_THEME


def test_texts_that_are_gone_are_counted(themes, later):
    target = at(themes, 2)[-1]
    edited = edit_themes(themes, [Move(["C0", "C4"], target), Move(["C4", "C13"], target)], **DATA)
    _, report = later.replay(edited.edits)
    assert list(report["honoured"]) == ["partly", "no"]
    assert report["reason"][0] == "1 of its 2 texts are not here"
    assert report["reason"][1] == "none of its texts is here"


def test_a_locked_theme_keeps_just_its_texts_and_its_name(themes):
    subject = np.arange(len(TEXTS)) // PER_SUBJECT
    theme = at(themes, 2)[0]
    held = ids_of(themes, theme)
    edited = edit_themes(themes, Lock(theme), **DATA)
    label = edited.themes.set_index("theme")["label"][theme]
    # A fit that takes four texts out of the theme's subject, and puts four of another into it.
    disturbed = subject.copy()
    inside = np.flatnonzero(TEXTS.index.isin(held))
    home = subject[inside[0]]
    disturbed[inside[:4]] = (home + 1) % 6
    disturbed[np.flatnonzero(subject == (home + 2) % 6)[:4]] = home
    refit, report = replay_edits(made_of(themes, disturbed), edited.edits, **DATA)
    now = int(report["now"][0])
    assert ids_of(refit, now) == held
    assert refit.themes.set_index("theme")["label"][now] == label
    assert "4 of its" in report["reason"][0]
    assert report["honoured"][0] == "yes"
    with pytest.raises(WorkbenchError, match="locked"):
        edit_themes(refit, Move(["C70"], now), **DATA)


@pytest.mark.parametrize("known", [True, False])
def test_a_new_text_joins_a_locked_theme_only_by_nearest_centre(themes, known):
    near = at(themes, 2)[0]
    centre = themes.centres[list(themes.themes["theme"]).index(near)]
    far = themes.centres[list(themes.themes["theme"]).index(at(themes, 2)[-1])]
    texts = pd.concat([TEXTS, pd.Series(["The lens is near.", "The pier is far."], ["A", "B"])])
    vectors = np.vstack([VECTORS, centre[None], far[None]])
    edited = edit_themes(themes, Lock(near) if known else Note(near, "x"), **DATA)
    # The fit has it the wrong way round.
    own = themes.assignments["theme"]
    fit = replace(
        themes,
        assignments=pd.DataFrame(
            {
                "text_id": list(texts.index),
                "theme": [*own, at(themes, 2)[-1], near],
                "state": [*themes.assignments["state"], "core", "core"],
                "strength": [*themes.assignments["strength"], 1.0, 1.0],
            }
        ),
        members=np.hstack([themes.members, np.full((len(themes.members), 2), near)]).astype("i4"),
    )
    refit, _ = replay_edits(fit, edited.edits, texts=texts, vectors=vectors)
    placed = refit.assignments.set_index("text_id")["theme"]
    assert (placed["A"] == near, placed["B"] == near) == ((True, False) if known else (False, True))


def test_what_is_spread_or_swallowed_is_reported(themes):
    theme = at(themes, 2)[0]
    held = TEXTS.index.isin(ids_of(themes, theme))
    edits = [Rename(theme, "Ours"), Note(theme, "x"), Lock(theme), Unlock(theme)]
    edited = edit_themes(
        themes, [*edits[:2], Pin(sorted(ids_of(themes, theme))[:1], theme)], **DATA
    )
    subject = np.arange(len(TEXTS)) // PER_SUBJECT
    spread = np.where(held, np.arange(len(TEXTS)) % 3 + 10, subject)
    refit, report = replay_edits(made_of(themes, spread), edited.edits, **DATA)
    assert list(report["honoured"]) == ["no", "no", "no"]
    assert report["reason"].str.startswith(f"theme {theme} is spread over 3 themes").all()
    assert report["reason"].str.endswith("is 33% of its texts").all()
    assert [own.kind for own in refit.edits] == ["rename", "note", "pin"]
    assert "Ours" not in set(refit.themes["label"])
    whole = np.where(subject < 3, 0, subject)
    _, report = replay_edits(made_of(themes, whole), edited.edits, **DATA)
    assert list(report["honoured"]) == ["no", "no", "partly"]
    assert report["reason"].str.contains("has gone into theme").all()


def test_a_lock_outlasts_later_edits_of_another_fit(themes):
    """An edit that fits no longer with a lock is reported, and the lock kept."""
    first, second = at(themes, 2)[:2]
    merged = edit_themes(themes, Merge([first, second]), **DATA)
    locked = edit_themes(themes, Lock(first), **DATA)
    refit, report = replay_edits(themes, [*locked.edits, *merged.edits], **DATA)
    assert list(report["honoured"]) == ["yes", "no"]
    assert "locked" in report["reason"][1]
    assert ids_of(refit, first) == ids_of(themes, first)


def test_edits_never_applied_name_the_themes_at_hand(themes):
    refit, report = replay_edits(themes, [Rename(0, "Ours")], **DATA)
    assert refit.themes["label"][0] == "Ours"
    assert report["now"][0] == "0"
    with pytest.raises(WorkbenchError, match="no theme 99"):
        replay_edits(themes, [Rename(99, "Ours")], **DATA)


def test_undone_edits_are_not_replayed_and_stay_on_record(themes, later):
    edited = undo(edit_themes(themes, Rename(0, "Ours"), **DATA), **DATA)
    refit, report = later.replay(edited.edits)
    assert_frame_equal(refit.themes, later.themes.themes)
    assert list(report["honoured"]) == ["undone", "yes"]
    assert refit.edits == edited.edits


def test_the_order_of_rows_changes_nothing(themes, later):
    one, other = at(themes, 2)[0], at(themes, 2)[-1]
    edits = [Merge([one, other]), Lock(at(themes, 2)[2]), Split(at(themes, 1)[2], count=2)]
    edited = edit_themes(themes, edits, **DATA)
    refit, report = later.replay(edited.edits)
    order = np.random.default_rng(1).permutation(len(later.data["texts"]))
    shuffled = Fit(later.data["texts"].iloc[order], later.data["vectors"][order])
    again, second = shuffled.replay(edited.edits)
    assert_frame_equal(second, report)
    wanted = refit.assignments.set_index("text_id")["theme"]
    assert (again.assignments.set_index("text_id")["theme"][wanted.index] == wanted).all()
    assert_frame_equal(again.themes, refit.themes)
