"""A workbench for qualitative casework: themes, tone, comparisons and the report, offline.

The names below are the public ones. They are brought in when first used, so that
``import workbench`` stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.cases.log import CaseLog as CaseLog
    from workbench.cases.read import read_cases as read_cases
    from workbench.errors import WorkbenchError as WorkbenchError
    from workbench.study import Study as Study

__version__ = "0.1.0"

_HOMES = {
    "CaseLog": "workbench.cases.log",
    "Study": "workbench.study",
    "WorkbenchError": "workbench.errors",
    "read_cases": "workbench.cases.read",
    "count_rows": "workbench.cases.counts",
    "list_mails": "workbench.cases.mail_log",
    "split_texts": "workbench.text.parts",
    "embed": "workbench.text.vectors",
    "clean_texts": "workbench.text.clean",
    "redact": "workbench.privacy.redact",
    "audit": "workbench.privacy.redact",
    "count_redactions": "workbench.privacy.redact",
    "find_returns": "workbench.lenses.returns",
    "count_links": "workbench.lenses.returns",
    "protect_table": "workbench.privacy.disclosure",
    "find_themes": "workbench.themes.discover",
    "layout": "workbench.themes.layout",
    "Themes": "workbench.themes.found",
    "ThemeSettings": "workbench.themes.found",
    "apply_codebook": "workbench.themes.coding",
    "suggest_codes": "workbench.themes.coding",
    "Codebook": "workbench.themes.codebook",
    "score_tone": "workbench.tone.score",
    "mark_tone": "workbench.tone.score",
    "explain": "workbench.tone.explain",
    "own_words": "workbench.tone.score",
    "evaluate_tones": "workbench.tone.evaluate",
    "estimate_prevalence": "workbench.tone.prevalence",
    "score_valence": "workbench.tone.valence",
    "score_urgency": "workbench.tone.score",
    "compare_shares": "workbench.compare.shares",
    "compare_fields": "workbench.compare.shares",
    "compare_with_rest": "workbench.compare.rest",
    "compare_through": "workbench.compare.schemes",
    "labels_per_case": "workbench.compare.schemes",
    "read_crosswalks": "workbench.compare.crosswalk",
    "standardise": "workbench.compare.composition",
    "mix_of": "workbench.compare.mix",
    "mix_change": "workbench.compare.mix",
    "rate_per_day": "workbench.compare.rates",
    "compare_rates": "workbench.compare.rate_ratios",
    "model_months": "workbench.compare.month_model",
    "find_turns": "workbench.compare.turns",
    "staffed": "workbench.compare.arrivals",
    "reply_times": "workbench.compare.replies",
    "reply_summary": "workbench.compare.replies",
    "say": "workbench.compare.say",
    "compare_published": "workbench.compare.published",
    "read_published": "workbench.compare.published",
    "lint": "workbench.compare.lint",
    "lint_rules": "workbench.compare.lint",
    "keyness": "workbench.compare.keyness",
    "word_shift": "workbench.compare.shift",
    "subject_words": "workbench.compare.words",
    "in_context": "workbench.compare.context",
    "charts": "workbench.charts",
    "read_safely": "workbench.report.keeping",
    "analyse": "workbench.report.analysis",
    "build_report": "workbench.report.build",
    "ThemeExplorer": "workbench.explore.themes",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """Bring in a public name from its home when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'workbench' has no attribute '{name}'")
    home = import_module(_HOMES[name])
    value = vars(home).get(name, home)  # a home that does not hold the name is meant itself
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
