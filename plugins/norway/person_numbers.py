"""The Norwegian national identity number, the D-number, and the synthetic ones of test registers."""

import re

from stdnum.exceptions import ValidationError
from stdnum.no import fodselsnummer

from core.sdk import NumberCheck, Wording

_DIGITS = re.compile(r"[0-9]{11}")
_LONGEST_WRITTEN = 40
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_REMAINDERS_OF_THE_FIRST = frozenset({0, 1, 2, 3})
"""Numbers that are given out from 2032 on may leave 1, 2 or 3, because the old ones run out."""
_SYNTHETIC_MONTH = 80


def normalise(written: str) -> str | None:
    """The eleven digits of a national identity number, or None when it is not one.

    A D-number has 40 added to the day. Synthetic numbers have 40 or 80 added to the month; no real person has
    such a number, so they are read everywhere. Spaces, full stops and hyphens are tolerated.
    """
    if len(written) > _LONGEST_WRITTEN:
        return None
    digits = re.sub(r"[\s.-]", "", written)
    if not _DIGITS.fullmatch(digits) or not _is_checked(digits):
        return None
    return digits if _has_birth_date(digits) else None


def _is_checked(digits: str) -> bool:
    return _weighed(digits, _FIRST) % 11 in _REMAINDERS_OF_THE_FIRST and _weighed(digits, _SECOND) % 11 == 0


def _weighed(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def _has_birth_date(digits: str) -> bool:
    month = int(digits[2:4])
    if month > _SYNTHETIC_MONTH:
        digits = f"{digits[:2]}{month - _SYNTHETIC_MONTH:02}{digits[4:]}"
    try:
        fodselsnummer.get_birth_date(digits)
    except ValidationError:
        return False
    return True


NATIONAL_ID = NumberCheck(
    label=Wording(
        nb="Fødselsnummer eller D-nummer",
        da="Norsk fødselsnummer eller D-nummer",
        en="National identity number",
    ),
    help=Wording(
        nb="Elleve sifre. Mellomrom er i orden.",
        da="Elleve cifre. Mellemrum er i orden.",
        en="Eleven digits. Spaces are fine.",
    ),
    normalise=normalise,
    shown=6,
)
