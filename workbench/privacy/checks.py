"""Check digits and rules of numbers that are given to people, accounts and machines."""

from __future__ import annotations

import re
from ipaddress import ip_address

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def digits_of(value: str) -> list[int]:
    """The digits of ``value``, whatever stands between them."""
    return [int(digit) for digit in re.sub(r"\D", "", value)]


def is_nhs_number(value: str) -> bool:
    """Ten digits, of which the tenth checks the others (modulus 11; NHS Data Dictionary)."""
    digits = digits_of(value)
    rest = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return len(digits) == 10 and rest % 11 == digits[9]


def is_card_number(value: str) -> bool:
    """12 to 19 digits whose last one checks the others (Luhn; ISO/IEC 7812-1)."""
    digits = digits_of(value)
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]
    return 12 <= len(digits) <= 19 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def is_iban(value: str) -> bool:
    """An account number whose digits 3 and 4 check the rest (modulus 97; ISO 13616)."""
    plain = re.sub(r"[\W_]", "", value).upper()
    if not re.fullmatch(r"[A-Z]{2}\d\d[A-Z0-9]{11,30}", plain):
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


def is_pupil_number(value: str) -> bool:
    """A unique pupil number: its first letter checks the twelve signs after it (modulus 23)."""
    plain = value.upper()
    signs = [*map(int, plain[1:12]), int(plain[12]) if plain[12].isdigit() else 0]
    if plain[12].isalpha():  # a temporary number
        signs[-1] = _UPN_LETTERS.find(plain[12])
    total = sum(sign * weight for weight, sign in enumerate(signs, start=2))
    return plain[0] == _UPN_LETTERS[total % 23]


def is_ip_address(value: str) -> bool:
    """Whether ``value`` is an IPv4 or IPv6 address (RFC 4291), with or without a prefix length."""
    plain = re.sub(
        r"(?i)\s*[\[({]?\s*(?:\.|dot)\s*[\])}]?\s*", ".", value.split("/")[0].split("%")[0]
    )
    try:
        ip_address(plain)
    except ValueError:
        return False
    return plain.count(":") != 1 and plain != "::"
