"""The Danish partnership agreement between a jobcentre and a company."""

from pathlib import Path

from core.sdk import (
    AgreementFacts,
    AgreementTypeFolder,
    DemoAgreement,
    DemoVariant,
    Finding,
    Manifest,
    Wording,
    hook,
)
from plugins.dk_company_centre import advice, demo

MANIFEST = Manifest(
    name="dk_company_centre",
    title=Wording(nb="Virksomhetssenter (Danmark)", da="Virksomhedscenter", en="Company centre (Denmark)"),
    summary=Wording(
        nb="Partnerskapsavtale mellom dansk kommune og virksomhet.",
        da="Partnerskabsaftale mellem kommune og virksomhed om faste pladser.",
        en="Partnership agreement between a Danish municipality and a company.",
    ),
    version="1.0",
    requires=("denmark",),
    countries=("DK",),
    personal_data=("names and contact details of those who represent a party",),
)
TYPES = Path(__file__).parent / "agreement_types"


@hook
def register_agreement_types() -> list[AgreementTypeFolder]:
    """The partnership agreement."""
    return [AgreementTypeFolder(folder) for folder in sorted(TYPES.glob("*/*")) if folder.is_dir()]


@hook
def provide_findings(facts: AgreementFacts) -> list[Finding]:
    """Whether there are mentors enough."""
    return [advice.mentors_for_places(facts)] if facts.type_key == advice.TYPE else []


@hook
def slot_next_steps(facts: AgreementFacts) -> list[Wording]:
    """What usually comes next."""
    return advice.next_steps(facts)


@hook
def register_demo() -> list[DemoAgreement | DemoVariant]:
    """Fictional agreements."""
    return [*demo.AGREEMENTS, *demo.VARIANTS]
