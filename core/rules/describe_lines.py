"""A described rule set as lines for a terminal."""

from collections.abc import Iterable, Iterator
from typing import Any

from core.rules.describe_facts import fact_lines
from core.rules.describe_types import inside, typed


def in_lines(described: dict[str, Any]) -> Iterator[str]:
    """What `describe` gives, as lines for a terminal."""
    yield f"{described['ruleSet']}: {described['title']}"
    yield described["summary"]
    yield f"An example to begin with: flask rules describe {described['ruleSet']} --example"
    yield from _part("Answer", _answer_lines(described["value"]))
    yield from _part("Facts", (line for one in described["facts"] for line in fact_lines(one)))
    yield from _part("Rules", (_rule_line(one) for one in described["rules"]))
    yield from _part("Parameters", map(_parameter_line, described["parameters"]))
    yield from _part("Pending law, off until dated", map(_meant, described["switches"]))
    yield from _part("Settings", (line for one in described["settings"] for line in _setting_lines(one)))
    flags = described["flags"].items()
    yield from _part("Flags", (f"{key}: {one['title']}. {one['text']}" for key, one in flags))


def _answer_lines(value: dict[str, Any]) -> Iterator[str]:
    yield typed(value)
    yield from (f"  {line}" for line in inside(value, "may be null"))


def _part(heading: str, lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number == 0:
            yield f"\n{heading}"
        yield f"  {line}"


def _setting_lines(one: dict[str, Any]) -> Iterator[str]:
    yield f"{_meant(one)} [{typed(one)}; usually {one['default']}]"
    yield from (f"    {line}" for line in inside(one))


def _rule_line(one: dict[str, Any]) -> str:
    window = f"{one['validFrom'] or ''}–{one['validUntil'] or ''}"
    head = f"{one['ruleId']} [{one['confidence']}; {window} by {one['selectedBy']}]"
    return f"{head} {one['statement']} ({one['reference']})"


def _parameter_line(one: dict[str, Any]) -> str:
    values = "; ".join(
        f"{value['value']} from {value['validFrom']} ({value['reference']})" for value in one["values"]
    )
    return f"{one['key']} ({one['unit']}): {values}"


def _meant(one: dict[str, Any]) -> str:
    return f"{one['key']}: {one['meaning']} ({one['reference']})"
