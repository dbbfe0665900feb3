"""Roles that services in Norway have beside the general ones. Each reaches no further than its work."""

from core.sdk import Role, Wording

_READS = frozenset({"all:agreement:read", "all:rules:read", "all:people:read"})
_WRITES = frozenset({"all:agreement:write", "all:agreement:send", "all:obligation:do"})
_LOCAL = ("norway.municipality", "norway.city_district")
_FOLLOWS_UP = frozenset({"unit:person:read", "unit:person:write", "unit:person:admit"})
_OWN_CONFIDENTIAL = frozenset({"own:health:read", "own:health:write", "own:national_id:reveal"})

ROLES = (
    Role(
        "norway.market_officer",
        Wording(nb="Markedskontakt", da="Virksomhedskonsulent", en="Market officer"),
        _READS | _WRITES,
        tenant_kinds=_LOCAL,
    ),
    Role(
        "norway.programme_adviser",
        Wording(nb="Programrådgiver", da="Programrådgiver", en="Programme adviser"),
        _READS | _FOLLOWS_UP | _OWN_CONFIDENTIAL | {"all:obligation:do"},
        tenant_kinds=_LOCAL,
    ),
    Role(
        "norway.teacher",
        Wording(nb="Lærer i voksenopplæringen", da="Lærer i voksenundervisningen", en="Teacher of adults"),
        frozenset({"related:agreement:read", "all:people:read", "own:person:read"}),
        tenant_kinds=_LOCAL,
    ),
    Role(
        "norway.nav_counsellor",
        Wording(nb="Veileder i Nav", da="Vejleder i Nav", en="Counsellor at NAV"),
        frozenset(
            {
                "unit:agreement:read",
                "all:rules:read",
                "all:people:read",
                "unit:person:read",
                "unit:obligation:do",
            }
        ),
        tenant_kinds=_LOCAL,
    ),
    Role(
        "norway.approver",
        Wording(nb="Beslutter", da="Beslutningstager", en="Approver"),
        _READS | {"all:approval:decide"},
    ),
    Role(
        "norway.regional_coordinator",
        Wording(nb="Regional koordinator", da="Regional koordinator", en="Regional coordinator"),
        _READS,
        tenant_kinds=("norway.county",),
    ),
)
