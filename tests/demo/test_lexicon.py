"""Invented words are invented: reserved numbers, reserved domains, no real town."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from workbench.demo import lexicon
from workbench.demo.dice import Dice

KINDS = st.sampled_from(
    ["secondary", "primary", "college", "nursery", "trusts", "councils", "police", "care", "health"]
)


@given(st.integers(), KINDS)
def test_schools(seed: int, kind: str) -> None:
    school = lexicon.invent_school(kind, Dice(seed))
    assert "{" not in school.name
    assert school.short
    assert re.fullmatch(r"[a-z0-9-]+(\.sch|\.ac|\.org)?\.example", school.domain)
    assert re.fullmatch(r"ZZ\d\d \dZZ", school.postcode)
    assert school.town not in lexicon.words("places", "real")


@given(
    st.integers(),
    st.sampled_from([None, "TikTok", "Instagram", "Snapchat", "Facebook", "Twitter", "YouTube"]),
    st.booleans(),
)
def test_links_lead_nowhere(seed: int, platform: str | None, post: bool) -> None:
    link = lexicon.invent_link(platform, "@keld.memes", Dice(seed), post=post)
    assert re.fullmatch(r"https://[a-z.-]+\.example/\S+", link)


@given(st.integers(), st.sampled_from(["mock", "staff", "child", "public"]))
def test_handles(seed: int, kind: str) -> None:
    dice = Dice(seed)
    school = lexicon.invent_school("secondary", dice)
    handle = lexicon.invent_handle(kind, dice, school=school, surname="De Souza", given="Ffion")
    assert re.fullmatch(r"@[a-z0-9._]+", handle)
