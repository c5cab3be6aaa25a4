"""Numbers, dates and addresses in the disguises of hurried and of careful writers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from workbench.privacy.recognise import find_identifiers

CASINGS: list[Callable[[str], str]] = [str, str.lower, str.upper]
# What is to be hidden stands between bars, with its kind at the start of the line.
DISGUISED = """\
BIRTH DATE: She turned 11 on |3 May|, they said.
BIRTH DATE: Her birthday, as typed in, is |3 May 2012| there.
BIRTH DATE: Her birthday typed in: |03/05/2012|.
BIRTH DATE: It says 18 but it is really |3/5/2012| there.
BIRTH DATE: Note that |03/05/2012| is her date of birth.
BIRTH DATE: The one (|3rd May 2012|, her birthday) is there.
BIRTH DATE: DOB |03May12| it says.
BIRTH DATE: DOB |03May2012| it says.
BIRTH DATE: DOB |03 / 05 / 2012| it says.
BIRTH DATE: DOB |03052012| it says.
BIRTH DATE: DOB |03 05 2012| it says.
BIRTH DATE: DOB |03  05  12| it says.
BIRTH DATE: DOB |0 3 0 5 2 0 1 2| it says.
BIRTH DATE: DOB |0 3 / 0 5 / 2 0 1 2| it says.
LINK: See |tiktok dot com slash at moss| there.
LINK: See |tiktok dot com slash moss|.
LINK: See |tiktok . com / @moss| there.
LINK: See |tiktok . com / @x| there.
LINK: See |instagram . com / moss| there.
LINK: See |snapchat . com / add / moss| there.
LINK: See |www dot tiktok dot com slash at moss| there.
LINK: See |x.com/moss| there.
LINK: See |fb.watch/AbC| there.
LINK: See |chng.it/AbC| there.
LINK: See |chng . it / AbC| there.
LINK: See |chng dot it slash abc| there.
LINK: See |youtu.be/AbC-d| there.
LINK: See |t.me/moss| there.
LINK: See |bit.ly/moss| there.
LINK: See |bit dot ly slash moss| there.
VEHICLE: It was |BD 62 XYZ| there.
VEHICLE: It was |BD6 2XYZ| there.
VEHICLE: It was |B D 6 2 X Y Z| there.
VEHICLE: It was |BD62\u202fXYZ| there.
VEHICLE: It was |BD62   XYZ| there.
VEHICLE: It was |BD62.KVX| there.
VEHICLE: It was |BD-62-XYZ| there.
VEHICLE: A white Corsa, |K123 KVX|, was there.
VEHICLE: A car with |KVX 123D| on it.
VEHICLE: A blue van |KVX 12| was there.
VEHICLE: A blue van |AIZ 1234| was there.
VEHICLE: A blue van |QZ 456| was there.
EMAIL: Use |jo.moss@oakfield .uk| please.
EMAIL: Use |jo.moss@oakfield .sch .uk| please.
EMAIL: Use |j-moss at oakfield dot org dot uk| please.
EMAIL: Use |j dot moss at oakfield dot org dot uk| please.
EMAIL: Use |j underscore moss at oakfield dot org| please.
NI NUMBER: It is |A B 1 2 3 4 5 6 C| there.
NI NUMBER: It is |AB 1 2 3 4 5 6 C| there.
NHS NUMBER: It is |4 0 1 0 2 3 2 1 3 7| there.
POSTCODE: It is |M 1 1 A A| there.
POSTCODE: It is |B 3 3 8 L H| there.
POSTCODE: It is |SW1A   1AA| there.
POSTCODE: It is |M11AA| there.
POSTCODE: It is |B338TH| there.
POSTCODE: It is |B33 8TH|.
PHONE: It is |O77OO 9OO123| there.
PHONE: It is |o77oo 9ool23| there.
PHONE: It is |07700 9OO l23| there.
""".splitlines()


@pytest.mark.parametrize("casing", CASINGS)
@pytest.mark.parametrize("line", DISGUISED)
def test_disguises(line: str, casing: Callable[[str], str]) -> None:
    kind, _, rest = line.partition(": ")
    before, value, after = (casing(piece) for piece in rest.split("|"))
    found = find_identifiers(before + value + after)
    hidden = {at for one in found for at in range(one.start, one.end)}
    wanted = range(len(before), len(before) + len(value))
    text = before + value + after
    shown = [text[at] for at in wanted if text[at].isalnum() and at not in hidden]
    assert shown == []
    more = [text[at] for at in sorted(hidden - set(wanted)) if text[at].isalnum()]
    assert more == []
    assert kind in {one.kind for one in found}


@pytest.mark.parametrize("casing", CASINGS)
@pytest.mark.parametrize(
    "text",
    [
        "It is on at 12 the latest, or 15 min; is 12 yrs enough? In 10 days we met at 20 past.",
        "We parked in car park 2 in year 10 at 3pm; a Corsa, the van and 20 cars.",
        "The NINO and the DOB are due; his birthday is in May and he turned 11 then.",
        "In room C3, 8th graders met; we really met on Monday and actually 10 came.",
        "The policy, slash the plan; and/or; he will slash the price.",
        "We were born to do it. It is actually 3 of 4 and really 2 to 1.",
        "It took 1 in 10 of us, on 5 days a week or 2 to 3.",
    ],
)
def test_what_only_looks_disguised_stays(text: str, casing: Callable[[str], str]) -> None:
    text = casing(text)
    assert [text[one.start : one.end] for one in find_identifiers(text)] == []


@pytest.mark.parametrize("casing", CASINGS)
def test_a_spoken_site_swallows_no_words(casing: Callable[[str], str]) -> None:
    text = casing("Please look at oakfield dot com for it.")
    assert [text[o.start : o.end] for o in find_identifiers(text)] == [casing("oakfield dot com")]
