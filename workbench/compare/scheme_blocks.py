"""Comparable blocks: groups of labels of two schemes that only together can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.compare.crosswalk import BROADER, EXACT, NARROWER, Crosswalking

if TYPE_CHECKING:
    import pandas as pd

SAME, GROUPED, DOUBTFUL, APART = "exact", "as a group", "doubtful", "not comparable"
GRADES = (SAME, GROUPED, DOUBTFUL, APART)
"""How comparable a block is, best first; `find_blocks` says when which is given."""

JOINT = "; "
"""What parts labels that are written in one cell."""


@dataclass(frozen=True)
class Block:
    """Labels of both schemes that links join: any of ``earlier`` answers to any of ``later``.

    ``comparability`` is one of ``GRADES``; ``why`` says what stands in the way, "" if nothing.
    """

    name: str
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    comparability: str
    why: str = ""


def find_blocks(crosswalking: Crosswalking) -> tuple[Block, ...]:
    """The blocks of a crosswalk: every label of either scheme is in one block and no other.

    A block is what links join, directly or through others (a connected component). It is

    - ``exact``: one label each, and the link says exact;
    - ``as a group``: one label on one side, and all links say that the others are its parts
      (``narrower`` where it was split, ``broader`` where they were joined);
    - ``doubtful``: several labels on both sides, so that parts of each went to several of the
      other; or a single link that is not exact, so that something is missing on one side; or
      links that run against the rest; or a link that the researcher marked with a question mark;
    - ``not comparable``: no counterpart, or no row of the crosswalk mentions the label.

    Comparable blocks come first, then those of the earlier scheme alone, then those of the later,
    each in the schemes' order. A block is called by its one label, the earlier's first, or by all
    of its earlier labels.
    """
    blocks = [_grade(crosswalking, *members) for members in _components(crosswalking)]
    blocks.sort(key=lambda block: (not (block.earlier and block.later), not block.earlier))
    names = [block.name for block in blocks]
    return tuple(
        block if names.count(block.name) == 1 else _tell_apart(block, crosswalking)
        for block in blocks
    )


def list_blocks(crosswalking: Crosswalking) -> pd.DataFrame:
    """The blocks as a table: label, earlier_labels, later_labels, comparability, why."""
    import pandas as pd

    rows = [
        (b.name, JOINT.join(b.earlier), JOINT.join(b.later), b.comparability, b.why)
        for b in find_blocks(crosswalking)
    ]
    names = ["label", "earlier_labels", "later_labels", "comparability", "why"]
    return pd.DataFrame(rows, columns=pd.Index(names), dtype="str")


def _components(crosswalking: Crosswalking) -> list[tuple[list[str], list[str]]]:
    """Earlier and later labels of each connected component, in the schemes' order."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    nodes = [(side, label) for side, use in crosswalking.sides for label in use.labels]
    number = {node: place for place, node in enumerate(nodes)}
    linked = crosswalking.links[
        (crosswalking.links["earlier"] != "") & (crosswalking.links["later"] != "")
    ]
    ends = [
        np.array([number[side, label] for label in linked[side]], dtype=np.int64)
        for side in ("earlier", "later")
    ]
    graph = coo_array((np.ones(len(linked)), tuple(ends)), shape=(len(nodes), len(nodes)))
    _, component = connected_components(graph, directed=False)
    found: dict[int, tuple[list[str], list[str]]] = {}
    for (side, label), own in zip(nodes, component, strict=True):
        found.setdefault(int(own), ([], []))[side == "later"].append(label)
    return list(found.values())


def _grade(crosswalking: Crosswalking, earlier: list[str], later: list[str]) -> Block:
    links = crosswalking.links
    own = links[links["earlier"].isin(earlier) | links["later"].isin(later)]
    if not (earlier and later):
        label = (earlier or later)[0]
        other = crosswalking.later if earlier else crosswalking.earlier
        if own.empty:
            why = "no row of the crosswalk mentions it"
        else:
            said = (f"no counterpart in the scheme of {other.span}", own["note"].iloc[0])
            why = JOINT.join(filter(None, said))
        return Block(label, tuple(earlier), tuple(later), APART, why)
    shortest = earlier if len(earlier) == 1 else later if len(later) == 1 else earlier
    doubts = [*_structure(earlier, later, set(own["relation"])), *_doubts(own, earlier, later)]
    single = len(earlier) == len(later) == 1
    grade = DOUBTFUL if doubts else SAME if single else GROUPED
    return Block(" + ".join(shortest), tuple(earlier), tuple(later), grade, JOINT.join(doubts))


def _structure(earlier: list[str], later: list[str], relations: set[str]) -> list[str]:
    """What the shape of a block leaves open, in words."""
    if len(earlier) > 1 and len(later) > 1:
        return ["parts of several labels of each scheme went to several of the other"]
    if len(earlier) == len(later) == 1:
        said = {
            EXACT: [],
            NARROWER: ["the later label covers only a part of the earlier one"],
            BROADER: ["the later label covers more than the earlier one"],
        }
        return said[relations.pop()]
    expected = NARROWER if len(earlier) == 1 else BROADER
    return [] if relations == {expected} else [f"not all of its links say '{expected}'"]


def _doubts(links: pd.DataFrame, earlier: list[str], later: list[str]) -> list[str]:
    """The researcher's own doubts, in the schemes' order; each reason once, with its labels."""
    rows = links[links["doubted"]]
    many = "later" if len(later) > 1 or len(earlier) == 1 else "earlier"
    order = later if many == "later" else earlier
    reasons: dict[str, list[str]] = {}
    for label in order:
        for note in sorted(rows.loc[rows[many] == label, "note"]):
            reasons.setdefault(note, []).append(label)
    return [f"{', '.join(dict.fromkeys(labels))} ({note})" for note, labels in reasons.items()]


def _tell_apart(block: Block, crosswalking: Crosswalking) -> Block:
    """The block with the period behind its name, where two blocks would be called alike."""
    from dataclasses import replace

    named_by_later = len(block.earlier) != 1 and len(block.later) == 1
    use = crosswalking.later if named_by_later else crosswalking.earlier
    return replace(block, name=f"{block.name} ({use.span})")
