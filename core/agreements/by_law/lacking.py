"""What the rules of law find in a draft: what it lacks, and what only a person can judge."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from core.agreements.by_law.asking import Asked, ask
from core.plugin_host.declarations import AgreementFacts
from core.rules.findings import NOT_APPLICABLE, NOT_MET, UNKNOWN, Finding
from core.rules.frame import frame
from core.rules.texts import Text
from core.web.languages import current_language

SERIOUS = "serious"
"""How grave a rule has to be for an agreement that does not keep it not to be sent."""


@dataclass(frozen=True)
class FoundByLaw:
    """One thing that a rule says of a draft. ``about`` is the placeholder or clause where it is mended."""

    plugin: str
    status: str
    message: str
    stops: bool = False
    about: str = ""


def found_by_law(facts: AgreementFacts) -> list[FoundByLaw]:
    """What stands out in a draft by the rules of its day. Raises UnansweredError."""
    return [found for one in ask(facts) for found in _found(one)]


def _found(asked: Asked) -> Iterator[FoundByLaw]:
    result, only = asked.result, asked.question.rules
    findings = [result.findings[rule_id] for rule_id in only or asked.rule_set.own_rules]
    for one in findings:
        if one.status == NOT_MET:
            yield from _not_met(asked, one)
    yield from _unknown(asked, [one for one in findings if one.status == UNKNOWN])
    yield from _flags(asked, findings)
    if not only and result.status == NOT_APPLICABLE:
        yield FoundByLaw(asked.plugin, NOT_APPLICABLE, _said(result.conclusion.sentence()))


def _not_met(asked: Asked, found: Finding) -> Iterator[FoundByLaw]:
    """Each thing that is lacking by itself, where the rule names them; otherwise what the rule says."""
    places, stops = asked.question.places, found.severity == SERIOUS
    named = [one for one in found.value if isinstance(one, str)] if _is_list(found.value) else []
    if not named:
        message = _with_reference(_said(found.sentence()), found)
        yield FoundByLaw(asked.plugin, NOT_MET, message, stops, places.get(found.rule_id, ""))
    for code in named:
        if code not in asked.question.later:
            message = _with_reference(_("Missing: %(content)s", content=_word(asked, code)), found)
            yield FoundByLaw(asked.plugin, NOT_MET, message, stops, places.get(code, ""))


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple)


def _unknown(asked: Asked, findings: list[Finding]) -> Iterator[FoundByLaw]:
    """What nobody knows from the draft alone; rules that lack the same fact in one sentence."""
    titles: dict[str, list[str]] = {}
    places: dict[str, str] = {}
    for one in findings:
        sentence = _why(asked, one)
        titles.setdefault(sentence, []).append(_with_reference(_title(asked, one), one))
        found = (asked.question.places.get(name, "") for name in (*one.missing, one.rule_id))
        places.setdefault(sentence, next((place for place in found if place), ""))
    for sentence, about in places.items():
        message = _(
            "For a person to judge: %(rules)s. %(why)s", rules=", ".join(titles[sentence]), why=sentence
        )
        yield FoundByLaw(asked.plugin, UNKNOWN, message, about=about)


def _why(asked: Asked, found: Finding) -> str:
    if not found.missing:
        return _said(found.sentence())
    facts = ", ".join(_said(asked.rule_set.law.facts[name].title) for name in found.missing)
    return _("This cannot be read from the draft: %(facts)s.", facts=facts)


def _title(asked: Asked, found: Finding) -> str:
    versions = asked.rule_set.rules[found.rule_id]
    window = found.valid_from, found.valid_until
    chosen = next((one for one in versions if (one.valid_from, one.valid_until) == window), versions[-1])
    return _said(chosen.title)


def _flags(asked: Asked, findings: list[Finding]) -> Iterator[FoundByLaw]:
    """What a person has to look at, each once; what is not met is told already."""
    texts = {**frame().flags, **asked.rule_set.law.flags}
    told = (NOT_MET, NOT_APPLICABLE)
    for code in dict.fromkeys(code for one in findings if one.status not in told for code in one.flags):
        message = _said(texts[code]) if code in texts else code
        yield FoundByLaw(asked.plugin, UNKNOWN, message)


def _word(asked: Asked, code: str) -> str:
    word = asked.rule_set.law.words.get(code)
    return _said(word) if word else code


def _with_reference(text: str, found: Finding) -> str:
    return f"{text.rstrip('.')} ({found.reference}, {found.rule_id})"


def _said(text: Text) -> str:
    return text.in_language(current_language())
