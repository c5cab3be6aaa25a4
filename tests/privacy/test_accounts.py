"""User names as people write of them, in three casings; what only looks like one stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from workbench.privacy.recognise import find_identifiers

CASINGS: list[Callable[[str], str]] = [str, str.lower, str.upper]
# The user names stand between bars.
USER_NAMES = """\
The log shows |zakk.tide| signed in at noon.
Then |mossfern| logged on again.
She gave |tidewren| on Snapchat to a boy.
The name is |quillo| on discord.
The worst come from |fernybanter|, an account in the town.
What to do about |jakeybo.x| and that page?
A stranger called |mossfern| messaged him.
Display name: |mossfern|
The gamertag: |mossfern|
Profile: |mossfern_|
Account: |mossfern|
Screen name: |lil moss fern|
His account (|mossfern|) is public.
The accounts |a_moss|, |b.fern| and |e99x| posted it.
The accounts |tide_wren| and |mossfern| posted it.
Those who comment are |mossfern| and |tide_wren|.
An account, |sophiebanter|, has the clip.
It was |_moss.fern_| and then |__moss__|.
It was |xX__moss__Xx| who did.
The user |mo\u200bss_fe\u200brn| did.
It was |m o s s _ 2 0 1 1| on there.
His user name is |m o s s f e r n| there.
It was |moss underscore 2011| who did.
It was |moss dot fern underscore x| who did.
It was |moss _ 2011| who did.
The username is |moss . fern| there.
His insta is |moss dot fern| there.
It was |tiger99x| who did.
It was |2cool4skool| who did.
It was |dan7| who did.
It was |moss-fern2011| who did.
It was (at) |mossfern| who did.
It was (@) |mossfern| who did.
It was @ |mossfern| who did.
""".splitlines()


def parts(line: str) -> tuple[str, list[tuple[int, int]]]:
    """The text of a line, and where in it the user names stand."""
    pieces, text, places = line.split("|"), "", []
    for at, piece in enumerate(pieces):
        if at % 2:
            places.append((len(text), len(text) + len(piece)))
        text += piece
    return text, places


@pytest.mark.parametrize("casing", CASINGS)
@pytest.mark.parametrize("line", USER_NAMES)
def test_user_names(line: str, casing: Callable[[str], str]) -> None:
    text, places = parts(line)
    text = casing(text)
    hidden = {at for one in find_identifiers(text) for at in range(one.start, one.end)}
    wanted = {at for start, end in places for at in range(start, end) if text[at].isalnum()}
    plain = {at for at, sign in enumerate(text) if sign.isalnum()}
    assert wanted - hidden == set(), [text[at] for at in sorted(wanted - hidden)]
    more = {at for at in hidden & plain if not any(start <= at < end for start, end in places)}
    assert more == set(), "".join(text[at] for at in sorted(more))


@pytest.mark.parametrize("casing", CASINGS)
@pytest.mark.parametrize(
    "text",
    [
        "KS2, KS3 and Year9 met in B12, IT12 and room5; covid19 news, an mp3 and an mp4.",
        "It is 24/7, x2 a day, from 3pm to 10th; 2nd, 1k, 4G, A4, PS5, H2O, GCSE9-1, w/c 5th.",
        "A class of 10x1 and 8y2 with 30mins, 1080p, 2hrs, 14yr and year7-year11 pupils.",
        "He is on the account of the page; the profile is public and the name: unknown.",
        "This is _really_ bad. Name: ____ Date: ____",
        "They follow it on TikTok and on Instagram, or about once from the page.",
        "A, B, C, D, E or F: grades A B C D E and 9 8 7 6 5.",
        "The birthmark, the noticeboard and screenshotting on the account.",
        "Meet (at) home or @ school; the dot on the map and the underscore key.",
    ],
)
def test_what_only_looks_like_a_user_name_stays(text: str, casing: Callable[[str], str]) -> None:
    text = casing(text)
    assert [text[one.start : one.end] for one in find_identifiers(text)] == []
