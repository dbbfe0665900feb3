"""Roles are bundles of permissions, declared by core and by plugins through the same hook."""

from typing import Any

from core.plugin_host.checks import BadPluginError, check_prefix
from core.plugin_host.declarations import Role
from core.plugin_host.wording import Wording
from core.tenancy.kinds import host

PERMISSIONS: dict[str, Wording] = {
    "tenant:manage": Wording(nb="endre innstillinger", da="ændre indstillinger", en="change settings"),
    "people:manage": Wording(nb="invitere kolleger", da="invitere kolleger", en="invite colleagues"),
    "agreement:read": Wording(nb="lese avtaler", da="læse aftaler", en="read agreements"),
    "agreement:write": Wording(nb="skrive avtaler", da="skrive aftaler", en="write agreements"),
    "agreement:send": Wording(
        nb="sende avtaler til signering",
        da="sende aftaler til underskrift",
        en="send agreements for signing",
    ),
    "obligation:do": Wording(nb="følge opp frister", da="følge op på frister", en="see to what is due"),
}

_READ = frozenset({"agreement:read"})
_ADVISE = _READ | {"agreement:write", "agreement:send", "obligation:do"}

CORE_ROLES = (
    Role(
        "access.administrator",
        Wording(nb="Administrator", da="Administrator", en="Administrator"),
        frozenset(PERMISSIONS),
    ),
    Role("access.leader", Wording(nb="Leder", da="Leder", en="Leader"), _ADVISE | {"people:manage"}),
    Role("access.adviser", Wording(nb="Veileder", da="Sagsbehandler", en="Adviser"), _ADVISE),
    Role("access.reader", Wording(nb="Leser", da="Læser", en="Reader"), _READ),
)
ADMINISTRATOR = "access.administrator"


def read_role(plugin: str, role: Any) -> Role:
    """Check a declared role. Raises BadPluginError."""
    check_prefix(plugin, role.key)
    unknown = set(role.permissions) - set(PERMISSIONS)
    if unknown:
        raise BadPluginError(f"the role {role.key} names unknown permissions: {', '.join(sorted(unknown))}")
    return role


def all_roles() -> list[Role]:
    """Roles of core and of every available plugin, wherever they are in force."""
    return [one.value for one in host().declared("register_roles")]


def roles_in_force() -> list[Role]:
    """Roles of core and of the plugins that are on in the tenant in scope."""
    on = host().in_force()
    return [one.value for one in host().declared("register_roles") if one.plugin in on]


def role_by_key(key: str) -> Role | None:
    """The role with a key, when it is in force here."""
    return next((role for role in roles_in_force() if role.key == key), None)
