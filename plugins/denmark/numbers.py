"""The Danish CVR number."""

import re

from stdnum.dk import cvr

from core.sdk import NumberCheck, Wording

_WRITTEN = re.compile(r"(?:DK)?([1-9][0-9]{7})")
_LONGEST_WRITTEN = 40


def normalise(written: str) -> str | None:
    """The eight digits of a CVR number, or None when it is not one.

    Spaces, full stops, hyphens and "DK" before the digits are tolerated, in either case.
    """
    if len(written) > _LONGEST_WRITTEN:
        return None
    match = _WRITTEN.fullmatch(re.sub(r"[\s.-]", "", written).upper())
    return match[1] if match and cvr.is_valid(match[1]) else None


CVR_NUMBER = NumberCheck(
    label=Wording(nb="CVR-nummer", da="CVR-nummer", en="CVR number"),
    help=Wording(
        nb="Åtte sifre, slik de står i det danske CVR-registeret. Mellomrom er i orden.",
        da="Otte cifre, som de står i CVR-registret. Mellemrum er i orden.",
        en="Eight digits, as in the Danish business register. Spaces are fine.",
    ),
    normalise=normalise,
)
