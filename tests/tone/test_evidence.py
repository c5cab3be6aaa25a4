"""Blocks of evidence: one row a sentence, alike whatever stands beside it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tone.sentences import SHOWN
from workbench.tone.evidence import BLOCKS, MARKERS, fit_views, mark_sentences
from workbench.tone.markers import TONES
from workbench.tone.spoken import read_spoken

TEXTS = [text for text, *_ in SHOWN]
VIEWS = fit_views(read_spoken(TEXTS, whole=True))


def blocks_of(texts: list[str]) -> dict[str, np.ndarray]:
    """All blocks as dense arrays, with the place of each sentence for its vector."""
    spoken = read_spoken(texts, whole=True)
    made = VIEWS.blocks(spoken, np.arange(len(spoken), dtype=float)[:, None])
    return {name: dense(block) for name, block in made.items()}


def dense(block) -> np.ndarray:
    return block.toarray() if hasattr(block, "toarray") else np.asarray(block)


def test_blocks_stand_in_their_order_with_a_row_a_sentence():
    made = blocks_of(TEXTS)
    assert tuple(made) == BLOCKS
    assert {len(block) for block in made.values()} == {len(TEXTS)}
    assert made["vectors"].ravel().tolist() == list(range(len(TEXTS)))
    assert made["words"].shape[1] == len(VIEWS.words.terms)


@given(st.lists(st.sampled_from([*TEXTS, "Zyx.", 'She is "useless", they say.']), max_size=5))
def test_a_sentence_has_the_same_blocks_alone_and_among_others(texts):
    together = blocks_of(texts)
    for row, text in enumerate(texts):
        alone = blocks_of([text])
        for name in set(BLOCKS) - {"vectors"}:
            assert together[name][row] == pytest.approx(alone[name][0], abs=1e-12)


@given(st.permutations(range(len(TEXTS))))
def test_views_do_not_depend_on_the_order_of_sentences(order):
    mixed = fit_views(read_spoken([TEXTS[row] for row in order], whole=True))
    assert mixed.words.terms == VIEWS.words.terms
    for one, other in (
        (mixed.words.rarity, VIEWS.words.rarity),
        (mixed.counts.middle, VIEWS.counts.middle),
        (mixed.counts.spread, VIEWS.counts.spread),
        (mixed.valence.middle, VIEWS.valence.middle),
    ):
        assert (one == other).all()


def test_marks_say_whether_a_marker_of_a_tone_fires_however_often():
    spoken = read_spoken(
        ["Thank you, thank you so much.", "A page.", "PLEASE TAKE IT DOWN"], whole=True
    )
    marks = mark_sentences(spoken)
    assert marks.shape == (3, len(TONES))
    assert set(np.unique(marks)) == {0.0, 1.0}
    assert marks[0, TONES.index("gratitude")] == 1
    assert not marks[1].any()
    assert marks[2, TONES.index("bluntness")] == 1


def test_what_someone_else_said_is_in_no_block():
    said = blocks_of(['The caption says "you stupid useless liar" to her.'])
    unsaid = blocks_of(['The caption says "we saw two white swans" to her.'])
    for name in BLOCKS:
        assert (said[name] == unsaid[name]).all()
    own = blocks_of(["The caption says you stupid useless liar to us, and I agree."])
    assert (own["counts"] != said["counts"]).any()


def test_shouted_words_count_and_plain_ones_do_not():
    loud, plain = blocks_of(["HERE IT IS AGAIN!"]), blocks_of(["Here it is again!"])
    assert (loud["counts"] != plain["counts"]).any()
    bluntness = TONES.index("bluntness")
    assert (loud[MARKERS][0, bluntness], plain[MARKERS][0, bluntness]) == (1, 0)


def test_no_sentences_give_blocks_without_rows():
    made = blocks_of([])
    full = blocks_of(TEXTS[:1])
    assert {name: block.shape for name, block in made.items()} == {
        name: (0, block.shape[1]) for name, block in full.items()
    }
