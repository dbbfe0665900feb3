"""The Norwegian cooperation agreement between municipality and Nav on the introduction programme."""

from pathlib import Path

from core.sdk import (
    AgreementFacts,
    AgreementTypeFolder,
    DemoAgreement,
    DemoTenant,
    Finding,
    Manifest,
    RuleSet,
    Wording,
    hook,
)
from plugins.no_introduction import advice, demo, law

MANIFEST = Manifest(
    name="no_introduction",
    title=Wording(
        nb="Introduksjonsprogrammet",
        da="Introduktionsprogrammet (Norge)",
        en="Introduction programme (Norway)",
    ),
    summary=Wording(
        nb="Samarbeidsavtale mellom kommune og Nav om introduksjonsprogrammet.",
        da="Samarbejdsaftale mellem norsk kommune og Nav om introduktionsprogrammet.",
        en="Cooperation agreement between municipality and Nav on the introduction programme.",
    ),
    version="1.0",
    requires=("norway",),
    countries=("NO",),
    personal_data=("names and contact details of those who represent a party",),
)
TYPES = Path(__file__).parent / "agreement_types"


@hook
def register_agreement_types() -> list[AgreementTypeFolder]:
    """The cooperation agreement with Nav."""
    return [AgreementTypeFolder(folder) for folder in sorted(TYPES.glob("*/*")) if folder.is_dir()]


@hook
def register_rule_sets() -> list[RuleSet]:
    """The Integration Act and its regulation, as rules."""
    return law.rule_sets()


@hook
def provide_findings(facts: AgreementFacts) -> list[Finding]:
    """Whether Nav comes in early."""
    return [advice.early_contact(facts)] if facts.type_key == advice.TYPE else []


@hook
def slot_next_steps(facts: AgreementFacts) -> list[Wording]:
    """What usually comes next."""
    return advice.next_steps(facts)


@hook
def register_demo() -> list[DemoTenant | DemoAgreement]:
    """Fictional agreements."""
    return list(demo.AGREEMENTS)
