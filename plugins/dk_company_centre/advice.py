"""What stands out in a partnership agreement, and what its people usually do next. Pure functions."""

from core.sdk import AgreementFacts, Finding, Wording

TYPE = "dk_company_centre.partnership"
MOST_PLACES_PER_MENTOR = 4
"""Our own rule of thumb for when a mentor has too many; a person decides."""

_MANY = Wording(
    nb="Hver mentor får mer enn fire plasser. Vurder flere mentorer.",
    da="Hver mentor får mere end fire pladser. Overvej flere mentorer.",
    en="Each mentor has more than four places. Consider more mentors.",
)
_UNKNOWN = Wording(
    nb="Skriv antall plasser og antall mentorer.",
    da="Skriv antallet af pladser og antallet af mentorer.",
    en="Write the number of places and the number of mentors.",
)
_FIT = Wording(
    nb="Det er mentorer nok til plassene.",
    da="Der er mentorer nok til pladserne.",
    en="There are mentors enough for the places.",
)
_STEPS = {
    "active": (
        Wording(
            nb="Meld mentorene på neste mentorkurs.",
            da="Tilmeld mentorerne det næste mentorkursus.",
            en="Enrol the mentors in the next mentor course.",
        ),
        Wording(
            nb="Avtal fast besøksdag med virksomheten.",
            da="Aftal en fast besøgsdag med virksomheden.",
            en="Agree on a fixed day for visits to the company.",
        ),
    ),
}


def mentors_for_places(facts: AgreementFacts) -> Finding:
    """Places for each mentor."""
    places, mentors = facts.values.get("place_count"), facts.values.get("mentor_count")
    key = "dk_company_centre.mentors_for_places"
    if not places or not mentors or int(mentors) == 0:
        return Finding(key, "unknown", _UNKNOWN)
    many = int(places) > MOST_PLACES_PER_MENTOR * int(mentors)
    return Finding(key, "not_met", _MANY) if many else Finding(key, "met", _FIT)


def next_steps(facts: AgreementFacts) -> list[Wording]:
    """Advice for the status an agreement has."""
    return list(_STEPS.get(facts.status, ())) if facts.type_key == TYPE else []
