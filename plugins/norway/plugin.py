"""What Norway declares to the plugin host."""

from dataclasses import replace
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
)
from plugins.norway import demo
from plugins.norway.numbers import ORGANISATION_NUMBER
from plugins.norway.person_numbers import NATIONAL_ID
from plugins.norway.places import counties, municipalities, municipalities_with_districts
from plugins.norway.roles import ROLES
from plugins.norway.units import UNIT_KINDS
from plugins.norway.working_days import public_holidays
from plugins.norway.yearly import COUNTY, MUNICIPALITY

MANIFEST = Manifest(
    name="norway",
    title=Wording(nb="Norge", da="Norge", en="Norway"),
    summary=Wording(
        nb="Kommuner, bydeler og fylkeskommuner, organisasjonsnummer og helligdager.",
        da="Norske kommuner, bydele og fylkeskommuner, organisationsnumre og helligdage.",
        en="Norwegian municipalities, city districts and counties, organisation numbers and public holidays.",
    ),
    version="1.0.0",
    sdk=">=1,<2",
    countries=("NO",),
)

_LOCAL_SERVICE_PLUGINS = ("no_work_training", "no_introduction")
# A county answers for training after the Integration Act, and compares how municipalities read it.
_COUNTY_PLUGINS = ("no_introduction",)


@hook
def register_tenant_kinds() -> list[TenantKind]:
    """Municipality, city district and county."""
    return [_municipality(), _city_district(), _county()]


@hook
def register_roles() -> list[Role]:
    """Roles that Norwegian services have."""
    return list(ROLES)


@hook
def register_unit_kinds() -> list[UnitKind]:
    """The services that follow up people on their way to work."""
    return list(UNIT_KINDS)


@hook
def register_demo() -> list[DemoTenant | DemoAgreement | DemoPerson]:
    """Fictional tenants, and people whom they work with."""
    return [*demo.TENANTS, *demo.PEOPLE]


@hook
def provide_holidays(country: str, year: int) -> set[date]:
    """Public holidays of a calendar year in Norway; none for any other country."""
    return set(public_holidays(year)) if country == "NO" else set()


def _municipality() -> TenantKind:
    return TenantKind(
        key="norway.municipality",
        country="NO",
        title=Wording(nb="Kommune", da="Kommune", en="Municipality"),
        office_word=None,
        places=municipalities(),
        district=None,
        number=ORGANISATION_NUMBER,
        language="nb",
        timezone="Europe/Oslo",
        suggested_plugins=_LOCAL_SERVICE_PLUGINS,
        person_number=NATIONAL_ID,
        yearly_activities=MUNICIPALITY,
    )


def _city_district() -> TenantKind:
    return replace(
        _municipality(),
        key="norway.city_district",
        title=Wording(nb="Bydel", da="Bydel", en="City district"),
        places=municipalities_with_districts(),
        district=Wording(nb="Bydel", da="Bydel", en="City district"),
    )


def _county() -> TenantKind:
    return replace(
        _municipality(),
        key="norway.county",
        title=Wording(nb="Fylkeskommune", da="Fylkeskommune", en="County authority"),
        places=counties(),
        suggested_plugins=_COUNTY_PLUGINS,
        yearly_activities=COUNTY,
    )
