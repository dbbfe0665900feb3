"""Everything that somebody can be allowed to do here, in plain words, and how far each can reach."""

from core.access.scopes import ALL, SCOPES
from core.plugin_host.wording import Wording

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
    "rules:read": Wording(nb="slå opp i reglene", da="slå op i reglerne", en="look up the rules of the law"),
    "rules:choose": Wording(
        nb="bestemme lokal praksis der loven gir et valg",
        da="beslutte lokal praksis, hvor loven giver et valg",
        en="decide the local practice where the law leaves a choice",
    ),
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

GROUPS: tuple[tuple[Wording, tuple[str, ...]], ...] = (
    (
        Wording(nb="Avtaler og frister", da="Aftaler og frister", en="Agreements and deadlines"),
        ("agreement:read", "agreement:write", "agreement:send", "obligation:do"),
    ),
    (
        Wording(nb="Regler", da="Regler", en="Rules"),
        ("rules:read", "rules:choose"),
    ),
    (
        Wording(nb="Deltakere og kontakter", da="Deltagere og kontakter", en="Participants and contacts"),
        ("person:read", "person:write", "person:admit"),
    ),
    (
        Wording(nb="Det mest følsomme", da="Det mest følsomme", en="What is most sensitive"),
        ("national_id:reveal", "health:read", "health:write", "shielded:read"),
    ),
    (
        Wording(nb="Kolleger og arbeid", da="Kolleger og arbejde", en="Colleagues and work"),
        ("people:read", "people:manage", "work:hand_over", "work:act_for", "approval:decide"),
    ),
    (
        Wording(nb="Virksomheten", da="Organisationen", en="The organisation"),
        ("tenant:manage", "tenant:close", "unit:manage", "role:manage"),
    ),
    (
        Wording(nb="Innsyn og personvern", da="Indsigt og databeskyttelse", en="Insight and privacy"),
        ("audit:read", "privacy:manage"),
    ),
)
"""The permissions as a reader meets them: each in one group."""

GRADED = frozenset(
    permission
    for permission in PERMISSIONS
    if permission.partition(":")[0]
    in {"agreement", "obligation", "person", "national_id", "health", "shielded"}
)
"""Permissions about agreements or people, which can reach less than everything."""

CONFIDENTIAL = frozenset({"national_id:reveal", "health:read", "health:write", "shielded:read"})
"""Permissions that those who manage people need not have themselves."""


def scopes_of(permission: str) -> tuple[str, ...]:
    """How far a permission can reach, the narrowest first; most are about the whole organisation."""
    return SCOPES if permission in GRADED else (ALL,)
