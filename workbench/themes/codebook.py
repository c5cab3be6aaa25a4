"""A researcher's codebook, and how close texts come to its codes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import StudyError
from workbench.study import read_toml
from workbench.text.inputs import Texts, as_texts

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

# How sharply closeness is told apart: cosines differ little between codes of one subject.
_TEMPERATURE = 0.05
_CODE_KEYS = frozenset(("code", "name", "description", "asks"))


@dataclass(frozen=True)
class Code:
    """One code: ``asks`` are lines that show what it covers; ``parent`` is its theme's code."""

    code: str
    name: str
    description: str = ""
    asks: tuple[str, ...] = ()
    parent: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """What texts are compared with: the description and the lines asked."""
        return tuple(line for line in (self.description or self.name, *self.asks) if line)


@dataclass(frozen=True)
class Codebook:
    """Themes and the codes under each, in the researcher's order."""

    title: str
    themes: tuple[Code, ...]
    codes: tuple[Code, ...]

    @classmethod
    def load(cls, path: Path | str) -> Codebook:
        """Read a codebook: ``title``, ``[[themes]]`` with ``[[themes.codes]]`` under each.

        A theme and a code have ``code``, ``name``, ``description``; a code also ``asks``, lines
        that show what it covers. A theme without codes is a code itself. Raises ``StudyError``
        that names the file, the code and the mend.
        """
        file = Path(path)
        content = read_toml(file)
        themes, codes = [], []
        for entry in content.get("themes", []):
            under = entry.pop("codes", [])
            theme = _read_code(entry, "", file)
            themes.append(theme)
            codes += [_read_code(inner, theme.code, file) for inner in under] or [theme]
        _check_codes(codes, file)
        return cls(str(content.get("title", file.stem)), tuple(themes), tuple(codes))

    def table(self) -> pd.DataFrame:
        """The codes as a frame: ``code``, ``name``, ``parent``, ``theme``, ``description``."""
        import pandas as pd

        names = {theme.code: theme.name for theme in self.themes}
        rows = [
            (code.code, code.name, code.parent, names.get(code.parent, code.name), code.description)
            for code in self.codes
        ]
        return pd.DataFrame(rows, columns=["code", "name", "parent", "theme", "description"])


def apply_codebook(
    texts: Texts, codebook: Codebook, *, vectors: np.ndarray | None = None
) -> pd.DataFrame:
    """How the texts divide their closeness among the codes: text × code, each from 0 to 1.

    One row a text (index ``text_id``), one column a code; a row sums to 1, and is 0 throughout
    for a text without words. The closeness of a text to a code is its cosine to the nearest of
    the code's lines, compared between codes by a softmax. It ranks codes for a text and has not
    been calibrated: do not read it as the chance that a coder would apply the code, and do not
    count codes by it. ``vectors`` are the texts' unit vectors, by default those of ``embed``.
    """
    import numpy as np
    import pandas as pd

    from workbench.text.vectors import embed

    given, ids = as_texts(texts)
    found = embed(given) if vectors is None else vectors
    lines = embed([line for code in codebook.codes for line in code.lines])
    owners = np.repeat(np.arange(len(codebook.codes)), [len(c.lines) for c in codebook.codes])
    nearness = found @ lines.T
    closeness = np.column_stack(
        [nearness[:, owners == number].max(axis=1) for number in range(len(codebook.codes))]
    )
    sharp = np.exp((closeness - closeness.max(axis=1, keepdims=True)) / _TEMPERATURE)
    shares = sharp / sharp.sum(axis=1, keepdims=True)
    shares[~found.any(axis=1)] = 0
    index = pd.Index(ids, name="text_id")
    return pd.DataFrame(shares, index=index, columns=[code.code for code in codebook.codes])


def _read_code(entry: dict[str, Any], parent: str, file: Path) -> Code:
    where = f"{file}, code '{entry.get('code', '?')}'"
    missing = {"code", "name"} - set(entry)
    if missing:
        raise StudyError(f"{where}: '{min(missing)}' is missing; add it.")
    unknown = set(entry) - _CODE_KEYS
    if unknown:
        known = ", ".join(sorted(_CODE_KEYS))
        raise StudyError(f"{where}: '{min(unknown)}' is not known there. Known here: {known}.")
    return Code(
        code=str(entry["code"]),
        name=str(entry["name"]),
        description=str(entry.get("description", "")),
        asks=tuple(str(line) for line in entry.get("asks", [])),
        parent=parent,
    )


def _check_codes(codes: list[Code], file: Path) -> None:
    if not codes:
        raise StudyError(f"{file} holds no codes. Add a [[themes]] with 'code' and 'name'.")
    names = [code.code for code in codes]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise StudyError(f"{file} gives the code '{twice[0]}' twice. Give each code its own.")
