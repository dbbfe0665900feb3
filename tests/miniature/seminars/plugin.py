"""What seminars declare to the plugin host: a little of everything there is."""

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from flask import Blueprint

from core.sdk import (
    ActionText,
    AgreementFacts,
    AgreementTypeFolder,
    DemoAgreement,
    DemoPerson,
    DemoTenant,
    Erasure,
    Finding,
    GoalMeasure,
    HandedOver,
    Manifest,
    Matter,
    Measured,
    MeasureQuestion,
    MenuEntry,
    NumberCheck,
    OfficialPlace,
    PersonalData,
    PersonFound,
    PersonKey,
    PersonRecord,
    ProvidedFact,
    ProvidedFacts,
    Role,
    RuleSet,
    SubjectText,
    TenantKind,
    UnitKind,
    Wording,
    hook,
)
from core.sdk.signing import SigningProvider
from seminars import bureau, guests, measures
from seminars.law.room import RULE_SET
from seminars.views import pages

HERE = Path(__file__).parent
SEMINARS = Wording(nb="Seminarer", da="Seminarer", en="Seminars")
INVITATION = "seminars.invitation"

MANIFEST = Manifest(
    name="seminars",
    title=SEMINARS,
    summary=Wording(
        nb="En liste over seminarer med arbeidsgivere.",
        da="En liste over seminarer med arbejdsgivere.",
        en="A list of seminars with employers.",
    ),
    version="1.0.0",
    sdk=">=1,<2",
    countries=("XX",),
    personal_data=("names of guests",),
)


@hook
def register_tenant_kinds() -> list[TenantKind]:
    """A village, in a country of its own."""
    places = tuple(OfficialPlace(f"{n:03}", f"Village {n}", f"village {n:03}") for n in range(1, 400))
    return [
        TenantKind(
            key="seminars.village",
            country="XX",
            title=Wording(nb="Landsby", da="Landsby", en="Village"),
            office_word=None,
            places=places,
            district=None,
            number=NumberCheck(
                label=Wording(nb="Nummer", da="Nummer", en="Number"),
                help=Wording(nb="Minst ett tegn.", da="Mindst ét tegn.", en="At least one character."),
                normalise=lambda text: text.strip() or None,
            ),
            language="en",
            timezone="UTC",
            suggested_plugins=("seminars",),
        )
    ]


@hook
def register_unit_kinds() -> list[UnitKind]:
    """The kitchen."""
    return [UnitKind("seminars.kitchen", Wording(nb="Kjøkken", da="Køkken", en="Kitchen"))]


@hook
def register_roles() -> list[Role]:
    """Somebody who arranges seminars, and somebody who comes to them."""
    organiser = Wording(nb="Arrangør", da="Arrangør", en="Organiser")
    guest = Wording(nb="Gjest", da="Gæst", en="Guest")
    return [
        Role("seminars.organiser", organiser, frozenset({"all:agreement:read", "own:agreement:write"})),
        Role("seminars.guest", guest, frozenset({"own:person:read"}), outside=True),
    ]


@hook
def register_blueprints() -> list[Blueprint]:
    """The list of seminars."""
    return [pages]


@hook
def register_menu() -> list[MenuEntry]:
    """The door to the list."""
    return [MenuEntry("seminars.list", SEMINARS, "seminars_pages.coming", "agreement:read", weight=80)]


@hook
def register_actions() -> list[ActionText | SubjectText]:
    """What the audit says of seminars."""
    return [
        SubjectText(
            "seminar",
            Wording(nb="Seminar", da="Seminar", en="Seminar"),
            {
                "title": Wording(nb="tittel", da="titel", en="title"),
                "held_on": Wording(nb="dato", da="dato", en="date"),
            },
        ),
        ActionText(
            "seminars.announced",
            Wording(
                nb="førte opp seminaret", da="satte seminaret på listen", en="put the seminar on the list"
            ),
        ),
    ]


@hook
def register_agreement_types() -> list[AgreementTypeFolder]:
    """An invitation that both sides sign."""
    return [AgreementTypeFolder(HERE / "agreement_types" / "invitation" / "2026-1")]


@hook
def register_goal_measures() -> list[GoalMeasure]:
    """How many seminars were held."""
    return [measures.HELD]


@hook
def register_signing_providers() -> list[SigningProvider]:
    """A service of make-believe."""
    return [bureau.PROVIDER]


@hook
def register_rule_sets() -> list[RuleSet]:
    """Whether there is room."""
    return [RULE_SET]


@hook
def register_demo() -> list[DemoTenant | DemoAgreement | DemoPerson]:
    """A village that has invited a shop."""
    return [
        DemoTenant("seminars.first", "seminars.village", "001", "Village 1", "1"),
        DemoAgreement(INVITATION, ("seminars.first",), "draft", "Invitation to the shop"),
    ]


@hook
def register_personal_data() -> list[PersonalData]:
    """The guests."""
    return [guests.DECLARED]


@hook
def provide_people(text: str) -> list[PersonFound]:
    """Guests by name or address."""
    return guests.found(text)


@hook
def export_person(who: PersonKey) -> list[PersonRecord]:
    """The seminars that a person came to."""
    return guests.records_of(who)


@hook
def erase_person(who: PersonKey, dry_run: bool) -> list[Erasure]:
    """Seats without a name stay, so that the number of guests is still right."""
    return guests.anonymise(guests.seats_of(who), dry_run=dry_run)


@hook
def erase_expired(now: datetime, held: list[PersonKey], keys: list[str]) -> list[Erasure]:
    """Guests of seminars that were held long ago."""
    return guests.anonymise(guests.seats_before(now, held), dry_run=guests.GUESTS not in keys)


@hook
def provide_holidays(country: str, year: int) -> set[date]:
    """Midsummer is a holiday in the villages."""
    return {date(year, 6, 24)} if country == "XX" else set()


@hook
def provide_findings(facts: AgreementFacts) -> list[Finding]:
    """An invitation says what the seminar is about."""
    if facts.type_key != INVITATION:
        return []
    message = Wording(
        nb="Skriv hva det handler om.", da="Skriv, hvad det handler om.", en="Say what it is about."
    )
    status = "met" if facts.values.get("subject") else "unknown"
    return [Finding("seminars.subject", status, message, severity="stop")]


@hook
def provide_facts(facts: AgreementFacts) -> list[ProvidedFacts]:
    """Whoever is named in an invitation comes."""
    if facts.type_key != INVITATION:
        return []
    source = Wording(nb="de som er nevnt", da="dem, der er nævnt", en="those who are named")
    return [ProvidedFacts("room", (ProvidedFact("guests", len(facts.contacts), source),))]


@hook
def provide_measured(wanted: list[MeasureQuestion]) -> list[Measured]:
    """Seminars are the whole tenant's, so every agreement counts the same ones."""
    return measures.answers_to(wanted)


@hook
def provide_matters(email: str) -> list[Matter]:
    """The guest of honour is told of the first seminar."""
    if email != "guest@seminars.example":
        return []
    coming = Wording(nb="Kommer", da="Kommer", en="Coming")
    return [Matter("The first seminar", coming, datetime(2026, 12, 1, tzinfo=UTC))]


@hook
def hand_over_work(from_account: UUID, to_account: UUID, dry_run: bool) -> list[HandedOver]:
    """Nobody in particular is responsible for a seminar."""
    del from_account, to_account, dry_run
    return [HandedOver(SEMINARS, 0)]


@hook
def slot_next_steps(facts: AgreementFacts) -> list[Wording]:
    """Coffee comes first."""
    if facts.type_key != INVITATION:
        return []
    return [Wording(nb="Bestill kaffe.", da="Bestil kaffe.", en="Order coffee.")]


@hook
def on_agreement_activated(agreement_id: UUID) -> None:
    """Nothing has to be done: the list is kept by hand."""
    del agreement_id
