"""A fictional Danish tenant and its people for the demo. Names are made up, and CPR numbers synthetic."""

from core.sdk import DemoPerson, DemoTenant

TENANTS = (
    DemoTenant(
        key="denmark.demo_municipality",
        kind="denmark.municipality",
        place_code="0825",
        name="Vesterlund Kommune",
        number="99990007",
        people=(
            ("access.administrator", "Anne Eksempel", "admin@vesterlund.example"),
            ("access.leader", "Lone Eksempel", "leder@vesterlund.example"),
            ("access.adviser", "Jens Eksempel", "konsulent@vesterlund.example"),
            ("access.reader", "Lis Eksempel", "laeser@vesterlund.example"),
            ("access.privacy_officer", "Dorte Eksempel", "dpo@vesterlund.example"),
        ),
    ),
)

_WITH_ADVISERS = ("denmark.demo_municipality",)

PEOPLE = (
    DemoPerson(
        _WITH_ADVISERS,
        "persons.participant",
        "Amina Øvelse",
        email="amina@deltager.example",
        national_id="6105851234",
        address="Eksempelvej 4\n9999 Eksempel",
        health="Får ondt i ryggen af tunge løft. Kan stå og gå hele dagen.",
    ),
    DemoPerson(_WITH_ADVISERS, "persons.participant", "Jonas Øvelse", email="jonas@deltager.example"),
    DemoPerson(
        _WITH_ADVISERS,
        "persons.participant",
        "Inger Øvelse",
        address="Et hemmeligt sted 1",
        shield="confidential",
    ),
    DemoPerson(
        _WITH_ADVISERS, "persons.employer_contact", "Birte Bager Øvelse", email="birte@klitbageri.example"
    ),
)
