"""Fictional partnership agreements in every state. Names of people and companies are made up."""

from core.sdk import (
    DemoAgreement,
    DemoComment,
    DemoEvaluation,
    DemoEvidence,
    DemoFigure,
    DemoMeeting,
    DemoPoint,
    DemoVariant,
)

TYPE = "dk_company_centre.partnership"
_VALUES = {
    "place_count": "4",
    "target_groups": "aktivitetsparate borgere på kontanthjælp\nborgere i jobafklaringsforløb",
    "tasks": "lager og varemodtagelse\nkøkken og servering",
    "mentor_count": "1",
}


_NUMBERS = {
    "bogely": "99990015",
    "havnenskokken": "99990023",
    "strandvejen": "99990031",
    "mollebakken": "99990058",
    "nordstjernen": "99990066",
    "gltorv": "99990074",
    "solgaarden": "99990082",
    "fjordcafe": "99991003",
    "birkely": "99991011",
    "engblomme": "99991038",
    "solhavn": "99991046",
    "rugmarken": "99991054",
    "kystens": "99910518",
}
"""Made up: valid by their check digit, from a series that no register uses."""
_REASONS = {
    "refused": "Vi kan ikke tage imod så mange på én gang. Kan vi begynde med to?",
    "cancelled": "Virksomheden flytter til en anden kommune.",
    "paused": "Lokalerne bygges om, og ingen kan tages imod, før de er færdige.",
    "ending": "Virksomheden lukker den afdeling, der tog imod borgere.",
    "amended": "Evalueringen viste, at møderne kan komme sjældnere.",
    "ended": "Parterne er enige om, at samarbejdet har nået sit mål.",
}

_MEETING = DemoMeeting(
    place="Mødelokale 2, Havnegade 4",
    minutes="Vi gennemgik de fire pladser og mentorens opgaver.\n\n"
    "Det går *godt* med:\n\n"
    "- introduktionen af nye kolleger\n"
    "- de faste ugentlige samtaler med mentoren\n\n"
    "Virksomheden vil gerne have besked tidligere, når en plads bliver ledig.",
    decisions="Jobcentret giver besked senest en uge før en plads bliver ledig.\n"
    "Mentoren deltager i næste møde.",
    actions=(("Sende plan for næste kvartals pladser", 6), ("Aftale kursus for mentoren", 18)),
)

_COMMENTS = (
    DemoComment("places.number", "Kan de tage imod to på samme tid i ferien?"),
    DemoComment(
        "purpose.aim",
        "Plejecentret mangler især folk i køkkenet.",
        "{municipality_name} og {company_name} vil sammen hjælpe ledige tættere på et job, først og "
        "fremmest i køkkenet.",
    ),
)


_EVALUATION = DemoEvaluation(
    theirs=(4, 5, 3, 2),
    their_experience="Den faste kontakt er let at få fat i. Mentoren mangler tid i travle perioder.",
    points=(
        DemoPoint("Mentoren bør have afsat faste timer hver uge", is_theirs=True),
        DemoPoint(
            "Vi vil gerne vide tidligere, hvem der kommer",
            "action",
            "Sende en oversigt to uger før start",
            days=10,
            is_theirs=True,
        ),
    ),
)


_LIST = "Jobkonsulentens oversigt over forløb"
_NOTED = {
    "bogely": (
        DemoFigure("ordinary_hours", 120, 4, 9, _LIST),
        DemoEvidence(
            "good_start",
            60,
            "Virksomhedsmentor",
            "En fast makker de første to uger gjorde, at borgeren turde spørge om hjælp.",
        ),
        DemoEvidence(
            "good_start", 110, "HR-chef", "Arbejdstøjet manglede den første dag. Det bestilles nu i forvejen."
        ),
    ),
    "gltorv": (DemoFigure("ordinary_hours", 340, 2, 9, _LIST),),
}
"""What was noted on the goals, by company."""


def _agreement(company: str, state: str, first_name: str, domain: str, days_ago: int) -> DemoAgreement:
    return DemoAgreement(
        type_key=TYPE,
        tenants=("denmark.demo_municipality",),
        comments=_COMMENTS if domain == "mollebakken" else (),
        state=state,
        title=f"Partnerskabsaftale med {company}",
        parties={"company": (company, _NUMBERS[domain], "private")},
        values=_VALUES,
        people={
            "municipality_leader": (
                "Lone Eksempel",
                "afdelingsleder",
                "leder@vesterlund.example",
                "+45 20 00 00 01",
            ),
            "fixed_contact": (
                "Jens Eksempel",
                "jobkonsulent",
                "konsulent@vesterlund.example",
                "+45 20 00 00 02",
            ),
            "company_leader": (
                f"{first_name} Opdigtet",
                "direktør",
                f"leder@{domain}.example",
                "+45 20 00 00 11",
            ),
            "company_contact": ("Pia Opdigtet", "HR-chef", f"hr@{domain}.example", "+45 20 00 00 12"),
            "company_mentor": (
                "Mads Opdigtet",
                "virksomhedsmentor",
                f"mentor@{domain}.example",
                "+45 20 00 00 13",
            ),
        },
        days_ago=days_ago,
        reason=_REASONS.get(state, ""),
        meeting=_MEETING if state == "active" else None,
        evaluation=_EVALUATION if state == "active" else None,
        noted=_NOTED.get(domain, ()),
    )


AGREEMENTS = (
    _agreement("Bøgely Byggemarked A/S", "active", "Bo", "bogely", 330),
    _agreement("Havnens Køkken ApS", "sent", "Helle", "havnenskokken", 8),
    _agreement("Rugmarkens Bageri ApS", "rounds", "Rikke", "rugmarken", 5),
    _agreement("Strandvejens Vaskeri ApS", "asked", "Signe", "strandvejen", 2),
    _agreement("Møllebakken Plejecenter", "draft", "Maja", "mollebakken", 1),
    _agreement("Nordstjernen Lager A/S", "refused", "Niels", "nordstjernen", 15),
    _agreement("Gl. Torv Hotel A/S", "expired", "Gitte", "gltorv", 430),
    _agreement("Solgården Gartneri ApS", "cancelled", "Sanne", "solgaarden", 40),
    _agreement("Fjordcaféen ApS", "paused", "Frederikke", "fjordcafe", 40),
    _agreement("Birkely Snedkeri ApS", "ending", "Birgit", "birkely", 60),
    _agreement("Kystens Konditori ApS", "amended", "Karla", "kystens", 70),
    _agreement("Engblomme Børnehus", "ended", "Else", "engblomme", 150),
    _agreement("Solhavn Vaskeri ApS", "renewed", "Solvej", "solhavn", 430),
)

VARIANTS = (
    DemoVariant(
        type_key=TYPE,
        tenants=("denmark.demo_municipality",),
        name="Partnerskabsaftale for sæsonvirksomheder",
        questions=(("period", "Hvornår er sæsonen?"),),
        texts={
            "places.matching": "Pladserne er åbne i sæsonen {own_1}.\n\nNår en plads er ledig, foreslår "
            "kommunens {office_name} en borger, der passer til opgaverne. {company_name} svarer inden for "
            "{answer_days} arbejdsdage.\n\nIngen begynder, før kommunen har godkendt praktikken.",
        },
    ),
)
