"""The enquiry itself: which parts it has, in which order, under which habits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from workbench.demo.dice import Dice
from workbench.demo.layout import Section, Text, lay_out, section
from workbench.demo.matter import REPORTABLE, attempts, links, matter, wish
from workbench.demo.segments import Segment
from workbench.demo.tones import tones_for
from workbench.demo.writer import Piece, Writer

# The shapes that may end in a signature block, and how often each shape is used.
_SIGNED = frozenset({"letter", "bullets", "forward"})
SHAPES = {"letter": 0.6, "note": 0.18, "bullets": 0.06, "form": 0.06, "forward": 0.1}


@dataclass(frozen=True)
class Order:
    """What is wanted of an enquiry: its shape and whether the writer has been here before."""

    shape: str
    returning: bool = False
    banner: bool = False


def choose_shape(dice: Dice, *, subject: str, role: str) -> str:
    """The shape of an e-mail or web form; people outside schools seldom fill in or forward."""
    weights = dict(SHAPES)
    if subject in {"offremit", "support"} or role in {"Parent", "General Public", "Child (12-18)"}:
        weights |= {"bullets": 0.0, "forward": 0.0, "form": 0.02 if subject in REPORTABLE else 0.0}
    return dice.weighted(weights)


def write_enquiry(writer: Writer, order: Order) -> Text:
    """Write an enquiry of the given shape."""
    author = writer.scene.author
    official = author.side != "public" and author.role != "Other"
    writer.scene.signed = official and order.shape in _SIGNED and writer.dice.chance(0.52)
    sections = _SHAPES[order.shape](writer, order)
    gap = "\n\n"
    if order.shape in {"letter", "note"} and writer.dice.chance(0.14):
        gap = "\n"
    if order.banner:
        banner = writer.say("common", "banner_body")
        sections = [section(banner), *sections]
    return lay_out(sections, gap=gap)


def _letter(writer: Writer, order: Order) -> list[Section | None]:
    dice, author = writer.dice, writer.scene.author
    intro: list[Piece | None] = []
    if dice.chance(0.28 + 0.16 * author.length) and not order.returning:
        intro.append(writer.say("common", "opening"))
    if dice.chance(0.5) and not (order.returning and dice.chance(0.7)):
        intro.append(writer.say("common", "whoami"))
    if dice.chance(0.2):
        intro.reverse()
    where = links(writer)
    body = matter(writer, returning=order.returning)
    if intro and body and body[0] is not None and dice.chance(0.45):
        lead = section(*intro)
        body[0] = Section((*(lead.pieces if lead else ()), *body[0].pieces))
        intro = []
    greeting = writer.say("common", "greeting") if dice.chance(0.88) else None
    if where and dice.chance(0.4):
        body.insert(dice.between(1, len(body)), where)
        where = None
    courtesy = tones_for(writer, returning=order.returning, where="close").get("close", [])
    closing = [*courtesy, writer.say("common", "closer") if dice.chance(0.42) else None]
    after = (
        writer.say("glue", "afterthought") if dice.chance(0.03) and writer.scene.platform else None
    )
    return [
        section(greeting),
        section(*intro),
        *body,
        where,
        section(*closing),
        *_sign(writer),
        section(after),
        section(writer.say("common", "sent_from")) if dice.chance(0.07) else None,
    ]


def _sign(writer: Writer) -> list[Section | None]:
    """Sign-off, name and signature block."""
    dice, author = writer.dice, writer.scene.author
    signoff = writer.say("common", "signoff") if dice.chance(0.8) else None
    name = (
        "{author_given}"
        if dice.chance(0.3)
        else "{author_initials}"
        if dice.chance(0.07)
        else "{author}"
    )
    lines: list[Piece | None] = [signoff, writer.write(name)]
    if writer.scene.signed:
        lines = [signoff, writer.write("{author}"), writer.write(job_title(author.job))]
        lines.append(writer.write("{employer}"))
        if dice.chance(0.3):
            lines.append(writer.write("{employer_town}, {postcode}"))
        if dice.chance(0.55):
            lines.append(
                writer.write(
                    dice.pick(
                        (
                            "{employer_phone}",
                            "T: {employer_phone}",
                            "Tel {employer_phone}",
                            "{phone}",
                        )
                    )
                )
            )
        if dice.chance(0.3):
            lines.append(writer.write("{email}"))
    elif dice.chance(0.12):
        lines.append(writer.write(dice.pick(("{phone}", "Mob {phone}", "{email}"))))
    footer = (
        writer.say("common", "disclaimer")
        if author.side != "public" and dice.chance(0.09)
        else None
    )
    return [section(*lines, glue="\n"), section(footer)]


def job_title(job: str) -> str:
    """A job as a signature shows it: "head of year" -> "Head of Year"."""
    small = {"of", "the", "for", "and", "to"}
    words = [
        word if word in small or not word.islower() else word[0].upper() + word[1:]
        for word in job.split()
    ]
    return " ".join(words).replace("(p", "(P")


def _note(writer: Writer, order: Order) -> list[Section | None]:
    """A few lines without ceremony, as typed into a web form."""
    dice = writer.dice
    where = links(writer)
    body = matter(writer, returning=order.returning, scale=0.6)
    whoami = section(writer.say("common", "whoami")) if dice.chance(0.3) else None
    name = dice.pick(
        ("{author}", "{author_given}", "{author}, {school}", "{author} {phone}", "{email}")
    )
    return [whoami, *body, where, section(writer.write(name)) if dice.chance(0.45) else None]


def _bullets(writer: Writer, order: Order) -> list[Section | None]:
    """A letter whose particulars are a list."""
    dice = writer.dice
    where = links(writer)
    mark = dice.pick(("- ", "* ", "• ", "1", "– "))
    points = [writer.tell("what"), *[writer.tell("detail") for _ in range(dice.between(1, 2))]]
    points += [writer.tell("history"), *attempts(writer, 1.0)[:2], writer.tell("effect")]
    kept = [piece for piece in points if piece][: dice.between(3, 6)]
    listed = [
        Piece((Segment(f"{number}. " if mark == "1" else mark), *piece.segments), piece.tone)
        for number, piece in enumerate(kept, start=1)
    ]
    lead = writer.say("common", "whoami") if dice.chance(0.6) else writer.say("common", "opening")
    return [
        section(writer.say("common", "greeting")),
        section(lead),
        section(*listed, glue="\n"),
        where,
        section(*wish(writer, 1.0)),
        *_sign(writer),
    ]


def _form(writer: Writer, order: Order) -> list[Section | None]:
    """A message with labels, as some offices write them."""
    dice = writer.dice
    lines: list[Piece | None] = []
    if dice.chance(0.75):
        lines.append(writer.say("glue", "form_school"))
    if dice.chance(0.7):
        lines.append(writer.say("glue", "form_platform"))
    if dice.chance(0.65) and writer.scene.platform:
        lines.append(writer.say("glue", "form_account"))
    lines.append(_labelled(writer, "form_what", ["what", "detail", "effect"]))
    if dice.chance(0.7):
        lines.append(_labelled(writer, "form_done", ["history"]))
    if dice.chance(0.75):
        lines.append(_labelled(writer, "form_wanted", ["ask"]))
    if dice.chance(0.6):
        lines.append(writer.say("glue", "form_contact"))
    return [section(*lines, glue="\n")]


def _labelled(writer: Writer, label: str, slots: list[str]) -> Piece | None:
    head = writer.say("glue", label)
    pieces = [piece for slot in slots if (piece := writer.tell(slot)) is not None]
    if head is None or not pieces:
        return None
    segments = [*head.segments]
    for piece in pieces:
        segments += [Segment(" "), *piece.segments]
    return Piece(tuple(segments))


def _forward(writer: Writer, order: Order) -> list[Section | None]:
    """A line of one's own above a colleague's message."""
    dice, scene = writer.dice, writer.scene
    intro = section(writer.say("common", "greeting") if dice.chance(0.6) else None)
    own = section(writer.say("glue", "forward_intro"), *wish(writer, 0.6)[:1])
    written = scene.received - timedelta(minutes=dice.between(20, 1500))
    sent = written.strftime(dice.pick(("%d %B %Y", "%A, %d %B %Y", "%d/%m/%Y")))
    subject = writer.say("glue", "forward_subject")
    header = [
        writer.write("From: {staff2}"),
        Piece((Segment(f"Sent: {sent} {written:%H:%M}"),)),
        writer.write("To: {author}"),
        Piece((Segment("Subject: "), *(subject.segments if subject else ()))),
    ]
    told = [writer.tell("what"), writer.tell("detail")]
    if dice.chance(0.5):
        told.append(writer.tell("effect"))
    if dice.chance(0.4):
        told.append(writer.tell("quote"))
    if dice.chance(0.5):
        told.append(writer.tell("history"))
    rule = dice.pick(
        (
            "-----Original Message-----",
            "________________________________",
            "> Begin forwarded message:",
            "---------- Forwarded message ---------",
        )
    )
    return [
        intro,
        own,
        *_sign(writer),
        section(Piece((Segment(rule),)), *header, glue="\n"),
        section(*told),
        section(writer.write("{staff2}")) if dice.chance(0.5) else None,
    ]


def write_short(writer: Writer) -> Text:
    """A whole enquiry in a line."""
    dice = writer.dice
    line = writer.tell("short")
    lines = [line]
    if dice.chance(0.3):
        lines.append(
            writer.write(
                dice.pick(
                    (
                        "{author_given}",
                        "{author}",
                        "{author}, {school}",
                        "{phone}",
                        "Thanks {author_given}",
                        "{school}",
                    )
                )
            )
        )
    return lay_out([section(*lines, glue=dice.pick(("\n", " ", "\n\n")))])


_SHAPES = {
    "letter": _letter,
    "note": _note,
    "bullets": _bullets,
    "form": _form,
    "forward": _forward,
}
