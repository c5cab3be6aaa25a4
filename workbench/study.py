"""A study: one frozen description of whose cases these are and how to read them.

Everything that belongs to one helpline or one year stands in its ``study.toml``: names of
columns, periods, schemes, groupings, codebooks, calendar, rules of redaction and release. The
package itself assumes none of it.
"""

from __future__ import annotations

import os
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from workbench.errors import StudyError, suggest

_VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*))?\}")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Period(_Part):
    """A stretch of time that is reported as one, such as a school year; both days included."""

    name: str
    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError("end lies before start; put the earlier day in 'start'")
        return self


class Source(_Part):
    """One file of records. Options given here override those of the study."""

    path: str
    holds: Literal["cases", "messages", "takedowns"] = "cases"
    period: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    date_format: str | None = None
    columns: dict[str, str] = {}


class CaseField(_Part):
    """Something recorded of a case beside its text.

    ``column`` names the column that holds it, with ``many`` and ``separator`` where a cell may
    hold several labels; or ``flags`` maps each label to a column of its own that is filled in
    when the label applies. ``scheme`` names the list of allowed labels, one for all periods or
    one a period; without it every label is allowed.
    """

    column: str | None = None
    flags: dict[str, str] | list[str] | None = None
    label: str
    many: bool = False
    separator: str = ";"
    scheme: str | dict[str, str] | None = None
    renamed: dict[str, str] = {}
    report: bool = True

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if (self.column is None) == (self.flags is None):
            raise ValueError("give either 'column' or 'flags'")
        return self

    @property
    def several(self) -> bool:
        """Whether a case can carry several labels of this field."""
        return self.many or self.flags is not None

    def scheme_for(self, period: str | None) -> str | None:
        """The name of the scheme that holds in ``period``, if any."""
        if isinstance(self.scheme, dict):
            return self.scheme.get(period) if period is not None else None
        return self.scheme


class PrivateField(_Part):
    """Names in the record's own columns: used to redact the texts, then dropped, never shown."""

    column: str
    entity: Literal["PERSON", "SCHOOL", "PLACE", "OTHER"] = "PERSON"
    separator: str = ";"


class Label(_Part):
    """One label of a scheme, or one code of a codebook's list."""

    name: str
    description: str = ""


class Scheme(_Part):
    """The labels that a field may take, in the order in which tables show them."""

    title: str = ""
    labels: tuple[Label, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The labels' names in order."""
        return tuple(label.name for label in self.labels)


class Comparison(_Part):
    """A question of the kind 'are these two groups alike?'; the first group is the reference."""

    title: str
    by: str
    groups: tuple[str, str]
    fields: tuple[str, ...] = ()
    period: str | None = None


class Span(_Part):
    """A named stretch of days, such as a school term."""

    name: str
    start: date
    end: date


class Event(_Part):
    """Something that happened on a day and may show in the figures."""

    date: date
    label: str


class Calendar(_Part):
    """What shapes the year: terms and known events."""

    terms: tuple[Span, ...] = ()
    events: tuple[Event, ...] = ()


class Words(_Part):
    """Words to leave out of word counts beside the usual stop words."""

    stop: tuple[str, ...] = ()
    banners: tuple[str, ...] = ()


class Messages(_Part):
    """Who of the authors of messages answers for the helpline (``staff``); all others enquire."""

    staff: tuple[str, ...] = ("helpline",)


class Redaction(_Part):
    """What redaction must leave readable (``keep``) and which names it must also hide."""

    keep: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()


class Disclosure(_Part):
    """How small counts are protected on export.

    Counts of ``hide_up_to`` or fewer are hidden and all others rounded to ``round_to``, totals
    too. ``exempt`` switches this off and must give its ``reason``.
    """

    hide_up_to: int = Field(7, ge=0)
    round_to: int = Field(5, ge=1)
    exempt: bool = False
    reason: str = ""

    @model_validator(mode="after")
    def _exemption_has_reason(self) -> Self:
        if self.exempt and not self.reason.strip():
            raise ValueError("an exemption needs its reason; write it in 'reason'")
        return self


class Release(_Part):
    """Which quotes may enter a report.

    ``approve`` is ``"automatic"`` only for a synthetic study; otherwise ``approved`` names a CSV
    file of the quotes that a person has cleared.
    """

    approve: Literal["listed", "automatic"] = "listed"
    approved: str | None = None
    max_words: int = Field(40, ge=5)


class Contact(_Part):
    """Where to refer someone when a text reads as a person at risk."""

    name: str
    details: str


_Count = Annotated[int, Field(ge=2, le=400)]
ThemeNumber = _Count | tuple[_Count, _Count] | None


class ThemeWishes(_Part):
    """What the researcher asks of the themes, if anything: on each level a number or a range
    ``[low, high]``; and the largest share of cases left without a theme.
    """

    main: ThemeNumber = None
    sub: ThemeNumber = None
    finest: ThemeNumber = None
    unplaced: float = Field(0.1, ge=0, le=0.5)


class ToneFiles(_Part):
    """What ``workbench label read`` has made for this study: its heads, and shares estimated."""

    heads: Path | None = None
    prevalence: Path | None = None


class Study(_Part):
    """A study, read from ``study.toml``. ``folder`` is where that file lies.

    ``codebooks`` maps the name of each of the researcher's codebooks to its file.
    """

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")
    title: str
    organisation: str = ""
    synthetic: bool = False
    seed: int = 1
    date_format: str = "iso"
    blank: tuple[str, ...] = ()
    columns: dict[str, str]
    periods: tuple[Period, ...] = Field(min_length=1)
    sources: tuple[Source, ...] = Field(min_length=1)
    fields: dict[str, CaseField] = {}
    private: dict[str, PrivateField] = {}
    schemes: dict[str, Scheme | str] = {}
    comparisons: tuple[Comparison, ...] = ()
    calendar: Calendar = Calendar()
    words: Words = Words()
    messages: Messages = Messages()
    lenses: tuple[str, ...] = ()
    redaction: Redaction = Redaction()
    disclosure: Disclosure = Disclosure()
    release: Release = Release()
    contacts: tuple[Contact, ...] = ()
    themes: ThemeWishes = ThemeWishes()
    tone: ToneFiles = ToneFiles()
    codebooks: dict[str, str] = {}
    prose: str | None = None
    folder: Path = Path()

    @classmethod
    def load(cls, path: Path | str) -> Study:
        """Read and check a study. ``path`` is the file, or the folder that holds study.toml.

        Raises ``StudyError`` that names the file, the key and the mend.
        """
        file = Path(path)
        if file.is_dir():
            file = file / "study.toml"
        content = read_toml(file)
        content["folder"] = file.resolve().parent
        content["schemes"] = _read_schemes(content.get("schemes", {}), file)
        content["tone"] = _locate_tone(content.get("tone", {}), file)
        try:
            study = cls.model_validate(content)
        except ValidationError as error:
            raise StudyError(_explain(error, file, cls)) from None
        _check_codebooks(study, file)
        return study

    @property
    def two_periods(self) -> tuple[str, str] | None:
        """The last two periods, earlier first, or None where there is but one."""
        names = [period.name for period in self.periods]
        return (names[-2], names[-1]) if len(names) > 1 else None

    def locate(self, path: str) -> Path:
        """A path written in the study, from its folder, with ``${NAME:-default}`` filled in."""
        return locate(path, folder=self.folder)

    def scheme(self, field: str, period: str | None) -> Scheme | None:
        """The scheme of ``field`` in ``period``, if the study gives one."""
        name = self.fields[field].scheme_for(period)
        scheme = self.schemes.get(name) if name else None
        return scheme if isinstance(scheme, Scheme) else None

    @model_validator(mode="after")
    def _names_meet(self) -> Self:
        _check_names(self)
        return self


def locate(path: str, *, folder: Path) -> Path:
    """``path`` from ``folder``; ``${NAME:-default}`` is taken from the environment first."""
    filled = _VARIABLE.sub(lambda m: os.environ.get(m[1], m[2] or ""), path)
    return (folder / filled).resolve()


def read_toml(file: Path) -> dict[str, Any]:
    """Read a TOML file, or raise ``StudyError`` saying what is wrong with it and where."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StudyError(
            f"{file} does not exist. Give the path of a study.toml, or make one with "
            "'workbench inspect YOUR_FILE'."
        ) from None
    except UnicodeDecodeError:
        raise StudyError(f"{file} is not UTF-8 text. Save it again as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        detail = str(error)
        raise StudyError(f"{file} is not valid TOML: {detail}. Mend that line.") from None
    except OSError as error:
        raise StudyError(f"{file} cannot be read ({error.strerror}).") from None


def _read_schemes(schemes: Any, file: Path) -> Any:
    """Replace each scheme that is a path by what that file holds."""
    if not isinstance(schemes, dict):
        return schemes
    read: dict[str, Any] = {}
    for name, scheme in schemes.items():
        if not isinstance(scheme, str):
            read[name] = scheme
            continue
        path = locate(scheme, folder=file.resolve().parent)
        try:
            read[name] = Scheme.model_validate(read_toml(path))
        except ValidationError as error:
            raise StudyError(_explain(error, path, Scheme)) from None
    return read


def _locate_tone(section: Any, file: Path) -> Any:
    """[tone] with its paths from the study's folder, each of which must be a file."""
    if not isinstance(section, dict):
        return section
    found: dict[str, Any] = {}
    for key, path in section.items():
        found[key] = path
        if isinstance(path, str) and key in ToneFiles.model_fields:
            found[key] = locate(path, folder=file.resolve().parent)
            if not found[key].is_file():
                raise StudyError(
                    f"{file}: [tone] {key} names {path}, which is not a file. Mend the path, "
                    "which starts from the study's folder, or take the line out."
                )
    return found


def _check_codebooks(study: Study, file: Path) -> None:
    """Every codebook must be a file, so that a misspelt path shows before the texts are read."""
    for name, path in study.codebooks.items():
        if not study.locate(path).is_file():
            raise StudyError(
                f"{file}: [codebooks] {name} names {path}, which is not a file. Mend the path, "
                "which starts from the study's folder, or take the line out."
            )


def _check_names(study: Study) -> None:
    """Every name that one part of a study uses must be given by another part."""
    needed = [name for name in ("case_id", "date", "text") if name not in study.columns]
    if needed:
        raise ValueError(
            f"[columns] lacks {', '.join(needed)}; say which column of your file holds each"
        )
    periods = [period.name for period in study.periods]
    fields = ["period", *study.fields]
    for source in study.sources:
        if source.period is not None and source.period not in periods:
            raise ValueError(
                f"source {source.path} names the period '{source.period}', which [[periods]] does "
                f"not give.{suggest(source.period, periods)}"
            )
    for name, field in study.fields.items():
        schemes = field.scheme.values() if isinstance(field.scheme, dict) else [field.scheme]
        for scheme in schemes:
            if scheme is not None and scheme not in study.schemes:
                raise ValueError(
                    f"field '{name}' names the scheme '{scheme}', which [schemes] does not give."
                    f"{suggest(scheme, list(study.schemes))}"
                )
    for comparison in study.comparisons:
        for used in (comparison.by, *comparison.fields):
            if used not in (*fields, "theme", "tone"):
                raise ValueError(
                    f"comparison '{comparison.title}' uses the field '{used}', which [fields] does "
                    f"not give.{suggest(used, fields)}"
                )
    if study.release.approve == "automatic" and not study.synthetic:
        raise ValueError(
            "[release] approve = 'automatic' is only for a study marked synthetic; real quotes "
            "need a person to clear each one: use 'listed' and name the file in 'approved'"
        )


def _explain(error: ValidationError, file: Path, model: type[BaseModel]) -> str:
    """One paragraph for all that is wrong; keys are named, values are not."""
    lines = []
    faults = error.errors(include_input=False, include_url=False)
    for fault in faults:
        place = fault["loc"]
        if any(other["loc"][: len(place)] == place != other["loc"] for other in faults):
            continue  # what is wrong inside it is said by the inner fault
        key = _key(fault["loc"])
        if fault["type"] == "extra_forbidden":
            known = _known_keys(model, fault["loc"][:-1])
            lines.append(f"'{key}' is not a key that is known there.{suggest(_last(key), known)}")
        elif fault["type"] == "missing":
            lines.append(f"'{key}' is missing; add it.")
        else:
            message = fault["msg"].removeprefix("Value error, ")
            lines.append(f"'{key}': {message}." if key else f"{message}.")
    return f"{file}: " + " ".join(lines)


def _key(location: tuple[int | str, ...]) -> str:
    """``("periods", 0, "start")`` as a researcher would find it: ``periods (no. 1).start``."""
    key = ""
    for part in location:
        if isinstance(part, int):
            key += f" (no. {part + 1})"
        elif not _is_branch(part):
            key += f".{part}" if key else part
    return key


def _is_branch(part: int | str) -> bool:
    return isinstance(part, str) and ("[" in part or part in {"Scheme", "str"})


def _last(key: str) -> str:
    return key.rsplit(".", maxsplit=1)[-1]


def _known_keys(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """The keys known at ``location`` of ``model``, found by walking down its annotations."""
    current: Any = model
    for part in location:
        if not (isinstance(current, type) and issubclass(current, BaseModel)):
            break
        if isinstance(part, str) and part in current.model_fields:
            current = _inner_model(current.model_fields[part].annotation)
    if isinstance(current, type) and issubclass(current, BaseModel):
        return [name for name in current.model_fields if name != "folder"]
    return []


def _inner_model(annotation: Any) -> Any:
    """The model inside ``dict[str, Model]``, ``tuple[Model, ...]`` or ``Model | None``."""
    from typing import get_args

    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        found = _inner_model(argument)
        if found is not None:
            return found
    return None
