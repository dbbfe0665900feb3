"""Roles are bundles of permissions, declared by core and by plugins through the same hook."""

from typing import Any

from core.plugin_host.checks import BadPluginError, check_prefix
from core.plugin_host.declarations import Role
from core.plugin_host.wording import Wording
from core.tenancy.kinds import host

PERMISSIONS: dict[str, Wording] = {
    "tenant:manage": Wording(nb="endre innstillinger", da="ændre indstillinger", en="change settings"),
    "tenant:close": Wording(
        nb="avslutte bruken av Fotfeste", da="afslutte brugen af Fotfeste", en="end the use of Fotfeste"
    ),
    "people:read": Wording(
        nb="se hvem som arbeider her", da="se, hvem der arbejder her", en="see who works here"
    ),
    "people:manage": Wording(
        nb="invitere kolleger og gi dem roller",
        da="invitere kolleger og give dem roller",
        en="invite colleagues and give them roles",
    ),
    "unit:manage": Wording(nb="endre enheter", da="ændre afdelinger", en="change units"),
    "role:manage": Wording(nb="lage egne roller", da="lave egne roller", en="make roles of one's own"),
    "work:hand_over": Wording(
        nb="flytte arbeid fra en kollega til en annen",
        da="flytte arbejde fra en kollega til en anden",
        en="move work from one colleague to another",
    ),
    "work:act_for": Wording(
        nb="handle på vegne av en kollega",
        da="handle på vegne af en kollega",
        en="act on behalf of a colleague",
    ),
    "approval:decide": Wording(
        nb="godkjenne det en kollega har bedt om",
        da="godkende det, en kollega har bedt om",
        en="approve what a colleague has asked for",
    ),
    "agreement:read": Wording(nb="lese avtaler", da="læse aftaler", en="read agreements"),
    "agreement:write": Wording(nb="skrive avtaler", da="skrive aftaler", en="write agreements"),
    "agreement:send": Wording(
        nb="sende avtaler til signering",
        da="sende aftaler til underskrift",
        en="send agreements for signing",
    ),
    "obligation:do": Wording(nb="følge opp frister", da="følge op på frister", en="see to what is due"),
    "person:read": Wording(
        nb="se deltakere og kontakter", da="se deltagere og kontakter", en="see participants and contacts"
    ),
    "person:write": Wording(
        nb="registrere deltakere og kontakter",
        da="registrere deltagere og kontakter",
        en="register participants and contacts",
    ),
    "person:admit": Wording(
        nb="gi deltakere og kontakter tilgang",
        da="give deltagere og kontakter adgang",
        en="let participants and contacts in",
    ),
    "national_id:reveal": Wording(
        nb="vise identitetsnummer", da="vise personnummer", en="show national identity numbers"
    ),
    "health:read": Wording(
        nb="lese om helse og familie", da="læse om helbred og familie", en="read about health and family"
    ),
    "health:write": Wording(
        nb="skrive om helse og familie", da="skrive om helbred og familie", en="write about health and family"
    ),
    "shielded:read": Wording(
        nb="se personer med beskyttet adresse",
        da="se personer med beskyttet adresse",
        en="see people with a protected address",
    ),
    "audit:read": Wording(
        nb="se hvem som har gjort og sett hva",
        da="se, hvem der har gjort og set hvad",
        en="see who has done and seen what",
    ),
    "privacy:manage": Wording(
        nb="gi innsyn og slette personopplysninger",
        da="give indsigt og slette personoplysninger",
        en="give access to personal data and erase it",
    ),
}
"""What a permission is about and what it lets one do; a role grants it in one of the scopes."""

_READ = frozenset({"agreement:read", "people:read"})
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
