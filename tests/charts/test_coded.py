"""Shares of codes, each beneath the one that it stands under."""

from __future__ import annotations

import math

import pandas as pd

from workbench.charts.alt_codes import alt_codes
from workbench.charts.coded import RATE, codes

POWERED = "prediction-powered"


def made(method=POWERED, other=POWERED):
    rows = [
        ("1", "Animals", 0, "2022-23", 0.5, 0.4, 0.6, POWERED),
        ("1", "Animals", 0, "2023-24", 0.6, 0.5, 0.7, POWERED),
        ("1.1", "Dogs & <cats>", 1, "2022-23", 0.2, 0.1, 0.3, method),
        ("1.1", "Dogs & <cats>", 1, "2023-24", math.nan, math.nan, math.nan, method),
        ("2", "Gardens", 0, "2022-23", 0.1, 0.05, 0.2, other),
        ("2", "Gardens", 0, "2023-24", 0.3, 0.2, 0.4, other),
    ]
    names = ["code", "label", "depth", "group", "share", "low", "high", "method"]
    return pd.DataFrame(rows, columns=pd.Index(names))


def points(figure):
    return [
        t for t in figure.data if t.mode == "markers" and t.x is not None and t.x[0] is not None
    ]


def words(figure):
    return "\n".join(note.text for note in figure.layout.annotations)


def test_codes_stand_in_their_order_with_a_dot_a_period():
    figure = codes(made(), groups=["2022-23", "2023-24"])
    shown = words(figure)
    assert "<b>Animals</b>" in shown
    assert "Dogs &amp; &lt;cats&gt;" in shown
    assert "50.0%" in shown
    assert "–" in shown
    xs = sorted(x for t in points(figure) for x in t.x if x == x)
    assert xs == [0.1, 0.2, 0.3, 0.5, 0.6]
    assert RATE not in str(figure.to_dict())
    assert "Share of cases" in figure.layout.xaxis.title.text


def test_suggestions_alone_are_hollow_and_called_so():
    mixed = codes(made(method="suggestion rate"))
    assert RATE in str(mixed.to_dict())
    frame = made(method="suggestion rate").query("code == '1.1'")
    alone = codes(frame)
    assert "Rate of suggestions" in alone.layout.xaxis.title.text
    assert RATE not in str(alone.to_dict())


def test_without_codes_it_says_so():
    assert "No cases to show" in words(codes(made().head(0)))


def test_alt_text_names_the_largest_outermost_codes():
    said = alt_codes(made(), what="pets")
    assert said.startswith(
        "Dot chart of pets: estimated shares of cases with 95% intervals, 3 codes"
    )
    assert "2023-24: Animals 60.0%, Gardens 30.0%" in said
    assert "Dogs" not in said
    assert "a model alone" in alt_codes(made(other="suggestion rate"), what="pets")
    assert alt_codes(made().head(0), what="pets").startswith("Empty chart of pets")
