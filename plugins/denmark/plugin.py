"""What Denmark declares to the plugin host."""

from datetime import date

from core.sdk import (
    DemoAgreement,
    DemoPerson,
    DemoTenant,
    Manifest,
    Role,
    TenantKind,
    UnitKind,
    Wording,
    hook,
    today,
)
from plugins.denmark import demo
from plugins.denmark.numbers import CVR_NUMBER
from plugins.denmark.person_numbers import CPR_NUMBER
from plugins.denmark.places import municipalities_on, regions_on
from plugins.denmark.roles import ROLES
from plugins.denmark.units import UNIT_KINDS
from plugins.denmark.working_days import public_holidays
from plugins.denmark.yearly import MUNICIPALITY

MANIFEST = Manifest(
    name="denmark",
    title=Wording(nb="Danmark", da="Danmark", en="Denmark"),
    summary=Wording(
        nb="Danske kommuner og regioner, CVR-numre og helligdager.",
        da="Kommuner og regioner, CVR-numre og helligdage.",
        en="Danish municipalities and regions, CVR numbers and public holidays.",
    ),
    version="1.0.0",
    sdk=">=1,<2",
    countries=("DK",),
)

TIMEZONE = "Europe/Copenhagen"


@hook
def register_tenant_kinds() -> list[TenantKind]:
    """Municipality and region, with the places that exist today."""
    day = today(TIMEZONE)
    return [_municipality(day), _region(day)]


@hook
def register_roles() -> list[Role]:
    """Roles that Danish jobcentres have."""
    return list(ROLES)


@hook
def register_unit_kinds() -> list[UnitKind]:
    """The parts of a municipality that follow up people on their way to work."""
    return list(UNIT_KINDS)


@hook
def register_demo() -> list[DemoTenant | DemoAgreement | DemoPerson]:
    """Fictional tenants, and people whom they work with."""
    return [*demo.TENANTS, *demo.PEOPLE]


@hook
def provide_holidays(country: str, year: int) -> set[date]:
    """Public holidays of a calendar year in Denmark; none for any other country."""
    return set(public_holidays(year)) if country == "DK" else set()


def _municipality(day: date) -> TenantKind:
    return TenantKind(
        key="denmark.municipality",
        country="DK",
        title=Wording(nb="Kommune", da="Kommune", en="Municipality"),
        office_word=Wording(nb="jobcenter", da="jobcenter", en="jobcentre"),
        places=municipalities_on(day),
        district=None,
        number=CVR_NUMBER,
        language="da",
        timezone=TIMEZONE,
        suggested_plugins=("dk_company_centre",),
        person_number=CPR_NUMBER,
        yearly_activities=MUNICIPALITY,
    )


def _region(day: date) -> TenantKind:
    return TenantKind(
        key="denmark.region",
        country="DK",
        title=Wording(nb="Region", da="Region", en="Region"),
        office_word=None,
        places=regions_on(day),
        district=None,
        number=CVR_NUMBER,
        language="da",
        timezone=TIMEZONE,
        suggested_plugins=(),
        person_number=CPR_NUMBER,
    )
