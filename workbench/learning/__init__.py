"""One small learning machine for small sets of labels: additive, calibrated, explainable.

Texts come as named blocks of one row a text: sentence vectors, how near they lie to the labelled
ones, words, pieces of words, counts. A block is a dense array, a sparse one, or a ``Gaussian``.
Every answer is a sum over blocks, so that what each block adds can be shown::

    blocks = {"vectors": vectors, "nearness": Gaussian(vectors), "counts": counts}
    head = fit_head(blocks, labels, groups=groups)     # labels 0 or 1
    head.chances(new)            # (n,) calibrated probabilities
    head.contributions(new)      # (n × blocks) log odds; with head.intercept they add up
    head.decide(new)             # (n,) "yes", "no" or "abstain"
    head.held_out                # (labelled,) probabilities, each as if its row had been left out

    scale = fit_scale(blocks, values)                  # numbers: scale.values(new), contributions
    classes = fit_classes(blocks, labels)              # k classes: classes.chances(new) (n × k)

Blocks from texts: ``fit_words(texts)``, ``fit_pieces(texts)`` (TF-IDF) and ``fit_columns(table)``
(counts to like spread); each has ``.table(...)`` for further texts. ``cross_fit`` gives honest
chances out of folds; ``measure_chances`` gives F1, AUROC, average precision, calibration error
and coverage with intervals. ``save_parts`` and ``read_parts`` keep any of these in one ``.npz``
without pickle. The same rows give the same head in any order and with any number of threads.
"""

from workbench.learning.blocks import Block, Blocks, Gaussian, take_rows
from workbench.learning.calibration import Band
from workbench.learning.classes import Classes, fit_classes
from workbench.learning.folds import cross_fit, deal_folds
from workbench.learning.heads import Head, fit_head
from workbench.learning.measures import measure_chances
from workbench.learning.scales import Scale, fit_scale
from workbench.learning.store import read_parts, save_parts
from workbench.learning.views import (
    Columns,
    Terms,
    fit_columns,
    fit_pieces,
    fit_words,
    mean_vectors,
)

__all__ = [
    "Band",
    "Block",
    "Blocks",
    "Classes",
    "Columns",
    "Gaussian",
    "Head",
    "Scale",
    "Terms",
    "cross_fit",
    "deal_folds",
    "fit_classes",
    "fit_columns",
    "fit_head",
    "fit_pieces",
    "fit_scale",
    "fit_words",
    "mean_vectors",
    "measure_chances",
    "read_parts",
    "save_parts",
    "take_rows",
]
