"""What people usually do next with an integration plan or contract. Pure functions."""

from core.sdk import AgreementFacts, Wording

PLAN, CONTRACT = "no_introduction.integration_plan", "no_introduction.integration_contract"
_REFUSED = Wording(
    nb="Skriv ned hvorfor deltakeren ikke vil signere, og hva dere er uenige om. "
    "Programmet og stønaden venter ikke på underskriften.",
    da="Skriv ned, hvorfor deltageren ikke vil underskrive, og hvad I er uenige om. "
    "Programmet og ydelsen venter ikke på underskriften.",
    en="Write down why the participant does not want to sign and what you disagree about. "
    "The programme and the benefit do not wait for the signature.",
)
_STEPS = {
    (PLAN, "draft"): (
        Wording(
            nb="Gå gjennom planen sammen med deltakeren, med tolk når det trengs, "
            "og skriv hva deltakeren mener.",
            da="Gennemgå planen sammen med deltageren, med tolk når det er nødvendigt, "
            "og skriv, hvad deltageren mener.",
            en="Go through the plan with the participant, with an interpreter when needed, "
            "and write what the participant thinks.",
        ),
        Wording(
            nb="Lag integreringskontrakten samtidig, så deltakeren kan signere begge i samme samtale.",
            da="Lav integrationskontrakten samtidig, så deltageren kan underskrive begge i samme samtale.",
            en="Make the integration contract at the same time, so that both are signed in the same talk.",
        ),
    ),
    (PLAN, "active"): (
        Wording(
            nb="Gi deltakeren planen på papir, og sett første gjennomgang i kalenderen.",
            da="Giv deltageren planen på papir, og sæt den første gennemgang i kalenderen.",
            en="Give the participant the plan on paper, and put the first review in the calendar.",
        ),
        Wording(
            nb="Gå også gjennom planen når noe viktig endrer seg, for eksempel jobb, bosted, "
            "familie eller norskprøve.",
            da="Gennemgå også planen, når noget vigtigt ændrer sig, for eksempel job, bopæl, "
            "familie eller norskprøve.",
            en="Go through the plan also when something important changes, such as work, home, family "
            "or a language test.",
        ),
        Wording(
            nb="Avtal senest 90 dager før siste programdag hvem som følger opp deltakeren etterpå.",
            da="Aftal senest 90 dage før sidste programdag, hvem der følger op på deltageren bagefter.",
            en="Agree at least 90 days before the last day of the programme who follows up afterwards.",
        ),
    ),
    (PLAN, "refused"): (_REFUSED,),
    (CONTRACT, "refused"): (_REFUSED,),
}


def next_steps(facts: AgreementFacts) -> list[Wording]:
    """Advice for the status that a plan or contract has."""
    return list(_STEPS.get((facts.type_key, facts.status), ()))
