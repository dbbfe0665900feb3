"""The Norwegian intention agreement with an employer about work training."""

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
from plugins.no_work_training import advice, demo

MANIFEST = Manifest(
    name="no_work_training",
    title=Wording(nb="Arbeidstrening", da="Arbejdstræning (Norge)", en="Work training (Norway)"),
    summary=Wording(
        nb="Intensjonsavtale mellom kommune og arbeidsgiver om arbeidstrening og ansettelse.",
        da="Hensigtsaftale mellem norsk kommune og arbejdsgiver om arbejdstræning og ansættelse.",
        en="Intention agreement between municipality and employer on work training and hiring.",
    ),
    version="1.0",
    requires=("norway",),
    countries=("NO",),
    personal_data=("names and contact details of those who represent a party",),
)
TYPES = Path(__file__).parent / "agreement_types"


@hook
def register_agreement_types() -> list[AgreementTypeFolder]:
    """The intention agreement."""
    return [AgreementTypeFolder(folder) for folder in sorted(TYPES.glob("*/*")) if folder.is_dir()]


@hook
def provide_findings(facts: AgreementFacts) -> list[Finding]:
    """Whether there are openings enough."""
    return [advice.capacity(facts)] if facts.type_key == advice.TYPE else []


@hook
def slot_next_steps(facts: AgreementFacts) -> list[Wording]:
    """What usually comes next."""
    return advice.next_steps(facts)


@hook
def register_demo() -> list[DemoAgreement | DemoVariant]:
    """Fictional agreements."""
    return [*demo.AGREEMENTS, *demo.VARIANTS]
