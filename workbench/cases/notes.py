"""Which cases hold a practitioner's note, such as of a call, and no words of the enquirer's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError, suggest

if TYPE_CHECKING:
    from workbench.cases.log import CaseLog
    from workbench.study import Study


def find_notes(log: CaseLog, study: Study) -> frozenset[str]:
    """The ids of the cases that carry a label of the study's ``notes``.

    A case without the field stays among the others: nothing says that it is a note. Raises
    ``WorkbenchError`` for a label that no case carries, as a slip of the pen would hide there.
    """
    found: set[str] = set()
    for field, labels in study.notes.items():
        carried = log.membership(field)
        known = log.order_of(field)
        for label in labels:
            own = carried.loc[carried["label"] == label, "case_id"]
            if own.empty:
                raise WorkbenchError(
                    f"study.toml, [notes]: no case has '{label}' in the field '{field}'."
                    f"{suggest(label, known)} Mend the label, or take it out."
                )
            found |= set(own)
    return frozenset(found)
