"""The categories of personal data in agreements and deadlines."""

from core.agreements.signing.personal import WAYS_OF_SIGNING
from core.plugin_host.privacy import Outcome, PersonalColumn, PersonalData, Retention
from core.plugin_host.wording import Wording

PEOPLE, TEXTS, SIGNATURES, DEADLINES, MEETINGS, VIEWS = (
    "agreements.people",
    "agreements.texts",
    "agreements.signatures",
    "agreements.deadlines",
    "agreements.meetings",
    "agreements.views",
)
IN_FORCE = Wording(
    nb="Avtalen er til signering, gjelder eller er bevis: navnene viser hvem som forpliktet seg.",
    da="Aftalen er til underskrift, gælder eller er bevis: navnene viser, hvem der forpligtede sig.",
    en="The agreement is out for signing, in force or evidence: the names show who bound themselves.",
)
_NAME = Wording(nb="Navn", da="Navn", en="Name")
_POSITION = Wording(nb="Stilling", da="Stilling", en="Position")
_EMAIL = Wording(nb="E-postadresse", da="E-mailadresse", en="E-mail address")
_PHONE = Wording(nb="Telefon", da="Telefon", en="Telephone")
_TEXT = Wording(nb="Tekst i avtalen", da="Tekst i aftalen", en="Text in the agreement")
_ORDER = Wording(nb="Tekst til sortering", da="Tekst til sortering", en="Text for sorting")
_ABOUT = Wording(
    nb="Kontaktpersoner og de som signerer, hos alle parter, også deltakere som selv er part",
    da="Kontaktpersoner og underskrivere hos alle parter, også deltagere, der selv er part",
    en="Contact persons and signatories of all parties, also participants who are a party themselves",
)
_BASIS = Wording(
    nb="Avtale og oppgave i allmennhetens interesse (GDPR artikkel 6 nr. 1 b og e)",
    da="Aftale og opgave i samfundets interesse (GDPR artikel 6, stk. 1, litra b og e)",
    en="Contract and task in the public interest (GDPR article 6(1)(b) and (e))",
)
_ENDED = Wording(
    nb="avtalen er utløpt; utkast, avslåtte og avlyste avtaler kan anonymiseres straks",
    da="aftalen er udløbet; udkast, afviste og annullerede aftaler kan anonymiseres straks",
    en="the agreement has expired; drafts, refused and cancelled agreements can be anonymised at once",
)
_PARTIES = Wording(nb="Partene i avtalen", da="Aftalens parter", en="The parties of the agreement")
_PARTIES_AND_SERVICE = Wording(
    nb="Partene i avtalen, og signeringstjenesten når virksomheten har valgt en",
    da="Aftalens parter, og signeringstjenesten, når organisationen har valgt en",
    en="The parties of the agreement, and the signing service where the organisation has chosen one",
)
KEPT = Retention(_ENDED, months=120)
LEFT = Retention(Wording(nb="tilgangen tok slutt", da="adgangen ophørte", en="access has ended"), months=3)


def declared() -> list[PersonalData]:
    """People, texts, signatures, deadlines, meetings and saved views."""
    return [_people(), _texts(), _signatures(), _deadlines(), _meetings(), _views()]


def _people() -> PersonalData:
    return PersonalData(
        key=PEOPLE,
        title=Wording(nb="Personer i avtaler", da="Personer i aftaler", en="People in agreements"),
        about=_ABOUT,
        purpose=Wording(
            nb="Vite hvem som følger opp avtalen og kan svare for den",
            da="Vide, hvem der følger op på aftalen og kan svare for den",
            en="Knowing who follows up the agreement and can answer for it",
        ),
        legal_basis=_BASIS,
        retention=KEPT,
        outcome=Outcome.ANONYMISE,
        kept_because=IN_FORCE,
        recipients=_PARTIES,
        columns=(
            PersonalColumn("agreements_contact.name", _NAME),
            PersonalColumn("agreements_contact.role_title", _POSITION),
            PersonalColumn("agreements_contact.email", _EMAIL),
            PersonalColumn("agreements_contact.phone", _PHONE),
            *_circle(),
        ),
    )


def _circle() -> tuple[PersonalColumn, ...]:
    """Receivers of reports, deputies, contacts who were asked, and addresses that mail did not reach."""
    receiver, deputy, check = (
        "agreements_report_receiver",
        "agreements_contact_deputy",
        "agreements_contact_check",
    )
    columns = {
        f"{receiver}.name": _NAME,
        f"{receiver}.role_title": _POSITION,
        f"{receiver}.email": _EMAIL,
        f"{receiver}.party_name": Wording(nb="Part", da="Part", en="Party"),
        f"{receiver}.confirmed_name": Wording(nb="Bekreftet av", da="Bekræftet af", en="Confirmed by"),
        f"{receiver}.remark": Wording(nb="Merknad", da="Bemærkning", en="Remark"),
        f"{deputy}.name": _NAME,
        f"{deputy}.email": _EMAIL,
        f"{deputy}.phone": _PHONE,
        f"{check}.email": _EMAIL,
        f"{check}.proposed_name": _NAME,
        f"{check}.proposed_role": _POSITION,
        f"{check}.proposed_email": _EMAIL,
        f"{check}.proposed_phone": _PHONE,
        "agreements_undelivered.email": _EMAIL,
    }
    return tuple(PersonalColumn(name, label) for name, label in columns.items())


def _texts() -> PersonalData:
    texts = (
        "agreements_agreement.title",
        "agreements_agreement.cancel_reason",
        "agreements_party.name",
        "agreements_clause.text",
        "agreements_clause_revision.text",
        "agreements_value.value",
        "agreements_goal.counting_rule",
        "agreements_version.content",
        "agreements_life_event.reason",
        *(f"agreements_report.{name}" for name in ("facts", "texts", "content", "reason")),
        "agreements_amendment.reason",
        "agreements_amendment.origin",
        "agreements_revision_request.name",
        "agreements_revision_request.party_name",
        "agreements_revision_request.words",
        "agreements_revision_request.answer",
    )
    return PersonalData(
        key=TEXTS,
        title=Wording(nb="Tekst i avtaler", da="Tekst i aftaler", en="Texts of agreements"),
        about=_ABOUT,
        purpose=Wording(
            nb="Avtalens innhold: hva partene lover hverandre",
            da="Aftalens indhold: hvad parterne lover hinanden",
            en="The content of the agreement: what the parties promise each other",
        ),
        legal_basis=_BASIS,
        retention=KEPT,
        outcome=Outcome.ANONYMISE,
        kept_because=IN_FORCE,
        recipients=_PARTIES,
        columns=(
            *(PersonalColumn(name, _TEXT) for name in texts),
            *(PersonalColumn(f"agreements_agreement.{key}", _ORDER) for key in ("title_key", "parties_key")),
            PersonalColumn(
                "agreements_word.word",
                Wording(nb="Ord å søke etter", da="Ord at søge efter", en="Words to search for"),
            ),
        ),
    )


def _signatures() -> PersonalData:
    request = "agreements_signature_request"
    return PersonalData(
        key=SIGNATURES,
        title=Wording(nb="Signaturer", da="Underskrifter", en="Signatures"),
        about=Wording(
            nb="De som blir bedt om å signere",
            da="De, der bliver bedt om at underskrive",
            en="Those who are asked to sign",
        ),
        purpose=Wording(
            nb="Vise hvem som har signert, når, og hvilken tekst",
            da="Vise, hvem der har underskrevet, hvornår, og hvilken tekst",
            en="Showing who has signed, when, and which text",
        ),
        legal_basis=_BASIS,
        retention=KEPT,
        outcome=Outcome.ANONYMISE,
        kept_because=IN_FORCE,
        recipients=_PARTIES_AND_SERVICE,
        columns=(
            PersonalColumn(f"{request}.name", _NAME),
            PersonalColumn(f"{request}.role_title", _POSITION),
            PersonalColumn(f"{request}.email", _EMAIL),
            PersonalColumn(f"{request}.phone", Wording(nb="Telefon", da="Telefon", en="Telephone")),
            PersonalColumn(f"{request}.party_name", Wording(nb="Part", da="Part", en="Party")),
            PersonalColumn(
                f"{request}.signed_name", Wording(nb="Signert av", da="Underskrevet af", en="Signed by")
            ),
            PersonalColumn(
                f"{request}.signed_role", Wording(nb="Signert som", da="Underskrevet som", en="Signed as")
            ),
            PersonalColumn(
                f"{request}.refusal_reason",
                Wording(nb="Grunn til å avslå", da="Grund til at afvise", en="Reason for refusing"),
            ),
            *WAYS_OF_SIGNING,
        ),
    )


def _deadlines() -> PersonalData:
    return PersonalData(
        key=DEADLINES,
        title=Wording(nb="Frister", da="Frister", en="Deadlines"),
        about=_ABOUT,
        purpose=Wording(
            nb="Minne om det avtalen lover",
            da="Minde om det, aftalen lover",
            en="Reminding of what the agreement promises",
        ),
        legal_basis=_BASIS,
        retention=KEPT,
        outcome=Outcome.ANONYMISE,
        kept_because=IN_FORCE,
        columns=(
            PersonalColumn(
                "obligations_obligation.subject_title",
                Wording(nb="Avtalens navn", da="Aftalens navn", en="Name of the agreement"),
            ),
            PersonalColumn(
                "obligations_obligation.called_by", Wording(nb="Innkalt av", da="Indkaldt af", en="Called by")
            ),
            PersonalColumn("obligations_obligation.title", Wording(nb="Hva", da="Hvad", en="What")),
            PersonalColumn("obligations_obligation.owner_name", Wording(nb="Hvem", da="Hvem", en="Who")),
            PersonalColumn(
                "obligations_obligation.moved_reason",
                Wording(nb="Grunn til å flytte", da="Grund til at flytte", en="Reason for moving"),
            ),
            PersonalColumn(
                "obligations_obligation.waived_reason",
                Wording(nb="Grunn til å frafalle", da="Grund til at frafalde", en="Reason for waiving"),
            ),
        ),
    )


def _meetings() -> PersonalData:
    texts = {
        "place": Wording(nb="Sted", da="Sted", en="Place"),
        "called_by": Wording(nb="Innkalt av", da="Indkaldt af", en="Called by"),
        "agenda": Wording(nb="Dagsorden", da="Dagsorden", en="Agenda"),
        "minutes": Wording(nb="Referat", da="Referat", en="Minutes"),
        "decisions": Wording(nb="Beslutninger", da="Beslutninger", en="Decisions"),
    }
    people = {"name": _NAME, "role_title": _POSITION, "email": _EMAIL}
    return PersonalData(
        key=MEETINGS,
        title=Wording(nb="Møter", da="Møder", en="Meetings"),
        about=Wording(
            nb="De som blir kalt inn til møter, og de som er nevnt i referater",
            da="Dem, der bliver indkaldt til møder, og dem, der er nævnt i referater",
            en="Those who are called to meetings, and those whom minutes mention",
        ),
        purpose=Wording(
            nb="Kalle inn til møtene avtalen lover, og vise hva de bestemte",
            da="Indkalde til de møder, aftalen lover, og vise, hvad de besluttede",
            en="Calling the meetings that the agreement promises, and showing what they decided",
        ),
        legal_basis=_BASIS,
        retention=KEPT,
        outcome=Outcome.ANONYMISE,
        kept_because=IN_FORCE,
        recipients=Wording(nb="Møtedeltakerne", da="Mødedeltagerne", en="Those who take part in the meeting"),
        columns=(
            *(PersonalColumn(f"obligations_meeting.{name}", title) for name, title in texts.items()),
            *(PersonalColumn(f"obligations_participant.{name}", title) for name, title in people.items()),
        ),
    )


def _views() -> PersonalData:
    return PersonalData(
        key=VIEWS,
        title=Wording(nb="Lagrede visninger", da="Gemte visninger", en="Saved views"),
        about=Wording(
            nb="Medarbeidere og dem de søker etter",
            da="Medarbejdere og dem, de søger efter",
            en="Members of staff and those they search for",
        ),
        purpose=Wording(
            nb="Finne de samme avtalene igjen",
            da="Finde de samme aftaler igen",
            en="Finding the same agreements again",
        ),
        legal_basis=_BASIS,
        retention=LEFT,
        outcome=Outcome.ERASE,
        columns=(
            PersonalColumn(
                "agreements_saved_view.name",
                Wording(nb="Visningens navn", da="Visningens navn", en="Name of the view"),
            ),
            PersonalColumn(
                "agreements_saved_view.asked",
                Wording(nb="Søk og filtre", da="Søgning og filtre", en="Search and filters"),
            ),
        ),
    )
