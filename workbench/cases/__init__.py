"""Cases in: readers of files, checks of rows, and the case log that everything else reads."""

from workbench.cases.log import CaseLog, FieldInfo
from workbench.cases.read import read_cases

__all__ = ["CaseLog", "FieldInfo", "read_cases"]
