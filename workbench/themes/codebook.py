"""A researcher's codebook: codes, how they nest, and the lines that say what each covers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import StudyError, suggest
from workbench.study import read_toml

if TYPE_CHECKING:
    import pandas as pd

_TEXTS = ("code", "name", "parent", "definition")
_LISTS = ("include", "exclude", "examples")
_BOOK_KEYS = ("title", "question", "section", "asks", "codes")
FIRST = "b1"


@dataclass(frozen=True)
class Code:
    """One code; ``parent`` is the code that it stands under, or empty.

    ``include`` says what belongs, ``exclude`` what does not and where it goes, ``examples`` are
    invented lines as a text might have them.
    """

    code: str
    name: str
    parent: str = ""
    definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """What shows the code by itself: name and definition, what belongs, the examples."""
        head = f"{self.name}. {self.definition}" if self.definition else self.name
        return (head, *self.include, *self.examples)


@dataclass(frozen=True)
class Codebook:
    """Codes in the researcher's order; ``question`` is what the coder asks of each text.

    ``section`` is the section of a report that it belongs to, such as "b5"; ``asks`` says that its
    codes tell what enquirers ask for, so that a report sets them beside each theme.
    """

    title: str
    codes: tuple[Code, ...]
    question: str = ""
    section: str = FIRST
    asks: bool = False

    @classmethod
    def load(cls, path: Path | str) -> Codebook:
        """Read a codebook: ``[[codes]]`` and, where given, ``title``, ``question`` and the rest.

        Each code has ``code`` and ``name``, and may have ``parent``, ``definition`` and the lists
        ``include``, ``exclude`` and ``examples``. Raises ``StudyError`` that names the file, the
        code and the mend.
        """
        file = Path(path)
        content = read_toml(file)
        _check_keys(content, _BOOK_KEYS, str(file))
        entries = content.get("codes", [])
        if not isinstance(entries, list) or not entries:
            raise StudyError(f"{file} holds no codes. Add [[codes]] with 'code' and 'name'.")
        codes = tuple(_read_code(entry, number, file) for number, entry in enumerate(entries, 1))
        _check_codes(codes, file)
        title, question = str(content.get("title", file.stem)), str(content.get("question", ""))
        section, asks = content.get("section", FIRST), content.get("asks", False)
        if not isinstance(section, str) or not section.strip():
            raise StudyError(f"{file}: 'section' is a section of the report, such as \"b2\".")
        if not isinstance(asks, bool):
            raise StudyError(f"{file}: 'asks' is true or false.")
        return cls(title, codes, question, section.strip(), asks)

    @cached_property
    def leaves(self) -> tuple[Code, ...]:
        """The codes with none under them: those that are applied to texts."""
        parents = {code.parent for code in self.codes}
        return tuple(code for code in self.codes if code.code not in parents)

    def children(self, code: str) -> tuple[Code, ...]:
        """The codes that stand directly under ``code``."""
        return tuple(inner for inner in self.codes if inner.parent == code)

    def table(self) -> pd.DataFrame:
        """One row a code: ``code``, ``name``, ``parent``, ``theme``, ``depth``, ``definition``.

        ``theme`` is the name of the outermost code above it, or its own; ``depth`` counts the
        codes above it, from 0.
        """
        import pandas as pd

        known = {code.code: code for code in self.codes}
        rows = []
        for code in self.codes:
            above = [code]
            while above[-1].parent:
                above.append(known[above[-1].parent])
            own = (code.code, code.name, code.parent)
            rows.append((*own, above[-1].name, len(above) - 1, code.definition))
        columns = ["code", "name", "parent", "theme", "depth", "definition"]
        return pd.DataFrame(rows, columns=columns)


def _read_code(entry: Any, number: int, file: Path) -> Code:
    if not isinstance(entry, dict):
        raise StudyError(f"{file}, code number {number}: write it as [[codes]] with lines below.")
    where = f"{file}, code '{entry['code']}'" if "code" in entry else f"{file}, code no. {number}"
    _check_keys(entry, (*_TEXTS, *_LISTS), where)
    missing = [key for key in ("code", "name") if not str(entry.get(key, "")).strip()]
    if missing:
        raise StudyError(f"{where}: '{missing[0]}' is missing; add it.")
    code, name, parent, definition = (str(entry.get(key, "")).strip() for key in _TEXTS)
    lists = (_read_lines(entry.get(key, []), f"{where}, '{key}'") for key in _LISTS)
    return Code(code, name, parent, definition, *lists)


def _read_lines(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
        raise StudyError(f'{where} must be a list of lines, such as ["One line.", "Another."].')
    return tuple(line.strip() for line in value if line.strip())


def _check_keys(given: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in given:
        if key not in known:
            raise StudyError(f"{where}: '{key}' is not known there.{suggest(key, list(known))}")


def _check_codes(codes: tuple[Code, ...], file: Path) -> None:
    names = [code.code for code in codes]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise StudyError(f"{file} gives the code '{twice[0]}' twice. Give each code its own.")
    parents = {code.code: code.parent for code in codes}
    for code in codes:
        if code.parent and code.parent not in parents:
            hint = suggest(code.parent, names)
            raise StudyError(f"{file}, code '{code.code}': no code '{code.parent}' there.{hint}")
        above, seen = code.parent, {code.code}
        while above:
            if above in seen:
                raise StudyError(
                    f"{file}, code '{code.code}': its parents lead back to '{above}'. Give one "
                    "of them another parent, or none."
                )
            seen.add(above)
            above = parents[above]
