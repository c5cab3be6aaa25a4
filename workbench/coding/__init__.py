"""People's codings: drawing what to label, the sheets they fill in, how far they agree.

    sample = draw_sample(units, size=200, chances=chances, groups=groups)
    write_sheets(sample, folder, coders=("AB", "CD"), dimensions=("concern",), guide=guide)
    codings = read_sheets(paths, sample=sample)
    measure_agreement(codings)
    labels, talk_over = settle(codings)

A unit is one sentence of one text, or a whole text (``sentence`` is then ``WHOLE_TEXT``).
"""

from workbench.coding.agreement import (
    by_unit,
    krippendorff_alpha,
    label_table,
    measure_agreement,
    settle,
)
from workbench.coding.sample import (
    WHOLE_TEXT,
    case_groups,
    draw_sample,
    sentence_units,
    text_units,
)
from workbench.coding.sheets import read_sample, read_sheets, write_sample, write_sheets

__all__ = [
    "WHOLE_TEXT",
    "by_unit",
    "case_groups",
    "draw_sample",
    "krippendorff_alpha",
    "label_table",
    "measure_agreement",
    "read_sample",
    "read_sheets",
    "sentence_units",
    "settle",
    "text_units",
    "write_sample",
    "write_sheets",
]
