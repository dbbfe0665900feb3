"""Roles are bundles of permissions, declared by core and by plugins through the same hook."""

from typing import Any

from core.access.permissions import CONFIDENTIAL, PERMISSIONS, scopes_of
from core.access.scopes import ALL, OWN, RELATED, UNIT
from core.plugin_host.checks import BadPluginError, check_prefix
from core.plugin_host.declarations import Role
from core.plugin_host.wording import Wording
from core.tenancy.kinds import host
from core.tenancy.service import current_tenant


def _grants(scope: str, *permissions: str) -> frozenset[str]:
    return frozenset(f"{scope}:{permission}" for permission in permissions)


_AGREEMENTS = _grants(ALL, "agreement:read", "agreement:write", "agreement:send", "obligation:do")
_PEOPLE_OF_MY_UNITS = _grants(UNIT, "person:read", "person:write", "person:admit")

CORE_ROLES = (
    Role(
        "access.administrator",
        Wording(nb="Administrator", da="Administrator", en="Administrator"),
        _grants(ALL, *(set(PERMISSIONS) - CONFIDENTIAL - {"privacy:manage"})),
    ),
    Role(
        "access.leader",
        Wording(nb="Leder", da="Leder", en="Leader"),
        _AGREEMENTS
        | _PEOPLE_OF_MY_UNITS
        | _grants(ALL, "rules:read", "people:read", "people:manage")
        | _grants(ALL, "work:hand_over", "work:act_for", "approval:decide"),
        other_words=(
            Wording(nb="Avdelingsleder", da="Afdelingsleder", en="Head of department"),
            Wording(nb="Enhetsleder", da="Teamleder", en="Team leader"),
        ),
    ),
    Role(
        "access.adviser",
        Wording(nb="Veileder", da="Sagsbehandler", en="Adviser"),
        _AGREEMENTS
        | _PEOPLE_OF_MY_UNITS
        | _grants(ALL, "rules:read", "people:read")
        | _grants(OWN, "health:read", "health:write", "national_id:reveal"),
        other_words=(
            Wording(nb="Rådgiver", da="Jobkonsulent", en="Counsellor"),
            Wording(nb="Saksbehandler", da="Virksomhedskonsulent", en="Case officer"),
            Wording(nb="Kontaktperson", da="Jobformidler", en="Contact person"),
        ),
    ),
    Role(
        "access.reader",
        Wording(nb="Leser", da="Læser", en="Reader"),
        _grants(ALL, "agreement:read", "rules:read", "people:read"),
    ),
    Role(
        "access.privacy_officer",
        Wording(nb="Personvernombud", da="Databeskyttelsesrådgiver", en="Data protection officer"),
        _grants(ALL, "audit:read", "privacy:manage", "people:read", "approval:decide", "person:read"),
    ),
)
ADMINISTRATOR = "access.administrator"


def read_role(plugin: str, role: Any) -> Role:
    """Check a declared role. Raises BadPluginError."""
    check_prefix(plugin, role.key)
    wrong = bad_grants(role.permissions)
    if wrong:
        raise BadPluginError(f"the role {role.key} grants what cannot be granted: {', '.join(wrong)}")
    if role.outside and any(grant.partition(":")[0] not in {OWN, RELATED} for grant in role.permissions):
        raise BadPluginError(f"the role {role.key} is for people outside, who reach no further than related")
    if not isinstance(role.tenant_kinds, tuple) or not all(isinstance(one, str) for one in role.tenant_kinds):
        raise BadPluginError(f"the role {role.key} must name its tenant kinds as a tuple of their keys")
    return role


def bad_grants(grants: Any) -> list[str]:
    """Grants that are not of the form ``scope:resource:action``, or reach where the permission cannot."""
    wrong = []
    for grant in grants:
        scope, _colon, permission = grant.partition(":")
        if permission not in PERMISSIONS or scope not in scopes_of(permission):
            wrong.append(grant)
    return sorted(wrong)


def all_roles() -> list[Role]:
    """Roles of core and of every available plugin, wherever they are in force."""
    return [one.value for one in host().declared("register_roles")]


def roles_in_force() -> list[Role]:
    """Roles that a member may have: of core and of the plugins that are on, for its kind of tenant."""
    return [role for role in _in_force() if not role.outside]


def outside_roles() -> list[Role]:
    """What somebody outside the organisation can be to the tenant in scope."""
    return [role for role in _in_force() if role.outside]


def _in_force() -> list[Role]:
    on, kind = host().in_force(), current_tenant().kind
    return [
        one.value
        for one in host().declared("register_roles")
        if one.plugin in on and (not one.value.tenant_kinds or kind in one.value.tenant_kinds)
    ]


def role_by_key(key: str) -> Role | None:
    """The role with a key, when it is in force here."""
    return next((role for role in roles_in_force() if role.key == key), None)
