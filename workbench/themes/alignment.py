"""Found themes against a codebook: where they meet, and what either misses, splits or joins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.themes.accepted import tabulate_codings
from workbench.themes.codebook import Codebook
from workbench.themes.coding import roll_up
from workbench.themes.found import NO_THEME, Themes
from workbench.themes.place import themes_at

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


CLEAR_ODDS = 2.0
"""A theme and a code meet only where the code's odds in the theme are this many times those
outside it. Odds treat a rare code and one that most texts bear alike; a ratio of shares cannot."""
MEETS = 0.25
"""... and where at least this share of the theme bears the code, or of the code lies in it."""
MOST = 0.5
"""From this share on, a theme is taken to lie within a code, or a code within a theme."""
FEWEST = 10
"""With fewer coded texts in a theme, or texts that bear a code, nothing is said of them."""
MET = ("same", "theme within code", "code within theme", "overlap")
"""The relations of a theme and a code that meet."""
NOT_MET = ("apart", "too few", "in no theme")

_NOWHERE = "In no theme"
_DECIMALS = 6


def align_codebook(
    themes: Themes, codings: pd.DataFrame, codebook: Codebook, *, level: int = 1
) -> pd.DataFrame:
    """How the themes of ``level`` and a codebook's codes share the texts: one row a pair.

    ``codings`` is what ``apply_codebook`` gives (index ``text_id``, a column a code, from 0 to
    1), or has rows ``text_id``, ``code`` and, where given, ``probability``, or ``value`` and
    ``coder`` (as for ``tabulate_codings``). In rows, a text that is not there was not coded; one
    that was read and bears no code has a row with ``value`` 0. Main themes (``level`` 0) stand
    against the outermost codes, which include the codes under them; other themes against the
    leaves. The base is the texts that are in both.

    Columns: ``theme``, ``label``, ``code``, ``name``; ``n``, the texts in the theme that bear the
    code (expected, where codings are probabilities); ``size``, the theme's texts, and ``total``,
    the texts that bear the code; ``share_of_theme`` (n / size) with ``low`` and ``high``;
    ``share_of_code`` (n / total) with ``code_low`` and ``code_high``; ``share_of_all`` (total /
    base) and ``base``; ``expected`` under independence and ``lift`` (n / expected; above 1 for
    more than that); ``relation``. Themes stand in their own order, last theme -1: in no theme.

    ``relation`` is one of ``MET`` where the theme's interval lies above the share of all texts,
    its odds are ``CLEAR_ODDS`` times those elsewhere and either share reaches ``MEETS``: "same"
    (both reach ``MOST``), "theme within code" or "code within theme" (one does), "overlap". Else
    it is "apart", "too few" (under ``FEWEST``) or "in no theme".

    Intervals are Wilson's at 95%, on expected counts: they hold the chance of the draw of texts
    and, where probabilities are calibrated, that of the coding, but not that of the clustering.
    Raises ``WorkbenchError`` where codings and themes have no text in common, or a column or code
    is not as above.
    """
    import numpy as np
    import pandas as pd

    codes = codebook.children("") if level == 0 else codebook.leaves
    chances = _read_codings(codings, codebook)[[code.code for code in codes]]
    placed = themes.at_level(level).set_axis(themes.assignments["text_id"])
    both = [own for own in placed.index if own in chances.index]
    if not both:
        raise WorkbenchError(
            "The codings and the themes have no text_id in common. Code the same texts, under the "
            "ids that they have in themes.assignments."
        )
    numbers = np.append(themes_at(themes, level), NO_THEME)
    label_of = themes.themes.set_index("theme")["label"]
    within = placed.loc[both].to_numpy()[:, None] == numbers[None, :]
    # Rounded, so that the order of the texts does not show in a sum's last digits.
    n = (within.T.astype(float) @ chances.loc[both].to_numpy()).round(_DECIMALS)
    frame = pd.DataFrame(
        {
            "theme": np.repeat(numbers, len(codes)),
            "label": np.repeat([*label_of.loc[numbers[:-1]], _NOWHERE], len(codes)),
            "code": [code.code for code in codes] * len(numbers),
            "name": [code.name for code in codes] * len(numbers),
            "n": n.ravel(),
            "size": np.repeat(within.sum(axis=0), len(codes)),
            "total": np.tile(n.sum(axis=0), len(numbers)),
        }
    )
    return _relate(_measure(frame, len(both)))


def _read_codings(codings: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Text × code for every code of the codebook, codes under others counted into them."""
    known = [code.code for code in codebook.codes]
    if "code" not in codings.columns:
        missing = [code for code in known if code not in codings.columns]
        if missing:
            raise WorkbenchError(
                f"The codings have neither a column 'code' nor one for the code '{missing[0]}'. "
                "Give what apply_codebook returns for this codebook, or rows of text_id and code."
            )
        table = codings[known]
    else:
        table = roll_up(_spread(codings, codebook).reindex(columns=known, fill_value=0.0), codebook)
    if table.index.has_duplicates:
        raise WorkbenchError("Several rows of the codings share one text_id. Keep one a text.")
    if not ((table >= 0) & (table <= 1)).to_numpy().all():
        raise WorkbenchError("The codings hold a probability that is missing or not from 0 to 1.")
    return table


def _spread(codings: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Rows of text and code as text × code."""
    if "probability" not in codings.columns:
        ids = list(dict.fromkeys(codings["text_id"])) if "text_id" in codings else []
        return tabulate_codings(codings, codebook, ids)[1]
    for column in ("text_id", "code"):
        if column not in codings.columns:
            raise WorkbenchError(f"The codings have no column '{column}'. Add it.")
    strange = ~codings["code"].isin([code.code for code in codebook.codes])
    if strange.any():
        row = int(strange.to_numpy().argmax()) + 1
        raise WorkbenchError(f"The codings, row {row}: 'code' is not in the codebook.")
    return codings.pivot_table(
        index="text_id", columns="code", values="probability", aggfunc="max", fill_value=0.0
    )


def _measure(frame: pd.DataFrame, base: int) -> pd.DataFrame:
    """Shares with their intervals; missing where nothing is there to share."""
    import numpy as np
    from statsmodels.stats.proportion import proportion_confint

    def share(whole: str) -> tuple[pd.Series, np.ndarray, np.ndarray]:
        of = frame[whole].where(frame[whole] > 0).astype(float)
        low, high = proportion_confint(frame["n"], of, method="wilson")
        return frame["n"] / of, np.clip(low, 0, 1), np.clip(high, 0, 1)

    of_theme, low, high = share("size")
    of_code, code_low, code_high = share("total")
    expected = frame["size"] * frame["total"] / base
    return frame.assign(
        share_of_theme=of_theme,
        low=low,
        high=high,
        share_of_code=of_code,
        code_low=code_low,
        code_high=code_high,
        share_of_all=frame["total"] / base,
        base=base,
        expected=expected,
        lift=frame["n"] / expected.where(expected > 0),
    )


def _relate(frame: pd.DataFrame) -> pd.DataFrame:
    import numpy as np

    inside, beyond = frame["n"], frame["total"] - frame["n"]
    without = frame["base"] - frame["size"] - beyond
    # Odds in the theme against odds outside it, multiplied out: no cell may be divided by.
    clear = inside * without >= CLEAR_ODDS * beyond * (frame["size"] - inside)
    of_theme, of_code = frame["share_of_theme"], frame["share_of_code"]
    meets = clear & (frame["low"] > frame["share_of_all"])
    meets &= (of_theme >= MEETS) | (of_code >= MEETS)
    few = (frame["size"] < FEWEST) | (frame["total"] < FEWEST)
    most = (of_theme >= MOST, of_code >= MOST)
    same, theme_within, code_within, overlap = MET
    apart, too_few, nowhere = NOT_MET
    told = (
        (frame["theme"] == NO_THEME, nowhere),
        (few, too_few),
        (~meets, apart),
        (most[0] & most[1], same),
        (most[0], theme_within),
        (most[1], code_within),
    )
    relation = np.select([when for when, _ in told], [said for _, said in told], overlap)
    return frame.assign(relation=relation)
