"""Subject lines meet a table of words exactly, or say that they cannot."""

from __future__ import annotations

from collections import Counter

import pytest

from workbench.demo.dice import Dice
from workbench.demo.subjectlines import fit_lines, reads_alike, tokens
from workbench.errors import WorkbenchError

LINES = ("TikTok account", "TikTok", "Account", "Question", "Help", "The school", "Another matter")


def test_counts_are_met() -> None:
    targets = {"tiktok": 40, "account": 31}
    lines = fit_lines([lambda dice: dice.pick(LINES)] * 120, targets, Dice(5))
    counts = Counter(word for line in lines for word in tokens(line))
    assert counts["tiktok"] == 40
    assert counts["account"] == 31
    assert max(counts[word] for word in ("question", "help", "school", "another", "matter")) < 31


def test_impossible_table_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.demo.subjectlines._ROUNDS", 500)
    with pytest.raises(WorkbenchError, match="words away"):
        fit_lines([lambda dice: dice.pick(LINES)] * 10, {"snapchat": 3}, Dice(5))


@pytest.mark.parametrize(
    ("line", "alike"),
    [
        ("TikTok account", True),
        ("TikTok/Instagram - account", True),
        ("Help with @keld.tiktok.memes", False),
        ("a TikTok-style account", False),
        ("TikTok's answer", False),
    ],
)
def test_reads_alike(line: str, alike: bool) -> None:
    assert reads_alike(line, {"tiktok": 1, "account": 1}) is alike
