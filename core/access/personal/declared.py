"""The categories of personal data of access."""

from core.access.personal import cooperation
from core.plugin_host.privacy import Outcome, PersonalColumn, PersonalData, Retention
from core.plugin_host.wording import Wording

ACCOUNTS, INVITATIONS, IDENTITIES = "access.accounts", "access.invitations", "access.identities"
SIGN_INS, ATTEMPTS, VISITS = "access.sign_ins", "access.attempts", "access.support_visits"
_NAME = Wording(nb="Navn", da="Navn", en="Name")
_EMAIL = Wording(nb="E-postadresse", da="E-mailadresse", en="E-mail address")
_PUBLIC_TASK = Wording(
    nb="Oppgave i allmennhetens interesse og sikker behandling (GDPR artikkel 6 nr. 1 e og artikkel 32)",
    da="Opgave i samfundets interesse og sikker behandling (GDPR artikel 6, stk. 1, litra e, og artikel 32)",
    en="Task in the public interest and security of processing (GDPR article 6(1)(e) and article 32)",
)


def declared() -> list[PersonalData]:
    """Accounts of members, invitations, and who an identity provider means."""
    return [
        _accounts(),
        _invited(),
        _identities(),
        _sign_ins(),
        _attempts(),
        _visits(),
        cooperation.declared(_PUBLIC_TASK),
    ]


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
            Wording(nb="tilgangen tok slutt", da="adgangen ophørte", en="access has ended"), months=3
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
                "access_account.totp_secret",
                Wording(
                    nb="Hemmelighet for engangskoder (uleselig)",
                    da="Hemmelighed for engangskoder (ulæselig)",
                    en="Secret of one-time codes (unreadable)",
                ),
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
            Wording(nb="tilgangen tok slutt", da="adgangen ophørte", en="access has ended"), months=3
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


def _sign_ins() -> PersonalData:
    unreadable = Wording(nb="Nøkkel (uleselig)", da="Nøgle (ulæselig)", en="Key (unreadable)")
    return PersonalData(
        key=SIGN_INS,
        title=Wording(
            nb="Innlogginger og tilgangsnøkler", da="Login og adgangsnøgler", en="Sign-ins and passkeys"
        ),
        about=Wording(nb="Medarbeidere", da="Medarbejdere", en="Members of staff"),
        purpose=Wording(
            nb="La den som er logget inn se og stoppe sine egne innlogginger",
            da="Lade den, der er logget ind, se og stoppe sine egne login",
            en="Letting those who are signed in see and stop their own sign-ins",
        ),
        legal_basis=_PUBLIC_TASK,
        retention=Retention(
            Wording(nb="innloggingen tok slutt", da="login ophørte", en="the sign-in has ended"), days=90
        ),
        outcome=Outcome.ERASE,
        automatic=True,
        columns=(
            PersonalColumn("access_session.device", Wording(nb="Enhet", da="Enhed", en="Device")),
            PersonalColumn(
                "access_session.network",
                Wording(nb="Nettadresse, forkortet", da="Netadresse, forkortet", en="Network, shortened"),
            ),
            PersonalColumn(
                "access_passkey.name",
                Wording(nb="Adgangsnøkkelens navn", da="Adgangsnøglens navn", en="Name of the passkey"),
            ),
            PersonalColumn("access_passkey.credential_id", unreadable),
            PersonalColumn("access_passkey.public_key", unreadable),
        ),
    )


def _attempts() -> PersonalData:
    hashed = Wording(nb="Avtrykk (uleselig)", da="Aftryk (ulæseligt)", en="Fingerprint (unreadable)")
    return PersonalData(
        key=ATTEMPTS,
        title=Wording(nb="Forsøk på å logge inn", da="Forsøg på at logge ind", en="Attempts to sign in"),
        about=Wording(
            nb="Alle som prøver å logge inn",
            da="Alle, der prøver at logge ind",
            en="Whoever tries to sign in",
        ),
        purpose=Wording(
            nb="Stoppe den som gjetter passord",
            da="Stoppe den, der gætter adgangskoder",
            en="Stopping those who guess passwords",
        ),
        legal_basis=_PUBLIC_TASK,
        retention=Retention(
            Wording(nb="forsøket ble gjort", da="forsøget blev gjort", en="the attempt was made"), days=30
        ),
        outcome=Outcome.ERASE,
        automatic=True,
        columns=(
            PersonalColumn("access_attempt.key", hashed),
            PersonalColumn("access_attempt.network_key", hashed),
        ),
    )


def _visits() -> PersonalData:
    return PersonalData(
        key=VISITS,
        title=Wording(nb="Besøk fra support", da="Besøg fra support", en="Visits by support"),
        about=Wording(nb="De som driver Fotfeste", da="De, der driver Fotfeste", en="Those who run Fotfeste"),
        purpose=Wording(
            nb="Vise virksomheten hvem som har vært inne, og hvorfor",
            da="Vise organisationen, hvem der har været inde, og hvorfor",
            en="Showing the organisation who has been inside, and why",
        ),
        legal_basis=_PUBLIC_TASK,
        retention=Retention(
            Wording(
                nb="virksomheten har sluttet å bruke Fotfeste",
                da="organisationen er holdt op med at bruge Fotfeste",
                en="the organisation has stopped using Fotfeste",
            )
        ),
        outcome=Outcome.KEEP,
        kept_because=Wording(
            nb="Virksomheten skal kunne se hvem som har vært inne hos den.",
            da="Organisationen skal kunne se, hvem der har været inde hos den.",
            en="The organisation must be able to see who has been inside.",
        ),
        columns=(
            PersonalColumn("access_support_visit.name", _NAME),
            PersonalColumn(
                "access_support_visit.reason",
                Wording(nb="Grunn til besøket", da="Grund til besøget", en="Reason of the visit"),
            ),
        ),
    )
