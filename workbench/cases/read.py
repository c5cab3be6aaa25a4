"""From a study's files to its case log."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from workbench.cases import check
from workbench.cases.columns import CASE_COLUMNS, READABLE, REQUIRED
from workbench.cases.log import CaseLog, FieldInfo, empty_log
from workbench.cases.tables import Table, read_table, split_cell
from workbench.dates import read_dates
from workbench.errors import SourceError, StudyError, suggest
from workbench.progress import SILENT, Progress
from workbench.study import CaseField, Source, Study

if TYPE_CHECKING:
    import pandas as pd


def read_cases(study: Study, *, progress: Progress = SILENT) -> CaseLog:
    """Read every source of ``study``: cases first, then what refers to them.

    Rows that cannot be used are in ``problems`` of the log with file, row, column, reason and
    mend: rows in = rows kept + rows there. Raises ``SourceError`` or ``StudyError`` for what
    makes a whole file unusable, and where no usable case is left.
    """
    log = replace(empty_log(), fields=_field_infos(study))
    ordered = sorted(study.sources, key=lambda source: source.holds != "cases")
    progress.begin("Reading cases", total=len(ordered))
    opened = [_open(study, source) for source in ordered]
    _require_fields(study, opened)
    for each in opened:
        log = _ADD[each.source.holds](log, study, each)
        progress.advance()
    if not len(log):
        raise SourceError(
            f"No usable case was found in {', '.join(s.path for s in ordered)}: "
            f"{len(log.problems)} rows were set aside. {_commonest(log.problems)}"
        )
    return log


def _field_infos(study: Study) -> dict[str, FieldInfo]:
    infos = {}
    for name, field in study.fields.items():
        orders = {}
        for period in study.periods:
            scheme = study.scheme(name, period.name)
            if scheme is not None:
                orders[period.name] = scheme.names
        infos[name] = FieldInfo(name, field.label, several=field.several, orders=orders)
    return infos


def _commonest(problems: pd.DataFrame) -> str:
    if problems.empty:
        return "Check that the files hold rows below their heading."
    top = problems.value_counts(["reason", "mend"]).index[0]
    return f"Most often {top[0]}: {top[1]}."


@dataclass(frozen=True)
class _Opened:
    """A source with its table, blanks emptied, and the columns it maps (ours -> the file's)."""

    source: Source
    table: Table
    columns: dict[str, str]


def _require_fields(study: Study, opened: list[_Opened]) -> None:
    """Each column that a field names must be in a file of cases; not every file need have it."""
    files = [each for each in opened if each.source.holds == "cases"]
    if not files:
        raise StudyError("No source holds cases. Add one under [[sources]] with its 'path'.")
    wanted = [column for field in study.fields.values() for column in _columns_of(field)]
    wanted += [item.column for item in study.private.values()]
    headings = {column for each in files for column in each.table.frame.columns}
    lacking = [column for column in wanted if column not in headings]
    if lacking:
        names = ", ".join(each.source.path for each in files)
        check.require_columns(files[0].table.frame, lacking, file=names)


def _open(study: Study, source: Source) -> _Opened:
    """Read a source and find its columns; raises for a file or column that is not there."""
    path = study.locate(source.path)
    table = read_table(path, source)
    known = READABLE[source.holds]
    for name in source.columns:
        if name not in known:
            raise StudyError(
                f"Source {source.path} maps '{name}', which {source.holds} do not have."
                f"{suggest(name, list(known))}"
            )
    shared = {name: column for name, column in study.columns.items() if name in known}
    if source.holds != "cases":
        shared = {name: shared[name] for name in ("case_id",) if name in shared}
    columns = {**shared, **source.columns}
    lacking = [name for name in REQUIRED[source.holds] if name not in columns]
    if lacking:
        raise StudyError(
            f"Source {source.path} holds {source.holds} but does not say which column is "
            f"{', '.join(lacking)}; add it under 'columns' of that source."
        )
    check.require_columns(table.frame, columns.values(), file=source.path)
    table = replace(table, frame=_without_blanks(table.frame, study.blank))
    return _Opened(source, table, columns)


def _without_blanks(frame: pd.DataFrame, blank: tuple[str, ...]) -> pd.DataFrame:
    """Cells that hold nothing but space, or a word the study reads as nothing, become empty."""
    words = {"", *(word.strip().casefold() for word in blank)}
    hollow = frame.apply(lambda cells: cells.str.strip().str.casefold().isin(words))
    return frame.mask(hollow, "")


def _add_cases(log: CaseLog, study: Study, opened: _Opened) -> CaseLog:
    import pandas as pd

    source, columns, frame = opened.source, opened.columns, opened.table.frame
    fields, present = study.fields, set(opened.table.frame.columns)
    ids = frame[columns["case_id"]].str.strip()
    format_ = source.date_format or study.date_format
    written = frame[columns["date"]]
    dates = read_dates(written, format=format_)
    periods = _periods_of(dates, study)
    text = frame[columns["text"]]
    faults = [
        check.empty(ids, columns["case_id"], "the identifier"),
        check.repeated(ids, set(log.cases["case_id"]), columns["case_id"]),
        check.empty(written, columns["date"], "the date"),
        check.unreadable(written, dates, columns["date"], format_),
        check.outside(dates, periods, columns["date"], source),
        check.empty(text, columns["text"], "the text"),
        *(
            check.outside_scheme(frame[field.column], periods, field, name, study)
            for name, field in fields.items()
            if field.column in present
        ),
    ]
    good, problems = check.sort_out(frame, faults, source=source, file=source.path)
    bad = check.bad_row_problems(opened.table.bad_rows, source=source, file=source.path)
    subject = frame[columns["subject"]] if "subject" in columns else pd.Series("", frame.index)
    cases = pd.DataFrame(
        {
            "case_id": ids,
            "period": periods,
            "date": dates,
            "subject": subject.where(subject != ""),
            "text": text,
            "source": source.path,
            "row": frame.index,
        }
    ).astype({column.name: column.dtype for column in CASE_COLUMNS})
    kept = frame[good]
    return replace(
        log,
        cases=pd.concat([log.cases, cases[good]], ignore_index=True),
        labels=pd.concat([log.labels, _labels(kept, ids[good], fields)], ignore_index=True),
        problems=pd.concat([log.problems, bad, problems], ignore_index=True),
        private={
            name: pd.concat([log.private[name], names]) if name in log.private else names
            for name, names in _private(kept, ids[good], study).items()
        },
    )


def _columns_of(field: CaseField) -> list[str]:
    if field.column is not None:
        return [field.column]
    return list(_flags(field).values())


def _flags(field: CaseField) -> dict[str, str]:
    """Label -> column. A plain list of columns names the labels by the columns themselves."""
    flags = field.flags or {}
    return flags if isinstance(flags, dict) else {column: column for column in flags}


def _periods_of(dates: pd.Series, study: Study) -> pd.Series:
    """The period each date falls in; missing where there is none."""
    import pandas as pd

    periods = pd.Series(pd.NA, index=dates.index, dtype="str")
    for period in study.periods:
        first = pd.Timestamp(period.start)
        after = pd.Timestamp(period.end) + pd.Timedelta(days=1)
        periods = periods.mask((dates >= first) & (dates < after), period.name)
    return periods


def _labels(frame: pd.DataFrame, ids: pd.Series, fields: dict[str, CaseField]) -> pd.DataFrame:
    import pandas as pd

    rows: list[tuple[str, str, str]] = []
    for name, field in fields.items():
        if field.flags is not None:
            for label, column in _flags(field).items():
                if column in frame.columns:
                    ticked = ids[_is_ticked(frame[column])]
                    rows.extend((case_id, name, label) for case_id in ticked)
        elif field.column in frame.columns:
            for case_id, cell in zip(ids, frame[field.column], strict=True):
                rows.extend((case_id, name, label) for label in check.labels_of(cell, field))
    return pd.DataFrame(rows, columns=pd.Index(["case_id", "field", "label"]), dtype="str")


def _is_ticked(cells: pd.Series) -> pd.Series:
    """Whether a flag column says yes: anything but nothing, zero, no and false."""
    return ~cells.str.strip().str.casefold().isin({"", "0", "0.0", "no", "false", "n"})


def _private(frame: pd.DataFrame, ids: pd.Series, study: Study) -> dict[str, pd.DataFrame]:
    import pandas as pd

    frames = {}
    for name, item in study.private.items():
        if item.column not in frame.columns:
            continue
        rows = [
            (case_id, label)
            for case_id, cell in zip(ids, frame[item.column], strict=True)
            for label in split_cell(cell, item.separator)
        ]
        frames[name] = pd.DataFrame(rows, columns=pd.Index(["case_id", "label"]), dtype="str")
    return frames


def _add_messages(log: CaseLog, study: Study, opened: _Opened) -> CaseLog:
    import pandas as pd

    source, columns, frame = opened.source, opened.columns, opened.table.frame
    ids = frame[columns["case_id"]].str.strip()
    format_ = source.date_format or study.date_format
    sent = read_dates(frame[columns["sent"]], format=format_)
    text = frame[columns["text"]]
    faults = [
        check.unknown_case(ids, set(log.cases["case_id"]), columns["case_id"]),
        check.empty(frame[columns["sent"]], columns["sent"], "the date"),
        check.unreadable(frame[columns["sent"]], sent, columns["sent"], format_),
        check.empty(text, columns["text"], "the text"),
    ]
    author = frame[columns["author"]].str.strip() if "author" in columns else ""
    messages = pd.DataFrame({"case_id": ids, "sent": sent, "author": author, "text": text})
    return _append(log, "messages", messages, faults, opened)


def _add_takedowns(log: CaseLog, study: Study, opened: _Opened) -> CaseLog:
    import pandas as pd

    source, columns, frame = opened.source, opened.columns, opened.table.frame
    ids = frame[columns["case_id"]].str.strip()
    format_ = source.date_format or study.date_format
    none = pd.Series("", index=frame.index)
    written = frame[columns["date"]] if "date" in columns else none
    dates = read_dates(written, format=format_)
    reported = frame[columns["reported"]].str.strip()
    removed = frame[columns["removed"]].str.strip()
    faults = [
        check.unknown_case(ids, set(log.cases["case_id"]), columns["case_id"]),
        check.unreadable(written, dates, columns.get("date", ""), format_),
        check.not_counts(reported, columns["reported"]),
        check.not_counts(removed, columns["removed"]),
    ]
    platform = frame[columns["platform"]].str.strip() if "platform" in columns else none
    takedowns = pd.DataFrame(
        {
            "case_id": ids,
            "date": dates,
            "platform": platform.where(platform != ""),
            "reported": pd.to_numeric(reported, errors="coerce"),
            "removed": pd.to_numeric(removed, errors="coerce"),
        }
    )
    return _append(log, "takedowns", takedowns, faults, opened)


def _append(
    log: CaseLog,
    name: str,
    records: pd.DataFrame,
    faults: list[check.Fault],
    opened: _Opened,
) -> CaseLog:
    """The log with the usable records added to frame ``name`` and the others to its problems."""
    import pandas as pd

    table, source = opened.table, opened.source
    good, problems = check.sort_out(table.frame, faults, source=source, file=source.path)
    bad = check.bad_row_problems(table.bad_rows, source=source, file=source.path)
    before: pd.DataFrame = getattr(log, name)
    kept = records[good].astype(before.dtypes.to_dict())
    more: dict[str, Any] = {name: pd.concat([before, kept], ignore_index=True)}
    return replace(
        log, problems=pd.concat([log.problems, bad, problems], ignore_index=True), **more
    )


_ADD = {"cases": _add_cases, "messages": _add_messages, "takedowns": _add_takedowns}
