"""Makers of bad inputs, each of which knows what a right reader must give.

``making`` holds what all share, the modules of ``FAMILIES`` the classes; ``judging`` reads an
input and counts what went wrong.
"""

from benchmarks.bad_inputs import (
    contents,
    dates,
    open_documents,
    records,
    refused,
    text_files,
    workbooks,
)

FAMILIES = (text_files, contents, dates, workbooks, open_documents, records, refused)
