import os
import stat
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.themes.nested import make_texts
from workbench.errors import WorkbenchError
from workbench.themes import ThemeSettings, find_themes
from workbench.themes.decisions import append_decision, read_decisions, write_decisions
from workbench.themes.edits import Anchor, Lock, Merge, Move, Note, Pin, Rename, Split, Undo, Unlock
from workbench.themes.replay import edit_themes, replay_edits, undo

WORDS = st.text(max_size=20)
NUMBERS = st.integers(0, 10**6)
IDS = st.lists(st.one_of(WORDS, st.integers()), max_size=4).map(tuple)
LABELS = st.lists(WORDS, max_size=3).map(tuple)
DAYS = st.dates().map(lambda day: day.isoformat())
ANCHOR = st.builds(Anchor, NUMBERS, st.integers(0, 2), st.booleans(), WORDS, IDS)
ANCHORS = st.lists(ANCHOR, max_size=2).map(tuple)
COMMON = {
    "who": WORDS,
    "why": WORDS,
    "when": DAYS,
    "anchors": ANCHORS,
    "among": IDS,
    "honoured": st.sampled_from(["yes", "partly", "no"]),
    "reason": WORDS,
}
EDITS = st.one_of(
    st.builds(Rename, NUMBERS, WORDS, **COMMON),
    st.builds(Merge, st.lists(NUMBERS), WORDS, **COMMON),
    st.builds(Split, NUMBERS, st.lists(IDS, max_size=3), NUMBERS, LABELS, **COMMON),
    st.builds(Move, IDS, st.integers(-1, 99), **COMMON),
    st.builds(Pin, IDS, NUMBERS, **COMMON),
    st.builds(Lock, NUMBERS, **COMMON),
    st.builds(Unlock, NUMBERS, **COMMON),
    st.builds(Note, NUMBERS, WORDS, **COMMON),
    st.builds(Undo, st.integers(1, 9), **COMMON),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("decisions")


@given(edits=st.lists(EDITS, max_size=5))
def test_what_is_written_is_read_back_just_so(folder, edits):
    file = write_decisions(folder / "decisions.toml", edits)
    assert read_decisions(file) == tuple(edits)
    assert len(tomllib.loads(file.read_text(encoding="utf-8")).get("decisions", [])) == len(edits)


@given(edits=st.lists(EDITS, max_size=4), more=st.lists(EDITS, min_size=1, max_size=2))
def test_what_is_added_comes_after_what_is_there(folder, edits, more):
    file = folder / "added.toml"
    file.unlink(missing_ok=True)
    if edits:
        append_decision(file, *edits)
    append_decision(file, *more)
    assert read_decisions(file) == (*edits, *more)


@pytest.mark.parametrize(
    "text", ['"', "\\", "\x7f", "\x00", "a\r\nb", '"""', "\u2028", "é 🙂", "#]"]
)
def test_hard_characters_survive(tmp_path, text):
    edit = Rename(0, text, who=text, why=text, anchors=(Anchor(0, 0, True, text, (text, 7)),))
    assert read_decisions(write_decisions(tmp_path / "d.toml", [edit])) == (edit,)


def test_the_file_reads_as_a_list_of_decisions(tmp_path):
    edits = [
        Merge([3, 7], "Both", who="A", why="one matter", when="2026-11-22"),
        Undo(when="2026-11-23"),
    ]
    lines = write_decisions(tmp_path / "d.toml", edits).read_text(encoding="utf-8").splitlines()
    assert lines[3:] == [
        "[[decisions]]",
        'kind = "merge"',
        'who = "A"',
        'why = "one matter"',
        'when = "2026-11-22"',
        "themes = [3, 7]",
        'label = "Both"',
        "",
        "[[decisions]]",
        'kind = "undo"',
        'when = "2026-11-23"',
    ]


def test_the_texts_there_were_are_listed_once_and_no_text_is_written(tmp_path):
    texts, vectors = make_texts()
    data = {"texts": texts, "vectors": vectors}
    themes = find_themes(texts, vectors=vectors, settings=ThemeSettings(smallest=4))
    edited = edit_themes(themes, [Rename(0, "Ours"), Note(1, "See."), Split(0, count=2)], **data)
    edited = undo(edited, **data)
    file = write_decisions(tmp_path / "d.toml", edited.edits)
    content = file.read_text(encoding="utf-8")
    assert content.count("\n[[texts]]\n") == 1
    assert not any(text in content for text in texts)
    again, report = replay_edits(themes, read_decisions(file), **data)
    assert again.edits == edited.edits
    assert list(report["honoured"]) == ["yes", "yes", "undone", "yes"]
    assert again.themes.equals(edited.themes)


def test_only_its_owner_may_read_it(tmp_path):
    file = write_decisions(tmp_path / "d.toml", [Rename(0, "Ours")])
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("wrong", [1.5, None, True])
def test_ids_that_cannot_be_written_are_refused(tmp_path, wrong):
    with pytest.raises(WorkbenchError, match="text or whole numbers"):
        write_decisions(tmp_path / "d.toml", [Move([wrong], 0)])
    assert not (tmp_path / "d.toml").exists()


def test_half_a_character_is_refused(tmp_path):
    with pytest.raises(WorkbenchError, match="half a character"):
        write_decisions(tmp_path / "d.toml", [Rename(0, "\ud83d")])


ENTRY = '[[decisions]]\nkind = "rename"\nwhen = "2026-11-22"\ntheme = 3\nlabel = "Ours"\n'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("decision = []", r"'decision' is not known there. Did you mean 'decisions'\?"),
        ("decisions = 3", r"under its own \[\[decisions\]\]"),
        ("[[texts]]", "needs 'ids'"),
        (ENTRY.replace("rename", "renam"), r"decision 1: 'kind'.*Did you mean 'rename'\?"),
        (ENTRY + ENTRY.replace("theme = 3\n", ""), "decision 2: 'theme' is missing"),
        (ENTRY.replace("theme = 3", "theme = '3'"), "'theme' must be a whole number"),
        (ENTRY.replace('"Ours"', "7"), "'label' must be text"),
        (ENTRY.replace('when = "2026-11-22"\n', ""), "'when' is missing"),
        (ENTRY.replace('"2026-11-22"', '"22 November"'), "decision 1: 'when' is the day"),
        (ENTRY + "lable = 'x'\n", r"'lable' is not known there. Did you mean 'label'\?"),
        (ENTRY + "among = 1\n", r"no \[\[texts\]\] number 1"),
        (ENTRY + "honoured = 'perhaps'\n", "one of yes, partly, no"),
        (ENTRY + "anchors = [{theme = 3}]\n", "an anchor has theme, level, finest, label, members"),
        (ENTRY + "label\n", "not valid TOML"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path, content, message):
    file = tmp_path / "decisions.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(WorkbenchError, match=message) as caught:
        read_decisions(file)
    assert str(file) in str(caught.value)


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(WorkbenchError, match="does not exist"):
        read_decisions(tmp_path / "none.toml")


def test_an_entry_written_by_hand_is_an_edit(tmp_path):
    file = tmp_path / "decisions.toml"
    file.write_text(ENTRY, encoding="utf-8")
    assert read_decisions(file) == (Rename(3, "Ours", when="2026-11-22"),)
