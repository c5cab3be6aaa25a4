"""What to check, read from whatever the researcher points at: a study, a folder, or files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cases.tables import read_table
from workbench.compare.linting.claims import no_claims, read_claims
from workbench.compare.linting.figures import from_comparison, is_comparison
from workbench.compare.published import read_published
from workbench.errors import WorkbenchError, place
from workbench.study import Study

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Inputs:
    """What ``lint`` needs, and the files that hold neither figures nor a comparison."""

    printed: pd.DataFrame
    claims: pd.DataFrame
    fields: Mapping[str, str]
    banners: frozenset[str]
    skipped: tuple[Path, ...]


def gather(paths: Sequence[Path], *, claims: Sequence[Path] = ()) -> Inputs:
    """Read studies (their [published]), folders of CSV files, and files, all as one.

    A file is known by its heading: printed figures, a comparison, or claims. Raises
    ``WorkbenchError`` where nothing can be checked.
    """
    import pandas as pd

    studies = [Study.load(path) for path in paths if _is_study(path)]
    files = [file for path in paths if not _is_study(path) for file in _files(path)]
    for study in studies:
        named = [*study.published.files, study.published.claims or ""]
        files += [study.locate(path) for path in named if path]
    kinds = {file: _kind(file) for file in _once([*files, *claims])}
    figures = [_READERS[kind](file) for file, kind in kinds.items() if kind in _READERS]
    if not figures:
        raise WorkbenchError(
            "There are no figures to check here. Name a study with [published] files, files of "
            "printed figures, or a report's folder 'tables'."
        )
    said = [read_claims(file) for file, kind in kinds.items() if kind == "claims"]
    return Inputs(
        printed=pd.concat(figures, ignore_index=True),
        claims=pd.concat([no_claims(), *said], ignore_index=True),
        fields={title: name for s in studies for title, name in s.published.fields.items()},
        banners=frozenset(word for study in studies for word in study.words.banners),
        skipped=tuple(file for file, kind in kinds.items() if kind == ""),
    )


def _is_study(path: Path) -> bool:
    return path.suffix == ".toml" or (path / "study.toml").is_file()


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.csv")) if path.is_dir() else [path]


def _once(files: Iterable[Path]) -> list[Path]:
    return list({file.resolve(): file for file in files}.values())


def _kind(file: Path) -> str:
    """What a file holds, by its heading; "" where it is nothing that can be checked."""
    if not file.is_file():
        raise WorkbenchError(f"{file} is neither a file nor a folder. Mend the path.")
    columns = set(read_table(file).frame.columns)
    if "percent_as_printed" in columns:
        return "published"
    if {"kind", "where"} <= columns:
        return "claims"
    return "comparison" if is_comparison(list(columns)) else ""


def _read_comparison(file: Path) -> pd.DataFrame:
    import pandas as pd

    cells = read_table(file).frame
    for column in ("n", "base", "share"):
        filled = cells[column] != ""
        numbers = pd.to_numeric(cells[column].where(filled), errors="coerce")
        for row in cells.index[numbers.isna() & filled]:
            where = place(file, row=row, column=column)
            raise WorkbenchError(f"{where}: it is no number. Export the table again.")
        cells[column] = numbers
    return from_comparison(cells, file.stem)


_READERS: Mapping[str, Callable[[Path], pd.DataFrame]] = {
    "published": read_published,
    "comparison": _read_comparison,
}
