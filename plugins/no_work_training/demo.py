"""Fictional intention agreements, one in every state. Names of people and companies are made up."""

from core.sdk import DemoAgreement, DemoComment, DemoEvidence, DemoFigure, DemoVariant

TYPE = "no_work_training.intention_agreement"
NORDVIK = "norway.demo_municipality"
FJORDBYEN = "norway.demo_district"

_VALUES = {
    "main_target_group": "voksne med innvandrerbakgrunn som vil raskt i arbeid",
    "sending_units": "introduksjonsprogrammet\nkvalifiseringsprogrammet\nungdomstjenesten",
    "work_areas": "renhold\nkantine og enkel matlaging\nlager og varemottak",
    "participants_per_year": "12",
    "openings_per_year": "15",
    "sub_goals": "Deltakerne får arbeidserfaring de kan vise til.\n"
    "Deltakerne lærer norsk som de trenger i jobben.",
}
_NORDVIK_PEOPLE = {
    "public_leader": ("Leif Eksempel", "avdelingsleder", "leder@nordvik.example", "+47 99 00 00 01"),
    "public_daily": ("Vera Eksempel", "veileder", "veileder@nordvik.example", "+47 99 00 00 02"),
    "public_deputy": ("Vidar Eksempel", "veileder", "kollega@nordvik.example", "+47 99 00 00 03"),
}
_FJORDBYEN_PEOPLE = {
    "public_leader": ("Lars Prøve", "enhetsleder", "leder@fjordbyen.example", "+47 99 00 00 11"),
    "public_daily": ("Vilde Prøve", "veileder", "veileder@fjordbyen.example", "+47 99 00 00 12"),
    "public_deputy": ("Agnes Prøve", "rådgiver", "admin@fjordbyen.example", "+47 99 00 00 13"),
}


_NUMBERS = {
    "fjordbakeri": "312345749",
    "nordlysrenhold": "312345757",
    "fjellheimen": "312345765",
    "havgaphotell": "312345773",
    "tindenslager": "312345781",
    "gamlekai": "312345803",
    "skogholt": "312345811",
    "varsol": "312345838",
    "bryggenvarehus": "312345846",
    "trikkenverksted": "312345854",
    "strandkafe": "312345862",
    "bergtun": "312345870",
    "granlund": "312345889",
    "solsiden": "312345897",
    "elvebredden": "312345900",
    "kvernhuset": "312345919",
    "lyngheia": "312345927",
    "tyttebaermyra": "312345935",
}
"""Made up: valid by their check digit, from a series that no register uses."""
_REASONS = {
    "refused": "Vi kan ikke ta imot så mange samtidig. Kan vi begynne med fem?",
    "cancelled": "Bedriften flytter til en annen kommune.",
    "paused": "Lokalene bygges om, og ingen kan tas imot før de er ferdige.",
    "ending": "Bedriften legger ned avdelingen som tok imot deltakere.",
    "amended": "Evalueringen viste at møtene kan komme sjeldnere.",
    "amending": "Bedriften ønsker færre møter om sommeren.",
    "ended": "Partene er enige om at samarbeidet har nådd målet sitt.",
}

_COMMENTS = (
    DemoComment("purpose.goals", "Skal vi si noe om lærlinger her?"),
    DemoComment(
        "purpose.together",
        "Hotellet åpner til våren. Det bør stå.",
        "{public_name} og {employer_name} går sammen om å få flere i arbeid når hotellet åpner til våren. "
        "{employer_name} tilbyr arbeidstrening på en vanlig arbeidsplass. {public_name} finner deltakere som "
        "passer, og følger dem opp.",
    ),
)


_LIST = "Oversikten til den som følger opp deltakerne"
_NOTED = {
    "varsol": (
        DemoFigure("hire_share", 170, 3, 5, _LIST),
        DemoFigure("hire_share", 300, 8, 11, _LIST),
        DemoEvidence(
            "language_on_the_job",
            120,
            "Fadder på avdelingen",
            "En deltaker tar nå imot beskjeder på telefon og skriver dem ned selv.",
        ),
        DemoEvidence(
            "language_on_the_job",
            280,
            "Avdelingsleder",
            "To deltakere leser vaktplanen og HMS-tavlen uten hjelp.",
        ),
    ),
    "fjordbakeri": (
        DemoFigure("hire_share", 180, 5, 9, _LIST),
        DemoEvidence(
            "language_on_the_job", 90, "Fadder", "Oppskrifter og etiketter leses på norsk uten tolk."
        ),
    ),
    "gamlekai": (DemoFigure("hire_share", 350, 6, 11, _LIST),),
}
"""What was noted on the goals, by company."""


def _company(first_name: str, domain: str) -> dict[str, tuple[str, str, str, str]]:
    return {
        "employer_leader": (
            f"{first_name} Oppdiktet",
            "daglig leder",
            f"leder@{domain}.example",
            "+47 99 00 00 21",
        ),
        "employer_daily": (
            "Petra Oppdiktet",
            "personalansvarlig",
            f"personal@{domain}.example",
            "+47 99 00 00 22",
        ),
    }


def _agreement(
    tenant: str, company: str, state: str, first_name: str, domain: str, days_ago: int
) -> DemoAgreement:
    people = _NORDVIK_PEOPLE if tenant == NORDVIK else _FJORDBYEN_PEOPLE
    return DemoAgreement(
        type_key=TYPE,
        tenants=(tenant,),
        state=state,
        title=f"Intensjonsavtale med {company}",
        parties={"employer": (company, _NUMBERS[domain], "private")},
        values=_VALUES,
        people=people | _company(first_name, domain),
        days_ago=days_ago,
        reason=_REASONS.get(state, ""),
        noted=_NOTED.get(domain, ()),
        comments=_COMMENTS if domain == "havgaphotell" else (),
    )


AGREEMENTS = (
    _agreement(NORDVIK, "Fjord Bakeri AS", "active", "Bjørn", "fjordbakeri", 200),
    _agreement(NORDVIK, "Nordlys Renhold AS", "sent", "Randi", "nordlysrenhold", 9),
    _agreement(NORDVIK, "Fjellheimen Pensjonat AS", "asked", "Frid", "fjellheimen", 1),
    _agreement(NORDVIK, "Elvebredden Kantine AS", "rounds", "Elin", "elvebredden", 6),
    _agreement(NORDVIK, "Kvernhuset Bakeri AS", "in_meeting", "Kjersti", "kvernhuset", 90),
    _agreement(NORDVIK, "Lyngheia Gartneri AS", "on_paper", "Lars", "lyngheia", 4),
    _agreement(NORDVIK, "Havgap Hotell AS", "draft", "Hedda", "havgaphotell", 2),
    _agreement(NORDVIK, "Tindens Lager AS", "refused", "Tore", "tindenslager", 12),
    _agreement(NORDVIK, "Gamle Kai Kantine AS", "expired", "Gerd", "gamlekai", 420),
    _agreement(NORDVIK, "Skogholt Gartneri AS", "cancelled", "Siv", "skogholt", 30),
    _agreement(NORDVIK, "Vårsol Omsorg AS", "active", "Unni", "varsol", 320),
    _agreement(NORDVIK, "Strandkafeen AS", "paused", "Stine", "strandkafe", 40),
    _agreement(NORDVIK, "Bergtun Snekkeri AS", "ending", "Berit", "bergtun", 60),
    _agreement(NORDVIK, "Granlund Barnehage AS", "ended", "Grete", "granlund", 150),
    _agreement(NORDVIK, "Solsiden Vaskeri AS", "renewed", "Solveig", "solsiden", 420),
    _agreement(NORDVIK, "Tyttebærmyra Hagesenter AS", "amended", "Liv", "tyttebaermyra", 90),
    _agreement(FJORDBYEN, "Bryggen Varehus AS", "amending", "Brage", "bryggenvarehus", 60),
    _agreement(FJORDBYEN, "Trikken Verksted AS", "draft", "Trine", "trikkenverksted", 5),
)

VARIANTS = (
    DemoVariant(
        type_key=TYPE,
        tenants=(NORDVIK,),
        name="Intensjonsavtale for små bedrifter",
        questions=(("text", "Hvem lærer opp deltakeren?"), ("money", "Tilskudd til opplæring")),
        texts={
            "work.capacity": "{employer_name} regner med å ta imot {participants_per_year} deltakere "
            "i løpet av et år. "
            "{own_1} står for opplæringen.\n\nKommunen dekker opplæringen med {own_2} per år.",
        },
    ),
)
