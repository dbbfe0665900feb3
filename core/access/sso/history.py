"""What the audit says in plain words about single sign-on."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from core.access.models import Account
from core.access.sso.models import FederatedIdentity, IdentityProvider
from core.kernel.database import db
from core.plugin_host.declarations import (
    ActionText,
    SubjectText,
)
from core.plugin_host.wording import Wording


def _providers(ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = select(IdentityProvider.id, IdentityProvider.issuer).where(IdentityProvider.id.in_(ids))
    return {row.id: row.issuer for row in db.session.execute(query)}


def _identities(ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = (
        select(FederatedIdentity.id, Account.name)
        .join(Account, Account.id == FederatedIdentity.account_id)
        .where(FederatedIdentity.id.in_(ids))
    )
    return {row.id: row.name for row in db.session.execute(query)}


HISTORY: tuple[ActionText | SubjectText, ...] = (
    SubjectText(
        "identity_provider",
        Wording(nb="Påloggingstjeneste", da="Logintjeneste", en="Sign-in service"),
        {
            "issuer": Wording(nb="adresse", da="adresse", en="address"),
            "client_id": Wording(nb="klient-id", da="klient-id", en="client id"),
            "client_secret": Wording(nb="hemmelighet", da="hemmelighed", en="secret"),
            "button_text": Wording(nb="tekst på knappen", da="tekst på knappen", en="text of the button"),
            "scopes": Wording(nb="omfang", da="omfang", en="scopes"),
            "subject_claim": Wording(nb="felt for person", da="felt for person", en="claim for the person"),
            "email_claim": Wording(nb="felt for e-post", da="felt for e-mail", en="claim for e-mail"),
            "name_claim": Wording(nb="felt for navn", da="felt for navn", en="claim for the name"),
            "roles_claim": Wording(nb="felt for roller", da="felt for roller", en="claim for roles"),
            "role_map": Wording(nb="grupper og roller", da="grupper og roller", en="groups and roles"),
            "default_role": Wording(nb="rolle for andre", da="rolle for andre", en="role of others"),
            "levels": Wording(nb="sikkerhetsnivåer", da="sikringsniveauer", en="levels of assurance"),
            "parameters": Wording(nb="flere parametere", da="flere parametre", en="more parameters"),
        },
        names=_providers,
    ),
    SubjectText(
        "identity",
        Wording(nb="Innlogging hos virksomheten", da="Login hos organisationen", en="Sign-in at work"),
        {"account_id": Wording(nb="konto", da="konto", en="account")},
        names=_identities,
    ),
    ActionText(
        "identity.connected",
        Wording(
            nb="koblet innloggingen hos virksomheten til kontoen til",
            da="forbandt login hos organisationen med kontoen for",
            en="connected the sign-in at work with the account of",
        ),
    ),
    ActionText(
        "sign_in.described",
        Wording(
            nb="endret påloggingstjenesten", da="ændrede logintjenesten", en="changed the sign-in service"
        ),
    ),
    ActionText(
        "sign_in.checked",
        Wording(
            nb="testet påloggingstjenesten", da="testede logintjenesten", en="tested the sign-in service"
        ),
    ),
    ActionText(
        "sign_in.tried",
        Wording(
            nb="prøvde selv påloggingstjenesten",
            da="prøvede selv logintjenesten",
            en="tried the sign-in service",
        ),
    ),
    ActionText(
        "sign_in.offered",
        Wording(
            nb="slo på påloggingstjenesten",
            da="slog logintjenesten til",
            en="turned on the sign-in service",
        ),
    ),
    ActionText(
        "sign_in.enforced",
        Wording(
            nb="krevde at alle bruker påloggingstjenesten",
            da="krævede, at alle bruger logintjenesten",
            en="required everybody to use the sign-in service",
        ),
    ),
    ActionText(
        "sign_in.relaxed",
        Wording(
            nb="sluttet å kreve påloggingstjenesten",
            da="holdt op med at kræve logintjenesten",
            en="no longer required the sign-in service",
        ),
    ),
    ActionText(
        "sign_in.turned_off",
        Wording(
            nb="slo av påloggingstjenesten",
            da="slog logintjenesten fra",
            en="turned off the sign-in service",
        ),
    ),
    ActionText(
        "member.break_glass_named",
        Wording(
            nb="lot alltid komme inn med eget passord",
            da="lod altid komme ind med egen adgangskode",
            en="let always come in with an own password",
        ),
    ),
    ActionText(
        "member.break_glass_released",
        Wording(
            nb="lot ikke lenger komme inn med eget passord",
            da="lod ikke længere komme ind med egen adgangskode",
            en="no longer let come in with an own password",
        ),
    ),
    ActionText(
        "member.break_glass_used",
        Wording(
            nb="kom inn utenom påloggingstjenesten, som",
            da="kom ind uden om logintjenesten, som",
            en="came in past the sign-in service, as",
        ),
    ),
)
