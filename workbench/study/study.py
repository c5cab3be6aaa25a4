"""A study: one frozen description of whose cases these are and how to read them.

Everything that belongs to one helpline or one year stands in its ``study.toml``: names of
columns, periods, schemes, groupings, codebooks, calendar, rules of redaction and release. The
package itself assumes none of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

from pydantic import Field, ValidationError, model_validator

from workbench.errors import StudyError, suggest
from workbench.study.parts import (
    COUNTED_BESIDE,
    Calendar,
    CaseField,
    Comparison,
    Contact,
    Crosswalk,
    Disclosure,
    Hours,
    LensWishes,
    Messages,
    Method,
    Part,
    Period,
    PrivateField,
    Published,
    Redaction,
    Release,
    Scheme,
    Source,
    ThemeWishes,
    ToneFiles,
    Words,
)
from workbench.study.toml import explain_faults, locate, read_toml


class Study(Part):
    """A study, read from ``study.toml``. ``folder`` is where that file lies.

    ``codebooks`` maps the name of each of the researcher's codebooks to its file, and ``codings``
    to the codes that people gave by it (case_id, code, coder), where there are some;
    ``standardise`` names the fields whose mix comparisons are standardised for; ``alike`` gives
    pairs of fields that record the same thing, which are not compared; ``notes`` gives for
    fields the labels of cases whose text a practitioner wrote, such as ``route = ["Phone"]``: no
    tone is read in them. ``prose`` is the folder of what she writes for the report (default:
    "prose", where it is there).
    """

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")
    title: str
    organisation: str = ""
    synthetic: bool = False
    seed: int = 1
    date_format: str = "iso"
    blank: tuple[str, ...] = ()
    columns: dict[str, str] = Field(default_factory=dict)
    periods: tuple[Period, ...] = Field(min_length=1)
    sources: tuple[Source, ...] = Field(min_length=1)
    fields: dict[str, CaseField] = Field(default_factory=dict)
    private: dict[str, PrivateField] = Field(default_factory=dict)
    schemes: dict[str, Scheme | str] = Field(default_factory=dict)
    crosswalks: tuple[Crosswalk, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    standardise: tuple[str, ...] = ()
    alike: tuple[tuple[str, str], ...] = ()
    notes: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    calendar: Calendar = Calendar()
    hours: Hours | None = None
    published: Published = Published()
    words: Words = Words()
    messages: Messages = Messages()
    lenses: tuple[str, ...] = ()
    lens: dict[str, LensWishes] = Field(default_factory=dict)
    redaction: Redaction = Redaction()
    disclosure: Disclosure = Disclosure()
    release: Release = Release()
    contacts: tuple[Contact, ...] = ()
    themes: ThemeWishes = ThemeWishes()
    tone: ToneFiles = ToneFiles()
    method: Method = Method()
    codebooks: dict[str, str] = Field(default_factory=dict)
    codings: dict[str, str] = Field(default_factory=dict)
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
            raise StudyError(explain_faults(error, file, cls)) from None
        _check_files(study, file)
        return study

    @property
    def two_periods(self) -> tuple[str, str] | None:
        """The last two periods, earlier first, or None where there is but one."""
        names = [period.name for period in self.periods]
        return (names[-2], names[-1]) if len(names) > 1 else None

    def locate(self, path: str) -> Path:
        """A path written in the study, from its folder, with ``${NAME:-default}`` filled in."""
        return locate(path, folder=self.folder)

    @property
    def prose_folder(self) -> Path | None:
        """Where the report's prose lies: ``prose`` of the study, else a folder of that name."""
        folder = self.locate(self.prose or "prose")
        return folder if self.prose or folder.is_dir() else None

    def scheme(self, field: str, period: str | None) -> Scheme | None:
        """The scheme of ``field`` in ``period``, if the study gives one."""
        name = self.fields[field].scheme_for(period)
        scheme = self.schemes.get(name) if name else None
        return scheme if isinstance(scheme, Scheme) else None

    @model_validator(mode="after")
    def _names_meet(self) -> Self:
        _check_names(self)
        return self


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
            raise StudyError(explain_faults(error, path, Scheme)) from None
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


def _check_files(study: Study, file: Path) -> None:
    """Every file named must be there, so that a misspelt path shows before the texts are read."""
    named = [(f"[codebooks] {name}", path) for name, path in study.codebooks.items()]
    named += [(f"[codings] {name}", path) for name, path in study.codings.items()]
    if study.themes.decisions is not None:
        named.append(("[themes] decisions", study.themes.decisions))
    if study.themes.kept is not None:
        named.append(("[themes] kept", study.themes.kept))
    for crosswalk in study.crosswalks:
        named.append(("[[crosswalks]] path", crosswalk.path))
        named.append(("[[crosswalks]] double_coded", crosswalk.double_coded or crosswalk.path))
    if study.prose is not None and not study.locate(study.prose).is_dir():
        raise StudyError(
            f"{file}: prose names {study.prose}, which is not a folder. Mend the path, which "
            "starts from the study's folder, or take the line out."
        )
    named += [("[published] files", path) for path in study.published.files]
    if study.published.claims is not None:
        named.append(("[published] claims", study.published.claims))
    if study.method.codings is not None:
        named.append(("[method] codings", study.method.codings))
    for key, path in named:
        if not study.locate(path).is_file():
            raise StudyError(
                f"{file}: {key} names {path}, which is not a file. Mend the path, "
                "which starts from the study's folder, or take the line out."
            )


def _check_names(study: Study) -> None:
    """Every name that one part of a study uses must be given by another part."""
    needed = [name for name in ("case_id", "date", "text") if name not in study.columns]
    by_mail_alone = not study.columns and study.messages.addresses
    if needed and not by_mail_alone:
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
    for name in study.codings:
        if name not in study.codebooks:
            raise ValueError(
                f"[codings] {name} goes with no codebook of [codebooks]."
                f"{suggest(name, list(study.codebooks))}"
            )
    _check_schemes(study)
    _check_lenses(study)
    for key, used in _fields_used(study):
        if used not in (*fields, "theme", "tone"):
            raise ValueError(
                f"{key} uses the field '{used}', which [fields] does not give."
                f"{suggest(used, fields)}"
            )
    if study.release.approve == "automatic" and not study.synthetic:
        raise ValueError(
            "[release] approve = 'automatic' is only for a study marked synthetic; real quotes "
            "need a person to clear each one: use 'listed' and name the file in 'approved'"
        )


def _fields_used(study: Study) -> list[tuple[str, str]]:
    """Where a field is named outside [fields], and which."""
    used = [
        (f"comparison '{comparison.title}'", name)
        for comparison in study.comparisons
        for name in (comparison.by, *comparison.fields)
    ]
    used += [("standardise", name) for name in study.standardise]
    used += [("alike", name) for pair in study.alike for name in pair]
    used += [("[release] described_by", name) for name in study.release.described_by]
    used += [("[[crosswalks]]", crosswalk.field) for crosswalk in study.crosswalks]
    counted = [name.partition("=")[0].strip() for name in study.published.fields.values()]
    return used + [("[published.fields]", name) for name in counted if name not in COUNTED_BESIDE]


def _check_lenses(study: Study) -> None:
    """What lenses are set against, and what says that a text is a note."""
    for name, wishes in study.lens.items():
        if name not in study.lenses:
            raise ValueError(
                f"[lens.{name}] is of a lens that 'lenses' does not name."
                f"{suggest(name, list(study.lenses))}"
            )
        _check_labels(study, wishes.recorded, key=f"[lens.{name}] recorded")
    _check_labels(study, study.notes, key="[notes]")


def _check_labels(study: Study, named: dict[str, tuple[str, ...]], *, key: str) -> None:
    """Fields that the study gives, and labels that their schemes have or could be typed."""
    for field, labels in named.items():
        if field not in study.fields:
            raise ValueError(
                f"{key} uses the field '{field}', which [fields] does not give."
                f"{suggest(field, list(study.fields))}"
            )
        schemes = [study.scheme(field, period.name) for period in study.periods]
        known = [label for scheme in schemes if scheme for label in scheme.names]
        renamed = study.fields[field].renamed
        for label in labels:
            if label in renamed:
                raise ValueError(
                    f"{key} names '{label}', which the field '{field}' calls '{renamed[label]}'. "
                    "Use that name."
                )
            if None not in schemes and label not in known:
                raise ValueError(
                    f"{key} names '{label}', which no scheme of the field '{field}' has."
                    f"{suggest(label, known)}"
                )


def _check_schemes(study: Study) -> None:
    """Every scheme that is named must be given."""
    named = [
        (f"field '{name}'", scheme)
        for name, field in study.fields.items()
        for scheme in (field.scheme.values() if isinstance(field.scheme, dict) else [field.scheme])
        if scheme is not None
    ]
    for crosswalk in study.crosswalks:
        named += [("[[crosswalks]]", crosswalk.earlier), ("[[crosswalks]]", crosswalk.later)]
    periods = [period.name for period in study.periods]
    for name, field in study.fields.items():
        for period in field.offered:
            if period not in periods:
                raise ValueError(
                    f"field '{name}' says what was offered in '{period}', a period that "
                    f"[[periods]] does not give.{suggest(period, periods)}"
                )
    for key, scheme in named:
        if scheme not in study.schemes:
            raise ValueError(
                f"{key} names the scheme '{scheme}', which [schemes] does not give."
                f"{suggest(scheme, list(study.schemes))}"
            )
