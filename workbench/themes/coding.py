"""How likely each code of a codebook applies to texts and sentences, and what to suggest."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError, suggest
from workbench.text.inputs import Texts, as_texts
from workbench.text.sentences import own_sentences
from workbench.themes.accepted import SUGGESTER
from workbench.themes.codebook import Codebook
from workbench.themes.learning import CodeModel, learn_codes, read_material

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

UNSURE = 2.0
"""A suggestion abstains where the odds are within this factor of the code's cut."""
DECISIONS = ("apply", "abstain", "no")
LEVELS = ("case", "sentence")
COLUMNS = ("text_id", "sentence", "start", "end", "code", "probability", "decision", "coder")
_DECIMALS = 6


def apply_codebook(
    texts: Texts,
    codebook: Codebook,
    *,
    vectors: np.ndarray | None = None,
    codings: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """How likely a coder would give each code to each text: text × code, each from 0 to 1.

    One row a text (index ``text_id``), one column a code of the codebook. Codes do not compete: a
    text may have several or none. A text without words has 0 throughout. A code with others
    under it has the chance that it or any of those applies (``roll_up``).

    ``codings`` are codings that people accepted: ``text_id``, ``code`` and, where there are any,
    ``value`` and ``coder`` (see ``tabulate_codings``). A code that at least ``FEWEST`` different
    texts bear, and as many do not, is learnt from them. Its probabilities are calibrated on each
    coded text as if that text had been left out, so they hold for texts drawn as the coded ones
    were; a sentence counts as a text that says no more. Every other code is placed by the
    codebook alone: name, definition, ``include`` and ``examples`` (``exclude`` is for people).
    That is rough: nobody has coded yet, so one curve serves every codebook, and it takes a text
    to bear one code or two. ``vectors`` are the texts' unit vectors, by default those of
    ``embed``. How well this does: benchmarks/results/codebook.md.

    Raises ``WorkbenchError`` where the vectors do not go with the texts, or the codings name
    what there is not.
    """
    import pandas as pd

    model = learn_codes(texts, codebook, vectors=vectors, codings=codings)
    given, ids = as_texts(texts)
    chances = roll_up(_place(model, given, codebook, vectors), codebook).round(_DECIMALS)
    return chances.set_axis(pd.Index(ids, name="text_id"), axis=0)


def suggest_codes(
    texts: Texts,
    codebook: Codebook,
    *,
    vectors: np.ndarray | None = None,
    codings: pd.DataFrame | None = None,
    level: str = "case",
    keep: Collection[str] = DECISIONS,
) -> pd.DataFrame:
    """What the workbench would code, for a person to accept or not: one row a text and leaf code.

    Columns ``text_id``, ``sentence`` (number from 0), ``start``, ``end`` (in the text as given),
    ``code``, ``probability``, ``decision``, ``coder`` (always ``SUGGESTER``, a coder apart from
    people; ``apply_codebook`` refuses to learn from it). With ``level="sentence"`` there is one
    row a sentence and leaf code. With ``level="case"`` the probability is the whole text's, and
    the sentence is its evidence: the one that by itself is likeliest to bear the code (missing
    where the decision is "no").

    ``decision`` is "apply" or "no" where the odds lie at least ``UNSURE`` times above or below
    those of the code's cut, else "abstain". The cut is the probability that gives the best F1 on
    the codings, each coded text left out in turn; a half for a code placed by the codebook alone.
    Only decisions in ``keep`` are given. Arguments and errors otherwise as for
    ``apply_codebook``; an unknown ``level`` or decision raises ``WorkbenchError``.
    """
    for given, known in ((level, LEVELS), *((decision, DECISIONS) for decision in keep)):
        if given not in known:
            raise WorkbenchError(f"There is no '{given}' here.{suggest(given, list(known))}")
    model = learn_codes(texts, codebook, vectors=vectors, codings=codings)
    leaves = [code.code for code in codebook.leaves]
    cuts = model.learnt.set_index("code").loc[leaves, "cut"].to_numpy()
    strings, ids = as_texts(texts)
    if level == "sentence":
        places = _split(strings)
        found = _list_decisions(_place(model, places["text"].to_list(), codebook)[leaves], cuts)
        rows = found[found["decision"].isin(keep)].join(places.drop(columns="text"), on="unit")
    else:
        found = _list_decisions(_place(model, strings, codebook, vectors)[leaves], cuts)
        rows = found[found["decision"].isin(keep)].rename(columns={"unit": "row"})
        evidence = _find_evidence(rows, strings, model, codebook)
        rows = rows.merge(evidence, on=["row", "code"], how="left")
    rows = rows.assign(text_id=[ids[row] for row in rows["row"]], coder=SUGGESTER)
    rows = rows.astype(dict.fromkeys(("sentence", "start", "end"), "Int64"))
    return rows[list(COLUMNS)].reset_index(drop=True)


def find_evidence(
    texts: Texts,
    wanted: pd.DataFrame,
    codebook: Codebook,
    *,
    model: CodeModel,
) -> pd.DataFrame:
    """For each ``text_id`` and ``code`` of ``wanted``, the sentence likeliest to bear the code.

    ``wanted`` with ``sentence`` (number from 0), ``start`` and ``end`` in the text as given, in its
    own order; a text without a sentence of the enquirer's own has no row. ``model`` is of
    ``learn_codes``.
    """
    strings, ids = as_texts(texts)
    row_of = {own: row for row, own in enumerate(ids)}
    rows = wanted[["text_id", "code"]].assign(row=wanted["text_id"].map(row_of), decision="apply")
    found = _find_evidence(rows, strings, model, codebook) if len(rows) else rows.head(0)
    both = rows.drop(columns="decision").merge(found, on=["row", "code"], how="inner")
    return both.drop(columns="row").reset_index(drop=True)


def best_sentences(texts: Texts, codebook: Codebook, *, model: CodeModel) -> pd.DataFrame:
    """For each text and leaf code the sentence of the enquirer's own likeliest to bear the code.

    Columns ``text_id``, ``code``, ``probability`` of that sentence by itself (0 to 1), ``sentence``
    (number from 0), ``start`` and ``end`` in the text as given. Texts without such a sentence have
    no row. ``model`` is of ``learn_codes``.
    """
    import pandas as pd

    strings, ids = as_texts(texts)
    leaves = [code.code for code in codebook.leaves]
    places = _split(strings)
    chances = _place(model, places["text"].to_list(), codebook)[leaves]
    best = chances.groupby(places["row"]).idxmax().reset_index()
    rows = best.melt(id_vars="row", var_name="code", value_name="place")
    found = rows.join(places[["sentence", "start", "end"]], on="place")
    column = chances.columns.get_indexer(pd.Index(found["code"]))
    found["probability"] = chances.to_numpy()[found["place"].to_numpy(), column]
    found["text_id"] = [ids[row] for row in found["row"]]
    return found[["text_id", "code", "probability", "sentence", "start", "end"]]


def decide(chances: np.ndarray, cuts: np.ndarray) -> np.ndarray:
    """What is said of each chance (n × codes): "apply", "abstain" or "no" (``suggest_codes``)."""
    import numpy as np

    # p / (1 - p) against cut / (1 - cut), multiplied out so that 0 and 1 are no special case.
    one, other = chances * (1 - cuts), (1 - chances) * cuts
    said = np.where(one >= UNSURE * other, "apply", "abstain")
    return np.where(UNSURE * one <= other, "no", said)


def roll_up(chances: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Chances of text × code with those of inner codes counted into the codes above them.

    A code's chance becomes 1 - (1 - own) × product of (1 - chance) over the codes directly under
    it: that it or any of them applies, taking them as independent given the text. Never below
    the likeliest of them.
    """
    rolled: dict[str, pd.Series] = {}

    def find(code: str) -> pd.Series:
        if code not in rolled:
            without = 1 - chances[code]
            for child in codebook.children(code):
                without = without * (1 - find(child.code))
            rolled[code] = 1 - without
        return rolled[code]

    return chances.assign(
        **{code.code: find(code.code) for code in codebook.codes if codebook.children(code.code)}
    )


def _place(
    model: CodeModel, texts: list[str], codebook: Codebook, vectors: np.ndarray | None = None
) -> pd.DataFrame:
    """Chances that each text bears each code itself, by the text's place in the list."""
    import pandas as pd

    codes = [code.code for code in codebook.codes]
    chances = model.place(read_material(texts, vectors))
    return pd.DataFrame(chances.round(_DECIMALS), columns=codes)


def _list_decisions(chances: pd.DataFrame, cuts: np.ndarray) -> pd.DataFrame:
    """One row a unit (row of ``chances``) and code: its probability and the decision on it."""
    import numpy as np
    import pandas as pd

    given = chances.to_numpy()
    return pd.DataFrame(
        {
            "unit": np.repeat(np.arange(len(given)), len(cuts)),
            "code": np.tile(chances.columns.to_numpy(), len(given)),
            "probability": given.ravel(),
            "decision": decide(given, cuts).ravel(),
        }
    )


def _split(texts: list[str]) -> pd.DataFrame:
    """One row a sentence of the enquirer's own: ``row`` (of its text), place and text."""
    import pandas as pd

    rows = [
        (row, number, piece.start, piece.end, piece.text)
        for row, text in enumerate(texts)
        for number, piece in enumerate(own_sentences(text))
    ]
    return pd.DataFrame(rows, columns=["row", "sentence", "start", "end", "text"])


def _find_evidence(
    rows: pd.DataFrame, texts: list[str], model: CodeModel, codebook: Codebook
) -> pd.DataFrame:
    """For each row and code that is not "no", the place of the sentence likeliest to bear it."""
    wanted = rows.loc[rows["decision"] != "no", ["row", "code"]]
    used = sorted(set(wanted["row"]))
    places = _split([texts[row] for row in used])
    places["row"] = [used[row] for row in places["row"]]
    chances = _place(model, places["text"].to_list(), codebook)
    best = chances.groupby(places["row"]).idxmax().reset_index()
    best = best.melt(id_vars="row", var_name="code", value_name="place")
    found = wanted.merge(best, on=["row", "code"])
    return found.join(places[["sentence", "start", "end"]], on="place").drop(columns="place")
