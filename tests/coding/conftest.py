"""Units of an invented study, to be drawn and labelled."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest


@pytest.fixture
def units() -> pd.DataFrame:
    """600 sentences of 200 texts."""
    return pd.DataFrame(
        {
            "text_id": np.repeat([f"C{number:03}" for number in range(200)], 3),
            "sentence": np.tile([0, 1, 2], 200),
            "text": [f"Sentence {number} of an invented enquiry." for number in range(600)],
        }
    )


@pytest.fixture
def chances() -> pd.DataFrame:
    """Concern in every third sentence, aggression in 6 of 600."""
    number = np.arange(600)
    return pd.DataFrame(
        {"concern": np.where(number % 3 == 0, 0.8, 0.1), "aggression": (number % 100 == 7) * 0.6}
    )


@pytest.fixture
def groups() -> pd.DataFrame:
    """Two periods, and a phase that only every twentieth sentence has."""
    number = np.arange(600)
    return pd.DataFrame(
        {
            "period": np.where(number < 300, "2022-23", "2023-24"),
            "phase": np.where(number % 20 == 0, "Primary", "Secondary"),
        }
    )
