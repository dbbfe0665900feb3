"""Fictional people outside the demo's organisations, made through the services."""

from core.access import service as access
from core.persons import sensitive, service
from core.plugin_host.demo import DemoPerson
from core.tenancy.service import current_tenant


def make(declared: DemoPerson) -> None:
    """Register a fictional person, with the signed-in member as adviser."""
    entry = service.Entry(
        kind=declared.kind,
        name=declared.name,
        language=current_tenant().language,
        email=declared.email,
        phone=declared.phone,
        national_id=declared.national_id or None,
        address=declared.address,
        shield=declared.shield,
        adviser_id=access.require_member().account_id,
    )
    person_id = service.register(entry)
    if declared.health:
        sensitive.write(person_id, health=declared.health, family="")
