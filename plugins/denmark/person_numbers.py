"""The Danish CPR number, and the synthetic ones with 60 added to the day."""

import re

from stdnum.dk import cpr
from stdnum.exceptions import ValidationError

from core.sdk import NumberCheck, Wording

_DIGITS = re.compile(r"[0-9]{10}")
_LONGEST_WRITTEN = 40
_SYNTHETIC_DAY = 60


def normalise(written: str) -> str | None:
    """The ten digits of a CPR number, or None when it is not one.

    There is no check digit: numbers without one have been given out since 2007. Synthetic numbers have 60
    added to the day; no real person has such a number, so they are read everywhere. Spaces and hyphens are
    tolerated.
    """
    if len(written) > _LONGEST_WRITTEN:
        return None
    digits = re.sub(r"[\s.-]", "", written)
    return digits if _DIGITS.fullmatch(digits) and _has_birth_date(digits) else None


def _has_birth_date(digits: str) -> bool:
    day = int(digits[:2])
    if day > _SYNTHETIC_DAY:
        digits = f"{day - _SYNTHETIC_DAY:02}{digits[2:]}"
    try:
        cpr.get_birth_date(digits)
    except ValidationError:
        return False
    return True


CPR_NUMBER = NumberCheck(
    label=Wording(nb="CPR-nummer", da="CPR-nummer", en="CPR number"),
    help=Wording(
        nb="Ti sifre, som 010190-1234. Bindestrek og mellomrom er i orden.",
        da="Ti cifre, som 010190-1234. Bindestreg og mellemrum er i orden.",
        en="Ten digits, such as 010190-1234. Hyphen and spaces are fine.",
    ),
    normalise=normalise,
    shown=6,
)
