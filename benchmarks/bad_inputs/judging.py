"""Read an input, by the workbench or by pandas, and count what went wrong beside its truth."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.bad_inputs.making import HEADING, Input, Record
from workbench.cases.read import read_cases
from workbench.errors import WorkbenchError
from workbench.study import Study

if TYPE_CHECKING:
    import pandas as pd

STUDY: dict[str, Any] = {
    "name": "bad",
    "title": "Bad inputs",
    "columns": {"case_id": "Case", "date": "Received", "text": "Enquiry", "subject": "Subject"},
    "periods": [{"name": "2022-23", "start": "2022-09-01", "end": "2023-08-31"}],
    "fields": {
        "kind": {"column": "Kind", "label": "Kind", "many": True},
        "phase": {"column": "Phase", "label": "Phase"},
    },
}


@dataclass(frozen=True)
class Score:
    """What went wrong with one input, in numbers; 0 throughout is right.

    ``rows_lost`` are neither kept nor set aside; ``characters_lost`` are those of kept rows that
    are not what was written; ``needless`` are good rows set aside, or good files refused;
    ``let_in`` are rows or files that should not have come in.
    """

    tracebacks: int = 0
    rows_lost: int = 0
    characters_lost: int = 0
    wrong_dates: int = 0
    needless: int = 0
    let_in: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Score)))


@dataclass(frozen=True)
class Kept:
    """A row as a reader gives it."""

    case_id: str
    date: datetime | None
    text: str


@dataclass(frozen=True)
class Outcome:
    """What a reader made of a file: rows kept and set aside by row number, or why it did not."""

    kept: dict[int, Kept]
    aside: frozenset[int] = frozenset()
    refused: bool = False
    crash: str = ""
    miscounted: int = 0


def judge(made: Input, outcome: Outcome) -> Score:
    """The input's truth against what a reader made of it."""
    good = [record for record in made.records if record.fate == "keep"]
    if outcome.crash:
        return Score(tracebacks=1)
    if made.refused or not made.known:
        missed = bool(made.refused) and not outcome.refused
        return Score(let_in=int(missed), rows_lost=outcome.miscounted)
    if outcome.refused:
        return Score(needless=len(good) if made.refused is False else 0)
    score = Score(rows_lost=outcome.miscounted)
    for record in made.records:
        score += _judge_row(record, outcome)
    return score


def _judge_row(record: Record, outcome: Outcome) -> Score:
    kept = outcome.kept.get(record.row)
    if kept is None:
        lost = record.row not in outcome.aside
        return Score(rows_lost=int(lost), needless=int(not lost and record.fate == "keep"))
    let_in = int(record.fate == "aside")
    characters = _missing(record.case_id, kept.case_id) + _missing(record.text, kept.text)
    wrong = _minute(kept.date) != _minute(record.date)
    # What should not be in at all is counted once, unless it brings in a false date.
    return Score(let_in=let_in, characters_lost=0 if let_in else characters, wrong_dates=int(wrong))


def _missing(truth: str, got: str) -> int:
    """Characters that are not there any more; 1 at least where the two differ at all."""
    if truth == got:
        return 0
    return max(1, (Counter(truth) - Counter(got)).total())


def _minute(moment: datetime | None) -> datetime | None:
    return moment.replace(second=0, microsecond=0) if moment is not None else None


def ours(made: Input, folder: Path) -> Outcome:
    """The workbench's reading. Any error that is not meant for the researcher is a crash."""
    path = folder / f"cases{made.suffix}"
    path.write_bytes(made.data)
    source = {"path": path.name, **made.options}
    study = Study.model_validate({**STUDY, "sources": [source], "folder": folder})
    try:
        log = read_cases(study)
    except WorkbenchError:
        return Outcome({}, refused=True)
    except BaseException as error:  # also what Rust code raises when it gives up
        if isinstance(error, KeyboardInterrupt):
            raise
        return Outcome({}, crash=repr(error)[:200])
    kept = {
        int(row): Kept(case_id, date.to_pydatetime(), text)
        for row, case_id, date, text in log.cases[["row", "case_id", "date", "text"]].itertuples(
            index=False
        )
    }
    counted = log.sources.iloc[0]
    whole = (
        counted["rows"] == counted["kept"] + counted["set_aside"] == len(kept) + len(log.problems)
    )
    rows = frozenset(map(int, log.problems["row"]))
    return Outcome(kept, rows, miscounted=int(not whole))


def pandas_defaults(made: Input, folder: Path) -> Outcome:
    """The reading of pandas as it comes; a row without identifier, date or text is set aside.

    Its rows are found by identifier, else by text, so that a changed one is no lost one.
    """
    import pandas as pd

    path = folder / f"cases{made.suffix}"
    path.write_bytes(made.data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            frame = _PEERS[made.suffix](path)
            if not set(HEADING[:3]) <= set(frame.columns):
                return Outcome({}, refused=True)
            dates = pd.to_datetime(frame["Received"], errors="coerce")
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return Outcome({}, refused=True) if made.refused else Outcome({}, crash=repr(error)[:200])
    rows = [
        Kept(_shown(case_id), _plain(date), _shown(text))
        for case_id, date, text in zip(frame["Case"], dates, frame["Enquiry"], strict=True)
    ]
    return _by_record(made, rows)


def _by_record(made: Input, rows: list[Kept]) -> Outcome:
    kept: dict[int, Kept] = {}
    aside: set[int] = set()
    left = list(rows)
    for record in made.records:
        same = [row for row in left if row.case_id == record.case_id and record.case_id]
        same += [row for row in left if row.text == record.text and record.text]
        if not same:
            continue
        found = next((row for row in same if row.text == record.text), same[0])
        left.remove(found)
        if found.case_id and found.date is not None and found.text:
            kept[record.row] = found
        else:
            aside.add(record.row)
    return Outcome(kept, frozenset(aside))


def _shown(value: object) -> str:
    return "" if value is None or value != value else str(value)


def _plain(date: Any) -> datetime | None:
    import pandas as pd

    if pd.isna(date):
        return None
    moment: datetime = pd.Timestamp(date).to_pydatetime(warn=False)
    return moment.replace(tzinfo=None)


def _excel(path: Path) -> pd.DataFrame:
    import pandas as pd

    return pd.read_excel(path, engine="calamine")


def _csv(path: Path) -> pd.DataFrame:
    import pandas as pd

    return pd.read_csv(path)


def _tsv(path: Path) -> pd.DataFrame:
    import pandas as pd

    return pd.read_csv(path, sep="\t")


def _json(path: Path) -> pd.DataFrame:
    import pandas as pd

    return pd.read_json(path, lines=True)


def _parquet(path: Path) -> pd.DataFrame:
    import pandas as pd

    return pd.read_parquet(path)


_PEERS: dict[str, Callable[[Path], pd.DataFrame]] = {
    ".csv": _csv,
    ".csv.gz": _csv,
    ".tsv": _tsv,
    ".xlsx": _excel,
    ".xlsm": _excel,
    ".ods": _excel,
    ".jsonl": _json,
    ".parquet": _parquet,
}
