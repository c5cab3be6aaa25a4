"""Learn the shipped heads anew from the sentences that ship: ``python -m workbench.tone.train``."""

from __future__ import annotations

from pathlib import Path

from workbench.tone.heads import learn_heads, save_heads, shipped_sentences

TARGET = Path(__file__).with_name("heads.npz")


def main() -> None:
    """Write heads.npz beside this file; to be run after sentences, markers or counts change."""
    save_heads(learn_heads(shipped_sentences()), TARGET, private=False)


if __name__ == "__main__":
    main()
