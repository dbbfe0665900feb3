"""What the audit says in plain words about a tenant itself."""

from collections.abc import Collection, Mapping
from uuid import UUID

from core.plugin_host.declarations import ActionText, SubjectText
from core.plugin_host.wording import Wording
from core.tenancy.service import by_ids


def names_of(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Names of tenants by id."""
    return {tenant_id: card.name for tenant_id, card in by_ids(ids).items()}


HISTORY: tuple[ActionText | SubjectText, ...] = (
    SubjectText(
        "tenant",
        Wording(nb="Virksomheten", da="Organisationen", en="The organisation"),
        {
            "language": Wording(nb="språk", da="sprog", en="language"),
            "office_word": Wording(nb="ord for kontoret", da="ord for kontoret", en="word for the office"),
            "logo_id": Wording(nb="logo", da="logo", en="logo"),
            "members": Wording(nb="medlemmer", da="medlemmer", en="members"),
        },
        names=names_of,
    ),
    ActionText(
        "tenant.signed_up",
        Wording(
            nb="registrerte virksomheten", da="tilmeldte organisationen", en="signed the organisation up"
        ),
    ),
    ActionText(
        "tenant.confirmed",
        Wording(nb="bekreftet virksomheten", da="bekræftede organisationen", en="confirmed the organisation"),
    ),
    ActionText(
        "tenant.released",
        Wording(
            nb="frigjorde virksomhetens plass",
            da="frigav organisationens plads",
            en="freed the organisation's place",
        ),
    ),
    ActionText(
        "tenant.suspended",
        Wording(nb="stanset bruken", da="standsede brugen", en="suspended the organisation"),
    ),
    ActionText(
        "tenant.suspension_lifted",
        Wording(nb="åpnet for bruk igjen", da="åbnede for brug igen", en="let the organisation work again"),
    ),
    ActionText(
        "tenant.settings_changed",
        Wording(nb="endret innstillinger", da="ændrede indstillinger", en="changed settings"),
    ),
    ActionText(
        "tenant.logo_changed",
        Wording(nb="endret logoen", da="ændrede logoet", en="changed the logo"),
    ),
    ActionText(
        "tenant.plugins_chosen",
        Wording(
            nb="slo moduler av eller på", da="slog moduler fra eller til", en="switched modules on or off"
        ),
    ),
    ActionText(
        "tenant.read",
        Wording(nb="så hvem som arbeider her", da="så, hvem der arbejder her", en="saw who works here"),
    ),
)
