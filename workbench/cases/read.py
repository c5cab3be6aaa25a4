"""From a study's files to its case log."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from workbench.cases import check
from workbench.cases.columns import CASE_COLUMNS, READABLE, REQUIRED, SOURCE_COLUMNS
from workbench.cases.fields import read_labels, read_private, recorded_columns
from workbench.cases.log import CaseLog, FieldInfo, empty_log
from workbench.cases.mail_entries import is_mail_source
from workbench.cases.mail_log import add_mail, require_no_fields
from workbench.cases.tables import Table, read_table
from workbench.dates import read_dates
from workbench.errors import SourceError, StudyError, suggest
from workbench.progress import SILENT, Progress
from workbench.study import Source, Study

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
    mail = [source for source in ordered if is_mail_source(source, study)]
    opened = [_open(study, source) for source in ordered if source not in mail]
    _require_fields(study, opened, mail)
    cases = [each for each in opened if each.source.holds == "cases"]
    for each in cases:
        log = _add_cases(log, study, each)
        progress.advance()
    log = add_mail(log, study, mail, periods_of=_periods_of, progress=progress)
    for each in opened[len(cases) :]:
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
        infos[name] = FieldInfo(
            name,
            field.label,
            several=field.several,
            orders=orders,
            offered={period: tuple(labels) for period, labels in field.offered.items()},
        )
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


def _require_fields(study: Study, opened: list[_Opened], mail: list[Source]) -> None:
    """Each column that a field names must be in a file of cases; not every file need have it."""
    files = [each for each in opened if each.source.holds == "cases"]
    if not files and any(source.holds == "cases" for source in mail):
        require_no_fields(recorded_columns(study), mail)
        return
    if not files:
        raise StudyError("No source holds cases. Add one under [[sources]] with its 'path'.")
    headings = {column for each in files for column in each.table.frame.columns}
    lacking = [column for column in recorded_columns(study) if column not in headings]
    if lacking:
        names = ", ".join(each.source.path for each in files)
        check.require_columns(files[0].table.frame, lacking, file=names)


def _open(study: Study, source: Source) -> _Opened:
    """Read a source and find its columns; raises for a file or column that is not there."""
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
    used = [*columns.values(), *(recorded_columns(study) if source.holds == "cases" else ())]
    table = read_table(study.locate(source.path), source, columns=used)
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
        check.shortened(ids, columns["case_id"]),
        check.repeated(ids, set(log.cases["case_id"]), columns["case_id"]),
        check.empty(written, columns["date"], "the date"),
        check.unreadable(written, dates, columns["date"], format_),
        check.outside(dates, periods, columns["date"], source),
        check.empty(text, columns["text"], "the text"),
        *_spreadsheet_errors(frame, [*columns.values(), *recorded_columns(study)]),
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
        labels=pd.concat([log.labels, read_labels(kept, ids[good], fields)], ignore_index=True),
        problems=pd.concat([log.problems, bad, problems], ignore_index=True),
        sources=_with_source(log, opened, kept=len(kept)),
        private={
            name: pd.concat([log.private[name], names]) if name in log.private else names
            for name, names in read_private(kept, ids[good], study).items()
        },
    )


def _spreadsheet_errors(frame: pd.DataFrame, columns: list[str]) -> list[check.Fault]:
    present = [column for column in dict.fromkeys(columns) if column in frame.columns]
    return [check.spreadsheet_errors(frame[column], column) for column in present]


def _with_source(log: CaseLog, opened: _Opened, *, kept: int) -> pd.DataFrame:
    """The log's sources with one more: how it was read, and what became of its rows."""
    import pandas as pd

    source, table = opened.source, opened.table
    rows = len(table.frame) + len(table.bad_rows)
    row = {
        "source": source.path,
        "holds": source.holds,
        **vars(table.found),
        "rows": rows,
        "kept": kept,
        "set_aside": rows - kept,
    }
    frame = pd.DataFrame([row]).astype({column.name: column.dtype for column in SOURCE_COLUMNS})
    return pd.concat([log.sources, frame], ignore_index=True)


def _periods_of(dates: pd.Series, study: Study) -> pd.Series:
    """The period each date falls in; missing where there is none."""
    import pandas as pd

    periods = pd.Series(pd.NA, index=dates.index, dtype="str")
    for period in study.periods:
        first = pd.Timestamp(period.start)
        after = pd.Timestamp(period.end) + pd.Timedelta(days=1)
        periods = periods.mask((dates >= first) & (dates < after), period.name)
    return periods


def _add_messages(log: CaseLog, study: Study, opened: _Opened) -> CaseLog:
    import pandas as pd

    source, columns, frame = opened.source, opened.columns, opened.table.frame
    ids = frame[columns["case_id"]].str.strip()
    format_ = source.date_format or study.date_format
    sent = read_dates(frame[columns["sent"]], format=format_)
    text = frame[columns["text"]]
    faults = [
        *_spreadsheet_errors(frame, list(columns.values())),
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
        *_spreadsheet_errors(frame, list(columns.values())),
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
        log,
        problems=pd.concat([log.problems, bad, problems], ignore_index=True),
        sources=_with_source(log, opened, kept=len(kept)),
        **more,
    )


_ADD = {"messages": _add_messages, "takedowns": _add_takedowns}
