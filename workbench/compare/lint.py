"""Contradictions in published or own tables and prose, found by rule and said in plain words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.compare.linting import cautions, follow, sentences, sums, years
from workbench.compare.linting.claims import no_claims
from workbench.compare.linting.figures import prepare
from workbench.compare.linting.findings import SEVERITIES, Rule, say_many
from workbench.compare.linting.reading import claims_in

if TYPE_CHECKING:
    import pandas as pd

RULES: tuple[Rule, ...] = (
    Rule(
        "rows exceed the total",
        "contradiction",
        "The rows sum to more than the cases, and nothing says that a case may have several.",
        sums.exceed_total,
    ),
    Rule(
        "part exceeds the whole",
        "contradiction",
        "More cases carry a label than there are cases.",
        sums.exceed_whole,
    ),
    Rule(
        "own total missed",
        "contradiction",
        "The rows do not sum to the total that the table itself prints.",
        sums.miss_own_total,
    ),
    Rule(
        "impossible figure",
        "contradiction",
        "A count is below 0, or a percentage outside 0 to 100.",
        sums.impossible,
    ),
    Rule(
        "label twice",
        "contradiction",
        "One label stands on two rows of a table, at most with other capitals or spaces.",
        sums.twice_named,
    ),
    Rule(
        "share does not follow",
        "contradiction",
        "A percentage is not its count over the base, to the digits printed; the base that would "
        "give it is named.",
        follow.share_from_count,
    ),
    Rule(
        "one share two ways",
        "contradiction",
        "A report prints one share in two ways that rounding does not explain.",
        sentences.two_ways,
    ),
    Rule(
        "table against sentence",
        "contradiction",
        "A sentence states a count, share or order that the tables do not bear out.",
        sentences.against_sentence,
    ),
    Rule(
        "rows miss the total",
        "unexplained",
        "The rows of a table of one label a case sum to less than the cases. A row 'Not recorded' "
        "or a total would explain it.",
        sums.miss_total,
    ),
    Rule(
        "several yet too few",
        "unexplained",
        "A case may have several labels, yet the rows sum to fewer than the cases.",
        sums.several_yet_few,
    ),
    Rule(
        "percentages miss 100",
        "unexplained",
        "The percentages of a table of one label a case do not sum to 100, rounding allowed for.",
        sums.miss_hundred,
    ),
    Rule(
        "repeated unchanged",
        "unexplained",
        "A figure is the same in two reports, though even without any change chance would seldom "
        "make it so; small or coarse figures, which often repeat, are passed over.",
        years.repeated,
    ),
    Rule(
        "different bases",
        "caution",
        "A share rests on a base that leaves many cases out, and whether it is above or below the "
        "same share elsewhere depends on what one takes for the base.",
        years.unlike_bases,
    ),
    Rule(
        "two bases in one report",
        "caution",
        "A report prints one share of two bases.",
        sentences.two_bases,
    ),
    Rule(
        "labels per case",
        "caution",
        "Two schemes give different numbers of labels to a case, so that shares of cases move "
        "though nothing else does.",
        years.labels_per_case,
    ),
    Rule(
        "banner words",
        "caution",
        "A count of words holds words that mail gateways add to subject lines.",
        sums.banner_words,
    ),
    Rule(
        "small groups",
        "caution",
        "A report compares groups of which one is too small to show a small difference (Cohen's h "
        "of 0.2 with 80% power).",
        cautions.small_groups,
    ),
    Rule(
        "selection",
        "caution",
        "Some cases reach the record more readily than others, so a share is no measure of how "
        "common something is.",
        cautions.selection,
    ),
    Rule(
        "not checked",
        "not checked",
        "A claim or sentence about figures that could not be matched to a printed one.",
        sentences.not_checked,
    ),
)
"""Every rule, the most serious first."""

FINDING_COLUMNS = (
    "rule",
    "severity",
    "report",
    "table",
    "label",
    "finding",
    "printed",
    "against",
)


def lint(
    printed: pd.DataFrame,
    claims: pd.DataFrame | None = None,
    prose: pd.DataFrame | None = None,
    *,
    fields: Mapping[str, str] | None = None,
    banners: Collection[str] = (),
) -> pd.DataFrame:
    """Contradictions in printed figures, and between them and what is said of them.

    ``printed`` comes from ``read_published`` or ``from_comparison`` (or several joined), ``claims``
    from ``read_claims``, ``prose`` from ``read_prose``. ``fields`` says which field each printed
    title counts (``study.published.fields``), ``banners`` lists words that gateways add. Notes are
    never read.

    Gives one row a finding, most serious first: rule, severity ("contradiction", "unexplained",
    "caution" or "not checked"), report, table, label, finding (in words), and the two numbers at
    odds, printed and against, where there are two. Raises ``WorkbenchError`` where ``printed``
    lacks a column.
    """
    import pandas as pd

    given = (no_claims() if claims is None else claims).assign(source="claims")
    material = prepare(printed, given, fields=fields or {}, banners=frozenset(banners))
    if prose is not None and len(prose):
        said, unmatched = claims_in(prose, material.figures)
        both = pd.concat([given, said], ignore_index=True)
        material = prepare(printed, both, fields=fields or {}, banners=frozenset(banners))
        material = replace(material, unmatched=unmatched)
    rows = [
        (rule.name, rule.severity, *vars(found).values())
        for rule in RULES
        for found in rule.find(material)
    ]
    frame = pd.DataFrame(rows, columns=pd.Index(FINDING_COLUMNS))
    numbers = {"printed": "float64", "against": "float64"}
    text = {name: "str" for name in FINDING_COLUMNS if name not in numbers}
    rank = {severity: place for place, severity in enumerate(SEVERITIES)}
    frame = frame.sort_values("severity", key=lambda s: s.map(rank), kind="stable")
    return frame.astype({**text, **numbers}).reset_index(drop=True)


def say_tally(findings: pd.DataFrame) -> str:
    """How many findings of each kind, most serious first: "2 contradictions, 7 cautions"."""
    counts = findings["severity"].value_counts()
    return ", ".join(say_many(kind, int(counts[kind])) for kind in SEVERITIES if kind in counts)


def lint_rules() -> pd.DataFrame:
    """What ``lint`` looks for: one row a rule with rule, severity, explanation and advice."""
    import pandas as pd

    rows = [
        (rule.name, rule.severity, rule.explanation, SEVERITIES[rule.severity]) for rule in RULES
    ]
    return pd.DataFrame(rows, columns=pd.Index(["rule", "severity", "explanation", "advice"]))


def has_contradictions(findings: pd.DataFrame) -> bool:
    """Whether any finding says that two statements cannot both be right."""
    return bool((findings["severity"] == "contradiction").any())
