"""A proposed annual wheel for Danish municipalities: fixed dates, and what follows from them.

Dates of budget and accounts: kommunestyrelsesloven §§ 37, 38 and 45 with the orders on budget and accounts.
"""

from core.sdk import SampleActivity

MUNICIPALITY = (
    SampleActivity("Årsplan for samarbejdet med virksomheder", 1),
    SampleActivity("Regnskabet afsluttes og sendes til revision", 4, 30, "Senest inden 1. maj."),
    SampleActivity("Første budgetopfølgning", 4),
    SampleActivity("Evaluering af partnerskabsaftalerne", 5),
    SampleActivity("Aftalen om kommunernes økonomi indgås", 6, None, "Vejledende tidspunkt."),
    SampleActivity("Finanslovforslaget fremsættes", 8, 31, "Senest fire måneder før finansåret."),
    SampleActivity("Regnskabet godkendes, og revisionens bemærkninger besvares", 8, 31),
    SampleActivity("Halvårsregnskabet behandles", 9, None, "Inden budgettets første behandling."),
    SampleActivity("Budgetforslaget til kommunalbestyrelsen", 9, 15, "Senest 15. september."),
    SampleActivity("Behovet for praktikpladser næste år meldes ind", 9),
    SampleActivity("Budgettet vedtages", 10, 15, "Anden behandling, senest 15. oktober."),
    SampleActivity("Årlig gennemgang af kontakten til virksomhederne", 11),
)
