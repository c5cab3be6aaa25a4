"""Who writes: role, name, school and habits of writing, the same whenever they come back."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.demo import lexicon
from workbench.demo.dice import Dice
from workbench.demo.lexicon import School

PUBLIC = frozenset({"Parent", "General Public", "Child (12-18)", "Foster Carer", "Out of Remit"})
OTHER = frozenset(
    {
        "Local Authority",
        "Charity/NGO",
        "Police",
        "Social Worker",
        "Social Care",
        "Medical Staff",
        "Other",
    }
)
# Titles that a role allows in signatures and mid-sentence; the rest draw from jobtitle fragments.
JOBS: dict[str, tuple[str, ...]] = {
    "DSL": (
        "designated safeguarding lead",
        "DSL",
        "deputy DSL",
        "safeguarding lead",
        "safeguarding manager",
    ),
    "ICT school support": (
        "network manager",
        "IT technician",
        "IT manager",
        "ICT support officer",
        "systems manager",
    ),
    "Head Teacher": ("headteacher", "head teacher", "head", "executive head", "principal"),
    "Assistant/Deputy headteacher": (
        "deputy head",
        "assistant head",
        "vice principal",
        "assistant principal",
        "deputy headteacher (pastoral)",
    ),
    "MAT employee": (
        "trust safeguarding lead",
        "director of education for the trust",
        "trust communications officer",
        "trust IT lead",
        "trust HR adviser",
    ),
    "Other School Staff": (
        "receptionist",
        "office manager",
        "attendance officer",
        "exams officer",
        "school business manager",
        "pastoral support worker",
        "teaching assistant",
        "school counsellor",
        "librarian",
        "marketing and admissions officer",
        "headteacher's PA",
        "site manager",
        "behaviour mentor",
    ),
    "Teacher": (
        "head of year",
        "class teacher",
        "head of department",
        "pastoral lead",
        "head of house",
        "subject leader",
        "form tutor",
        "head of lower school",
        "SENCO",
        "head of sixth form",
        "online safety lead",
        "behaviour lead",
        "Key Stage 3 lead",
        "teacher of {subject}",
        "head of {subject}",
        "pastoral manager",
        "ECT",
    ),
    "Police": ("safer schools officer", "PCSO", "detective constable"),
    "Local Authority": ("education safeguarding adviser", "LADO", "school improvement adviser"),
    "Charity/NGO": ("youth worker", "project manager", "trustee", "volunteer coordinator"),
    "Social Worker": ("social worker", "senior social worker"),
    "Social Care": ("family support worker", "residential care manager", "support worker"),
    "Medical Staff": ("school nurse", "CAMHS practitioner", "community nurse"),
    "Other": ("governor", "club welfare officer", "contractor"),
}


@dataclass(frozen=True)
class Author:
    """An enquirer and their way of writing.

    `school` is the one that the matter concerns; `employer` is the same, or an office outside.
    `typos` is the share of words with a slip (0 to 0.06); `case` is "usual", "lower" or "careless"
    (no capital at some sentence starts); `shouts` the chance that a blunt sentence is in capitals;
    `length` scales how much is told (0.4 to 1.7); `spelling` how the writer spells TikTok.
    """

    role: str
    title: str
    given: str
    surname: str
    job: str
    school: School
    employer: School
    phase: str
    email: str
    phone: str
    typos: float
    case: str
    shouts: float
    length: float
    warmth: float
    spelling: str

    @property
    def side(self) -> str:
        """The fragment tag that fits: staff, public or other."""
        return "public" if self.role in PUBLIC else "other" if self.role in OTHER else "staff"

    @property
    def name(self) -> str:
        """Given name and surname."""
        return f"{self.given} {self.surname}"


def invent_author(role: str, phase: str, school: School, employer: School, dice: Dice) -> Author:
    """Draw a person and their habits for a role at a school."""
    given = dice.pick(lexicon.words("people", "given"))
    surname = lexicon.invent_surname(dice)
    subject = dice.pick(lexicon.words("things", "lessons"))
    job = dice.pick(JOBS.get(role, ("parent",))).replace("{subject}", subject)
    hurried = role in PUBLIC or dice.chance(0.3)
    case = dice.weighted({"usual": 0.86, "careless": 0.09, "lower": 0.05 if hurried else 0.01})
    return Author(
        role=role,
        title=dice.pick(lexicon.words("people", "titles")),
        given=given,
        surname=surname,
        job=job,
        school=school,
        employer=employer,
        phase=phase,
        email=_address(given, surname, employer, role, dice),
        phone=lexicon.digits(dice.pick(lexicon.words("contact", "mobiles")), dice),
        typos=dice.weighted({0.0: 0.38, 0.004: 0.3, 0.012: 0.2, 0.03: 0.1, 0.055: 0.02}),
        case=case,
        shouts=dice.weighted({0.0: 0.75, 0.25: 0.17, 0.7: 0.08}),
        length=dice.weighted({0.45: 0.16, 0.75: 0.27, 1.0: 0.32, 1.3: 0.17, 1.7: 0.08}),
        warmth=dice.number(),
        spelling=dice.weighted(
            {"TikTok": 0.62, "Tik Tok": 0.16, "Tiktok": 0.12, "tiktok": 0.06, "tik tok": 0.04}
        ),
    )


def _address(given: str, surname: str, school: School, role: str, dice: Dice) -> str:
    first, last = lexicon.slug(given), lexicon.slug(surname)
    if role in PUBLIC:
        host = dice.pick(("mail.example", "post.example", "inbox.example", "webmail.example"))
        local = dice.pick((f"{first}.{last}", last + first[0], f"{first}{dice.between(60, 99)}"))
        return f"{local}@{host}"
    local = dice.pick(
        (f"{first[0]}.{last}", f"{first}.{last}", f"{first[0]}{last}", f"{last}{first[0]}")
    )
    return f"{local}@{school.domain}"
