import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.tone.lookup import Lookup, without_lookarounds
from workbench.tone.markers import load_markers

GROUPS = [
    ["wor(?:ried|rying)", r"(?:really |very )?upset", "no (?:reply|answer)"],
    [r"(?:\w+ ){0,2}again", "(?<!not )urgent(?:ly)?", r"\d+ times(?! table)"],
]
WORDS = st.sampled_from(
    ["worried", "worrying", "very", "upset", "no", "reply", "not", "urgent", "urgently", "again",
     "12", "times", "table", "it's", "re-worried", "noreply", ".", ",", "'", "-"]
)  # fmt: skip


def plainly(copy):
    """The same matches by one expression a group, tried at every place."""
    found: list[tuple[int, int, int, int]] = []
    for number, group in enumerate(GROUPS):
        body = "|".join(f"(?P<p{n}>(?:{pattern})(?!\\w))" for n, pattern in enumerate(group))
        matches = re.finditer(rf"(?<![\w'])(?:{body})", copy)
        found += [(number, int(m.lastgroup[1:]), m.start(), m.end()) for m in matches]
    return sorted(found)


@given(st.lists(WORDS, max_size=14), st.sampled_from([" ", "  ", "-"]))
def test_it_finds_what_trying_every_pattern_everywhere_finds(words, between):
    copy = between.join(words)
    assert sorted(Lookup(GROUPS).find(copy)) == plainly(copy)


def test_matches_of_one_group_never_overlap_and_the_first_pattern_wins():
    both = Lookup([["on and on", "on"]])
    assert list(both.find("on and on and on")) == [(0, 0, 0, 9), (0, 1, 14, 16)]


def test_a_second_text_is_read_like_the_first():
    lookup = Lookup(GROUPS)
    assert list(lookup.find("no answer")) == list(lookup.find("no answer"))


def test_a_text_cut_in_a_word_hides_no_match():
    assert list(Lookup([[r"thanks(?! a\b)"]]).find("thanks all of you")) == [(0, 0, 0, 6)]
    assert list(Lookup([["so(?= it seems)"]]).find("so it seems")) == [(0, 0, 0, 2)]


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        (r"thank(?! a\b)s", "thanks"),
        (r"(?<!not )urgent(?:ly)?", r"urgent(?:ly)?"),
        (r"a(?=b[)\]](?:c))d", "ad"),
        (r"[(?!)]x\(?!", r"[(?!)]x\(?!"),
        ("no (?:reply|answer)", "no (?:reply|answer)"),
    ],
)
def test_only_lookarounds_are_taken_out(pattern, left):
    assert without_lookarounds(pattern) == left


def test_every_marker_can_still_be_compiled():
    for marker in load_markers():
        re.compile(without_lookarounds(marker.pattern))
