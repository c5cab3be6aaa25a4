"""Check digits of published examples, and what breaks them."""

from __future__ import annotations

import pytest

from workbench.privacy.checks import (
    is_card_number,
    is_iban,
    is_ip_address,
    is_nhs_number,
    is_pupil_number,
)


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (is_nhs_number, "401 023 2137", "401 023 2138"),
        (is_card_number, "4012-8888-8888-1881", "4012-8888-8888-1882"),
        (is_iban, "GB29 NWBK 6016 1331 9268 19", "GB30 NWBK 6016 1331 9268 19"),
        (is_iban, "gb29nwbk60161331926819", "GB29 NWBK"),
        (is_ip_address, "192.0.2.1", "192.0.2.256"),
        (is_ip_address, "192[.]0(dot)2 . 1", "10:30"),
        (is_ip_address, "2001:db8::8a2e:7334/64", "10:30:15"),
    ],
)
def test_check_digits(check: object, right: str, wrong: str) -> None:
    assert callable(check)
    assert check(right)
    assert not check(wrong)


def test_one_letter_in_23_fits_a_pupil_number() -> None:
    fitting = [
        letter for letter in "ABCDEFGHJKLMNPQRTUVWXYZ" if is_pupil_number(f"{letter}801200001001")
    ]
    assert len(fitting) == 1
    assert is_pupil_number(fitting[0].lower() + "801200001001")
