"""Texts made even: what hides an identifier goes, places in the text hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.privacy.even import even_out
from workbench.privacy.identifier import Identifier, Reading

SIGNS = st.text(
    st.sampled_from("ab1 \u200b\u00a0\uff11\uff20\u2011\ue000\U0001d400[]"), max_size=30
)


def test_disguises_become_plain() -> None:
    text = "\uff10\uff17\u200b7\u00a0a\u2011b\U0001d400"
    plain, places = even_out(text)
    assert plain == "077 a-bA"
    assert places == [0, 1, 3, 4, 5, 6, 7, 8, 9]
    assert even_out("caf\u00e9 \u2013 plain") == ("caf\u00e9 \u2013 plain", None)


@given(SIGNS)
def test_every_character_knows_its_place(text: str) -> None:
    plain, places = even_out(text)
    where = range(len(text) + 1) if places is None else places
    assert len(where) == len(plain) + 1
    assert list(where) == sorted(set(where))
    assert even_out(plain)[0] == plain
    assert not any("\ue000" <= sign <= "\uf8ff" for sign in plain)


@given(SIGNS, st.data())
def test_spans_come_back_where_they_were(text: str, data: st.DataObject) -> None:
    reading = Reading.of(text)
    for _ in range(3):
        free = [at for at, sign in enumerate(reading.masked) if not "\ue000" <= sign <= "\uf8ff"]
        if not free:
            break
        at = data.draw(st.sampled_from(free))
        sign, before = reading.masked[at], len(reading.masked)
        assert reading.take([Identifier(at, at + 1, "PERSON", "x")])
        assert len(reading.masked) == before
        found = reading.identifiers()
        assert any(even_out(text[one.start : one.end])[0] == sign for one in found)
