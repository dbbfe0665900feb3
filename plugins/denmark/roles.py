"""Roles that Danish jobcentres have beside the general ones. Each reaches no further than its work."""

from core.sdk import Role, Wording

_READS = frozenset({"all:agreement:read", "all:rules:read", "all:people:read"})
_WRITES = frozenset({"all:agreement:write", "all:agreement:send", "all:obligation:do"})
_LOCAL = ("denmark.municipality",)

ROLES = (
    Role(
        "denmark.job_consultant",
        Wording(nb="Jobbkonsulent", da="Jobkonsulent", en="Job consultant"),
        _READS
        | _WRITES
        | {
            "unit:person:read",
            "unit:person:write",
            "unit:person:admit",
            "own:health:read",
            "own:health:write",
            "own:national_id:reveal",
        },
        tenant_kinds=_LOCAL,
    ),
    Role(
        "denmark.coordinator",
        Wording(nb="Koordinator", da="Koordinator", en="Coordinator"),
        _READS | {"all:obligation:do", "unit:person:read"},
        tenant_kinds=_LOCAL,
    ),
    Role(
        "denmark.approver",
        Wording(nb="Beslutter", da="Bevillingsansvarlig", en="Approver"),
        _READS | {"all:approval:decide"},
    ),
    Role(
        "denmark.regional_coordinator",
        Wording(nb="Regional koordinator", da="Regional koordinator", en="Regional coordinator"),
        _READS,
        tenant_kinds=("denmark.region",),
    ),
)
