"""Threads: the same whatever the order of the mails."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from workbench.cases.mail import Mail, Person
from workbench.cases.threads import DAYS, find_threads, identify, plain_subject

DAY = 86_400.0
JANE, KIM = Person("Jane", "jane@school.example"), Person("Kim", "kim@other.example")
HELP = Person("", "help@helpline.example")


def is_own(address: str) -> bool:
    return address.endswith("@helpline.example")


def mail(
    day: float,
    own: str = "",
    answers: tuple[str, ...] = (),
    subject: str = "Page",
    who: Person = JANE,
) -> Mail:
    return Mail(
        text=f"{day}{own}",
        subject=subject,
        sent=f"2024-05-{int(day) + 1:02d} 10:00:00",
        instant=day * DAY,
        sender=who,
        people=(who, HELP),
        message_id=own,
        references=answers,
    )


def groups(mails: list[Mail]) -> list[int]:
    """Threads numbered as they appear."""
    threads = find_threads(mails, is_own=is_own)
    return [list(dict.fromkeys(threads)).index(thread) for thread in threads]


def test_mails_are_joined_by_what_they_answer() -> None:
    mails = [
        mail(0, "a"), mail(1, "b", ("a",)), mail(2, "c", ("a", "b")), mail(3, "d"),
        mail(4, "e", ("lost",)), mail(5, "f", ("lost", "e")), mail(6, "g", ("lost",)),
    ]  # fmt: skip
    assert groups(mails) == [0, 0, 0, 1, 2, 2, 2]


def test_a_thread_keeps_its_code_as_it_grows() -> None:
    first = [mail(0, "a"), mail(4, "e", ("lost",))]
    later = [*first, mail(6, "b", ("a",)), mail(7, "f", ("lost", "e"))]
    before, after = find_threads(first, is_own=is_own), find_threads(later, is_own=is_own)
    assert after == [*before, *before]


def test_without_identifiers_an_answer_is_joined_by_subject_person_and_time() -> None:
    opening = mail(0, "a")
    for answer, joined in [
        (mail(2, subject="RE: page"), True),
        (mail(2, subject="AW: Re:  Page"), True),
        (mail(2, subject="Page"), False),
        (mail(2, subject="Re: Other"), False),
        (mail(2, subject="Re: Page", who=KIM), False),
        (mail(DAYS + 1, subject="Re: Page"), False),
        (mail(2, "b", ("lost",), subject="Re: Page"), False),
        (mail(-1, subject="Re: Page"), False),
    ]:
        assert (groups([opening, answer]) == [0, 0]) == joined, answer.subject
    assert groups([mail(0, subject=""), mail(1, subject="Re: ")]) == [0, 1]


def test_identifiers_that_tell_nothing_join_nothing() -> None:
    same = [mail(0, "form"), mail(1, "form", who=KIM), mail(2, "c", ("form",))]
    assert groups(same) == [0, 1, 2]
    address = [mail(0, "a", ("jane@school.example",)), mail(1, "b", ("jane@school.example",))]
    assert groups(address) == [0, 1]


def test_what_makes_two_mails_the_same() -> None:
    one = mail(0, "a")
    assert identify(one) == identify(replace(one, text="with the foot of a list", sent="x"))
    assert identify(one) != identify(replace(one, instant=5))
    bare = mail(0)
    assert identify(bare) == identify(replace(bare, notes=("x",)))
    assert identify(bare) != identify(replace(bare, text="other"))


@given(
    st.lists(
        st.tuples(
            st.integers(0, 40),
            st.sampled_from(["", *"abcdef"]),
            st.lists(st.sampled_from("abcdefg"), max_size=3, unique=True),
            st.sampled_from(["Page", "Re: Page", "Re: Help", ""]),
            st.sampled_from([JANE, KIM]),
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_files_changes_nothing(
    made: list[tuple[int, str, list[str], str, Person]], shuffle: random.Random
) -> None:
    mails = [
        mail(day, own, tuple(a for a in answers if a != own), subject, who)
        for day, own, answers, subject, who in made
    ]
    mails = list({identify(one): one for one in mails}.values())
    threads = find_threads(mails, is_own=is_own)
    order = list(range(len(mails)))
    shuffle.shuffle(order)
    again = find_threads([mails[at] for at in order], is_own=is_own)
    assert again == [threads[at] for at in order]


def test_subjects() -> None:
    assert plain_subject("Re: AW: [EXT] Fwd:  A  Page ") == "a page"
    assert plain_subject("Regarding: x") == "regarding: x"
