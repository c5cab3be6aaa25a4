"""The researcher's prose: Markdown files with live values, and what becomes of them.

One file a section, named by the section's id ("b4.md"). An expression in double braces is a value,
a figure, a table, a quote or a link: one sandboxed jinja2 expression, and no case text is ever
read as one. ``{{ generated() }}`` puts in what the workbench writes of that section by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError, suggest
from workbench.privacy.escape import escape
from workbench.report.blocks import Block, Prose, Quote, Quotes
from workbench.report.claims import Claim, describe_claim
from workbench.report.faults import Fault, Kind, ProseError
from workbench.report.live import Known, Live
from workbench.report.masking import EXPRESSION, place_of, without_comments
from workbench.report.pieces import Placed, Reference, Spoken

if TYPE_CHECKING:
    from jinja2 import Environment

    from workbench.study import Study

LINK = "\ue001{}\ue002"
"""Stands in the Markdown for the link of a given number until figures and tables are counted."""

_STATEMENT = re.compile(r"\{%|\{#\s")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_REFUSED = re.compile(r"!\[|<(?:script|style|iframe|img|object|embed|svg|link)\b|\]?\{=\w+\}", re.I)


@dataclass(frozen=True)
class ProseFile:
    """One file: ``id`` of its section, ``name`` as the researcher knows it, and its text."""

    id: str
    name: str
    text: str


@dataclass(frozen=True)
class Said:
    """A live value where it stands: ``at`` is the place of its expression in the file."""

    at: int
    claim: Claim


@dataclass(frozen=True)
class Linked:
    """A reference where it stands; ``number`` is that of its mark in the Markdown."""

    number: int
    at: int
    reference: Reference


@dataclass
class Rendered:
    """A file with its expressions filled in: Markdown and blocks in turn, and what was found.

    ``named`` are the words of the study that it names by an expression, such as a period;
    ``spoken`` the quotes in its sentences.
    """

    file: ProseFile
    parts: list[str | Placed] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    named: list[tuple[int, str]] = field(default_factory=list)
    links: list[Linked] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    spoken: list[Quote] = field(default_factory=list)

    def fault(self, kind: Kind, at: int, message: str) -> None:
        """Note a fault at a place of the file."""
        line, column = place_of(self.file.text, at)
        self.faults.append(Fault(kind, self.file.name, line, column, message))


def read_prose_files(study: Study) -> list[ProseFile]:
    """The study's files of prose by name; none where it has no prose.

    Raises ``WorkbenchError`` for a file that is not UTF-8.
    """
    folder = study.prose_folder
    if folder is None:
        return []
    return [_read(path, folder) for path in sorted(folder.glob("*.md"))]


def _read(path: Path, folder: Path) -> ProseFile:
    name = f"{folder.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise WorkbenchError(f"{name} is not UTF-8 text. Save it again as UTF-8.") from None
    return ProseFile(path.stem, name, _PRIVATE.sub(" ", text))


def make_environment() -> Environment:
    """A sandbox that knows nothing but what it is given, and takes nothing unknown for empty."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.globals.clear()
    environment.tests.clear()
    environment.filters.clear()
    environment.filters.update(lower=_lower, capitalize=_capitalize)
    return environment


def _lower(value: str) -> str:
    return Live(value.lower(), value.claim) if isinstance(value, Live) else str(value).lower()


def _capitalize(value: str) -> str:
    text = value[:1].upper() + value[1:]
    return Live(text, value.claim) if isinstance(value, Live) else text


def render(file: ProseFile, names: Mapping[str, Any], *, first: int = 1) -> Rendered:
    """Fill in the expressions of ``file``; faults are collected, with words in their place.

    ``names`` are the functions and words that an expression may use, ``first`` the number of the
    file's first live value. The same file and names give the same Markdown.
    """
    made = Rendered(file)
    text = without_comments(file.text)
    for pattern, message in (
        (_STATEMENT, "statements such as '{% if %}' are not taken: write values in double braces."),
        (_REFUSED, "pictures and raw code are not taken: use figure('NAME')."),
    ):
        for match in pattern.finditer(EXPRESSION.sub(lambda m: " " * len(m[0]), text)):
            made.fault("markup", match.start(), message)
    environment, written, end = make_environment(), "", 0
    for match in EXPRESSION.finditer(text):
        written += text[end : match.start()]
        end = match.end()
        result = _evaluate(environment, match, names, made)
        if isinstance(result, Spoken) and _alone(text, match):
            _note_refused(result, match.start(), made)
            result = Placed((Quotes(result.quotes),))
        if isinstance(result, Placed):
            if _alone(text, match):
                made.parts += [written, result]
                written = ""
                continue
            made.fault("markup", match.start(), "this must stand on a line of its own.")
            continue
        heading = text[text.rfind("\n", 0, match.start()) + 1 :].startswith("#")
        written += _print(result, match.start(), made, first=first, plain=heading)
    made.parts.append(written + text[end:])
    return made


def _evaluate(
    environment: Environment, match: re.Match[str], names: Mapping[str, Any], made: Rendered
) -> Any:
    """What an expression gives; a fault, and nothing, where it cannot be had."""
    from jinja2 import StrictUndefined, TemplateError

    at = match.start()
    try:
        found = environment.compile_expression(match[1].strip(), undefined_to_none=False)(**names)
        if isinstance(found, StrictUndefined):
            str(found)  # raises, and says what is unknown
        return found
    except ProseError as error:
        made.fault(error.kind, at, f"in '{_short(match[1])}': {error}")
    except WorkbenchError as error:
        made.fault("value", at, f"in '{_short(match[1])}': {error}")
    except (TemplateError, TypeError, ValueError, AttributeError) as error:
        made.fault("value", at, f"'{_short(match[1])}' cannot be read: {_explain(error, names)}")
    return Known("")


def _explain(error: Exception, names: Mapping[str, Any]) -> str:
    message = str(error).strip().rstrip(".")
    unknown = re.search(r"'(\w+)' is undefined", message)
    if unknown:
        return f"there is no '{unknown[1]}'.{suggest(unknown[1], list(names))}"
    return f"{message.replace('Values.', '').replace('Pieces.', '')}."


def _short(expression: str) -> str:
    plain = " ".join(expression.split())
    return plain if len(plain) <= 60 else f"{plain[:57]}..."


def _alone(text: str, match: re.Match[str]) -> bool:
    """Whether nothing else stands on the expression's lines."""
    before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    after = text[match.end() :].partition("\n")[0]
    return not before.strip() and not after.strip()


def _note_refused(spoken: Spoken, at: int, made: Rendered) -> None:
    if spoken.refused:
        made.fault("quote", at, f"these words are not released: {spoken.refused}.")


def _print(result: Any, at: int, made: Rendered, *, first: int, plain: bool) -> str:
    """A value as Markdown; in a heading as plain words."""
    if isinstance(result, Live):
        line, column = place_of(made.file.text, at)
        place = f"{made.file.name}:{line}:{column}"
        claim = replace(result.claim, section=made.file.id, place=place)
        made.said.append(Said(at, claim))
        number = first + len(made.said) - 1
        return str(result) if plain else mark_claim(claim, number)
    if isinstance(result, Reference):
        made.links.append(Linked(len(made.links), at, result))
        return LINK.format(len(made.links) - 1)
    if isinstance(result, Spoken):
        _note_refused(result, at, made)
        made.spoken += [quote for quote in result.quotes if quote.approved]
        return result.inline()
    text = str(result)
    if isinstance(result, Known):
        made.named.append((at, text))
    elif any(letter.isdigit() for letter in text):
        made.fault("typed number", at, f"'{text}' comes from no table: ask for the value itself.")
    return text if plain else escape(text, form="markdown")


def mark_claim(claim: Claim, number: int) -> str:
    """A live value as a span of pandoc's Markdown that says on hover where it comes from."""
    printed, title = (
        escape(text, form="markdown") for text in (claim.printed, describe_claim(claim))
    )
    return f'[{printed}]{{#claim-{number} .claim title="{title}"}}'


def blocks_of(parts: list[str | Placed]) -> Iterator[Block]:
    """Markdown between headings, and the blocks between it, as blocks of a section."""
    for part in parts:
        if isinstance(part, Placed):
            yield from part.blocks
        elif part.strip():
            yield Prose(re.sub(r"\n{3,}", "\n\n", part.strip()))
