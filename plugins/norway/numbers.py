"""The Norwegian organisation number."""

import re

from stdnum.no import orgnr

from core.sdk import NumberCheck, Wording

_WRITTEN = re.compile(r"(?:NO)?([1-9][0-9]{8})(?:MVA)?")
"""Nine digits, bare or as a VAT number. Nine zeros would pass the check digit: the first is not zero."""

_LONGEST_WRITTEN = 40


def normalise(written: str) -> str | None:
    """The nine digits of an organisation number, or None when it is not one.

    Spaces, full stops, hyphens, "NO" before and "MVA" after the digits are tolerated, in either case.
    """
    if len(written) > _LONGEST_WRITTEN:
        return None
    match = _WRITTEN.fullmatch(re.sub(r"[\s.-]", "", written).upper())
    return match[1] if match and orgnr.is_valid(match[1]) else None


ORGANISATION_NUMBER = NumberCheck(
    label=Wording(nb="Organisasjonsnummer", da="Organisationsnummer", en="Organisation number"),
    help=Wording(
        nb="Ni sifre, slik de står i Enhetsregisteret. Mellomrom er i orden.",
        da="Ni cifre, som de står i det norske Enhetsregister. Mellemrum er i orden.",
        en="Nine digits, as in the Norwegian register of legal entities. Spaces are fine.",
    ),
    normalise=normalise,
)
