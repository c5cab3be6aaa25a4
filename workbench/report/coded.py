"""The researcher's codebooks applied to a study's texts, kept between runs, and what they count.

What a model suggests is never counted as what there is: where people coded some of the cases, the
share of a code is estimated from their codings, and suggestions only make it sharper.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.cases.tables import read_table
from workbench.errors import WorkbenchError, suggest
from workbench.report.keeping import keep
from workbench.report.packing import pack_frames, unpack_frame
from workbench.study import Study
from workbench.themes.accepted import SUGGESTER, tabulate_codings
from workbench.themes.codebook import Codebook
from workbench.themes.coding import apply_codebook, best_sentences, decide, find_evidence
from workbench.themes.learning import learn_codes

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_CODE = ("themes", "text", "learning", "report/coded.py")
_QUOTED = 12
SURE = 0.9
"""Without codings a code is suggested by single sentences, and cut at this probability: lines of a
codebook are like sentences and not like whole texts, and no coding has shown where to cut."""
_COLUMNS = ("case_id", "code", "coder")


@dataclass(frozen=True)
class Coded:
    """One codebook applied to the texts of a study; without codings, sentence by sentence (SURE).

    ``chances``, ``applied`` and ``abstained`` have one row a text (index ``text_id``) and one
    column a code of ``book``: how likely it is that a coder would give it (0 to 1), whether it is
    suggested, and whether nothing is said. A code with others under it is suggested where one of
    these is, and abstained on where none is suggested and one is abstained on. ``given`` has the
    codes of people: one row a coded text, 1 or 0, missing for a code that nobody looked for; no
    rows where nobody coded. ``learnt`` is of `CodeModel`. ``evidence`` has for each code the texts
    that bear it most surely, best first (``code``, ``text_id``, ``start``, ``end``, ``by_people``):
    those to which a person gave it come first. ``elsewhere`` are the cases that people coded and
    the study does not hold: their codings are left out.
    """

    name: str
    book: Codebook
    chances: pd.DataFrame
    applied: pd.DataFrame
    abstained: pd.DataFrame
    given: pd.DataFrame
    learnt: pd.DataFrame
    evidence: pd.DataFrame
    elsewhere: int = 0

    @property
    def judged(self) -> list[str]:
        """The codes that people looked for, in the codebook's order."""
        return [code for code in self.given.columns if self.given[code].notna().any()]

    @property
    def learnt_codes(self) -> list[str]:
        """The codes that the model learnt from people: enough texts bear them."""
        return list(self.learnt.loc[self.learnt["source"] == "codings", "code"])

    def at_cut(self, code: str) -> pd.Series:
        """Whether each text bears ``code``, one under it too, if the model must say yes or no."""
        cuts = self.learnt.set_index("code")["cut"]
        leaves = [one.code for one in self.book.leaves]
        own = [one for one in _with_under(self.book, code) if one in leaves]
        return (self.chances[own] >= cuts[own]).any(axis=1)


def code_once(
    study: Study, texts: pd.Series, vectors: np.ndarray, *, skip: frozenset[str] = frozenset()
) -> dict[str, Coded]:
    """Every codebook of the study applied to ``texts`` (by id), or what an earlier run found.

    An entry is known by texts, ids, vectors, codebook, codings and the code that reads them.
    ``skip`` are texts that give no evidence: nobody's own words. Raises ``WorkbenchError`` that
    names file, row and column for codings that do not fit.
    """
    return {name: _code_once(study, name, texts, vectors, skip) for name in study.codebooks}


def read_codings(path: Path, codebook: Codebook, cases: Sequence[Hashable]) -> pd.DataFrame:
    """The codes that people gave: text_id, code, coder. Suggestions that nobody took are left out.

    So are rows of cases that are not among ``cases``, which a study may have set aside. Raises
    ``WorkbenchError`` that names file, row and column; also where no case is known.
    """
    frame = read_table(path).frame.reset_index(drop=True)
    for name in _COLUMNS:
        if name not in frame.columns:
            raise WorkbenchError(
                f"{path} has no column '{name}'.{suggest(name, list(frame.columns))} The codings "
                "of a codebook need case_id, code and coder."
            )
    codes = [code.code for code in codebook.codes]
    strange = ~frame["code"].isin(codes)
    if strange.any():
        row = int(strange.to_numpy().argmax())
        code = str(frame["code"].iloc[row])
        raise WorkbenchError(
            f"{path}, row {row + 1}: “{codebook.title}” has no code '{code}'.{suggest(code, codes)}"
        )
    ours = frame["case_id"].isin(set(cases))
    if len(frame) and not ours.any():
        raise WorkbenchError(
            f"{path}: no case_id is one of the study's cases. Give their ids as the records do."
        )
    people = frame[frame["coder"] != SUGGESTER]
    return people[list(_COLUMNS)].rename(columns={"case_id": "text_id"}).reset_index(drop=True)


def _code_once(
    study: Study, name: str, texts: pd.Series, vectors: np.ndarray, skip: frozenset[str]
) -> Coded:
    import numpy as np

    file = study.locate(study.codebooks[name])
    book = Codebook.load(file)
    path = study.codings.get(name)
    codings = read_codings(study.locate(path), book, list(texts.index)) if path else None
    elsewhere = 0
    if codings is not None:
        ours = codings["text_id"].isin(texts.index)
        elsewhere = int(codings.loc[~ours, "text_id"].nunique())
        codings = codings[ours].reset_index(drop=True)
    content = (
        "\0".join(f"{own}\0{text}" for own, text in texts.items()).encode("utf-8", "replace"),
        np.ascontiguousarray(vectors).tobytes(),
        file.read_bytes(),
        b"" if codings is None else codings.to_csv(index=False).encode(),
        repr(sorted(skip)).encode(),
    )
    make = partial(_apply, book, texts, vectors, codings, skip)
    kept = keep("codebook", make, code=_CODE, content=content)
    return replace(_unpack(name, book, kept), elsewhere=elsewhere)


def _apply(
    book: Codebook,
    texts: pd.Series,
    vectors: np.ndarray,
    codings: pd.DataFrame | None,
    skip: frozenset[str],
) -> Mapping[str, np.ndarray]:
    import numpy as np
    import pandas as pd

    model = learn_codes(texts, book, vectors=vectors, codings=codings)
    chances = apply_codebook(texts, book, vectors=vectors, codings=codings)
    given = _given(book, texts, codings)
    leaves = [code.code for code in book.leaves]
    ranks = chances[leaves]
    if len(given):
        cuts = model.learnt.set_index("code").loc[leaves, "cut"].to_numpy()
        said = decide(chances[leaves].to_numpy(), cuts)
    else:
        best = best_sentences(texts, book, model=model)
        wide = best.pivot(index="text_id", columns="code", values="probability")
        ranks = wide.reindex(index=chances.index, columns=leaves).fillna(0.0)
        said = decide(ranks.to_numpy(), np.full(len(leaves), SURE))
    applied, abstained = _up(pd.DataFrame(said, index=chances.index, columns=leaves), book)
    wanted = _surest(ranks, applied, given, skip)
    places = find_evidence(texts, wanted, book, model=model)
    frames = {"chances": chances, "applied": applied, "abstained": abstained, "given": given}
    tables = {name: frame.reset_index(names="text_id") for name, frame in frames.items()}
    evidence = places.merge(wanted, on=["text_id", "code"], how="left")
    return pack_frames({**tables, "learnt": model.learnt, "evidence": evidence})


def _unpack(name: str, book: Codebook, kept: Mapping[str, np.ndarray]) -> Coded:
    frames: dict[str, Any] = {part: unpack_frame(kept[part]) for part in kept}
    by_text = {
        part: frames[part].set_index("text_id")
        for part in ("chances", "applied", "abstained", "given")
    }
    return Coded(name, book, **by_text, learnt=frames["learnt"], evidence=frames["evidence"])


def _given(book: Codebook, texts: pd.Series, codings: pd.DataFrame | None) -> pd.DataFrame:
    """What most coders of each coded text gave, counted into the codes above: 1, 0 or missing."""
    import pandas as pd

    codes = [code.code for code in book.codes]
    if codings is None or codings.empty:
        return pd.DataFrame(columns=codes, index=pd.Index([], name="text_id"), dtype="float64")
    _, shares = tabulate_codings(codings, book, list(texts.index))
    given = (shares >= 0.5).astype("float64").reindex(columns=codes).rename_axis(index="text_id")
    for code in reversed(_outermost_first(book)):
        under = [one.code for one in book.children(code)]
        if under:
            given[code] = given[[code, *under]].max(axis=1)
    return given.rename_axis(columns=None)


def _up(said: pd.DataFrame, book: Codebook) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is suggested, and what is abstained on, for the leaves and the codes above them."""
    codes = [code.code for code in book.codes]
    applied = (said == "apply").reindex(columns=codes, fill_value=False)
    open_ = (said == "abstain").reindex(columns=codes, fill_value=False)
    for code in reversed(_outermost_first(book)):
        under = [one.code for one in book.children(code)]
        if under:
            applied[code] = applied[under].any(axis=1)
            open_[code] = open_[under].any(axis=1) & ~applied[code]
    return applied, open_


def _with_under(book: Codebook, code: str) -> list[str]:
    """A code and all codes under it, however deep."""
    found = [code]
    for above in found:  # which grows as it is read
        found += [one.code for one in book.children(above)]
    return found


def _outermost_first(book: Codebook) -> list[str]:
    """Codes in an order in which each stands after the code above it."""
    found = [code.code for code in book.children("")]
    for code in found:  # which grows as it is read
        found += [one.code for one in book.children(code)]
    return found


def _surest(
    chances: pd.DataFrame, applied: pd.DataFrame, given: pd.DataFrame, skip: frozenset[str]
) -> pd.DataFrame:
    """text_id, code and by_people: of each code the texts to quote from, best first."""
    import pandas as pd

    parts = []
    for code in chances.columns:
        people = set(given.index[given[code] == 1])
        likely = chances.index[applied[code]]
        own = chances.loc[chances.index.isin([*people, *likely]), code].rename("chance")
        ranked = own.reset_index().assign(code=code, by_people=own.index.isin(list(people)))
        ranked = ranked[~ranked["text_id"].isin(skip)]
        ranked = ranked.sort_values(
            ["by_people", "chance", "text_id"], ascending=[False, False, True], kind="stable"
        )
        parts.append(ranked.head(_QUOTED))
    return pd.concat(parts, ignore_index=True)[["text_id", "code", "by_people"]]
