"""The categories of personal data about people outside the organisation."""

from core.plugin_host.privacy import Outcome, PersonalColumn, PersonalData, Retention
from core.plugin_host.wording import Wording

PEOPLE, SENSITIVE, REQUESTS = "persons.people", "persons.sensitive", "persons.requests"
_ABOUT = Wording(
    nb="Deltakere, kontaktpersoner hos arbeidsgivere og faddere",
    da="Deltagere, kontaktpersoner hos arbejdsgivere og mentorer",
    en="Participants, contacts of employers and mentors",
)
_ENDED = Wording(
    nb="arbeidet med personen er avsluttet", da="arbejdet med personen er afsluttet", en="the work has ended"
)
_ENCRYPTED = Wording(
    nb="Kryptert i databasen, og hver visning blir loggført",
    da="Krypteret i databasen, og hver visning bliver logget",
    en="Encrypted in the database, and each showing is written down",
)


def declared() -> list[PersonalData]:
    """Who people are, what is written about health and family, and what they ask for."""
    return [_people(), _sensitive(), _requests()]


def _people() -> PersonalData:
    return PersonalData(
        key=PEOPLE,
        title=Wording(
            nb="Deltakere og kontakter", da="Deltagere og kontakter", en="Participants and contacts"
        ),
        about=_ABOUT,
        purpose=Wording(
            nb="Følge opp deltakere og samarbeide med arbeidsgivere",
            da="Følge op på deltagere og samarbejde med arbejdsgivere",
            en="Following up participants and working with employers",
        ),
        legal_basis=Wording(
            nb="Oppgave i allmennhetens interesse (GDPR artikkel 6 nr. 1 e)",
            da="Opgave i samfundets interesse (GDPR artikel 6, stk. 1, litra e)",
            en="Task in the public interest (GDPR article 6(1)(e))",
        ),
        retention=Retention(_ENDED, months=60),
        outcome=Outcome.ERASE,
        security=_ENCRYPTED,
        columns=(
            _column("person.name", "Navn", "Navn", "Name"),
            _column("person.sort_key", "Navn til sortering", "Navn til sortering", "Name for sorting"),
            _column("person.email", "E-postadresse", "E-mailadresse", "E-mail address"),
            _column("person.phone", "Telefon", "Telefon", "Phone"),
            _column("person.born_on", "Fødselsdato", "Fødselsdato", "Date of birth"),
            _column("person.national_id", "Identitetsnummer", "Personnummer", "National identity number"),
            _column(
                "person.national_id_index",
                "Søkenøkkel (uleselig)",
                "Søgenøgle (ulæselig)",
                "Search key (unreadable)",
            ),
            _column("person.address", "Adresse", "Adresse", "Address"),
            _column("person.shield", "Adressebeskyttelse", "Adressebeskyttelse", "Protection of the address"),
        ),
    )


def _sensitive() -> PersonalData:
    return PersonalData(
        key=SENSITIVE,
        title=Wording(nb="Helse og familie", da="Helbred og familie", en="Health and family"),
        about=_ABOUT,
        purpose=Wording(
            nb="Finne et arbeidssted som passer, og tilrettelegge",
            da="Finde en arbejdsplads, der passer, og tilpasse den",
            en="Finding a work place that fits, and adjusting it",
        ),
        legal_basis=Wording(
            nb="Arbeidsrett, trygd og sosialrett (GDPR artikkel 9 nr. 2 b)",
            da="Arbejdsret, social sikring og socialret (GDPR artikel 9, stk. 2, litra b)",
            en="Employment, social security and social protection law (GDPR article 9(2)(b))",
        ),
        retention=Retention(_ENDED, months=12),
        outcome=Outcome.ERASE,
        special=True,
        security=_ENCRYPTED,
        columns=(
            PersonalColumn("persons_sensitive.health", Wording(nb="Helse", da="Helbred", en="Health")),
            PersonalColumn("persons_sensitive.family", Wording(nb="Familie", da="Familie", en="Family")),
        ),
    )


def _requests() -> PersonalData:
    return PersonalData(
        key=REQUESTS,
        title=Wording(
            nb="Krav om innsyn og retting", da="Anmodninger om indsigt og rettelse", en="Requests of people"
        ),
        about=_ABOUT,
        purpose=Wording(
            nb="Svare den som spør om egne opplysninger",
            da="Svare den, der spørger om egne oplysninger",
            en="Answering those who ask about their own data",
        ),
        legal_basis=Wording(
            nb="Rettslig plikt (GDPR artikkel 6 nr. 1 c og artikkel 12)",
            da="Retlig forpligtelse (GDPR artikel 6, stk. 1, litra c, og artikel 12)",
            en="Legal obligation (GDPR articles 6(1)(c) and 12)",
        ),
        retention=Retention(
            Wording(nb="kravet er besvart", da="anmodningen er besvaret", en="the request was answered"),
            months=24,
        ),
        outcome=Outcome.ERASE,
        columns=(
            _column("request.text", "Det personen skrev", "Det, personen skrev", "What the person wrote"),
        ),
    )


def _column(name: str, nb: str, da: str, en: str) -> PersonalColumn:
    return PersonalColumn(f"persons_{name}", Wording(nb=nb, da=da, en=en))
