"""A proposed annual wheel for Norwegian municipalities and counties: fixed dates, and what follows from them.

Dates of budget and accounts: kommuneloven §§ 14-2, 14-3, 14-6 and 14-7 with the regulation on budget and
accounts; reporting: the yearly figures that municipalities send to the state.
"""

from core.sdk import SampleActivity

COUNTY = (
    SampleActivity("Regnskapstall og tjenestedata rapporteres til staten", 2, 15),
    SampleActivity("Årsregnskapet avlegges", 2, 22),
    SampleActivity("Årsberetningen avgis", 3, 31),
    SampleActivity("Første tertial slutter", 4, 30, "Rapporten om tertialet skrives i mai."),
    SampleActivity("Revidert nasjonalbudsjett legges fram", 5, 15),
    SampleActivity("Årsregnskap og årsberetning vedtas", 6, 30, "Siste frist."),
    SampleActivity("Innspill til neste års budsjett", 8),
    SampleActivity("Andre tertial slutter", 8, 31, "Rapporten om tertialet skrives i september."),
    SampleActivity("Statsbudsjettet legges fram", 10, None, "Vanligvis tidlig i oktober."),
    SampleActivity("Forslag til budsjett og økonomiplan legges fram", 11),
    SampleActivity("Budsjett og økonomiplan vedtas", 12, 31, "Siste frist: før årsskiftet."),
)

MUNICIPALITY = (
    *COUNTY,
    SampleActivity("Årsplan for samarbeidet med arbeidsgivere og Nav", 1),
    SampleActivity("Informasjonsmøte og samtaler før vårens oppstart", 1),
    SampleActivity("Evaluering av avtalene med arbeidsgivere", 5),
    SampleActivity("Informasjonsmøte og samtaler før høstens oppstart", 8),
    SampleActivity("Behovet for praksisplasser neste år meldes inn", 9),
    SampleActivity("Årlig gjennomgang av samarbeidsavtalen med Nav", 11),
)
