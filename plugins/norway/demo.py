"""Fictional Norwegian tenants for the demo. Names of people and authorities are made up."""

from core.sdk import DemoTenant

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
        ),
    ),
)
