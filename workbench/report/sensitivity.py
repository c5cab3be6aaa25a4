"""The sensitivity label: what a person who meets a figure by itself must know before passing it on.

A figure leaves its report sooner than a table does: it is copied into slides and letters. So its
label stands in the picture, and says whether the data are real, whether small counts were
protected, and the organisation's own marking where it has one.
"""

from __future__ import annotations

from workbench.study import Study


def sensitivity_label(study: Study) -> str:
    """Words such as "OFFICIAL · Synthetic data · Counts of 7 or fewer hidden, others rounded to 5".

    The study's ``marking`` comes first; how counts are protected always stands last.
    """
    rule = study.disclosure
    parts = [rule.marking.strip(), "Synthetic data" if study.synthetic else ""]
    return " · ".join(filter(None, [*parts, _protection(study)]))


def _protection(study: Study) -> str:
    rule = study.disclosure
    if rule.exempt:
        return "Exact counts, without disclosure control"
    hidden = f"counts of {rule.hide_up_to:,} or fewer hidden" if rule.hide_up_to else ""
    others = "others" if hidden else "counts"
    rounded = f"{others} rounded to {rule.round_to:,}" if rule.round_to > 1 else ""
    told = ", ".join(filter(None, [hidden, rounded])) or "exact counts"
    return told[0].upper() + told[1:]
