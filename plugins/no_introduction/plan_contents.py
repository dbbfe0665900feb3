"""What an integration plan or contract lacks by the law of its day. Pure functions."""

from datetime import date

from core.sdk import AgreementFacts, Finding, Wording
from plugins.no_introduction.required_contents import FIRST_DAY, Content, Required, required

DOCUMENTS = {
    "no_introduction.integration_plan": "plan",
    "no_introduction.integration_contract": "contract",
}
"""Which document of the law a type of agreement is."""
_SAID = Wording(
    nb="Er med: {title} ({reference})",
    da="Er med: {title} ({reference})",
    en="Is there: {title} ({reference})",
)
_MISSING = Wording(
    nb="Mangler: {title} ({reference})",
    da="Mangler: {title} ({reference})",
    en="Missing: {title} ({reference})",
)
_NO_DAY = Wording(
    nb="Skriv hvilken dag planen ble laget. Dagen avgjør hva loven krever at den inneholder.",
    da="Skriv, hvilken dag planen blev lavet. Dagen afgør, hvad loven kræver, at den indeholder.",
    en="Write on which day the plan was drawn up. The day decides what the law wants it to contain.",
)
_NO_REGIME = Wording(
    nb="Velg hvilke regler som gjelder for deltakeren. Det avgjør hva loven krever.",
    da="Vælg, hvilke regler der gælder for deltageren. Det afgør, hvad loven kræver.",
    en="Choose which rules apply to the participant. They decide what the law wants.",
)
_OTHER_ACT = Wording(
    nb="Planen er fra før integreringsloven. Vurder selv hva introduksjonsloven krevde.",
    da="Planen er fra før den norske integrationslov. Vurder selv, hvad den tidligere lov krævede.",
    en="The plan is older than the Integration Act. Judge yourself what the act before it wanted.",
)
_NOTHING = Wording(
    nb="Loven krevde ikke noe slikt dokument for deltakeren den dagen.",
    da="Loven krævede ikke et sådant dokument for deltageren den dag.",
    en="The law wanted no such document for the participant on that day.",
)


def findings(facts: AgreementFacts) -> list[Finding]:
    """One finding for each content that the law wants; nothing for other agreements."""
    document = DOCUMENTS.get(facts.type_key)
    if document is None:
        return []
    drawn_up_on, regime = facts.values.get("drawn_up_on"), facts.values.get("regime")
    if not drawn_up_on:
        return [_general("drawn_up_on", "unknown", _NO_DAY)]
    day = date.fromisoformat(drawn_up_on)
    if day < FIRST_DAY:
        return [_general("drawn_up_on", "unknown", _OTHER_ACT)]
    if not regime:
        return [_general("regime", "unknown", _NO_REGIME)]
    wanted = required(document, regime, day)
    return [_finding(one, facts) for one in wanted] or [_general("drawn_up_on", "not_applicable", _NOTHING)]


def _general(about: str, status: str, message: Wording) -> Finding:
    return Finding(f"no_introduction.{about}", status, message, about=about)


def _finding(one: Required, facts: AgreementFacts) -> Finding:
    lacks = lacking(one.content, facts)
    status, words = ("not_met", _MISSING) if lacks else ("met", _SAID)
    key = f"no_introduction.{one.window.rule}.{one.content.key}"
    return Finding(key, status, _message(words, one), one.window.severity, lacks)


def lacking(content: Content, facts: AgreementFacts) -> str:
    """Where an agreement does not say it: the clause that is out, the days or the empty field; or ""."""
    if content.clause and content.clause not in facts.clauses:
        return content.clause
    if content.dates and (facts.starts_on is None or facts.ends_on is None):
        return "duration"
    return next((key for key in content.values if not facts.values.get(key)), "")


def _message(words: Wording, one: Required) -> Wording:
    title, reference = one.content.title, one.window.reference
    return Wording(
        nb=words.nb.format(title=title.nb, reference=reference.nb),
        da=words.da.format(title=title.da, reference=reference.da),
        en=words.en.format(title=title.en, reference=reference.en),
    )
