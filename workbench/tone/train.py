"""Learn the shipped heads anew from the sentences that ship, and measure them on others.

``python -m workbench.tone.train benchmarks/tones/enquirers.csv``
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from workbench.errors import WorkbenchError
from workbench.files import write_json
from workbench.tone.aim import measure_aim
from workbench.tone.heads import (
    hash_heads,
    learn_heads,
    read_heads,
    read_labelled,
    save_heads,
    shipped_sentences,
)

TARGET = Path(__file__).with_name("heads.npz")
CARD = Path(__file__).with_name("aim.json")


def main(given: Sequence[str] | None = None) -> None:
    """Write heads.npz and aim.json beside this file; to be run after sentences or markers change.

    ``given`` (default: the command line) names the file of sentences, labelled as those that ship
    but none of them, on which the direction is measured. Raises ``WorkbenchError`` without it.
    """
    paths = sys.argv[1:] if given is None else given
    if len(paths) != 1:
        raise WorkbenchError("Name one file of labelled sentences that the heads did not learn.")
    content = Path(paths[0]).read_text(encoding="utf-8")
    save_heads(learn_heads(shipped_sentences()), TARGET, private=False)
    measured = measure_aim(read_labelled(content, file=paths[0]), heads=read_heads(TARGET))
    write_json(CARD, {"heads": hash_heads(TARGET), **asdict(measured)})


if __name__ == "__main__":
    main()
