"""The parts of a study's description, each a frozen value: one class a table of study.toml."""

from __future__ import annotations

import re
from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator


class Part(BaseModel):
    """What every part of a study shares: frozen, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class Period(Part):
    """A stretch of time that is reported as one, such as a school year; both days included."""

    name: str
    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError("end lies before start; put the earlier day in 'start'")
        return self


class Source(Part):
    """One file of records, or a folder of e-mail. Options given here override those of the study.

    ``heading`` is the row of the column names, counted as a spreadsheet does; without it, it is
    found. Of mail, each thread is a case, unless it ``holds`` messages: then ``case_pattern``, a
    regular expression with one group, finds the case's identifier in the subject.
    """

    path: str
    holds: Literal["cases", "messages", "takedowns"] = "cases"
    period: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    heading: int | None = Field(None, ge=1)
    date_format: str | None = None
    case_pattern: str | None = None
    columns: dict[str, str] = {}

    @model_validator(mode="after")
    def _pattern_has_a_group(self) -> Self:
        if self.case_pattern is not None:
            try:
                groups = re.compile(self.case_pattern).groups
            except re.error as error:
                raise ValueError(f"case_pattern is no regular expression ({error})") from None
            if groups != 1:
                raise ValueError("case_pattern needs one group, the identifier: '(P[0-9]+)'")
        return self


class CaseField(Part):
    """Something recorded of a case beside its text.

    ``column`` names the column that holds it, with ``many`` and ``separator`` where a cell may
    hold several labels; or ``flags`` maps each label to a column of its own that is filled in
    when the label applies. ``scheme`` names the list of allowed labels, one for all periods or
    one a period; without it every label is allowed. ``offered`` is for a field without a scheme
    whose list was shorter in some periods: what could be recorded then.
    A label that was not offered is no zero, and is not compared with that period. ``one`` is what
    a sentence calls one of its labels, such as "platform" (default: ``label`` in lower case).
    """

    column: str | None = None
    flags: dict[str, str] | list[str] | None = None
    label: str
    many: bool = False
    separator: str = ";"
    scheme: str | dict[str, str] | None = None
    offered: dict[str, list[str]] = {}
    renamed: dict[str, str] = {}
    report: bool = True
    one: str = ""

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if (self.column is None) == (self.flags is None):
            raise ValueError("give either 'column' or 'flags'")
        return self

    @model_validator(mode="after")
    def _one_list(self) -> Self:
        if self.scheme is not None and self.offered:
            raise ValueError("give either 'scheme' or 'offered': a scheme says what it offers")
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


class PrivateField(Part):
    """Names in the record's own columns: used to redact the texts, then dropped, never shown."""

    column: str
    entity: Literal["PERSON", "SCHOOL", "PLACE", "OTHER"] = "PERSON"
    separator: str = ";"


class Label(Part):
    """One label of a scheme, or one code of a codebook's list.

    ``example`` is a composite in the author's own words, and never a case.
    """

    name: str
    description: str = ""
    example: str = ""


class Scheme(Part):
    """The labels that a field may take, in the order in which tables show them."""

    title: str = ""
    labels: tuple[Label, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The labels' names in order."""
        return tuple(label.name for label in self.labels)


class Comparison(Part):
    """A question of the kind 'are these two groups alike?'; the first group is the reference."""

    title: str
    by: str
    groups: tuple[str, str]
    fields: tuple[str, ...] = ()
    period: str | None = None


class Span(Part):
    """A named stretch of days, such as a school term."""

    name: str
    start: date
    end: date


class Event(Part):
    """Something that happened on a day and may show in the figures."""

    date: date
    label: str


class Calendar(Part):
    """What shapes the year: terms, days closed within them (half-terms, holidays), known events."""

    terms: tuple[Span, ...] = ()
    closed: tuple[Span, ...] = ()
    events: tuple[Event, ...] = ()


class Hours(Part):
    """When somebody answers, clock as written, and how soon (``reply_within``, in such hours).

    ``end`` itself is no longer staffed. ``closed`` are days without anybody, such as holidays.
    """

    days: tuple[Weekday, ...] = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    start: time
    end: time
    reply_within: float | None = Field(None, gt=0)
    closed: tuple[Span, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end <= self.start:
            raise ValueError("end is not after start; put the earlier time in 'start'")
        return self


class Crosswalk(Part):
    """Where a file says which labels of one scheme of ``field`` went where in a later one.

    ``earlier`` and ``later`` name the schemes. ``double_coded`` is a file of cases that were
    coded by both, if there is one.
    """

    field: str
    earlier: str
    later: str
    path: str
    double_coded: str | None = None


COUNTED_BESIDE = ("cases", "subject words", "takedowns")
"""What a printed table may count beside a field."""


class Published(Part):
    """Figures that were printed before, to compare with what the cases give.

    ``fields`` maps the title of a printed table to what it counts: a field of the study, one label
    of it ("referred = Yes"), or one of ``COUNTED_BESIDE``. ``claims`` is a file of what the
    reports say in words.
    """

    files: tuple[str, ...] = ()
    fields: dict[str, str] = {}
    claims: str | None = None


class Words(Part):
    """Words to leave out of word counts beside the usual stop words."""

    stop: tuple[str, ...] = ()
    banners: tuple[str, ...] = ()


class Messages(Part):
    """Who of the authors of messages answers for the helpline (``staff``); all others enquire.

    ``addresses`` are the helpline's own e-mail addresses, or its domains as "@example.org": who
    writes from one is the first of ``staff``.
    """

    staff: tuple[str, ...] = Field(("helpline",), min_length=1)
    addresses: tuple[str, ...] = ()


class Redaction(Part):
    """What redaction must leave readable (``keep``) and which names it must also hide.

    Names that no field of a case gives are sought in lists of names (``"lists"``) and by a model
    that reads the sentence (``"model"``), as ``names`` says. ``pseudonyms`` are the same for the
    same person inside one case, or in the whole study; then ``key`` is the file of the secret that
    they are made with. It is made where there is none; keep it apart from what you pass on.
    """

    keep: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    names: tuple[Literal["lists", "model"], ...] = ("lists", "model")
    pseudonyms: Literal["case", "study"] = "case"
    key: str = "redaction.key"


class Disclosure(Part):
    """How small counts are protected on export.

    Counts of ``hide_up_to`` or fewer are hidden and all others rounded to ``round_to``, totals
    too. Tables that, taken together, would pin a hidden count to an interval narrower than
    ``uncertain`` (from its least to its largest possible value) are not exported. ``exempt``
    switches this off and must give its ``reason``. ``marking`` is the organisation's own word for
    how its papers may be passed on, such as "OFFICIAL": every figure bears it.
    """

    hide_up_to: int = Field(7, ge=0)
    round_to: int = Field(5, ge=1)
    uncertain: int = Field(3, ge=1)
    exempt: bool = False
    reason: str = ""
    marking: str = Field("", max_length=60)

    @model_validator(mode="after")
    def _exemption_has_reason(self) -> Self:
        if self.exempt and not self.reason.strip():
            raise ValueError("an exemption needs its reason; write it in 'reason'")
        return self


class LensWishes(Part):
    """What a lens is set against: ``recorded`` gives for fields the labels that mean its matter."""

    recorded: dict[str, tuple[str, ...]] = {}


class Release(Part):
    """Which quotes may enter a report.

    ``approve`` is ``"automatic"`` only for a synthetic study; otherwise ``approved`` names a CSV
    file of the quotes that a person has cleared. ``described_by`` names fields such as the
    enquirer's role: beside a quote stand their labels, where at least ``described_from`` cases
    have the very same.
    """

    approve: Literal["listed", "automatic"] = "listed"
    approved: str | None = None
    max_words: int = Field(40, ge=5)
    described_by: tuple[str, ...] = ()
    described_from: int = Field(20, ge=5)


class Contact(Part):
    """Where to refer someone when a text reads as a person at risk."""

    name: str
    details: str


_Count = Annotated[int, Field(ge=2, le=400)]
ThemeNumber = _Count | tuple[_Count, _Count] | None


class ThemeWishes(Part):
    """What the researcher asks of the themes, if anything: on each level a number or a range
    ``[low, high]``; and the largest share of cases left without a theme.

    ``decisions`` is the file of her edits of themes, which the report makes again; ``kept`` that of
    ``workbench keep-themes``, which holds the themes still while cases are added. A theme counts
    as firm from ``firm_cases`` cases, the share ``firm_share`` of all and a mean stability of
    ``firm_stability`` on, all three; others are marked and stand in no comparison.
    """

    main: ThemeNumber = None
    sub: ThemeNumber = None
    finest: ThemeNumber = None
    unplaced: float = Field(0.1, ge=0, le=0.5)
    decisions: str | None = None
    kept: str | None = None
    firm_cases: int = Field(30, ge=0)
    firm_share: float = Field(0.01, ge=0, le=1)
    firm_stability: float = Field(0.5, ge=0, le=1)


class ToneFiles(Part):
    """What ``workbench label read`` has made for this study.

    Its heads, the shares estimated, and how far the coders of the labels agree.
    """

    heads: Path | None = None
    prevalence: Path | None = None
    agreement: Path | None = None


_Words = Annotated[str, AfterValidator(lambda text: " ".join(text.split()))]
Approach = Literal["codebook", "coding reliability", "content analysis", "framework", "reflexive"]


class Method(Part):
    """What only the researcher can say of how the study was made: short texts, each optional.

    ``approach`` is the family of the analysis; under "reflexive" nothing is said of agreement.
    ``question``: what the study asks. ``paradigm``: the view of knowledge behind it.
    ``researchers``: who analysed, with which training and experience; ``relationship``: how they
    stand to the service and to those who wrote. ``earlier``: the work beside which the findings
    are to be read, and how far they carry. ``codings`` is a CSV file of codes that people gave to
    cases (case_id, code, coder).
    """

    approach: Approach | None = None
    question: _Words = ""
    paradigm: _Words = ""
    researchers: _Words = ""
    relationship: _Words = ""
    earlier: _Words = ""
    ethics: _Words = ""
    consent: _Words = ""
    funding: _Words = ""
    interests: _Words = ""
    availability: _Words = ""
    codings: str | None = None

    @property
    def reflexive(self) -> bool:
        """Whether the analysis is a reflexive one, which does not measure coders by one another."""
        return self.approach == "reflexive"
