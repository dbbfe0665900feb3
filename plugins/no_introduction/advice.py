"""What stands out in a cooperation agreement with Nav, and what usually comes next. Pure functions."""

from core.sdk import AgreementFacts, Finding, Wording

TYPE = "no_introduction.nav_cooperation"
LATE_WEEKS = 13
"""A quarter of a year: later than this is hardly early. Our own threshold; the guide names no number."""

_LATE = Wording(
    nb="Nav møter deltakeren senere enn et kvartal etter programstart. Formålet er at Nav kommer tidlig inn.",
    da="Nav møder deltageren senere end et kvartal efter programstart. "
    "Formålet er, at Nav kommer tidligt ind.",
    en="Nav meets the participant later than a quarter after the programme starts. "
    "The aim is that Nav comes in early.",
)
_UNKNOWN = Wording(
    nb="Skriv hvor mange uker etter programstart Nav senest møter deltakeren.",
    da="Skriv, hvor mange uger efter programstart Nav senest møder deltageren.",
    en="Write how many weeks after the start Nav meets the participant at the latest.",
)
_EARLY = Wording(
    nb="Nav kommer tidlig inn.",
    da="Nav kommer tidligt ind.",
    en="Nav comes in early.",
)
_STEPS = {
    "active": (
        Wording(
            nb="Sett opp samarbeidsmøtene i kalenderen for hele året, og avtal hvem som skriver referat.",
            da="Sæt samarbejdsmøderne i kalenderen for hele året, og aftal, hvem der skriver referat.",
            en="Put the cooperation meetings in the calendar for the whole year and agree who takes minutes.",
        ),
        Wording(
            nb="Gjør avtalen kjent for alle programrådgivere og veiledere hos begge parter.",
            da="Gør aftalen kendt for alle programrådgivere og vejledere hos begge parter.",
            en="Make the agreement known to all advisers on both sides.",
        ),
    ),
}


def early_contact(facts: AgreementFacts) -> Finding:
    """Weeks from the start of the programme to the first meeting with Nav."""
    weeks, key = facts.values.get("early_weeks"), "no_introduction.early_contact"
    if not weeks:
        return Finding(key, "unknown", _UNKNOWN)
    return Finding(key, "not_met", _LATE) if int(weeks) > LATE_WEEKS else Finding(key, "met", _EARLY)


def next_steps(facts: AgreementFacts) -> list[Wording]:
    """Advice for the status an agreement has."""
    return list(_STEPS.get(facts.status, ())) if facts.type_key == TYPE else []
