"""The public holidays of Norway."""

from datetime import date
from functools import lru_cache

from holidays import country_holidays


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """The twelve holidays fixed by law, eleven dates when two coincide.

    24 and 31 December are not among them.
    """
    return frozenset(country_holidays("NO", years=year, language="no"))
