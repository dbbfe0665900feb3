"""A fictional Danish tenant for the demo. Names of people and authorities are made up."""

from core.sdk import DemoTenant

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
        ),
    ),
)
