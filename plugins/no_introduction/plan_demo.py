"""Fictional integration plans and contracts. The people are made up, and their names say so."""

from core.sdk import DemoAgreement

PLAN, CONTRACT = "no_introduction.integration_plan", "no_introduction.integration_contract"
NORDVIK = ("norway.demo_municipality",)
_VERA = {
    "adviser": ("Vera Eksempel", "programrådgiver", "veileder@nordvik.example", "+47 99 00 00 32"),
}


def _with(name: str, email: str) -> dict[str, tuple[str, str, str, str]]:
    return _VERA | {"participant": (name, "", email, "")}


_PLAN = {
    "drawn_up_on": "2026-06-29",
    "regime": "ordinary",
    "mapping_on": "2026-06-08",
    "guidance_on": "2026-06-15",
    "consulted": "læreren i voksenopplæringen\nveilederen i Nav\nkarriereveilederen i fylkeskommunen",
    "final_goal": "fagbrev i kokkefaget",
    "long_term_goal": "å drive en liten kafé",
    "elements": "Norsk og samfunnskunnskap ved voksenopplæringen: 18 timer i uken\n"
    "Kurs i livsmestring: 25 timer i grupper før jul\n"
    "Praksis i kantinen på rådhuset: to dager i uken fra den fjerde måneden\n"
    "Opplæring i kokkefaget fra neste høst",
    "work_reasons": "Hotellene og kantinene i Nordvik mangler kokker.\n"
    "Praksisen gir en arbeidsgiver som kan bli lærebedrift.",
    "norwegian_reasons": "På kjøkkenet bruker deltakeren norsk hver dag, sammen med en fadder.\n"
    "Læreren tar fagord fra kjøkkenet inn i norsktimene.",
    "norwegian_goal": "B1 i alle fire ferdigheter",
    "norwegian_extent": "18 undervisningstimer i uken, i tolv måneder",
    "social_studies_extent": "75 timer på tigrinja",
    "participant_view": "Jeg vil begynne på kjøkkenet så tidlig som mulig.\n"
    "Jeg er usikker på om jeg rekker B1 på ett år.",
    "plan_language": "tigrinja",
    "interpreter": "in_the_room",
    "complaint_body": "Statsforvalteren i Nordland",
}
_CONTRACT = {
    "drawn_up_on": "2026-06-29",
    "regime": "ordinary",
    "contract_language": "tigrinja",
    "interpreter": "in_the_room",
    "absence_contact": "introduksjonssenteret på telefon 99 00 00 40 før klokken 8.30",
}


AGREEMENTS = (
    DemoAgreement(
        type_key=PLAN,
        tenants=NORDVIK,
        state="in_meeting",
        title="Integreringsplan for Yonas Øvelse",
        parties={"programme_participant": ("Yonas Øvelse", "", "")},
        values=_PLAN,
        people=_with("Yonas Øvelse", "yonas@deltaker.example"),
        days_ago=150,
    ),
    DemoAgreement(
        type_key=CONTRACT,
        tenants=NORDVIK,
        state="in_meeting",
        title="Integreringskontrakt med Yonas Øvelse",
        parties={"programme_participant": ("Yonas Øvelse", "", "")},
        values=_CONTRACT,
        people=_with("Yonas Øvelse", "yonas@deltaker.example"),
        days_ago=150,
    ),
    DemoAgreement(
        type_key=PLAN,
        tenants=NORDVIK,
        state="asked",
        title="Integreringsplan for Utenpost Øvelse",
        parties={"programme_participant": ("Utenpost Øvelse", "", "")},
        values=_PLAN,
        people=_with("Utenpost Øvelse", ""),
        days_ago=3,
    ),
    DemoAgreement(
        type_key=PLAN,
        tenants=NORDVIK,
        state="draft",
        title="Integreringsplan for Nykommet Øvelse",
        values=_PLAN,
        days_ago=1,
    ),
)
