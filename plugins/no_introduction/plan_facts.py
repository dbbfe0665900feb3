"""What plans, contracts and declarations say to the rules of law. Pure functions."""

from datetime import date

from core.sdk import AgreementFacts, ProvidedFact, ProvidedFacts, Wording
from plugins.no_introduction.where_it_stands import places, said

PLAN, CONTRACT, DECLARATION = "integration_plan", "integration_contract", "integration_declaration"
RULES = {"ordinary": "ORDINARY", "section_34": "CHAPTER_6A"}
"""What the agreement types call the rules for a participant, as the rule sets do."""
PARTIES = {"municipality": "MUNICIPALITY", "programme_participant": "PARTICIPANT"}
WITH_THE_SIGNATURES = frozenset(PARTIES.values())
WITH_THE_PLAN = frozenset({"HANDED_OVER"})

_DAY = Wording(
    nb="avtalen: dagen den ble laget", da="aftalen: dagen, den blev lavet", en="the agreement: its day"
)
_CHOSEN = Wording(
    nb="avtalen: hvilke regler som gjelder for deltakeren",
    da="aftalen: hvilke regler der gælder for deltageren",
    en="the agreement: which rules apply to the participant",
)
_CONTENTS = Wording(
    nb="avtalen: vilkår som er med, og felter som er fylt ut",
    da="aftalen: vilkår, der er med, og felter, der er udfyldt",
    en="the agreement: clauses that are in, and fields that are filled in",
)
_JOINT = Wording(
    nb="avtalen: vilkåret om felles plan",
    da="aftalen: vilkåret om fælles plan",
    en="the agreement: the clause on one joint plan",
)
_DISPUTE = Wording(
    nb="avtalen: vilkåret om uenighet",
    da="aftalen: vilkåret om uenighed",
    en="the agreement: the clause on disagreement",
)
_VIEWS = Wording(
    nb="avtalen: synet til deltakeren og kommunen",
    da="aftalen: deltagerens og kommunens syn",
    en="the agreement: the views of participant and municipality",
)
_SIGNED = Wording(nb="underskriftene", da="underskrifterne", en="the signatures")
_MAPPED = Wording(
    nb="avtalen: dagen da kartleggingen var ferdig",
    da="aftalen: dagen, hvor kortlægningen var færdig",
    en="the agreement: the day on which the mapping was complete",
)
_GUIDED = Wording(
    nb="avtalen: dagen for karriereveiledningen",
    da="aftalen: dagen for karrierevejledningen",
    en="the agreement: the day of the career guidance",
)


def provided(facts: AgreementFacts) -> list[ProvidedFacts]:
    """The questions of a plan, a contract or a declaration; none of other agreements."""
    ask = _BY_TYPE.get(facts.type_key)
    return ask(facts) if ask else []


def _plan(facts: AgreementFacts) -> list[ProvidedFacts]:
    day = _day(facts)
    contents = ProvidedFact("plan_contents", said(PLAN, "plan_contents", facts), _CONTENTS, day)
    joint = ProvidedFact("plan_is_joint", "norwegian.joint" in facts.clauses, _JOINT, day)
    plan = ProvidedFacts(
        "plan",
        (*_basis(facts), contents, joint, *_disagreement(facts)),
        day,
        places(PLAN, "plan_contents", facts)
        | {"permit_type": "regime", "NO-PLN-07": "norwegian.joint", "NO-PLN-08": "view.disagreement"},
    )
    return [plan, _ready(facts), _trail(facts)]


def _disagreement(facts: AgreementFacts) -> tuple[ProvidedFact, ...]:
    """A plan says that there is a disagreement by a clause of its own."""
    disputed = "view.disagreement" in facts.clauses
    views = all(facts.values.get(key) for key in ("participant_view", "municipality_view"))
    both = views and "view.participant" in facts.clauses
    return (
        ProvidedFact("plan_disputed", disputed, _DISPUTE, _day(facts)),
        ProvidedFact("both_views_recorded", both, _VIEWS, _day(facts)),
    )


def _ready(facts: AgreementFacts) -> ProvidedFacts:
    """The plan is made with the decision, and its day is that of the decision."""
    mapped = ("mapped_on", "basis.mapping", "mapping_on", _MAPPED)
    guided = ("guided_on", "basis.guidance", "guidance_on", _GUIDED)
    found = [
        ProvidedFact(name, facts.values[key], source)
        for name, clause, key, source in (mapped, guided)
        if clause in facts.clauses and facts.values.get(key)
    ]
    decided = [ProvidedFact("decision_date", day, _DAY) for day in [_day(facts)] if day]
    return ProvidedFacts(
        "deadlines",
        (*decided, *found),
        _day(facts),
        {"decision_date": "drawn_up_on", "NO-DL-05": "mapping_on"},
        rules=("NO-DL-05",),
    )


def _trail(facts: AgreementFacts) -> ProvidedFacts:
    """What supervision looks for; that the plan was handed over comes after it."""
    shown = ProvidedFact("plan_trail", said(PLAN, "plan_trail", facts), _CONTENTS, _day(facts))
    return ProvidedFacts(
        "reviews",
        (shown,),
        _day(facts),
        places(PLAN, "plan_trail", facts),
        later=WITH_THE_PLAN,
        rules=("NO-REV-04",),
    )


def _contract(facts: AgreementFacts) -> list[ProvidedFacts]:
    contents = said(CONTRACT, "contract_contents", facts)
    signed = [name for key, name in PARTIES.items() if key in facts.signed]
    last = max(facts.signed.values(), default=None)
    dated = [ProvidedFact("contract_date", last, _SIGNED)] if last else []
    found = (
        *_basis(facts),
        ProvidedFact("contract_contents", contents, _CONTENTS, _day(facts)),
        ProvidedFact("contract_signed_by", signed, _SIGNED, last),
        *dated,
    )
    return [
        ProvidedFacts(
            "contract",
            found,
            _day(facts),
            places(CONTRACT, "contract_contents", facts) | {"permit_type": "regime"},
            WITH_THE_SIGNATURES,
        )
    ]


def _declaration(facts: AgreementFacts) -> list[ProvidedFacts]:
    contents = said(DECLARATION, "declaration_contents", facts)
    signed = facts.signed.get("programme_participant")
    dated = [ProvidedFact("declaration_signed_on", signed, _SIGNED)] if signed else []
    found = (
        *_basis(facts),
        ProvidedFact("declaration_contents", contents, _CONTENTS, _day(facts)),
        *dated,
    )
    where = places(DECLARATION, "declaration_contents", facts)
    return [ProvidedFacts("contract", found, _day(facts), where, WITH_THE_SIGNATURES)]


def _basis(facts: AgreementFacts) -> list[ProvidedFact]:
    """The day, and by which rules: what is not said is not given."""
    day, rules = _day(facts), RULES.get(facts.values.get("regime", ""))
    dated = [ProvidedFact("plan_date", day, _DAY)] if day else []
    return [*dated, *([ProvidedFact("plan_rules", rules, _CHOSEN, day)] if rules else [])]


def _day(facts: AgreementFacts) -> date | None:
    written = facts.values.get("drawn_up_on")
    return date.fromisoformat(written) if written else None


_BY_TYPE = {
    "no_introduction.integration_plan": _plan,
    "no_introduction.integration_contract": _contract,
    "no_introduction.integration_declaration": _declaration,
}
