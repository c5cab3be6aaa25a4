"""Heads learnt from sentences: what must hold of any, and of those that ship."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from sklearn.metrics import log_loss

from tests.tone.sentences import NOT_SHOWN, SHOWN
from workbench.errors import WorkbenchError
from workbench.learning import Head, save_parts, take_rows
from workbench.text.vectors import embed, precision
from workbench.tone import heads as module
from workbench.tone.evidence import BLOCKS, MARKERS
from workbench.tone.heads import (
    DIRECTED,
    TARGETS,
    UNSURE,
    Labelled,
    ToneHeads,
    learn_heads,
    read_heads,
    read_labelled,
    save_heads,
    shipped_heads,
    shipped_sentences,
    weigh_markers,
)
from workbench.tone.markers import TONES
from workbench.tone.spoken import read_spoken

INVENTED = [
    "Could you kindly tell me whether anyone at your end is free to talk?",
    "Mrs Pemberley has not slept since the page went up and I fear for her.",
    "It has to be gone before the coach leaves at three.",
    "We filled in the form again and the same robot answered.",
    "Nothing we do makes the slightest difference any more.",
    "My duty is to the staff, and I will not have them hurt.",
    "Please have the profile closed for us.",
    "Sort it out. Now.",
    "You lot are a waste of space.",
    "Thank you for staying on the line with me yesterday.",
    "The school has two sites and nine hundred pupils.",
    'The caption reads "get lost, you useless old bat".',
    "A boy in Year 9 showed the clip to his form tutor.",
    "I wondered if we might have the leaflet in Welsh, please.",
    "How many more times must I explain this?",
    "We are grateful, but we are also at our wits' end.",
    "NOBODY HAS RUNG ME BACK AND I AM LIVID!!!",
    "The account has eighty followers.",
    "Instagram told us that a fake head teacher breaks no rule.",
    "I would rather not say more in writing.",
]


def small_set() -> list[Labelled]:
    """About 160 labelled sentences; targets are dealt out, two in three rows are fresh."""
    said = [(text, frozenset(wanted.split())) for text, wanted, _ in SHOWN]
    said += [(f"As I wrote, {text}", tones) for text, tones in said]
    said += [(text, frozenset()) for text, _ in NOT_SHOWN]
    found, aimed = [], 0
    for row, (text, tones) in enumerate(said):
        directed = bool(tones & set(DIRECTED))
        target = TARGETS[aimed % len(TARGETS)] if directed else ""
        aimed += directed
        found.append(Labelled(text, tones, target, fresh=row % 3 > 0))
    return found


def small_vectors(n: int) -> np.ndarray:
    rows = np.random.default_rng(3).normal(size=(n, 6))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


SMALL = small_set()
VECTORS = small_vectors(len(SMALL))
GROUPS = [f"T{row // 2}" for row in range(len(SMALL))]


@pytest.fixture(scope="module")
def learnt() -> ToneHeads:
    return learn_heads(SMALL, vectors=VECTORS)


@pytest.fixture(scope="module")
def blocks(learnt: ToneHeads) -> dict:
    spoken = read_spoken([one.text for one in SMALL], whole=True)
    return learnt.views.blocks(spoken, VECTORS)


def content_of(heads: ToneHeads, folder) -> bytes:
    return save_heads(heads, folder / "heads.npz").read_bytes()


def test_there_is_a_head_for_each_tone_and_every_answer_has_its_range(learnt, blocks):
    assert tuple(learnt.heads) == TONES
    chances = learnt.chances(blocks)
    assert chances.shape == (len(SMALL), len(TONES))
    assert ((chances > 0) & (chances < 1)).all()
    truth = np.array([[tone in one.tones for tone in TONES] for one in SMALL])
    for column in range(len(TONES)):
        own = chances[:, column]
        assert own[truth[:, column]].mean() > own[~truth[:, column]].mean() + 0.2
    aimed = learnt.aim(blocks)
    assert len(aimed) == len(SMALL)
    assert set(aimed) <= set(TARGETS)


@pytest.mark.parametrize("groups", [None, GROUPS])
def test_the_order_of_the_sentences_does_not_matter(groups, tmp_path):
    order = np.random.default_rng(8).permutation(len(SMALL))
    given_groups = groups and [groups[row] for row in order]
    mixed = learn_heads([SMALL[row] for row in order], vectors=VECTORS[order], groups=given_groups)
    straight = learn_heads(SMALL, vectors=VECTORS, groups=groups)
    assert content_of(mixed, tmp_path) == content_of(straight, tmp_path)


def test_rows_of_one_group_are_left_out_together():
    """Twins of one group cannot vouch for each other, so that less seems to be known."""
    twins, vectors = [*SMALL, *SMALL], np.vstack([VECTORS, VECTORS])
    pairs = [str(row % len(SMALL)) for row in range(len(twins))]
    alone = learn_heads(twins, vectors=vectors)
    together = learn_heads(twins, vectors=vectors, groups=pairs)
    for tone in TONES:
        truth = [tone in one.tones for one in twins if one.fresh]
        told, feigned = (heads.heads[tone].held_out for heads in (together, alone))
        assert log_loss(truth, told) > log_loss(truth, feigned)


def test_what_is_saved_gives_the_same_chances(learnt, blocks, tmp_path):
    path = save_heads(learnt, tmp_path / "heads.npz")
    assert path.stat().st_mode & 0o777 == 0o600
    again = read_heads(path)
    spoken = read_spoken([one.text for one in SMALL], whole=True)
    own = again.views.blocks(spoken, VECTORS)
    assert (again.chances(own) == learnt.chances(blocks)).all()
    assert (again.decide(again.chances(own)) == learnt.decide(learnt.chances(blocks))).all()
    assert again.aim(own) == learnt.aim(blocks)


def test_a_file_of_other_heads_is_refused(learnt, tmp_path):
    other = save_parts(tmp_path / "other.npz", {"tone/concern": learnt.heads["concern"]})
    with pytest.raises(WorkbenchError, match=r"other\.npz holds no heads of tone"):
        read_heads(other)
    with pytest.raises(WorkbenchError, match=r"missing\.npz"):
        read_heads(tmp_path / "missing.npz")


HEADING = "text,tones,target\nFine words.,concern,\n"
SECRET = "Zelda wept"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (f"{SECRET},sorrow,", "no such tone or target"),
        (f"{SECRET},concern aggresion,", "no such tone or target"),
        (f"{SECRET},aggression,neighbour", "no such tone or target"),
        (f"{SECRET},aggression,", "a target where it shows one of"),
        (f"{SECRET},concern,helpline", "and only there"),
        ("  ,concern,", "give a sentence"),
    ],
)
def test_a_row_at_fault_is_named_by_file_and_number(line, message):
    with pytest.raises(WorkbenchError, match=message) as raised:
        read_labelled(f"{HEADING}{line}\n", file="mine.csv")
    assert str(raised.value).startswith("mine.csv, row 3:")
    assert SECRET not in str(raised.value)


def test_sentences_are_read_with_all_their_tones():
    content = f'{HEADING}"Now, you fools!",urgency aggression,school\nA page.,,\n'
    assert read_labelled(content, file="mine.csv") == [
        Labelled("Fine words.", frozenset({"concern"})),
        Labelled("Now, you fools!", frozenset({"urgency", "aggression"}), "school"),
        Labelled("A page.", frozenset()),
    ]


def test_learning_refuses_what_reading_refuses_and_too_few_targets():
    with pytest.raises(WorkbenchError, match="no such tone"):
        learn_heads([*SMALL, replace(SMALL[0], tones=frozenset({"sorrow"}))])
    of_one = [replace(one, target="helpline" if one.target else "") for one in SMALL]
    with pytest.raises(WorkbenchError, match="'platform' has 0 labels"):
        learn_heads(of_one, vectors=VECTORS)


@given(st.floats(0.001, 0.999))
def test_the_band_lies_around_the_cut_by_a_factor_of_odds(cut):
    band = module._band_around(cut)
    assert band.low < cut < band.high
    odds = [share / (1 - share) for share in (band.low, cut, band.high)]
    assert odds == pytest.approx([odds[1] / UNSURE, odds[1], odds[1] * UNSURE], rel=1e-6)


def test_within_its_band_a_head_abstains(learnt):
    for column, tone in enumerate(TONES):
        head = learnt.heads[tone]
        assert 0 < head.cut < 1
        assert head.band == module._band_around(head.cut)
        chances = np.tile(head.cut, (3, len(TONES)))
        chances[:, column] = [head.band.low * 0.99, head.cut, head.band.high]
        assert list(learnt.decide(chances)[:, column]) == ["no", "abstain", "yes"]


ROWS = st.lists(
    st.tuples(st.floats(-3, 3), st.sampled_from([0.0, 1.0]), st.sampled_from([0.0, 1.0])),
    min_size=6,
    max_size=40,
).filter(lambda rows: 0 < sum(truth for *_, truth in rows) < len(rows))


@given(ROWS, st.randoms(use_true_random=False))
def test_less_evidence_never_speaks_for_a_tone_whatever_the_rows(rows, random):
    found = weigh_markers(*np.array(rows).T)
    slope, weight, intercept = found
    assert slope > 0
    assert weight >= 0
    assert np.isfinite(intercept)
    random.shuffle(rows)
    assert weigh_markers(*np.array(rows).T) == found


def test_a_marker_that_foretells_is_worth_something_and_one_that_misleads_nothing():
    scores, own = np.linspace(-1, 1, 40), np.tile([0.0, 1.0], 20)
    truth = np.where(np.arange(40) % 10 == 0, 1 - own, own)
    assert weigh_markers(scores, own, truth)[1] > 1
    assert weigh_markers(scores, own, 1 - truth)[1] == 0


def test_no_shipped_or_learnt_marker_speaks_against_its_tone(learnt):
    for heads in (learnt, shipped_heads()):
        for column, tone in enumerate(TONES):
            weights = heads.heads[tone].ridge.parts[MARKERS].weights
            assert weights[0, column] >= 0
            assert np.count_nonzero(np.delete(weights[0], column)) == 0


def fit_small(blocks, *, marks: np.ndarray, fresh: np.ndarray) -> dict[str, Head]:
    truth = np.array([[tone in one.tones for tone in TONES] for one in SMALL], dtype=float)
    return module._fit_together({**blocks, MARKERS: marks}, truth, fresh, None)


def test_only_fresh_rows_say_what_a_marker_is_worth(blocks, tmp_path):
    """The markers were written by the others: there they fire as they should, and prove nothing."""
    fresh = np.array([one.fresh for one in SMALL])
    marks = blocks[MARKERS]
    before = fit_small(blocks, marks=marks, fresh=fresh)
    on_others = fit_small(blocks, marks=np.where(fresh[:, None], marks, 1 - marks), fresh=fresh)
    on_fresh = fit_small(blocks, marks=np.where(fresh[:, None], 1 - marks, marks), fresh=fresh)
    for tone in TONES:
        kept = save_parts(tmp_path / "a.npz", {"head": before[tone]}).read_bytes()
        assert save_parts(tmp_path / "b.npz", {"head": on_others[tone]}).read_bytes() == kept
        assert save_parts(tmp_path / "c.npz", {"head": on_fresh[tone]}).read_bytes() != kept


def test_chances_do_not_depend_on_what_else_is_asked(learnt, blocks):
    some = np.array([5, 140, 17])
    alone = learnt.chances(take_rows(blocks, some))
    assert alone == pytest.approx(learnt.chances(blocks)[some], abs=1e-9)
    assert isinstance(blocks["words"], csr_matrix)


def test_fresh_sentences_are_those_of_whole_enquiries():
    given_sentences = shipped_sentences()
    folder = files("workbench.tone").joinpath("sentences")
    texts = {
        one.text
        for entry in folder.iterdir()
        if entry.name.removesuffix(".csv") in TONES
        for one in read_labelled(entry.read_text("utf-8"), file=entry.name)
    }
    assert {one.fresh for one in given_sentences} == {True, False}
    assert all(one.fresh == (one.text not in texts) for one in given_sentences)


def test_shipped_heads_hold_numbers_and_no_pickle():
    heads = shipped_heads()
    assert tuple(heads.heads) == TONES
    assert {tuple(sorted(head.blocks)) for head in heads.heads.values()} == {tuple(sorted(BLOCKS))}
    assert shipped_heads() is heads
    with files("workbench.tone").joinpath("heads.npz").open("rb") as file:
        assert all(name.endswith(".npy") for name in zipfile.ZipFile(file).namelist())
        file.seek(0)
        with np.load(file, allow_pickle=False) as archive:
            kinds = {archive[name].dtype.kind for name in archive.files}
    assert kinds <= set("fiu")


@pytest.fixture(scope="module")
def learnt_anew() -> ToneHeads:
    """From all sentences that ship, as ``python -m workbench.tone.train`` does: some seconds."""
    return learn_heads(shipped_sentences())


STALE = (
    "heads.npz was not learnt from the sentences, markers and counts as they are now: run "
    "`python -m workbench.tone.train`, then the benchmark of tone"
)
NEAR = {"bfloat16": 1e-3, "float32": 0.02}
"""How near the same heads must come. The shipped ones were learnt from vectors in bfloat16;
learnt from those in float32, chances of 97 sentences differed by up to .007."""


def test_shipped_heads_know_the_sentences_that_ship(learnt_anew):
    """Exactly: what is counted in sentences does not hang on the processor."""
    shipped, anew = shipped_heads().views, learnt_anew.views
    assert shipped.words.terms == anew.words.terms, STALE
    for one, other in (
        (shipped.words.rarity, anew.words.rarity),
        (shipped.counts.middle, anew.counts.middle),
        (shipped.valence.middle, anew.valence.middle),
    ):
        assert one == pytest.approx(other, abs=1e-9), STALE


def test_shipped_heads_say_what_heads_learnt_anew_say(learnt_anew):
    spoken = read_spoken(INVENTED, whole=True)
    vectors = embed(spoken.own)
    near = NEAR[precision()]
    shipped = shipped_heads()
    old, new = (heads.views.blocks(spoken, vectors) for heads in (shipped, learnt_anew))
    chances = shipped.chances(old)
    assert learnt_anew.chances(new) == pytest.approx(chances, abs=near), STALE
    for column, tone in enumerate(TONES):
        band = shipped.heads[tone].band
        edges = np.abs(chances[:, [column]] - [band.low, band.high]).min(axis=1)
        clear = edges > 2 * near
        said = [heads.decide(chances)[clear, column] for heads in (shipped, learnt_anew)]
        assert list(said[0]) == list(said[1]), STALE
    assert shipped.aim(old) == learnt_anew.aim(new), STALE
    assert {"yes", "no"} <= set(shipped.decide(chances).ravel())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("text,tones\nA.,\n", "has no column 'target'"),
        ("text,tones,target\nA.,\nB.\n", "row 2: it has too few cells"),
    ],
)
def test_a_file_without_a_column_or_cell_is_refused_by_name(content, said):
    with pytest.raises(WorkbenchError, match=f"mine.csv.*{said}|mine.csv, {said}"):
        read_labelled(content, file="mine.csv")


def test_too_few_fresh_sentences_are_refused_in_words():
    some = [Labelled("Thank you.", frozenset(["gratitude"]), fresh=False)] * 9
    with pytest.raises(WorkbenchError, match="Of 0 fresh sentences 0 show politeness"):
        learn_heads(some)
    with pytest.raises(WorkbenchError, match="Label more sentences"):
        learn_heads([])
