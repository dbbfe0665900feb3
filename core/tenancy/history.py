"""What the audit says in plain words about a tenant itself."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from core.kernel.database import db
from core.plugin_host.declarations import (
    ActionText,
    SubjectText,
)
from core.plugin_host.wording import Wording
from core.tenancy.models import ServedPlace, Unit
from core.tenancy.served import official_name
from core.tenancy.service import by_ids


def names_of(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Names of tenants by id."""
    return {tenant_id: card.name for tenant_id, card in by_ids(ids).items()}


def unit_names(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Names of units by id, in the tenant in scope."""
    query = select(Unit.id, Unit.name).where(Unit.id.in_(ids))
    return {row.id: row.name for row in db.session.execute(query)}


def _places(ids: Collection[UUID]) -> Mapping[UUID, str]:
    rows = db.session.scalars(select(ServedPlace).where(ServedPlace.id.in_(ids)))
    return {row.id: official_name(row.kind, row.place_code) for row in rows}


HISTORY: tuple[ActionText | SubjectText, ...] = (
    SubjectText(
        "tenant",
        Wording(nb="Virksomheten", da="Organisationen", en="The organisation"),
        {
            "language": Wording(nb="språk", da="sprog", en="language"),
            "office_word": Wording(nb="ord for kontoret", da="ord for kontoret", en="word for the office"),
            "name": Wording(nb="navn", da="navn", en="name"),
            "closes_on": Wording(nb="siste dag", da="sidste dag", en="last day"),
            "logo_id": Wording(nb="logo", da="logo", en="logo"),
            "support_may_enter": Wording(nb="supports adgang", da="supports adgang", en="access of support"),
            "members": Wording(nb="medlemmer", da="medlemmer", en="members"),
            "second_factor": Wording(nb="totrinnsinnlogging", da="totrinslogin", en="second step"),
            "email": Wording(nb="e-post", da="e-mail", en="e-mail"),
            "person.name": Wording(nb="navn på deltakere", da="navne på deltagere", en="names of people"),
            "person.email": Wording(nb="deltakeres e-post", da="deltageres e-mail", en="e-mail of people"),
        },
        names=names_of,
    ),
    SubjectText(
        "unit",
        Wording(nb="Enhet", da="Afdeling", en="Unit"),
        {
            "kind": Wording(nb="slags", da="slags", en="kind"),
            "name": Wording(nb="navn", da="navn", en="name"),
            "closed_at": Wording(nb="lukket", da="lukket", en="closed"),
        },
        names=unit_names,
    ),
    SubjectText(
        "served_place",
        Wording(nb="Kommune vi betjener", da="Kommune, vi betjener", en="Place we serve"),
        {
            "place_code": Wording(nb="sted", da="sted", en="place"),
            "served_from": Wording(nb="fra", da="fra", en="from"),
            "served_until": Wording(nb="til", da="til", en="until"),
        },
        names=_places,
    ),
    ActionText(
        "unit.opened", Wording(nb="opprettet enheten", da="oprettede afdelingen", en="opened the unit")
    ),
    ActionText(
        "unit.renamed",
        Wording(nb="ga enheten nytt navn", da="gav afdelingen nyt navn", en="renamed the unit"),
    ),
    ActionText("unit.closed", Wording(nb="lukket enheten", da="lukkede afdelingen", en="closed the unit")),
    ActionText(
        "served_place.added",
        Wording(nb="begynte å betjene", da="begyndte at betjene", en="began to serve"),
    ),
    ActionText(
        "served_place.ended",
        Wording(nb="satte siste dag for", da="satte sidste dag for", en="set the last day of serving"),
    ),
    ActionText(
        "tenant.words_chosen",
        Wording(nb="valgte egne ord", da="valgte egne ord", en="chose words of their own"),
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
        "tenant.export_asked",
        Wording(
            nb="ba om et arkiv med alt", da="bad om et arkiv med alt", en="asked for an archive of everything"
        ),
    ),
    ActionText(
        "tenant.export_fetched",
        Wording(nb="lastet ned arkivet", da="hentede arkivet", en="downloaded the archive"),
    ),
    ActionText(
        "tenant.closing_asked",
        Wording(
            nb="bestemte at bruken av Fotfeste avsluttes",
            da="besluttede at afslutte brugen af Fotfeste",
            en="decided to stop using Fotfeste",
        ),
    ),
    ActionText(
        "tenant.closing_taken_back",
        Wording(
            nb="bestemte at bruken av Fotfeste fortsetter",
            da="besluttede at fortsætte brugen af Fotfeste",
            en="decided to go on using Fotfeste",
        ),
    ),
    ActionText(
        "tenant.support_invited",
        Wording(
            nb="slapp inn support i et døgn",
            da="lukkede support ind i et døgn",
            en="let support in for a day",
        ),
    ),
    ActionText(
        "tenant.support_rule_chosen",
        Wording(
            nb="bestemte når support får komme inn",
            da="besluttede, hvornår support må komme ind",
            en="decided when support may come in",
        ),
    ),
    ActionText(
        "tenant.renamed",
        Wording(
            nb="ga virksomheten nytt navn", da="gav organisationen nyt navn", en="renamed the organisation"
        ),
    ),
    ActionText(
        "tenant.settings_changed",
        Wording(nb="endret innstillinger", da="ændrede indstillinger", en="changed settings"),
    ),
    ActionText(
        "tenant.second_factor_chosen",
        Wording(
            nb="bestemte hvem som må logge inn i to trinn",
            da="besluttede, hvem der skal logge ind i to trin",
            en="decided who must sign in in two steps",
        ),
    ),
    ActionText(
        "tenant.word_layout_changed",
        Wording(
            nb="byttet Word-oppsettet til", da="skiftede Word-layoutet for", en="changed the Word layout of"
        ),
    ),
    ActionText(
        "tenant.word_layout_removed",
        Wording(
            nb="fjernet Word-oppsettet til", da="fjernede Word-layoutet for", en="removed the Word layout of"
        ),
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
