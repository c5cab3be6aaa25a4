"""A small body of texts with themes on three levels, for tests of edits."""

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from workbench.themes.edits import Lock, Merge, Move, Note, Pin, Rename, Split
from workbench.themes.found import NO_THEME

WORDS = {
    "camera": ["lens", "tripod", "shutter"],
    "album": ["photo", "frame", "print"],
    "garden": ["spade", "rose", "hedge"],
    "orchard": ["apple", "pear", "ladder"],
    "train": ["ticket", "platform", "carriage"],
    "harbour": ["ferry", "anchor", "pier"],
}
PER_SUBJECT = 12


def make_texts(*, seed=5, per_subject=PER_SUBJECT):
    """Texts of six subjects, two and two alike, as a Series by id, with their vectors."""
    random = np.random.default_rng(seed)
    texts, rows = [], []
    for number, (subject, words) in enumerate(WORDS.items()):
        for copy in range(per_subject):
            chosen = random.permutation(words)
            texts.append(f"The {subject} with the {chosen[0]} and the {chosen[1]}, note {copy}.")
            direction = np.zeros(12)
            direction[[number // 2, 3 + number]] = 1.0, 0.7
            rows.append(direction + random.normal(scale=0.1, size=12))
    vectors = np.array(rows, dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = [f"C{number}" for number in range(len(texts))]
    return pd.Series(texts, index=ids), vectors


@st.composite
def an_edit(draw, themes):
    """An edit that could be made on ``themes``, unless a lock forbids it."""
    frame = themes.themes
    theme = draw(st.sampled_from(frame["theme"].tolist()))
    level = int(frame.set_index("theme")["level"][theme])
    members = themes.assignments["text_id"][(themes.at_level(level) == theme).to_numpy()].tolist()
    some = st.lists(st.sampled_from(members), min_size=1, max_size=5, unique=True)
    anywhere = st.sampled_from(themes.assignments["text_id"].tolist())
    others = [own for own in frame.loc[frame["level"] == level, "theme"] if own != theme]
    kinds = [
        st.builds(Rename, st.just(theme), st.sampled_from(["Ours", "Theirs", "Kept"])),
        st.builds(Move, st.lists(anywhere, min_size=1, max_size=5), st.just(theme)),
        st.builds(Move, some, st.just(NO_THEME)),
        st.builds(Pin, some, st.just(theme)),
        st.builds(Lock, st.just(theme)),
        st.builds(Note, st.just(theme), st.just("Look at this again.")),
    ]
    if others:
        chosen = st.lists(st.sampled_from(others), min_size=1, max_size=2, unique=True)
        kinds.append(chosen.map(lambda rest: Merge([theme, *rest])))
    if len(members) > 1:
        cut = st.integers(1, len(members) - 1)
        kinds.append(cut.map(lambda at: Split(theme, [members[:at], members[at:]])))
        kinds.append(st.just(Split(theme, count=2)))
    return draw(st.one_of(kinds))
