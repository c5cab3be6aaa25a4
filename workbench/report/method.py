"""How the figures came about: read off what was run, not written by hand."""

from __future__ import annotations

from importlib.metadata import version

from workbench.privacy.linked_tables import describe_release
from workbench.report.analysis import Analysis, safe_count
from workbench.report.blocks import Block, Bullets, Section, TableBlock
from workbench.report.data_read import data_blocks
from workbench.report.tables import count
from workbench.study import Study
from workbench.themes.found import STABLE, Themes
from workbench.themes.partition import BORDERLINE, UNPLACED

_PACKAGES = ("pandas", "scipy", "statsmodels", "torch", "sentence-transformers", "bertopic")


def method_sections(analysis: Analysis) -> list[Section]:
    """Part D: category descriptions, data and exclusions, methods, limits."""
    return [
        Section("Part D. Apparatus", 1),
        *_schemes(analysis),
        Section("Data and exclusions", 2, data_blocks(analysis)),
        Section("Methods", 2, _methods(analysis)),
        Section("Limits", 2, (Bullets(_limits(analysis)),)),
    ]


def _schemes(analysis: Analysis) -> list[Section]:
    import pandas as pd

    from workbench.study import Scheme

    sections = []
    for name, scheme in analysis.study.schemes.items():
        if not isinstance(scheme, Scheme) or not any(label.description for label in scheme.labels):
            continue
        frame = pd.DataFrame(
            [(label.name, label.description) for label in scheme.labels],
            columns=pd.Index(["Label", "What it covers"]),
        )
        title = scheme.title or name
        table = TableBlock(title=title, frame=frame, widths=(1.4, 3.6))
        sections.append(Section(f"Descriptions: {title}", 2, (table,)))
    return sections


def _methods(analysis: Analysis) -> tuple[Block, ...]:
    from workbench.text.vectors import WEIGHTS_SHA256

    settings = analysis.themes.settings
    rule = analysis.study.disclosure
    control = (
        f"Disclosure control was switched off for this study. Reason given: {rule.reason}"
        if rule.exempt
        else f"Counts of {rule.hide_up_to} or fewer are hidden and others rounded to "
        f"{rule.round_to}, totals too; shares are computed from the rounded counts. "
        + describe_release(analysis.release, rule=rule)
    )
    versions = ", ".join(f"{name} {version(name).split('+')[0]}" for name in _PACKAGES)
    return (
        Bullets(
            (
                _say_redaction(analysis.study),
                f"Vectors: each enquiry, without banners, quoted messages and signature, was "
                f"turned into a vector by all-MiniLM-L6-v2 (SHA-256 {WEIGHTS_SHA256[:12]}…).",
                "Themes: graphs of each text's nearest neighbours, by vectors and by words, were "
                "divided many times over random halves of the texts by the Leiden method, and "
                f"{len(analysis.themes.members)} of these divisions were made into one; the finest "
                "themes were joined into sub-themes and main themes. The numbers of themes are "
                "those at which the halves agree best and themes lie best apart. Keywords by "
                f"class-based TF-IDF (BERTopic). Seed {settings.seed}; the order of the cases "
                "plays no part.",
                _say_stability(analysis.themes, analysis.study),
                "Shares: Wilson's 95% intervals. Differences: Newcombe's 95% intervals; the "
                "chi-squared test, or Boschloo's exact test where counts are small; Benjamini and "
                "Hochberg's correction over all comparisons between the same groups.",
                "Tone: open lists of markers, in the enquirer's own sentences. Valence: VADER, as "
                "a plain reference.",
                *_say_reading(analysis),
                control,
                f"Software: {versions}.",
            )
        ),
    )


def _say_redaction(study: Study) -> str:
    ways = ["those held in each case's own fields"]
    if "lists" in study.redaction.names:
        ways.append("those in lists of given names, surnames and places of the United Kingdom")
    if "model" in study.redaction.names:
        ways.append(f"those that a model finds (spaCy {version('spacy')}, en_core_web_sm 3.8.0)")
    scope = (
        "one case"
        if study.redaction.pseudonyms == "case"
        else "the whole study, made with a secret key"
    )
    return (
        "Redaction, before any analysis or display: e-mail addresses, telephone numbers, "
        "postcodes, web addresses, account names, official numbers, dates of birth; and names of "
        f"people, schools and places: {', '.join(ways)}. Pseudonyms hold within {scope}."
    )


def _say_reading(analysis: Analysis) -> list[str]:
    said = [
        "Returning matters: cases that share an enquirer and place, an address, an account, a "
        "link, a number, the same words or nearly so (three-word stretches, Jaccard .8), found "
        "before redaction."
    ]
    if analysis.reading.lenses:
        titles = ", ".join(lens.title.lower() for lens in analysis.reading.lenses)
        said.append(
            f"Close reading by listed patterns ({titles}): they count what texts say in such "
            "words, in the enquirer's voice or in words that are quoted."
        )
    return said


def _say_stability(themes: Themes, study: Study) -> str:
    main = themes.themes[themes.themes["level"] == 0]
    held = int((main["stability"] >= STABLE).sum())
    states = themes.assignments["state"].value_counts()
    border, none = (
        count(safe_count(int(states.get(name, 0)), study)) for name in (BORDERLINE, UNPLACED)
    )
    return (
        f"How far the themes hold still: {held} of {len(main)} main themes keep a Jaccard index of "
        f"{STABLE} or more, on average, when themes are found in random halves of the texts. "
        f"{border} texts lie on a border between sub-themes, and {none} have no theme."
    )


def _limits(analysis: Analysis) -> tuple[str, ...]:
    limits = [
        "Cases are what was recorded of those who came: they say nothing of those who did not.",
        "Themes are read by a machine from wording; a person must judge whether they make sense.",
        "Marker rates of tone are not prevalences: markers miss tones and misread some sentences.",
        "Redaction misses some names, above all unusual ones that no field of the case gives.",
    ]
    if analysis.study.synthetic:
        limits.insert(0, "The cases are synthetic: nothing here is evidence of anything.")
    return tuple(limits)
