"""The Norwegian introduction programme: integration plan and contract, and the cooperation with Nav."""

from pathlib import Path

from core.sdk import (
    AgreementFacts,
    AgreementTypeFolder,
    DemoAgreement,
    DemoChoice,
    DemoTenant,
    Finding,
    Manifest,
    RuleSet,
    Wording,
    hook,
)
from plugins.no_introduction import advice, demo, law, plan_advice, plan_contents, plan_demo

MANIFEST = Manifest(
    name="no_introduction",
    title=Wording(
        nb="Introduksjonsprogrammet",
        da="Introduktionsprogrammet (Norge)",
        en="Introduction programme (Norway)",
    ),
    summary=Wording(
        nb="Integreringsplan og integreringskontrakt, og samarbeidsavtale mellom kommune og Nav.",
        da="Norsk integrationsplan og integrationskontrakt, og samarbejdsaftale mellem kommune og Nav.",
        en="Integration plan and integration contract, and the cooperation agreement with Nav.",
    ),
    version="1.0",
    requires=("norway",),
    countries=("NO",),
    personal_data=(
        "names and contact details of those who represent a party",
        "participants: name, contact details, goals, training and views in plans and contracts",
    ),
)
TYPES = Path(__file__).parent / "agreement_types"


@hook
def register_agreement_types() -> list[AgreementTypeFolder]:
    """Plan, contract and declaration of a participant, and the cooperation agreement with Nav."""
    return [AgreementTypeFolder(folder) for folder in sorted(TYPES.glob("*/*")) if folder.is_dir()]


@hook
def register_rule_sets() -> list[RuleSet]:
    """The Integration Act and its regulation, as rules."""
    return law.rule_sets()


@hook
def provide_findings(facts: AgreementFacts) -> list[Finding]:
    """Whether Nav comes in early, and whether a plan or contract says what the law wants."""
    early = [advice.early_contact(facts)] if facts.type_key == advice.TYPE else []
    return [*early, *plan_contents.findings(facts)]


@hook
def slot_next_steps(facts: AgreementFacts) -> list[Wording]:
    """What usually comes next."""
    return [*advice.next_steps(facts), *plan_advice.next_steps(facts)]


@hook
def register_demo() -> list[DemoTenant | DemoAgreement | DemoChoice]:
    """Fictional agreements, and the local practice of a municipality."""
    return [*demo.AGREEMENTS, *plan_demo.AGREEMENTS, *demo.CHOICES]
