"""Fictional Norwegian tenants and people for the demo. Names are made up, and identity numbers synthetic."""

from core.sdk import DemoPerson, DemoTenant

TENANTS = (
    DemoTenant(
        key="norway.demo_municipality",
        kind="norway.municipality",
        place_code="1875",
        name="Nordvik kommune",
        number="312345714",
        people=(
            ("access.administrator", "Astrid Eksempel", "admin@nordvik.example"),
            ("access.leader", "Leif Eksempel", "leder@nordvik.example"),
            ("access.adviser", "Vera Eksempel", "veileder@nordvik.example"),
            ("access.adviser", "Vidar Eksempel", "kollega@nordvik.example"),
            ("access.reader", "Leona Eksempel", "leser@nordvik.example"),
            ("access.privacy_officer", "Odd Eksempel", "ombud@nordvik.example"),
            ("norway.market_officer", "Marit Eksempel", "marked@nordvik.example"),
        ),
    ),
    DemoTenant(
        key="norway.demo_district",
        kind="norway.city_district",
        place_code="0301",
        district="Bydel Fjordbyen",
        name="Bydel Fjordbyen",
        number="312345722",
        people=(
            ("access.administrator", "Agnes Prøve", "admin@fjordbyen.example"),
            ("access.leader", "Lars Prøve", "leder@fjordbyen.example"),
            ("access.adviser", "Vilde Prøve", "veileder@fjordbyen.example"),
        ),
    ),
    DemoTenant(
        key="norway.demo_county",
        kind="norway.county",
        place_code="18",
        name="Havlandet fylkeskommune",
        number="312345730",
        people=(
            ("access.administrator", "Arne Mønster", "admin@havlandet.example"),
            ("access.reader", "Liv Mønster", "leser@havlandet.example"),
            ("norway.regional_coordinator", "Rune Mønster", "koordinator@havlandet.example"),
        ),
    ),
)

_WITH_ADVISERS = ("norway.demo_municipality", "norway.demo_district")

PEOPLE = (
    DemoPerson(
        _WITH_ADVISERS,
        "persons.participant",
        "Amira Øvelse",
        email="amira@deltaker.example",
        national_id="14858520089",
        address="Eksempelveien 4\n9999 Eksempel",
        health="Får vondt i ryggen av tunge løft. Kan stå og gå hele dagen.",
    ),
    DemoPerson(
        _WITH_ADVISERS,
        "persons.participant",
        "Yonas Øvelse",
        email="yonas@deltaker.example",
        national_id="54858520072",
    ),
    DemoPerson(
        _WITH_ADVISERS,
        "persons.participant",
        "Ingrid Skjermet Øvelse",
        address="Et hemmelig sted 1",
        shield="strictly_confidential",
    ),
    DemoPerson(
        _WITH_ADVISERS, "persons.employer_contact", "Bente Baker Øvelse", email="bente@fjordbakeri.example"
    ),
    DemoPerson(
        _WITH_ADVISERS, "persons.workplace_mentor", "Finn Fadder Øvelse", email="finn@fjordbakeri.example"
    ),
)
