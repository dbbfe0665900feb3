"""One rule set on the page: its rules with their versions, the values that the law states, and the cases."""

from collections.abc import Iterator, Sequence

from core.rules.cases import Case
from core.rules.document.markdown import amount, codes, table, titled
from core.rules.document.overview import date_name
from core.rules.parameters import DatedValue, Parameter
from core.rules.rule import AS_OF, RuleVersion
from core.rules.rule_set import RuleSet


def section(key: str, rule_set: RuleSet, cases: Sequence[Case]) -> Iterator[str]:
    """Everything about one rule set."""
    yield f"## `{key}` {titled(rule_set.title)}\n"
    for rule_id in rule_set.own_rules:
        yield from _rule(rule_set, rule_id, cases)
    yield from _parameters(rule_set)
    yield from _apart(rule_set)
    more = [one for one in cases if not any(_expects(one, rule_id) for rule_id in rule_set.own_rules)]
    yield f"More cases of the set, which name no rule: {len(more)}\n"


def _apart(rule_set: RuleSet) -> Iterator[str]:
    """The rules that leave the answer met when they are not, with the reason."""
    for reason in dict.fromkeys(rule_set.apart.values()):
        rules = ", ".join(key for key, one in rule_set.apart.items() if one == reason)
        yield f"Apart from the answer: {rules}. {reason.en}\n"


def _rule(rule_set: RuleSet, rule_id: str, cases: Sequence[Case]) -> Iterator[str]:
    versions = rule_set.rules[rule_id]
    yield f"### {rule_id} {titled(versions[0].title)}\n"
    for number, one in enumerate(versions):
        if number == 0 or one.statement != versions[number - 1].statement:
            yield f"{' '.join(one.statement.en.split())}\n"
        yield f"{_basis(rule_set, one)}\n"
    told = ", ".join(one.id for one in cases if _expects(one, rule_id))
    yield f"Cases: {told or 'those of the set, without naming the rule'}\n"


def _expects(case: Case, rule_id: str) -> bool:
    return rule_id in case.expected.rule_ids or rule_id in case.expected.findings


def _basis(rule_set: RuleSet, version: RuleVersion) -> str:
    parts = (
        f"- {_window(version)}{_by(rule_set, version)}",
        version.reference,
        f"confidence {version.confidence}",
        version.source and f"source {version.source}",
        version.flags and f"flags {codes(version.flags)}",
    )
    return "; ".join(" ".join(one.split()) for one in parts if one)


def _window(version: RuleVersion) -> str:
    first, last = version.valid_from, version.valid_until
    said = [f"from {first}"] if first else []
    said += [f"until {last}"] if last else []
    return " ".join(said) or "Whatever the date"


def _by(rule_set: RuleSet, version: RuleVersion) -> str:
    if version.selected_by == (AS_OF,):
        return ""
    return f" by {' or '.join(f'`{date_name(rule_set, one)}`' for one in version.selected_by)}"


def _parameters(rule_set: RuleSet) -> Iterator[str]:
    rows = (
        [*_parameter(key, one, index), *_value(value)]
        for key, one in rule_set.own_parameters.items()
        for index, value in enumerate(one.values)
    )
    head = ("Value that the law states", "Title (unit)", "Value", "From", "Known from", "Reference")
    return table((*head, "Confidence"), rows)


def _parameter(key: str, parameter: Parameter, index: int) -> tuple[str, str]:
    return (f"`{key}`", f"{titled(parameter.title)} ({parameter.type.unit})") if index == 0 else ("", "")


def _value(one: DatedValue) -> tuple[str, ...]:
    known = "" if one.known_from == one.valid_from else one.known_from.isoformat()
    basis = f"{one.reference} ({one.note})" if one.note else one.reference
    return amount(one.value), one.valid_from.isoformat(), known, basis, one.confidence
