"""The lenses' machine: reading files, and reading texts through them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import WorkbenchError
from workbench.lenses.lens import LENSES, label_texts, load_lens, read_lens_file, read_through

SMALL = r"""
title = "Small"
question = "What?"

[words]
shape = "(?:round|square)"
thing = "{shape} (?:stone|tile)s?"

[[elements]]
id = "things"
name = "Things"
definition = "A thing."

[[elements]]
id = "broken"
name = "Broken"
definition = "It is broken."
within = "things"
unless = '''\bnever mind\b'''

[[markers]]
element = "things"
id = "thing"
pattern = "{thing}"

[[markers]]
element = "things"
id = "stone"
pattern = "{shape} stone"

[[markers]]
element = "broken"
id = "broken"
pattern = "broken|split"
"""


def elements_of(text: str) -> list[str]:
    return list(read_through([text], read_lens_file(SMALL, name="small"))["element"])


def test_own_words_may_use_words_before_them_and_no_marker_hides_another() -> None:
    found = read_through(["A round stone."], read_lens_file(SMALL, name="small"))
    assert list(found["marker"]) == ["thing", "stone"]
    assert [(row.start, row.end) for row in found.itertuples()] == [(2, 13), (2, 13)]


def test_an_element_within_another_counts_only_beside_it() -> None:
    assert elements_of("It is broken.") == []
    assert elements_of("It is broken. It was a square tile.") == ["broken", "things"]


def test_a_negated_marker_does_not_fire() -> None:
    assert elements_of("There is no round tile.") == []


def test_unless_silences_its_sentence_alone() -> None:
    text = "A square tile is broken, never mind. It split."
    found = read_through([text], read_lens_file(SMALL, name="small"))
    broken = found[found["element"] == "broken"]
    assert [text[row.start : row.end] for row in broken.itertuples()] == ["split"]


def test_quoted_words_count_here() -> None:
    assert elements_of('He wrote "a round tile" on it.') == ["things"]


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ('within = "things"', 'within = "thinks"', "element 'broken'"),
        ('element = "broken"', 'element = "brocken"', "Did you mean 'broken'"),
        (r"'''\bnever mind\b'''", "'(never'", "'unless' cannot be read"),
        ('pattern = "broken|split"', 'pattern = "(broken"', "marker 'broken'"),
    ],
)
def test_faults_name_file_and_entry(wrong: str, right: str, said: str) -> None:
    assert wrong in SMALL
    with pytest.raises(WorkbenchError, match=r"small\.toml") as error:
        read_lens_file(SMALL.replace(wrong, right), name="small")
    assert said in str(error.value)


def test_an_element_needs_a_marker() -> None:
    bare = SMALL.replace('element = "broken"', 'element = "things"')
    with pytest.raises(WorkbenchError, match="it has no marker"):
        read_lens_file(bare, name="small")


def test_another_name_is_refused() -> None:
    with pytest.raises(WorkbenchError, match="bullying"):
        load_lens("bulying")


def test_labels_are_printed_names_once_a_text() -> None:
    lens = read_lens_file(SMALL, name="small")
    labels = label_texts(read_through(["A round tile. A square tile, broken."], lens), lens)
    assert labels.to_dict("list") == {"case_id": [0, 0], "label": ["Things", "Broken"]}


@given(
    st.lists(
        st.sampled_from(
            [
                "He was threatened with a knife.",
                "We reported it twice.",
                "This is libel.",
                "A fake account.",
                "Thank you.",
                "İ see",
            ]
        ),
        max_size=5,
    )
)
def test_places_hold_words_and_texts_do_not_touch_each_other(parts: list[str]) -> None:
    text = " ".join(parts)
    for name in LENSES:
        lens = load_lens(name)
        alone = read_through([text], lens)
        beside = read_through(["We reported a fake account. This is libel.", text], lens)
        own = beside[beside["text_id"] == 1]
        assert own.assign(text_id=0).to_dict("records") == alone.to_dict("records")
        for row in alone.itertuples():
            assert 0 <= row.start < row.end <= len(text)
            assert text[row.start : row.end].strip() == text[row.start : row.end]
