"""The kinds of units that Danish municipalities and regions have."""

from core.sdk import UnitKind, Wording

UNIT_KINDS = (
    UnitKind("denmark.job_centre", Wording(nb="Jobbsenter", da="Jobcenter", en="Job centre")),
    UnitKind(
        "denmark.integration_team",
        Wording(nb="Integreringsteam", da="Integrationsteam", en="Integration team"),
    ),
    UnitKind(
        "denmark.company_team", Wording(nb="Bedriftsteam", da="Virksomhedsteam", en="Employer contact team")
    ),
    UnitKind(
        "denmark.youth_effort",
        Wording(nb="Kommunal ungdomsinnsats", da="Kommunal ungeindsats", en="Municipal youth effort"),
    ),
    UnitKind(
        "denmark.sickness_benefit_team",
        Wording(nb="Sykepengeteam", da="Sygedagpengeteam", en="Sickness benefit team"),
    ),
    UnitKind(
        "denmark.rehabilitation_team",
        Wording(
            nb="Team for fleksjobb og avklaring",
            da="Team for fleksjob og ressourceforløb",
            en="Flex job team",
        ),
    ),
    UnitKind("denmark.language_centre", Wording(nb="Språksenter", da="Sprogcenter", en="Language centre")),
    UnitKind("denmark.family_team", Wording(nb="Familieteam", da="Familieteam", en="Family team")),
    UnitKind("denmark.other", Wording(nb="Annen enhet", da="Anden afdeling", en="Other unit")),
)
