"""The whole demonstration corpus, case by case in order of arrival."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from workbench.demo import calls, enquiry, plan
from workbench.demo.author import OTHER, PUBLIC, Author, invent_author
from workbench.demo.dialogue import Message, write_dialogue
from workbench.demo.dice import Dice
from workbench.demo.distinct import Shelf
from workbench.demo.fields import Record, record_year
from workbench.demo.fragments import Deck, read_bank
from workbench.demo.layout import Text
from workbench.demo.lexicon import School, invent_school
from workbench.demo.plan import Facts
from workbench.demo.scene import Scene
from workbench.demo.subjectlines import fit_lines, tokens
from workbench.demo.takedowns import Takedown, refer
from workbench.demo.writer import Writer

_KINDS = {
    "Secondary": "secondary",
    "Primary": "primary",
    "Further Education/College": "college",
    "Early Years": "nursery",
}
_OFFICES = {
    "Police": "police",
    "Local Authority": "councils",
    "Social Worker": "councils",
    "Social Care": "care",
    "Charity/NGO": "charities",
    "Medical Staff": "health",
    "Other": "others",
    "MAT employee": "trusts",
}
# What a returning enquirer's matter keeps: the people, not the new account.
_KEPT = ("staff", "staff_surname", "pupil", "year_group", "subject_taught")
_TRIES = 12


@dataclass(frozen=True)
class Case:
    """A finished case: its facts, who wrote, the text with its planted spans, the record."""

    facts: Facts
    author: Author
    text: Text
    subject_line: str
    record: Record
    people: tuple[str, ...]
    messages: tuple[Message, ...]
    banner: bool
    attempted: bool


@dataclass(frozen=True)
class Corpus:
    """All cases of both years, and the referrals to platforms."""

    cases: tuple[Case, ...]
    takedowns: tuple[Takedown, ...]


@dataclass
class _Draft:
    facts: Facts
    scene: Scene
    writer: Writer
    text: Text
    banner: bool
    messages: list[Message] = field(default_factory=list)


def build(seed: int) -> Corpus:
    """Build the corpus. The same seed gives the same corpus, letter for letter."""
    facts = plan.link_returns([f for year in plan.YEARS for f in plan.plan_year(year, seed)], seed)
    drafts = _Workshop(seed).write_all(facts)
    cases: list[Case] = []
    takedowns: list[Takedown] = []
    for year in plan.YEARS:
        year_drafts = [draft for draft in drafts if draft.facts.year == year]
        year_facts = [draft.facts for draft in year_drafts]
        records = record_year(year, year_facts, [draft.text.text for draft in year_drafts], seed)
        lines = _subject_lines(year, year_drafts, seed)
        chosen = [f for f, r in zip(year_facts, records, strict=True) if r.referred == "Yes"]
        referrals = refer(year, chosen, seed)
        takedowns += referrals
        gone = {t.case_id for t in referrals if t.removed * 2 >= t.reported}
        for draft, record, line in zip(year_drafts, records, lines, strict=True):
            cases.append(_finish(draft, record, line, gone, seed))
    return Corpus(tuple(cases), tuple(takedowns))


def _finish(draft: _Draft, record: Record, line: str, gone: set[str], seed: int) -> Case:
    people, attempted = draft.scene.people(), "attempt" in draft.writer.slots
    dice = Dice(seed, draft.facts.case_id, "dialogue")
    practitioner = Writer(draft.scene, draft.writer.deck, dice, careful=True)
    messages = write_dialogue(
        practitioner,
        draft.writer,
        referred=record.referred == "Yes",
        removed=draft.facts.case_id in gone,
    )
    return Case(
        facts=draft.facts,
        author=draft.scene.author,
        text=draft.text,
        subject_line=line,
        record=record,
        people=people,
        messages=tuple(messages),
        banner=draft.banner,
        attempted=attempted,
    )


class _Workshop:
    """What later cases share with earlier ones: schools, returning authors, the fragment deck."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._deck = Deck()
        self._shelf = Shelf()
        self._schools: dict[tuple[str, str], list[School]] = defaultdict(list)
        self._drafts: dict[str, _Draft] = {}

    def write_all(self, facts: list[Facts]) -> list[_Draft]:
        """Write every case; a text too like an earlier one is written again."""
        for case in facts:
            self._drafts[case.case_id] = self._write(case)
        return list(self._drafts.values())

    def _write(self, case: Facts) -> _Draft:
        earlier = self._drafts.get(case.returns_to or "")
        dice = Dice(self._seed, case.case_id)
        author = earlier.scene.author if earlier else self._invent(case, dice)
        draft = self._attempt(case, author, earlier, 0)
        for number in range(1, _TRIES):
            if self._shelf.is_new(draft.text.text):
                break
            draft = self._attempt(case, author, earlier, number)
        self._shelf.add(draft.text.text)
        return draft

    def _invent(self, case: Facts, dice: Dice) -> Author:
        outside = case.role in OTHER
        office = _OFFICES.get(case.role, "")
        school = self._school("" if outside else office, case, dice)
        employer = self._school(office, case, dice) if outside else school
        return invent_author(case.role, case.phase, school, employer, dice)

    def _school(self, office: str, case: Facts, dice: Dice) -> School:
        """A school of the case's phase, or an office; now and then one that has written before."""
        kind = office or _KINDS[case.phase]
        known = self._schools[kind, case.country]
        if known and case.role not in PUBLIC and dice.chance(0.2):
            return dice.pick(known)
        school = invent_school(kind, dice, country=case.country)
        known.append(school)
        return school

    def _attempt(self, case: Facts, author: Author, earlier: _Draft | None, number: int) -> _Draft:
        dice = Dice(self._seed, case.case_id, "text", number)
        kept = (
            {key: earlier.scene.values[key] for key in _KEPT if key in earlier.scene.values}
            if earlier
            else {}
        )
        scene = Scene(
            case.subject,
            author,
            case.platform,
            case.received,
            case.country,
            dice,
            kept,
            returning=earlier is not None,
        )
        scene.called = case.shape == "phone"
        writer = Writer(scene, self._deck, dice, careful=scene.called)
        banner = False
        if case.shape == "phone":
            text = calls.write_phone_note(writer)
        elif case.shape == "short":
            text = enquiry.write_short(writer)
        else:
            banner = case.route != "Phone" and dice.chance(plan.BANNER_SHARE)
            order = enquiry.Order(case.shape, returning=earlier is not None, banner=banner)
            text = enquiry.write_enquiry(writer, order)
        return _Draft(case, scene, writer, text, banner)


def _subject_lines(year: str, drafts: list[_Draft], seed: int) -> list[str]:
    """A subject line for each e-mail; calls have none."""
    table, dice = plan.year_table(year), Dice(seed, year, "subject lines")
    written = [draft for draft in drafts if draft.facts.route != "Phone"]
    targets: dict[str, int] = table["subject_words"]
    counted = frozenset(targets)
    fitted = fit_lines([_proposer(draft, counted) for draft in written], targets, dice)
    lines = iter(fitted)
    return [next(lines) if draft.facts.route != "Phone" else "" for draft in drafts]


def _proposer(draft: _Draft, counted: frozenset[str]) -> Callable[[Dice], str]:
    """Draws lines for a case. No name holds a counted word, since redaction would take it."""
    bank = read_bank("subjects")
    subject, scene = draft.facts.subject, draft.scene
    own = [f for f in bank[subject] if scene.fits(f)]
    general = [f for f in bank["any"] if scene.fits(f)]
    warnings = bank["banner"]
    share = {"support": 0.9, "offremit": 1.0, "mock_account": 0.12}.get(subject, 0.35)

    def propose(dice: Dice) -> str:
        lines = own if dice.chance(share) else general
        segments = scene.fill(dice.pick(lines).text)
        while any(counted & set(tokens(segment.text)) for segment in segments if segment.kind):
            segments = scene.fill(dice.pick(lines).text)
        line = _dress_line("".join(segment.text for segment in segments), draft, dice)
        if "caution" in counted and dice.chance(0.02):
            tag = "".join(segment.text for segment in scene.fill(dice.pick(warnings).text))
            return f"{tag} {line}"
        return line

    return propose


def _dress_line(line: str, draft: _Draft, dice: Dice) -> str:
    """Capitals as writers set them in subject lines; now and then a reply or forward mark."""
    author = draft.scene.author
    if author.case == "lower" or dice.chance(0.06):
        line = line.lower()
    elif dice.chance(0.05):
        line = line.upper()
    elif dice.chance(0.18):
        line = " ".join(
            word if word[:1] in "@(" else word[:1].upper() + word[1:] for word in line.split(" ")
        )
    if author.spelling == "Tik Tok" and dice.chance(0.25):
        line = line.replace("TikTok", "Tik Tok")
    mark = dice.weighted({"": 0.95, "Re: ": 0.02, "FW: ": 0.02, "Fwd: ": 0.01})
    return mark + line
