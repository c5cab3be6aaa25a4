"""Each comparison and reading that a run made, in a sentence: how, with what settings, by whom.

A sentence stands only where its table does: what was not run is not told.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, get_args

from workbench.compare.intervals import wilson
from workbench.compare.keyness import LEAST, PRIOR
from workbench.compare.say import percent
from workbench.lenses.returns import ALIKE
from workbench.report.analysis import safe_count
from workbench.report.behind import Behind, Sourced
from workbench.report.comparing import EQUAL_MIX, REST
from workbench.report.noted import say_notes
from workbench.report.schemes import CORRECTED, THROUGH
from workbench.report.tables import count
from workbench.report.timing import CURVE, MODEL, RATES
from workbench.report.wording_tables import KEYNESS, SHIFT
from workbench.study import Scheme
from workbench.study.parts import Weekday
from workbench.tone.aim import NAMES, shipped_aim
from workbench.tone.score import REASONS

if TYPE_CHECKING:
    from workbench.report.analysis import Analysis
    from workbench.study import Crosswalk, Hours, Study

UNMEASURED = "Its accuracy on these texts was not measured."


def say_comparing(analysis: Analysis) -> list[str]:
    """How shares, schemes, the mix, words and times were compared, in the order of the report."""
    return [
        "Shares: Wilson's 95% intervals (Wilson 1927). Differences: Newcombe's 95% intervals "
        "(Newcombe 1998); the chi-squared test, or Boschloo's exact test where counts are small "
        "(Boschloo 1970); the correction of Benjamini and Hochberg (1995) over all comparisons "
        "between the same groups.",
        *_say_schemes(analysis),
        *_say_mix(analysis),
        *_say_rest(analysis),
        *_say_words(analysis),
        *_say_rates(analysis),
        *_say_replies(analysis),
    ]


def say_reading(analysis: Analysis) -> list[str]:
    """How tones, urgency, lenses and returning matters were read, and what was not measured."""
    return [
        "Tone: open lists of markers, in the enquirer's own sentences. A marker rate is the share "
        "of cases with at least one. "
        + (
            "What the lists find and miss was estimated from cases that people labelled."
            if "prevalence" in analysis.tables
            else "What the lists find and miss was not measured on these texts."
        ),
        *([notes] if (notes := say_notes(analysis)) else []),
        *_say_targets(analysis),
        *_say_urgency(analysis),
        *_say_lenses(analysis),
        *_say_codebooks(analysis),
        "Returning matters: cases that share an enquirer and place, an address, an account, a "
        "link, a number, the same words or nearly so (three-word stretches, Jaccard "
        f"{ALIKE:g} or more), found before redaction. How many such ties are wrong or missed was "
        "not measured on these cases.",
    ]


def _say_schemes(analysis: Analysis) -> Iterator[str]:
    study = analysis.study
    used = [
        (number, entry)
        for number, entry in enumerate(study.crosswalks, start=1)
        if f"{THROUGH}/{number}" in analysis.tables
    ]
    if used:
        yield (
            "Schemes that changed: labels are compared through a crosswalk made by hand. Labels "
            "that it joins are counted as one; those that it holds to be unlike are not compared, "
            "and of doubtful ones no change is claimed."
        )
    for number, entry in used:
        sides = " and ".join(f"“{_title(study, name)}”" for name in (entry.earlier, entry.later))
        text = f"Crosswalk of {sides} ({PurePath(entry.path).name}):"
        yield Sourced(f"{text}{_say_doubled(analysis, entry, number)}", *_coded(analysis, number))


def _title(study: Study, scheme: str) -> str:
    """A scheme by its title, or by its name where it has none."""
    own = study.schemes.get(scheme)
    return (own.title if isinstance(own, Scheme) else "") or scheme


def _coded(analysis: Analysis, number: int) -> list[Behind]:
    corrected = analysis.tables.get(f"{CORRECTED}/{number}")
    if corrected is None or corrected["coded"].dropna().empty:
        return []
    coded = float(corrected["coded"].max())
    return [Behind(f"{CORRECTED}/{number}", (), "coded", n=coded, base=coded)]


def _say_doubled(analysis: Analysis, entry: Crosswalk, number: int) -> str:
    coded = _coded(analysis, number)
    if not coded or not entry.double_coded:
        return " no case was coded by both schemes, so how far the two agree was not measured."
    return (
        f" {count(coded[0].n)} later cases were coded by the earlier scheme as well "
        f"({PurePath(entry.double_coded).name}). From them the later share under the earlier "
        "scheme is estimated, sharpened by what all cases were given (prediction-powered "
        "inference, Angelopoulos and others 2023, within strata); agreement is Cohen's kappa and "
        "Gwet's AC1."
    )


def _say_mix(analysis: Analysis) -> Iterator[str]:
    if any(name.startswith(f"{EQUAL_MIX}/") for name in analysis.tables):
        titles = " and ".join(analysis.log.title_of(name) for name in analysis.study.standardise)
        yield (
            f"Equal mix: direct standardisation over strata of {titles}, weighted by the mean of "
            "the two periods' mixes (Kitagawa 1955); sparse strata are joined, and cases with none "
            "like them in the other period are left out and counted. Newcombe's interval on the "
            "effective number of cases (Kish 1965)."
        )


def _say_rest(analysis: Analysis) -> Iterator[str]:
    if any(name.startswith(f"{REST}/") for name in analysis.tables):
        yield (
            "Any other grouping: each group against all other cases that have the grouping "
            "recorded, as one family of tests; Fisher's exact test where counts are small."
        )


def _say_words(analysis: Analysis) -> Iterator[str]:
    contrasts = [name for name in analysis.tables if name.startswith(f"{KEYNESS}/")]
    kinds = [
        "subject lines" if f"{KEYNESS}/subjects" in contrasts else "",
        "enquiries" if any(not name.endswith("/subjects") for name in contrasts) else "",
    ]
    if contrasts:
        yield (
            f"Words that mark one side off, in {' and '.join(filter(None, kinds))}: log-odds with "
            f"an informative Dirichlet prior of {PRIOR:g} words (Monroe, Colaresi and Quinn 2008), "
            f"for words used {LEAST} times or more. What is called clear is judged by texts and "
            "not by uses: a permutation test over texts (Mielke and Berry 2007), with the "
            "correction of Benjamini and Hochberg over all words compared. Names in the texts are "
            "redacted, and are no words."
        )
    if any(name.startswith(f"{SHIFT}/") for name in analysis.tables):
        yield (
            "How far the words of two years lie apart in all: a word shift by Jensen and Shannon's "
            "divergence (Gallagher and others 2021), beside that of texts dealt out at random."
        )


def _say_rates(analysis: Analysis) -> Iterator[str]:
    if RATES not in analysis.tables:
        return
    text = (
        "Rates: cases of term time by school days, which are Monday to Friday in term less the "
        "days that the study's calendar has as closed; exact Poisson intervals (Garwood 1936). "
        "Periods are compared month against the same month, and the interval is widened by how "
        "much more than chance such months differ."
    )
    if MODEL in analysis.tables:
        text += (
            " Period, term and event together: quasi-Poisson regression of the months with the "
            "logarithm of school days as exposure (McCullagh and Nelder 1989)."
        )
    yield text


def _say_replies(analysis: Analysis) -> Iterator[str]:
    hours = analysis.study.hours
    if CURVE in analysis.tables and hours is not None:
        yield (
            f"First replies: the time in staffed hours ({_say_hours(hours)}) to the first message "
            "of the helpline that is no automatic notice. The curve is the plain share replied to "
            "by then, of cases with a reply and its time; cases without one are left out of it and "
            "counted in the table. Quartiles with intervals from order statistics (Conover 1999)."
        )


def _say_hours(hours: Hours) -> str:
    """The staffed hours: "Monday to Friday, 10:00 to 16:00"."""
    days = list(hours.days)
    week = list(get_args(Weekday))
    first = week.index(days[0])
    run = len(days) > 2 and days == week[first : first + len(days)]
    told = f"{days[0]} to {days[-1]}" if run else ", ".join(days)
    return f"{told}, {hours.start:%H:%M} to {hours.end:%H:%M}"


def _say_targets(analysis: Analysis) -> Iterator[str]:
    """At whom a tone is said to be aimed, and how often that was right where it was measured."""
    if "targets" not in analysis.tables:
        return
    aims = ", ".join(_small(name) for name in NAMES.values())
    text = (
        "At whom a tone is directed: where a marker of frustration, bluntness or aggression fires, "
        f"a logistic classifier of the sentence's words and vector chooses among {aims}. It was "
        "learnt from invented sentences that ship with the workbench."
    )
    aim = shipped_aim()
    if aim is None:
        yield f"{text} {UNMEASURED}"
        return
    low, high = (float(limit[0]) for limit in wilson([aim.marked_right], [aim.marked]))
    yield (
        f"{text} It was measured on sentences written and labelled for that, none of which it had "
        f"learnt from, and was right in {aim.marked_right} of the {aim.marked} in which a marker "
        f"fires ({percent(aim.marked_right / aim.marked)}, 95% interval {percent(low)} to "
        f"{percent(high)}), and in {aim.right} of all {aim.n}. Sentences in real enquiries may be "
        "harder. Its mistakes are not in the intervals of the figure."
    )


def _say_urgency(analysis: Analysis) -> Iterator[str]:
    if "urgency" not in analysis.tables:
        return
    reasons = ", ".join(f"{_REASONS[name]} {weight:g}" for name, weight in REASONS.items())
    yield (
        "Urgency: a score from 0 to 1 by listed words of four kinds, each counted once, as one "
        f"less the product of one less their weights ({reasons}). The weights were chosen by hand "
        f"to sort a reading list. {UNMEASURED}"
    )


_REASONS = {
    "action": "asking for action now",
    "risk": "risk to a child",
    "deadline": "a deadline",
    "spreading": "harm that spreads",
}
"""The parts of the score of urgency, as a reader calls them."""


def _say_lenses(analysis: Analysis) -> Iterator[str]:
    if analysis.reading.lenses:
        titles = "; ".join(lens.title for lens in analysis.reading.lenses)
        yield (
            "Close reading: listed patterns count what texts say in such words, in the enquirer's "
            f"voice or in words that are quoted. They were read for: {titles}. What the lists find "
            "and miss was not measured on these texts."
        )


def _say_codebooks(analysis: Analysis) -> Iterator[str]:
    books = [(n, own) for n, own in analysis.coded.items() if f"codebook/{n}" in analysis.tables]
    people = [name for name, own in books if own.judged]
    alone = [name for name, own in books if not own.judged]
    if people:
        yield (
            f"Codebooks with codings ({', '.join(people)}): a model that learns from the codes "
            "that people gave to some cases places each text on the codes, or abstains; shares are "
            "prediction-powered estimates (Angelopoulos and others 2023). The codebook's section "
            "says how well the model does."
        )
    if alone:
        yield (
            f"Codebooks without codings ({', '.join(alone)}): a code is suggested where a sentence "
            "is like the codebook's own lines, and no share is estimated. What the suggestions "
            "find and miss was not measured on these texts."
        )


def say_limits(analysis: Analysis) -> list[str]:
    """What follows from how the texts were read: notes, lists, themes that do not hold."""
    log, study = analysis.log, analysis.study
    limits: list[str] = []
    if log.notes:
        few = safe_count(len(log.notes), study)
        many = "Some texts are" if few is None else f"{count(few)} of the texts are"
        text = (
            f"{many} practitioners' notes, such as of calls. They are shorter, leave out what was "
            "not thought worth noting, and tell of an enquirer at second hand: themes and close "
            "readings mix them with enquirers' own words."
        )
        limits.append(Sourced(text, Behind("cases", (), "practitioner's notes", n=few)))
    if analysis.reading.lenses:
        limits.append(
            "Close readings and markers rest on lists of words, whose accuracy on these texts was "
            "not measured: they miss what is said otherwise, and count some texts wrongly."
        )
    return limits


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
