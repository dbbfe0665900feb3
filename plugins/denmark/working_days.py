"""The public holidays of Denmark."""

from datetime import date
from functools import lru_cache

from holidays import country_holidays


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """The holidays fixed by law: ten from 2024, eleven before.

    1 May, 5 June, 24 and 31 December are not among them.
    """
    return frozenset(country_holidays("DK", years=year, language="da"))
