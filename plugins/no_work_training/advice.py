"""What stands out in an intention agreement, and what its people usually do next. Pure functions."""

from core.sdk import AgreementFacts, Finding, Wording

TYPE = "no_work_training.intention_agreement"
_TOO_FEW = Wording(
    nb="Bedriften regner med færre ledige stillinger enn det antallet deltakere dere planlegger. "
    "Vurder et lavere antall, eller avtal hva de andre skal kvalifisere seg for.",
    da="Virksomheden regner med færre ledige stillinger end det antal deltagere, I planlægger. "
    "Overvej et lavere antal, eller aftal, hvad de andre skal kvalificere sig til.",
    en="The company expects fewer openings than the number of participants you plan for. "
    "Consider a lower number, or agree on what the others are to qualify for.",
)
_UNKNOWN = Wording(
    nb="Skriv hvor mange deltakere og hvor mange ledige stillinger dere regner med per år. "
    "Uten tallene kan ingen se om avtalen er realistisk.",
    da="Skriv, hvor mange deltagere og hvor mange ledige stillinger I regner med om året. "
    "Uden tallene kan ingen se, om aftalen er realistisk.",
    en="Write how many participants and how many openings you expect each year. "
    "Without the numbers nobody can see whether the agreement is realistic.",
)
_ENOUGH = Wording(
    nb="Det er stillinger nok til deltakerne.",
    da="Der er stillinger nok til deltagerne.",
    en="There are openings enough for the participants.",
)
_STEPS = {
    "draft": (
        Wording(
            nb="Gå gjennom arbeidsområdene sammen med bedriften før du sender avtalen.",
            da="Gennemgå arbejdsområderne sammen med virksomheden, før du sender aftalen.",
            en="Go through the work areas with the company before you send the agreement.",
        ),
    ),
    "active": (
        Wording(
            nb="Avtal første informasjonsmøte for deltakere, og be bedriften møte opp.",
            da="Aftal det første informationsmøde for deltagere, og bed virksomheden deltage.",
            en="Set the first information meeting for participants and ask the company to attend.",
        ),
        Wording(
            nb="Gi alle veilederne beskjed om hva bedriften ser etter.",
            da="Fortæl alle vejledere, hvad virksomheden søger.",
            en="Tell all advisers what the company is looking for.",
        ),
    ),
}


def capacity(facts: AgreementFacts) -> Finding:
    """Openings at the company against planned participants, each per year; unknown when either is missing."""
    participants, openings = facts.values.get("participants_per_year"), facts.values.get("openings_per_year")
    key = "no_work_training.capacity"
    if not participants or not openings:
        return Finding(key, "unknown", _UNKNOWN)
    if int(openings) < int(participants):
        return Finding(key, "not_met", _TOO_FEW)
    return Finding(key, "met", _ENOUGH)


def next_steps(facts: AgreementFacts) -> list[Wording]:
    """Advice for the status an agreement has."""
    return list(_STEPS.get(facts.status, ())) if facts.type_key == TYPE else []
