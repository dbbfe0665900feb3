"""Fictional cooperation agreements with Nav. Names of people are made up."""

from core.sdk import (
    DemoAgreement,
    DemoChoice,
    DemoEvaluation,
    DemoEvidence,
    DemoMeeting,
    DemoPoint,
    DemoReport,
)

TYPE = "no_introduction.nav_cooperation"
_VALUES = {
    "unit_name": "flyktningtjenesten",
    "sub_goals": "Alle deltakere har en oppdatert CV innen seks måneder.\n"
    "Flere deltakere er i tiltak mens de går i programmet.",
    "other_areas": "å skaffe praksisplasser hos lokale arbeidsgivere\n"
    "å følge opp deltakere i arbeidsmarkedstiltak",
}


def _people(place: str, leader: str, adviser: str) -> dict[str, tuple[str, str, str, str]]:
    return {
        "municipality_leader": (leader, "leder", f"leder@{place}.example", "+47 99 00 00 31"),
        "municipality_contact": (adviser, "programrådgiver", f"veileder@{place}.example", "+47 99 00 00 32"),
        "nav_leader": ("Nina Påfunnet", "Nav-leder", f"leder.nav@{place}.example", "+47 99 00 00 33"),
        "nav_contact": ("Nils Påfunnet", "veileder", f"veileder.nav@{place}.example", "+47 99 00 00 34"),
    }


_MEETING = DemoMeeting(
    place="Møterom Fjellet, Storgata 1",
    minutes="Vi gikk gjennom hvem som begynner og slutter i programmet neste måned.\n\n"
    "Dette fungerer *godt*:\n\n"
    "- felles kartlegging de første to ukene\n"
    "- faste tider for trekantsamtaler\n\n"
    "Nav melder at det kan bli ventetid på ett av kursene.",
    decisions="Kartleggingssamtalene legges til mandager.\nPartene deler oversikten over ledige kursplasser.",
    actions=(("Sende oversikt over ledige kursplasser", 5), ("Foreslå datoer for felles fagdag", 20)),
)

_EVALUATION = DemoEvaluation(
    ours=(4, 4, 4, 3, 4),
    theirs=(4, 3, 2, 3, 4),
    experience="Felles kartlegging de første ukene har gitt raskere avklaringer. "
    "Vi møtes oftere enn før, og terskelen for å ringe er blitt lavere.",
    practice="Vi følger avtalen. Unntaket er overgangen ved programslutt, der vi ofte starter for sent.",
    their_experience="Samarbeidet er godt, men vi får for sent vite hvem som er ferdige i programmet.",
    participants="Flere enn i fjor er i arbeid eller utdanning et halvt år etter programmet. "
    "De fleste har vært i minst ett tiltak mens de gikk i programmet.",
    reached=("57 %", "66 %", "85 %", "38 %", "92 %"),
    points=(
        DemoPoint(
            "Nav får vite for sent om deltakere som snart er ferdige",
            "clause",
            "Partene planlegger overgangen sammen senest seks måneder før programslutt.",
            "information.transition",
            is_theirs=True,
        ),
        DemoPoint(
            "Vi mangler en felles oversikt over kontaktpersoner", "action", "Lage felles oversikt", days=14
        ),
        DemoPoint(
            "Samarbeidsmøtene kunne vært sjeldnere",
            "none",
            "Begge parter har nytte av å møtes hver måned, og møtene er korte.",
        ),
    ),
    is_closed=True,
)

_REPORT = DemoReport(
    overview="Samarbeidet går *godt*. Alle nye deltakere er kartlagt sammen innen to uker.",
    ahead="Det vi tar tak i nå:\n\n- ventetiden på norskkurs\n- flere praksisplasser før sommeren",
    remark="Vi kjenner oss igjen i dette. Ta gjerne med ventetiden på kurs i neste møte.",
)

AGREEMENTS = (
    DemoAgreement(
        type_key=TYPE,
        tenants=("norway.demo_municipality",),
        state="active",
        title="Samarbeidsavtale med Nav Nordvik",
        parties={"nav": ("Nav Nordvik", "", "")},
        values=_VALUES,
        people=_people("nordvik", "Leif Eksempel", "Vera Eksempel"),
        days_ago=400,
        meeting=_MEETING,
        evaluation=_EVALUATION,
        noted=(
            DemoEvidence(
                "shared_practice",
                80,
                "Programrådgiver",
                "Søknaden om kurs ble avklart i ett møte, uten nye skjemaer hos Nav.",
            ),
        ),
        report=_REPORT,
    ),
    DemoAgreement(
        type_key=TYPE,
        tenants=("norway.demo_district",),
        state="sent",
        title="Samarbeidsavtale med Nav Fjordbyen",
        parties={"nav": ("Nav Fjordbyen", "", "")},
        values=_VALUES,
        people=_people("fjordbyen", "Lars Prøve", "Vilde Prøve"),
        days_ago=3,
    ),
)

CHOICES = (
    DemoChoice(
        "no_introduction.REVIEW_MONTHS",
        ("norway.demo_municipality",),
        2,
        "Besluttet i ledermøtet for integrering, sak 14. Planene følger semesteret i voksenopplæringen, og "
        "to måneder gir tid til å rette opp før neste modul.",
        days_ago=200,
    ),
    DemoChoice(
        "no_introduction.ADVISERS_MEETING_MONTHS",
        ("norway.demo_municipality",),
        2,
        "Avtalt med Nav Nordvik: annenhver måned, og ellers når noen ber om det.",
        days_ago=90,
    ),
)
