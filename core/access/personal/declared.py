"""The categories of personal data of access."""

from core.plugin_host.privacy import Outcome, PersonalColumn, PersonalData, Retention
from core.plugin_host.wording import Wording

ACCOUNTS, INVITATIONS, IDENTITIES = "access.accounts", "access.invitations", "access.identities"
_NAME = Wording(nb="Navn", da="Navn", en="Name")
_EMAIL = Wording(nb="E-postadresse", da="E-mailadresse", en="E-mail address")
_PUBLIC_TASK = Wording(
    nb="Oppgave i allmennhetens interesse og sikker behandling (GDPR artikkel 6 nr. 1 e og artikkel 32)",
    da="Opgave i samfundets interesse og sikker behandling (GDPR artikel 6, stk. 1, litra e, og artikel 32)",
    en="Task in the public interest and security of processing (GDPR article 6(1)(e) and article 32)",
)


def declared() -> list[PersonalData]:
    """Accounts of members, invitations, and who an identity provider means."""
    return [_accounts(), _invited(), _identities()]


def _accounts() -> PersonalData:
    return PersonalData(
        key=ACCOUNTS,
        title=Wording(nb="Kontoer og tilgang", da="Konti og adgang", en="Accounts and access"),
        about=Wording(nb="Medarbeidere", da="Medarbejdere", en="Members of staff"),
        purpose=Wording(
            nb="Vite hvem som logger inn og hva de kan gjøre",
            da="Vide, hvem der logger ind, og hvad de må gøre",
            en="Knowing who signs in and what they may do",
        ),
        legal_basis=_PUBLIC_TASK,
        retention=Retention(
            Wording(nb="tilgangen tok slutt", da="adgangen ophørte", en="access has ended"), months=24
        ),
        outcome=Outcome.ANONYMISE,
        columns=(
            PersonalColumn("access_account.email", _EMAIL),
            PersonalColumn("access_account.name", _NAME),
            PersonalColumn(
                "access_account.password",
                Wording(nb="Passord (uleselig)", da="Adgangskode (ulæselig)", en="Password (unreadable)"),
            ),
            PersonalColumn(
                "access_account.fs_uniquifier",
                Wording(nb="Nøkkel for innlogging", da="Nøgle til login", en="Key of the sign-in"),
            ),
        ),
    )


def _invited() -> PersonalData:
    return PersonalData(
        key=INVITATIONS,
        title=Wording(nb="Invitasjoner", da="Invitationer", en="Invitations"),
        about=Wording(
            nb="Personer som er invitert", da="Personer, der er inviteret", en="People who were invited"
        ),
        purpose=Wording(
            nb="Slippe inn dem som skal arbeide her",
            da="Lukke dem ind, der skal arbejde her",
            en="Letting in those who shall work here",
        ),
        legal_basis=_PUBLIC_TASK,
        retention=Retention(
            Wording(nb="invitasjonen gikk ut", da="invitationen udløb", en="the invitation has expired"),
            months=6,
        ),
        outcome=Outcome.ERASE,
        automatic=True,
        columns=(
            PersonalColumn("access_invitation.email", _EMAIL),
            PersonalColumn("access_invitation.name", _NAME),
        ),
    )


def _identities() -> PersonalData:
    return PersonalData(
        key=IDENTITIES,
        title=Wording(nb="Felles pålogging", da="Fælles login", en="Single sign-on"),
        about=Wording(nb="Medarbeidere", da="Medarbejdere", en="Members of staff"),
        purpose=Wording(
            nb="Kjenne igjen den som logger inn hos virksomhetens egen påloggingstjeneste",
            da="Genkende den, der logger ind hos organisationens egen logintjeneste",
            en="Recognising who signs in at the organisation's own identity provider",
        ),
        legal_basis=_PUBLIC_TASK,
        retention=Retention(
            Wording(nb="tilgangen tok slutt", da="adgangen ophørte", en="access has ended"), months=24
        ),
        outcome=Outcome.ERASE,
        security=Wording(
            nb="Kryptert i databasen", da="Krypteret i databasen", en="Encrypted in the database"
        ),
        columns=(
            PersonalColumn(
                "access_federated_identity.subject",
                Wording(nb="Identitet hos tjenesten", da="Identitet hos tjenesten", en="Identity there"),
            ),
            PersonalColumn(
                "access_federated_identity.subject_key",
                Wording(nb="Søkenøkkel (uleselig)", da="Søgenøgle (ulæselig)", en="Search key (unreadable)"),
            ),
        ),
    )
