"""The kinds of units that Norwegian municipalities, city districts and counties have."""

from core.sdk import UnitKind, Wording

UNIT_KINDS = (
    UnitKind(
        "norway.refugee_service",
        Wording(nb="Flyktningtjeneste", da="Flygtningetjeneste", en="Refugee service"),
    ),
    UnitKind(
        "norway.adult_education",
        Wording(nb="Voksenopplæring", da="Voksenuddannelse", en="Adult education"),
    ),
    UnitKind("norway.nav_office", Wording(nb="Nav-kontor", da="Nav-kontor", en="Nav office")),
    UnitKind(
        "norway.qualification_programme",
        Wording(
            nb="Team for kvalifiseringsprogrammet",
            da="Team for kvalificeringsprogrammet",
            en="Qualification programme team",
        ),
    ),
    UnitKind("norway.youth_team", Wording(nb="Ungdomsteam", da="Ungeteam", en="Youth team")),
    UnitKind("norway.family_team", Wording(nb="Familieteam", da="Familieteam", en="Family team")),
    UnitKind(
        "norway.employer_team", Wording(nb="Markedsteam", da="Virksomhedsteam", en="Employer contact team")
    ),
    UnitKind(
        "norway.business_development",
        Wording(nb="Næring og utvikling", da="Erhverv og udvikling", en="Business development"),
    ),
    UnitKind("norway.other", Wording(nb="Annen enhet", da="Anden afdeling", en="Other unit")),
)
