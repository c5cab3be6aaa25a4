from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.logs import make_log
from workbench.themes.found import Themes

TEXTS = [
    "A fake profile of <b>[NAME]</b> is on TikTok again",
    "Pupils filmed a fight & shared it",
    "Is there training on sextortion?",
    "Nothing much",
]


@pytest.fixture
def log():
    rows = [
        {
            "case_id": f"A{number}",
            "text": text,
            "period": "2022-23" if number < 2 else "2023-24",
            "date": pd.Timestamp("2022-10-05") + pd.DateOffset(years=number // 2),
            "subject": "Help" if number == 0 else None,
            "phase": ["Primary", "Secondary"] if number == 1 else ["Primary"],
        }
        for number, text in enumerate(TEXTS)
    ]
    return replace(make_log(rows), redacted=True)


@pytest.fixture
def themes(log):
    """Two main themes (0, 1), the first with two sub-themes (2, 3); the last text is unplaced."""
    frame = pd.DataFrame(
        {
            "theme": range(5),
            "parent": [-1, -1, 0, 0, 1],
            "level": [0, 0, 1, 1, 1],
            "label": ["profiles", "training", "fake", "fights", "training"],
        }
    )
    assignments = pd.DataFrame(
        {
            "text_id": list(log.cases["case_id"]),
            "theme": [2, 3, 4, -1],
            "state": ["core", "core", "core", "unplaced"],
            "strength": 0.5,
        }
    )
    levels = frame.loc[frame["level"] == 1, ["theme", "parent"]].reset_index(drop=True)
    return Themes(
        assignments=assignments,
        themes=frame,
        levels=levels,
        centres=np.eye(5, dtype=np.float32),
        members=assignments[["theme"]].to_numpy(dtype=np.int32).T,
    )


@pytest.fixture
def places():
    return np.array([[0, 0], [1, 0.12345], [0, 1], [1, 1]], dtype=np.float32)
