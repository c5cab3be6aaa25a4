"""What was run: models, lists and packages with version and hash, and the settings that matter."""

from __future__ import annotations

import platform
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING

from workbench.report.blocks import Paragraph, TableBlock
from workbench.report.ledger import hash_inputs
from workbench.report.packing import code_of, digest

if TYPE_CHECKING:
    from workbench.report.analysis import Analysis
    from workbench.study import Disclosure, Release, Study
    from workbench.themes.found import ThemeSettings

_PACKAGES = ("pandas", "scipy", "statsmodels", "torch", "sentence-transformers", "bertopic")
_SHOWN = 16  # digits of a hash: enough to tell two files apart, and short enough for a table

Row = tuple[str, str, str]


def run_table(analysis: Analysis) -> TableBlock:
    """Inputs, models, lists and settings of this run: what, which, and the hash of its file."""
    import pandas as pd

    rows = [
        *_inputs(analysis.study),
        *_models(analysis.study),
        *_settings(analysis.study, analysis.themes.settings),
        ("Software", _software(), ""),
    ]
    frame = pd.DataFrame(rows, columns=pd.Index(["What", "Which", "SHA-256"]))
    frame["SHA-256"] = [hashed[:_SHOWN] or "–" for hashed in frame["SHA-256"]]
    return TableBlock(
        title="What was run",
        frame=frame,
        widths=(1.5, 3.6, 1.5),
        note=(
            f"Of each hash the first {_SHOWN} digits. The ledger of the report gives the hash of "
            "every file of the study in full."
        ),
        name="run",
    )


def notices(study: Study) -> Paragraph:
    """Whose word lists and models were used, and under which licence (``notices.toml``)."""
    content = tomllib.loads(files("workbench.report").joinpath("notices.toml").read_text("utf-8"))
    told = "; ".join(
        f"{one['what']} ({one['licence']})"
        for one in content["notices"]
        if one.get("when") in (None, *study.redaction.names, "heads" if study.tone.heads else None)
    )
    return Paragraph(f"Word lists and models by others: {told}.", style="note")


def _inputs(study: Study) -> Iterator[Row]:
    hashes = hash_inputs(study)
    yield "Study", f"{study.name}: its description in study.toml", hashes["study"]
    yield "All inputs", "the description and every file of cases, schemes and codes", hashes["all"]


def _models(study: Study) -> Iterator[Row]:
    from workbench.privacy.model import SHA256
    from workbench.text.vectors import DIMENSIONS, WEIGHTS_SHA256

    if "lists" in study.redaction.names:
        yield "Names, by lists", "given names, surnames, places, words", _hash("privacy/lists")
    if "model" in study.redaction.names:
        named = f"en_core_web_sm 3.8.0, run by spaCy {version('spacy')}"
        yield "Names, by a model", named, SHA256["ner/model"]
    yield "Vectors", f"all-MiniLM-L6-v2, {DIMENSIONS} dimensions", WEIGHTS_SHA256
    yield "Tone", "lists of markers", _hash("tone/markers")
    yield "At whom a tone is aimed", "heads that ship with the workbench", _hash("tone/heads.npz")
    if study.tone.heads is not None:
        learnt = digest(files=[study.tone.heads], content=[])
        yield "Heads of tone", "learnt from this study's labels", learnt
        yield "Valence, one of their inputs", f"VADER {version('vaderSentiment')}", ""
    if study.lenses:
        patterns = [f"lenses/patterns/{name}.toml" for name in study.lenses]
        yield "Close reading", f"patterns: {', '.join(study.lenses)}", _hash(*patterns)


def _settings(study: Study, themes: ThemeSettings) -> Iterator[Row]:
    from workbench.text.words import stop_words

    yield "Redaction of names", _say_redaction(study), ""
    yield "Small counts", say_rule(study.disclosure), ""
    asked = {"main": themes.main, "sub-themes": themes.sub, "finest": themes.finest}
    told = "; ".join(f"{name} {_number(number)}" for name, number in asked.items())
    yield "Themes asked for", f"{told}; at most {themes.unplaced:.0%} of cases unplaced", ""
    if study.themes.kept is not None:
        told = "found in an earlier run; cases that came or changed since are placed on them"
        yield "Themes kept", told, digest(files=[study.locate(study.themes.kept)], content=[])
    own = len({word.lower() for word in study.words.stop})
    yield "Stop words", f"{len(stop_words())} of English, {own} of the study's own", ""
    yield "Quotations", _say_release(study.release), ""
    yield "Seed", str(themes.seed), ""


def _say_redaction(study: Study) -> str:
    rule = study.redaction
    ways = " and ".join(rule.names) or "the cases' own fields alone"
    scope = "in one case" if rule.pseudonyms == "case" else "in the whole study"
    own = {"terms kept": len(rule.keep), "terms hidden besides": len(rule.hide)}
    told = "".join(f"; {number} {what}" for what, number in own.items() if number)
    return f"{ways}; pseudonyms the same {scope}{told}"


def _say_release(rule: Release) -> str:
    if rule.approve == "automatic":
        return f"{rule.max_words} words at most; released by the workbench, as nothing is real"
    if rule.approved is None:
        return "none: the study names no list of approved ones"
    return f"{rule.max_words} words at most; each released by a person"


def say_rule(rule: Disclosure) -> str:
    """The rule of disclosure control in a few words."""
    if rule.exempt:
        return "printed as they are, by an exception with its reason"
    return (
        f"{rule.hide_up_to} or fewer hidden, others rounded to {rule.round_to}; no hidden count "
        f"known more closely than {rule.uncertain}"
    )


def _number(asked: int | tuple[int, int] | None) -> str:
    if asked is None:
        return "as found"
    return str(asked) if isinstance(asked, int) else f"{asked[0]} to {asked[1]}"


def _software() -> str:
    own = f"workbench {version('casework-workbench')}, Python {platform.python_version()}"
    return ", ".join([own, *(f"{name} {version(name).split('+')[0]}" for name in _PACKAGES)])


def _hash(*places: str) -> str:
    """One hash for the files of the package in ``places``."""
    return digest(files=code_of(places), content=[])
