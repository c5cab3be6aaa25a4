"""How the figures came about: read off what was run, and what the researcher says of it."""

from __future__ import annotations

from workbench.compare.shares import NOT_OFFERED
from workbench.privacy.linked_tables import describe_release
from workbench.report.agreed import Agreed, agreement_table, read_agreed
from workbench.report.analysis import Analysis
from workbench.report.behind import Behind, Sourced
from workbench.report.blocks import Block, Bullets, Section, TableBlock
from workbench.report.data_read import data_blocks, in_words
from workbench.report.noted import tone_base
from workbench.report.ran import notices, run_table
from workbench.report.steps import say_comparing, say_limits, say_reading
from workbench.report.theme_names import say_firm, say_kept
from workbench.study import Scheme, Study
from workbench.themes.found import STABLE, Themes
from workbench.themes.partition import BORDERLINE, UNPLACED

APPROACHES = {
    "codebook": "Codebook analysis",
    "coding reliability": "Coding with checks between coders",
    "content analysis": "Content analysis",
    "framework": "Framework analysis",
    "reflexive": "Reflexive thematic analysis",
}
STATED = {
    "question": "What the study asks",
    "approach": "Approach",
    "paradigm": "View of knowledge",
    "researchers": "Who analysed",
    "relationship": "How they stand to the service and to those who wrote",
    "earlier": "Earlier work, and how far the findings carry",
    "ethics": "Ethical review",
    "consent": "Consent",
    "funding": "Funding",
    "interests": "Interests",
    "availability": "Data and code",
}
"""What [method] of a study can state, as the report calls it."""


def method_sections(analysis: Analysis) -> list[Section]:
    """Part D but its standards: descriptions, counting, approach, data, methods, limits."""
    agreed = read_agreed(analysis.study)
    return [
        Section("Part D. Apparatus", 1),
        *_schemes(analysis),
        Section("Counting rules", 2, (Bullets(_counting(analysis)),)),
        *_approach(analysis.study),
        Section("Data and exclusions", 2, data_blocks(analysis)),
        Section("Methods", 2, _methods(analysis, agreed)),
        *_agreement(agreed, analysis.study),
        Section("Limits", 2, (Bullets(_limits(analysis)),)),
    ]


def _schemes(analysis: Analysis) -> list[Section]:
    """What each label covers; with an example where the scheme has one, which is no case."""
    sections = []
    for name, scheme in analysis.study.schemes.items():
        if not isinstance(scheme, Scheme) or not any(label.description for label in scheme.labels):
            continue
        title = scheme.title or name
        table = _describe(scheme, title, synthetic=analysis.study.synthetic)
        sections.append(Section(f"Descriptions: {title}", 2, (table,)))
    return sections


def _describe(scheme: Scheme, title: str, *, synthetic: bool) -> TableBlock:
    import pandas as pd

    told = any(label.example for label in scheme.labels)
    heads = ["Label", "What it covers", *(["An example, put together"] if told else [])]
    rows = [
        (label.name, label.description, *([label.example or "–"] if told else []))
        for label in scheme.labels
    ]
    invented = "invented" if synthetic else "written from what several cases have in common"
    return TableBlock(
        title=title,
        frame=pd.DataFrame(rows, columns=pd.Index(heads)),
        widths=(1.3, 2.0, 3.2) if told else (1.4, 3.6),
        note=f"Each example is a composite, {invented}: none is a case." if told else "",
    )


def stated(study: Study) -> dict[str, str]:
    """What the study's [method] states, by key, in the order in which it is printed."""
    told = {name: getattr(study.method, name) or "" for name in STATED}
    told["approach"] = APPROACHES.get(told["approach"], "")
    return {name: words for name, words in told.items() if words}


def _approach(study: Study) -> list[Section]:
    """What only the researcher can say, where she has said it."""
    import pandas as pd

    told = [(STATED[name], words) for name, words in stated(study).items()]
    if not told:
        return []
    frame = pd.DataFrame(told, columns=pd.Index(["What", "As the authors state it"]))
    title = "How this study was made, in its authors' words"
    table = TableBlock(title=title, frame=frame, widths=(1.4, 4.0), name="approach")
    return [Section("Approach and authors", 2, (table,))]


def _counting(analysis: Analysis) -> tuple[str, ...]:
    study, log = analysis.study, analysis.log
    rules = ["A case is counted once, in the period of its date."]
    if len(analysis.reading.returns):
        rules.append("A case that returns to an earlier matter is a case of its own.")
    several = [field.label for field in study.fields.values() if field.several and field.report]
    many = f" and several labels of: {', '.join(several)}" if several else ""
    rules.append(
        f"A case can carry several tones{many}. Such shares add up to more than the whole and "
        "must not be summed."
    )
    rules.append(
        "Shares are of the cases that have the field recorded. Themes and close readings are of "
        f"all cases, since every case has a text; tones are of {tone_base(analysis)}."
    )
    offered = (frame for name, frame in analysis.tables.items() if name.startswith("shares/"))
    if any(frame["note"].str.contains(NOT_OFFERED, regex=False).any() for frame in offered):
        rules.append(
            "A label that the scheme of a period did not offer is shown as a dash. A count of "
            "none means that it was offered and not used."
        )
    if len(log.takedowns):
        rules.append("Takedowns count addresses, not cases: one case can bring many.")
    if not study.disclosure.exempt:
        rules.append(
            "Small counts are hidden and all others rounded, totals too, so that printed counts "
            "need not add up."
        )
    if len(log.problems):
        rules.append("Rows that could not be used are in no count.")
    return tuple(rules)


def _methods(analysis: Analysis, agreed: Agreed | None) -> tuple[Block, ...]:
    return (
        Bullets(
            (
                _say_redaction(analysis.study),
                "Vectors: each enquiry, without banners, quoted messages and signature, was "
                "turned into numbers that lie near one another for texts of like meaning (a "
                "sentence transformer, Reimers and Gurevych 2019).",
                "Themes: graphs of each text's nearest neighbours, by vectors and by words, were "
                "divided many times over random halves of the texts by the Leiden method (Traag, "
                "Waltman and van Eck 2019), and "
                f"{len(analysis.themes.members)} of these divisions were made into one; the finest "
                "themes were joined into sub-themes and main themes. Where no number of themes was "
                "asked for, it is that at which the halves come out most alike and themes lie best "
                "apart. Keywords by class-based TF-IDF (BERTopic, Grootendorst 2022). The order of "
                "the cases plays no part.",
                _say_stability(analysis.themes, analysis.study),
                say_firm(analysis),
                *filter(None, [say_kept(analysis)]),
                *say_comparing(analysis),
                *say_reading(analysis),
                *_say_coders(agreed, analysis.study),
                _say_control(analysis),
            )
        ),
        run_table(analysis),
        notices(analysis.study),
    )


def _say_control(analysis: Analysis) -> str:
    rule = analysis.study.disclosure
    if rule.exempt:
        return f"Disclosure control was switched off for this study. Reason given: {rule.reason}"
    return (
        f"Small counts: those of {rule.hide_up_to} or fewer are hidden and others rounded to "
        f"{rule.round_to}, totals too; shares are computed from the rounded counts. "
        + describe_release(analysis.release, rule=rule)
    )


def _agreement(agreed: Agreed | None, study: Study) -> list[Section]:
    """How far coders agree, where two judged the same; nothing under a reflexive approach."""
    if agreed is None or agreed.frame.empty:
        return []
    table = agreement_table(agreed.frame, rule=study.disclosure)
    return [Section("Agreement of coders", 2, (table,))]


def _say_coders(agreed: Agreed | None, study: Study) -> list[str]:
    """Who coded by hand, and that no agreement is claimed where nobody checked anybody."""
    if study.method.reflexive:
        return []
    if agreed is None and (study.tone.heads or study.tone.prevalence):
        return ["Coders: people labelled a sample; no agreement between them is claimed."]
    if agreed is None:
        return ["Coders: the study has no labels by a second coder; no agreement is claimed."]
    if agreed.frame.empty:
        return [
            "Coders: one person coded cases. There is no second coder; no agreement is claimed."
        ]
    return [
        f"Coders: {agreed.coders} people labelled cases, each alone; how far they agree is given "
        "below for each tone and code that two of them judged."
    ]


def _say_redaction(study: Study) -> str:
    """What is hidden, and how names become known."""
    ways = ["those in the private fields of a case"] if study.private else []
    if "lists" in study.redaction.names:
        ways.append("those in lists of given names, surnames and places of the United Kingdom")
    if "model" in study.redaction.names:
        ways.append("those that a model of names finds in the sentence")
    known = f": {'; '.join(ways)}" if ways else ", as far as their form gives them away"
    scope = (
        "one case"
        if study.redaction.pseudonyms == "case"
        else "the whole study, made with a secret key"
    )
    return (
        "Redaction, before any analysis or display: e-mail addresses, telephone numbers, "
        "postcodes, web addresses, account names, official numbers and dates of birth; and names "
        f"of people, schools and places{known}. Pseudonyms hold within {scope}."
    )


def _say_stability(themes: Themes, study: Study) -> str:
    main = themes.themes[themes.themes["level"] == 0]
    held = int((main["stability"] >= STABLE).sum())
    states = themes.assignments["state"].value_counts()
    border = in_words(int(states.get(BORDERLINE, 0)), study)
    out = in_words(int(states.get(UNPLACED, 0)), study)
    rest = "every text has a theme" if out == "none" else f"{out} have no theme"
    settled = Behind("themes", (("level", "0"),), "held still", n=held, base=len(main))
    return Sourced(
        f"How far the themes hold still: {held} of {len(main)} main themes keep a Jaccard index of "
        f"{STABLE} or more, on average, when themes are found in random halves of the texts. "
        f"Of the texts {border} lie on a border between sub-themes; {rest}.",
        settled,
    )


def _limit_of_themes(themes: Themes) -> str:
    """That themes are a machine's, and how many of them could as well have come out otherwise."""
    main = themes.themes[themes.themes["level"] == 0]
    loose = int((main["stability"] < STABLE).sum())
    text = "Themes are read by a machine from wording; a person must judge whether they make sense."
    if not loose:
        return text
    verb = "does" if loose == 1 else "do"
    return Sourced(
        f"{text} {loose} of {len(main)} main themes {verb} not come back firmly in other halves of "
        "the texts, and should carry no argument alone.",
        Behind("themes", (("level", "0"),), "not firm", n=loose, base=len(main)),
    )


def _limits(analysis: Analysis) -> tuple[str, ...]:
    limits = [
        "Cases are what was recorded of those who came: they say nothing of those who did not.",
        _limit_of_themes(analysis.themes),
        "Marker rates of tone are not prevalences: markers miss tones and misread some sentences.",
        "Redaction misses some names, above all unusual ones that no field of the case gives.",
    ]
    limits += say_limits(analysis)
    if analysis.study.synthetic:
        limits.insert(0, "The cases are synthetic: nothing here is evidence of anything.")
    return tuple(limits)
