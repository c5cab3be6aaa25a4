"""How the figures came about: read off what was run, not written by hand."""

from __future__ import annotations

from importlib.metadata import version

from workbench.report.analysis import Analysis, safe_count
from workbench.report.blocks import Block, Bullets, Paragraph, Section, TableBlock
from workbench.report.tables import count, problems_table
from workbench.study import Study
from workbench.themes.found import STABLE, Themes
from workbench.themes.partition import BORDERLINE, UNPLACED

_PACKAGES = ("pandas", "scipy", "statsmodels", "torch", "sentence-transformers", "bertopic")


def method_sections(analysis: Analysis) -> list[Section]:
    """Part D: category descriptions, data and exclusions, methods, limits."""
    return [
        Section("Part D. Apparatus", 1),
        *_schemes(analysis),
        Section("Data and exclusions", 2, _data(analysis)),
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


def _data(analysis: Analysis) -> tuple[Block, ...]:
    log, study = analysis.log, analysis.study
    kinds = {
        "cases": len(log.cases),
        "messages": len(log.messages),
        "takedowns": len(log.takedowns),
    }
    rows = []
    for kind, kept in kinds.items():
        aside = int((log.problems["holds"] == kind).sum())
        if kept or aside:
            rows.append(
                f"{kind}: {count(safe_count(kept + aside, study))} rows read, "
                f"{count(safe_count(kept, study))} kept, {count(aside)} set aside."
            )
    names = [source.path.replace("\\", "/").rsplit("/", maxsplit=1)[-1] for source in study.sources]
    blocks: list[Block] = [Paragraph(f"Sources: {', '.join(names)}."), Bullets(tuple(rows))]
    if len(log.problems):
        blocks.append(problems_table(log.problems))
    return tuple(blocks)


def _methods(analysis: Analysis) -> tuple[Block, ...]:
    from workbench.text.vectors import WEIGHTS_SHA256

    settings = analysis.themes.settings
    rule = analysis.study.disclosure
    control = (
        f"Disclosure control was switched off for this study. Reason given: {rule.reason}"
        if rule.exempt
        else f"Counts of {rule.hide_up_to} or fewer are hidden and others rounded to "
        f"{rule.round_to}, totals too; shares are computed from the rounded counts."
    )
    versions = ", ".join(f"{name} {version(name).split('+')[0]}" for name in _PACKAGES)
    return (
        Bullets(
            (
                "Redaction: e-mail addresses, telephone numbers, postcodes, web addresses, account "
                "names, and the names held in each case's own fields were replaced before any "
                "analysis or display.",
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
                "Shares: Wilson's 95% intervals. Differences: Newcombe's 95% intervals; Fisher's "
                "exact or the chi-squared test; Benjamini and Hochberg's correction over each "
                "table.",
                "Tone: open lists of markers, in the enquirer's own sentences. Valence: VADER, as "
                "a plain reference.",
                *_say_reading(analysis),
                control,
                f"Software: {versions}.",
            )
        ),
    )


def _say_reading(analysis: Analysis) -> list[str]:
    said = [
        "Returning matters: cases that share an enquirer and place, an address, an account, a "
        "link, a number or nearly the same words (three-word stretches, Jaccard .8), found before "
        "redaction."
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
        "Redaction by patterns and known names misses what neither covers.",
    ]
    if analysis.study.synthetic:
        limits.insert(0, "The cases are synthetic: nothing here is evidence of anything.")
    return tuple(limits)
