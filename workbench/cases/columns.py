"""The schema of the case log, declared once: used by reader, checker, docs and tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column of a frame: its name, the pandas dtype it holds, and what it means."""

    name: str
    dtype: str
    meaning: str


CASE_COLUMNS = (
    Column("case_id", "str", "the record's own identifier, unique in the study"),
    Column("period", "str", "the name of the period that the case is counted in"),
    Column("date", "datetime64[s]", "when the case was opened, clock as written"),
    Column("subject", "str", "subject line; missing where there is none"),
    Column("text", "str", "the enquiry as written, or as redacted"),
    Column("source", "str", "the file that the case was read from"),
    Column("row", "int64", "its row there, counted as a spreadsheet does (heading = 1)"),
)
LABEL_COLUMNS = (
    Column("case_id", "str", "the case"),
    Column("field", "str", "the study's name of the field"),
    Column("label", "str", "one label that the case carries in that field"),
)
MESSAGE_COLUMNS = (
    Column("case_id", "str", "the case that the message belongs to"),
    Column("sent", "datetime64[s]", "when it was sent"),
    Column("author", "str", "who wrote it, as the source says"),
    Column("text", "str", "the message as written, or as redacted"),
)
TAKEDOWN_COLUMNS = (
    Column("case_id", "str", "the case that the request belongs to"),
    Column("date", "datetime64[s]", "when removal was asked for"),
    Column("platform", "str", "of whom"),
    Column("reported", "int64", "addresses reported"),
    Column("removed", "int64", "addresses removed"),
)
PROBLEM_COLUMNS = (
    Column("source", "str", "the file"),
    Column("holds", "str", "what the file holds: cases, messages or takedowns"),
    Column("row", "int64", "the row that was set aside"),
    Column("column", "str", "the column at fault, as the file names it"),
    Column("reason", "str", "why the row cannot be used; never its content"),
    Column("mend", "str", "what to do about it"),
)
SOURCE_COLUMNS = (
    Column("source", "str", "the file"),
    Column("holds", "str", "what the file holds: cases, messages or takedowns"),
    Column("format", "str", "what kind of file it is"),
    Column("encoding", "str", "how its characters are written; empty where that is fixed"),
    Column("delimiter", "str", "what stands between its cells; empty where nothing does"),
    Column("sheet", "str", "the sheet of a workbook; else empty"),
    Column("heading", "int64", "the row of the column names, from 1; 0 where records name them"),
    Column("rows", "int64", "rows below the heading with anything in them: kept + set_aside"),
    Column("kept", "int64", "rows that are in the log"),
    Column("set_aside", "int64", "rows that are among the problems"),
)

READABLE: Mapping[str, tuple[str, ...]] = {
    "cases": ("case_id", "date", "text", "subject"),
    "messages": ("case_id", "sent", "author", "text"),
    "takedowns": ("case_id", "date", "platform", "reported", "removed"),
}
"""What a source of each kind can hold, by the workbench's names (``[columns]`` of a study)."""

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "cases": ("case_id", "date", "text"),
    "messages": ("case_id", "sent", "text"),
    "takedowns": ("case_id", "reported", "removed"),
}
"""What a source of each kind must hold."""
